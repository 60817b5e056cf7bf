"""Discs: the words for their shapes, how they are fed, what a day and the years do to them, what scans show."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from lumbar.evidence.tables import table
from lumbar.figures.bones import Vertebra, pair
from lumbar.figures.herniation import STAGES, draw_disc, draw_nerves, ellipse, surroundings
from lumbar.figures.people import PEOPLE_QUIET, crowd
from lumbar.figures.spine import disc, motion_segment, nucleus
from lumbar.figures.style import (
    ACCENT, ARTERY, BLUE, BONE_LIGHT, BONE_LINE, CARTILAGE, CARTILAGE_LINE, DISC, DISC_LINE, GREEN, HEADING,
    NUCLEUS, ORANGE, PAPER, QUIET, SMALL, Page, Point, arrow, cord, plate, shape, source, stroke, zero_line,
)

NAMES = {"age changes in a disc": "age changes\nin a disc", "bulging disc": "bulging\ndisc"}
FINDINGS = {"age changes in a disc": BLUE, "bulging disc": ORANGE}


def _by_age(finding: str) -> dict[int, int]:
    return {int(row["age"]): int(row["percent"]) for row in table("imaging-without-pain").where(finding=finding)}


CHANGED, BULGING = (_by_age(finding) for finding in FINDINGS)


@plate(
    "discs-without-pain",
    title="What scans show in people without back pain",
    alt=f"Of 100 people aged 50 with no back pain, {CHANGED[50]} have a disc that shows its age. A chart below shows "
    f"how that rises with age, from {CHANGED[20]} of 100 at 20 to {CHANGED[80]} at 80. A bulging disc is found in "
    f"{BULGING[20]} of 100 at 20, {BULGING[50]} at 50 and {BULGING[80]} at 80. None of these people had pain.",
    legend="Estimates from a model fitted to many studies. Such findings are common without pain, and commoner still "
    "with it.",
    use="Ask for a guess first: of 100 pain-free people of your own age, how many have such a disc?",
    size=(127, 147),
    claims=("C18", "C19"),
)
def discs_without_pain(page: Page) -> None:
    page.heading("100 people of 50, none with back pain", (5, page.height - 9), size=12)
    words = f"{CHANGED[50]} have a disc that shows its age"
    page.note(page.ink, words, (6, page.height - 16.5), colour=BLUE, size=HEADING, bold=True)
    colours = [BLUE] * CHANGED[50] + [PEOPLE_QUIET] * (100 - CHANGED[50])
    crowd(page, colours, (6, page.height - 61, page.width - 12, 42), columns=20)
    _ages(page)
    source(page, "Brinjikji 2015, 3,110 people in 33 studies")


def _ages(page: Page) -> None:
    """Both findings against age, each line named at its end."""
    axes = page.chart(
        (13, 19, 77, 54), (18, 82), (0, 105), x="age", y="of 100 people without pain", xticks=list(CHANGED),
        yticks=[0, 25, 50, 75, 100],
    )
    zero_line(axes)
    for (finding, colour), values, side in zip(FINDINGS.items(), (CHANGED, BULGING), (1, -1), strict=True):
        points = list(values), list(values.values())
        axes.plot(*points, color=colour, linewidth=1.6, marker="o", markersize=4, clip_on=False)
        page.note(axes, NAMES[finding], (84, values[80] + side * 5), colour=colour, bold=True)
        for age in (20, 50, 80):
            page.note(axes, str(values[age]), (age, values[age] + side * 7), align="center", colour=colour)
    page.note(page.ink, "Some ages had few people.", (13, 9.3), colour=QUIET, size=8.5)


_SAYS = {
    "bulge": ("Bulge", "past the bone’s edge over more\nthan a quarter of the way round"),
    "protrusion": ("Protrusion", "juts out in one place,\nwidest at its base"),
    "extrusion": ("Extrusion", "comes out like a bead,\nwith a narrower neck"),
    "sequestration": ("Sequestration", "a loose piece, no longer\njoined to the disc"),
}


@plate(
    "disc-stages",
    title="Normal, bulge, protrusion, extrusion, sequestration",
    alt="Five discs cut across, seen from above, front at the top. Normal: the disc ends at the edge of the bone. "
    "Bulge: it reaches past the edge over more than a quarter of the way round. Protrusion: it juts out in one "
    "place, back and to one side, widest at its base. Extrusion: core has come out, with a narrower neck. "
    "Sequestration: a loose piece lies behind the disc.",
    legend="What the words on a scan report mean. The last three reach out over less than a quarter of the way "
    "round: they are called herniations. The words tell a shape. They do not tell whether it hurts, and no disc has "
    "to pass from one to the next.",
    use="Read out a scan report and let people point: which of the five is meant?",
    size=(127, 177),
    claims=("C19", "C21"),
)
def disc_stages(page: Page) -> None:
    axes = _stage(page, "normal", (33, 144))
    page.heading("Normal", (4, page.height - 8.5))
    _name_a_disc(page, axes)
    for i, (name, (heading, says)) in enumerate(_SAYS.items()):
        x, y = 33 + 61 * (i % 2), 94 - 62 * (i // 2)
        _stage(page, name, (x, y))
        page.heading(heading, (x - 29, y + 22))
        page.note(page.ink, says, (x, y - 23.2), align="center", valign="top", colour=QUIET)


def _stage(page: Page, name: str, centre: Point) -> Axes:
    (x, y), r = centre, 21.5
    if page.bare:
        axes = page.anatomy((-29, 29), (-37.5, 20.5), (x - r, y - r, 2 * r, 2 * r))
    else:
        axes = page.lens(centre, r, 29, about=(0, -8.5))
        surroundings(axes)
    draw_disc(axes, STAGES[name], part=name, rings=2)
    draw_nerves(axes, STAGES[name], rootlets=2)
    return axes


def _name_a_disc(page: Page, axes: Axes) -> None:
    page.label(axes, "Soft core (nucleus)", (6, 1), (36, 17))
    page.label(axes, "Tough rings (annulus)", (19.5, 1), (36, 8))
    page.label(axes, "Edge of the bone, dashed", (22.4, -9.6), (36, -1), accent=True)
    page.label(axes, "Nerve root that leaves here", (27, -15.6), (36, -11))
    page.label(axes, "Root for the level below", (9.7, -20), (36, -21))
    page.label(axes, "Sac of nerves", (3, -25), (36, -31))


def two_bones(axes: Axes, lost: float = 0.0) -> tuple[Vertebra, Vertebra]:
    """Draw two vertebrae in flat tones, the disc `lost` mm lower than usual; the bones."""
    upper, lower = pair(lost_height=lost)
    axes.bare, bare = True, axes.bare
    motion_segment(axes, upper, lower, nerve=False, named=False)
    axes.bare = bare
    return upper, lower


TALLER = next(row["value"] for row in table("quoted").where(source="tyrrell1985", unit="mm"))


@plate(
    "disc-day",
    title="What a day does to a disc, and a night",
    alt="A disc in the morning and in the evening. In the morning it is full of water and tall. Over the day the "
    "load of an upright body presses some water out, and it gets a little lower. At night, lying down, it draws the "
    f"water back in. Eight young adults lost {TALLER:g} millimetres of height over a day and got them back.",
    legend="The change is drawn larger than it is. Most of it comes early in the day. Every healthy disc does this, "
    "every day of your life.",
    use="Measure someone first thing in the morning and again at night: where did the difference go?",
    size=(127, 97),
    claims=("C18",),
)
def disc_day(page: Page) -> None:
    for x, heading, says, lost, drops in (
        (30, "Morning", "full of water, taller", -1.2, 30), (97, "Evening", "less water, a little lower", 2.2, 17),
    ):
        axes = page.lens((x, 55), 26, 21, about=(-1, 0))
        upper, lower = two_bones(axes, lost)
        _water(axes, upper, lower, drops)
        page.heading(heading, (x, 86), align="center")
        page.note(page.ink, says, (x, 25), align="center", colour=QUIET)
    for y, word, says, start, end in ((63, "day", "water out", 57.5, 69.5), (46, "night", "water in", 69.5, 57.5)):
        arrow(page.ink, (start, y), (end, y), ACCENT, width=1.6)
        page.note(page.ink, word, (63.5, y + 4), align="center", bold=True, colour=ACCENT)
        page.note(page.ink, says, (63.5, y - 4), align="center", colour=QUIET, size=SMALL)
    words = f"In a day eight young adults lost {TALLER:g} mm of height,\nand at night they got it back."
    page.note(page.ink, words, (63.5, 13.6), align="center")
    source(page, "Tyrrell 1985, 8 people")


def _water(axes: Axes, upper: Vertebra, lower: Vertebra, drops: int) -> None:
    """Drops of water in the disc, evenly spread."""
    disc(axes, upper, lower, cut=True)
    for k in range(drops):
        away, turn = np.sqrt((k + 0.5) / drops), 2.4 * k
        t, share = 0.5 + 0.36 * away * np.cos(turn), 0.5 + 0.32 * away * np.sin(turn)
        spot = (1 - share) * upper.lower_plate(t) + share * lower.upper_plate(t)
        shape(axes, ellipse(spot, 0.62, 0.62, points=4), BLUE, PAPER, width=0.4)


@plate(
    "disc-feeding",
    title="How a disc is fed",
    alt="A disc between two bones, close up. Small blood vessels end in the bone, just short of the disc. Food seeps "
    "from them through a thin plate of cartilage into the disc, and waste seeps back. The disc has no vessels of its "
    "own inside. Below: under load some fluid moves out of the disc, and when the load eases it moves back in.",
    legend="The inside of a disc has no blood vessels. Small molecules seep in through the endplates. Load that "
    "comes and goes, as in walking, moves fluid out and in.",
    use="Squeeze a wet sponge in a bowl, then let go. Which part of your day is the squeeze, and which the letting "
    "go?",
    size=(127, 133),
    claims=("C18",),
)
def disc_feeding(page: Page) -> None:
    axes = page.lens((63.5, 91), 34, 17, about=(0, 0))
    upper, lower = two_bones(axes)
    disc(axes, upper, lower, cut=True)
    for bone, side in ((upper, -1), (lower, 1)):
        _endplate(axes, bone, side)
        for t in (0.22, 0.38, 0.54, 0.7, 0.84):
            _feed(axes, bone, t, side)
    page.label(axes, "Blood vessels\nin the bone", upper.pose((-9.4, -8.4)), (-18, 12), align="right")
    page.label(axes, "Endplate, thin\ncartilage", upper.lower_plate(0.95), (18.4, 6.6))
    page.label(axes, "Food seeps in,\nwaste out", (12.1, -3.6), (18.4, -4.4), accent=True)
    page.label(axes, "No vessels\ninside", (-6, 0.4), (-18.4, -1), align="right")
    _squeeze(page)


def _plate_at(bone: Vertebra, t: float, side: int) -> np.ndarray:
    return bone.upper_plate(t) if side > 0 else bone.lower_plate(t)


def _endplate(axes: Axes, bone: Vertebra, side: int) -> None:
    line = [_plate_at(bone, t, side) - (0, 0.3 * side) for t in np.linspace(0.05, 0.95, 6)]
    cord(axes, line, [0.3, 1.0, 1.1, 1.1, 1.0, 0.3], CARTILAGE, CARTILAGE_LINE, width=0.6)


def _feed(axes: Axes, bone: Vertebra, t: float, side: int) -> None:
    """A vessel that ends above an endplate, and food on its way from there into the disc."""
    end = _plate_at(bone, t, side)
    stroke(axes, [end - (1.6, 11 * side), end - (0.3, 6 * side), end - (0, 1.4 * side)], ARTERY, width=1.8)
    stroke(axes, [end - (0.2, 5 * side), end + (1.7, -3.2 * side), end + (1.9, -1.4 * side)], ARTERY, width=1.2)
    for step in (0.7, 2.0, 3.2):
        shape(axes, ellipse(end + (0.25 * (-1) ** int(step), step * side), 0.34, 0.34, points=4), GREEN)


def _squeeze(page: Page) -> None:
    """The two halves of a step: load, and ease."""
    for x, word, says, half, way in ((34, "Load", "fluid moves out", 3.6, 1), (93, "Ease", "fluid moves in", 5.0, -1)):
        middle, wide = (x, 26), 16 - 0.5 * half
        for side in (-1, 1):
            edge = 26 + side * half
            shape(page.ink, _block(x, edge + side * 2.6), BONE_LIGHT, BONE_LINE)
            if way > 0:
                arrow(page.ink, (x, edge + side * 9.4), (x, edge + side * 5.2), ACCENT, width=2.0)
        shape(page.ink, _squarish(middle, wide + 1, half + 0.4), DISC, DISC_LINE)
        shape(page.ink, _squarish(middle, 8, half * 0.7), NUCLEUS, DISC_LINE, width=0.5)
        for side in (-1, 1):
            arrow(page.ink, *[(x + side * 8, 26), (x + side * 22, 26)][::way], BLUE, width=1.4)
        page.heading(word, (x - 27, 39))
        page.note(page.ink, says, (x, 10), align="center", colour=QUIET)


def _squarish(middle: Point, wide: float, high: float) -> np.ndarray:
    turn = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    flat = np.stack([np.cos(turn), np.sin(turn)], 1)
    return middle + (wide, high) * np.sign(flat) * np.abs(flat) ** 0.6


def _block(x: float, y: float) -> np.ndarray:
    return _squarish((x, y), 15.5, 2.4)


_AGES = (
    ("Young", "full of water,\nclear rings", 0.0, 1.0, 0.0),
    ("In the middle", "a little less water,\nrings less sharp", 1.6, 0.5, 0.5),
    ("Older", "lower and drier, small\nedges of new bone", 4.4, 0.2, 1.5),
)


@plate(
    "disc-age",
    title="A disc through the years",
    alt="Three discs from the side. A young one is tall and full of water. One in the middle years holds a little "
    "less water and its rings are less sharp. An older one is lower and drier, with small edges of new bone. Of 100 "
    f"people of 50 without back pain, {CHANGED[50]} have a disc that shows its age.",
    legend="Much of this comes with the years, earlier in some families than in others. Such discs are common in "
    "people without pain, and commoner in people with it.",
    use="Ask for words for the third picture that would not frighten the person it belongs to.",
    size=(127, 88),
    claims=("C18",),
)
def disc_age(page: Page) -> None:
    for i, (heading, says, lost, water, lips) in enumerate(_AGES):
        x = 22.5 + 41 * i
        axes = page.lens((x, 51), 19.4, 24, about=(-2, 0))
        upper, lower = two_bones(axes, lost)
        _edges(axes, upper, lower, lips)
        disc(axes, upper, lower, cut=True, bulge=1.6 + lips * 0.7)
        nucleus(axes, upper, lower, part=None).set(facecolor=DISC, alpha=1 - water)
        page.heading(heading, (x, 77), align="center")
        page.note(page.ink, says, (x, 29), align="center", valign="top", colour=QUIET)
    words = f"At 50, {CHANGED[50]} of 100 people without pain have such changes."
    page.note(page.ink, words, (63.5, 13), align="center", bold=True, colour=ACCENT)
    source(page, "Brinjikji 2015")


def _edges(axes: Axes, upper: Vertebra, lower: Vertebra, size: float) -> None:
    """Small edges of new bone at the front rims."""
    for bone, side in ((upper, -1), (lower, 1)) if size else ():
        x, y = -bone.depth / 2, side * bone.front / 2
        lip = [(x + 1.8, y - 8 * side), (x + 0.2, y - 4 * side), (x - 1.7 * size, y - 0.6 * side), (x + 1.8, y)]
        shape(axes, bone.pose([*lip, (x + 4, y - 3 * side)]), BONE_LIGHT)
        stroke(axes, bone.pose(lip), BONE_LINE)
