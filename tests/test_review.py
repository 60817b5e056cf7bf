"""When a question comes back, what the page is told about it, and that the two forms of the quiz match."""

import json
from datetime import date, datetime, timedelta

import pytest
from fsrs import Rating

from lumbar import progress
from lumbar.quiz.items import load
from lumbar.review import AFTER, BEFORE, schedule
from lumbar.review.pairs import pairs

ITEM = "c16-bench-amount"
FIRST = datetime(2026, 3, 2, 12)


def attempt(score: float = 1, sure: bool = True, after: int = 0, item: str = ITEM, quiz: str = "08-check") -> dict:
    at = (FIRST + timedelta(days=after)).astimezone().isoformat()
    return {"item": item, "quiz": quiz, "score": score, "sure": sure, "at": at}


def days(*attempts: dict) -> int:
    """How many days after the last attempt its item is due."""
    (due,) = schedule.schedule(attempts)
    return (due.day - datetime.fromisoformat(max(entry["at"] for entry in attempts)).date()).days


@pytest.mark.parametrize(
    ("score", "sure", "rated"), [(1, True, Rating.Good), (1, False, Rating.Hard), (0.5, True, Rating.Again), (0, False, Rating.Again)]
)
def test_what_fsrs_is_told(score, sure, rated):
    assert schedule.rating(attempt(score, sure)) == rated


def test_a_miss_comes_back_tomorrow_and_what_is_known_later():
    assert days(attempt(0)) == 1
    assert days(attempt()) == 2


def test_the_gaps_grow_while_the_answers_are_right_and_shrink_after_a_miss():
    known = [attempt(), attempt(after=2), attempt(after=12)]
    gaps = [days(*known[:count]) for count in (1, 2, 3)]
    assert gaps == sorted(gaps) and gaps[0] < gaps[1] < gaps[2]
    assert days(*known, attempt(0, after=40)) < gaps[2]


def test_the_order_in_which_attempts_come_does_not_matter():
    tries = [attempt(0), attempt(after=1), attempt(after=4)]
    assert schedule.schedule(tries) == schedule.schedule(tries[::-1])


def test_answers_kept_for_later_and_former_wordings_do_not_count():
    before = attempt(item="before-floor", quiz=BEFORE)
    thought = attempt(quiz="08-think")
    assert schedule.schedule([before, thought, attempt() | {"changed": True}]) == []


def test_the_most_overdue_stands_first():
    tries = [attempt(item="c15-brace", after=9), attempt(), attempt(item="c17-poster", after=3)]
    assert [due.item for due in schedule.schedule(tries)] == [ITEM, "c17-poster", "c15-brace"]


@pytest.fixture
def stored(tmp_path, monkeypatch) -> str:
    """A learner who missed one question of lesson 08 on the first day, as the page would hand it over."""
    monkeypatch.setenv("LUMBAR_DATA", str(tmp_path))
    item = next(item for item in load("08-check").items if item.id == ITEM)
    sent = attempt() | {"id": "one", "learner": "", "item_version": item.version, "response": "30", "ms": 900}
    return json.dumps({"attempts": [sent], "today": (FIRST + timedelta(days=1)).date().isoformat()})


def test_the_page_is_given_what_is_due_as_questions_that_it_can_ask(stored):
    answer = json.loads(schedule.exchange(stored))
    assert [item["id"] for item in answer["items"]] == [ITEM]
    assert answer["due"] == [["From tension to the joints", 1]] and answer["note"] == ""
    assert [entry["id"] for entry in progress.history()] == ["one"]


def test_what_is_not_due_yet_is_counted_by_day(stored):
    today = json.loads(stored) | {"today": FIRST.date().isoformat()}
    answer = json.loads(schedule.exchange(json.dumps(today)))
    assert answer["items"] == [] and answer["later"] == [[date(2026, 3, 3).isoformat(), 1]]


def test_a_progress_file_that_cannot_be_read_is_told_in_a_sentence(stored, tmp_path, monkeypatch):
    monkeypatch.setenv("LUMBAR_DATA", str(tmp_path / "file"))
    (tmp_path / "file").write_text("in the way")
    answer = json.loads(schedule.exchange(stored))
    assert answer["items"] == [] and answer["note"].endswith(".") and "Traceback" not in answer["note"]


def test_each_item_before_has_its_match_after():
    assert len(pairs()) == 20
    shared = {item.id for item in load(BEFORE).items} & {item.id for item in load(AFTER).items}
    assert not shared
