"""The facet joint close up, how it moves with the spine, and what "out of line" can mean."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path

from lumbar.figures.bones import Pose, Vertebra, foramen, lumbar, pair
from lumbar.figures.spine import cracked_vertebra, disc, front_and_back, motion_segment, vertebra
from lumbar.figures.style import (
    ACCENT, BONE, BONE_LIGHT, BONE_LINE, BONE_SHADE, CARTILAGE, CARTILAGE_LINE, FAT, FLUID, LIGAMENT,
    LIGAMENT_LINE, MUSCLE, MUSCLE_FIBRE, MUSCLE_LIGHT, MUSCLE_LINE, PAPER, QUIET, SKIN, SKIN_LINE, SYNOVIUM,
    SYNOVIUM_LINE, WARM, WARM_LIGHT, WARM_LINE, Page, Point, Rect, arrow, cord, plate, shape, stroke,
)

# One process of a facet joint, cut upright: its surface faces right, its tip is up. Half a turn gives the other.
_PROCESS = [
    (-15.6, -17.7), (-14.2, -13), (-12.4, -6), (-10.8, 1), (-8.4, 7.2), (-5.6, 10.6), (-2.9, 10.9), (-1.8, 8.8),
    (-1.55, 4.4), (-1.6, 0), (-1.55, -4.4), (-1.3, -8.8), (0.6, -12.0), (4.2, -14.2), (9.0, -16.0), (12.0, -17.7),
]
_SURFACE = _PROCESS[7:12]
_FOLD = [
    (-6.2, 15.6), (-4.4, 13.0), (-1.9, 10.9), (-0.6, 9.0), (-0.05, 6.2), (0.6, 8.6), (2.6, 9.6), (1.0, 13.4),
    (-4.0, 16.2),
]
_VESSELS = (
    [(-8.4, 9.0), (-7.6, 11.4), (-8.2, 13.0)],
    [(-5.2, 15.0), (-4.6, 13.4), (-3.2, 13.6)],
    [(-7.0, 13.4), (-6.0, 12.4), (-6.2, 11.4)],
)
_MUSCLE = [(10, 15), (14.5, 9), (16.6, 4.6), (17, 0), (15.6, -7), (11, -13), (6, -16), (4, -10), (6, 0), (8, 10)]
_TRUNK_BONE = [(-3.4, 3.4), (0, 3.0), (3.4, 3.4), (3.0, 0), (3.4, -3.4), (0, -3.0), (-3.4, -3.4), (-3.0, 0)]


def joint(axes: Axes, *, inflamed: bool = False) -> None:
    """Draw one facet joint cut upright, front to the left, some 34 mm wide and high, the joint space at the origin.

    Part ids: capsule, lining, fluid, fold, lower-bone, upper-bone, cartilage, each after "inflamed-" if `inflamed`.
    """
    prefix = "inflamed-" if inflamed else ""
    space = 0.45 if inflamed else 0.25
    _pockets(axes, prefix, inflamed)
    half = np.array(_SURFACE) - (space, 0)
    shape(axes, np.vstack([half, -half]), FLUID, None, part=prefix + "fluid", corners=(0, 4, 5, 9))
    _folds(axes, prefix, inflamed)
    for turn, name in ((1, "lower-bone"), (-1, "upper-bone")):
        _bone(axes, turn * (np.array(_PROCESS) - (space, 0)), prefix + name)
    for turn in (1, -1):
        _cartilage(axes, turn * half, turn, prefix + "cartilage", inflamed)


def _pockets(axes: Axes, prefix: str, inflamed: bool) -> None:
    """The recesses above and below the joint, with the capsule outside, its lining inside, and fluid within."""
    swell = 1.5 if inflamed else 0.0
    recess = [
        (-8.2, 6.6), (-8.4 - swell, 10.6 + swell * 0.4), (-5.6 - swell * 0.6, 14.4 + swell * 0.8), (-1.0, 15.6),
        (4, 14), (3, 8), (0, 4),
    ]
    recesses = [turn * np.array(recess) for turn in (1, -1)]
    if inflamed:
        for points in recesses:
            shape(axes, points, WARM_LIGHT, WARM_LIGHT, width=20.0, detail=True, alpha=0.9)
    for points in recesses:
        shape(axes, points, None, LIGAMENT_LINE, width=7.5, part=prefix + "capsule")
        shape(axes, points, LIGAMENT, LIGAMENT, width=6.0, part=prefix + "capsule")
    tone, line = (WARM, WARM_LINE) if inflamed else (SYNOVIUM, SYNOVIUM_LINE)
    for points in recesses:
        pocket = shape(axes, points, FLUID, line, part=prefix + "lining", width=0.9)
        shape(axes, points, None, line, width=15.0 if inflamed else 6.0, part=prefix + "lining", inside=pocket)
        shape(axes, points, None, tone, width=13.8 if inflamed else 4.8, part=prefix + "lining", inside=pocket)
    if inflamed:
        for vessel in _VESSELS:
            stroke(axes, vessel, WARM_LINE, width=0.8)
            stroke(axes, -np.array(vessel), WARM_LINE, width=0.8)


def _folds(axes: Axes, prefix: str, inflamed: bool) -> None:
    """The folds of the lining (meniscoids) that reach a little way between the surfaces."""
    fill, line = (WARM, WARM_LINE) if inflamed else (SYNOVIUM, SYNOVIUM_LINE)
    for turn in (1, -1):
        shape(axes, turn * np.array(_FOLD), fill, line, width=0.7, part=prefix + "fold", corners=(4,))


def _bone(axes: Axes, process: np.ndarray, part: str) -> None:
    ends = (0, -1)
    bone = shape(axes, process, BONE_LIGHT, None, part=part, corners=ends)
    shape(axes, process, None, BONE_SHADE, width=6.0, inside=bone, part=part, corners=ends, detail=True)
    shape(axes, process, None, BONE_LINE, width=1.0, part=part, corners=ends)


def _cartilage(axes: Axes, surface: np.ndarray, turn: int, part: str, inflamed: bool) -> None:
    thick = np.array([0.1, 1.0, 0.85, 1.05, 0.1] if inflamed else [0.1, 1.45, 1.55, 1.45, 0.1])
    cord(axes, surface + (turn * thick / 2)[:, None] * (1, 0), thick, CARTILAGE, CARTILAGE_LINE, width=0.6, part=part)


def _surroundings(axes: Axes) -> None:
    """What lies in front of the joint, fat in the opening for the nerve root, and behind it, muscle."""
    shape(axes, [(-17, 0), (-12, 12), (-4, 16.5), (0, 14), (-6, 0), (-8, -12), (-12, -12)], FAT, None, detail=True)
    muscle = shape(axes, _MUSCLE, MUSCLE_LIGHT, None, detail=True)
    for x in np.arange(5, 21, 1.7):
        stroke(axes, [(x - 4, -17), (x - 2.2, -8), (x + 0.8, 5)], MUSCLE, width=0.7, inside=muscle)


@plate(
    "facet-joint",
    title="A facet joint, calm and inflamed",
    alt="A facet joint cut open, twice. Calm: two bones faced with thick smooth cartilage, a film of fluid, a thin "
    "lining, a snug capsule. Inflamed: the lining is swollen and warm, there is more fluid, the capsule bulges and "
    "the cartilage may be thinner.",
    legend="What “inflamed” means, not what causes it. Such swelling is seen on some scans and can hurt. Whether "
    "tight muscles bring it about has not been tested in people.",
    use="Ask what each change would feel like, and how one could find out what caused it.",
    size=(127, 119),
    claims=("C16",),
)
def facet_joint(page: Page) -> None:
    _where(page)
    front_and_back(page)
    for x, inflamed in ((32.5, False), (94.5, True)):
        axes = page.lens((x, 47), 28.5, 17)
        _surroundings(axes)
        joint(axes, inflamed=inflamed)
        (_name_inflamed if inflamed else _name_calm)(page, axes)
    page.heading("Calm", (4, 99))
    page.heading("Inflamed", (123, 99), align="right")


def _where(page: Page) -> None:
    """A small motion segment with a ring around the joint."""
    if page.bare:
        return
    axes = page.anatomy((-24, 72), (-44, 44), (48, 90, 31, 27))
    at = motion_segment(axes, *pair(), named=False)
    x, y = at["facet-joint"]
    ring = Path.circle((x, y), 13)
    shape(axes, ring, None, PAPER, width=3.0)
    shape(axes, ring, None, ACCENT, width=1.4)


def _name_calm(page: Page, axes: Axes) -> None:
    page.label(axes, "Capsule", (-9.0, 10.4), (-14.5, 22.5), align="center")
    page.label(axes, "Lining, with\na small fold", (-2.9, 12.6), (2, 23.5), align="center")
    page.label(axes, "Thick, smooth\ncartilage", (-1.2, -4), (-9, -22.5), align="center")
    page.label(axes, "Film of\nfluid", (4.6, -12.2), (9, -22.5), align="center")


def _name_inflamed(page: Page, axes: Axes) -> None:
    page.label(axes, "Capsule\nbulges", (-10.2, 10.8), (-13, 23.5), align="center", accent=True)
    page.label(axes, "Lining swollen,\nmore blood flow", (-2.9, 12.6), (6, 23.5), align="center", accent=True)
    page.label(axes, "Cartilage may\nbe thinner", (-1.4, -4), (-9, -22.5), align="center", accent=True)
    page.label(axes, "More\nfluid", (3.2, -11.6), (9, -22.5), align="center", accent=True)


@plate(
    "nerve-exit",
    title="Where a nerve root leaves the spine",
    alt="The opening between two vertebrae, from the side. Its roof and floor are the pedicles, in front are the "
    "body and the disc, behind is the facet joint. The nerve root passes through its upper part, with fat around it "
    "and room to spare.",
    legend="The root passes high in its opening (foramen), above the level of the disc, and does not fill it: fat pads "
    "it. Roof and floor are bone. The front and back walls can move: the disc and the facet joint.",
    use="Which of the four walls can change its shape, and which cannot?",
    size=(127, 104),
)
def nerve_exit(page: Page) -> None:
    upper, lower = pair()
    x, y = middle = foramen(upper, lower) - (0, 3.2)
    axes = page.lens((63.5, 52), 38, 27, about=tuple(middle + (2, -4)))
    at = motion_segment(axes, upper, lower)
    front_and_back(page)
    page.label(axes, "Pedicle above", at["upper-pedicle"], (x + 22, y + 23))
    page.label(axes, "Nerve root", (x, y + 3), (x - 27, y + 18), align="right", accent=True)
    page.label(axes, "Disc", at["annulus-back"] + (-4, 0), (x - 30, y - 5), align="right")
    page.label(axes, "Facet\njoint", at["facet-joint"], (x + 32, y - 2))
    page.label(axes, "Fat", (x + 4, y - 8), (x - 24, y - 27), align="right")
    page.label(axes, "Pedicle below", at["lower-pedicle"], (x + 22, y - 31))


_BENDS = (  # where on the page, heading, what it says, how the two bones are posed, where they press
    ((33, 97.5), "Bent a little forward", "surfaces slide apart", {"flexion": 8}, None),
    ((94, 97.5), "Upright", "surfaces touch,\nroom below the tip", {}, None),
    ((33, 33.5), "Bent back", "surfaces press,\ntip sinks", {"flexion": -6, "slip": -0.1}, "both"),
    ((94, 33.5), "Upright, low disc", "tip rests on\nthe bone below", {"lost_height": 4.4}, "tip"),
)


@plate(
    "facet-bending",
    title="What bending and disc height do to the facet joints",
    alt="Four close views of a facet joint from the side. Bent a little forward, its surfaces slide apart. Upright, "
    "they touch, and there is room below the tip of the upper bone. Bent back, they press, and the tip nears the bone "
    "below. Upright with a low disc, the tip comes to rest on the bone below.",
    legend="The surfaces stand almost upright, so they slide past each other when the spine bends. What presses "
    "them is leaning back, twisting, a forward push of the upper bone, or a disc that has lost height.",
    use="Put your palms together and slide one up: that is a facet joint when you bend forward.",
    size=(127, 132),
    claims=("C16",),
)
def facet_bending(page: Page) -> None:
    front_and_back(page)
    for centre, heading, says, how, pressed in _BENDS:
        _bend(page, centre, heading, says, how, pressed)


def _bend(page: Page, centre: tuple[float, float], heading: str, says: str, how: dict, pressed: str | None) -> None:
    upper, lower = pair(**how)
    axes = page.lens(centre, 21, 27, about=(30, -8))
    motion_segment(axes, upper, lower, nerve=False, named=False)
    for spot in _spots(upper, pressed):
        shape(axes, Path.circle(spot, 3.0), None, PAPER, width=2.6)
        shape(axes, Path.circle(spot, 3.0), None, ACCENT, width=1.4)
    x, y = centre
    page.heading(heading, (x, y + 23.5), align="center")
    page.note(page.ink, says, (x, y - 23), align="center", valign="top", colour=ACCENT if pressed else QUIET)


def _spots(upper: Vertebra, pressed: str | None) -> list[tuple[float, float]]:
    tip = upper.lower_facet()[2] + (2.2, -2.4)
    return {None: [], "tip": [tip], "both": [tip, upper.lower_facet()[1] + (-1, 1)]}[pressed]


@plate(
    "alignment",
    title="In line, slipped, “subluxed”, leaning: four different things",
    alt="Four pictures. Vertebrae in line. A real slip: the arch of a vertebra has a gap and its body has slid "
    "forward, plain on an X-ray. A “subluxation”: a vertebra said to be a little out of place, a dashed outline so "
    "close that it takes a lens to see it, not found reliably. A lean towards the side where back muscles guard, which "
    "mostly eases as the pain eases.",
    legend="A slip can be seen and measured; this one comes from a gap in the arch of the bone. A lean is real too, and "
    "mostly passes. That ordinary tension leaves a vertebra out of place has not been shown: no test finds such places "
    "reliably. Many who say “subluxation” today mean how a joint moves, not where it stands.",
    use="For each picture, ask: how would we know? Who could check it?",
    size=(127, 140),
    claims=("C17",),
)
def alignment(page: Page) -> None:
    panels = (
        ("In line", "bodies stacked, joints\nface to face", _in_line),
        ("A real slip", "a gap in the arch, the body has\nslid forward; X-rays show it", _slip),
        ("“Subluxation”", "said to be a little out of place;\nnot found reliably", _said),
        ("A lean on guard", "muscles guard; it mostly\neases with the pain", _lean),
    )
    for i, (heading, says, draw) in enumerate(panels):
        left, bottom = 3 + 61.5 * (i % 2), 71.5 - 68.5 * (i // 2)
        page.panel((left, bottom, 59.5, 65.5))
        page.heading(heading, (left + 3.5, bottom + 59))
        page.note(page.ink, says, (left + 29.7, bottom + 6), align="center", colour=QUIET)
        draw(page, (left + 3, bottom + 12.5, 53.5, 44))


def _three(axes: Axes, bones: list[Vertebra]) -> None:
    """Draw three vertebrae with their discs, quietly."""
    _discs(axes, bones)
    for bone in bones:
        vertebra(axes, bone)


def _discs(axes: Axes, bones: list[Vertebra]) -> None:
    for upper, lower in zip(bones, bones[1:], strict=False):
        disc(axes, upper, lower)


SLIP = 8.0  # mm, about a quarter of the body
SAID = (-1.4, 0.3), 2.0  # mm forward and up, and degrees: the faces stay together


def _moved(bone: Vertebra, by: Point, turn: float = 0.0) -> Vertebra:
    return replace(bone, pose=bone.pose.moved(by, turn))


def _side(page: Page, rect: Rect, aside: float = 0.0) -> tuple[Axes, list[Vertebra]]:
    """Axes for a picture from the side, `aside` mm right of the middle of `rect`, and three vertebrae."""
    left, bottom, width, height = rect
    front_and_back(page, left + 0.5, left + width, bottom + 40)
    return page.anatomy((-36, 72), (-58, 54), (left + aside, bottom, width, height)), lumbar()[1:4]


def _fronts(axes: Axes, bones: list[Vertebra]) -> None:
    """A line along the fronts of the bodies: smooth where they stand in line, with a step where one has slipped."""
    ends = [bone.pose((-bone.depth / 2 - 4.5, y)) for bone in bones for y in (bone.front / 2, -bone.front / 2)]
    stroke(axes, ends, ACCENT, width=1.6, detail=False)


def _in_line(page: Page, rect: Rect) -> None:
    axes, bones = _side(page, rect)
    _three(axes, bones)
    _fronts(axes, bones)


def _slip(page: Page, rect: Rect) -> None:
    """The slipped bone carries the one above along; its spinous process and lower facets stay on the bone below."""
    axes, (upper, slipped, lower) = _side(page, rect)
    upper = _moved(upper, (-SLIP, 0))
    bones = [upper, _moved(slipped, (-SLIP, 0)), lower]
    _discs(axes, bones)
    vertebra(axes, upper)
    cracked_vertebra(axes, slipped, SLIP)
    vertebra(axes, lower)
    gap = slipped.place("pedicle") + (7.5, -4.0)
    for colour, width in ((PAPER, 2.6), (ACCENT, 1.4)):
        shape(axes, Path.circle(gap, 11.5), None, colour, width=width)
    _fronts(axes, bones)


def _said(page: Page, rect: Rect) -> None:
    """A place so little away that it takes a lens to see it."""
    axes, bones = _side(page, rect, aside=8)
    ghost = _moved(bones[1], *SAID)
    _three(axes, bones)
    shape(axes, ghost.body(), None, ACCENT, width=0.9, dash=(2.0, 1.4), detail=True)
    rim, reach = bones[1].pose((-bones[1].depth / 2, -bones[1].front / 2)), 5.5
    centre = (rect[0] + 8.4, rect[1] + 11.5)
    shape(axes, Path.circle(rim, reach), None, QUIET, width=1.0)
    if page.bare:
        return
    way = np.subtract(page.place(axes, rim), centre)
    unit = way / np.linalg.norm(way)
    stroke(page.ink, [centre + unit * 8.4, centre + way - unit * reach * axes.mm], QUIET, width=1.0)
    lens = page.lens(centre, 8.4, reach, about=tuple(rim))
    _three(lens, bones)
    shape(lens, ghost.body(), None, ACCENT, width=1.4, dash=(3.0, 2.0))
    arrow(lens, rim + (4.0, 2.9), rim + (-0.1, 2.9), ACCENT, width=0.7, head=2.6)


def _lean(page: Page, rect: Rect) -> None:
    """A trunk from behind: pelvis level, chest over to the right, where the thick muscle pulls it."""
    axes = page.anatomy((-48, 48), (-50, 52), rect)
    page.note(page.ink, "from\nbehind", (rect[0] + 0.5, rect[1] + 38), colour=QUIET, italic=True)
    trunk = [
        (0, -50), (-27, -50), (-29, -38), (-25, -22), (-19, -6), (-15, 8), (-17, 26), (-23, 40), (-10, 46), (2, 49.5),
        (6, 53), (19, 53), (23, 49.5), (35, 46), (44, 40), (40, 26), (32, 8), (25, -6), (27, -22), (31, -38),
        (28, -50),
    ]
    shape(axes, trunk, SKIN, SKIN_LINE, corners=(1, len(trunk) - 1))
    t = np.linspace(0, 1, 9)
    spine = np.stack([12 * t**1.5, -30 + 78 * t], 1)
    taper = np.array([0.5, 1, 1.15, 1.1, 1, 0.8, 0.6, 0.3])
    for side, width, tone in ((1, 7.5, MUSCLE), (-1, 4.2, MUSCLE_LIGHT)):
        muscle = cord(axes, spine[:8] + (side * (3.0 + width / 2), 0), width * taper, tone, MUSCLE_LINE, width=0.6)
        for step in (-1, 1):
            stroke(axes, spine[:8] + (side * (3.0 + width / 2) + step, 0), MUSCLE_FIBRE, width=0.5, inside=muscle)
    for (x, y), (u, v) in zip(spine[1:], spine[:-1], strict=True):
        pose = Pose((x + u) / 2, (y + v) / 2, np.degrees(np.arctan2(y - v, x - u)) - 90)
        shape(axes, pose(_TRUNK_BONE), BONE, BONE_LINE, width=0.6)
    shape(axes, [(-6, -30), (6, -30), (4, -40), (0, -46), (-4, -40)], BONE, BONE_LINE, width=0.6)
    stroke(axes, [(0, -48), (0, 50)], ACCENT, width=1.0, dash=(3.4, 2.2))
    stroke(axes, spine, ACCENT, width=1.6)
