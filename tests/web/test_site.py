"""The built site as a whole: live on every page, with no request elsewhere, no breach of policy, no link astray."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from reader import answer, lesson
from test_quiz_page import Learner

from lumbar.quiz.items import load, names
from lumbar.quiz.texts import plain

QUIZZES = [load(name) for name in names()]
CHECK = load("08-check")
WATCH = """window.violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
    window.violations.push(`${violatedDirective}: ${blockedURI} at ${sourceFile}:${lineNumber}`));"""


class Visitor:
    """Somebody who tries everything on every page; `faults` is what went wrong, `strangers` who else was asked."""

    def __init__(self, context, home: str):
        self.home, self.faults, self.strangers = home, [], []
        context.add_init_script(WATCH)
        context.route(lambda address: not self.is_ours(address), lambda route: route.abort())
        context.on("request", lambda request: self.is_ours(request.url) or self.strangers.append(request.url))
        context.on("requestfailed", lambda request: self.misses(request.url, request.failure))
        context.on("console", lambda said: said.type in ("error", "warning") and self.faults.append(said.text))
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.page = context.new_page()

    def is_ours(self, address: str) -> bool:
        return address.startswith((self.home, "data:", "blob:"))

    def misses(self, address: str, why: str) -> None:
        if why != "net::ERR_ABORTED":  # a picture that was still on its way when the page was left
            self.faults.append(f"{address}: {why}")

    def opens(self, name: str) -> None:
        self.page.goto(self.home + name)
        self.page.locator("html.is-ready").wait_for(state="attached")

    def tries_everything(self) -> None:
        """Answer a question of each quiz, move each slider, press each button beside it, unfold what is folded."""
        self.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        for slider in self.page.locator(".lumbar-explore input").all():
            slider.press("ArrowRight")
            slider.press("End")
        for button in self.page.locator(".lumbar-explore button, .lumbar-review button").all():
            button.press("Enter")
        for quiz in QUIZZES:
            if self.page.locator("body").get_attribute("data-page") == lesson(quiz):
                answers(self.page, quiz, quiz.items[0])
        self.faults += self.page.evaluate("violations")


def answers(page, quiz, item, right: bool = True) -> Learner:
    """Someone answers that question, and waits for what the quiz says."""
    me = Learner(page, page.locator(f'section.lumbar-quiz[aria-label="{quiz.title}"]'))
    me.press("button", re.compile(f"^Question {[each.id for each in quiz.items].index(item.id) + 1}:"))
    answer(me, item, right)
    me.choose("radio", "Sure")
    me.press("button", "Keep my answer" if quiz.feedback == "later" else "Check")
    me.status.filter(has_text=re.compile("Kept|Right|Not quite|Partly")).wait_for()
    return me


@pytest.fixture
def context(browser):
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture(params=["served under a sub-path", "opened from a disk"])
def home(request, site) -> str:
    """The address of the folder of the site, with a slash at its end."""
    return site.as_uri() + "/" if "disk" in request.param else request.getfixturevalue("served")


def test_every_page_is_live_asks_nobody_else_and_keeps_its_policy(context, home, site):
    me = Visitor(context, home)
    for path in sorted(site.glob("*.html")):
        me.opens(path.name)
        expected = path.read_text(encoding="utf-8").count('class="lumbar-widget"')
        assert me.page.locator(".lumbar-widget.is-live > .lumbar-live > *").count() == expected, path.name
        me.tries_everything()
        assert (path.name, me.faults, me.strangers) == (path.name, [], [])


def test_answers_are_there_after_a_reload_and_on_the_last_page(context, home):
    me = Visitor(context, home)
    after, item = load("13-after"), load("13-after").items[0]
    me.opens("13-final-quiz.html")
    answers(me.page, after, item, right=False)
    me.opens("08-from-tension-to-joints.html")
    answers(me.page, CHECK, CHECK.items[0], right=False)
    me.page.reload()
    assert me.page.get_by_role("button", name="Question 1: not right yet").count() == 1
    me.opens("13-final-quiz.html")
    assert me.page.get_by_role("button", name="Question 1: not right yet").count() == 1
    assert (me.faults, me.strangers) == ([], [])


def test_the_policy_is_on_and_does_stop_a_stranger(context, served):
    """The tests above would see nothing if the policy were not there."""
    me = Visitor(context, served)
    me.opens("index.html")
    me.page.evaluate("""new Promise(done => {
        addEventListener("securitypolicyviolation", done);
        document.body.append(Object.assign(new Image(), { src: "https://example.org/" }));
    })""")
    script = "Object.assign(document.createElement('script'), { text: 'window.ran = 1' })"
    me.page.evaluate(f"document.head.append({script})")
    assert me.page.evaluate("window.ran") is None
    assert len(me.page.evaluate("violations")) == 2


def test_two_windows_of_one_lesson_keep_what_is_answered_in_each(context, served):
    one, other = (context.new_page() for _ in range(2))
    for page in (one, other):
        page.goto(served + "08-from-tension-to-joints.html")
    first, second = CHECK.items[:2]
    answers(one, CHECK, first)
    other.get_by_role("button", name="Question 1: right").wait_for()  # it hears of it at once
    answers(other, CHECK, second)
    for page in (one, other):
        page.reload()
        for number in (1, 2):
            assert page.get_by_role("button", name=f"Question {number}: right").count() == 1


def test_the_results_lead_to_the_first_quiz(context, served):
    page = context.new_page()
    page.goto(served + "13-final-quiz.html")
    link = page.get_by_role("link", name="The first quiz")
    with context.expect_page() as opened:
        link.press("Enter")
    place = opened.value.locator("section:target, section:has(> :target)")
    place.get_by_role("region", name="Before you begin").wait_for()
    assert urlsplit(opened.value.url).path.endswith("/00-start-here.html")


# Links, read without a browser


class Links(HTMLParser):
    """The ids of a page, and what it leads to and loads, as (tag, address)."""

    def __init__(self, html: str):
        super().__init__()
        self.ids, self.links = set(), []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        given = dict(attributes)
        self.ids |= {given[name] for name in ("id", "name") if given.get(name) and tag != "meta"}
        self.links += [(tag, given[name]) for name in ("href", "src", "action", "data") if given.get(name)]


@pytest.fixture(scope="module")
def pages(site) -> dict[str, Links]:
    return {path.name: Links(path.read_text(encoding="utf-8")) for path in site.glob("*.html")}


def astray(site: Path, pages: dict[str, Links], page: str, tag: str, link: str) -> bool:
    """Whether a link leads nowhere, or loads something from elsewhere."""
    if urlsplit(link).scheme in ("https", "mailto"):
        return tag != "a"
    address, anchor = urldefrag(link)
    file = unquote(urlsplit(address).path) or page
    if file.startswith("lite/"):
        return False  # the live notebooks are built apart
    return not (site / file).is_file() or bool(anchor and file in pages and unquote(anchor) not in pages[file].ids)


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere(site, pages):
    assert len(pages) >= 19
    links = [(page, *link) for page, found in pages.items() for link in found.links]
    assert [link for link in links if astray(site, pages, *link)] == []


def test_links_in_quizzes_and_explorers_lead_somewhere(site, pages):
    """Those are in the saved state, as the notebooks have them; the page leads to its own edition of a lesson."""
    wrong = []
    for page in pages:
        html = (site / page).read_text(encoding="utf-8")
        for state in re.findall(r'<script type="application/json" id="lumbar-state">(.*?)</script>', html, re.S):
            texts = json.dumps(json.loads(state), ensure_ascii=False).replace("\\", "")
            for link in re.findall(r'href="([^"#][^"]*)"', texts):
                link = re.sub(r"\.ipynb(?=#|$)", ".html", link)
                wrong += [(page, link)] if astray(site, pages, page, "a", link) else []
    assert wrong == []


@pytest.mark.parametrize("file", ["css", "js"])
def test_styles_and_scripts_name_no_other_host(site, file):
    loads = re.compile(r"""(?:url\(|@import|import\(|fetch\(|importScripts\()\s*["']?(https?:)?//""")
    assert [path.name for path in site.rglob(f"*.{file}") if loads.search(path.read_text(encoding="utf-8"))] == []


def test_on_paper_the_questions_come_with_room_and_the_key_after_them(context, served):
    page = context.new_page()
    page.goto(served + "08-from-tension-to-joints.html")
    page.locator("html.is-ready").wait_for(state="attached")
    page.emulate_media(media="print")
    said = " ".join(page.locator("body").inner_text().split())
    key = said[said.rindex("Answers ") :]
    for item in CHECK.items:
        assert said.index(plain(item.ask)[:60]) < len(said) - len(key), item.id
        assert plain(item.why)[:60] in key and plain(item.why)[:60] not in said[: -len(key)], item.id
    assert page.locator(".lumbar-live:visible").count() == 0
    page.emulate_media(media="screen")
    assert page.locator(".lumbar-paper:visible, .lumbar-key:visible").count() == 0
