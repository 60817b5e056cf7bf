"""Charts of tension, habits and the treatments that rest on them."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.figures.charts import Estimate, bar, dot, forest, interval, number, the_row, title
from lumbar.figures.people import PEOPLE_QUIET, posture
from lumbar.figures.style import (
    ACCENT, HEADING, INK, ORANGE, PAPER, QUIET, SMALL, Page, Point, plate, shape, source, stroke, zero_line,
)

# --- Letting go at full bend -----------------------------------------------------------------------------------------

BENT = (("standing", "standing"), ("bending", "half bent"), ("hanging", "hanging"))  # posture, its name
GROUPS = (  # who, how strong the signal is at each of `BENT`, what happens at the end, colour
    ("most people without pain", (0.18, 1.0, 0.0), "silent", ACCENT),
    ("many people with back pain", (0.28, 1.0, 0.62), "still on", ORANGE),
)
CLUES = {
    "letting go at full bend (first review)": "Do the muscles let go? (44 papers)",
    "letting go at full bend (later review)": "Do they let go? (later review)",
    "stiffness at rest of multifidus": "How stiff is the deep muscle?",
    "stiffness at rest of erector spinae": "How stiff is the long muscle?",
}
"""What the table `muscle-signals` calls a clue, and what the plate asks."""


def _right(clue: str) -> float:
    return the_row("muscle-signals", clue=clue)["right"]


@plate(
    "flexion-relaxation",
    title="What back muscles do when you bend all the way",
    alt="A sketch of the signal from back muscles in standing, half bent and hanging. In most people without pain it "
    "falls silent when they hang; in many people with back pain it stays on. Below, of 100 guesses which of two people "
    f"has back pain: by this clue {_right(list(CLUES)[0]):.0f} or {_right(list(CLUES)[1]):.0f} are right, by how stiff "
    f"a muscle is at rest {_right(list(CLUES)[2]):.0f} or {_right(list(CLUES)[3]):.0f}, by a coin 50.",
    legend="The upper part is a sketch of the pattern, not a recording. The bars are worked out from the gaps between "
    "the groups that reviews report. They do not tell which came first.",
    use="Bend slowly in pairs, only as far as is easy, a flat hand on the other’s back. When does it go soft?",
    size=(127, 150),
    claims=("C13",),
)
def flexion_relaxation(page: Page) -> None:
    title(page, "Bend all the way: do the muscles let go?")
    for i, (pose, words) in enumerate(BENT):
        x = 26 + 38 * i
        posture(page.ink, pose, (x, 108), 27)
        page.note(page.ink, words, (x, 104.5), align="center", colour=QUIET, size=SMALL)
    for i, (who, strengths, end, colour) in enumerate(GROUPS):
        y = 88.5 - 18 * i
        page.note(page.ink, who, (7, y + 8), colour=colour, bold=True)
        page.note(page.ink, end, (102, y + 8), align="center", colour=colour, bold=True)
        for k, strength in enumerate(strengths):
            _signal(page, (7 + 38 * k, y), 37, 4.6 * strength, colour, seed=k)
    page.note(page.ink, "a sketch, not a recording", (121, 62.5), align="right", colour=QUIET, size=SMALL, italic=True)
    _guesses(page)
    source(page, "Geisser 2005; De Carvalho 2023; Vatovec 2024")


def _signal(page: Page, start: Point, width: float, strength: float, colour: str, seed: int) -> None:
    """A muscle's electric signal, sketched: a ragged line `strength` mm high to either side."""
    x = np.linspace(0, width, 60)
    ragged = np.random.default_rng(seed).uniform(0.25, 1, 60) * strength * (-1.0) ** np.arange(60)
    stroke(page.ink, np.column_stack([start[0] + x, start[1] + ragged]), colour, width=0.8, corners=range(60))


def _guesses(page: Page) -> None:
    """Of 100 guesses which of two people has back pain, how many are right by one clue."""
    page.heading("You see one clue. Which of two people has back pain?", (5, 54), size=10)
    axes = page.chart((57, 15, 58, 32), (0, 100), (0, 32), grid="", xticks=[0, 50, 100])
    for i, (clue, words) in enumerate(CLUES.items()):
        y, right = 28 - 8 * i, _right(clue)
        page.note(page.ink, words, (5, y + 15), size=SMALL)
        bar(axes, 0, right, y, 5.2, ACCENT if "bend" in clue else QUIET)
        page.note(axes, f"{right:.0f}", (right + 2, y), bold=True)
    axes.axvline(50, color=INK, linewidth=1.0, linestyle=(0, (3, 2)))
    page.note(axes, "a coin", (50, 34.2), align="center", size=SMALL)
    page.note(page.ink, "right guesses in 100", (57, 8.2), colour=QUIET, size=SMALL)


# --- What hands can agree on -----------------------------------------------------------------------------------------

BY_HAND = {
    "pain": "where pressing hurts", "motion": "how a joint moves", "landmarks": "which bone is which",
    "soft tissue": "whether a muscle is tight",
}


def _agreed(test: str) -> float:
    return the_row("palpation", test=test)["percent"]


@plate(
    "tight-by-touch",
    title="What two pairs of hands agree on",
    alt="Bars for how many studies in 100 found that two examiners who feel the same back agree well: "
    + ", ".join(f"{words} {_agreed(test):.0f}" for test, words in BY_HAND.items())
    + ". On tight muscles no study found good agreement.",
    legend="A review of 49 papers in which examiners felt backs and necks. A back may well feel tight to the person "
    "who has it; this is about what others can feel.",
    use="Let people put the four in order before you show the bars.",
    size=(127, 72),
    claims=("C13", "C17"),
)
def tight_by_touch(page: Page) -> None:
    title(page, "Two pairs of hands on one back: do they agree?")
    axes = page.chart((52, 17, 62, 40), (0, 100), (0, 40), grid="", xticks=[0, 25, 50, 75, 100])
    zero_line(axes, vertical=True)
    for i, (test, words) in enumerate(BY_HAND.items()):
        y, share = 35 - 10 * i, _agreed(test)
        page.note(page.ink, words, (5, y + 17), bold=not share)
        bar(axes, 0, share, y, 6, ACCENT)
        page.note(axes, f"{share:.0f} %" if share else "0 %: in no study", (share + 2, y), bold=True)
    page.note(page.ink, "studies with good agreement, %", (114, 10.8), align="right", colour=QUIET, size=SMALL)
    source(page, "Seffinger 2004, 49 papers")


# --- One muscle, two yardsticks --------------------------------------------------------------------------------------

SITTERS = (("with back pain", ORANGE), ("without back pain", ACCENT))
YARDSTICKS = (  # yardstick in the table, heading, what is read off, reach and ticks of the axis
    ("share of own most", "% of their own most", "With pain: tenser?", 60, [0, 20, 40, 60]),
    ("signal itself", "the signal, microvolts", "With pain: calmer?", 1000, [0, 500, 1000]),
)


def _sat(yardstick: str, group: str) -> dict:
    return the_row("two-yardsticks", yardstick=yardstick, group=group)


def _counted(group: str) -> int:
    return round(_sat("signal itself", group)["people"])


def _medians(yardstick: str) -> str:
    return " against ".join(number(_sat(yardstick, group)["median"], 0) for group, _ in SITTERS)


@plate(
    "two-yardsticks",
    title="The same people, measured with two yardsticks",
    alt=f"Activity of the lower back muscles in sitting, {_counted('with back pain')} people with back pain against "
    f"{_counted('without back pain')} without. As a share of each one’s own most: {_medians('share of own most')} %, "
    f"more with pain. As the signal itself: {_medians('signal itself')} microvolts, less. The groups overlap.",
    legend="Dots are the middle of each group, lines hold its middle half. If pain keeps you from pulling as hard as "
    "you can, any share of your most looks big.",
    use="Show one panel to half of the class and the other panel to the rest. Let them argue, then swap.",
    size=(127, 88),
    claims=("C13",),
)
def two_yardsticks(page: Page) -> None:
    title(page, "Same backs, two yardsticks")
    for i, (yardstick, unit, remark, most, ticks) in enumerate(YARDSTICKS):
        left = 5 + 60 * i
        page.panel((left, 9, 57, 65))
        page.heading(remark, (left + 3, 66.5), size=10)
        axes = page.chart((left + 5, 22, 47, 40), (0, most), (0, 40), grid="x", xticks=ticks)
        zero_line(axes, vertical=True)
        page.note(page.ink, unit, (left + 52, 14), align="right", colour=QUIET, size=SMALL)
        for k, (group, colour) in enumerate(SITTERS):
            _middle_half(page, axes, _sat(yardstick, group), 25 - 19 * k, group, colour)
    source(page, f"Ringheim 2019, {_counted('with back pain')} and {_counted('without back pain')} people, sitting")


def _middle_half(page: Page, axes: Axes, row: dict, y: float, words: str, colour: str) -> None:
    """The middle of a group with the span of its middle half."""
    interval(axes, row["low"], row["high"], y, colour)
    dot(axes, row["median"], y, colour)
    told, at = f"{words}: {number(row['median'])}", page.place(axes, (0, y))
    page.note(page.ink, told, (at[0] + 1.5, at[1] + 6), colour=colour, bold=True, size=SMALL)


# --- Days with pain --------------------------------------------------------------------------------------------------

FOUR_WEEKS = 28
LESSONS = (("usual care", QUIET), ("6 Alexander lessons", ACCENT), ("24 Alexander lessons", ACCENT))
WHEN = ("three months", "one year")


def _days(group: str, at: str) -> int:
    return round(the_row("days-in-pain", group=group, at=at)["days"])


def _days_in_words(at: str) -> str:
    return ", ".join(f"{group} {_days(group, at)}" for group, _ in LESSONS)


@plate(
    "days-in-pain",
    title="Days with back pain in four weeks",
    alt=f"Calendars of {FOUR_WEEKS} days, days with pain filled in, the middle of each group. After three months: "
    f"{_days_in_words('three months')}. After a year: {_days_in_words('one year')}. In the same trial massage was at "
    f"{_days('6 massage sessions', 'one year')} after a year.",
    legend="579 people with long-lasting or returning back pain, in groups picked by chance; half of each group was "
    "also advised to exercise. Half of a group had more days with pain than shown, half had fewer. Everyone knew what "
    "they got.",
    use="Ask what else, besides less tension, 24 lessons with a teacher might change.",
    size=(127, 96),
    claims=("C14",),
)
def days_in_pain(page: Page) -> None:
    title(page, "Days with pain, out of 28")
    for k, (group, colour) in enumerate(LESSONS):
        *first, last = group.split()
        words = f"{' '.join(first)}\n{last}"
        page.note(page.ink, words, (42 + 33 * k, 77), align="center", colour=colour, bold=True, size=SMALL)
    for i, at in enumerate(WHEN):
        y = 51 - 31 * i
        page.note(page.ink, "after\n" + at.replace(" ", "\n"), (5, y + 9), bold=True)
        for k, (group, colour) in enumerate(LESSONS):
            _calendar(page, _days(group, at), (28.5 + 33 * k, y), colour)
    source(page, "Little 2008, 579 people")


def _calendar(page: Page, days: int, at: Point, colour: str) -> None:
    """Four weeks of seven days, so many of them filled in, with their number; `at` is the lower left corner, mm."""
    side, x, y = 3.9, *at
    for day in range(FOUR_WEEKS):
        week, place = divmod(day, 7)
        corner = Affine2D().scale(side * 0.86).translate(x + place * side, y + (3 - week) * side + 1.5)
        filled = day < days
        shape(page.ink, Path.unit_rectangle().transformed(corner), colour if filled else PAPER, colour, width=0.6)
    page.note(page.ink, f"{days}", (x + 13.4, y - 2.6), align="center", colour=colour, bold=True, size=HEADING)


# --- What the trials found -------------------------------------------------------------------------------------------

OF_24 = (  # treatment in the table, the words of the row
    ("24 Alexander lessons", "24 Alexander lessons"), ("6 Alexander lessons", "6 Alexander lessons"),
    ("advice to exercise", "advice to exercise"), ("6 massage sessions", "6 massages"),
    ("cognitive functional therapy", "functional therapy"), ("adding movement sensors to it", "sensors added to it"),
)
OF_100 = (
    ("movement practice", "movement practice"), ("behavioural treatment", "behavioural treatment"),
)


def _trial(treatment: str) -> dict:
    return the_row("habit-trials", treatment=treatment)


def _rows(treatments: tuple[tuple[str, str], ...]) -> list[Estimate]:
    found = [(_trial(treatment), words) for treatment, words in treatments]
    return [Estimate.of(row, words, "effect", f"{row['at']}, against {row['against']}") for row, words in found]


def _gain(treatment: str) -> str:
    row = _trial(treatment)
    return f"{number(row['effect'], 1)} ({number(row['low'], 1)} to {number(row['high'], 1)})"


@plate(
    "habit-trials",
    title="What trials of movement, relaxation and talking found",
    alt="Forest plots. Trouble in daily life, points of 24: "
    + "; ".join(f"{words} {_gain(treatment)}" for treatment, words in OF_24[:1] + OF_24[3:])
    + ". Points of 100: "
    + "; ".join(f"{words} {_gain(treatment)}" for treatment, words in OF_100)
    + ". Left is better with the treatment; lines that cross zero may be chance.",
    legend="Dots are differences between groups, lines the range in which the truth may lie. Functional therapy is "
    "short for cognitive functional therapy. Behavioural treatment, such as relaxation, was judged by pain, all else "
    "by trouble in daily life. None of these trials shows that less tension was the reason.",
    use="Ask for each row: what were the others given? Then ask what the row cannot tell.",
    size=(127, 153),
    claims=("C14",),
)
def habit_trials(page: Page) -> None:
    title(page, "Trouble in daily life, on a scale of 24")
    better = ("better with it", "worse")
    look = dict(favours=better, labels=51)
    forest(page, _rows(OF_24), (5, 54, 117, 75), (-6, 6), [-6, -3, 0, 3, 6], unit="points of 24", decimals=2, **look)
    page.heading("On scales of 100", (5, 46), size=11.5)
    forest(page, _rows(OF_100), (5, 6, 117, 31), (-12, 12), [-10, 0, 10], unit="points of 100", **look)
    source(page, "Little 2008; Hancock 2025; van Dillen 2021; Henschke 2010")


# --- Do movement and pain change together? ---------------------------------------------------------------------------

TOGETHER = round(the_row("quoted", source="wernli2020", unit="of 65 tests")["value"])
TESTS = round(the_row("quoted", source="wernli2020", unit="tests")["value"])


@plate(
    "pain-and-movement",
    title="How often pain and movement change together",
    alt=f"{TESTS} dots, one for each test of whether a person’s pain and movement changed together. In {TOGETHER} they "
    f"did, in {TESTS - TOGETHER} no link was seen.",
    legend="A review of 27 studies with 2,739 people; their quality was low. Movement includes how the muscles work.",
    use="Let people guess the share before you show it. What would the habit view predict?",
    size=(127, 66),
    claims=("C14",),
)
def pain_and_movement(page: Page) -> None:
    title(page, f"{TESTS} tests: did pain and movement change together?")
    columns, step = 13, 8.8
    for i in range(TESTS):
        column, row = divmod(i, TESTS // columns)
        together = i < TOGETHER
        spot = Path.circle((11 + column * step, 47 - row * 6.4), 2.4)
        shape(page.ink, spot, ORANGE if together else PEOPLE_QUIET)
    page.note(page.ink, f"together: {TOGETHER}", (8.6, 12.6), colour=ORANGE, bold=True)
    page.note(page.ink, f"no link seen: {TESTS - TOGETHER}", (11 + 4 * step - 2.4, 12.6), colour=QUIET, bold=True)
    source(page, "Wernli 2020, 27 studies")
