"""Discs: the words for their shapes, what a day and the years do to them, how they are fed, what scans show without pain."""

from __future__ import annotations

from matplotlib.axes import Axes

from lumbar.evidence.tables import table
from lumbar.figures.herniation import STAGES, draw_disc, draw_nerves, surroundings
from lumbar.figures.people import PEOPLE_QUIET, crowd
from lumbar.figures.style import BLUE, HEADING, ORANGE, QUIET, Page, Point, plate, source, zero_line

NAMES = {"age changes in a disc": "age changes\nin a disc", "bulging disc": "bulging\ndisc"}
FINDINGS = {"age changes in a disc": BLUE, "bulging disc": ORANGE}


def _by_age(finding: str) -> dict[int, int]:
    return {int(row["age"]): int(row["percent"]) for row in table("imaging-without-pain").where(finding=finding)}


CHANGED, BULGING = (_by_age(finding) for finding in FINDINGS)


@plate(
    "discs-without-pain",
    title="What scans show in people without back pain",
    alt=f"Of 100 people aged 50 with no back pain, {CHANGED[50]} have a disc that shows its age. A chart below shows how that "
    f"rises with age, from {CHANGED[20]} of 100 at 20 to {CHANGED[80]} at 80. A bulging disc is found in "
    f"{BULGING[20]} of 100 at 20, {BULGING[50]} at 50 and {BULGING[80]} at 80. None of these people had pain.",
    legend="Estimates from a model fitted to many studies. Such findings are common without pain, and commoner still with it.",
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
    alt="Five discs cut across, seen from above, front at the top. Normal: the disc ends at the edge of the bone. Bulge: it "
    "reaches past the edge over more than a quarter of the way round. Protrusion: it juts out in one place, back and to one "
    "side, widest at its base. Extrusion: core has come out, with a narrower neck. Sequestration: a loose piece lies "
    "behind the disc.",
    legend="What the words on a scan report mean. The last three reach out over less than a quarter of the way round: they "
    "are called herniations. The words tell a shape. They do not tell whether it hurts, and no disc has to pass from one "
    "to the next.",
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
