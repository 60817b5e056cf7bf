"""Little pictures of what a box or a step is about: genes, age, smoking, work, stress, illness, a coin, a story.

They fill a field of 14 × 11 with its middle at (0, 0), as the pictures in `signs` do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.figures.people import PEOPLE, posture
from lumbar.figures.style import (
    ACCENT, ACCENT_WASH, BONE, BONE_LINE, BONE_SHADE, INK, OCHRE, ORANGE, PAPER, PURPLE, QUIET, RULE, SKIN, SKIN_LINE,
    WARM, WARM_LINE, Point, shape, stroke,
)


def box(axes: Axes, at: Point, width: float, height: float, fill: str | None, line: str | None = None) -> None:
    """A rectangle around its middle."""
    place = Affine2D().translate(-0.5, -0.5).scale(width, height).translate(*at)
    shape(axes, Path.unit_rectangle().transformed(place), fill, line)


def person(axes: Axes, at: Point, height: float, colour: str = QUIET, kind: int = 0) -> None:
    """One of the people of a crowd, standing with the middle of the body at `at`."""
    shape(axes, PEOPLE[kind].transformed(Affine2D().scale(height).translate(*at)), colour)


def genes(axes: Axes) -> None:
    """A double helix."""
    x = np.linspace(-5.6, 5.6, 15)
    for at in np.linspace(-5, 5, 9):
        stroke(axes, [(at, 2.3 * np.sin(at)), (at, -2.3 * np.sin(at))], RULE, width=1.4)
    for side, colour in ((1, ACCENT), (-1, PURPLE)):
        stroke(axes, np.column_stack([x, side * 2.3 * np.sin(x)]), colour, width=1.8)


def age(axes: Axes) -> None:
    """An older person with a stick."""
    posture(axes, "standing", (-0.8, -5.3), 10.4)
    stroke(axes, [(1.7, -5.2), (0.7, -0.4), (-0.5, -0.5)], BONE_LINE, width=1.4)


def smoking(axes: Axes) -> None:
    """A cigarette that burns."""
    box(axes, (0.6, -2.0), 7.2, 1.9, PAPER, QUIET)
    box(axes, (-4.2, -2.0), 2.4, 1.9, OCHRE, QUIET)
    box(axes, (4.7, -2.0), 1.0, 1.9, WARM, WARM_LINE)
    for x in (4.4, 5.6):
        stroke(axes, [(x, -0.4), (x - 0.8, 1.2), (x + 0.6, 2.8), (x - 0.4, 4.6)], QUIET, width=1.1)


def work(axes: Axes) -> None:
    """Someone who lifts a box."""
    posture(axes, "lifting, back bent", (-1.6, -5.2), 12.6)


def stress(axes: Axes) -> None:
    """A head with a flash."""
    shape(axes, Path.circle((-0.6, -1.4), 3.3), SKIN, SKIN_LINE)
    stroke(axes, [(-1.9, -2.9), (-0.6, -2.3), (0.7, -2.9)], SKIN_LINE, width=1.2)
    for x in (-1.7, 0.5):
        shape(axes, Path.circle((x, -0.9), 0.4), INK)
    flash = [(3.0, 5.2), (1.6, 2.4), (2.8, 2.5), (2.2, 0.4), (4.8, 3.3), (3.6, 3.3), (4.6, 5.2)]
    shape(axes, flash, ORANGE, corners=range(7))


def illness(axes: Axes) -> None:
    """A vertebra that has given way in front."""
    edge = [(-4.2, 0.6), (4.2, 3.4), (3.6, 0), (4.2, -3.4), (0, -2.9), (-4.2, -3.4), (-3.7, -1.5)]
    shape(axes, edge, BONE, BONE_LINE, corners=(0, 1, 3, 5))
    crack = [(-3.7, -0.4), (-2.2, 0.2), (-1.6, -0.8), (0.2, 0.2), (0.8, -0.5)]
    stroke(axes, crack, WARM_LINE, width=1.3, corners=range(5))


def coin(axes: Axes, at: Point = (0, 0), radius: float = 3.6) -> None:
    """A coin."""
    shape(axes, Path.circle(at, radius), BONE_SHADE, BONE_LINE, width=1.0)
    shape(axes, Path.circle(at, radius * 0.74), BONE, BONE_LINE, width=0.6)
    person(axes, at, radius * 1.05, BONE_LINE)


def bubble(axes: Axes, at: Point, width: float, height: float, tail: Point) -> None:
    """A speech bubble around `at` whose tail points at `tail`."""
    size = np.array((width, height)) / 2
    towards = np.arctan2(*((np.asarray(tail) - at) / size)[::-1])
    angles = towards + np.linspace(0.14, 2 * np.pi - 0.14, 17)
    edge = np.column_stack([np.cos(angles), np.sin(angles)]) * size + at
    shape(axes, [*edge, tail], ACCENT_WASH, ACCENT, corners=(0, 16, 17))


def rows_of_people(axes: Axes, colours: Sequence[str], left: float, top: float, step: float, columns: int) -> None:
    """People row by row from the top left, `step` apart across and 1.5 times that down."""
    for i, colour in enumerate(colours):
        row, column = divmod(i, columns)
        at = (left + (column + 0.5) * step, top - (row + 0.5) * 1.5 * step)
        person(axes, at, 1.36 * step, colour, (row + column) % 2)
