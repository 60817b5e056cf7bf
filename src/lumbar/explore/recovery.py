"""A treatment that does nothing: natural recovery and regression to the mean, with and without a control group."""

import numpy as np
from matplotlib.path import Path

from lumbar.explore.registry import explorer, stops
from lumbar.explore.shapes import rectangle
from lumbar.figures.style import (
    BLUE, GREEN, HEADING, INK, MM, OCHRE, ORANGE, PAPER, QUIET, RULE, SMALL, Page, arrow, shape, source, stroke,
)  # fmt: skip
from lumbar.models.recovery import NATURAL, crowd, fall_back, joining_mean

JOIN = {0: "anybody may join", **{pain: f"{pain} of 100 or more" for pain in (30, 40, 50, 60, 70)}}
DAYS = {0.9: "hardly", 0.8: "a little", 0.6: "a lot", 0.4: "very much"}
"""How alike the pain of one person is on two days, and how that is called."""

BIN, PITCH = 2.5, 1.6  # points of pain that share a row of dots; mm from dot to dot
MIDDLES = {True: (35, BLUE), False: (94.5, ORANGE)}  # of the two panels, mm, and their colours
GAP = 6.5  # mm from a middle to the dots on either side
LEFT, POINT = 10.0, 3.4  # mm where the bar begins; mm of bar for a point


def height(pain: float) -> float:
    """How high on the page, in mm, that pain stands."""
    return 34 + 0.64 * pain


def gains(cutoff: float, alike: float) -> tuple[int, int, int]:
    """Mean pain on joining, and what a bad day and time alone take off it, in whole points of 100."""
    return round(float(joining_mean(cutoff))), round(float(fall_back(cutoff, alike))), round(NATURAL)


def say_recovery(cutoff: float, alike: float, control: float) -> str:
    """What the setting shows, in plain words."""
    start, bad_day, time = gains(cutoff, alike)
    better = bad_day + time
    seen = f"The 50 treated people join with a mean pain of {start} of 100."
    later = f"Six weeks later it is {start - better}, {better} points better."
    if not control:
        return f"{seen} {later} It looks as if the treatment worked. With nobody to compare with, you cannot tell."
    luck = f"About {bad_day} of the {better} points came because people joined on a bad day."
    if not bad_day:
        luck = "Hardly any came from joining on a bad day, since anybody may join."
    return (
        f"{seen} {later} The 50 people with a sham (a treatment in looks only) do just as well. "
        f"So none of the gain came from the treatment. {luck} The other {time} came with time alone."
    )


def recovery_ground(page: Page) -> None:
    """The scale of pain, the two panels and the names of their sides."""
    for middle, _ in MIDDLES.values():
        page.panel((middle - 25, 31.5, 55, 75))
        lines = [Path([(middle - 24, height(pain)), (middle + 29, height(pain))]) for pain in (0, 50, 100)]
        shape(page.ink, Path.make_compound_path(*lines), None, RULE, width=0.6)
        page.note(page.ink, "on joining", (middle - GAP, 101.5), align="right", size=SMALL, colour=QUIET)
        page.note(page.ink, "6 weeks later", (middle + GAP, 101.5), size=SMALL, colour=QUIET)
    for pain in (0, 50, 100):
        page.note(page.ink, f"{pain}", (8.6, height(pain)), align="right", size=SMALL, colour=QUIET)
    page.note(page.ink, "pain", (8.6, height(100) + 4.5), align="right", size=SMALL, colour=QUIET)
    page.heading("50 treated", (11, 109), colour=BLUE)
    source(page, "Time alone: Wallwork 2024. All else is made up.")


@explorer(
    "useless-treatment",
    title="The treatment that does nothing",
    alt="Two clouds of dots, one dot a person: fifty people who get a treatment and fifty who get a sham. In each, "
    "pain on the day of joining stands on the left and pain six weeks later on the right, with an arrow from mean to "
    "mean. Below, a bar for the points gained and where they came from.",
    sliders=(
        stops("cutoff", "Pain you need to join", JOIN, 50),
        stops("alike", "How much pain goes up and down from day to day", DAYS, 0.6),
        stops("control", "Who is looked at", {0: "only the treated", 1: "the treated and a sham group"}, 0),
    ),
    presets={
        "“It worked!”": {"control": 0},
        "A fair test": {"control": 1},
        "Only the worst pain": {"cutoff": 70, "control": 1},
        "Anybody may join": {"cutoff": 0, "control": 1},
        "Steady pain": {"alike": 0.9, "control": 1},
    },
    say=say_recovery,
    leaves_out="chance, which makes two groups differ even when a treatment does nothing; the good that care, hope "
    "and a kind word do, which a sham gets too; people who drop out; that pain cannot go below 0 or above 100. The "
    "gain from time alone was measured in people who had come for care, so some of it may be a bad day, too.",
    ground=recovery_ground,
    size=(127, 117),
)
def useless_treatment(page: Page, cutoff: float, alike: float, control: float) -> None:
    people = crowd(cutoff, alike)
    start, bad_day, time = gains(cutoff, alike)
    for treated, (middle, colour) in MIDDLES.items():
        seen = treated or bool(control)
        mine = people.treated == treated
        dots(page, middle - GAP, -1, people.before[mine], colour if seen else None)
        dots(page, middle + GAP, 1, people.after[mine], colour if seen else None)
        stroke(page.ink, [(middle - 24, height(cutoff)), (middle - 4, height(cutoff))], INK, dash=(2, 2))
        fall(page, middle, float(joining_mean(cutoff)), start, bad_day + time, colour if seen else None)
    words = " " if cutoff in (0, 30) else f"to join: {cutoff:g}"
    page.note(page.ink, words, (11, height(cutoff) - 3), size=SMALL)
    page.heading("50 with a sham" if control else "The other 50", (71, 109), colour=ORANGE if control else QUIET)
    page.note(page.ink, " " if control else "Nobody looks at them", (97, height(75)), align="center", colour=QUIET)
    gained(page, bad_day, time, bool(control))


def dots(page: Page, start: float, way: int, pain: np.ndarray, colour: str | None) -> None:
    """A dot a person, in rows that grow from `start` to one side: dashes of no length with round ends."""
    rows, counts = np.unique(np.clip(pain, 0, 99.9) // BIN, return_counts=True)
    levels = height(BIN * (rows + 0.5))
    lines = [
        Path([(start, y), (start + way * (PITCH * (n - 1) + 0.1), y)]) for y, n in zip(levels, counts, strict=True)
    ]
    dotted = shape(page.ink, Path.make_compound_path(*lines), None, colour, width=1.25 * MM, dash=(0, PITCH * MM))
    dotted.set_capstyle("round")


def fall(page: Page, x: float, mean: float, start: int, better: int, colour: str | None) -> None:
    """The arrow from mean to mean, with the two means."""
    arrow(page.ink, (x, height(mean)), (x, height(mean - better)), colour, width=2.2, head=1.9, line=None)
    for pain, y in ((start, height(mean) + 3.2), (start - better, height(mean - better) - 3.2)):
        page.note(page.ink, f"{pain}" if colour else " ", (x, y), align="center", colour=colour or INK, bold=True)


def gained(page: Page, bad_day: int, time: int, known: bool) -> None:
    """The points gained as a bar, and where they came from where that is known."""
    words = f"{bad_day + time} points better. " + ("Thanks to what?" if known else "Thanks to the treatment?")
    page.note(page.ink, words, (LEFT, 26.5), size=HEADING, bold=True)
    ends = np.cumsum([LEFT, POINT * bad_day, POINT * time])
    for left, right, colour in ((ends[0], ends[1], OCHRE), (ends[1], ends[2], GREEN)):
        shape(page.ink, rectangle(left, 17, right - left, 6), colour if known else BLUE, PAPER if known else BLUE)
    parts = ((f"joined on a bad day: {bad_day}", OCHRE), (f"time alone: {time}", GREEN), ("the treatment: 0", BLUE))
    for (words, colour), x in zip(parts, (LEFT, 54, 87), strict=True):
        page.note(page.ink, words if known else " ", (x, 12), colour=colour, bold=True)
