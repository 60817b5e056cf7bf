"""Draw an explorer once at every setting of its sliders, and keep one picture and what differs from setting to setting.

A page can then move the picture by setting a few attributes. Nothing is asked of Python any more.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product, zip_longest
from math import prod
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from lumbar.explore.registry import Explorer
from lumbar.explore.stage import Stage
from lumbar.figures.style import house

MOST_FRAMES = 2000
MOST_BYTES = 400_000

Setting = tuple[int, ...]


class FaultyExplorer(ValueError):
    """An explorer cannot be sampled: its structure changes between two settings, or it is too large."""


@dataclass(frozen=True)
class Table:
    """A value for each setting: `values[cells[i]]`, where i counts through the settings of the sliders `axes` alone.

    Without `cells` every one of those settings has a value of its own, in order. `None` as a value: there is none.
    """

    axes: list[int]
    values: list[str | None]
    cells: list[int] | None

    def at(self, setting: Setting, shape: Setting) -> str | None:
        """The value at that setting of sliders with `shape` stops."""
        index = 0
        for axis in self.axes:
            index = index * shape[axis] + setting[axis]
        return self.values[self.cells[index] if self.cells else index]

    def plain(self) -> list:
        return [self.axes, self.values, self.cells]


@dataclass(frozen=True)
class Change:
    """What moves in the picture: an attribute of one element, or its text where `attribute` is empty.

    `element` counts the elements of the picture in document order, from 0 for the root.
    """

    element: int
    attribute: str
    table: Table

    def plain(self) -> list:
        return [self.element, self.attribute, *self.table.plain()]


@dataclass(frozen=True)
class Sample:
    """An explorer drawn at every setting: the picture at the first one, what changes, and the words, by sentences."""

    picture: str
    changes: list[Change]
    words: list[Table]
    shape: Setting

    def said(self, setting: Setting) -> str:
        """The words at that setting."""
        return " ".join(filter(None, (table.at(setting, self.shape) for table in self.words)))

    def frame(self, setting: Setting) -> str:
        """The picture at that setting, as the page makes it."""
        root = ElementTree.fromstring(self.picture)
        elements = list(root.iter())
        for change in self.changes:
            _put(elements[change.element], change.attribute, change.table.at(setting, self.shape))
        return _written(root)

    def plain(self) -> dict:
        """The same as JSON data for the page."""
        return {
            "picture": self.picture,
            "changes": [change.plain() for change in self.changes],
            "words": [table.plain() for table in self.words],
            "shape": list(self.shape),
        }


def sample(entry: Explorer) -> Sample:
    """Draw the explorer at every setting and compare; `FaultyExplorer` says what to mend where that cannot work."""
    count = prod(entry.shape)
    if count > MOST_FRAMES:
        raise FaultyExplorer(
            f"Explorer {entry.name!r} has {count:,} settings; {MOST_FRAMES:,} are the most. "
            "Give its sliders fewer stops."
        )
    settings = list(product(*map(range, entry.shape)))
    roots = list(_frames(entry, settings))
    _same_structure(entry, settings, roots)
    start = settings.index(entry.start)
    found = Sample(_written(roots[start]), _changes(roots, entry.shape), _words(entry, settings), entry.shape)
    _not_too_large(entry, found)
    return found


def _frames(entry: Explorer, settings: Sequence[Setting]) -> Iterator[Element]:
    with house():
        page = Stage(entry.size)
        entry.ground(page)
        ground = page.taken("lb-id-g")
        for setting in settings:
            entry.draw(page, **entry.values(setting))
            root = page.taken("lb-id-")
            root[:0] = list(ground)
            yield root


def _written(root: Element) -> str:
    return ElementTree.tostring(root, encoding="unicode")


# --- Comparing -------------------------------------------------------------------------------------------------------


def _same_structure(entry: Explorer, settings: Sequence[Setting], roots: Sequence[Element]) -> None:
    # A tree is told by each element's name and number of children, in document order.
    first, *others = ([(element.tag, len(element)) for element in root.iter()] for root in roots)
    for setting, other in zip(settings[1:], others, strict=True):
        if other != first:
            raise FaultyExplorer(
                f"Explorer {entry.name!r}: the drawing at {_named(entry, setting)} has other elements than at "
                f"{_named(entry, settings[0])} ({_difference(first, other)}). "
                "Draw the same things at every setting; hide one by making it empty, white or see-through."
            )


def _difference(first: list[tuple[str, int]], other: list[tuple[str, int]]) -> str:
    at = next(i for i, (a, b) in enumerate(zip_longest(first, other)) if a != b)
    return f"{len(other)} against {len(first)}, first at element {at}"


def _named(entry: Explorer, setting: Setting) -> str:
    return ", ".join(f"{key} = {value:g}" for key, value in entry.values(setting).items())


def _changes(roots: Sequence[Element], shape: Setting) -> list[Change]:
    changes = []
    for index, elements in enumerate(zip(*(root.iter() for root in roots), strict=True)):
        for attribute in dict.fromkeys(key for element in elements for key in ("", *element.attrib)):
            values = [_get(element, attribute) for element in elements]
            if any(value != values[0] for value in values):
                changes.append(Change(index, attribute, _table(values, shape)))
    return changes


def _get(element: Element, attribute: str) -> str | None:
    return element.get(attribute) if attribute else element.text


def _put(element: Element, attribute: str, value: str | None) -> None:
    if not attribute:
        element.text = value
    elif value is None:
        element.attrib.pop(attribute, None)
    else:
        element.set(attribute, value)


def _table(values: Sequence[str | None], shape: Setting) -> Table:
    """The values, one for each setting, without the sliders that make no difference and without repeats."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    cells, axes = [numbers[value] for value in values], list(range(len(shape)))
    for axis in reversed(axes.copy()):
        lengths = [shape[kept] for kept in axes]
        inner = prod(lengths[axes.index(axis) + 1 :])
        shorter = _first_along(cells, lengths[axes.index(axis)], inner)
        if shorter is not None:
            cells = shorter
            axes.remove(axis)
    return Table(axes, list(numbers), None if cells == list(range(len(cells))) else cells)


def _first_along(cells: list[int], length: int, inner: int) -> list[int] | None:
    """The cells with one axis of that length taken out, or None where they differ along it."""
    blocks = [cells[i : i + length * inner] for i in range(0, len(cells), length * inner)]
    if any(block != block[:inner] * length for block in blocks):
        return None
    return [cell for block in blocks for cell in block[:inner]]


# --- Words and size --------------------------------------------------------------------------------------------------


def _words(entry: Explorer, settings: Sequence[Setting]) -> list[Table]:
    """What is said at each setting, one table for each sentence, since most sentences hang on few sliders."""
    said = [re.split(r"(?<=[.!?]) ", entry.say(**entry.values(setting))) for setting in settings]
    return [_table(sentences, entry.shape) for sentences in zip_longest(*said, fillvalue="")]


def _not_too_large(entry: Explorer, found: Sample) -> None:
    size = len(json.dumps(found.plain(), ensure_ascii=False, separators=(",", ":")).encode())
    if size > MOST_BYTES:
        largest = max(found.changes, key=lambda change: sum(len(value or "") for value in change.table.values))
        raise FaultyExplorer(
            f"Explorer {entry.name!r} takes {size:,} bytes; {MOST_BYTES:,} are the most. Give its sliders fewer stops "
            f"or simplify what moves most, element {largest.element} ({largest.attribute or 'its text'})."
        )
