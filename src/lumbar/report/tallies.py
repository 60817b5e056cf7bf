"""What pupils answered: the options, places, pairs or bands of a question, and how many chose or missed each."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from lumbar.quiz.grade import Mark, mark, number
from lumbar.quiz.items import Item

BLANK = "(left empty)"


@dataclass(frozen=True)
class Line:
    """One row of a question's table. Texts are Markdown, as in the bank.

    `count` pupils chose it (one, several), missed it (order, match, label), or gave such a number; `thirds` are those
    of them in the lower, middle and upper third. `tells` is what the bank says to a pupil who did. `instead` is what
    most of those who missed it put there, and how many did.
    """

    text: str
    right: bool
    count: int
    thirds: tuple[int, int, int]
    tells: str
    instead: tuple[str, int] | None = None


@dataclass(frozen=True)
class _Given:
    """One response that was given: what it says, its mark, and by how many (all, lower, middle, upper third)."""

    response: Any
    mark: Mark
    counts: np.ndarray


def lines(item: Item, codes: np.ndarray, thirds: np.ndarray, responses: list[str]) -> tuple[Line, ...]:
    """The table of a question. `codes` are places in `responses`, −1 for no answer; `thirds` is 0, 1, 2 or −1 each."""
    given = list(_given(item, codes, thirds, responses))
    return tuple(KINDS[item.kind](item, given))


def middle(item: Item, codes: np.ndarray, responses: list[str]) -> tuple[float, float, float] | None:
    """Of the numbers typed: a quarter is below the first, half below the second, a quarter above the third."""
    typed = {code: _number(responses[code]) for code in np.unique(codes[codes >= 0])}
    values = [typed[code] for code in codes[codes >= 0] if typed[code] is not None]
    return tuple(float(value) for value in np.percentile(values, [25, 50, 75])) if values else None


def _number(response: str) -> float | None:
    with suppress(ValueError):
        return number(json.loads(response))
    return None


def _given(item: Item, codes: np.ndarray, thirds: np.ndarray, responses: list[str]) -> Iterator[_Given]:
    answered = codes >= 0
    found, place = np.unique(codes[answered], return_inverse=True)
    counts = np.zeros((len(found), 4), int)
    np.add.at(counts, (place, 0), 1)
    ranked = thirds[answered] >= 0
    np.add.at(counts, (place[ranked], 1 + thirds[answered][ranked]), 1)
    page = item.page()
    for code, count in zip(found, counts, strict=True):
        with suppress(ValueError, RecursionError):
            response = json.loads(responses[code])
            marked = mark(page, response)
            if marked.answered:
                yield _Given(response, marked, count)


def _options(item: Item, given: list[_Given]) -> Iterator[Line]:
    counts = np.zeros((len(item.options), 4), int)
    for entry in given:
        chosen = entry.response if isinstance(entry.response, list) else [entry.response]
        counts[sorted({int(place) for place in chosen})] += entry.counts
    for option, count in zip(item.options, counts, strict=True):
        yield _line(option.text, option.right, count, option.feedback)


def _places(item: Item, given: list[_Given]) -> Iterator[Line]:
    texts = [part.text for part in item.parts]
    yield from _fitting(texts, texts, [part.feedback for part in item.parts], given)


def _pairs(item: Item, given: list[_Given]) -> Iterator[Line]:
    offered = [*(pair.right for pair in item.pairs), *item.decoys]
    sides = [f"{pair.left} → {pair.right}" for pair in item.pairs]
    yield from _fitting(sides, offered, [pair.feedback for pair in item.pairs], given)


def _spots(item: Item, given: list[_Given]) -> Iterator[Line]:
    offered = [*(spot.text for spot in item.parts), *item.decoys]
    yield from _fitting(offered[: len(item.parts)], offered, [spot.feedback for spot in item.parts], given)


def _fitting(sides: list[str], offered: list[str], tells: list[str], given: list[_Given]) -> Iterator[Line]:
    """A line for each place or pair, with how many missed it and what most of them put there."""
    missed = np.zeros((len(sides), 4), int)
    wrong = [dict.fromkeys([*offered, BLANK], 0) for _ in sides]
    for entry in given:
        for place, fits in enumerate(entry.mark.notes):
            if not fits:
                missed[place] += entry.counts
                put = entry.response[place]
                wrong[place][BLANK if put is None else offered[int(put)]] += int(entry.counts[0])
    for place, side in enumerate(sides):
        most = max(wrong[place].items(), key=lambda entry: entry[1])
        yield _line(side, False, missed[place], tells[place], most if most[1] else None)


def _bands(item: Item, given: list[_Given]) -> Iterator[Line]:
    counts = np.zeros((3, 4), int)
    for entry in given:
        side = 1 if entry.mark.right else 0 if number(entry.response) < item.answer else 2
        counts[side] += entry.counts
    low, high = max(item.min, item.answer - item.tolerance), min(item.max, item.answer + item.tolerance)
    close = f"{low:g} to {high:g}" if low < high else f"{low:g}"
    bands = (f"below {low:g}", close, f"above {high:g}")
    for band, side, count in zip(bands, ("low", "close", "high"), counts, strict=True):
        yield _line(f"{band} {item.unit}", side == "close", count, getattr(item.feedback, side))


def _line(text: str, right: bool, count: np.ndarray, tells: str, instead: tuple[str, int] | None = None) -> Line:
    return Line(text, right, int(count[0]), tuple(int(some) for some in count[1:]), tells, instead)


KINDS: dict[str, Callable[[Item, list[_Given]], Iterator[Line]]] = {
    "one": _options, "several": _options, "order": _places, "match": _pairs, "label": _spots, "number": _bands,
}  # fmt: skip
