"""The page "Your progress" and the reviews of lesson 13, on the built site: what a learner sees and does."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from test_quiz_page import axe

from lumbar import portable
from lumbar.quiz.items import load

ONES = [item for item in load("08-check").items if item.kind == "one"]
LABEL = next(item for item in load("08-check").items if item.kind == "label")


def attempt(item, id: str, quiz: str = "08-check", score: float = 1, days: int = 9) -> dict:
    options = getattr(item, "options", [])
    response = next((i for i, option in enumerate(options) if option.right == (score == 1)), None)
    at = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    about = {"id": id, "learner": "", "item": item.id, "item_version": item.version, "quiz": quiz}
    return about | {"response": response, "sure": True, "score": score, "ms": 900, "at": at}


GIVEN = [attempt(ONES[0], "a"), attempt(ONES[1], "b", score=0), attempt(ONES[2], "c")]


@pytest.fixture
def open_page(browser, served):
    """`open_page("progress.html", attempts)`: that page in a browser that keeps those attempts."""
    contexts = []

    def open_page(name: str, attempts=(), more=(), width: int = 1280, dark: bool = False):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light")
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
        page.route("**/empty", lambda route: route.fulfill(body="", content_type="text/html"))
        page.goto(served + "empty")  # the same origin, where nothing of ours runs
        entries = {f"lumbar:attempt:{each['id']}": json.dumps(each) for each in attempts} | dict(more)
        page.evaluate("entries => Object.assign(localStorage, entries)", entries)
        page.goto(served + name)
        page.locator("html.is-ready").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()


def stored(page) -> dict:
    return page.evaluate("({ ...localStorage })")


def row(page, lesson: str) -> list[str]:
    return page.locator("tr", has=page.get_by_role("link", name=lesson)).locator("td").all_inner_texts()


def bring_in(page, content: str | bytes):
    data = content if isinstance(content, bytes) else content.encode()
    file = {"name": "mine.json", "mimeType": "application/json", "buffer": data}
    page.get_by_label("Bring in answers from a file").set_input_files(file)
    page.locator("#progress").get_by_role("status").get_by_text("Reading").wait_for(state="hidden")
    return page.locator("#progress").get_by_role("status").inner_text()


def test_one_sees_how_far_one_is(open_page):
    again = [attempt(ONES[0], "d", score=0, days=2), attempt(ONES[0], "e", quiz="08-think", days=1)]
    page = open_page("progress.html", [*GIVEN, *again])
    assert row(page, "08 From tension to the joints")[1] == "1 of 3"  # the latest that was marked
    assert row(page, "07 ")[0].startswith("0 of") and row(page, "07 ")[1] == "–"
    assert page.faults == []


def test_the_file_that_is_saved_holds_everything_and_can_be_brought_in_elsewhere(open_page, tmp_path):
    plan = [("lumbar:plan", json.dumps({"matters": "the stairs"}))]
    page = open_page("progress.html", GIVEN, plan)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save my answers as a file").click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    assert path.name == f"lumbar-progress-{datetime.now().date().isoformat()}.json"
    assert portable.read(path) == (sorted(GIVEN, key=lambda each: each["at"]), {"matters": "the stairs"})

    other = open_page("progress.html", GIVEN[:1])
    assert bring_in(other, path.read_text()) == "New answers: 2. Here already: 1. Your plan in lesson 13 has new parts."
    assert row(other, "08 From tension to the joints")[1] == "2 of 3"
    assert bring_in(other, path.read_text()) == "New answers: 0. Here already: 3."
    assert other.faults == [] and page.faults == []


@pytest.mark.parametrize(
    "content, says",
    [
        (b"Dear diary", "damaged"),
        (b"\xff\xfe", "damaged"),
        (b" " * 5_000_001, "larger than 5 MB"),
        (json.dumps({"attempts": [GIVEN[0], GIVEN[1] | {"response": "<img src=x onerror=alert(1)>"}]}), "Answer 2 of 2"),
    ],
    ids=["no JSON", "no text", "huge", "a response that breaks its quiz"],
)
def test_a_bad_file_is_a_sentence_and_changes_nothing(open_page, content, says):
    page = open_page("progress.html", GIVEN[2:])
    before = stored(page)
    told = bring_in(page, content)
    assert says in told and told.endswith("Nothing was changed.") and stored(page) == before
    assert page.faults == []


def test_deleting_asks_first_and_leaves_the_theme(open_page):
    more = [("lumbar:theme", "dark"), ("lumbar:quiz:08-check", "{}"), ("lumbar:plan", "{}")]
    page = open_page("progress.html", GIVEN, more)
    opener = page.get_by_role("button", name="Delete my answers")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Delete all your answers?")
    assert dialog.get_by_role("button", name="Keep them").evaluate("node => node === document.activeElement")
    page.keyboard.press("Escape")
    assert dialog.is_hidden() and len(stored(page)) == 6
    assert opener.evaluate("node => node === document.activeElement")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Delete them for good").click()
    assert page.locator("#progress").get_by_role("status").inner_text() == "Your answers are deleted: there were 3."
    assert stored(page) == {"lumbar:theme": "dark"} and page.locator(".lq-score").inner_text().startswith("0 of")


def test_a_lesson_open_in_another_tab_does_not_undo_what_was_brought_in(open_page, served):
    page = open_page("13-final-quiz.html", more=[("lumbar:plan", json.dumps({"matters": "the stairs"}))])
    page.get_by_role("textbox", name="What I want to be able to do").wait_for()
    other = page.context.new_page()
    other.goto(served + "progress.html")
    other.locator("html.is-ready").wait_for()
    bring_in(other, json.dumps({"attempts": GIVEN, "plan": {"words": "It passes."}}))
    page.get_by_role("textbox", name="On a bad day I will").fill("rest, then walk")
    page.get_by_role("radio").first.check()
    written = json.loads(stored(page)["lumbar:plan"])
    assert written == {"matters": "the stairs", "words": "It passes.", "bad-day": "rest, then walk"}
    assert {name for name in stored(page) if "attempt" in name} == {f"lumbar:attempt:{each['id']}" for each in GIVEN}


def test_where_the_browser_keeps_nothing_the_page_still_stands(browser, served):
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });")
    page.goto(served + "progress.html")
    page.locator("html.is-ready").wait_for()
    assert page.locator(".lumbar-progress .lq-score").inner_text().startswith("0 of")
    told = bring_in(page, json.dumps({"attempts": GIVEN}))
    assert told == "This browser has no room for these answers. Nothing was changed."
    page.close()


def test_reviews_are_worked_out_and_asked_without_a_kernel(open_page):
    plate = attempt(LABEL, "p", quiz="review", score=0)
    page = open_page("13-final-quiz.html", [*GIVEN, plate])
    review = page.locator(".lumbar-review", has_text="Your reviews")
    review.get_by_text("4 questions due today").wait_for()
    review.get_by_role("button", name="Review 4 questions now").click()
    review.get_by_role("heading", name="Question 1 of 4").wait_for()
    asked = review.locator(".lq-steps button")
    for number in range(4):
        asked.nth(number).click()
        if review.locator(".lq-plate svg").count():
            break
    else:
        pytest.fail("the plate of the question is missing")
    assert page.faults == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 1280])
def test_everyone_can_use_it(open_page, dark, width):
    page = open_page("progress.html", GIVEN, width=width, dark=dark)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    targets = page.locator(".lumbar-progress :is(button, label, tbody a):visible")
    assert min(targets.evaluate_all("nodes => nodes.map(node => node.offsetHeight)")) >= 44
    page.get_by_role("button", name="Delete my answers").click()
    assert axe(page) == []
