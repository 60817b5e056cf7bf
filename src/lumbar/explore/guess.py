"""How well one clue tells who has back pain: two overlapping groups, and how many of a hundred guesses are right."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path

from lumbar.evidence.tables import table
from lumbar.explore.registry import explorer, stops
from lumbar.figures.people import PEOPLE, PEOPLE_QUIET
from lumbar.figures.style import BLUE, GREEN, INK, MM, ORANGE, QUIET, SMALL, Page, shape, source, stroke
from lumbar.models.guess import bell, right_guesses

CLUES = {
    "The hollow of the back": "curve of the lower back",
    "How far they bend": "bending forward",
    "How fast they move": "speed of movement",
}
"""The clues of the guessing game, and what the table `posture-and-pain` calls them."""

UNIT = " standard deviations"


def found_gaps() -> dict[str, float]:
    """How far apart the groups were found to be by each clue, whichever way, in standard deviations."""
    found = {row["measure"]: abs(row["difference"]) for row in table("posture-and-pain").rows}
    return {clue: found[measure] for clue, measure in CLUES.items()}


FOUND = found_gaps()


def gap_stops() -> dict[float, str]:
    """Stops from 0 to 1.5 in steps of 0.05, each gap that was found in place of the step nearest to it."""
    values = np.arange(31) / 20
    for gap in FOUND.values():
        values[np.abs(values - gap).argmin()] = gap
    return {float(value): f"{value:g}{UNIT}" for value in values}


REACH = np.linspace(-3.2, 3.2, 9)  # standard deviations that a curve is drawn over
ROWS, COLUMNS = 5, 20
COIN = ROWS * COLUMNS // 2


def times_right(gap: float) -> int:
    """How many of a hundred guesses are right."""
    return round(100 * float(right_guesses(gap)))


def say_guess(gap: float) -> str:
    """What the setting shows, in plain words."""
    right = times_right(gap)
    clue = next((name for name, found in FOUND.items() if found == gap), "")
    measured = f"{clue}: this is the gap that was found." if clue else ""
    coin = ": a coin does as well" if right == COIN else f", {right - COIN} more than with a coin"
    picked = f"You would pick the right person {right} times in 100{coin}."
    return " ".join(filter(None, [measured, _alike(gap), picked]))


def _alike(gap: float) -> str:
    if gap < 0.1:
        return "The two groups look almost the same."
    if gap < 0.4:
        return "The two groups differ a little."
    if gap < 0.9:
        return "The two groups differ, but their curves still overlap a lot."
    return "The two groups differ clearly, and still their curves overlap."


def guess_ground(page: Page) -> None:
    """The group without pain, one standard deviation, and what the little people stand for."""
    axes = curves(page)
    shape(axes, hill(0), BLUE + "33", BLUE, width=1.6)
    page.note(axes, "people\nwithout pain", (1.1, 0.31), colour=BLUE, bold=True)
    page.note(axes, "← less, or slower", (-4.7, -0.062), colour=QUIET, size=SMALL)
    span(axes, 0, 1, -0.062, QUIET)
    page.note(axes, "1 standard deviation", (1.12, -0.062), colour=QUIET, size=SMALL)
    page.heading("Guess 100 times, always the one more to the left", (5, 52))
    stroke(page.ink, [(50.3, 12.2), (50.3, 49)], INK, width=1.0, dash=(2.5, 2.5))
    page.note(page.ink, f"a coin: {COIN}", (50.3, 9.6), align="center", size=SMALL)
    source(page, "Gaps: Laird 2014")


@explorer(
    "who-hurts",
    title="Who of the two has back pain?",
    alt="Two bell curves that overlap: people without pain and, further to the left, people with pain. Below them a "
    "hundred little people, one for each guess. Those that are lit are the right guesses; a line marks the fifty that "
    "a coin would get.",
    sliders=(stops("gap", "How far apart the two groups are", gap_stops(), min(FOUND.values())),),
    presets={clue: {"gap": gap} for clue, gap in FOUND.items()},
    say=say_guess,
    leaves_out="that real groups need not be spread like bell curves of the same width; that each gap found is an "
    "average of some studies and could be smaller or larger; which came first, the pain or the change. Averages of "
    "groups say little about one person.",
    claims=("C17",),
    ground=guess_ground,
    size=(127, 103),
)
def who_hurts(page: Page, gap: float) -> None:
    axes = curves(page)
    shape(axes, hill(-gap), ORANGE + "40", ORANGE, width=1.6, dash=(5, 2.5))
    stroke(axes, [(-4.7, 0), (3.2, 0)], QUIET, width=1.8)
    page.note(axes, "people\nwith pain", (-gap - 1.1, 0.31), align="right", colour=ORANGE, bold=True)
    page.note(axes, "both groups", (-gap / 2, 0.08), align="center", size=SMALL)
    span(axes, -gap, 0, 0.435, INK)
    page.note(axes, f"{gap:g}{UNIT}", (-gap / 2, 0.485), align="center", size=SMALL, bold=True)
    right = times_right(gap)
    crowd(page, right)
    page.note(page.ink, f"{right}", (99, 36), size=26, colour=GREEN, bold=True)
    page.note(page.ink, "of 100 right", (99, 27), colour=GREEN, bold=True)


def curves(page: Page) -> Axes:
    """The axes of the two groups: standard deviations from the middle of those without pain."""
    return page.chart((5, 67, 117, 30), (-4.7, 3.2), (0, 0.5), grid="")


def hill(middle: float) -> Path:
    """A bell curve over `REACH`, as cubic Béziers with its true slopes."""
    x, y = REACH, bell(REACH)
    knots = np.stack([x + middle, y], -1)
    third = np.stack([np.ones_like(x), -x * y], -1) * (x[1] - x[0]) / 3
    bends = np.stack([(knots + third)[:-1], (knots - third)[1:], knots[1:]], 1).reshape(-1, 2)
    codes = [Path.MOVETO, *[Path.CURVE4] * len(bends), Path.CLOSEPOLY]
    return Path([knots[0], *bends, knots[0]], codes)


def span(axes: Axes, left: float, right: float, y: float, colour: str) -> None:
    """A line between two places, with short ends."""
    ends = [Path([(x, y - 0.014), (x, y + 0.014)]) for x in (left, right)]
    shape(axes, Path.make_compound_path(Path([(left, y), (right, y)]), *ends), None, colour, width=1.2)


def crowd(page: Page, lit: int) -> None:
    """A hundred little people, of whom the first `lit` are lit, column by column from the left."""
    axes = page.anatomy((0, COLUMNS), (-1.5 * ROWS, 0), (5, 14, 90.7, 34))
    column, row = np.divmod(np.arange(ROWS * COLUMNS), ROWS)
    colours = np.where(np.arange(ROWS * COLUMNS) < lit, GREEN, PEOPLE_QUIET)
    for kind, marker in enumerate(PEOPLE):
        mine = (row + column) % len(PEOPLE) == kind
        spots = column[mine] + 0.5, -1.5 * row[mine] - 0.75
        size = (1.36 * axes.mm * MM) ** 2
        axes.scatter(*spots, s=size, marker=marker, c=colours[mine], linewidths=0, clip_on=False)
