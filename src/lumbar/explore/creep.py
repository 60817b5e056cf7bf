"""Discs over a day: shorter while up, taller while lying, and what tension at night would do to that."""

from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path

from lumbar.explore.registry import Slider, explorer, stops
from lumbar.explore.shapes import rectangle
from lumbar.figures.people import posture
from lumbar.figures.style import (
    ACCENT, BLUE, BONE, BONE_LINE, DISC, DISC_LINE, INK, MUSCLE_LINE, NUCLEUS, ORANGE, PAPER, QUIET, RULE, SMALL,
    Page, arrow, shape, source, stroke,
)  # fmt: skip
from lumbar.models.creep import (
    DAY_LOSS, EXTREME, FIRST_HOUR, HALF_NIGHT, LYING, UP, below_tallest, day_swing, morning_deficit,
)  # fmt: skip

CLOCK = {
    0: "7 am", 1: "8 am", 2: "9 am", 4: "11 am", 8: "3 pm", 12: "7 pm", 16: "11 pm", 18: "1 am", 20: "3 am", 22: "5 am",
    24: "7 am, the next day",
}  # fmt: skip
"""Hours since getting up, and the time of day."""

STAYS = {0: "none", **{share: f"{100 * share:.0f} % of the day’s load" for share in (0.1, 0.2, 0.3)}} | {
    EXTREME: f"{100 * EXTREME:.0f} %: an extreme"
}
MOST = 25.0  # mm below the tallest that the chart shows
ALONG = np.array(
    [0, 0.12, 0.25, 0.4, 0.6, 0.8, 1, 1.3, 1.6, 2, 2.5, 3, 4, 5, 6.5, 9, 12, 16]
    + [16.4, 16.8, 17.3, 17.8, 18.5, 19.2, 20, 21, 22, 23, 24]
)
FLOOR, MIDDLE = 17.0, 23.5  # of the drawn spine, mm
BODY, GAP = 12.0, 5.0  # drawn heights of a vertebral body and of a full disc, mm
GIVES = 0.2  # share of that height that a disc gives way by day, as drawn: about three times what Martin 2022 found


def shorter(hours: float, theta: float) -> float:
    """How much shorter than on getting up, mm."""
    return float(below_tallest(hours, theta) - morning_deficit(theta))


def say_creep(hours: float, theta: float) -> str:
    """What the setting shows, in plain words."""
    time, less = CLOCK[hours], shorter(hours, theta)
    if hours in (0, 24):
        now = f"It is {time}. You get up {morning_deficit(theta):.1f} mm below your tallest."
    elif hours <= UP:
        now = f"It is {time}. You are {less:.1f} mm shorter than on getting up."
        now += " Your discs have given off some water. Overnight it comes back."
    else:
        now = f"It is {time} and you lie. Your discs take water in again, {less:.1f} mm are still to come."
    usual = f"{day_swing():.1f} mm in a day is normal: more than half of it goes in the first hour."
    return f"{now} {_tense(theta) if theta else usual}"


def _tense(theta: float) -> str:
    extreme = " So much was never seen over a night, only in 20 minutes of electric pulses." if theta == EXTREME else ""
    return (
        f"With {100 * theta:.0f} % of the day’s load left at night, you would get up {morning_deficit(theta):.1f} mm "
        f"below your tallest and not {morning_deficit():.1f} mm, and lose {day_swing(theta):.1f} mm by day and not "
        f"{day_swing():.1f} mm.{extreme} Lower is not worn."
    )


def creep_ground(page: Page) -> None:
    """The panel of the spine, and the chart with what was measured."""
    page.panel((3, 3, 38, 96))
    bone(page, FLOOR)
    tallest = FLOOR + 3 * BODY + 2 * GAP
    stroke(page.ink, [(10, tallest), (37, tallest)], QUIET, width=0.8, dash=(2, 2))
    page.note(page.ink, "tallest", (MIDDLE, tallest + 2.4), align="center", size=SMALL, colour=QUIET)
    page.note(page.ink, "drawn larger\nthan life", (22, 9.5), align="center", size=SMALL, colour=QUIET)
    page.heading("Below your tallest, mm", (46, 94.5))
    frame(page, day(page))
    measured(page, day(page))
    source(page, "Measured: Tyrrell 1985, n = 8")


def frame(page: Page, axes: Axes) -> None:
    """The ground of the chart: day and night, millimetres and hours."""
    depths = range(0, round(MOST) + 1, 5)
    shape(axes, rectangle(UP, 0, LYING, MOST), BLUE, None, alpha=0.09)
    shape(axes, Path.make_compound_path(*(Path([(0, mm), (24, mm)]) for mm in depths)), None, RULE, width=0.6)
    for mm in depths:
        page.note(axes, f"{mm}", (-0.5, mm), align="right", size=SMALL, colour=QUIET)
    for hours, words in ((0, "7 am"), (5, "noon"), (11, "6 pm"), (17, "midnight"), (24, "7 am")):
        align = "right" if hours == 24 else "center"
        page.note(axes, words, (hours, MOST + 1.7), align=align, size=SMALL, colour=QUIET)
    for hours, words in ((UP / 2, "up"), (UP + LYING / 2, "lying")):
        page.note(axes, words, (hours, 1.4), align="center", size=SMALL, colour=QUIET)


def measured(page: Page, axes: Axes) -> None:
    """The curve without tension, what was measured, and what both are called."""
    shape(axes, curve(0.0), None, QUIET, width=1.0, dash=(3, 2))
    morning, evening = float(morning_deficit()), float(below_tallest(UP))
    half_night = evening - HALF_NIGHT * DAY_LOSS
    for hours, mm in ((1, morning + FIRST_HOUR * DAY_LOSS), (UP, evening), (UP + LYING / 2, half_night)):
        axes.plot([hours], [mm], marker="o", color=ORANGE, markersize=7, markeredgecolor=PAPER, clip_on=False)
    shape(page.ink, Path.circle((51.5, 26.5), 0.9), ORANGE)
    page.note(page.ink, "measured", (54, 26.5), size=SMALL, colour=ORANGE, bold=True)
    stroke(page.ink, [(75, 26.5), (81, 26.5)], QUIET, width=1.0, dash=(3, 2))
    page.note(page.ink, "no tension at night", (82.5, 26.5), size=SMALL, colour=QUIET)


@explorer(
    "disc-over-a-day",
    title="Shorter by evening, taller by morning",
    alt="Three bones of the spine with two discs that are a little flatter by evening and fuller by morning, with "
    "small arrows for water. Beside them, a chart of body height over a day and a night, with three measured points "
    "and the curve with some of the day’s load left at night.",
    sliders=(
        Slider("hours", "Time of day", tuple(CLOCK), tuple(CLOCK.values()), 0, play=True),
        stops("theta", "Load that tension leaves on the discs at night", STAYS, 0),
    ),
    presets={
        "Getting up": {},
        "An hour later": {"hours": 1},
        "Bedtime": {"hours": 16},
        "Bedtime, tense at night": {"hours": 16, "theta": 0.2},
        "The extreme": {"hours": 24, "theta": EXTREME},
    },
    say=say_creep,
    leaves_out="harm: there is none in this model, and lower is not worn. It also leaves out rests by day, when some "
    "height comes back; posture and the pads of your heels, which count in height, too; and how people differ. Nobody "
    "has measured how much load tension leaves on discs over a night.",
    claims=("C18",),
    ground=creep_ground,
    size=(127, 102),
)
def disc_over_a_day(page: Page, hours: float, theta: float) -> None:
    axes, below = day(page), float(below_tallest(hours, theta))
    up = 0 < hours <= UP
    spine(page, below, up)
    resting(page, up)
    shape(axes, curve(theta), None, MUSCLE_LINE if theta else ACCENT, width=1.8)
    stroke(axes, [(hours, 0), (hours, MOST)], INK, width=0.7, dash=(1, 2))
    shape(page.ink, Path.circle(page.place(axes, (hours, below)), 1.5), INK, PAPER)
    less = f"{shorter(hours, theta):.1f} mm shorter than" if 0 < hours < UP + LYING else "as tall as"
    page.note(page.ink, f"now: {less} on getting up", (46, 20), bold=True)
    page.note(page.ink, f"on getting up: {morning_deficit(theta):.1f} mm below the tallest", (46, 14.5))
    page.note(page.ink, f"lost over the day: {day_swing(theta):.1f} mm", (46, 9))


def day(page: Page) -> Axes:
    """The axes of height: hours since getting up, and mm below the tallest, downwards."""
    return page.chart((51, 36, 71, 54), (0, 24), (MOST, 0), grid="")


@cache
def curve(theta: float) -> Path:
    """How far below the tallest over the day and the night."""
    return Path(np.stack([ALONG, below_tallest(ALONG, theta)], -1))


def resting(page: Page, up: bool) -> None:
    """One who stands and one who lies; the one that goes with the hour is lit."""
    axes = page.anatomy((-0.6, 1.1), (0, 1.05), rect=(4, 76, 36, 20))
    posture(axes, "standing", (-0.25, 0), 1.0, ACCENT if up else RULE)
    posture(axes, "lying", (0.55, 0), 1.0, RULE if up else ACCENT)


def spine(page: Page, below: float, giving: bool) -> None:
    """The two discs, so far below the tallest, the bodies on them, and which way the water goes."""
    disc = round(GAP * (1 - GIVES * below / DAY_LOSS), 1)
    for level in (0, 1):
        top = FLOOR + BODY + level * (BODY + disc)
        shape(page.ink, slab(MIDDLE, top, 16.2, disc, 0.7), DISC, DISC_LINE)
        shape(page.ink, slab(MIDDLE + 0.4, top + 0.2 * disc, 6.4, 0.6 * disc, 1.2), NUCLEUS)
        bone(page, top + disc)
        water(page, (MIDDLE - 10.5, top + disc / 2), giving)


def bone(page: Page, bottom: float) -> None:
    """A vertebral body from the side, its waist a little drawn in."""
    half = [(8.2, 0), (7.2, BODY / 2), (8.2, BODY), (0, BODY - 0.4)]
    around = [*half, *((-a, BODY - b) for a, b in half)]
    shape(page.ink, [(MIDDLE + a, bottom + b) for a, b in around], BONE, BONE_LINE, corners=(0, 2, 4, 6))


def slab(x: float, bottom: float, width: float, height: float, bulge: float) -> list[tuple[float, float]]:
    """A disc, or its nucleus, from the side."""
    half, up = width / 2, height / 2
    lens = [(half + bulge, 0), (0.85 * half, up), (0, 1.1 * up), (-0.85 * half, up)]
    return [(x + a, bottom + up + b) for a, b in [*lens, *((-a, -b) for a, b in lens)]]


def water(page: Page, at: tuple[float, float], giving: bool) -> None:
    """A small arrow out of a disc, or into it."""
    x, y = at
    ends = ((x, y), (x - 5.5, y))
    arrow(page.ink, *(ends if giving else ends[::-1]), BLUE, width=1.1, head=2.2, line=None)
