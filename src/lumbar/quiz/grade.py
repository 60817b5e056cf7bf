"""Marking for the records. `quiz.js` marks the same way for the page; `tests/marking/cases.json` holds the two together.

An item is plain JSON, as `Item.page()` gives it. A response is what the page stores:

| kind | response |
|---|---|
| one | the option's index in the file |
| several | a list of such indices |
| order | the parts' indices as arranged |
| match, label | for each pair or part the index of the chosen text (decoys count on after the right ones), or null |
| number | the number as typed: "37,5" and "37.5" are the same |
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

NUMBER = re.compile(r"[+\-−]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)")
THOUSANDS = re.compile(r"[+\-−]?[1-9][0-9]{0,2}[.,][0-9]{3}")
NEAR = 1e-9


@dataclass(frozen=True)
class Mark:
    """A score from 0 to 1. `notes` says for each option, place or part whether it is right."""

    score: float
    right: bool
    answered: bool
    notes: tuple[bool, ...]


def mark(item: dict, response: Any) -> Mark:
    """Mark a response. What is no answer at all (empty, out of range, of a wrong type) is not answered and scores 0."""
    return KINDS[item["kind"]](item, response) or Mark(0.0, False, False, ())


def number(text: Any) -> float | None:
    """The number typed, with a decimal point or comma; None where it is not plainly one.

    A thousands separator is refused rather than guessed at: "1,200" could be 1200 or 1.2.
    """
    text = text.strip(" ") if isinstance(text, str) else ""
    if not NUMBER.fullmatch(text) or THOUSANDS.fullmatch(text):
        return None
    return float(text.replace(",", ".").replace("−", "-"))


def _one(item: dict, response: Any) -> Mark | None:
    options = item["options"]
    return _several(item, [response]) if _index(response, len(options)) else None


def _several(item: dict, response: Any) -> Mark | None:
    options = item["options"]
    if not isinstance(response, list) or not response or not all(_index(i, len(options)) for i in response):
        return None
    right = [bool(option.get("right")) for option in options]
    gained = sum(1 if right[int(i)] else -1 for i in set(response))
    return _marked(max(0, gained) / sum(right), [right[i] == (i in response) for i in range(len(options))])


def _order(item: dict, response: Any) -> Mark | None:
    texts = [part["text"] for part in item["parts"]]
    places = range(len(texts))
    if not isinstance(response, list) or not all(_index(i, len(texts)) for i in response) or sorted(response) != [*places]:
        return None
    given = [texts[int(i)] for i in response]
    notes = [given[i] == texts[i] for i in places]
    wanted = Counter(zip(texts, texts[1:], strict=False))
    found = (wanted & Counter(zip(given, given[1:], strict=False))).total()
    # Equal texts allow all neighbours to be right in a wrong order; that is not the full mark.
    return _marked(1 if all(notes) else min(found, len(texts) - 2) / (len(texts) - 1), notes)


def _match(item: dict, response: Any) -> Mark | None:
    return _named([pair["right"] for pair in item["pairs"]], item, response)


def _label(item: dict, response: Any) -> Mark | None:
    return _named([part["text"] for part in item["parts"]], item, response)


def _named(wanted: list[str], item: dict, response: Any) -> Mark | None:
    offered = [*wanted, *item.get("decoys", [])]
    if not isinstance(response, list) or len(response) != len(wanted):
        return None
    if not all(i is None or _index(i, len(offered)) for i in response) or all(i is None for i in response):
        return None
    notes = [i is not None and offered[int(i)] == text for i, text in zip(response, wanted, strict=True)]
    return _marked(sum(notes) / len(notes), notes)


def _number(item: dict, response: Any) -> Mark | None:
    value = number(response)
    if value is None or not item["min"] <= value <= item["max"]:
        return None
    beyond = abs(value - item["answer"]) - item["tolerance"]
    score = 1 if beyond < NEAR else max(0, 1 - beyond / (item["zero_at"] - item["tolerance"]))
    return _marked(score, [score == 1])


def _index(value: Any, count: int) -> bool:
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0
    return whole and 0 <= value < count


def _marked(score: float, notes: list[bool]) -> Mark:
    return Mark(float(score), score == 1, True, tuple(notes))


KINDS: dict[str, Callable[[dict, Any], Mark | None]] = {
    "one": _one, "several": _several, "order": _order, "match": _match, "label": _label, "number": _number,
}
