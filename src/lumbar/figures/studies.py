"""Studies: what a fair test is, and why people get better anyway."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path

from lumbar.figures.charts import title
from lumbar.figures.icons import box, bubble, coin, person, rows_of_people
from lumbar.figures.people import PEOPLE_QUIET, crowd, posture
from lumbar.figures.reflex import badge
from lumbar.figures.style import (
    ACCENT, ACCENT_WASH, GREEN, INK, OCHRE, ORANGE, PAPER, PURPLE, QUIET, RULE, SMALL, WASH, Page, arrow, plate,
    shape, stroke,
)
from lumbar.models.recovery import fall_back, joining_mean

# --- Why people get better -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reason:
    """One thing that may stand behind "it helped": its name, a sentence, its picture in a field of 14 × 11."""

    name: str
    says: str
    picture: Callable[[Axes], None]


def _eases(axes: Axes) -> None:
    _axes_of_time(axes)
    stroke(axes, [(-5, 3.6), (-3.4, 0), (-0.8, -2.4), (5.4, -3.2)], GREEN, width=2.2)


def _at_the_peak(axes: Axes) -> None:
    _axes_of_time(axes)
    wave = [(-5, -1.2), (-3.2, 0.8), (-1.6, -1.6), (0.2, 3.4), (2.0, -1.0), (3.6, 0.6), (5.4, -1.8)]
    stroke(axes, wave, ORANGE, width=2.0)
    shape(axes, Path.circle((0.2, 3.4), 1.0), ORANGE, PAPER)


def _axes_of_time(axes: Axes) -> None:
    stroke(axes, [(-5.6, 5), (-5.6, -4.4), (6.2, -4.4)], QUIET, width=0.9, corners=(1,))


def _hope(axes: Axes) -> None:
    person(axes, (-3.4, -1.2), 7.2, QUIET)
    person(axes, (3.4, -1.2), 7.2, PURPLE, 1)
    bubble(axes, (0.2, 4.2), 6.4, 2.6, (2.8, 2.0))


def _other_things(axes: Axes) -> None:
    posture(axes, "standing", (-3.4, -5.2), 10)
    for i, y in enumerate((2.8, 0, -2.8)):
        box(axes, (1.7, y), 1.7, 1.7, PAPER, QUIET)
        stroke(axes, [(1.1, y), (1.6, y - 0.5), (2.6, y + 0.9)], GREEN, width=1.5, corners=(1,))
        stroke(axes, [(3.6, y), (5.8 - 0.7 * (i % 2), y)], RULE, width=1.8)


def _the_belt(axes: Axes) -> None:
    shape(axes, [(-5.6, 1.8), (0, 0.9), (5.6, 1.8), (5.6, -1.8), (0, -2.7), (-5.6, -1.8)], ACCENT, corners=(0, 2, 3, 5))
    for x in (-4.2, -2.1, 2.1, 4.2):
        shape(axes, Path.circle((x, -0.75 + 0.035 * x * x), 0.65), ACCENT_WASH)
    box(axes, (0, -0.9), 2.2, 3.0, PAPER, QUIET)


REASONS = (
    Reason("It was easing anyway", "New back pain mostly does, in weeks.", _eases),
    Reason("You came at your worst", "After a very bad day, a milder one is likely.", _at_the_peak),
    Reason("Hope and attention", "Someone cared, and you felt safer.", _hope),
    Reason("Something else you did", "More walking, less worry, a pill.", _other_things),
    Reason("The treatment", "It may have done something, too.", _the_belt),
)


@plate(
    "why-people-get-better",
    title="“It helped”: what may stand behind it",
    alt="Ana says: “I wore the belt, and the pain went.” Behind her words stand five things that may each have had a "
    "share: the pain was easing anyway; she started at her worst; hope and attention; something else that she did; "
    "and the treatment itself.",
    legend="Five things can stand behind “it helped”, often several at once. From one story nobody can tell their "
    "shares.",
    use="Take the last thing that helped somebody in the room and go down the list together.",
    size=(127, 122),
)
def why_people_get_better(page: Page) -> None:
    page.panel((4, 96, page.width - 8, 22))
    ana = page.anatomy((0, 119), (0, 22), (4, 96, 119, 22))
    person(ana, (14, 10.5), 19, ACCENT, 1)
    box(ana, (14, 11.1), 5.4, 1.7, OCHRE)
    tail = [(28.4, 13.8), (20, 15.6), (28.4, 9.6)]
    shape(ana, tail, ACCENT_WASH, ACCENT, corners=range(3), width=0.7)
    page.panel((32, 101, 85, 13), ACCENT_WASH, ACCENT)
    shape(page.ink, [(31.8, 109.5), (33.4, 109.6), (33.4, 105.8), (31.8, 106)], ACCENT_WASH, corners=range(4))
    page.note(page.ink, "“I wore the belt, and the pain went.”", (74.5, 107.4), align="center", size=10.5, bold=True)
    for i, reason in enumerate(REASONS):
        _draw_reason(page, reason, 92 - 18 * i)


def _draw_reason(page: Page, reason: Reason, top: float) -> None:
    last = reason is REASONS[-1]
    page.panel((4, top - 16, page.width - 8, 16), ACCENT_WASH if last else PAPER, ACCENT if last else RULE)
    reason.picture(page.anatomy((-7, 7), (-5.6, 5.6), (7, top - 14.8, 17, 13.6)))
    page.note(page.ink, reason.name, (29, top - 5.6), size=10.5, bold=True, colour=ACCENT if last else INK)
    page.note(page.ink, reason.says, (29, top - 11), size=9.5)


# --- Coming at the worst ---------------------------------------------------------------------------------------------

PAIN = (38, 44, 35, 47, 41, 58, 40, 33, 45, 52, 82, 55, 38, 44, 30, 41, 50, 36, 43)  # one person's weeks, made up
WORST, CUTOFF = PAIN.index(max(PAIN)), 50.0


@plate(
    "coming-at-the-worst",
    title="Coming for help at the worst time",
    alt="A made-up line of one person’s pain, week by week, up and down around a usual level. At the highest peak the "
    "person goes for help. Two weeks later the line is back near the usual level, with or without help. Below: people "
    f"who join a study with pain of {CUTOFF:.0f} or more have {joining_mean(CUTOFF):.0f} of 100 on average, and "
    f"{joining_mean(CUTOFF) - fall_back(CUTOFF):.0f} the next time, with nothing done.",
    legend="After a very bad time comes, most often, one that is less bad. It takes no cure. The line is made up; the "
    "two averages are sums of the course’s model, where pain swings as it often does.",
    use="Cover the right half, ask what the line will do next, and only then say when the person went for help.",
    size=(127, 122),
)
def coming_at_the_worst(page: Page) -> None:
    title(page, "One person’s pain, week by week")
    axes = page.chart((10, 54, 111, 50), (-0.6, len(PAIN) - 0.4), (0, 100), grid="", x="weeks")
    usual = float(np.mean(PAIN))
    stroke(axes, [(-0.6, usual), (len(PAIN) - 0.4, usual)], QUIET, width=1.1, dash=(4, 3))
    stroke(axes, [(-0.6, 0), (len(PAIN) - 0.4, 0)], QUIET, width=1.0)
    line = [page.place(axes, point) for point in enumerate(PAIN)]
    stroke(page.ink, line[: WORST + 1], INK, width=1.8, corners=(WORST,))
    stroke(page.ink, line[WORST:], ACCENT, width=2.4)
    shape(page.ink, Path.circle(line[WORST], 1.7), ORANGE, PAPER, width=1.0)
    page.note(axes, "goes for help here", (WORST - 0.5, 89), align="right", colour=ORANGE, bold=True)
    page.note(axes, "better, with or\nwithout help", (WORST + 2.4, 75), colour=ACCENT, bold=True)
    page.note(axes, "the usual level", (-0.4, usual - 20), colour=QUIET, size=SMALL)
    page.note(page.ink, "more pain ↑", (6, 104), colour=QUIET, size=SMALL)
    _two_looks(page)


def _two_looks(page: Page) -> None:
    """What the same does to the average of many."""
    page.panel((4, 4, page.width - 8, 41))
    words = f"Many people join a study with pain of {CUTOFF:.0f} or more:"
    page.note(page.ink, words, (8, 39), bold=True)
    first = float(joining_mean(CUTOFF))
    later = first - float(fall_back(CUTOFF))
    looks = (("the day they join", first, ORANGE), ("the next time,\nnothing done", later, ACCENT))
    for (words, mean, colour), y in zip(looks, (29, 16), strict=True):
        page.note(page.ink, words, (8, y))
        box(page.ink, (38 + mean * 0.33, y), mean * 0.66, 7, colour)
        box(page.ink, (38 + (100 + mean) * 0.33, y), (100 - mean) * 0.66, 7, PAPER, RULE)
        page.note(page.ink, f"{mean:.0f}", (38 + mean * 0.66 - 1.5, y - 0.1), align="right", colour=PAPER, bold=True)
    page.note(page.ink, "of 100", (105.5, 29), colour=QUIET, size=SMALL)
    page.note(page.ink, "0: no pain", (38, 8), colour=QUIET, size=SMALL)
    page.note(page.ink, "100: worst", (104, 8), align="right", colour=QUIET, size=SMALL)


# --- A fair test -----------------------------------------------------------------------------------------------------

MIX = (PEOPLE_QUIET, QUIET, PEOPLE_QUIET, PEOPLE_QUIET, QUIET, PEOPLE_QUIET)
FEEL_BETTER = (7, 5)  # of twelve, made up


@plate(
    "fair-test",
    title="A fair test, step by step",
    alt="Four steps. People with back pain agree to take part. A coin decides who goes into which of two groups, so "
    "the groups are alike. One group gets the treatment, the other something that looks and feels the same. Weeks "
    "later someone who does not know who got what asks everybody. Some are better in both groups; only the difference "
    "counts.",
    legend="The numbers of people are made up. Some get better in both groups. Only what one group gains over the "
    "other can belong to the treatment. With so few people, luck alone could make this gap.",
    use="Take away one step at a time and ask what could go wrong without it.",
    size=(127, 158),
)
def fair_test(page: Page) -> None:
    axes = page.anatomy((0, page.width), (0, page.height), (0, 0, page.width, page.height))
    _step(page, 1, "People with back pain agree to take part.", 150)
    crowd(page, MIX * 4, (17, 122, 92.5, 24), 12)
    _step(page, 2, "A coin decides who goes where. So the groups are alike.", 116)
    for side in (-1, 1):
        arrow(axes, (63.5 + side * 8, 105), (63.5 + side * 22, 98.5), QUIET, width=1.6)
    coin(axes, (63.5, 106), 5.4)
    for x, words, colour in ((5, "gets the treatment", ACCENT), (65.5, "gets one that looks the same", QUIET)):
        page.panel((x, 62, 56.5, 34), PAPER, colour)
        page.note(page.ink, words, (x + 28.2, 92), align="center", colour=colour, bold=True)
        crowd(page, MIX * 2, (x + 5, 64, 46.5, 24.5), 6)
    _step(page, 3, "Everything else is the same for both.", 55.5)
    _step(page, 4, "Someone who does not know who got what asks everybody.", 48.5)
    for x, better in zip((5, 65.5), FEEL_BETTER, strict=True):
        page.panel((x, 17.5, 56.5, 26))
        crowd(page, [GREEN] * better + [PEOPLE_QUIET] * (12 - better), (x + 5, 18.5, 46.5, 24), 6)
    words = "Green: better. Only the difference between the groups\nbelongs to the treatment."
    page.note(page.ink, words, (63.5, 9.6), align="center", colour=GREEN, bold=True)


def _step(page: Page, number: int, words: str, y: float) -> None:
    badge(page, number, (8, y))
    page.note(page.ink, words, (12.5, y), bold=True)


# --- Kinds of study --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """A kind of study: its name, what it does, what it can tell, and its picture in a field of 44 × 22."""

    name: str
    says: str
    tells: str
    picture: Callable[[Axes], None]


def _one_story(axes: Axes) -> None:
    person(axes, (11, 9.5), 17, ACCENT, 1)
    bubble(axes, (30, 14.5), 23, 10, (16.5, 14))
    for y, width in ((16.4, 13), (13.4, 9)):
        stroke(axes, [(24, y), (24 + width, y)], ACCENT, width=1.6)


def _before_after(axes: Axes) -> None:
    for left, colours in ((1, [ORANGE] * 6), (28, [GREEN] * 4 + [ORANGE] * 2)):
        rows_of_people(axes, colours, left, 19, 5.0, 3)
    arrow(axes, (18, 11.5), (26.5, 11.5), QUIET, width=1.6)


def _two_groups(axes: Axes) -> None:
    for y, colours, tone in ((21.5, [ACCENT] * 4, ACCENT), (10.5, [QUIET] * 4, QUIET)):
        rows_of_people(axes, colours, 1, y, 5.0, 4)
        stroke(axes, [(22.5, y - 4.5), (28, y - 3.6), (33, y - 5.2), (36, y - 4.5)], tone, width=1.3, dash=(3, 2))
        arrow(axes, (36, y - 4.5), (40.5, y - 4.5), tone, width=0.8, head=3.4)


def _by_coin(axes: Axes) -> None:
    rows_of_people(axes, [QUIET] * 4, 0, 18.5, 5.0, 2)
    coin(axes, (18.5, 11), 4.8)
    for side, colour in ((1, ACCENT), (-1, PEOPLE_QUIET)):
        arrow(axes, (24.2, 11 + side * 1.6), (29.2, 11 + side * 4.6), QUIET, width=1.1)
        rows_of_people(axes, [colour] * 3, 30, 14.8 + side * 5.4 + (0.2 if side > 0 else -0.4), 4.7, 3)


def _pooled(axes: Axes) -> None:
    stroke(axes, [(22, 21.5), (22, 1)], QUIET, width=0.9)
    for y, middle, reach in ((19.5, 13, 9), (15.8, 20, 6.5), (12.1, 16, 4.5), (8.4, 12, 8)):
        stroke(axes, [(middle - reach, y), (middle + reach, y)], ACCENT, width=1.4)
        box(axes, (middle, y), 1.7, 1.7, ACCENT)
    shape(axes, [(12.5, 3.6), (15.6, 5.6), (18.7, 3.6), (15.6, 1.6)], ACCENT, corners=range(4))


KINDS = (
    Kind("One story", "One person tried it and felt better.", "An idea. Nobody knows why it went well.", _one_story),
    Kind("Before and after", "A group is asked twice.", "What happens. Not what it is due to.", _before_after),
    Kind("Two groups followed", "People chose for themselves.", "What goes together, but rarely why.", _two_groups),
    Kind("A fair test", "A coin decides who gets what.", "Whether it helps, in people like these.", _by_coin),
    Kind("Many tests pooled", "All fair tests, taken together.", "How much it helps, and how sure that is.", _pooled),
)


@plate(
    "kinds-of-study",
    title="Five kinds of study, and what each can tell",
    alt="Five little pictures. One story: a person talks; it gives an idea. Before and after: one group, asked twice; "
    "it shows what happens, not why. Two groups followed: people chose for themselves and may differ. A fair test: a "
    "coin decides; it shows whether a treatment helps. Many tests pooled: how much it helps, and how sure.",
    legend="Each kind answers a question of its own. For “does it help?” the last two say most.",
    use="Give out five headlines and let people say which kind of study stands behind each.",
    size=(127, 160),
)
def kinds_of_study(page: Page) -> None:
    title(page, "Five kinds of study")
    for i, kind in enumerate(KINDS):
        top, strong = 145 - 28.5 * i, i > 2
        page.panel((4, top - 26.5, page.width - 8, 26.5), ACCENT_WASH if strong else WASH)
        page.panel((6, top - 24.5, 47, 22.5), PAPER)
        kind.picture(page.anatomy((0, 44), (0, 22), (7.5, top - 24.2, 44, 22)))
        page.note(page.ink, kind.name, (57, top - 6), size=10.5, bold=True)
        page.note(page.ink, kind.says, (57, top - 12))
        page.note(page.ink, "It tells you:", (57, top - 17.6), colour=QUIET, size=SMALL)
        page.note(page.ink, kind.tells, (57, top - 22), colour=ACCENT)
