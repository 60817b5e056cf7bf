"""Reflexes: the stretch reflex, the gamma loop, and what "tight" can mean.

The arc is drawn in millimetres on the page: a back muscle on the left, the spinal cord cut across on the right with its
front at the top, as in every cross-section of the course.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.figures import signs
from lumbar.figures.style import (
    ACCENT, BONE, BONE_LIGHT, BONE_LINE, BONE_SHADE, INK, LIGAMENT, LIGAMENT_LINE, MUSCLE, MUSCLE_FIBRE, MUSCLE_LIGHT,
    MUSCLE_LINE, NERVE, NERVE_LIGHT, NERVE_LINE, ORANGE, PAPER, PURPLE, QUIET, RULE, SMALL, SYNOVIUM, SYNOVIUM_LINE, Page,
    Point, arrow, cord, outline, plate, shape, solid, stroke,
)

# --- What the arc is made of -----------------------------------------------------------------------------------------

_WHITE = [(0, 0.62), (0.05, 0.84), (0.32, 0.88), (0.72, 0.68), (0.98, 0.22), (0.98, -0.24), (0.74, -0.68), (0.32, -0.88),
          (0.04, -0.85), (0, -0.74)]  # fmt: skip
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
        block = [(x - 8, end + side * 7), (x - 7, end + side * 1), (x, end), (x + 7, end + side * 1),
                 (x + 8, end + side * 7)]  # fmt: skip
        solid(axes, block, BONE, BONE_SHADE, BONE_LINE, light=(-0.6, 0.6), corners=(0, 4))
        cord(axes, [(x, end + side), (x, end - side * 9)], (4.6, 2.6), LIGAMENT, LIGAMENT_LINE)
    half = np.asarray(_BELLY)
    edge = np.vstack([half, half[::-1] * (-1, 1)]) * (width / 2, height / 2 - 5) + at
    whole = solid(axes, edge, MUSCLE, MUSCLE_FIBRE, MUSCLE_LINE, light=(-0.8, 0.4), part="muscle", corners=(0, 5, 6, 11))
    for k in (-0.78, -0.55, -0.3, 0.3, 0.55, 0.78):
        line = [(x + k * s * width / 2, y + t * height / 2) for t, s in ((0.7, 0.5), (0, 1), (-0.7, 0.5))]
        stroke(axes, line, MUSCLE_FIBRE, width=0.7, inside=whole)


def spindle(axes: Axes, at: Point, width: float, height: float, *, taut: float = 1.0, part: str | None = "spindle") -> None:
    """The stretch sensor inside a muscle: a capsule around thin fibres, with a nerve coiled around their middle."""
    x, y = at
    half = np.array([(0, 1), (-0.42, 0.62), (-1, 0.15), (-1, -0.15), (-0.42, -0.62), (0, -1)])
    edge = np.vstack([half, (half[1:-1] * (-1, 1))[::-1]]) * (width / 2, height / 2) + at
    shape(axes, edge, BONE_LIGHT, MUSCLE_LINE, part=part, corners=(0, 5), width=0.9)
    for k in (-0.4, 0.0, 0.4):
        slack = (1 - taut) * width * 0.24
        line = [(x + (0.3 * k * width + slack * np.sin(11 * t)) * (1 - t * t), y + t * height * 0.46)
                for t in np.linspace(-1, 1, 13)]  # fmt: skip
        stroke(axes, line, MUSCLE_FIBRE, width=1.5)
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
    alt="A back muscle on the left with a stretch sensor, the spindle, inside it. A sensory nerve runs from the spindle "
    "to the back of the spinal cord, shown cut across on the right. There its signal jumps to a motor cell in the front "
    "part. A motor nerve runs from there back to the muscle. Stretch the muscle, and it pulls back, without the brain.",
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
    legend="The brain can make the sensor more or less jumpy. One idea was that pain does this and so keeps muscles "
    "tight. Recordings from sensors in people’s leg muscles during pain did not find it.",
    use="Compare it with a smoke alarm: the gamma nerve sets how little smoke sets it off.",
    size=(127, 146),
    claims=("C13",),
)
def gamma_loop(page: Page) -> None:
    axes = _arc(page, 33, (10.5, 38))
    for end in SENSOR_ENDS:
        cord(axes, [FUSIMOTOR[-1], ((FUSIMOTOR[-1][0] + end[0]) / 2 + 1.5, end[1] * 0.7 + 66 * 0.3), end], (1.0, 0.9, 0.7),
             PURPLE, PAPER)  # fmt: skip
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
    for left, words, taut, signals in ((4, "Turned down: slack sensor", 0.0, 3), (65, "Turned up: taut sensor", 1.0, 11)):
        page.panel((left, 4, 58, 46))
        page.heading(words, (left + 3, 43.5), size=9.5)
        axes = page.anatomy((0, 58), (0, 46), (left, 4, 58, 46))
        spindle(axes, (10, 19.5), 9, 31, taut=taut, part=None)
        page.note(axes, "The same stretch.\nIt sends:", (21, 30), size=SMALL)
        stroke(axes, [(21, 17), (54, 17)], NERVE_LINE, width=1.0)
        for x in np.linspace(23.5, 51.5, signals):
            stroke(axes, [(x, 17), (x, 23)], ACCENT, width=1.6)
        page.note(axes, "few signals" if signals < 5 else "many signals", (21, 11), colour=ACCENT, bold=True)
