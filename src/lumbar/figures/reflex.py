"""Reflexes: the stretch reflex, the gamma loop, and what "tight" can mean.

The arc is drawn in millimetres on the page: a back muscle on the left, the spinal cord cut across on the right with its
front at the top, as in every cross-section of the course.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.figures import signs
from lumbar.figures.charts import title
from lumbar.figures.people import posture
from lumbar.figures.style import (
    ACCENT, BONE, BONE_LIGHT, BONE_LINE, BONE_SHADE, INK, LIGAMENT, LIGAMENT_LINE, MUSCLE, MUSCLE_FIBRE, MUSCLE_LIGHT,
    MUSCLE_LINE, NERVE, NERVE_LIGHT, NERVE_LINE, ORANGE, PAPER, PURPLE, QUIET, SMALL, SYNOVIUM, SYNOVIUM_LINE, WARM,
    WARM_LIGHT, WARM_LINE, WASH, Page, Point, arrow, cord, outline, plate, shape, solid, stroke,
)

# --- What the arc is made of -----------------------------------------------------------------------------------------

# Right halves from the front midline to the back midline, the cord 2 wide.
_WHITE = [
    (0, 0.62), (0.05, 0.84), (0.32, 0.88), (0.72, 0.68), (0.98, 0.22), (0.98, -0.24), (0.74, -0.68), (0.32, -0.88),
    (0.04, -0.85), (0, -0.74),
]
_GREY = [
    (0, 0.11), (0.15, 0.13), (0.20, 0.34), (0.34, 0.54), (0.55, 0.50), (0.63, 0.27), (0.47, 0.03), (0.40, -0.13),
    (0.48, -0.34), (0.63, -0.56), (0.58, -0.66), (0.42, -0.52), (0.25, -0.27), (0.15, -0.08), (0, -0.06),
]
_BELLY = [(-0.12, 1), (-0.62, 0.62), (-1, 0.16), (-0.94, -0.3), (-0.56, -0.7), (-0.12, -1)]  # left half, from the top


def spinal_cord(axes: Axes, at: Point, half: float) -> None:
    """The cord cut across, front at the top, `half` as wide from the middle: white matter around the grey butterfly."""
    place = Affine2D().scale(half, half * 0.92).translate(*at)
    white = place.transform(_mirrored(_WHITE))
    solid(axes, white, NERVE_LIGHT, NERVE, NERVE_LINE, light=(-0.4, 0.5), part="spinal-cord", corners=(0, 9))
    shape(axes, place.transform(_mirrored(_GREY)), SYNOVIUM, SYNOVIUM_LINE, part="spinal-cord")
    shape(axes, Path.circle(place.transform((0, 0.02)), half * 0.03), PAPER, SYNOVIUM_LINE, part="spinal-cord")


def _mirrored(half: Sequence[Point]) -> np.ndarray:
    right = np.asarray(half, float)
    return np.vstack([right, (right * (-1, 1))[::-1][1:-1]])


def muscle(axes: Axes, at: Point, width: float, height: float) -> None:
    """A muscle from the side with its tendons, between two pieces of bone."""
    x, y = at
    for side in (1, -1):
        end = y + side * height / 2
        block = np.array([(-8, 7), (-7, 1), (0, 0), (7, 1), (8, 7)]) * (1, side) + (x, end)
        solid(axes, block, BONE, BONE_SHADE, BONE_LINE, light=(-0.6, 0.6), corners=(0, 4))
        cord(axes, [(x, end + side), (x, end - side * 9)], (4.6, 2.6), LIGAMENT, LIGAMENT_LINE)
    half = np.asarray(_BELLY)
    edge = np.vstack([half, half[::-1] * (-1, 1)]) * (width / 2, height / 2 - 5) + at
    how = {"light": (-0.8, 0.4), "part": "muscle", "corners": (0, 5, 6, 11)}
    whole = solid(axes, edge, MUSCLE, MUSCLE_FIBRE, MUSCLE_LINE, **how)
    for k in (-0.78, -0.55, -0.3, 0.3, 0.55, 0.78):
        line = [(x + k * s * width / 2, y + t * height / 2) for t, s in ((0.7, 0.5), (0, 1), (-0.7, 0.5))]
        stroke(axes, line, MUSCLE_FIBRE, width=0.7, inside=whole)


def spindle(
    axes: Axes, at: Point, width: float, height: float, *, taut: float = 1.0, part: str | None = "spindle"
) -> None:
    """The stretch sensor inside a muscle: a capsule around thin fibres, with a nerve coiled around their middle."""
    x, y = at
    half = np.array([(0, 1), (-0.42, 0.62), (-1, 0.15), (-1, -0.15), (-0.42, -0.62), (0, -1)])
    edge = np.vstack([half, (half[1:-1] * (-1, 1))[::-1]]) * (width / 2, height / 2) + at
    shape(axes, edge, BONE_LIGHT, MUSCLE_LINE, part=part, corners=(0, 5), width=0.9)
    for k in (-0.4, 0.0, 0.4):
        slack = (1 - taut) * width * 0.24
        t = np.linspace(-1, 1, 13)
        across = (0.3 * k * width + slack * np.sin(11 * t)) * (1 - t**2)
        stroke(axes, np.column_stack([x + across, y + t * height * 0.46]), MUSCLE_FIBRE, width=1.5)
    coil = [(x + 0.3 * width * (-1) ** i, y + (i - 4) * height * 0.03) for i in range(9)]
    stroke(axes, coil, NERVE_LINE, width=1.9)
    stroke(axes, coil, NERVE, width=1.0)


def nerve(axes: Axes, path: Sequence[Point], part: str | None = None, thickness: float = 1.7) -> None:
    cord(axes, path, thickness, NERVE, NERVE_LINE, part=part)


def impulses(axes: Axes, path: Sequence[Point], colour: str, places: Sequence[float]) -> None:
    """Arrowheads along a nerve, at `places` from 0 to 1, the way its signals run."""
    line = outline(path, closed=False)
    for place in places:
        i = min(int(place * (len(line) - 1)), len(line) - 2)
        turn = np.arctan2(*(line[i + 1] - line[i])[::-1])
        head = Affine2D().rotate(turn).translate(*line[i]).transform([(1.5, 0), (-1.1, 1.5), (-0.5, 0), (-1.1, -1.5)])
        shape(axes, head, colour, PAPER, corners=range(4), width=0.5, detail=True)


def cell(axes: Axes, at: Point, radius: float, colour: str, part: str | None = None) -> None:
    """A nerve cell with its short arms."""
    angles = np.linspace(0, 2 * np.pi, 15)[:-1]
    reach = np.where(np.arange(14) % 2, 0.62, 1.25)
    star = np.column_stack([np.cos(angles) * reach, np.sin(angles) * reach]) * radius + at
    shape(axes, star, colour, PAPER, width=0.7, part=part)


def badge(page: Page, number: int, at: Point, colour: str = ACCENT) -> None:
    """A step's number in a disc."""
    if page.bare:
        return
    shape(page.ink, Path.circle(at, 2.5), colour, PAPER, width=0.8)
    page.note(page.ink, str(number), (at[0], at[1] - 0.1), align="center", colour=PAPER, bold=True)


# --- The stretch reflex ----------------------------------------------------------------------------------------------

MUSCLE_AT, CORD_AT = (22, 62), (93, 62)
SENSORY = [(24.6, 60), (34, 51), (46, 42.5), (58, 40.5), (68, 43.5), (77.6, 49.2)]
INWARD = [(77.6, 49.2), (81, 54), (82.6, 60), (81.6, 66.5)]
MOTOR = [(81.4, 70.2), (77, 78), (68, 84.5), (56, 86.5), (44, 82.5), (34.5, 76)]
ENDINGS = [(27.5, 78.5), (26.6, 72.4), (30.5, 67)]
STEPS = (
    "The muscle is stretched.",
    "Its sensor, the spindle, fires.",
    "In the cord the signal jumps to a motor cell.",
    "The motor nerve fires, the muscle pulls.",
)


def _arc(page: Page, lift: float, sensor: Point = (8.5, 26)) -> Axes:
    """The reflex arc without words, in mm of the page, raised by `lift`; `sensor` is the size of the spindle."""
    axes = page.anatomy((0, page.width), (-lift, page.height - lift), (0, 0, page.width, page.height))
    muscle(axes, MUSCLE_AT, 25, 62)
    spindle(axes, (22, 60), *sensor)
    spinal_cord(axes, CORD_AT, 25)
    nerve(axes, SENSORY, "sensory-nerve")
    shape(axes, _oval((59, 40.6), 4.2, 2.7, 4), NERVE, NERVE_LINE, part="sensory-nerve")
    _motor(axes)
    for colour, width in ((NERVE_LINE, 3.2), (NERVE, 2.0)):
        stroke(axes, INWARD, colour, width=width)
    cell(axes, (81.2, 69.6), 2.5, ORANGE)
    impulses(axes, SENSORY, ACCENT, (0.22, 0.45, 0.88))
    impulses(axes, MOTOR, ORANGE, (0.3, 0.6, 0.88))
    return axes


def _motor(axes: Axes) -> None:
    """The motor nerve, which ends in plates on the fibres of the muscle."""
    fork = MOTOR[-1]
    for end in ENDINGS:
        bend = ((fork[0] + end[0]) / 2, fork[1] * 0.65 + end[1] * 0.35)
        cord(axes, [fork, bend, end], (1.4, 1.1, 0.8), NERVE, NERVE_LINE, part="motor-nerve")
        shape(axes, _oval(end, 1.1, 0.7, 70), NERVE, NERVE_LINE, part="motor-nerve")
    nerve(axes, MOTOR, "motor-nerve")


def _oval(at: Point, width: float, height: float, turn: float = 0.0) -> Path:
    return Path.unit_circle().transformed(Affine2D().scale(width, height).rotate_deg(turn).translate(*at))


def _front_and_back(page: Page, axes: Axes, x: float = 93) -> None:
    page.note(axes, "front", (x, 87.5), align="center", colour=QUIET, italic=True)
    page.note(axes, "back", (93, 36.5), align="center", colour=QUIET, italic=True)


@plate(
    "reflex-arc",
    title="The stretch reflex",
    alt="A back muscle on the left with a stretch sensor, the spindle, inside it. A sensory nerve runs from the "
    "spindle to the back of the spinal cord, shown cut across on the right. There its signal jumps to a motor cell in "
    "the front part. A motor nerve runs from there back to the muscle. Stretch the muscle, and it pulls back, without "
    "the brain.",
    legend="A loop in four steps. It needs no thought, and it lasts as long as the stretch keeps the sensor firing.",
    use="Tap below a kneecap, or let someone catch a book that drops on their hand: who decided to move?",
    size=(127, 124),
    claims=("C13",),
)
def reflex_arc(page: Page) -> None:
    axes = _arc(page, 11)
    page.label(axes, "Muscle", (24.6, 81), (37, 101))
    page.label(axes, "Spindle", (25, 64), (38, 66), accent=True)
    page.label(axes, "Sensory nerve", (50, 41.4), (46, 31.5), align="center")
    page.label(axes, "Motor nerve", (58, 86.4), (60, 96), align="center")
    page.label(axes, "Spinal cord,\ncut across", (108, 78), (109, 96), align="center")
    _front_and_back(page, axes)
    if page.bare:
        return
    for side in (-1, 1):
        arrow(axes, (6, 62 + side * 9), (6, 62 + side * 30), ACCENT, width=1.6)
    page.note(axes, "stretch", (3.5, 103.8), colour=ACCENT, bold=True)
    _steps(page, axes, ((6, 62), (38.5, 47.4), (88, 61.5), (46, 83.6)))


def _steps(page: Page, axes: Axes, places: Sequence[Point]) -> None:
    """The steps in words on a panel at the foot of the page, and their numbers on the picture."""
    page.panel((4, 4, page.width - 8, 25))
    for i, (words, at) in enumerate(zip(STEPS, places, strict=True), start=1):
        y = 30 - 5.6 * i
        badge(page, i, page.place(axes, at))
        badge(page, i, (9, y))
        page.note(page.ink, words, (13.5, y), size=9.5)


# --- The gamma loop --------------------------------------------------------------------------------------------------

FUSIMOTOR = [(86.4, 66.4), (82, 65.2), (77.4, 67.6), (70, 74.6), (60, 77.5), (48, 73), (38, 66.5), (32, 66)]
SENSOR_ENDS = [(22.6, 72.5), (23.2, 47.5)]


@plate(
    "gamma-loop",
    title="The gamma loop: how the brain sets the sensor",
    alt="The reflex arc with one more nerve, the gamma nerve. It runs from the cord to both ends of the spindle, the "
    "stretch sensor, and pulls it taut. The brain can send it more or fewer signals. Below, the same stretch on two "
    "sensors: a slack one fires little, a taut one fires a lot, and then the reflex pulls harder.",
    legend="The brain can make the sensor more or less jumpy. An old idea is that pain does this, too, and so "
    "keeps muscles tight.",
    use="Compare it with a smoke alarm: the gamma nerve sets how little smoke sets it off.",
    size=(127, 146),
    claims=("C13",),
)
def gamma_loop(page: Page) -> None:
    axes = _arc(page, 33, (10.5, 38))
    fork = FUSIMOTOR[-1]
    for end in SENSOR_ENDS:
        bend = ((fork[0] + end[0]) / 2 + 1.5, end[1] * 0.7 + fork[1] * 0.3)
        cord(axes, [fork, bend, end], (1.0, 0.9, 0.7), PURPLE, PAPER)
    cord(axes, FUSIMOTOR, 1.2, PURPLE, PAPER)
    cell(axes, (87, 66.6), 2.0, PURPLE)
    _from_the_brain(page, axes)
    page.label(axes, "Muscle", (24.6, 83), (37, 101))
    page.label(axes, "Spindle", (22, 55), (37, 58.5))
    page.label(axes, "Sensory nerve", (50, 41.4), (46, 32), align="center")
    page.label(axes, "Motor nerve", (58, 86.4), (60, 95), align="center")
    page.label(axes, "Gamma nerve:\nsets the sensor", (52, 74.9), (53.5, 66), align="center", colour=PURPLE)
    _front_and_back(page, axes, 104)
    _two_sensors(page)


def _from_the_brain(page: Page, axes: Axes) -> None:
    """A small brain, and the way down from it to the gamma cell."""
    field = page.anatomy((-7, 7), (-5.6, 5.6), (83, page.height - 17, 19, 15))
    signs.reflex(field)
    stroke(axes, [(94, 97), (93, 89), (90.6, 79), (88.6, 72)], PURPLE, width=1.6, dash=(3, 2))
    arrow(axes, (89.3, 74), (87.8, 69), PURPLE, width=0.7, head=3.4)
    page.note(axes, "The brain\nturns it up\nor down", (104, 102), colour=PURPLE, bold=True)


def _two_sensors(page: Page) -> None:
    """The same stretch on a slack and a taut sensor, with what each sends."""
    sensors = ((4, "Turned down: slack sensor", 0.0, 3), (65, "Turned up: taut sensor", 1.0, 11))
    for left, words, taut, signals in sensors:
        page.panel((left, 4, 58, 46))
        page.heading(words, (left + 3, 43.5), size=9.5)
        axes = page.anatomy((0, 58), (0, 46), (left, 4, 58, 46))
        spindle(axes, (10, 19.5), 9, 31, taut=taut, part=None)
        page.note(axes, "The same stretch.\nIt sends:", (21, 30), size=SMALL)
        stroke(axes, [(21, 17), (54, 17)], NERVE_LINE, width=1.0)
        for x in np.linspace(23.5, 51.5, signals):
            stroke(axes, [(x, 17), (x, 23)], ACCENT, width=1.6)
        page.note(axes, "few signals" if signals < 5 else "many signals", (21, 11), colour=ACCENT, bold=True)


# --- Who sets the tone -----------------------------------------------------------------------------------------------

BRAIN = [  # from the side, looking left
    (-21, 1), (-20.4, 8), (-15, 14.6), (-6, 17.6), (4, 17.2), (13, 13.4), (18.6, 6.8), (19.4, -0.6), (15.6, -5.4),
    (8, -6.2), (0, -7.4), (-8, -8.8), (-12.6, -6.8), (-13.4, -3.6), (-18, -3),
]
FOLDS = (
    [(-17, 5), (-13, 7.5), (-12, 12.4)], [(-8.4, 16.2), (-7, 11.6), (-9.2, 7.4)],
    [(-2.5, 13.4), (0.4, 10.6), (-1.4, 6)], [(4, 16), (5.6, 11.6), (3.4, 8)], [(10.4, 13.4), (10, 9.4), (13.6, 6.6)],
    [(-11.4, -3), (-4, 0.6), (5.4, 2.4)],
    [(9, 3.4), (12.6, 0.8), (17.4, 1.6)], [(-7, -5.4), (0, -3.4), (7, -2.8)],
)
CEREBELLUM = [(6.4, -6.6), (13, -5.6), (17, -8.4), (15.4, -13), (10, -14.6), (5.6, -11.6)]
STEM = [(0.4, -7.4), (5.4, -7), (6.6, -12), (6, -18), (6, -30), (1.6, -30), (1.2, -18), (-1, -12.6)]
TUNED = ("how strongly the arc answers", "a steady signal, without a stretch", "the aim: what counts as right")
FEELS = [(106.8, 38), (101, 33.5), (95, 32.5), (89, 35)]
PULLS = [(88.6, 49), (95, 53), (100, 52.6), (105.4, 49)]


@plate(
    "reflex-and-brain",
    title="The reflex and who sets it",
    alt="A brain from the side with its stem, and below it the spinal cord with a reflex arc to a back muscle. From "
    "the brain a line comes down to the arc. It sets three things: how strongly the arc answers, a steady signal that "
    "needs no stretch, and the aim, the position that counts as right. The claim’s “trained reflex” is this setting.",
    legend="The arc in the cord answers a stretch. The brain sets how, mostly without your noticing. There the claim "
    "puts its “trained postural reflex”: in the setting, not in the arc.",
    use="Compare it with the heating of a room: which part is the arc, which the knob, and who last turned the knob?",
    size=(127, 132),
    claims=("C13",),
)
def reflex_and_brain(page: Page) -> None:
    axes = page.anatomy((0, page.width), (0, page.height), (0, 0, page.width, page.height))
    _brain(axes, (84.5, 107))
    _short_arc(axes)
    page.label(axes, "Brain", (70, 116), (50, 124), align="right")
    page.label(axes, "Brainstem", (87, 91.5), (50, 105), align="right")
    page.label(axes, "Spinal cord", (84.6, 62), (50, 62), align="right")
    page.label(axes, "Back muscle", (111, 27), (111, 15), align="center")
    page.label(axes, "Reflex arc", (97, 53.3), (98.2, 61), align="center")
    page.panel((4, 70, 62, 29), WASH, PURPLE)
    page.note(axes, "The brain sets:", (7.5, 93.6), colour=PURPLE, bold=True)
    for i, (words, at) in enumerate(zip(TUNED, ((79.5, 40), (79.5, 48), (77, 108)), strict=True), start=1):
        badge(page, i, (9.2, 93.6 - 6.4 * i), PURPLE)
        badge(page, i, at, PURPLE)
        page.note(axes, words, (13, 93.6 - 6.4 * i), size=SMALL)
    words = "The claim’s “trained reflex”\nis in this setting,\nnot in the arc itself."
    page.note(axes, words, (7.5, 44), colour=PURPLE, bold=True)
    for word, x in (("front", 74), ("back", 121)):
        page.note(axes, word, (x, 74), align="center", colour=QUIET, italic=True)


def _brain(axes: Axes, at: Point) -> None:
    """A brain from the side with its stem."""
    for points, corners in ((STEM, (0, 1, 4, 5)), (CEREBELLUM, (0,)), (BRAIN, ())):
        moved = np.asarray(points, float) + at
        solid(axes, moved, SYNOVIUM, _SHADE, SYNOVIUM_LINE, light=(-0.5, 0.6), corners=corners)
        if points is CEREBELLUM:
            for y in (-8.4, -10.4, -12.2):
                stroke(axes, np.array([(7.4, y - 0.4), (11, y + 0.5), (15.4, y + 0.2)]) + at, SYNOVIUM_LINE, width=0.7)
    for fold in FOLDS:
        stroke(axes, np.asarray(fold) + at, SYNOVIUM_LINE, width=1.2)


_SHADE = "#D9A092"


def _short_arc(axes: Axes) -> None:
    """The spinal cord from the side with the arc of one muscle, and the way down from the brain."""
    cord(axes, [(88.2, 78), (88, 60), (87, 44), (87, 26), (87, 12)], (5, 8, 10, 9, 3), NERVE_LIGHT, NERVE_LINE)
    edge = np.vstack([np.asarray(_BELLY), np.asarray(_BELLY)[::-1] * (-1, 1)]) * (7.5, 21) + (111, 43)
    whole = solid(axes, edge, MUSCLE, MUSCLE_FIBRE, MUSCLE_LINE, light=(-0.6, 0.3), corners=(0, 5, 6, 11))
    for k in (-4.6, -2.4, 2.4, 4.6):
        stroke(axes, [(111 + k / 2, 58), (111 + k, 43), (111 + k / 2, 28)], MUSCLE_FIBRE, width=0.7, inside=whole)
    spindle(axes, (110, 39), 5, 16, part=None)
    nerve(axes, FEELS, thickness=1.4)
    nerve(axes, PULLS, thickness=1.4)
    stroke(axes, [(89, 35), (86.4, 38), (86, 45)], NERVE_LINE, width=1.6)
    cell(axes, (86.4, 48), 1.9, ORANGE)
    impulses(axes, FEELS, ACCENT, (0.4, 0.8))
    impulses(axes, PULLS, ORANGE, (0.35, 0.75))
    stroke(axes, [(87.6, 104), (88, 90), (87.6, 74), (86.8, 56)], PURPLE, width=1.8, dash=(3, 2))
    arrow(axes, (87, 56), (86.6, 50.6), PURPLE, width=0.8, head=3.2)


# --- What tight means ------------------------------------------------------------------------------------------------


def _trace(axes: Axes, left: float, right: float, y: float, busy: tuple[float, float]) -> None:
    """What a muscle sensor shows: flat, with spikes from one to another share of the time."""
    share, i = np.linspace(0, 1, 49), np.arange(49)
    spikes = 4.4 * np.sin(i * 2.4) * (0.6 + 0.4 * np.sin(i * 1.1)) * ((busy[0] < share) & (share < busy[1]))
    stroke(axes, np.column_stack([left + share * (right - left), y + spikes]), ACCENT, width=1.2, corners=range(49))


def _slice_of_muscle(axes: Axes, tone: str = MUSCLE, lines: str = MUSCLE_FIBRE) -> None:
    """A muscle lying on its side."""
    upper = [(-12, 1.2), (-6, 4.2), (0, 5.2), (6, 4.2), (12, 1.2)]
    edge = [*upper, *((x, -y) for x, y in reversed(upper))]
    whole = shape(axes, edge, tone, MUSCLE_LINE, corners=(0, 4, 5, 9))
    for k in (-3.2, -1.1, 1.1, 3.2):
        stroke(axes, [(-10, k * 0.4), (0, k), (10, k * 0.4)], lines, width=0.7, inside=whole)


def _switched_on(axes: Axes) -> None:
    _slice_of_muscle(axes)
    nerve(axes, [(-8, 9.6), (-4, 8.4), (-1, 4.6)], thickness=1.2)
    impulses(axes, [(-8, 9.6), (-4, 8.4), (-1, 4.6)], ORANGE, (0.2, 0.65))


def _stiff(axes: Axes) -> None:
    _slice_of_muscle(axes, MUSCLE_LIGHT)
    for x in (-5, 0, 5):
        coil = [(x + 1.3 * (-1) ** i, 3 - i) for i in range(7)]
        stroke(axes, coil, INK, width=1.1, corners=range(7))


def _feels(axes: Axes) -> None:
    _slice_of_muscle(axes, MUSCLE_LIGHT)
    for radius, tone in ((3.6, WARM_LIGHT), (2.3, WARM), (1.0, WARM_LINE)):
        shape(axes, Path.circle((1, 0.4), radius), tone)
    nerve(axes, [(1.6, 2.6), (4, 7.2), (8, 9.4)], thickness=1.2)
    impulses(axes, [(1.6, 2.6), (4, 7.2), (8, 9.4)], ACCENT, (0.4, 0.85))


def _guards(axes: Axes) -> None:
    posture(axes, "bending", (-2, -9.5), 17.5)
    shape(axes, [(-3.6, -0.6), (-2.2, 1.4), (0.2, 3.0), (0.6, 2.0), (-1.6, 0.4), (-2.8, -1.2)], MUSCLE, MUSCLE_LINE)
    stroke(axes, [(5.5, 8.4), (8.4, 5.2), (8.6, 1.4)], QUIET, width=1.2, dash=(3, 2))


@dataclass(frozen=True)
class Meaning:
    """One thing that "tight" can mean: its name, what goes on, when its sensor is busy, its picture."""

    name: str
    says: str
    busy: tuple[float, float]
    check: str
    picture: Callable[[Axes], None]


MEANINGS = (
    Meaning("Switched on", "A nerve makes\nthe muscle pull.", (-1, 2), "signal at rest", _switched_on),
    Meaning("Stiff", "The tissue itself\ngives little.", (0, 0), "no signal needed", _stiff),
    Meaning("Feels tight", "The place is easy\nto irritate.", (0, 0), "no signal needed", _feels),
    Meaning("Guarding", "It comes on\nwhen you move.", (0.38, 0.78), "signal when you move", _guards),
)


@plate(
    "what-tight-means",
    title="Four things that “tight” can mean",
    alt="Four rows. Switched on: a nerve makes the muscle pull; a sensor finds a signal at rest. Stiff: the tissue "
    "itself gives little; no signal is needed. Feels tight: the place is easy to irritate; no signal is needed. "
    "Guarding: the muscle comes on when you move; the sensor finds a signal then. To a hand all four may feel alike.",
    legend="To a hand all four may feel alike. A muscle sensor (EMG) tells the first and the last from the other two. "
    "The traces are drawn, not measured.",
    use="Ask three people where they feel tight, and how they could tell which of the four it is.",
    size=(127, 138),
    claims=("C13",),
)
def what_tight_means(page: Page) -> None:
    title(page, "“Tight” can mean four things")
    page.note(page.ink, "what a muscle sensor shows", (121, 123.4), align="right", colour=QUIET, size=SMALL)
    for i, meaning in enumerate(MEANINGS):
        top = 120 - 29 * i
        page.panel((4, top - 27, page.width - 8, 27))
        page.panel((6, top - 25, 33, 23), PAPER)
        meaning.picture(page.anatomy((-14, 14), (-11, 11), (8, top - 24.6, 29, 22.2)))
        page.note(page.ink, meaning.name, (42, top - 7), size=10.5, bold=True)
        page.note(page.ink, meaning.says, (42, top - 12), valign="top", size=9.5)
        page.panel((84, top - 16.4, 37, 13.4), PAPER)
        _trace(page.ink, 86, 119, top - 9.7, meaning.busy)
        page.note(page.ink, meaning.check, (121, top - 20.5), align="right", colour=ACCENT, bold=True, size=SMALL)
