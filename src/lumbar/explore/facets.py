"""What tension in the back muscles does to the facet joints, by two rules of how these share the squeeze."""

import numpy as np
from matplotlib.axes import Axes

from lumbar.evidence.tables import table
from lumbar.explore.registry import explorer, steps, stops
from lumbar.explore.shapes import rectangle
from lumbar.figures.spine import motion_segment, pair
from lumbar.figures.style import (
    ACCENT, ACCENT_WASH, INK, MUSCLE, MUSCLE_FIBRE, MUSCLE_LINE, ORANGE, QUIET, SMALL, Page, arrow, cord, shape, source,
    stroke,
)  # fmt: skip
from lumbar.models.load import BODY, GRAVITY, LEAN_LIMIT, compression, facet_force, kilograms

ORANGE_WASH = "#F7D9C4"
LEFT = 68.0  # mm, where the bars begin
KILOGRAM = 0.35  # mm of bar
BENT, NARROW = 0.0, 0.7  # shares that the drawing shows by its posture and its disc
TIP = "Over a narrow disc, most of it passes through the tip of the facet, outside the joint itself."


def facet_shares() -> dict[float, str]:
    """The measured shares, 0 to 1, and what they were measured in."""
    rows = table("facet-load-share").rows
    return {row["share"] / 100: f"{row['share']:g} %: {row['condition']}" for row in rows}


def say_facets(tension: float, share: float) -> str:
    """What the setting shows, in plain words."""
    still, tense = float(compression()), float(compression(tension=tension / 100))
    bent = kilograms(compression(lean=LEAN_LIMIT))
    bend = f"Bending by {LEAN_LIMIT:g}° without being tense would make the squeeze {bent} kg."
    tip = TIP if share == NARROW else ""
    said = (_squeeze_said(tension, still, tense), _facets_said(tension, share, still, tense), tip, bend)
    return " ".join(filter(None, said))


def _squeeze_said(tension: float, still: float, tense: float) -> str:
    if not tension:
        return f"With no extra tension, the joint is squeezed as if {kilograms(still)} kg rested on it."
    back = tension / 100 * BODY.strength
    return (
        f"Your back muscles pull with the weight of {kilograms(back)} kg more than standing needs, "
        f"and your belly muscles with {kilograms(tense - still - back)} kg to keep you upright. "
        f"Together they raise the squeeze on the joint from {kilograms(still)} to {kilograms(tense)} kg, "
        f"by {100 * (tense / still - 1):.0f} %."
    )


def _facets_said(tension: float, share: float, still: float, tense: float) -> str:
    if not share:
        return "Bent a little forward, the facet joints carry none of it, so by both rules tension adds nothing."
    low, high = (kilograms(facet_force(squeeze, share=share)) for squeeze in (still, tense))
    if not tension:
        return f"The facet joints carry {low} kg of it, {100 * share:.0f} %, by both rules."
    return (
        f"If the facet joints take a fixed {100 * share:.0f} %, their load goes from {low} to {high} kg. "
        f"If their load is constant, it stays at {low} kg."
    )


def facet_ground(page: Page) -> None:
    """The names of the three bars, and what bending would do."""
    page.heading("Squeeze on the whole joint", (LEFT, 87))
    page.heading("Load on its facet joints", (LEFT, 57))
    page.note(page.ink, "if their load is constant", (LEFT, 35.2), size=SMALL)
    legend = "Bars show the weight that would\npress as hard. Pale: not tense."
    page.note(page.ink, legend, (LEFT, 16), size=SMALL, colour=QUIET)
    bent = compression(lean=LEAN_LIMIT)
    x = LEFT + KILOGRAM * float(bent) / GRAVITY
    stroke(page.ink, [(x, 74), (x, 84.5)], INK, width=1.2)
    words = f"a {LEAN_LIMIT:g}° bend, not tense: {kilograms(bent)} kg"
    page.note(page.ink, words, (x + 5, 71.4), align="right", size=SMALL)
    source(page, "Fixed share: Adams & Hutton 1980, 1985. Constant: Lorenz 1983.")


@explorer(
    "facet-load",
    title="Does a tight muscle press on the facet joints?",
    alt="Two vertebrae from the side, with a back muscle that pulls them together and arrows that squeeze them. "
    "Beside them three bars: the squeeze on the joint, and the load on its facet joints by two rules, "
    "a fixed share of the squeeze and a constant load.",
    sliders=(
        steps("tension", "Extra tension in the back muscles", 0, 10, 1, " % of their most"),
        stops("share", "Facet joints’ share of the squeeze", facet_shares(), BODY.facet_share),
    ),
    presets={
        "At ease": {"tension": 0, "share": 0.16},
        "A little tense": {"tension": 2, "share": 0.16},
        "Tense": {"tension": 5, "share": 0.16},
        "Very tense": {"tension": 10, "share": 0.16},
        "At ease, narrow disc": {"tension": 0, "share": 0.70},
        "Very tense, bent a little": {"tension": 10, "share": 0.0},
    },
    say=say_facets,
    leaves_out="forces that slide or twist the joint, which press on facet joints most; the squeeze that bending itself "
    "adds; how long the tension lasts; how people differ; harm and pain. All three shares and both rules come from "
    "spines of people who had died, with no muscles at work.",
    claims=("C15", "C16"),
    ground=facet_ground,
    size=(127, 96),
)
def facet_load(page: Page, tension: float, share: float) -> None:
    still, squeeze = float(compression()), float(compression(tension=tension / 100))
    segment(page, share, tension, squeeze)
    bar(page, 77, squeeze, still, ACCENT, ACCENT_WASH)
    page.note(page.ink, f"if they take a fixed share: {100 * share:.0f} %", (LEFT, 52.2), size=SMALL)
    for y, assumption in ((43, "share"), (26, "constant")):
        force, before = (float(facet_force(newtons, assumption, share)) for newtons in (squeeze, still))
        bar(page, y, force, before, ORANGE, ORANGE_WASH)


def bar(page: Page, y: float, newtons: float, still: float, colour: str, pale: str) -> None:
    """A bar in kg, with a paler part for what it is without extra tension."""
    length, before = (KILOGRAM * force / GRAVITY for force in (newtons, still))
    shape(page.ink, rectangle(LEFT, y, length, 6), colour)
    shape(page.ink, rectangle(LEFT, y, before, 6), pale, colour, width=0.6)
    page.note(page.ink, f"{kilograms(newtons)} kg", (LEFT + 1.5 + length, y + 3), bold=True)


def segment(page: Page, share: float, tension: float, squeeze: float) -> None:
    """One motion segment, the muscle that pulls its ends together, and the squeeze."""
    axes = page.anatomy((-39, 66), (-54, 60), rect=(2.5, 9, 61, 81))
    upper, lower = pair(flexion=5 if share == BENT else 0, lost_height=4.5 if share == NARROW else 0)
    places = motion_segment(axes, upper, lower, nerve=False)
    width = 3.0 + 6.0 * squeeze / 1000
    for bone, way in ((upper, 1), (lower, -1)):
        end = bone.pose((0, way * 15))
        arrow(axes, bone.pose((0, way * 30)), end, ACCENT, width=width, head=1.8)
    back_muscle(axes, places["upper-spinous-process"], places["lower-spinous-process"], tension)
    page.label(axes, "Facet joint", places["facet-joint"], (24, 56), accent=True)
    page.note(axes, "Back muscle", (64, -47), align="right", colour=MUSCLE_LINE, bold=True)
    page.note(axes, "Disc", (-23, places["annulus-front"][1]), align="right")


def back_muscle(axes: Axes, top: np.ndarray, bottom: np.ndarray, tension: float) -> None:
    """A slip of back muscle between two spinous processes; its two arrows grow with the tension."""
    top, bottom = top + (2, 2), bottom + (2, -1)
    middle = (top + bottom) / 2 + (2, 0)
    band = cord(axes, [top, middle, bottom], [6, 11, 6], MUSCLE, MUSCLE_LINE)
    for shift in (-3.5, -1.2, 1.2, 3.5):
        fibre = [top + (shift / 2, 0), middle + (shift, 0), bottom + (shift / 2, 0)]
        stroke(axes, fibre, MUSCLE_FIBRE, width=0.6, inside=band)
    for end in (top, bottom):
        way = (middle - end) / np.hypot(*(middle - end))
        arrow(axes, end + way, end + way * (3 + tension), MUSCLE_LINE, width=1.6 + 0.14 * tension, head=2.1)
