"""What stands around the text of the web edition: contents, marks, theme, search. Every page is for everybody."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lumbar import course

LESSON = "08-from-tension-to-joints"
HELP = "00-start-here.html#when-to-get-help-now"
PAGES = ("index", *(lesson.file for lesson in course.LESSONS), *course.ASIDE, "gallery", "progress", "search")
PHONE, DESK = (360, 740), (1280, 900)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def visit(browser, served) -> Iterator[Callable]:
    """`visit("08-…", size=PHONE, **context)` opens that page; what went wrong on it is in `page.faults`."""
    contexts = []

    def visit(name: str, size: tuple[int, int] = PHONE, base: str = served, **context):
        contexts.append(browser.new_context(viewport={"width": size[0], "height": size[1]}, **context))
        page = contexts[-1].new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
        page.goto(f"{base}{name}")
        if context.get("java_script_enabled", True):
            page.locator("html.is-ready").wait_for(state="attached")
        return page

    yield visit
    for context in contexts:
        context.close()


def attempt(item: str, version: str, quiz: str) -> str:
    """Script that puts an attempt where quizzes put theirs."""
    made = {"id": f"{quiz}-{item}", "item": item, "item_version": version, "quiz": quiz, "at": "2026-02-03T10:00:00Z",
            "learner": "", "response": [0], "sure": True, "score": 1, "ms": 5}  # fmt: skip
    return f"localStorage.setItem('lumbar:attempt:{made['id']}', {json.dumps(json.dumps(made))});"


def attempts(number: str, leave: int = 0) -> str:
    """Script that answers all items of the lesson's quizzes but the last few."""
    from lumbar.quiz.items import load, names

    quizzes = [load(name) for name in names() if name.startswith(number)]
    all_items = [(item.id, item.version, quiz.name) for quiz in quizzes for item in quiz.items]
    return "".join(attempt(*each) for each in all_items[: len(all_items) - leave])


class TestContents:
    def test_a_drawer_opens_and_closes_by_keyboard_and_gives_the_focus_back(self, visit):
        page = visit(f"{LESSON}.html")
        menu, contents = page.get_by_role("button", name="Contents", exact=True), page.locator("#contents")
        assert contents.is_hidden()
        menu.focus()
        page.keyboard.press("Enter")
        assert contents.is_visible()
        assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "page"
        page.keyboard.press("Escape")
        assert contents.is_hidden()
        assert menu.evaluate("it => it === document.activeElement")

    def test_the_focus_does_not_go_on_behind_an_open_drawer(self, visit):
        page = visit(f"{LESSON}.html")
        page.get_by_role("button", name="Contents", exact=True).click()
        page.locator("#contents a").last.focus()
        page.keyboard.press("Tab")
        assert page.locator("#contents").is_hidden()

    def test_it_leads_to_each_lesson_and_to_the_sections_of_this_one(self, visit):
        page = visit(f"{LESSON}.html", DESK)
        contents = page.get_by_role("navigation", name="Contents")
        leads = contents.get_by_role("link").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
        assert [f"{lesson.file}.html" for lesson in course.LESSONS if lesson.file != LESSON] == [
            lead for lead in leads if lead[:2].isdigit() and "#" not in lead
        ]
        assert {"teachers-guide.html", "glossary.html", "gallery.html", "progress.html", HELP} <= set(leads)
        contents.get_by_role("link", name="What research says").click()
        assert page.url.endswith("#what-research-says")

    def test_it_opens_without_scripts(self, visit):
        page = visit(f"{LESSON}.html", java_script_enabled=False)
        page.get_by_role("button", name="Contents", exact=True).click()
        page.get_by_role("link", name="Habits and pain").first.click()
        assert page.url.endswith("07-habits-and-pain.html")

    def test_a_heading_that_a_link_leads_to_is_not_under_the_head_of_the_page(self, visit):
        page = visit(f"{LESSON}.html#check-yourself")
        page.wait_for_timeout(300)
        top, head = (page.locator(each).bounding_box() for each in ("#check-yourself > h2", ".top"))
        assert head["y"] + head["height"] <= top["y"] < PHONE[1] / 2


class TestWay:
    def test_next_leads_through_all_lessons_and_previous_back(self, site):
        for before, after in zip(course.LESSONS, course.LESSONS[1:], strict=False):
            assert f'rel="next" href="{after.file}.html"' in text(site, before.file)
            assert f'rel="prev" href="{before.file}.html"' in text(site, after.file)

    def test_every_page_leads_to_help_and_to_the_glossary(self, site):
        for name in PAGES:
            foot = text(site, name).partition('<footer class="foot">')[2]
            assert f'href="{HELP}"' in foot
            assert 'href="glossary.html"' in foot or name == "glossary"


def text(site: Path, name: str) -> str:
    return (site / f"{name}.html").read_text(encoding="utf-8")


class TestMarks:
    def test_a_mark_moves_while_one_answers(self, visit):
        page = visit(f"{LESSON}.html", DESK)
        mark = page.locator(f"#contents [data-mark='{LESSON}']")
        assert mark.text_content() == ""
        page.get_by_role("radio").first.check()
        page.get_by_role("radio", name="Not sure", exact=True).first.check()
        page.get_by_role("button", name="Keep my answer").first.click()
        assert mark.text_content() == "begun: 1 of 17 answered"

    def test_a_lesson_is_done_when_all_its_questions_are_answered_as_they_stand_now(self, visit):
        page = visit("index.html")
        mark = page.locator("main [data-mark='04-resting-positions'] .mark-words")
        page.evaluate(attempts("04", leave=1) + "dispatchEvent(new Event('lumbar'))")
        assert mark.inner_text() == "begun: 15 of 16 answered"
        page.evaluate(attempts("04") + "dispatchEvent(new Event('lumbar'))")
        assert mark.inner_text() == "done"

    def test_an_answer_to_a_question_that_has_changed_since_does_not_count(self, visit):
        page = visit("index.html")
        page.evaluate(attempt("no-such-item", "1", "04-check") + "dispatchEvent(new Event('lumbar'))")
        assert page.locator("main [data-mark='04-resting-positions']").get_attribute("data-state") == "new"

    def test_the_first_page_leads_to_where_one_left_off(self, visit):
        page = visit("index.html")
        start = page.locator("#start")
        assert start.inner_text() == "Start here"
        page.evaluate(attempts("04", leave=3) + "dispatchEvent(new Event('lumbar'))")
        assert start.inner_text() == "Go on with lesson 04"
        page.evaluate(attempts("04") + "dispatchEvent(new Event('lumbar'))")
        start.click()
        assert page.url.endswith("05-strong-muscles.html")

    def test_a_spoilt_answer_does_not_stop_the_page(self, visit):
        page = visit("index.html")
        page.evaluate("for (const text of ['{oops', '3', 'null']) localStorage.setItem(`lumbar:attempt:${text}`, text)")
        page.reload()
        page.locator("html.is-ready").wait_for(state="attached")
        assert not page.faults


class TestTheme:
    def test_it_is_the_systems_until_one_chooses_and_then_that_is_remembered(self, visit):
        page = visit("glossary.html", color_scheme="dark")
        switch, light = page.get_by_role("button", name="Dark page"), "document.documentElement.dataset.jpThemeLight"
        assert (page.evaluate(light), switch.get_attribute("aria-pressed")) == ("false", "true")
        switch.click()
        assert page.evaluate(light) == "true"
        page.goto(page.url.replace("glossary", "index"))
        assert (page.evaluate(light), switch.get_attribute("aria-pressed")) == ("true", "false")

    def test_without_scripts_it_is_the_systems(self, visit):
        papers = [
            visit("glossary.html", java_script_enabled=False, color_scheme=scheme).evaluate(
                "getComputedStyle(document.body).backgroundColor"
            )
            for scheme in ("light", "dark")
        ]
        assert papers[0] != papers[1]

    def test_a_browser_that_stores_nothing_still_switches(self, visit, browser):
        page = visit("glossary.html")
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })")
        page.reload()
        page.get_by_role("button", name="Dark page").click()
        assert page.evaluate("document.documentElement.dataset.jpThemeLight") == "false"
        assert not page.faults


class TestSearch:
    def test_a_word_is_found_on_the_page_that_the_first_result_leads_to(self, visit):
        page = visit("index.html", DESK)
        page.get_by_role("searchbox", name="Search the course").fill("facet")
        page.keyboard.press("Enter")
        results = page.locator("#search-results li")
        results.first.get_by_text("facet").first.wait_for()
        results.first.get_by_role("link").click()
        assert "facet" in page.locator("main").inner_text()
        assert not page.faults

    def test_it_works_on_a_disk(self, visit, site):
        page = visit("index.html", DESK, base=f"{site.as_uri()}/")
        page.get_by_role("searchbox", name="Search the course").fill("facet")
        page.keyboard.press("Enter")
        page.locator("#search-results li a").first.click()
        assert "facet" in page.locator("main").inner_text()
        assert not page.faults

    def test_it_does_not_give_answers_away(self, visit):
        page = visit("search.html?q=pillar+buckles")  # words from the key to lesson 08's questions
        page.get_by_text("Nothing was found").wait_for()


class TestWithoutScripts:
    def test_the_questions_stand_in_the_text_and_the_answers_at_its_end(self, visit):
        page = visit(f"{LESSON}.html", java_script_enabled=False)
        question, key = page.locator(".paper-quiz").first, page.locator("#answers")
        assert question.is_visible() and key.is_visible()
        assert question.bounding_box()["y"] < key.bounding_box()["y"]

    def test_with_scripts_the_answers_are_not_on_the_screen(self, visit):
        page = visit(f"{LESSON}.html")
        assert page.locator("#answers").is_hidden()
        assert page.locator(".lumbar-widget > .lumbar-paper:visible").count() == 0


def test_on_paper_stand_the_questions_and_the_key_and_no_buttons(visit):
    page = visit(f"{LESSON}.html", DESK, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator(".paper-quiz").first.is_visible() and page.locator("#answers").is_visible()
    for chrome in (".lumbar-live", ".top", "#contents", ".foot", "button"):
        assert page.locator(f"{chrome}:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('main')).color") == "rgb(29, 39, 48)"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody(name, visit):
    """On a phone, with text at twice its size, in the light and the dark."""
    page = visit(f"{name}.html" + ("?q=facet" if name == "search" else ""), bypass_csp=True)
    assert page.evaluate(SIDEWAYS) == 0
    assert not violations(page)
    page.evaluate("document.documentElement.dataset.jpThemeLight = 'false'")
    assert not violations(page, ["color-contrast"])
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(SIDEWAYS) == 0
    assert not page.faults


def violations(page, rules: list[str] | None = None) -> list[str]:
    """What axe finds that is serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in ("serious", "critical")]


class TestGuide:
    def test_it_stands_after_the_lessons_and_asks_for_no_tick(self, site):
        contents = text(site, "teachers-guide").partition('<nav id="contents"')[2].partition("</nav>")[0]
        guide = contents.index('href="#" aria-current="page">Teacher’s guide')
        assert contents.index("13-final-quiz.html") < guide < contents.index("glossary.html")
        assert contents.count("data-mark=") == len(course.LESSONS)

    def test_its_answers_are_folded_left_out_of_search_extracts_and_off_the_paper(self, visit):
        page = visit("teachers-guide.html")
        folded = page.locator("details.lumbar-answers.headerlink:not([open])")
        assert folded.count() == page.locator("details.lumbar-answers").count() == len(course.LESSONS) + 1
        page.emulate_media(media="print")
        assert page.get_by_role("heading", name="Answers", exact=True).count() == 0
        page.emulate_media(media="screen")
        folded.first.locator("summary").click()
        page.emulate_media(media="print")
        assert page.get_by_role("heading", name="Answers", exact=True).count() == 1

    def test_it_is_no_wider_than_a_telephone_with_all_answers_open(self, visit):
        page = visit("teachers-guide.html")
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert page.evaluate(SIDEWAYS) == 0
        assert page.evaluate("[...document.querySelectorAll('pre')].every((it) => it.scrollWidth <= it.clientWidth)")
