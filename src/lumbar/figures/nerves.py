"""Nerve roots: where sciatica is felt, what presses and what irritates, and what fusion is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes

from lumbar.evidence.tables import table
from lumbar.figures.bones import Vertebra
from lumbar.figures.discs import two_bones
from lumbar.figures.herniation import STAGES, Stage, draw_disc, draw_nerves, draw_sac, ellipse, extruded, surroundings
from lumbar.figures.legs import ROOTS, beside, body
from lumbar.figures.spine import disc_outline
from lumbar.figures.style import (
    ACCENT, ARTERY, BONE, BONE_DEEP, BONE_LIGHT, BONE_LINE, BONE_SHADE, DISC, DISC_LINE, INK, NERVE, NERVE_LIGHT,
    NERVE_LINE, PAPER, PURPLE, QUIET, RULE, WARM, WARM_LIGHT, WARM_LINE, Page, Point, cord, plate, shape, solid, source,
    stroke,
)


@plate(
    "root-pressed",
    title="A protrusion meets a nerve root",
    alt="Above, a disc from above: a protrusion juts out back and to one side and presses the root that runs down "
    "behind it to the level below. The root that leaves at this level lies clear, further out. Below, the same from "
    "behind: at the disc between L4 and L5 the L4 root has already left above it; the L5 root crosses it and is "
    "pressed.",
    legend="The disc usually gives way beside its middle, at the back. There the root for the next level runs down: "
    "at the disc between L4 and L5, that is the L5 root. Many people have such a protrusion and feel nothing of it.",
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
    alt="Legs from the front, the outer side and the back, with three paths. L4: outer front of the thigh, knee and "
    "inner calf. L5: buttock, back and outer thigh, outer calf, top of the foot. S1: buttock, back of the thigh, "
    "calf, sole and outer edge of the foot. The paths overlap, and many people’s pain follows none of them neatly.",
    legend="A textbook map. Pain from a root can be felt along the whole path or only in part of it. The paths "
    "overlap and differ from person to person, so where it hurts hints at a root but does not settle which one.",
    use="Let people draw their own leg pain on a copy, then look how well it fits one path.",
    size=(127, 158),
    claims=("C20",),
)
def sciatica_map(page: Page) -> None:
    views = (("front", "Front", 25, 20), ("side", "Outer side", 66, 18), ("back", "Back", 103, 20))
    for view, heading, x, reach in views:
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


_LEAK = Stage(
    "leak",
    core=[(10.4, -9.0), (10.8, -12.4), (10.3, -17.6), (9.2, -17.7), (8.0, -12.6), (5.8, -10.0)],
    root=(10.2, -22.2),
)


@plate(
    "press-and-chemistry",
    title="Two ways a disc can upset a root: press it, or irritate it",
    alt="The same nerve root twice, close up. Pressed: a protrusion squeezes the root flat against the bone behind, "
    "and a small vessel on it is narrowed. Irritated: the root is round and has room, but stuff from the soft core "
    "has leaked through a gap in the rings and lies around it, and the root is inflamed. Both can happen at once.",
    legend="Pressure slows the blood flow in a root and upsets its signals. Stuff from the core does so too, without "
    "any pressure: that was seen in pigs. In people with sciatica, how hard a root is pressed says little about how "
    "much it hurts.",
    use="Ask: if only pressure counted, what would you expect a big herniation to feel like? And a small one?",
    size=(127, 101),
    claims=("C20", "C21"),
)
def press_and_chemistry(page: Page) -> None:
    for x, heading, says, draw in (
        (32.5, "Pressed", "squeezed flat between\ndisc and bone", _pressed),
        (94.5, "Irritated", "stuff from the core leaks out;\nno squeeze is needed", _irritated),
    ):
        axes = page.lens((x, 50), 28, 13, about=(8.5, -21.5))
        surroundings(axes, plain=False)
        draw(page, axes)
        page.heading(heading, (x, 93.5), align="center")
        page.note(page.ink, says, (x, 16.5), align="center", valign="top", colour=QUIET)
    page.note(page.ink, "both can happen at once", (63.5, 4.6), align="center", bold=True, colour=ACCENT)


def _pressed(page: Page, axes: Axes) -> None:
    stage = replace(STAGES["protrusion"], root=(9.4, -24.0))
    draw_disc(axes, stage, rings=5)
    draw_sac(axes, stage)
    _root_cut(axes, stage.root, 3.0, 1.35, turn=14)
    page.label(axes, "Protrusion", (9.4, -18.4), (1.6, -6.0), align="center")
    page.label(axes, "Root,\nflattened", (11.2, -23.6), (15.4, -5.4), align="center", accent=True)


def _irritated(page: Page, axes: Axes) -> None:
    draw_disc(axes, _LEAK, rings=5)
    draw_sac(axes, _LEAK)
    x, y = _LEAK.root
    shape(axes, ellipse((x, y), 3.4, 3.3), WARM_LIGHT, alpha=0.8)
    _root_cut(axes, _LEAK.root, 2.1, 2.0, line=WARM_LINE)
    around = [(x + (2.5 + 0.04 * k) * np.cos(2.4 * k), y + 0.5 + (2.1 + 0.04 * k) * np.sin(2.4 * k)) for k in range(30)]
    for spot in [(9.6, -13.2), (9.3, -14.8), (9.9, -16.0), (9.5, -17.2), (9.9, -18.4), *around]:
        shape(axes, ellipse(spot, 0.2, 0.2, points=4), WARM)
    page.label(axes, "Gap in\nthe rings", (9.2, -13.9), (1.6, -5.4), align="center")
    page.label(axes, "Root,\ninflamed", (10.8, -21.4), (15.4, -5.4), align="center", accent=True)


def _root_cut(axes: Axes, middle: Point, wide: float, high: float, turn: float = 0.0, line: str = NERVE_LINE) -> None:
    """A root cut across: its sleeve, bundles of fibres, and a small vessel on it."""
    shape(axes, ellipse(middle, wide, high, turn), NERVE_LIGHT, line, width=1.2)
    for spot in [*ellipse(middle, wide * 0.6, high * 0.58, turn), middle]:
        shape(axes, ellipse(spot, wide * 0.24, high * 0.24, turn), NERVE, NERVE_LINE, width=0.5)
    vessel = np.add(middle, (-wide * 0.98, -high * 0.2))
    shape(axes, ellipse(vessel, 0.34, 0.3 * high / wide + 0.05), ARTERY, PAPER, width=0.4)


SHRANK = {row["what"]: int(row["value"]) for row in table("quoted").where(source="chiu2015")}
_COURSE = (
    ("Fresh", "core lies outside,\nthe root is pressed", 1.0, (8.9, -26.5), 0.5),
    ("Weeks later", "vessels grow in, cells\nclear it away", 0.72, (9.8, -24.4), 0.25),
    ("Months later", "little is left,\nthe root has room", 0.3, (10.2, -21.6), 0.0),
)


@plate(
    "shrinking",
    title="How an extrusion can shrink by itself",
    alt="The same extrusion three times, close up. Fresh: a piece of core lies behind the disc and presses a root. "
    "Weeks later: new blood vessels have grown into it, scavenger cells clear it away, and it is smaller. Months "
    "later: little is left and the root has room. In patients scanned again, "
    f"{SHRANK['extrusions that shrank by themselves']} of 100 extrusions had shrunk.",
    legend="Material from the core that lies outside the disc meets blood vessels. The body treats it as something "
    "to tidy up. Not every piece shrinks, and pain often eases before the picture changes or without any change in "
    "it.",
    use="Ask which of the two would shrink more often, a protrusion or a loose piece, and why.",
    size=(127, 96),
    claims=("C21",),
)
def shrinking(page: Page) -> None:
    for i, (heading, says, size, root, squeeze) in enumerate(_COURSE):
        x = 22.5 + 41 * i
        axes = page.lens((x, 51), 19.4, 11.5, about=(8.4, -21))
        surroundings(axes)
        stage = extruded(size, root=root, squeeze=squeeze)
        draw_disc(axes, stage, rings=4)
        draw_nerves(axes, stage)
        if i == 1:
            _clearing(page, axes)
        page.heading(heading, (x, 88), align="center")
        page.note(page.ink, says, (x, 29), align="center", valign="top", colour=QUIET)
    words = f"Scanned again, {SHRANK['extrusions that shrank by themselves']} of 100 extrusions had shrunk."
    page.note(page.ink, words, (63.5, 13.5), align="center", bold=True, colour=ACCENT)
    source(page, "Chiu 2015, studies of patients")


def _clearing(page: Page, axes: Axes) -> None:
    """New vessels into what has come out, and the cells that clear it away."""
    vessels = (
        [(16.4, -20.6), (13.6, -20.6), (11.8, -19.2), (10.6, -18.8)], [(13.6, -20.6), (11.4, -21.4), (9.6, -20.8)],
        [(3.4, -27.0), (5.2, -23.4), (7.0, -20.6), (7.2, -18.6)],
    )
    for vessel in vessels:
        stroke(axes, vessel, ARTERY, width=1.8)
    for spot in ((5.8, -20.8), (8.0, -22.0), (11.2, -17.9), (7.0, -17.6), (9.4, -19.4), (12.4, -22.3)):
        shape(axes, ellipse(spot, 0.85, 0.8), PURPLE, PAPER, width=0.6)
        shape(axes, ellipse(spot, 0.32, 0.32, points=4), PAPER)
    page.label(axes, "New\nvessels", (14.6, -20.7), (14.2, -5.4), align="center")
    page.label(axes, "Scavenger\ncells", (7.0, -17.6), (3.6, -5.4), align="center")


@plate(
    "fusion-or-not",
    title="A low disc, a bony bridge, DISH, a fusion by surgery",
    alt="Four pairs of vertebrae from the side. A low disc: the bones have come closer, no bone joins them; this is "
    "what mostly happens. A true bony bridge: bone has grown across the disc space; this happens in some. DISH: bone "
    "flows down the front while the disc keeps its height. Fused by surgery: screws and a spacer hold the bones "
    "until they grow together.",
    legend="Low is not fused: most very old discs are narrow, with no bone across. Bridges do form in some people, "
    "most often at the facet joints, and are not known to hurt. DISH is a condition of its own, mostly higher up in "
    "the back.",
    use="Show an X-ray report that says “narrowed disc space”. Which of the four is it?",
    size=(127, 146),
    claims=("C22",),
)
def fusion_or_not(page: Page) -> None:
    panels = (
        ("A low disc", "closer, but no bone across:\nwhat mostly happens", 5.5, None),
        ("A true bony bridge", "bone has grown across:\nhappens in some", 6.0, _bridge),
        ("DISH", "bone flows down the front,\nthe disc keeps its height", 0.0, _flowing),
        ("Fused by surgery", "screws and a spacer, until\nthe bones grow together", 1.0, _screwed),
    )
    for i, (heading, says, lost, extra) in enumerate(panels):
        x, y = 33 + 61 * (i % 2), 110 - 70 * (i // 2)
        axes = page.lens((x, y), 24, 39, about=(9, 0))
        bones = two_bones(axes, lost)
        if extra:
            extra(axes, *bones)
        page.heading(heading, (x, y + 27), align="center")
        page.note(page.ink, says, (x, y - 26), align="center", valign="top", colour=QUIET)


def _bridge(axes: Axes, upper: Vertebra, lower: Vertebra) -> None:
    space = shape(axes, disc_outline(upper, lower, bulge=3.0), BONE_LIGHT, ACCENT, width=1.6)
    for t in np.linspace(0.1, 0.9, 9):
        stroke(axes, [upper.lower_plate(t), lower.upper_plate(t + 0.03)], BONE_DEEP, width=0.6, inside=space)


def _flowing(axes: Axes, upper: Vertebra, lower: Vertebra) -> None:
    front = [bone.pose(point) for bone, point in (
        (upper, (-17.4, 22)), (upper, (-18.6, 8)), (upper, (-20.2, -8)), (lower, (-22.4, 18.8)), (lower, (-20.2, 8)),
        (lower, (-18.6, -8)), (lower, (-17.4, -22)),
    )]
    cord(axes, front, [3.0, 4.4, 6.4, 7.6, 6.4, 4.4, 3.0], BONE_LIGHT, ACCENT, width=1.6)


def _screwed(axes: Axes, upper: Vertebra, lower: Vertebra) -> None:
    spacer = [upper.lower_plate(0.25), upper.lower_plate(0.78), lower.upper_plate(0.78), lower.upper_plate(0.25)]
    shape(axes, spacer, RULE, ACCENT, width=1.6, corners=range(4))
    heads = []
    for bone in (upper, lower):
        tip, head = bone.pose((-8, 3)), bone.local((24, 6.5))
        heads.append(head)
        stroke(axes, [tip, head], ACCENT, width=4.6)
        stroke(axes, [tip, head], RULE, width=2.6)
    stroke(axes, heads, ACCENT, width=6.4)
    stroke(axes, heads, RULE, width=4.0)
