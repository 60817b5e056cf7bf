"""What people lie and sit on: mats, mattresses, pillows, a chair. Centimetres, as in `body`."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path

from lumbar.figures.body import THIN, towards
from lumbar.figures.style import ACCENT, ACCENT_WASH, LIGAMENT_LINE, Point, shape, stroke

MAT, MAT_LINE = "#DCE5E3", "#9DB0AD"
BED, BED_LINE = "#E9ECF1", "#B4BCC8"
WOOD, WOOD_LINE = "#D8C3A5", "#937A58"
FLOOR = "#A9B1BA"


def block(
    axes: Axes, left: float, right: float, top: float, bottom: float, fill: str, line: str, part: str = "",
) -> None:
    """A flat thing with rounded corners."""
    r = min(1.6, (top - bottom) / 2)
    edge = [
        (left + r, top), (right - r, top), (right, top), (right, top - r), (right, bottom + r), (right, bottom),
        (right - r, bottom), (left + r, bottom), (left, bottom), (left, bottom + r), (left, top - r), (left, top),
        (left + r, top),
    ]
    codes = [Path.MOVETO, *[Path.LINETO, Path.CURVE3, Path.CURVE3] * 4]
    shape(axes, Path(edge, codes), fill, line, width=THIN, part=part or None)


def floor(axes: Axes, left: float, right: float, y: float = 0.0) -> None:
    """The line of the floor."""
    stroke(axes, [(left, y), (right, y)], FLOOR, width=1.0, detail=False)


def mat(axes: Axes, left: float, right: float, top: float = 0.0, thick: float = 2.5, part: str = "") -> None:
    """An exercise mat from the side, its upper face at `top`."""
    block(axes, left, right, top, top - thick, MAT, MAT_LINE, part)


def pillow(
    axes: Axes, at: Point, length: float, thick: float, turn: float = 0.0, *, part: str = "", accent: bool = False,
) -> None:
    """A soft pillow around `at`; with `accent` the one that the plate is about."""
    way = np.arange(16) * np.pi / 8
    edge = np.stack([np.cos(way), np.sin(way)], 1)
    edge = np.sign(edge) * np.abs(edge) ** (0.45, 0.6) / 2
    points = [np.add(at, towards(turn, x * length, y * thick)) for x, y in edge]
    fill, line = (ACCENT_WASH, ACCENT) if accent else ("#F7F2E8", "#B7A98B")
    shape(axes, points, fill, line, width=0.9 if accent else THIN, part=part or None)


def books(axes: Axes, at: Point, count: int = 3) -> None:
    """A flat pile of books on the floor, the middle of its underside at `at`."""
    for i, (colour, shift) in enumerate(zip(("#B9A58C", "#9DB0AD", "#B0A2B8"), (0, 1.2, -0.8), strict=True)):
        if i < count:
            x, y = at[0] + shift, at[1] + 2.6 * i
            block(axes, x - 11, x + 11, y + 2.5, y, colour, LIGAMENT_LINE)


def chair(axes: Axes, seat: Point, height: float = 45, flip: bool = False) -> None:
    """A plain chair from the side; `seat` is the middle of its seat, the back on the left unless flipped."""
    x, y = seat
    way = -1 if flip else 1
    for start, end in (
        ((x - way * 20, y), (x - way * 22, y - height)), ((x + way * 19, y), (x + way * 20, y - height)),
        ((x - way * 20, y - 3), (x - way * 27, y + 46)),
    ):
        stroke(axes, [start, end], WOOD_LINE, width=3.4, detail=False)
        stroke(axes, [start, end], WOOD, width=2.2, detail=False)
    block(axes, x - 23, x + 23, y, y - 4, WOOD, WOOD_LINE)
