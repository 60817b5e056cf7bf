"""Discs that reach past their rim, seen from above: what is displaced, and where the nerves go that lie behind.

In the coordinates of `lumbar.figures.above`. What is displaced goes back and to one side, on the right of the picture.

    stage = STAGES["protrusion"]
    surroundings(axes)          # the bones behind, quietly
    draw_disc(axes, stage, part="protrusion")
    draw_nerves(axes, stage)
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch

from lumbar.figures.above import behind_the_disc, body_outline
from lumbar.figures.style import (
    ACCENT, ACCENT_WASH, DISC, DISC_LINE, DISC_RING, INK, NERVE, NERVE_LIGHT, NERVE_LINE, NUCLEUS, WARM_LINE,
    Point, shape, stroke,
)

Outline = list[Point]

_FRONT = [
    (-25.2, -2.5), (-24.2, 5.2), (-18.4, 13.2), (-9.2, 17.8), (0, 18.4), (9.2, 17.8), (18.4, 13.2),
    (24.2, 5.2), (25.2, -2.5),
]
_CORE_FRONT = [
    (-11.7, -6.4), (-12.9, -3.0), (-12.3, 0.6), (-9.4, 4.2), (-4.7, 6.4), (0, 6.7), (4.7, 6.4), (9.4, 4.2), (12.3, 0.6),
    (12.9, -3.0), (11.7, -6.4),
]
_LEFT_BACK = [(0, -16.4), (-9, -17.8), (-17, -15.6), (-22.8, -9.6)]  # the rim behind, where nothing is displaced
_CORE_LEFT_BACK = [(0, -9.4), (-4.7, -10.1), (-8.8, -9.1)]
_SAC = [(0, -17.6), (5.4, -18.6), (8.0, -22.0), (6.4, -26.4), (3.4, -28.8)]
_SAC_LEFT = [(-1.0, -29.5), (-6.4, -26.4), (-8.0, -22.0), (-5.4, -18.6)]
_ROOT = (9.7, -20.0)  # the root for the level below, on its way down


@dataclass(frozen=True)
class Stage:
    """A disc cut across with the nerves behind it; outlines run on from `_FRONT`, down the right side first.

    `rim` and `core` are the right back parts of disc and nucleus, `beyond` is the line of what is displaced, `loose` a
    piece of its own, `sac` the right part of the sac. The root there lies at `root`, flattened by `squeeze` (0 to 1),
    turned by `turn` degrees.
    """

    name: str
    rim: Outline = field(default_factory=lambda: [(22.8, -9.6), (17, -15.6), (9, -17.8)])
    core: Outline = field(default_factory=lambda: [(8.8, -9.1), (4.7, -10.1)])
    beyond: Outline = field(default_factory=list)
    loose: Outline = field(default_factory=list)
    left: Outline = field(default_factory=lambda: _LEFT_BACK)
    sac_left: Outline = field(default_factory=lambda: _SAC_LEFT)
    sac: Outline = field(default_factory=lambda: _SAC)
    root: Point = _ROOT
    squeeze: float = 0.0
    turn: float = 0.0

    def disc(self) -> np.ndarray:
        return np.array([*_FRONT, *self.rim, *self.left])

    def nucleus(self) -> np.ndarray:
        return np.array([*_CORE_FRONT, *self.core, *_CORE_LEFT_BACK])

    def nerve_sac(self) -> np.ndarray:
        return np.array([*self.sac, *self.sac_left])


_BULGE = [
    (25.2, -8.6), (22.2, -15.0), (16.0, -19.4), (8.6, -20.6), (0, -19.4), (-8.6, -20.6), (-16.0, -19.4),
    (-22.2, -15.0), (-25.2, -8.6),
]
_JUT = [(22.8, -9.6), (18.8, -14.2), (15.4, -18.0), (11.4, -21.6), (6.8, -20.8), (3.4, -17.4)]
_NECK = [(10.6, -8.9), (11.4, -13.0), (11.2, -16.4)]
_DOME = [
    (11.2, -16.4), (13.0, -18.4), (13.0, -21.4), (10.2, -24.4), (6.0, -24.8), (3.0, -22.4), (3.4, -19.2), (6.9, -16.9),
]
_NECK_BACK = [(6.6, -13.2), (5.8, -10.1)]
_PIECE = [(12.6, -20.6), (12.2, -23.2), (9.0, -25.2), (5.0, -24.6), (3.0, -22.2), (4.4, -20.2), (8.4, -20.0)]
_PUSHED = [(-2.4, -17.8), (0.9, -19.4), (1.6, -22.6), (3.4, -26.0), (2.8, -28.8)]
_ASIDE = [(-1.6, -30.2), (-6.6, -27.4), (-8.9, -22.8), (-6.8, -19.0)]

_MOUTH = np.array((9.0, -16.6))  # where the core comes out through the rim


def extruded(size: float, root: Point, squeeze: float) -> Stage:
    """An extrusion of `size` (1 when fresh), with the root at `root`, flattened by `squeeze`."""
    shrunk = np.where(np.isin(range(len(_DOME)), (0, len(_DOME) - 1)), size**0.5, size)  # the neck shrinks less
    dome = [*map(tuple, _MOUTH + (np.array(_DOME) - _MOUTH) * shrunk[:, None])]
    pushed, rest = np.array([*_PUSHED, *_ASIDE]), np.array([*_SAC, *_SAC_LEFT])
    sac = [*map(tuple, rest + np.interp(size, (0.3, 1), (0, 1)) * (pushed - rest))]
    core = [*_NECK[:2], *dome, *_NECK_BACK]
    return Stage("extrusion", core=core, beyond=dome, sac=sac, sac_left=[], root=root, squeeze=squeeze, turn=14)


STAGES = {
    stage.name: stage
    for stage in (
        Stage("normal"),
        Stage(
            "bulge",
            rim=_BULGE[:4],
            left=_BULGE[4:],
            beyond=_BULGE,
            sac=[(0, -19.6), (5.0, -20.8), (7.8, -23.4), (6.4, -27.4)],
            sac_left=[(-1.0, -30.4), (-6.4, -27.4), (-7.8, -23.4), (-5.0, -20.8)],
            root=(9.9, -22.4),
        ),
        Stage(
            "protrusion",
            rim=_JUT,
            core=[(10.8, -9.0), (13.0, -13.6), (11.2, -17.2), (8.2, -15.8), (6.0, -10.8)],
            beyond=[*_JUT[1:], (1.4, -16.4)],
            sac=[(-0.6, -17.8), (4.2, -20.2), (6.6, -23.4), (5.8, -27.2)],
            root=(9.5, -23.4),
            squeeze=0.4,
            turn=12,
        ),
        extruded(1.0, root=(8.9, -26.5), squeeze=0.5),
        Stage(
            "sequestration",
            core=[(10.2, -9.0), (10.4, -13.4), (9.2, -15.2), (7.4, -13.4), (5.8, -10.0)],
            loose=_PIECE,
            sac=_PUSHED,
            sac_left=_ASIDE,
            root=(8.9, -26.9),
            squeeze=0.45,
            turn=14,
        ),
    )
}


def surroundings(axes: Axes, named: bool = False, plain: bool = True) -> None:
    """Draw the bones and joints behind a disc, and the roots that leave there, but not those that lie behind the disc.

    Their parts have ids, the same on both sides, only if `named`; `plain` leaves out their shading and the cartilage.
    """
    before, bare = set(axes.patches), getattr(axes, "bare", False)
    axes.bare = bare or plain
    behind_the_disc(axes)
    axes.bare = bare
    moved = ("next-root", "nerve-sac", "facet-joint") if plain else ("next-root", "nerve-sac")
    for patch in set(axes.patches) - before:
        name = (patch.get_gid() or "").removesuffix("-left").removesuffix("-right")
        patch.set_gid({"nerve-root": "leaving-root"}.get(name, name) or None if named else None)
        if name in moved:
            patch.remove()


def draw_disc(
    axes: Axes, stage: Stage, *, part: str | None = None, core: str | None = None, displaced: str | None = None,
    rings: int = 4,
) -> PathPatch:
    """Draw the disc with its rings and core, what is displaced in the accent colour, and the rim of the bone dashed.

    `part` is the id of the whole disc, `core` and `displaced` of what lies in it (otherwise they belong to it).
    """
    whole = shape(axes, stage.disc(), DISC, DISC_LINE, part=part)
    for k in range(1, rings + 1):
        t = k / (rings + 1)
        shape(axes, stage.disc() * (1 - 0.47 * t, 1 - 0.5 * t) + (0, -1.4 * t), None, DISC_RING, detail=True)
    if displaced and stage.beyond:
        shape(axes, stage.beyond, ACCENT_WASH, None, part=displaced, corners=(0, -1), alpha=0.6)
        stroke(axes, stage.beyond, ACCENT, width=1.6, detail=False, part=displaced)
    shape(axes, stage.nucleus(), NUCLEUS, DISC_RING, part=core or part)
    rim(axes)
    if stage.beyond and not displaced:
        stroke(axes, stage.beyond, ACCENT, width=1.6, detail=False, part=part)
    if stage.loose:
        shape(axes, stage.loose, NUCLEUS, ACCENT, width=1.6, part=displaced or part)
    return whole


def rim(axes: Axes) -> None:
    """Draw the edge of the bone below the disc as a dashed line."""
    shape(axes, body_outline(0.2), None, INK, width=0.6, dash=(2.2, 1.8))


def draw_nerves(
    axes: Axes, stage: Stage, *, sac: str | None = None, root: str | None = None, rootlets: int = 1
) -> None:
    """Draw the sac of nerves and the two roots for the level below, on the pressed side as flat as `stage` says.

    `sac` and `root` are part ids, the root that of the right side; `rootlets` 2 draws every second one in the sac.
    """
    draw_sac(axes, stage, part=sac, rootlets=rootlets)
    other = (-_ROOT[0], stage.root[1] if stage.name == "bulge" else _ROOT[1])
    shape(axes, ellipse(other), NERVE, NERVE_LINE, detail=True)
    flat, look = stage.squeeze, (WARM_LINE, 1.6) if stage.squeeze else (NERVE_LINE, 0.8)
    around = ellipse(stage.root, 1.5 + 1.2 * flat, 1.5 - 0.9 * flat, stage.turn)
    shape(axes, around, NERVE, look[0], width=look[1], part=root)


def draw_sac(axes: Axes, stage: Stage, *, part: str | None = None, rootlets: int = 1) -> None:
    """Draw the sac of nerves with the roots in it."""
    edge = stage.nerve_sac()
    shape(axes, edge, NERVE_LIGHT, NERVE_LINE, part=part)
    middle = edge.mean(axis=0)
    for spot in middle + 0.58 * (edge - middle)[::rootlets]:
        shape(axes, ellipse(spot, 0.9, 0.9, points=4), NERVE, NERVE_LINE, width=0.4, part=part, detail=True)


def ellipse(middle: Point, wide: float = 1.5, high: float = 1.4, turn: float = 0.0, points: int = 6) -> np.ndarray:
    """Points around an ellipse, turned by `turn` degrees."""
    a, b = np.linspace(0, 2 * np.pi, points, endpoint=False), np.radians(turn)
    flat = np.stack([wide * np.cos(a), high * np.sin(a)], 1)
    return flat @ [[np.cos(b), np.sin(b)], [-np.sin(b), np.cos(b)]] + middle
