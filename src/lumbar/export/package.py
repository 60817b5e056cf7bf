"""What an export hands over: files by name, and what they could not carry."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lumbar.quiz.items import Item

Rule = tuple[str, Callable[[Item], object]]


@dataclass(frozen=True)
class Package:
    """Files by name; and by a sentence on what the format cannot carry, the ids of the items that it holds for."""

    files: dict[str, bytes]
    lost: dict[str, list[str]] = field(default_factory=dict)


def losses(items: Iterable[Item], rules: Iterable[Rule]) -> dict[str, list[str]]:
    """For each rule that holds for an item, its sentence and the ids of those items."""
    items = list(items)
    found = {sentence: [item.id for item in items if holds(item)] for sentence, holds in rules}
    return {sentence: ids for sentence, ids in found.items() if ids}
