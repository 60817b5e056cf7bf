"""People: little figures to count, and one body in the postures that load a back.

`people` shows a risk as people out of a crowd; `posture` draws one person from the side, facing right.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.figures.style import ORANGE, PAPER, QUIET, RULE, Page, Point, Rect, shape, stroke

_POINTS = 72 / 25.4  # in a millimetre


PEOPLE_QUIET = "#B9C3CC"
"""Those of a crowd that the picture is not about."""


def crowd(page: Page, colours: Sequence[str], rect: Rect, columns: int = 10) -> Axes:
    """`people` within `rect` (mm on the page), as large as they fit."""
    rows = -(-len(colours) // columns)
    axes = page.anatomy((0, columns), (-1.5 * rows, 0), rect)
    people(axes, colours, columns)
    return axes


def people(axes: Axes, colours: Sequence[str], columns: int = 10) -> None:
    """One little figure for each of `colours`, row by row from the top left, `columns` a row.

    Figures stand 1 unit apart across and 1.5 down: a hundred in ten columns take x 0 to 10 and y 0 to -15 of axes that
    `page.anatomy` gave.
    """
    spots: dict[tuple[int, str], list[Point]] = {}
    for i, colour in enumerate(colours):
        row, column = divmod(i, columns)
        spots.setdefault(((row + column) % len(PEOPLE), colour), []).append((column + 0.5, -1.5 * row - 0.75))
    for (kind, colour), at in spots.items():
        axes.plot(
            *np.transpose(at), linestyle="none", marker=PEOPLE[kind], markersize=1.36 * axes.mm * _POINTS,
            markerfacecolor=colour, markeredgecolor="none", clip_on=False,
        )


def posture(axes: Axes, name: str, at: Point, height: float, colour: str = QUIET) -> None:
    """A person in a posture of `POSTURES`; `at` is the ground below the middle, `height` a standing person's height.

    Both are in data units of axes with equal aspect. What the hands hold is drawn in the colour of a load.
    """
    pose = {part: np.asarray(at) + height * np.asarray(points) for part, points in POSTURES[name].items()}
    points = height * getattr(axes, "mm", 1.0) * _POINTS

    def limb(line: Sequence[Point], width: float, tone: str = colour) -> None:
        stroke(axes, line, tone, width=width * points, corners=range(len(line)), detail=False)

    if "seat" in pose:
        limb(pose["seat"], 0.03, RULE)
    limb(pose["leg"], 0.085)
    stroke(axes, pose["back"], colour, width=0.13 * points, detail=False)
    shape(axes, Path.circle(pose["head"][0], 0.078 * height), colour)
    limb(pose["arm"], 0.1, PAPER)
    limb(pose["arm"], 0.06)
    if "box" in pose:
        shape(axes, Path.unit_rectangle().transformed(_square(pose["box"][0], 0.15 * height)), ORANGE)


def _square(middle: np.ndarray, side: float) -> Affine2D:
    return Affine2D().scale(side).translate(*(middle - side / 2))


def _closed(points: Sequence[Point], rounding: float) -> Path:
    """A closed outline through `points` with every corner rounded by up to `rounding`."""
    corners = np.asarray(points, dtype=float)
    vertices, codes = [], []
    for before, corner, after in zip(np.roll(corners, 1, axis=0), corners, np.roll(corners, -1, axis=0), strict=True):
        start, end = (corner + _reach(other - corner, rounding) for other in (before, after))
        vertices += [start, corner, end]
        codes += [Path.LINETO, Path.CURVE3, Path.CURVE3]
    codes[0] = Path.MOVETO
    return Path([*vertices, vertices[0]], [*codes, Path.CLOSEPOLY])


def _reach(side: np.ndarray, rounding: float) -> np.ndarray:
    length = np.hypot(*side)
    return side / length * min(rounding, length / 2)


def _mirrored(right: Sequence[Point]) -> list[Point]:
    return [*right, *((-x, y) for x, y in reversed(right))]


TROUSERS = _mirrored(
    [(0.20, 0.78), (0.235, 0.40), (0.155, 0.40), (0.135, 0.66), (0.125, 0.42), (0.125, 0.0), (0.025, 0.0), (0.02, 0.39)]
)
SKIRT = _mirrored(
    [(0.17, 0.78), (0.25, 0.43), (0.175, 0.42), (0.115, 0.65), (0.10, 0.56), (0.21, 0.25), (0.105, 0.25)]
    + [(0.10, 0.0), (0.02, 0.0), (0.015, 0.25)]
)

def _person(outline: Sequence[Point]) -> Path:
    head = Path.circle((0, 0.895), 0.093)
    body = _closed(outline, 0.055)
    path = Path.make_compound_path(head, body)
    return Path(path.vertices - (0, 0.5), path.codes)


PEOPLE = tuple(_person(outline) for outline in (TROUSERS, SKIRT))


POSTURES: dict[str, dict[str, Sequence[Point]]] = {
    "standing": {
        "back": [(0.0, 0.50), (-0.035, 0.62), (0.02, 0.80)],
        "head": [(0.04, 0.93)],
        "leg": [(0.0, 0.50), (0.0, 0.26), (-0.02, 0.02), (0.06, 0.02)],
        "arm": [(0.02, 0.78), (0.01, 0.60), (0.05, 0.45)],
    },
    "lying": {
        "back": [(-0.02, 0.10), (0.12, 0.12), (0.29, 0.10)],
        "head": [(0.43, 0.11)],
        "leg": [(-0.02, 0.10), (-0.26, 0.07), (-0.48, 0.05)],
        "arm": [(0.28, 0.09), (0.38, 0.03), (0.50, 0.03)],
    },
    "lying on the back": {
        "back": [(-0.02, 0.08), (0.12, 0.085), (0.29, 0.085)],
        "head": [(0.43, 0.10)],
        "leg": [(-0.02, 0.07), (-0.25, 0.07), (-0.48, 0.05), (-0.49, 0.13)],
        "arm": [(0.28, 0.12), (0.14, 0.14), (0.0, 0.13)],
    },
    "lying on the side": {
        "back": [(0.0, 0.10), (0.12, 0.11), (0.28, 0.11)],
        "head": [(0.42, 0.13)],
        "leg": [(0.0, 0.10), (-0.22, 0.11), (-0.46, 0.06)],
        "arm": [(0.27, 0.11), (0.20, 0.05), (0.08, 0.03)],
        "seat": [(0.35, 0.03), (0.52, 0.03)],
    },
    "slouching": {
        "back": [(-0.06, 0.30), (-0.18, 0.44), (-0.17, 0.60)],
        "head": [(-0.10, 0.72)],
        "leg": [(-0.06, 0.30), (0.18, 0.32), (0.26, 0.02), (0.34, 0.02)],
        "arm": [(-0.16, 0.58), (-0.08, 0.42), (0.08, 0.38)],
        "seat": [(-0.32, 0.60), (-0.24, 0.22), (0.08, 0.22)],
    },
    "sitting": {
        "back": [(-0.06, 0.30), (-0.09, 0.42), (-0.03, 0.60)],
        "head": [(-0.01, 0.73)],
        "leg": [(-0.06, 0.30), (0.18, 0.31), (0.18, 0.02), (0.26, 0.02)],
        "arm": [(-0.03, 0.58), (-0.02, 0.42), (0.12, 0.38)],
        "seat": [(-0.18, 0.22), (0.06, 0.22)],
    },
    "sitting bent": {
        "back": [(-0.06, 0.30), (0.02, 0.45), (0.18, 0.50)],
        "head": [(0.31, 0.49)],
        "leg": [(-0.06, 0.30), (0.18, 0.31), (0.18, 0.02), (0.26, 0.02)],
        "arm": [(0.17, 0.49), (0.24, 0.32), (0.25, 0.16)],
        "seat": [(-0.18, 0.22), (0.06, 0.22)],
    },
    "bending": {
        "back": [(-0.06, 0.50), (0.02, 0.63), (0.16, 0.72)],
        "head": [(0.28, 0.79)],
        "leg": [(-0.06, 0.50), (-0.04, 0.26), (-0.03, 0.02), (0.05, 0.02)],
        "arm": [(0.15, 0.71), (0.19, 0.55), (0.24, 0.40)],
    },
    "hanging": {
        "back": [(-0.09, 0.49), (0.04, 0.60), (0.18, 0.44)],
        "head": [(0.22, 0.31)],
        "leg": [(-0.09, 0.49), (-0.05, 0.26), (-0.07, 0.02), (0.01, 0.02)],
        "arm": [(0.17, 0.45), (0.14, 0.28), (0.13, 0.12)],
    },
    "holding": {
        "back": [(-0.03, 0.50), (-0.065, 0.62), (-0.02, 0.80)],
        "head": [(0.0, 0.93)],
        "leg": [(-0.03, 0.50), (-0.03, 0.26), (-0.05, 0.02), (0.03, 0.02)],
        "arm": [(-0.02, 0.78), (-0.02, 0.61), (0.10, 0.55)],
        "box": [(0.13, 0.61)],
    },
    "lifting, knees bent": {
        "back": [(-0.14, 0.30), (-0.10, 0.44), (0.02, 0.58)],
        "head": [(0.09, 0.71)],
        "leg": [(-0.14, 0.30), (0.13, 0.30), (-0.01, 0.02), (0.08, 0.02)],
        "arm": [(0.02, 0.56), (0.10, 0.40), (0.22, 0.25)],
        "box": [(0.26, 0.18)],
    },
    "lifting, back bent": {
        "back": [(-0.10, 0.49), (0.05, 0.60), (0.21, 0.52)],
        "head": [(0.32, 0.44)],
        "leg": [(-0.10, 0.49), (-0.06, 0.26), (-0.08, 0.02), (0.0, 0.02)],
        "arm": [(0.20, 0.50), (0.23, 0.37), (0.26, 0.25)],
        "box": [(0.28, 0.14)],
    },
}
