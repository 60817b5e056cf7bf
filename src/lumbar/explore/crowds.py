"""A hundred little people, some of them lit. They are drawn once; what moves is a thin veil over those who are not."""

import numpy as np

from lumbar.explore.shapes import polygon
from lumbar.figures.people import PEOPLE
from lumbar.figures.style import MM, PAPER, Page, Rect, shape

HUNDRED = np.arange(100)
ROW = 1.5  # widths of a person from one row to the next
VEIL = 0.76


def hundred(page: Page, rect: Rect, colour: str, rows: int = 5) -> None:
    """All hundred, lit, within `rect` (mm on the page), column by column from the left: for an explorer's ground."""
    axes = page.anatomy((0, 100 / rows), (-ROW * rows, 0), rect)
    column, row = np.divmod(HUNDRED, rows)
    for kind, marker in enumerate(PEOPLE):
        mine = (row + column) % len(PEOPLE) == kind
        x, y = column[mine] + 0.5, -ROW * (row[mine] + 0.5)
        axes.scatter(x, y, s=(1.36 * axes.mm * MM) ** 2, marker=marker, color=colour, linewidths=0, clip_on=False)


def veil(page: Page, rect: Rect, first: int, last: int = 100, alpha: float = VEIL, rows: int = 5) -> None:
    """Turn those of `hundred` from `first` up to `last` down."""
    around(page, rect, first, last, fill=PAPER, alpha=alpha, rows=rows)


def around(
    page: Page, rect: Rect, first: int, last: int, *, fill: str | None = None, line: str | None = None,
    width: float = 1.2, alpha: float = 1.0, rows: int = 5,
) -> None:
    """A patch around those of `hundred` from `first` up to `last`."""
    axes = page.anatomy((0, 100 / rows), (-ROW * rows, 0), rect)
    shape(axes, polygon(_stairs(first, last, rows)), fill, line, width=width, alpha=alpha)


def _stairs(first: int, last: int, rows: int) -> list[tuple[float, float]]:
    """The corners around those from `first` up to `last`, whose outer columns may be taken in part."""
    (left, top), (right, end) = divmod(first, rows), divmod(last - 1, rows)
    begin, finish, bottom = -ROW * top, -ROW * (end + 1), -ROW * rows
    if first == last:
        return [(left, begin)] * 8
    if left == right:
        return [(left, begin)] * 3 + [(left + 1, begin)] * 2 + [(left + 1, finish)] * 2 + [(left, finish)]
    return [
        (left, begin), (left + 1, begin), (left + 1, 0), (right + 1, 0), (right + 1, finish), (right, finish),
        (right, bottom), (left, bottom),
    ]  # fmt: skip
