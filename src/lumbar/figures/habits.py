"""Habits: how bracing is learned, and the two arrows between tension and pain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path

from lumbar.figures import icons, signs
from lumbar.figures.charts import title
from lumbar.figures.people import posture
from lumbar.figures.reflex import badge
from lumbar.figures.style import (
    ACCENT, GREEN, MUSCLE, MUSCLE_LINE, ORANGE, PAPER, PURPLE, QUIET, SKIN, SKIN_LINE, SMALL, WARM, WARM_LINE, WASH,
    Page, Point, arrow, plate, shape, stroke,
)
from lumbar.models.habit import FULL, HURTING, go_through

# --- The habit loop --------------------------------------------------------------------------------------------------


def _braced(axes: Axes, at: Point, height: float) -> None:
    """A person who bends with back muscles that hold fast."""
    posture(axes, "bending", at, height)
    back = np.array([(-0.09, 0.50), (-0.02, 0.635), (0.10, 0.725)]) * height + at
    for tone, width in ((MUSCLE_LINE, 5.4), (MUSCLE, 3.8)):
        stroke(axes, back, tone, width=width, detail=False)


def _sore(axes: Axes, at: Point, radius: float = 1.2) -> None:
    for size, tone in ((radius, WARM), (radius / 2, WARM_LINE)):
        shape(axes, Path.circle(at, size), tone)


def _cue(axes: Axes) -> None:
    posture(axes, "bending", (-1.5, -5.4), 10.8)
    _sore(axes, (-1.8, 1.1))
    sock = [(2.2, -5.2), (5.2, -5.2), (5.4, -4.2), (3.8, -3.6), (3.7, -1.8), (2.3, -1.8)]
    shape(axes, sock, ORANGE, corners=(0, 4, 5))


def _braces(axes: Axes) -> None:
    _braced(axes, (-1.5, -5.4), 10.8)


def _relief(axes: Axes) -> None:
    shape(axes, Path.circle((0, 0), 4.6), SKIN, SKIN_LINE)
    for x in (-1.6, 1.6):
        stroke(axes, [(x - 0.8, 0.7), (x, 1.3), (x + 0.8, 0.7)], SKIN_LINE, width=1.4)
    stroke(axes, [(-2.0, -1.3), (0, -2.5), (2.0, -1.3)], SKIN_LINE, width=1.5)


def _stronger(axes: Axes) -> None:
    signs.reflex(axes)
    arrow(axes, (5.4, -5.0), (5.4, 4.4), ORANGE, width=1.2)


MIDDLE = (63.5, 62)
ROUND = (
    ("Time to bend", "For a sock, say.\nLast time it\nhurt.", _cue, (0, 38)),
    ("You brace", "So now you\nhold your back\nstiff.", _braces, (37.5, 0)),
    ("It does not hurt", "“That worked”,\nyour body\nnotes.", _relief, (0, -38)),
    ("It runs by itself", "Bracing starts\nbefore you\nthink of it.", _stronger, (-37.5, 0)),
)


@plate(
    "habit-loop",
    title="How a body learns to brace",
    alt="A circle of four pictures. One: you are about to bend for a sock, which hurt last time. Two: you brace, your "
    "back held stiff. Three: it does not hurt, and your body notes that it worked. Four: bracing runs by itself, "
    "before you think of it. Then the circle goes round again, each time a little more by itself.",
    legend="Each round makes bracing more automatic. The muscles really pull; nothing about it is imaginary.",
    use="Let people name a habit that began as protection and stayed after the danger had gone.",
    size=(127, 126),
    claims=("C13", "C14"),
)
def habit_loop(page: Page) -> None:
    for way in ((1, 1), (1, -1), (-1, -1), (-1, 1)):
        _turn(page, way)
    for i, (name, says, picture, off) in enumerate(ROUND, start=1):
        _station(page, i, name, says, picture, (MIDDLE[0] + off[0], MIDDLE[1] + off[1]))
    words = "each time\na little more\nby itself"
    page.note(page.ink, words, MIDDLE, align="center", colour=ACCENT, bold=True, size=9.5)


def _turn(page: Page, way: Point) -> None:
    """A bent arrow round one corner of the circle, clockwise."""
    start, *bend, end = np.array([(23.8, 40), (28.5, 39.6), (35.6, 33.5), (38, 20.5), (38, 15.8)]) * way + MIDDLE
    if way[0] * way[1] > 0:
        line, neck, tip = [start, *bend], bend[-1], end
    else:
        line, neck, tip = [end, *bend[::-1]], bend[0], start
    stroke(page.ink, line, ACCENT, width=4.2, detail=False)
    arrow(page.ink, neck, tip, ACCENT, width=1.5, head=3.0, line=None)


def _station(page: Page, number: int, name: str, says: str, picture: Callable[[Axes], None], at: Point) -> None:
    x, y = at
    page.panel((x - 22.5, y - 14.5, 45, 29), WASH)
    page.panel((x - 21, y - 12.7, 17, 18), PAPER)
    picture(page.anatomy((-7, 7), (-6, 6), (x - 20.5, y - 12.2, 16, 17)))
    badge(page, number, (x - 18.4, y + 10))
    page.note(page.ink, name, (x - 14.6, y + 10), bold=True)
    page.note(page.ink, says, (x - 2.4, y - 3.7), size=SMALL)


# --- Two arrows ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """One way for tension and pain to go together: its name, and what one would then find."""

    name: str
    find: str
    colour: str
    arrows: tuple[tuple[Point, Point], ...]


TENSE, HURT, THIRD = (17, 12), (67, 12), (42, 27)
WAYS = (
    Way("Tension brings pain", "Then the tension is\nthere before the pain.", ACCENT, (((25.5, 12), (58, 12)),)),
    Way("Pain brings tension", "Then the pain is\nthere before the tension.", ORANGE, (((58, 12), (25.5, 12)),)),
    Way(
        "Something else brings both", "Then to ease one\nneed not ease the\nother.", PURPLE,
        (((35, 22), (24, 16.5)), ((49, 22), (60, 16.5))),
    ),
)


@plate(
    "two-way-arrow",
    title="Three ways for tension and pain to go together",
    alt="Three diagrams. In the first, an arrow from tense muscles to pain: tension brings pain, and must be there "
    "first. In the second, an arrow from pain to tense muscles: pain brings tension, and comes first. In the third, a "
    "bad month with stress and little sleep has arrows to both. From the outside all three look the same.",
    legend="From the outside the three look alike, and more than one can be true at once. What comes first, and what "
    "happens when one of them eases, tells them apart.",
    use="Tell a story of someone tense and sore; let three groups each defend one of the three pictures.",
    size=(127, 130),
    claims=("C14",),
)
def two_way_arrow(page: Page) -> None:
    title(page, "Tense and sore: which way does the arrow point?")
    for way, top, height in zip(WAYS, (117, 83, 49), (32, 32, 45), strict=True):
        page.panel((4, top - height, page.width - 8, height))
        page.note(page.ink, way.name, (8, top - 5.5), size=10.5, bold=True, colour=way.colour)
        page.note(page.ink, way.find, (88, top - height + 14), size=SMALL)
        _linked(page, way, (4, top - height + 2))


def _linked(page: Page, way: Way, corner: Point) -> None:
    """Tense muscles and pain with the arrows of one of the ways, its bottom left corner at `corner`."""
    axes = page.anatomy((0, 84), (0, 40), (*corner, 84, 40))
    nodes = [(TENSE, signs.tight, "tense"), (HURT, signs.pain, "sore")]
    nodes += [(THIRD, icons.stress, "a bad month")] if len(way.arrows) == 2 else []
    for start, end in way.arrows:
        arrow(axes, start, end, way.colour, width=1.9)
    for (x, y), picture, words in nodes:
        u, v = corner[0] + x, corner[1] + y
        page.panel((u - 8, v - 6, 16, 13), PAPER, QUIET)
        picture(page.anatomy((-7, 7), (-5.6, 5.6), (u - 7, v - 5.3, 14, 11.6)))
        side = (x, y - 8.6) if words != "a bad month" else (x + 10, y + 0.6)
        page.note(axes, words, side, align="center" if side[0] == x else "left", bold=True)


# --- Guarding hides --------------------------------------------------------------------------------------------------


def _free(axes: Axes) -> None:
    posture(axes, "bending", (-1.5, -5.4), 10.8, GREEN)


def _puzzled(axes: Axes) -> None:
    shape(axes, Path.circle((-1.6, -0.4), 4.4), SKIN, SKIN_LINE)
    for x in (-3.1, -0.1):
        shape(axes, Path.circle((x, 0.6), 0.45), SKIN_LINE)
    stroke(axes, [(-3.2, -2.2), (-1.6, -1.8), (0, -2.4)], SKIN_LINE, width=1.5)
    stroke(axes, [(3.6, 3.2), (4.7, 4.6), (6.0, 3.2), (4.8, 1.6), (4.7, 0.2)], MUSCLE_LINE, width=2.0)
    shape(axes, Path.circle((4.7, -1.6), 0.5), MUSCLE_LINE)


def _knows(axes: Axes) -> None:
    shape(axes, Path.circle((0, 0), 4.6), GREEN)
    stroke(axes, [(-2.2, 0), (-0.6, -1.7), (2.4, 2.0)], PAPER, width=3.0, corners=(1,))


ROADS = (
    (
        "You guard", MUSCLE_LINE, (_braces, "You bend with\na stiff back."), (_relief, "It does\nnot hurt."),
        (_puzzled, "Was it safe? Or\ndid the guard\nsave you?"),
    ),
    (
        "You try without, gently", GREEN, (_free, "You bend a little,\nat ease."), (_relief, "It does\nnot hurt."),
        (_knows, "It was safe.\nNow you know."),
    ),
)
GUARDED, OPEN = 0.95, 0.0  # how much bracing hides, 0 to 1


def _unlearning(guard: float) -> np.ndarray:
    """Mean bracing over the tries without pain, % of the muscle's most, in the course's model."""
    return go_through(guard=guard).bracing.mean(axis=1)[HURTING : HURTING + 41]


@plate(
    "guarding-hides",
    title="Guarding hides that it is no longer needed",
    alt="Two rows of pictures. In the first you bend with a stiff back, it does not hurt, and you cannot tell whether "
    "it was safe or the guard saved you. In the second you bend a little at ease, it does not hurt, and now you know. "
    "Below, a chart from the course’s model: over forty tries bracing fades fast at ease and slowly with a guard.",
    legend="The sore spot has healed, but who always guards gets no news of it. The chart comes from the course’s "
    "model of learning, where bracing keeps most tries from teaching anything. It is not a measurement.",
    use="Ask for other guards that keep us from finding out: a salt circle against lions works in every town.",
    size=(127, 142),
    claims=("C13", "C14"),
)
def guarding_hides(page: Page) -> None:
    for (name, colour, *steps), top in zip(ROADS, (138, 97.5), strict=True):
        _road(page, name, colour, steps, top)
    _fading(page)


def _road(page: Page, name: str, colour: str, steps: Sequence[tuple[Callable[[Axes], None], str]], top: float) -> None:
    page.panel((4, top - 38, page.width - 8, 38))
    page.note(page.ink, name, (8, top - 4.6), size=10.5, bold=True, colour=colour)
    for i, (picture, words) in enumerate(steps):
        x = 8 + 39 * i
        page.panel((x, top - 24.3, 22, 16.5), PAPER, colour)
        picture(page.anatomy((-7, 7), (-5.8, 5.8), (x + 2, top - 23.8, 18, 15.5)))
        page.note(page.ink, words, (x, top - 25.8), valign="top", size=SMALL)
        if i < len(steps) - 1:
            arrow(page.ink, (x + 24.5, top - 16), (x + 36.5, top - 16), colour, width=1.5)


def _fading(page: Page) -> None:
    """How bracing fades in the model on the two roads."""
    axes = page.chart((12, 13, 107, 36), (0, 40), (0, FULL), grid="", xticks=[0, 10, 20, 30, 40])
    page.note(page.ink, "how hard the muscles brace, in the model", (8, 55), bold=True)
    stroke(axes, [(0, 0), (40, 0)], QUIET, width=1.0)
    stroke(page.ink, [(12, 13), (12, 50)], QUIET, width=1.0)
    page.note(page.ink, "tries without pain", (119, 5), align="right", colour=QUIET, size=SMALL)
    roads = ((GUARDED, MUSCLE_LINE, "with a guard", (16, 1.6)), (OPEN, GREEN, "at ease", (9, -1.4)))
    for guard, colour, words, (place, off) in roads:
        line = _unlearning(guard)
        path = [page.place(axes, (i, line[i])) for i in range(0, 41, 4)]
        stroke(page.ink, path, colour, width=2.4)
        page.note(axes, words, (place, line[place] + off), colour=colour, bold=True)
