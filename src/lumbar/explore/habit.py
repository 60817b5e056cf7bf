"""Learning to brace, and unlearning it: how guarding hides the evidence, and how bracing comes back elsewhere."""

from functools import cache

import numpy as np
from matplotlib.path import Path

from lumbar.explore.registry import explorer, stops
from lumbar.explore.shapes import polygon, rectangle
from lumbar.figures.style import (
    GREEN, MM, MUSCLE, MUSCLE_LINE, ORANGE, QUIET, RULE, SMALL, Page, shape, source, stroke,
)  # fmt: skip
from lumbar.models.habit import AT_EASE, HURTING, SAFE, Course, go_through

HURTS = {0.25: "1 time in 4", 0.5: "1 time in 2", 1.0: "every time"}
LETS_GO = {1.0: "always", 0.5: "1 time in 2", 0.2: "1 time in 5", 0.05: "1 time in 20"}
PLACE = {0: "the same place", 1: "another place"}
FIRST = 20  # tries without pain that are counted
AFTER = 20  # tries at the end
TRIES = HURTING + SAFE + AFTER
MOST = 8.0  # % of the muscle's most at the top of the chart
LEFT, WIDTH, BOTTOM, HEIGHT = 14.0, 108.0, 30.0, 48.0  # of the chart, mm
FREE = 3.0  # % of their most: below it, they hardly brace


@cache
def lived(hurts: float, lets_go: float, elsewhere: float) -> Course:
    """A thousand people with the same rules and their own luck."""
    return go_through(hurts, 1 - lets_go, after=AFTER, elsewhere=bool(elsewhere))


def taught(course: Course) -> int:
    """On how many of the first safe tries the average person found out."""
    return round(float(course.taught[HURTING : HURTING + FIRST].sum(0).mean()))


def level(course: Course, trial: int) -> float:
    """Average bracing at that try, % of the muscle's most, the first is 0."""
    return float(course.bracing[trial].mean())


def say_habit(hurts: float, lets_go: float, elsewhere: float) -> str:
    """What the setting shows, in plain words."""
    course = lived(hurts, lets_go, elsewhere)
    learned, half, late = (level(course, trial) for trial in (HURTING, HURTING + FIRST - 1, HURTING + SAFE - 1))
    found = taught(course)
    hides = " When you brace, you often do not find out that it is safe." if found < FIRST else ""
    gone = "there is hardly any bracing left" if late < FREE else f"it is {late:.1f} %"
    return (
        f"By the end of the painful time the muscles brace with {learned:.1f} % of their most. "
        f"Then the pain is gone. At the {FIRST}th try without pain it is {half:.1f} %, at the {SAFE}th {gone}. "
        f"Of the first {FIRST} such tries, {found} taught something.{hides} {_afterwards(course, late, elsewhere)}"
    )


def _afterwards(course: Course, late: float, elsewhere: float) -> str:
    moved = level(course, HURTING + SAFE)
    if elsewhere:
        return f"In another place bracing jumps from {late:.1f} to {moved:.1f} %, and has to be unlearned there, too."
    return "In the same place nothing comes back."


def habit_ground(page: Page) -> None:
    """The three times, the scale of bracing and the row of tries."""
    times = ((0, HURTING, "It hurts", ORANGE), (HURTING, HURTING + SAFE, "The pain is gone", GREEN))
    for start, end, words, colour in times:
        zone(page, start, end, colour)
        page.note(page.ink, words, (across((start + end) / 2), 87), align="center", colour=colour, bold=True)
    for percent in (0, 2, 4, 6, 8):
        page.note(page.ink, f"{percent} %", (LEFT - 1.5, up(percent)), align="right", size=SMALL, colour=QUIET)
    lines = [Path([(across(0), up(percent)), (across(TRIES), up(percent))]) for percent in (0, 2, 4, 6, 8)]
    shape(page.ink, Path.make_compound_path(*lines), None, RULE, width=0.6)
    page.heading("Bracing, % of the muscles’ most", (5, 94))
    for trial in (1, 40, 80, 120):
        page.note(page.ink, f"{trial}", (across(trial), BOTTOM - 3), align="center", size=SMALL, colour=QUIET)
    page.note(page.ink, "try", (across(TRIES), BOTTOM - 3), align="right", size=SMALL, colour=QUIET)
    stroke(page.ink, [(across(2), up(AT_EASE)), (across(TRIES), up(AT_EASE))], QUIET, dash=(2, 2))
    page.note(page.ink, "at ease", (across(2), up(AT_EASE) - 2.6), size=SMALL, colour=QUIET)
    page.note(page.ink, "pale: 90 of 100 people", (across(TRIES) - 1, 94.8), align="right", size=SMALL, colour=QUIET)
    source(page, "All numbers are made up to show a rule.")


@explorer(
    "learning-to-brace",
    title="Learning to brace, and unlearning it",
    alt="A curve of how hard the back muscles brace, over forty tries that may hurt, eighty that do not, and twenty "
    "in the same place or another one. A pale band shows how much people differ by luck. Below, a row of twenty dots: "
    "of the first tries without pain, those that taught something are lit.",
    sliders=(
        stops("hurts", "At first, the movement hurts", HURTS, 1.0),
        stops("lets_go", "When you brace fully, you still find out", LETS_GO, 1.0),
        stops("elsewhere", "At the end you are in", PLACE, 0),
    ),
    presets={
        "Learn and unlearn": {},
        "Bracing hides it": {"lets_go": 0.05},
        "Let go 1 time in 5": {"lets_go": 0.2},
        "Another place": {"elsewhere": 1},
        "It hurt 1 time in 4": {"hurts": 0.25},
    },
    say=say_habit,
    leaves_out="any proof that back muscles learn like this, since no study was found that tried it; whether bracing "
    "causes pain; any real pace. Nobody’s life is a row of like tries. How hard you brace, how fast you learn and how "
    "many tries there are is all made up.",
    claims=("C14",),
    ground=habit_ground,
    size=(127, 101),
)
def learning_to_brace(page: Page, hurts: float, lets_go: float, elsewhere: float) -> None:
    course = lived(hurts, lets_go, elsewhere)
    zone(page, HURTING + SAFE, TRIES, ORANGE if elsewhere else GREEN)
    middle = across(HURTING + SAFE + AFTER / 2)
    words, colour = ("Elsewhere", ORANGE) if elsewhere else ("Later", GREEN)
    page.note(page.ink, words, (middle, 87), align="center", colour=colour, bold=True)
    low, high = (line(np.percentile(course.bracing, share, axis=1)) for share in (5, 95))
    shape(page.ink, polygon([*low, *high[::-1]]), MUSCLE, None, alpha=0.3)
    shape(page.ink, Path(line(course.bracing.mean(1))), None, MUSCLE_LINE, width=1.8)
    tries(page, taught(course))


def across(trial: float) -> float:
    """Where a try stands, mm from the left."""
    return LEFT + WIDTH * trial / TRIES


def up(percent: float) -> float:
    """Where bracing with that share of the muscle's most stands, mm from below."""
    return BOTTOM + HEIGHT * percent / MOST


def zone(page: Page, start: int, end: int, colour: str) -> None:
    """The ground of one of the three times."""
    box = rectangle(across(start) + 0.4, BOTTOM, across(end) - across(start) - 0.8, HEIGHT + 5)
    shape(page.ink, box, colour, None, alpha=0.09)


KNOTS = np.array(
    [*range(6), 7, 9, 12, 15, 20, 26, 33, 39, 40, 42, 44, 46, *range(48, 72, 2), 73, 76, 80, 85, 92, 101, 119]
    + [*range(120, 124), 125, 127, 129, 131, 134, 136, 139]
)
"""The tries that the curves are drawn through."""


def line(percent: np.ndarray) -> np.ndarray:
    """The places on the page of bracing over the tries."""
    return np.stack([across(KNOTS + 0.5), up(percent[KNOTS])], -1)


def tries(page: Page, found: int) -> None:
    """A row of dots, one for each of the first safe tries; those that taught something are lit."""
    words = f"Of the first {FIRST} tries without pain, {found} taught something"
    page.note(page.ink, words, (LEFT, 20), colour=GREEN, bold=True)
    for count, colour in ((FIRST, RULE), (found, GREEN)):
        row = Path([(LEFT + 2, 13), (LEFT + 2.05 + 5.4 * (count - 1), 13)])
        shape(page.ink, row, None, colour, width=4 * MM, dash=(0, 5.4 * MM)).set_capstyle("round")
