"""A delayed stretch reflex that holds a trunk upright: what its strength, its delay and a steady drive do."""

from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path

from lumbar.explore.posture import BODY_LINE, BODY_TONE, HEAD, HIPS, MUSCLE_COURSE, TRUNK, leant
from lumbar.explore.registry import explorer, stops
from lumbar.explore.shapes import rectangle
from lumbar.figures.style import (
    ACCENT, INK, MUSCLE, MUSCLE_LINE, ORANGE, QUIET, RULE, SMALL, WASH, Page, arrow, cord, shape, source, stroke,
)  # fmt: skip
from lumbar.models.reflex import Hold, hold_upright, outcome, swing_limit

GAIN = {0: "none", 0.1: "weak", 0.17: "about as in people", 0.4: "strong", 0.8: "very strong", 1.2: "strongest"}
DELAY = {0.02: "20 ms: the first answer", 0.045: "45 ms: the second answer", 0.1: "100 ms: a slow loop"}
TONE = {0.015: "1.5 % of their most", 0.05: "5 % of their most", 0.1: "10 % of their most"}

SECONDS = 3.0
LEAN, WORK = 12.0, 40.0  # degrees to either side and % of the muscles' most that the charts show
EVERY, NEAR = 20, 0.03  # time steps from point to point; how far a drawn curve may be off, as a share of its chart
PANEL = (3, 3, 41, 90)  # of the body, mm
FARTHEST = 16  # degrees that the drawn body leans at most


@cache
def pushes() -> Hold:
    """What follows a push, at every setting."""
    gain, delay, tone = (np.array(list(named)) for named in (GAIN, DELAY, TONE))
    return hold_upright(gain[:, None, None], delay[:, None], tone, seconds=SECONDS)


def followed(gain: float, delay: float, tone: float) -> tuple[np.ndarray, np.ndarray]:
    """Lean, degrees, and activity of the back muscles, % of their most, over time at one setting."""
    at = (slice(None), *(list(named).index(v) for named, v in ((GAIN, gain), (DELAY, delay), (TONE, tone))))
    return pushes().lean[at], 100 * pushes().back[at]


def say_reflex(gain: float, delay: float, tone: float) -> str:
    """What the setting shows, in plain words."""
    becomes = outcome(gain, delay, tone)
    if becomes == "leans":
        return (
            "After the push, the trunk falls forward. There is no reflex, and the steady drive is too low to make the "
            "muscles stiff enough. More drive would hold it, and so would a weak reflex."
        )
    return _swings_said(gain, delay, tone) if becomes == "swings" else _holds_said(gain, delay, tone)


def _swings_said(gain: float, delay: float, tone: float) -> str:
    wide = " Soon the swings leave the picture." if abs(followed(gain, delay, tone)[0]).max() > LEAN else ""
    return (
        f"The trunk does not come to rest. It swings to and fro, about {swing_limit(delay, tone)[1]:.1f} times a "
        f"second.{wide} The answer comes so late and so hard that it starts the next swing. The back muscles work "
        "in bursts and let go in between. That is not steady tightness."
    )


def _holds_said(gain: float, delay: float, tone: float) -> str:
    lean, _ = followed(gain, delay, tone)
    late, lowest = np.ptp(lean[2 * len(lean) // 3 :]), min(TONE)
    loose = followed(gain, delay, lowest)[0].max() if outcome(gain, delay, lowest) == "holds" else 0
    words = (
        f"The push tips the trunk by {lean.max():.1f}°.",
        f"With the lowest drive it would be {loose:.1f}°." if loose and tone > lowest else "",
        "It takes a while to come to rest." if late > 1 else "It comes back and stands still.",
        "" if gain else "There is no reflex. The stiffness of the working muscles is enough.",
        f"In the end the back muscles work at {100 * tone:g} % of their most, just what the steady drive asks for.",
        "The reflex adds nothing that stays." if gain else "",
    )
    return " ".join(filter(None, words))


def reflex_ground(page: Page) -> None:
    """The body before the push, and the two charts without their curves."""
    page.panel(PANEL)
    axes = figure(page)
    for part in (HEAD, [*TRUNK, *HIPS[:2], *HIPS[-1:]]):
        shape(axes, leant(part, 0), None, QUIET, width=0.8, dash=(2, 2))
    arrow(axes, (0.285, 0.36), (0.15, 0.36), ORANGE, width=0.035)
    page.note(axes, "a push", (0.285, 0.45), align="right", colour=ORANGE, bold=True)
    page.heading("How far it leans", (52, 88))
    page.heading("How hard the back muscles work", (52, 44.5))
    above, below = sway(page), work(page)
    for words, y in (("forward", 5.6), ("back", -5.6)):
        page.note(above, words, (-0.08, y), align="right", size=SMALL, colour=QUIET)
    frame(page, above, -LEAN, LEAN, {-10: "10°", 0: "0", 10: "10°"})
    frame(page, below, 0, WORK, {0: "0", 20: "20 %", 40: "40 %"})
    stroke(page.ink, [(60, 10), (66, 10)], ORANGE, width=1.1, dash=(3, 2))
    source(page, "Delays: Zedka 1999. Gains are made up.")


def frame(page: Page, axes: Axes, low: float, high: float, ticks: dict[float, str]) -> None:
    """The ground of a chart over time, its lines and what they stand for."""
    shape(axes, rectangle(0, low, SECONDS, high - low), WASH)
    shape(axes, Path.make_compound_path(*(Path([(0, y), (SECONDS, y)]) for y in ticks)), None, RULE, width=0.6)
    for y, words in ticks.items():
        page.note(axes, words, (-0.08, y), align="right", size=SMALL, colour=QUIET)
    for second, words in ((1, "1"), (2, "2 s after the push"), (3, "3")):
        page.note(axes, words, (second, low - 0.09 * (high - low)), align="center", size=SMALL, colour=QUIET)


@explorer(
    "reflex-hold",
    title="Can a reflex keep a muscle tight?",
    alt="A person from the side whose trunk is pushed forward from behind. Beside them two charts over three seconds: "
    "how far the trunk leans, and how hard the back muscles work, with a line for the steady drive from the brain.",
    sliders=(
        stops("gain", "Strength of the stretch reflex", GAIN, 0.17),
        stops("delay", "How late it answers", DELAY, 0.045),
        stops("tone", "Steady drive from the brain to the back muscles", TONE, 0.015),
    ),
    presets={
        "About as in people": {},
        "Strong and quick": {"gain": 0.8, "delay": 0.02},
        "Strong and late": {"gain": 0.8, "delay": 0.1},
        "No reflex, low drive": {"gain": 0},
        "No reflex, more drive": {"gain": 0, "tone": 0.05},
        "Tight": {"tone": 0.1},
    },
    say=say_reflex,
    leaves_out="pain; learning; all the other muscles; balance by eye and ear; what the brain does once it notices a "
    "swing; what the stretch sensors’ own drive does. The strengths are made up to show a rule, so they tell nothing "
    "about one person.",
    claims=("C13",),
    ground=reflex_ground,
    size=(127, 96),
)
def reflex_hold(page: Page, gain: float, delay: float, tone: float) -> None:
    lean, activity = followed(gain, delay, tone)
    person(page, int(np.clip(np.rint(lean.max()), 0, FARTHEST)))
    below = work(page)
    charts = ((sway(page), lean, -LEAN, LEAN, ACCENT), (below, activity, 0, WORK, MUSCLE_LINE))
    for axes, values, floor, most, colour in charts:
        window = shape(axes, rectangle(0, floor, SECONDS, most - floor), None)
        shape(axes, wave(values, most), None, colour, width=1.5, inside=window)
    stroke(below, [(0, 100 * tone), (SECONDS, 100 * tone)], ORANGE, width=1.1, dash=(3, 2))
    page.note(page.ink, f"the steady drive: {100 * tone:g} %", (67.5, 10), size=SMALL, colour=ORANGE, bold=True)


def sway(page: Page) -> Axes:
    """The axes of the lean: seconds and degrees."""
    return page.chart((60, 56, 61, 28), (0, SECONDS), (-LEAN, LEAN), grid="")


def work(page: Page) -> Axes:
    """The axes of the muscles' work: seconds and % of their most."""
    return page.chart((60, 17.5, 61, 23), (0, SECONDS), (0, WORK), grid="")


def figure(page: Page) -> Axes:
    """The axes of the body, metres from the hinge."""
    return page.anatomy((-0.33, 0.29), (-0.52, 0.80), rect=PANEL)


def person(page: Page, lean: int) -> None:
    """A body from the side that leans by so many degrees."""
    axes, window = figure(page), shape(page.ink, rectangle(*PANEL), None)
    shape(axes, leant(HEAD, lean), BODY_TONE, BODY_LINE)
    shape(axes, [*leant(TRUNK, lean), *leant(HIPS, 0)], BODY_TONE, BODY_LINE, inside=window)
    course = [*leant([(-0.074, -0.13), (-0.068, -0.04)], 0), *leant(MUSCLE_COURSE, lean)]
    cord(axes, course, [0.012, 0.030, 0.036, 0.038, 0.036, 0.028, 0.010], MUSCLE, MUSCLE_LINE, width=0.6)
    shape(axes, Path.circle((0, 0), 0.022), INK)


def wave(values: np.ndarray, most: float) -> Path:
    """A curve over `SECONDS` with its true slopes: as few Béziers as keep what shows of it, up to `most`, in place."""
    values = values[::EVERY]
    slope, seen = np.gradient(values), abs(values) <= most
    at = np.unique([0, *np.flatnonzero(np.diff(np.sign(slope))), len(values) - 1])
    while (miss := abs(cubics(values, slope, at) - values) * seen).max() > NEAR * most:
        at = np.union1d(at, [miss.argmax()])
    x, per_second = at * SECONDS / len(values), len(values) / SECONDS
    knots, third = np.stack([x, values[at]], -1), np.diff(x)[:, None] / 3
    ways = np.stack([np.ones_like(x), slope[at] * per_second], -1)
    bends = np.stack([knots[:-1] + third * ways[:-1], knots[1:] - third * ways[1:], knots[1:]], 1).reshape(-1, 2)
    return Path([knots[0], *bends], [Path.MOVETO, *[Path.CURVE4] * len(bends)])


def cubics(values: np.ndarray, slope: np.ndarray, at: np.ndarray) -> np.ndarray:
    """What cubics through the places `at` give, with the true slopes there."""
    places = np.arange(len(values))
    left = np.clip(np.searchsorted(at, places, side="right") - 1, 0, len(at) - 2)
    start, end = at[left], at[left + 1]
    length = end - start
    t = (places - start) / length
    ends = (1 + 2 * t) * (1 - t) ** 2 * values[start] + t**2 * (3 - 2 * t) * values[end]
    return ends + length * t * (1 - t) * ((1 - t) * slope[start] - t * slope[end])
