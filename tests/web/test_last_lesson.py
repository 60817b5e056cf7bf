"""Lesson 13 on its page: what was known before and after side by side, and the questions that are due for review."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from reader import Reader, answer
from test_quiz_page import axe

from lumbar.course import LESSONS
from lumbar.quiz.items import load

BEFORE, AFTER, CHECK = load("00-before"), load("13-after"), load("08-check")
SCREEN = {"width": 1280, "height": 900}
PAGE = f"{LESSONS[-1].file}.html"


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport=SCREEN, reduced_motion="reduce", service_workers="block")
    yield context.new_page()
    context.close()


def stored(*attempts: dict) -> str:
    """The script that puts them into the browser."""
    return "".join(f"localStorage['lumbar:attempt:{each['id']}'] = {json.dumps(json.dumps(each))};" for each in attempts)


def test_answers_of_the_first_and_the_last_lesson_stand_side_by_side(page, served):
    me = Reader(page, served, BEFORE)
    me.opens()
    answer(me, BEFORE.items[0], right=False)
    me.keeps()
    me = Reader(page, served, AFTER)
    me.opens()
    results = page.locator(".lumbar-review").nth(0)
    assert "0 of 1 right before" in " ".join(results.inner_text().split())
    assert me.quiz.get_by_text("0 of 20 answered").is_visible()
    answer(me, AFTER.items[0], right=True)
    me.check()
    assert "0 of 1 right before → 1 of 1 right after" in " ".join(results.inner_text().split())
    row = results.get_by_role("row").nth(1)
    cells = [" ".join(cell.split()) for cell in row.get_by_role("cell").all_inner_texts()]
    assert cells == ["✕ not right sure", "✓ right sure"]
    assert axe(page, ".lumbar-review") == []
    me.reloads()
    assert "0 of 1 right before → 1 of 1 right after" in " ".join(results.inner_text().split())


def test_what_was_answered_long_ago_is_due_and_is_asked_here(page, served):
    long_ago = (datetime.now(UTC) - timedelta(days=40)).isoformat()
    known = [item for item in CHECK.items if item.kind in ("one", "label")][:7]
    page.add_init_script("if (!localStorage.length) {" + stored(*(
        {"id": item.id, "learner": "", "item": item.id, "item_version": item.version, "quiz": CHECK.name,
         "response": None, "sure": True, "score": 0, "ms": 900, "at": long_ago} for item in known
    )) + "}")  # fmt: skip
    page.goto(served + PAGE)
    reviews = page.locator(".lumbar-review").nth(1)
    reviews.get_by_text(f"{len(known)} questions due today").wait_for()
    reviews.get_by_role("button", name=f"Review {len(known)} questions now").press("Enter")
    reviews.get_by_role("heading", name=f"Question 1 of {len(known)}").wait_for()
    assert axe(page, ".lumbar-review") == []
    first = reviews.get_by_role("radio").first
    first.press("Space")
    reviews.get_by_role("radio", name="Sure", exact=True).press("Space")
    reviews.get_by_role("button", name="Check").press("Enter")
    reviews.get_by_role("button", name="Back to your reviews").press("Enter")
    reviews.get_by_text(f"{len(known) - 1} questions due today").wait_for()
    assert reviews.get_by_role("heading", name="Your reviews").evaluate("heading => heading === document.activeElement")
