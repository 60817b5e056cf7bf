"""The two forms of the course's quiz, item beside item."""

from lumbar import course
from lumbar.quiz.items import Item, load
from lumbar.review import AFTER, BEFORE


def pairs() -> list[dict]:
    """For each item of "before" its match in "after": their ids and versions, and the lesson that teaches it.

    Raises `ValueError` where two items that stand in one place test other claims or another level.
    """
    before, after = load(BEFORE).items, load(AFTER).items
    return [_pair(place, *both) for place, both in enumerate(zip(before, after, strict=True), 1)]


def _pair(place: int, before: Item, after: Item) -> dict:
    if (before.claims, before.level) != (after.claims, after.level):
        raise ValueError(f"Item {place}: {before.id} and {after.id} do not match. Give both the same claims and level.")
    lesson = next(entry for entry in course.LESSONS if before.claims[0] in entry.claims)
    return {
        "before": [before.id, before.version],
        "after": [after.id, after.version],
        "claims": ", ".join(before.claims),
        "lesson": lesson.title,
        "file": f"{lesson.file}.ipynb",
    }
