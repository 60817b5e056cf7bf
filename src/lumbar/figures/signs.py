"""Small drawn signs: what happens in a box of the chain, how soon to get help, verdicts and certainty.

Pictures fill a field of 14 × 11 with its middle at (0, 0), icons one of 12 × 12. The front of the body is on the left.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.figures.people import posture
from lumbar.figures.style import (
    BONE, BONE_DEEP, BONE_LINE, DISC, DISC_LINE, DISC_RING, INK, MUSCLE, MUSCLE_FIBRE, MUSCLE_LINE, NERVE, NERVE_LINE,
    NUCLEUS, PAPER, QUIET, RULE, SYNOVIUM, SYNOVIUM_LINE, VERDICT, WARM, WARM_LINE, Point, arrow, cord, shape, stroke,
)

# --- What a box of the chain shows -----------------------------------------------------------------------------------


def _bone(axes: Axes, x: float, y: float, width: float = 7.0, height: float = 3.6, turn: float = 0.0) -> None:
    """A vertebral body from the side."""
    corners = [(-0.5, 0.5), (0, 0.44), (0.5, 0.5), (0.43, 0), (0.5, -0.5), (0, -0.44), (-0.5, -0.5), (-0.43, 0)]
    place = Affine2D().scale(width, height).rotate_deg(turn).translate(x, y)
    shape(axes, place.transform(corners), BONE, BONE_LINE, corners=(0, 2, 4, 6))


def _disc(axes: Axes, x: float, y: float, width: float = 6.6, height: float = 1.5, fill: str = DISC) -> None:
    shape(axes, _oval(x, y, width, height), fill, DISC_LINE)


def _oval(x: float, y: float, width: float, height: float) -> Path:
    return Path.unit_circle().transformed(Affine2D().scale(width / 2, height / 2).translate(x, y))


def reflex(axes: Axes) -> None:
    """A brain."""
    top = [(-5.4, 0.2), (-4.4, 2.9), (-1.6, 4.3), (1.6, 4.2), (4.2, 2.6), (4.9, 0)]
    brain = [*top, (3.6, -1.8), (1.4, -2.0), (-2.2, -1.5)]
    cord(axes, [(1.2, -1.2), (1.9, -3.2), (2.0, -5.2)], 1.5, SYNOVIUM, SYNOVIUM_LINE)
    shape(axes, brain, SYNOVIUM, SYNOVIUM_LINE)
    for x, y in ((-4.2, 1.2), (-1.5, -0.4), (1.6, 0.2)):
        stroke(axes, [(x, y), (x + 1.7, y + 0.9), (x + 1.8, y + 2.3)], SYNOVIUM_LINE, width=0.9)


def tight(axes: Axes) -> None:
    """Three vertebrae from behind between two tense muscles."""
    for y in (3.6, 0, -3.6):
        _bone(axes, 0, y, 3.0, 2.9)
    for side in (-1, 1):
        belly = [(side * x, y) for x, y in ((2.1, 5.3), (3.6, 2.4), (3.9, 0), (3.6, -2.4), (2.1, -5.3), (1.7, 0))]
        shape(axes, belly, MUSCLE, MUSCLE_LINE, corners=(0, 4))
        for x in (2.3, 3.1):
            stroke(axes, [(side * (x - 0.2), 3.2), (side * x, 0), (side * (x - 0.2), -3.2)], MUSCLE_FIBRE, width=0.6)


def pain(axes: Axes) -> None:
    """A person with a sore lower back."""
    posture(axes, "standing", (0, -5.4), 10.8)
    for radius, tone in ((1.5, WARM), (0.7, WARM_LINE)):
        shape(axes, Path.circle((-0.35, 0.7), radius), tone)


def together(axes: Axes) -> None:
    """Two vertebrae pushed towards each other."""
    _disc(axes, 0, 0, 6.8, 1.0)
    _bone(axes, 0, 2.2)
    _bone(axes, 0, -2.2)
    for side in (-1, 1):
        arrow(axes, (5.4, side * 4.6), (5.4, side * 0.8), width=1.0)
        arrow(axes, (-5.4, side * 4.6), (-5.4, side * 0.8), width=1.0)


def facet(axes: Axes) -> None:
    """Two vertebrae with a sore facet joint behind."""
    _disc(axes, -2.6, 0, 6.2, 1.6)
    _bone(axes, -2.6, 2.6, 6.2)
    _bone(axes, -2.6, -2.6, 6.2)
    shape(axes, _oval(3.6, -0.2, 3.8, 5.4), WARM, None, alpha=0.45)
    shape(axes, [(0.6, 3.2), (3.2, 2.6), (4.9, 0.2), (4.5, -2.4), (3.7, -1.6), (2.9, 0.8), (0.6, 2.0)], BONE, BONE_LINE)
    shape(axes, [(0.6, -1.8), (1.8, -1.6), (2.6, 0.6), (3.4, -1.6), (3.2, -3.8), (0.6, -3.2)], BONE, BONE_LINE)
    stroke(axes, [(2.75, 0.7), (3.2, -0.4), (3.6, -1.5)], WARM_LINE, width=1.6)


def shifted(axes: Axes) -> None:
    """Three vertebrae, the middle one out of line."""
    for y, x in ((3.7, 0.0), (0, -1.7), (-3.7, 0.0)):
        _bone(axes, x, y, 6.0, 2.7)
    stroke(axes, [(3.9, 5.2), (3.9, -5.2)], QUIET, width=0.7, dash=(2, 2))
    arrow(axes, (5.0, 0), (1.7, 0), width=0.9)


def squeezed(axes: Axes) -> None:
    """A disc squeezed between two vertebrae."""
    _disc(axes, 0, 0, 8.4, 1.5, DISC_RING)
    _bone(axes, 0, 2.3, 7.2, 3.2)
    _bone(axes, 0, -2.3, 7.2, 3.2)
    arrow(axes, (0, 5.6), (0, 1.6), width=1.1)
    arrow(axes, (0, -5.6), (0, -1.6), width=1.1)


def _from_above(axes: Axes, core: Sequence[Point], rim: Sequence[Point]) -> None:
    """A disc from above, its back on the right; `rim` and `core` may bulge there."""
    shape(axes, rim, DISC, DISC_LINE)
    shape(axes, [(0.75 * x - 0.2, 0.72 * y) for x, y in _kidney(0)], None, DISC_RING)
    shape(axes, core, NUCLEUS, DISC_LINE)


def _kidney(bulge: float) -> list[Point]:
    return [(-5.8, 0), (-4.4, 3.4), (-0.6, 4.4), (2.4, 3.3), (2.7 + bulge, 0), (2.4, -3.3), (-0.6, -4.4), (-4.4, -3.4)]


def bulging(axes: Axes) -> None:
    """A disc from above whose back bulges."""
    core = [(-3.2, 0), (-1.9, 1.6), (0.2, 1.5), (2.0, 0.9), (3.7, 0), (2.0, -0.9), (0.2, -1.5), (-1.9, -1.6)]
    _from_above(axes, core, _kidney(2.2))


def trapped(axes: Axes) -> None:
    """A bulging disc against a nerve root."""
    _from_above(axes, [(-3.2, 0), (-1.4, 1.6), (1.8, 0.9), (3.2, 0), (1.8, -0.9), (-1.4, -1.6)], _kidney(1.4))
    _nerve(axes, [(5.9, 5.2), (5.2, 2.0), (4.9, 0), (5.3, -2.2), (6.2, -5.2)])


def ruptured(axes: Axes) -> None:
    """A disc whose core has come out, against a nerve root."""
    half = [(-1.6, 1.4), (1.2, 0.7), (2.6, 0.6), (3.9, 1.5)]
    core = [(-3.4, 0), *half, (4.7, 0), *((x, -y) for x, y in reversed(half))]
    _from_above(axes, core, _kidney(0))
    _nerve(axes, [(6.0, 5.2), (5.8, 2.0), (5.6, 0), (5.9, -2.2), (6.3, -5.2)])


def _nerve(axes: Axes, path: Sequence[Point]) -> None:
    """A nerve root, thinner in the middle where it is pressed."""
    cord(axes, path, (1.6, 1.6, 1.0, 1.6, 1.6), NERVE, NERVE_LINE)


def fused(axes: Axes) -> None:
    """Two vertebrae grown into one."""
    side = [(3.6, 5.0), (3.2, 2.8), (3.9, 0), (3.2, -2.8), (3.6, -5.0)]
    edge = [(0, 4.7), *side, (0, -4.7), *((-x, y) for x, y in reversed(side))]
    body = shape(axes, edge, BONE, BONE_LINE, corners=(1, 5, 7, 11))
    for x in (-2.6, -1.3, 0, 1.3, 2.6):
        stroke(axes, [(x, 1.3), (x + 0.3, 0), (x, -1.3)], BONE_DEEP, width=0.9, inside=body)


# --- How soon to get help --------------------------------------------------------------------------------------------


def telephone(axes: Axes) -> None:
    """A handset."""
    inside = [(-3.0, 4.6), (-1.2, 2.4), (-1.9, 1.0), (1.0, -1.9), (2.4, -1.2), (4.6, -3.0)]
    shape(axes, [(-4.6, 3.2), *inside, (3.2, -4.6), (-1.2, -2.6), (-3.4, 0.2)], PAPER, corners=(1, 2, 5, 6))


def clock(axes: Axes) -> None:
    """A clock."""
    shape(axes, Path.circle((0, 0), 4.4), None, PAPER, width=1.6)
    stroke(axes, [(0, 2.9), (0, 0), (2.0, -1.2)], PAPER, width=1.6, corners=(1,))


def calendar(axes: Axes) -> None:
    """A leaf of a calendar."""
    shape(axes, [(-4, 3.6), (4, 3.6), (4, -4), (-4, -4)], None, PAPER, corners=range(4), width=1.5)
    stroke(axes, [(-4, 1.5), (4, 1.5)], PAPER, width=1.5)
    for x in (-2, 2):
        stroke(axes, [(x, 4.8), (x, 2.9)], PAPER, width=1.5)
    for x, y in ((-2, -0.4), (0, -0.4), (2, -0.4), (-2, -2.3), (0, -2.3)):
        shape(axes, Path.circle((x, y), 0.55), PAPER)


# --- Verdicts and certainty ------------------------------------------------------------------------------------------


def verdict_mark(axes: Axes, verdict: str, at: Point, radius: float) -> None:
    """The sign of a verdict, told by its form as well as its colour."""
    colour = VERDICT[verdict]
    dash = (1.9, 1.4) if verdict == "untested" else None
    shape(axes, Path.circle(at, radius), PAPER, colour, width=1.2, dash=dash)
    _SIGNS[verdict](axes, np.asarray(at), radius, colour)


def _tick(axes: Axes, at: np.ndarray, radius: float, colour: str) -> None:
    shape(axes, Path.circle(at, radius), colour)
    stroke(axes, at + radius * np.array([(-0.45, 0.0), (-0.12, -0.38), (0.5, 0.42)]), PAPER, width=1.3, corners=(1,))


def _half(axes: Axes, at: np.ndarray, radius: float, colour: str) -> None:
    shape(axes, Path.wedge(180, 360).transformed(Affine2D().scale(radius).translate(*at)), colour)


def _opposed(axes: Axes, at: np.ndarray, radius: float, colour: str) -> None:
    for side in (-1, 1):
        tip, y = at + radius * np.array((0.62 * side, 0.3 * side)), 0.3 * side
        stroke(axes, [at + radius * np.array((-0.55 * side, y)), tip], colour, width=1.1)
        barb = [tip + radius * np.array((-0.35 * side, d)) for d in (0.28, -0.28)]
        stroke(axes, [barb[0], tip, barb[1]], colour, width=1.1, corners=(1,))


def _question(axes: Axes, at: np.ndarray, radius: float, colour: str) -> None:
    hook = at + radius * np.array([(-0.32, 0.28), (0.0, 0.58), (0.32, 0.28), (0.05, -0.02), (0.0, -0.28)])
    stroke(axes, hook, colour, width=1.1)
    shape(axes, Path.circle(at - (0, 0.58 * radius), 0.1 * radius), colour)


def _cross(axes: Axes, at: np.ndarray, radius: float, colour: str) -> None:
    shape(axes, Path.circle(at, radius), colour)
    for side in (-1, 1):
        stroke(axes, at + 0.38 * radius * np.array([(-1, side), (1, -side)]), PAPER, width=1.3)


_SIGNS = {
    "supported": _tick,
    "partly supported": _half,
    "contested": _opposed,
    "untested": _question,
    "contradicted": _cross,
}


def certainty_bars(axes: Axes, at: Point, full: int) -> None:
    """Four bars of rising height, `full` of them filled, as for a signal."""
    for i in range(4):
        bar = Path.unit_rectangle().transformed(Affine2D().scale(1.5, 1.6 + i).translate(at[0] + 2.1 * i, at[1]))
        shape(axes, bar, INK if i < full else PAPER, INK if i < full else RULE, width=0.6)
