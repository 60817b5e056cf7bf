"""When to meet a question again: FSRS over the learner's own attempts.

Each attempt is a review. Right and sure counts as "good", right and not sure as "hard", anything less as "again".
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from fsrs import Card, Rating, Scheduler

from lumbar import course, progress
from lumbar.quiz.items import Item, load, names

SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)  # whole days, the same for everyone
MOST = 20  # questions in one sitting


@dataclass(frozen=True)
class Due:
    """A question and the day on which it should be met again."""

    item: str
    day: date


def rating(attempt: dict[str, Any]) -> Rating:
    """What FSRS is told about one attempt."""
    if attempt["score"] < 1:
        return Rating.Again
    return Rating.Good if attempt["sure"] else Rating.Hard


def schedule(attempts: Iterable[dict[str, Any]]) -> list[Due]:
    """When each item that was answered is due, the most overdue first; the attempts may come in any order.

    Attempts on an item's former wording do not count, nor those in quizzes that keep what is right for later.
    """
    open_ones = {name for name in names() if load(name).feedback == "later"}
    counted = [entry for entry in attempts if not entry.get("changed") and entry["quiz"] not in open_ones]
    counted.sort(key=lambda entry: (entry["item"], entry["at"]))
    due = [Due(item, _day(list(tries))) for item, tries in groupby(counted, key=lambda entry: entry["item"])]
    return sorted(due, key=lambda entry: (entry.day, entry.item))


def _day(tries: list[dict[str, Any]]) -> date:
    card = Card(card_id=0)
    for entry in tries:
        card, _ = SCHEDULER.review_card(card, rating(entry), datetime.fromisoformat(entry["at"]))
    return card.due.astimezone().date()


def exchange(payload: str) -> str:
    """Answer the page: what is due by `today`, as items to be asked at once, and what comes later. Never raises.

    `payload` is JSON: `{"attempts": [attempt, …], "today": "2026-11-22"}`; the attempts are stored first. The answer is
    JSON: `items` (as a quiz's page has them, at most `MOST`), `plates`, `due` and `later` (counts by lesson, by day)
    and `note`, one plain sentence when something is wrong, else "".
    """
    asked = json.loads(payload)
    stored = json.loads(progress.exchange(json.dumps({"attempts": asked["attempts"], "items": []})))
    try:
        attempts = progress.history()
    except progress.NotKept as trouble:
        return json.dumps({"items": [], "plates": {}, "due": [], "later": [], "note": f"{trouble}."})
    return json.dumps(_answer(schedule(attempts), date.fromisoformat(asked["today"])) | {"note": stored["note"]})


def _answer(entries: list[Due], today: date) -> dict[str, Any]:
    from lumbar.quiz.widget import plates

    bank = _bank()
    known = [entry for entry in entries if entry.item in bank]
    now = [bank[entry.item] for entry in known if entry.day <= today]
    days = groupby(entry.day for entry in known if entry.day > today)
    return {
        "items": [item.page() for item, _ in now[:MOST]],
        "plates": plates(item for item, _ in now[:MOST]),
        "due": _counted(title for _, title in now),
        "later": [[day.isoformat(), len(list(same))] for day, same in days],
    }


def _bank() -> dict[str, tuple[Item, str]]:
    """Each item with the title of the lesson whose quiz it stands in."""
    titles = {name: course.lesson(name[:2]).title for name in names()}
    return {item.id: (item, title) for name, title in titles.items() for item in load(name).items}


def _counted(titles: Iterable[str]) -> list[list]:
    counts: dict[str, int] = {}
    for title in titles:
        counts[title] = counts.get(title, 0) + 1
    return [[title, count] for title, count in counts.items()]
