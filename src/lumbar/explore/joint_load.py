"""Explorers of the load on L4/5: what posture and a weight in the hands do, and what tension does to the facet joints."""

from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from lumbar.evidence.tables import table
from lumbar.explore.registry import explorer, steps, stops
from lumbar.figures.spine import motion_segment, pair
from lumbar.figures.style import (
    ACCENT, ACCENT_WASH, BONE, BONE_LINE, INK, MUSCLE, MUSCLE_FIBRE, MUSCLE_LINE, ORANGE, PAPER, QUIET, RULE, SMALL, WASH,
    Page, arrow, cord, shape, source, stroke,
)
from lumbar.models.load import (
    BODY, GRAVITY, LEAN_LIMIT, activation, compression, disc_pressure, extensor_force, facet_force,
)

BODY_TONE, LIMB_TONE, BODY_LINE = "#E3E9EF", "#D3DCE5", "#93A1AF"


def kilograms(newtons: float) -> int:
    """The mass, in whole kg, whose weight presses with that force."""
    return round(float(newtons) / GRAVITY)


# --- Load and posture ------------------------------------------------------------------------------------------------
# The body is measured in metres from L4/5, forwards and upwards; on the page it faces left, as all our spines do.

TRUNK = [
    (0.125, 0.06), (0.132, 0.16), (0.135, 0.28), (0.10, 0.40), (0.045, 0.465),
    (-0.05, 0.485), (-0.10, 0.41), (-0.125, 0.30), (-0.108, 0.18), (-0.082, 0.06),
]  # fmt: skip
HIPS = [
    (-0.098, -0.04), (-0.145, -0.13), (-0.13, -0.21), (-0.092, -0.28), (-0.08, -0.42), (-0.065, -0.70),
    (0.085, -0.70), (0.105, -0.42), (0.118, -0.22), (0.118, -0.08),
]  # fmt: skip
HEAD = [
    (0.045, 0.44), (0.062, 0.505), (0.108, 0.505), (0.118, 0.54), (0.116, 0.57), (0.138, 0.582), (0.118, 0.625), (0.114, 0.67),
    (0.075, 0.72), (0.005, 0.73), (-0.06, 0.675), (-0.062, 0.60), (-0.038, 0.535), (-0.048, 0.44),
]  # fmt: skip
SACRUM = [(0.020, -0.040), (-0.018, -0.036), (-0.062, -0.095), (-0.078, -0.150), (-0.052, -0.125), (-0.006, -0.075)]
COLUMN = [(0, 0), (0.012, 0.05), (0.014, 0.10), (0.0, 0.16), (-0.03, 0.24), (-0.044, 0.32), (-0.03, 0.40), (0.0, 0.47), (0.018, 0.545)]
MUSCLE_COURSE = [(-0.062, 0.03), (-0.060, 0.08), (-0.074, 0.18), (-0.090, 0.28), (-0.088, 0.37)]
SHOULDER, ARM_BONE = (-0.005, 0.405), 0.30
SEESAW = -0.42


def lean_back(points, lean: float) -> np.ndarray:
    """Points (forwards, upwards) of an upright body, leant forward by `lean` degrees about L4/5, as they stand on the page."""
    turn = np.radians(lean)
    forwards, upwards = np.asarray(points, float).T
    leant = np.stack([forwards * np.cos(turn) + upwards * np.sin(turn), upwards * np.cos(turn) - forwards * np.sin(turn)], -1)
    return leant * (-1, 1)


def say_posture(lean: float, load: float, reach: float) -> str:
    """What the setting shows, in plain words."""
    posture = dict(lean=lean, load=load, reach=reach / 100)
    squeeze = compression(**posture)
    stance = f"You lean forward by {lean:g}°" if lean else "You stand upright"
    hands = f" and hold {load:g} kg, {reach:g} cm in front of the joint." if load else " with empty hands."
    pull = f"Your back muscles pull as hard as {kilograms(extensor_force(**posture))} kg weigh."
    press = f"The joint is squeezed as if {kilograms(squeeze)} kg rested on it"
    times = f", {squeeze / compression():.1f} times quiet standing." if squeeze > compression() else "."
    effort = activation(**posture)
    strain = f"That takes {100 * effort:.0f} % of what these muscles can do." if effort > 0.3 else ""
    empty = "With empty hands, how far out you reach makes no difference here." if not load else ""
    return " ".join(filter(None, [stance + hands, pull, press + times, strain, empty]))


def posture_ground(page: Page) -> None:
    """The panel of the body, and the scale with the pressures measured in one man."""
    shape(page.ink, box_path(3, 3, 60, 88), WASH)
    page.heading("Pressure in the disc, MPa", (67, 86.5))
    page.note(page.ink, "Bar: this model.\nDots: measured in one man.", (67, 81), size=SMALL, colour=QUIET)
    ticks = (0, 0.5, 1, 1.5, 2, 2.5)
    lines = Path.make_compound_path(*(Path([(73, megapascals(v)), (86, megapascals(v))]) for v in ticks))
    shape(page.ink, lines, None, RULE, width=0.6)
    for value in ticks:
        page.note(page.ink, f"{value:g}", (71.8, megapascals(value)), align="right", size=SMALL, colour=QUIET)
    for value, words in measured_pressures().items():
        shape(page.ink, Path.circle((88, megapascals(value)), 1.1), ORANGE)
        page.note(page.ink, words, (90.5, megapascals(value)), size=SMALL)
    source(page, "Wilke 1999, n = 1")


def megapascals(pressure: float) -> float:
    """How high on the page, in mm, that pressure stands on the scale."""
    return 8 + 26 * pressure


@explorer(
    "load-and-posture",
    title="Bend, hold, reach: the squeeze on one joint",
    alt="A person seen from the side, with spine, back muscles and a box in the hands. Below, a seesaw: the load on the long side, the "
    "back muscles on the short side. Beside it, a bar for the pressure in the disc L4/5, with pressures measured in one man.",
    sliders=(
        steps("lean", "Lean forward", 0, LEAN_LIMIT, 5, "°"),
        steps("load", "Weight in your hands", 0, 20, 5, " kg"),
        steps("reach", "How far out you hold it", 20, 40, 10, " cm"),
    ),
    presets={
        "Stand at ease": {},
        "Lean 30°, empty hands": {"lean": 30},
        "20 kg, held close": {"load": 20, "reach": 20},
        "20 kg, arms out": {"load": 20, "reach": 40},
        "Lean and lift": {"lean": 30, "load": 20, "reach": 40},
    },
    say=say_posture,
    leaves_out="the cords and ligaments that carry part of the load when you bend far, the pressure in the belly, twisting, time, "
    "and how people differ. It is about squeeze. It cannot tell pain or harm.",
    ground=posture_ground,
    size=(127, 94),
)
def load_and_posture(page: Page, lean: float, load: float, reach: float) -> None:
    posture = dict(lean=lean, load=load, reach=reach / 100)
    pull, squeeze = float(extensor_force(**posture)), float(compression(**posture))
    axes = page.anatomy((-0.62, 0.36), (-0.56, 0.93), rect=(3, 3, 60, 88))
    window = shape(page.ink, box_path(3, 3, 60, 88), None)
    hand = hands(lean, reach)
    arm(axes, lean, hand)
    body(axes, lean, window)
    muscle(axes, lean, pull)
    seesaw(page, axes, hand, reach)
    parcel(page, axes, hand, load)
    squeezed(axes, lean, squeeze)
    page.note(axes, f"Back muscles pull: {kilograms(pull)} kg", (-0.585, 0.88), colour=MUSCLE_LINE, bold=True)
    page.note(axes, f"Squeeze on the joint: {kilograms(squeeze)} kg", (-0.585, 0.805), colour=ACCENT, bold=True)
    pressure = float(disc_pressure(squeeze))
    shape(page.ink, box_path(74, megapascals(0), 9, megapascals(pressure) - megapascals(0)), ACCENT)
    page.note(page.ink, f"{pressure:.1f}", (78.5, megapascals(pressure) - 2.6), align="center", colour=PAPER, bold=True)


def box_path(left: float, bottom: float, width: float, height: float) -> Path:
    """A rectangle as a path."""
    right, top = left + width, bottom + height
    return Path([(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)], closed=True)


def body(axes: Axes, lean: float, window: PathPatch) -> None:
    shape(axes, lean_back(HEAD, lean), BODY_TONE, BODY_LINE)
    shape(axes, [*lean_back(TRUNK, lean), *lean_back(HIPS, 0)], BODY_TONE, BODY_LINE, inside=window)
    shape(axes, lean_back(SACRUM, 0), BONE, BONE_LINE, width=0.6)
    shape(axes, vertebrae(lean), BONE, BONE_LINE, width=0.6)


def vertebrae(lean: float) -> Path:
    """L5, which stays, and the bodies above it as one path."""
    along = np.linspace(0, 1, len(COLUMN))
    line = np.stack([np.interp(np.linspace(0.055, 1, 18), along, axis) for axis in np.transpose(COLUMN)], -1)
    ways = np.gradient(line, axis=0)
    sizes = np.linspace(0.0185, 0.010, len(line))
    blocks = [brick(lean_back(brick_corners(*at), lean)) for at in zip(line, ways, sizes, strict=True)]
    lowest = brick(lean_back(brick_corners(np.array((0.002, -0.021)), np.array((0.01, 0.03)), 0.0185), 0))
    return Path.make_compound_path(lowest, *blocks)


def brick_corners(middle: np.ndarray, way: np.ndarray, half: float) -> np.ndarray:
    up, out = way * 0.40, np.array([way[1], -way[0]]) / np.hypot(*way) * half
    return np.array([middle + up + out, middle + up - out, middle - up - out, middle - up + out])


def brick(corners: np.ndarray) -> Path:
    return Path([*corners, corners[0]], closed=True)


def muscle(axes: Axes, lean: float, pull: float) -> None:
    course = [*lean_back([(-0.074, -0.13), (-0.068, -0.04)], 0), *lean_back(MUSCLE_COURSE, lean)]
    band = cord(axes, course, [0.012, 0.030, 0.036, 0.038, 0.036, 0.028, 0.010], MUSCLE, MUSCLE_LINE, width=0.6)
    stroke(axes, course, MUSCLE_FIBRE, width=0.6, inside=band)
    length = 0.03 + 0.27 * pull / 2400
    start, end = lean_back([(-0.155, 0.05 + length), (-0.155, 0.05)], lean)
    arrow(axes, start, end, MUSCLE_LINE, width=0.026, head=1.9)


def squeezed(axes: Axes, lean: float, squeeze: float) -> None:
    """The disc L4/5, and the two arrows that squeeze it."""
    shape(axes, brick(lean_back([(0.021, 0.006), (-0.021, 0.008), (-0.021, -0.004), (0.021, -0.006)], lean / 2)), ACCENT, PAPER, width=0.5)
    length = 0.04 + 0.11 * squeeze / 2900
    for way, turn in ((1, lean), (-1, 0)):
        start, end = lean_back([(0.062, way * (0.012 + length)), (0.062, way * 0.010)], turn)
        arrow(axes, start, end, ACCENT, width=0.026, head=1.9)


def hands(lean: float, reach: float) -> np.ndarray:
    """Where the hands are: `reach` cm in front of L4/5, lower the more the body leans."""
    return np.array([-reach / 100, lean_back([SHOULDER], lean)[0][1] - 0.34 - 0.10 * lean / LEAN_LIMIT])


def arm(axes: Axes, lean: float, hand: np.ndarray) -> None:
    """The far arm, bent at the elbow, from the shoulder to the hand."""
    shoulder = lean_back([SHOULDER], lean)[0]
    way = hand - shoulder
    distance = np.hypot(*way)
    behind = np.array([-way[1], way[0]]) / distance
    elbow = (shoulder + hand) / 2 + behind * np.sqrt(max(ARM_BONE**2 - distance**2 / 4, 0))
    for colour, width in ((BODY_LINE, 11.6), (LIMB_TONE, 10.0)):
        stroke(axes, [shoulder, elbow, hand], colour, width=width, corners=(1,))


def parcel(page: Page, axes: Axes, hand: np.ndarray, load: float) -> None:
    side = 0.088 * load ** (1 / 3)
    shape(axes, box_path(hand[0] - side / 2, hand[1] - side / 2, side, side), "#E9C98F", "#8F6A2A" if load else None)
    page.note(axes, f"{load:g} kg" if load else " ", hand, align="center", size=SMALL, bold=True)


def seesaw(page: Page, axes: Axes, hand: np.ndarray, reach: float) -> None:
    """The levers about the joint: the load's on one side, the back muscles' on the other."""
    lever = BODY.extensor_arm
    drops = [Path([(x, top), (x, SEESAW)]) for x, top in ((hand[0], hand[1]), (0, -0.02), (lever, -0.10))]
    shape(axes, Path.make_compound_path(*drops), None, QUIET, width=0.7, dash=(2, 2))
    stroke(axes, [(hand[0], SEESAW), (lever, SEESAW)], INK, width=2.4)
    shape(axes, Path([(0, SEESAW), (0.03, SEESAW - 0.05), (-0.03, SEESAW - 0.05), (0, SEESAW)], closed=True), INK)
    page.note(axes, f"{reach:g} cm", ((hand[0] - 0.03) / 2, SEESAW - 0.04), align="center", size=SMALL)
    page.note(axes, f"{100 * lever:.0f} cm", (0.045, SEESAW - 0.04), size=SMALL)


SHOWN = (
    "lying on the back", "standing at ease", "standing bent forward", "holding 20 kg close to the body",
    "lifting 20 kg with bent knees", "lifting 20 kg with a round back",
)  # fmt: skip


def measured_pressures() -> dict[float, str]:
    """What was measured in one man, MPa, and doing what; where two gave the same, both."""
    found: dict[float, str] = {}
    for row in table("disc-pressure").rows:
        if row["activity"] in SHOWN:
            before = found.get(row["high"])
            found[row["high"]] = f"{before}; {row['activity']}" if before else row["activity"]
    return {value: "\n".join(wrap(words.replace(" kg", "\u00a0kg"), 21)) for value, words in found.items()}


# --- Facet load ------------------------------------------------------------------------------------------------------

STATES = {
    0.0: "none: bent a little forward",
    0.16: "16 %: upright",
    0.70: "up to 70 %: upright, narrow disc",
}


def say_facets(tension: float, share: float) -> str:
    """What the setting shows, in plain words."""
    still, tense = float(compression()), float(compression(tension=tension / 100))
    bend = f"Bending by {LEAN_LIMIT:g}° without being tense would make the squeeze {kilograms(compression(lean=LEAN_LIMIT))} kg."
    narrow = "Over a narrow disc, most of it passes through the tip of the facet, outside the joint itself." if share > 0.5 else ""
    said = (_squeeze_said(tension, still, tense), _facets_said(tension, share, still, tense), narrow, bend)
    return " ".join(filter(None, said))


def _squeeze_said(tension: float, still: float, tense: float) -> str:
    if not tension:
        return f"With no extra tension, the joint is squeezed as if {kilograms(still)} kg rested on it."
    back = tension / 100 * BODY.strength
    return (
        f"Your back muscles pull with the weight of {kilograms(back)} kg more than standing needs, and your belly muscles with "
        f"{kilograms(tense - still - back)} kg to keep you upright. Together they raise the squeeze on the joint from "
        f"{kilograms(still)} to {kilograms(tense)} kg, by {100 * (tense / still - 1):.0f} %."
    )


def _facets_said(tension: float, share: float, still: float, tense: float) -> str:
    if not share:
        return "Bent a little forward, the facet joints carry none of it, so by both rules tension adds nothing to them."
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
    page.note(page.ink, "Bars show the weight that would\npress as hard. Pale: not tense.", (LEFT, 16), size=SMALL, colour=QUIET)
    bent = compression(lean=LEAN_LIMIT)
    x = LEFT + KILOGRAM * float(bent) / GRAVITY
    stroke(page.ink, [(x, 74), (x, 84.5)], INK, width=1.2)
    page.note(page.ink, f"a {LEAN_LIMIT:g}° bend, not tense: {kilograms(bent)} kg", (x + 5, 71.4), align="right", size=SMALL)
    source(page, "Fixed share: Adams & Hutton 1980, 1985. Constant: Lorenz 1983.")


LEFT = 68.0  # mm, where the bars begin
KILOGRAM = 0.35  # mm of bar


@explorer(
    "facet-load",
    title="Does a tight muscle press on the facet joints?",
    alt="Two vertebrae from the side, with a back muscle that pulls them together and arrows that squeeze them. Beside them three bars: "
    "the squeeze on the joint, and the load on its facet joints by two rules, a fixed share of the squeeze and a constant load.",
    sliders=(
        steps("tension", "Extra tension in the back muscles", 0, 10, 1, " % of their most"),
        stops("share", "Facet joints’ share of the squeeze", STATES, 0.16),
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
    leaves_out="forces that slide or twist the joint, which press on facet joints most; the squeeze that bending itself adds; how long "
    "the tension lasts; how people differ; harm and pain. All three shares and both rules come from spines of people who had died, with no muscles at work.",
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
        bar(page, y, force, before, ORANGE, "#F7D9C4")


def bar(page: Page, y: float, newtons: float, still: float, colour: str, pale: str) -> None:
    """A bar in kg, with a paler part for what it is without extra tension."""
    length, before = (KILOGRAM * force / GRAVITY for force in (newtons, still))
    shape(page.ink, box_path(LEFT, y, length, 6), colour)
    shape(page.ink, box_path(LEFT, y, before, 6), pale, colour, width=0.6)
    page.note(page.ink, f"{kilograms(newtons)} kg", (LEFT + 1.5 + length, y + 3), bold=True)


def segment(page: Page, share: float, tension: float, squeeze: float) -> None:
    """One motion segment, the muscle that pulls its ends together, and the squeeze."""
    axes = page.anatomy((-39, 66), (-54, 60), rect=(2.5, 9, 61, 81))
    upper, lower = pair(flexion=5 if share == 0 else 0, lost_height=4.5 if share > 0.5 else 0)
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
        stroke(axes, [top + (shift / 2, 0), middle + (shift, 0), bottom + (shift / 2, 0)], MUSCLE_FIBRE, width=0.6, inside=band)
    for end in (top, bottom):
        way = (middle - end) / np.hypot(*(middle - end))
        arrow(axes, end + way, end + way * (3 + tension), MUSCLE_LINE, width=1.6 + 0.14 * tension, head=2.1)
