"""What posture and a weight in the hands do to the joint between L4 and L5."""

from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from lumbar.evidence.tables import table
from lumbar.explore.registry import explorer, steps
from lumbar.explore.shapes import polygon, rectangle
from lumbar.figures.style import (
    ACCENT, BONE, BONE_LINE, INK, MUSCLE, MUSCLE_FIBRE, MUSCLE_LINE, ORANGE, PAPER, QUIET, RULE, SMALL, WASH, Page,
    arrow, cord, shape, source, stroke,
)  # fmt: skip
from lumbar.models.load import BODY, LEAN_LIMIT, activation, compression, disc_pressure, extensor_force, kilograms

BODY_TONE, LIMB_TONE, BODY_LINE = "#E3E9EF", "#D3DCE5", "#93A1AF"
BOX, BOX_LINE = "#E9C98F", "#8F6A2A"

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
    (0.045, 0.44), (0.062, 0.505), (0.108, 0.505), (0.118, 0.54), (0.116, 0.57), (0.138, 0.582), (0.118, 0.625),
    (0.114, 0.67), (0.075, 0.72), (0.005, 0.73), (-0.06, 0.675), (-0.062, 0.60), (-0.038, 0.535), (-0.048, 0.44),
]  # fmt: skip
SACRUM = [(0.020, -0.040), (-0.018, -0.036), (-0.062, -0.095), (-0.078, -0.150), (-0.052, -0.125), (-0.006, -0.075)]
COLUMN = [
    (0.0, 0.0), (0.012, 0.05), (0.014, 0.10), (0.0, 0.16), (-0.03, 0.24), (-0.044, 0.32), (-0.03, 0.40), (0.0, 0.47),
    (0.018, 0.545),
]  # fmt: skip
DISC = [(0.021, 0.006), (-0.021, 0.008), (-0.021, -0.004), (0.021, -0.006)]
MUSCLE_COURSE = [(-0.062, 0.03), (-0.060, 0.08), (-0.074, 0.18), (-0.090, 0.28), (-0.088, 0.37)]
SHOULDER, ARM_BONE = (-0.005, 0.405), 0.30
SEESAW = -0.42


def leant(points, lean: float) -> np.ndarray:
    """Where points (forwards, upwards) of an upright body stand on the page when it leans by `lean` degrees."""
    cos, sin = np.cos(np.radians(lean)), np.sin(np.radians(lean))
    forwards, upwards = np.asarray(points, float).T
    return np.stack([-forwards * cos - upwards * sin, upwards * cos - forwards * sin], -1)


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
    shape(page.ink, rectangle(3, 3, 60, 88), WASH)
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
    alt="A person seen from the side, with spine, back muscles and a box in the hands. Below, a seesaw: the load on the "
    "long side, the back muscles on the short side. Beside it, a bar for the pressure in the disc L4/5, with "
    "pressures measured in one man.",
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
    leaves_out="the ligaments (tough straps between the bones), which carry part of the load when you bend far; the "
    "pressure in the belly; twisting; time; and how people differ. It is about squeeze. It cannot tell pain or harm.",
    ground=posture_ground,
    size=(127, 94),
)
def load_and_posture(page: Page, lean: float, load: float, reach: float) -> None:
    posture = dict(lean=lean, load=load, reach=reach / 100)
    pull, squeeze = float(extensor_force(**posture)), float(compression(**posture))
    axes = page.anatomy((-0.62, 0.36), (-0.56, 0.93), rect=(3, 3, 60, 88))
    window = shape(page.ink, rectangle(3, 3, 60, 88), None)
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
    shape(page.ink, rectangle(74, megapascals(0), 9, megapascals(pressure) - megapascals(0)), ACCENT)
    page.note(page.ink, f"{pressure:.1f}", (78.5, megapascals(pressure) - 2.6), align="center", colour=PAPER, bold=True)


def body(axes: Axes, lean: float, window: PathPatch) -> None:
    shape(axes, leant(HEAD, lean), BODY_TONE, BODY_LINE)
    shape(axes, [*leant(TRUNK, lean), *leant(HIPS, 0)], BODY_TONE, BODY_LINE, inside=window)
    shape(axes, leant(SACRUM, 0), BONE, BONE_LINE, width=0.6)
    shape(axes, vertebrae(lean), BONE, BONE_LINE, width=0.6)


def vertebrae(lean: float) -> Path:
    """L5, which stays, and the bodies above it as one path."""
    along = np.linspace(0, 1, len(COLUMN))
    line = np.stack([np.interp(np.linspace(0.055, 1, 18), along, axis) for axis in np.transpose(COLUMN)], -1)
    ways = np.gradient(line, axis=0)
    sizes = np.linspace(0.0185, 0.010, len(line))
    blocks = [polygon(leant(block(*at), lean)) for at in zip(line, ways, sizes, strict=True)]
    lowest = polygon(leant(block(np.array((0.002, -0.021)), np.array((0.01, 0.03)), 0.0185), 0))
    return Path.make_compound_path(lowest, *blocks)


def block(middle: np.ndarray, way: np.ndarray, half: float) -> np.ndarray:
    """The corners of a vertebral body across the way that the column takes there."""
    up, out = way * 0.40, np.array([way[1], -way[0]]) / np.hypot(*way) * half
    return np.array([middle + up + out, middle + up - out, middle - up - out, middle - up + out])


def muscle(axes: Axes, lean: float, pull: float) -> None:
    course = [*leant([(-0.074, -0.13), (-0.068, -0.04)], 0), *leant(MUSCLE_COURSE, lean)]
    band = cord(axes, course, [0.012, 0.030, 0.036, 0.038, 0.036, 0.028, 0.010], MUSCLE, MUSCLE_LINE, width=0.6)
    stroke(axes, course, MUSCLE_FIBRE, width=0.6, inside=band)
    length = 0.03 + 0.27 * pull / 2400
    start, end = leant([(-0.155, 0.05 + length), (-0.155, 0.05)], lean)
    arrow(axes, start, end, MUSCLE_LINE, width=0.026, head=1.9)


def squeezed(axes: Axes, lean: float, squeeze: float) -> None:
    """The disc L4/5, and the two arrows that squeeze it."""
    shape(axes, polygon(leant(DISC, lean / 2)), ACCENT, PAPER, width=0.5)
    length = 0.04 + 0.11 * squeeze / 2900
    for way, turn in ((1, lean), (-1, 0)):
        start, end = leant([(0.062, way * (0.012 + length)), (0.062, way * 0.010)], turn)
        arrow(axes, start, end, ACCENT, width=0.026, head=1.9)


def hands(lean: float, reach: float) -> np.ndarray:
    """Where the hands are: `reach` cm in front of L4/5, lower the more the body leans."""
    return np.array([-reach / 100, leant([SHOULDER], lean)[0][1] - 0.34 - 0.10 * lean / LEAN_LIMIT])


def arm(axes: Axes, lean: float, hand: np.ndarray) -> None:
    """The far arm, bent at the elbow, from the shoulder to the hand."""
    shoulder = leant([SHOULDER], lean)[0]
    way = hand - shoulder
    distance = np.hypot(*way)
    behind = np.array([-way[1], way[0]]) / distance
    elbow = (shoulder + hand) / 2 + behind * np.sqrt(max(ARM_BONE**2 - distance**2 / 4, 0))
    for colour, width in ((BODY_LINE, 11.6), (LIMB_TONE, 10.0)):
        stroke(axes, [shoulder, elbow, hand], colour, width=width, corners=(1,))


def parcel(page: Page, axes: Axes, hand: np.ndarray, load: float) -> None:
    side = 0.088 * load ** (1 / 3)
    shape(axes, rectangle(*(hand - side / 2), side, side), BOX, BOX_LINE if load else None)
    page.note(axes, f"{load:g} kg" if load else " ", hand, align="center", size=SMALL, bold=True)


def seesaw(page: Page, axes: Axes, hand: np.ndarray, reach: float) -> None:
    """The levers about the joint: the load's on one side, the back muscles' on the other."""
    lever = BODY.extensor_arm
    drops = [Path([(x, top), (x, SEESAW)]) for x, top in ((hand[0], hand[1]), (0, -0.02), (lever, -0.10))]
    shape(axes, Path.make_compound_path(*drops), None, QUIET, width=0.7, dash=(2, 2))
    stroke(axes, [(hand[0], SEESAW), (lever, SEESAW)], INK, width=2.4)
    shape(axes, polygon([(0, SEESAW), (0.03, SEESAW - 0.05), (-0.03, SEESAW - 0.05)]), INK)
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


