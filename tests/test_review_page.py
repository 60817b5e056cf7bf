"""The end of the course on a plain page: before beside after, what is due, and the plan that stays."""

import json

import pytest
from test_quiz_page import axe

from lumbar.quiz.items import load
from lumbar.quiz.widget import plates
from lumbar.review import AFTER, BEFORE, plan, results, review

FIRST, SECOND = ((load(BEFORE).items[i], load(AFTER).items[i]) for i in (0, 1))
DUE = load("08-check").items[:2]
OLD, NEW = "2026-01-05T10:00:00Z", "2026-03-05T10:00:00Z"


def attempt(item, quiz: str, score: float, sure: bool, at: str) -> dict:
    about = {"item": item.id, "item_version": item.version, "quiz": quiz, "response": 0, "ms": 1, "learner": ""}
    return about | {"id": f"{item.id}{at}", "score": score, "sure": sure, "at": at}


def stored(*attempts: dict) -> str:
    """A script that puts attempts into the browser's store, as the quiz does."""
    return "".join(f"localStorage['lumbar:attempt:{a['id']}'] = {json.dumps(json.dumps(a))};" for a in attempts)


def kernel(answer: dict) -> str:
    """A script with a kernel that gives this answer, and keeps what it was asked."""
    answer = {"kept": [], "refused": [], "history": [], "note": ""} | answer
    reply = {"content": {"user_expressions": {"lumbar": {"data": {"text/plain": json.dumps(answer)}}}}}
    return f"""window.asked = []; window.testKernel = {{ requestExecute: (request) => {{
        window.asked.push(request.user_expressions.lumbar);
        return {{ done: Promise.resolve({json.dumps(reply)}) }}; }} }};"""


def test_nothing_answered_leads_to_the_first_quiz(show):
    page = show([results()])
    assert page.get_by_role("link", name="The first quiz").get_attribute("href").startswith("00-start-here.ipynb")
    assert page.faults == []


def test_the_answers_stand_side_by_side_with_what_being_sure_was_worth(show):
    mine = [
        attempt(FIRST[0], BEFORE, 0, True, OLD), attempt(FIRST[1], AFTER, 1, True, NEW),
        attempt(SECOND[0], BEFORE, 1, False, OLD), attempt(SECOND[1], AFTER, 0.5, False, NEW),
    ]  # fmt: skip
    page = show([results()], script=stored(*mine))
    assert "1 of 2 right before" in page.locator(".lq-score").inner_text()
    told = page.locator("figcaption").inner_text()
    assert "When you were sure before the course, you were right 0 of 1 times." in told
    assert "When you were sure after the course, you were right 1 of 1 times." in told
    rows = page.locator("tbody tr").all_inner_texts()
    assert len(rows) == 20 and "✕" in rows[0] and "✓" in rows[0] and "◑" in rows[1]


def test_only_the_first_answer_after_the_course_counts(show):
    first = attempt(FIRST[1], AFTER, 0, True, NEW)
    again = attempt(FIRST[1], AFTER, 1, True, "2026-03-05T10:05:00Z")
    page = show([results()], script=stored(first, again))
    assert page.locator(".lq-score").inner_text().startswith("0 of 1 right after")


def test_answers_that_only_the_kernel_has_are_shown(show):
    history = {"history": [attempt(FIRST[0], BEFORE, 1, True, OLD)]}
    page = show([results()], script=kernel(history))
    page.get_by_text("right before").wait_for()


@pytest.fixture
def due(show):
    answer = {
        "items": [item.page() for item in DUE], "plates": plates(DUE),
        "due": [["From tension to the joints", 2]], "later": [["2026-03-09", 3]],
    }  # fmt: skip
    return show([review()], script=kernel(answer))


def test_what_is_due_is_asked_here_and_now(due):
    assert "2 questions due today" in due.locator(".lq-score").inner_text()
    assert due.get_by_text("Monday 9 March: 3 questions").is_visible()
    due.get_by_role("button", name="Review 2 questions now").click()
    due.get_by_role("heading", name="Question 1 of 2").wait_for()
    right = next(option for option in DUE[0].options if option.right)
    due.get_by_role("radio", name=right.text).check()
    due.get_by_role("radio", name="Sure", exact=True).check()
    due.get_by_role("button", name="Check").click()
    due.get_by_text("Right.").wait_for()
    kept = due.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('lumbar:attempt:')).map(([, v]) => JSON.parse(v))")
    assert [(entry["item"], entry["quiz"]) for entry in kept] == [(DUE[0].id, "review")]
    due.get_by_role("button", name="Back to your reviews").click()
    due.get_by_text("due today").wait_for()
    assert due.faults == [] and all("review.schedule" in asked or "progress" in asked for asked in due.evaluate("window.asked"))


def test_what_is_due_is_looked_up_again_after_an_answer_elsewhere(due):
    due.get_by_text("due today").wait_for()
    before = due.evaluate("window.asked.length")
    due.evaluate("dispatchEvent(new Event('lumbar'))")
    due.wait_for_function("before => window.asked.length > before", arg=before)


def test_the_plan_stays_in_the_browser(show):
    page = show([plan()])
    field = page.get_by_role("textbox", name="On a bad day I will")
    field.fill("lie down for an hour, then walk to the gate")
    assert page.evaluate("JSON.parse(localStorage['lumbar:plan'])['bad-day']").startswith("lie down")


def test_the_plan_is_printed_alone(show):
    page = show([plan()], script="localStorage['lumbar:plan'] = JSON.stringify({matters: 'the stairs'});")
    assert page.get_by_role("textbox", name="What I want to be able to do").input_value() == "the stairs"
    page.get_by_role("button", name="Print my plan").click()
    printed = page.evaluate("document.querySelector('iframe')?.contentDocument.body.innerText ?? ''")
    assert "the stairs" in printed and "A lesson" not in printed
    written = page.frame_locator("iframe").get_by_text("the stairs")
    assert written.evaluate("line => getComputedStyle(line).whiteSpaceCollapse") == "preserve", "it is printed in its own style"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("make", [results, review, plan])
def test_everyone_can_use_it(show, make, dark):
    mine = [attempt(FIRST[0], BEFORE, 0, True, OLD), attempt(FIRST[1], AFTER, 1, True, NEW)]
    answer = {"items": [], "plates": {}, "due": [], "later": [["2026-03-09", 3]]}
    page = show([make()], dark=dark, width=360, script=stored(*mine) + kernel(answer))
    page.wait_for_timeout(200)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
