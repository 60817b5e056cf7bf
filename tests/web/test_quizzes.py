"""Quizzes on the built pages: each kind by keyboard through all its states, and what stays after a reload."""

import json
import re

import pytest
from reader import Reader, answer

from lumbar.quiz.items import KINDS, load, names
from lumbar.quiz.texts import plain

CHECKS = [load(name) for name in names() if name.endswith("-check")]
STATE = re.compile(r'(<script type="application/json" id="lumbar-state">)(.*?)(</script>)', re.S)
SCREEN = {"width": 1280, "height": 900}
ATTEMPTS = """Object.keys(localStorage).filter(key => key.startsWith("lumbar:attempt:"))
    .map(key => JSON.parse(localStorage[key])).sort((a, b) => a.at < b.at ? -1 : 1)"""


def example(kind: str):
    """A quiz and a question of that kind in it; each kind from another lesson."""
    quizzes = CHECKS[2 * KINDS.index(kind) :]
    return next((quiz, item) for quiz in quizzes for item in quiz.items if item.kind == kind)


def with_a_changed_question(html: str, quiz, item) -> str:
    """The page as a later edition might have it: that question now asks something else."""

    def edited(found: re.Match) -> str:
        saved = json.loads(found[2])
        state = next(each["state"] for each in saved.values() if each["state"].get("quiz") == quiz.name)
        questions = json.loads(state["items"])
        next(each for each in questions if each["id"] == item.id).update(version="later", ask="And what of this?")
        state["items"] = json.dumps(questions)
        return found[1] + json.dumps(saved).replace("<", "\\u003c") + found[3]

    changed, count = STATE.subn(edited, html)
    assert count == 1
    return changed


@pytest.fixture
def visit(browser, served):
    """`visit(quiz)`: a reader who has opened that quiz in a fresh browser, which keeps no pages for offline use."""
    contexts = []

    def visit(quiz) -> Reader:
        contexts.append(browser.new_context(viewport=SCREEN, reduced_motion="reduce", service_workers="block"))
        page = contexts[-1].new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        me = Reader(page, served, quiz)
        me.opens()
        return me

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_by_keyboard_untouched_wrong_restored_retried_right_and_changed(visit, kind):
    quiz, item = example(kind)
    me = visit(quiz)
    me.goes_to(item)
    me.finds_it_usable()

    answer(me, item, right=False)
    under_way = me.sees()
    me.reloads()
    assert me.sees() == under_way
    me.check()
    assert me.verdict().startswith(("Not quite.", "Partly right:"))
    me.finds_it_usable()
    wrong = me.sees()
    me.reloads()
    assert me.sees() == wrong
    me.finds_it_usable()

    me.press("button", "Try again")
    me.finds_it_usable()
    answer(me, item, right=True)
    me.check(sure=False)
    assert me.verdict() == "Right, though you were not sure."
    me.finds_it_usable()
    right = me.sees()
    me.reloads()
    assert me.sees() == right

    later = with_a_changed_question(me.page.request.get(me.address).text(), quiz, item)
    me.page.route(me.address, lambda route: route.fulfill(body=later, content_type="text/html"))
    me.reloads()
    assert me.quiz.get_by_text("This question has changed since you answered it.").is_visible()
    assert me.quiz.get_by_text("And what of this?").is_visible()
    me.check()
    assert me.verdict() == "Give an answer first.", "the old answer must not stand on the new question"
    me.finds_it_usable()
    assert [attempt["score"] == 1 for attempt in me.page.evaluate(ATTEMPTS)] == [False, True]
    assert me.page.faults == []


def test_a_guess_before_the_lesson_is_remembered_after_it(visit):
    before, after = load("01-think"), load("01-check")
    shared = next(item for item in before.items if item.kind == "number")
    me = visit(before)
    me.goes_to(shared)
    answer(me, shared, right=False)
    me.keeps()
    me.turns_to(after)
    me.goes_to(shared)
    answer(me, shared, right=True)
    me.check()
    assert me.quiz.get_by_text("Before the lesson, your answer was not right yet.").is_visible()


def test_the_first_quiz_keeps_every_kind_of_answer_and_gives_none_away(visit):
    quiz = load("00-before")
    me = visit(quiz)
    for kind in KINDS:
        item = next(each for each in quiz.items if each.kind == kind)
        me.goes_to(item)
        answer(me, item, right=False)
        me.keeps()
        assert me.verdict() == "Kept. What is right comes later in the course."
        assert not [word for word in ("not right", "The right", plain(item.why)[:40]) if word in me.quiz.inner_text()]
        me.finds_it_usable()
        kept = me.sees()
        me.press("button", "Change my answer")
        me.keeps()
        me.reloads()
        assert me.sees() == kept
    me.goes_to(quiz.items[-1])
    me.press("button", "See your result →")
    assert me.quiz.get_by_text(f"6 of {len(quiz.items)} kept").is_visible()
    me.finds_it_usable()
    assert len(me.page.evaluate(ATTEMPTS)) == 12, "a change replaces no answer that was kept"
    assert me.page.faults == []
