"""Nerve roots: where sciatica is felt, what presses and what irritates, and what fusion is."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from lumbar.figures.herniation import STAGES, draw_disc, draw_nerves, ellipse, surroundings
from lumbar.figures.legs import ROOTS, beside, body
from lumbar.figures.style import (
    ACCENT, BONE, BONE_DEEP, BONE_LIGHT, BONE_LINE, BONE_SHADE, DISC, DISC_LINE, INK, NERVE, NERVE_LIGHT, NERVE_LINE,
    QUIET, WARM_LINE, Page, cord, plate, shape, solid, source, stroke,
)


@plate(
    "root-pressed",
    title="A protrusion meets a nerve root",
    alt="Above, a disc from above: a protrusion juts out back and to one side and presses the root that runs down behind "
    "it to the level below. The root that leaves at this level lies clear, further out. Below, the same from behind: at "
    "the disc between L4 and L5 the L4 root has already left above it; the L5 root crosses it and is pressed.",
    legend="The disc usually gives way beside its middle, at the back. There the root for the next level runs down: at the "
    "disc between L4 and L5, that is the L5 root. Many people have such a protrusion and feel nothing of it.",
    use="Cover the labels. Which root does the disc between L5 and the sacrum reach?",
    size=(127, 152),
    claims=("C20",),
)
def root_pressed(page: Page) -> None:
    _root_from_above(page)
    _root_from_behind(page)


def _root_from_above(page: Page) -> None:
    axes = page.lens((63.5, 108), 35, 31, about=(0, -10))
    surroundings(axes, named=True, plain=False)
    stage = STAGES["protrusion"]
    draw_disc(axes, stage, part="disc", core="nucleus", displaced="protrusion", rings=5)
    draw_nerves(axes, stage, sac="nerve-sac", root="nerve-root")
    page.heading("From above", (4, 144))
    page.note(page.ink, "front", (63.5, 146), align="center", colour=QUIET, italic=True)
    page.label(axes, "Soft core", (-4, 1), (-35, 8), align="right")
    page.label(axes, "Tough rings", (-20, -3), (-35, -3), align="right")
    page.label(axes, "Sac of nerves", (-2.6, -24), (-35, -17), align="right")
    page.label(axes, "Facet joint", (-19.2, -30), (-30, -32), align="right")
    page.label(axes, "Protrusion", (13.6, -18), (35, 3), accent=True)
    page.label(axes, "Root that\nleaves here", (27.4, -15.4), (35, -11))
    page.label(axes, "Root for the\nlevel below,\npressed", (10.6, -23.4), (32, -30), accent=True)


# From behind, the arches cut off at the pedicles; the middle of the disc between L4 and L5 is the origin.
_BODY = [
    (-21, 0.4), (-23.4, 1.6), (-22.2, 7), (-20, 13.6), (-21.8, 20), (-23.4, 25.6), (-21, 27), (0, 26.2), (21, 27),
    (23.4, 25.6), (21.8, 20), (20, 13.6), (22.2, 7), (23.4, 1.6), (21, 0.4), (0, 1.0),
]
_DISC = [(-22.4, 5.4), (-24.4, 0), (-22.4, -5.4), (0, -4.8), (22.4, -5.4), (24.4, 0), (22.4, 5.4), (0, 4.8)]
_SACRUM = [
    (-24, -44), (-33, -46), (-38, -52), (-33, -62), (0, -63), (33, -62), (38, -52), (33, -46), (24, -44), (0, -44.6),
]
_LEVEL = 38.0  # mm from one disc to the next
_SAC = [
    (-8.0, 34), (8.0, 34), (7.6, 12), (6.2, -4), (6.6, -16), (5.6, -38), (4.6, -60), (-4.6, -60), (-5.6, -38),
    (-6.6, -14), (-7.6, 10),
]
_ROOTS = {  # each leaves below the pedicle of the same name, above the disc
    "L4": [(7.4, 31), (8.6, 22), (11.2, 14.6), (17, 10.8), (25, 7.4), (33, 3)],
    "L5": [(6.8, 9), (8.4, 2), (9.4, -8), (10.2, -17), (13, -23.4), (19, -27.4), (27, -30.6), (34, -34.6)],
    "S1": [(5.6, -29), (7.0, -38), (8.8, -46), (12, -55)],
}
_PRESSED = [(6.8, 10), (10.2, 4.4), (12.2, -1), (10.6, -9.4), *_ROOTS["L5"][3:]]
_FLAT = [3.0, 3.4, 4.6, 3.4, 3.0, 3.2, 3.4, 3.4, 3.2]
_BUMP = [(6.2, 3.6), (11.6, 5.4), (17.4, 3.8), (19.4, -0.6), (16.6, -4.8), (10.6, -5.6), (5.8, -3.4)]


def _root_from_behind(page: Page) -> None:
    axes = page.anatomy((-40, 40), (-63, 35), (26.5, 4, 74, 63))
    _bones_from_behind(axes)
    shape(axes, _BUMP, DISC, ACCENT, width=1.6)
    _nerves_from_behind(axes)
    page.heading("From behind", (4, 63.5))
    page.note(page.ink, "arches taken off", (4, 58.5), colour=QUIET)
    for name, y in (("L4", 18), ("L5", -20), ("Sacrum", -53)):
        page.note(axes, name, (-28 if name[0] == "L" else -40, y), align="right", colour=QUIET, bold=True)
    page.label(axes, "Disc between\nL4 and L5", (-18, 0), (-34, -1), align="right")
    page.label(axes, "L4 root: has left\nabove this disc", _ROOTS["L4"][4], (36, 17))
    page.label(axes, "L5 root: crosses\nthe disc, pressed", (13.6, -1), (36, -4), accent=True)
    page.label(axes, "Pedicle, cut", (18, -16), (37, -18))
    page.label(axes, "S1 root", _ROOTS["S1"][2], (40, -52))


def _nerves_from_behind(axes: Axes) -> None:
    for name, path in _ROOTS.items():
        cord(axes, np.array(path) * (-1, 1), 3.2, NERVE, NERVE_LINE, detail=True)
        if name != "L5":
            cord(axes, path, 3.2, NERVE, NERVE_LINE, detail=True)
    cord(axes, _PRESSED, _FLAT, NERVE, NERVE_LINE)
    for side in (-1, 1):
        edge = [(x + side * w / 2, y) for (x, y), w in zip(_PRESSED[1:4], _FLAT[1:4], strict=True)]
        stroke(axes, edge, WARM_LINE, width=1.8)
    shape(axes, _SAC, NERVE_LIGHT, NERVE_LINE, corners=(0, 1, 6, 7))


def _bones_from_behind(axes: Axes) -> None:
    solid(axes, _SACRUM, BONE, BONE_SHADE, BONE_LINE, light=(-1.5, 2))
    for level, name in ((0, "upper-body"), (-_LEVEL, "lower-body")):
        body = np.array(_BODY) + (0, level + 5)
        solid(axes, body, BONE, BONE_SHADE, BONE_LINE, light=(-1.5, 2), part=name)
    for level in (0, -_LEVEL):
        shape(axes, np.array(_DISC) + (0, level), DISC, DISC_LINE)
    for x, y in ((-16.4, 23), (16.4, 23), (-16.4, 23 - _LEVEL), (16.4, 23 - _LEVEL)):
        shape(axes, ellipse((x, y), 4.4, 6.4), BONE_LIGHT, BONE_DEEP, part="pedicle")


_FELT = {
    "L4": "outer front of the thigh, knee, inner calf",
    "L5": "buttock, back and outer thigh, outer calf,\ntop of the foot",
    "S1": "buttock, back of the thigh, calf,\nsole and outer edge of the foot",
}


@plate(
    "sciatica-map",
    title="Where pain from a nerve root tends to be felt",
    alt="Legs from the front, the outer side and the back, with three paths. L4: outer front of the thigh, knee and inner "
    "calf. L5: buttock, back and outer thigh, outer calf, top of the foot. S1: buttock, back of the thigh, calf, sole and "
    "outer edge of the foot. The paths overlap, and many people’s pain follows none of them neatly.",
    legend="A textbook map. Pain from a root can be felt along the whole path or only in part of it. The paths overlap and "
    "differ from person to person, so where it hurts hints at a root but does not settle which one.",
    use="Let people draw their own leg pain on a copy, then look how well it fits one path.",
    size=(127, 158),
    claims=("C20",),
)
def sciatica_map(page: Page) -> None:
    for view, heading, x, reach in (("front", "Front", 25, 20), ("side", "Outer side", 66, 18), ("back", "Back", 103, 20)):
        axes = page.anatomy((-reach, reach), (-2, 105), (x - reach, 36.5, 2 * reach, 107))
        body(axes, view)
        page.heading(heading, (x, 148), align="center")
        _name_paths(page, axes, view)
    for i, (root, words) in enumerate(_FELT.items()):
        y = 30 - (0, 6, 16)[i]
        page.note(page.ink, root, (6, y), colour=ROOTS[root], bold=True, size=10.5, valign="baseline")
        page.note(page.ink, words, (16, y), valign="baseline")
    source(page, "after Engstrom and Deyo, in Harrison’s, 2015")


def _name_paths(page: Page, axes: Axes, view: str) -> None:
    """The names of the roots right on their paths."""
    steps = {"front": {"L4": 1, "L5": 2}, "side": {"L4": 1, "L5": 4, "S1": 7}, "back": {"L5": 2, "S1": 4}}
    for root, step in steps[view].items():
        page.note(axes, root, beside(view, root, step), align="center", bold=True, colour=INK)
