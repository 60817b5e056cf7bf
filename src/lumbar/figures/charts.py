"""Charts of what was found in people: facet joints by age and by injection, posture and pain, manipulation.

Every number comes from a table of the evidence. The marks of a chart stand here, for other modules too; `forest` draws
a forest plot: `forest(page, [Estimate.of(row, "Bed rest, 2 days")], rect, xlim, ticks, favours=(…), unit="…")`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from lumbar.evidence.tables import table
from lumbar.figures.people import PEOPLE_QUIET, crowd
from lumbar.figures.style import (
    ACCENT, BLUE, HEADING, INK, OCHRE, ORANGE, PAPER, QUIET, RULE, SMALL, WASH, Page, Point, Rect, plate, shape,
    source, stroke, zero_line,
)

# --- Marks -----------------------------------------------------------------------------------------------------------

MINUS = str.maketrans("-", "−")


def number(value: float, decimals: int = 0) -> str:
    """A number as it is set in a chart, with a real minus."""
    return f"{value:.{decimals}f}".translate(MINUS)


def the_row(name: str, **cells: str) -> dict:
    """The one row of a table that holds these cells."""
    (row,) = table(name).where(**cells)
    return row


def bar(
    axes: Axes, left: float, right: float, middle: float, thickness: float, fill: str, line: str | None = None
) -> None:
    """A lying bar in data units."""
    place = Affine2D().scale(right - left, thickness).translate(left, middle - thickness / 2)
    shape(axes, Path.unit_rectangle().transformed(place), fill, line, width=0.7)


def interval(axes: Axes, low: float, high: float, y: float, colour: str, width: float = 1.6) -> None:
    """A lying interval with short ends."""
    axes.plot([low, high], [y, y], color=colour, linewidth=width, solid_capstyle="butt")
    axes.plot([low, high], [y, y], color=colour, linestyle="none", marker="|", markersize=6, markeredgewidth=width)


def dot(axes: Axes, x: float, y: float, colour: str, marker: str = "o", size: float = 8) -> None:
    edge = {"markeredgecolor": PAPER, "markeredgewidth": 0.8}
    axes.plot([x], [y], marker=marker, color=colour, markersize=size, clip_on=False, **edge)


def title(page: Page, text: str) -> list[Text]:
    """The heading of a whole page."""
    return page.heading(text, (5, page.height - 9), size=11.5)


# --- Forest plots ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Estimate:
    """A row of a forest plot. Without numbers it is the heading of a group; a `pooled` one is drawn as a diamond."""

    label: str
    value: float | None = None
    low: float = 0.0
    high: float = 0.0
    n: str = ""
    pooled: bool = False

    @classmethod
    def of(cls, cells: dict, label: str, value: str = "value", n: str = "", pooled: bool = False) -> Estimate:
        """From a row of a table with columns `low` and `high`; `value` names the column of the estimate."""
        return cls(label, cells[value], cells["low"], cells["high"], n, pooled)


def forest(
    page: Page, rows: Sequence[Estimate], rect: Rect, xlim: Point, ticks: Sequence[float], *, favours: tuple[str, str],
    unit: str, ratio: bool = False, decimals: int = 1, labels: float = 40.0, numbers: float = 26.0,
) -> Axes:
    """A forest plot within `rect` (mm on the page), one line for each of `rows` from the top down.

    Use: `forest(page, [Estimate.of(the_row("quoted", source="…"), "Bed rest, 2 days", n="n = 186")], (5, 14, 117, 60),
    (-2, 2), [-2, 0, 2], favours=("less pain in bed", "less pain active"), unit="points of 10")`

    Names stand in the first `labels` mm, numbers in the last `numbers`; a row takes 9 mm or more. With `ratio` the line
    of no difference is at 1 and steps are multiples. `favours` says what left and right of the line mean. An interval
    that clears the line is in colour, one that crosses it grey; one that leaves the chart ends in a point. Leave 12 mm
    free above `rect` for the directions; ticks and unit stand in its lowest 10 mm.
    """
    left, bottom, width, height = rect
    place, depth = (log if ratio else float), height - 10
    words = {place(tick): f"{tick:g}".translate(MINUS) for tick in ticks}
    plot = (left + labels, bottom + 10, width - labels - numbers, depth)
    axes = page.chart(plot, (place(xlim[0]), place(xlim[1])), (0, depth), grid="x", xticks=words)
    zero_line(axes, vertical=True)
    page.note(page.ink, unit, (plot[0] + plot[2] / 2, bottom + 2.2), align="center", colour=QUIET, size=SMALL)
    _directions(page, axes, favours, depth)
    for i, row in enumerate(rows):
        y = depth * (1 - (i + 0.5) / len(rows))
        if row.pooled and i:
            top = bottom + 10 + y + depth / len(rows) / 2
            stroke(page.ink, [(left, top), (left + width, top)], RULE, width=0.8)
        _estimate(page, axes, row, y, place, decimals)
        _in_figures(page, row, (left, bottom + 10 + y), left + width - numbers + 3, 1.0 if ratio else 0.0, decimals)
    return axes


def _directions(page: Page, axes: Axes, favours: tuple[str, str], top: float) -> None:
    """What the line and its two sides mean, above a forest plot."""
    x, y = page.place(axes, (0, top))
    page.note(page.ink, f"← {favours[0]}", (x - 1.6, y + 3.2), align="right", colour=QUIET, size=SMALL)
    page.note(page.ink, f"{favours[1]} →", (x + 1.6, y + 3.2), colour=QUIET, size=SMALL)
    page.note(page.ink, "no difference", (x, y + 7.8), align="center", size=SMALL, bold=True)


def _estimate(page: Page, axes: Axes, row: Estimate, y: float, place: Callable[[float], float], decimals: int) -> None:
    """The marks of one row, on an axis where 0 is no difference."""
    if row.value is None:
        return
    value, low, high = map(place, (row.value, row.low, row.high))
    colour = ACCENT if low > 0 or high < 0 else QUIET
    if row.pooled:
        corners = [(low, y), (value, y + 1.9), (high, y), (value, y - 1.9)]
        shape(axes, corners, colour, PAPER, corners=range(4))
        return
    start, end = axes.get_xlim()
    interval(axes, low, high, y, colour)
    for edge, marker, beyond in ((start, "<", low < start), (end, ">", high > end)):
        if beyond:
            dot(axes, edge, y, colour, marker, 6)
    if start <= value <= end:
        dot(axes, value, y, colour, "s", 7)


def _in_figures(page: Page, row: Estimate, at: Point, right: float, null: float, decimals: int) -> None:
    """The name of a row and how many were in it on the left, its numbers on the right."""
    x, y = at
    heading, lines = row.value is None, 1 + row.label.count("\n")
    down = 1.95 if row.n else -1.2 if heading else 0.0
    page.note(page.ink, row.label, (x, y + down), bold=heading or row.pooled)
    if row.n:
        page.note(page.ink, row.n, (x, y + down - 1.95 * (lines + 1)), colour=QUIET, size=SMALL)
    if heading:
        return
    colour = ACCENT if row.low > null or row.high < null else QUIET
    page.note(page.ink, number(row.value, decimals), (right, y + 1.95), colour=colour, bold=True)
    words = f"{number(row.low, decimals)} to {number(row.high, decimals)}"
    page.note(page.ink, words, (right, y - 1.95), colour=QUIET, size=SMALL)


# --- Facet arthritis by age ------------------------------------------------------------------------------------------


def _ages(key: str) -> list[tuple[str, float]]:
    return [(row["age"], row["percent"]) for row in table("facet-arthritis-by-age").where(source=key)]


def _short(age: str) -> str:
    """ "40-49" as "40s", "under 40" as "<40", "70 and over" as "70+"."""
    if age.startswith("under "):
        return "<" + age.removeprefix("under ")
    return age.removesuffix(" and over") + "+" if age.endswith("and over") else age[:2] + "s"


def _in_words(key: str) -> str:
    return ", ".join(f"{age} {percent:.0f}" for age, percent in _ages(key))


SCANNED = int(the_row("facet-arthritis-by-age", source="kalichman2008", age="under 40")["people"])


@plate(
    "facet-arthritis-by-age",
    title="Facet arthritis by age, with two yardsticks",
    alt=f"Two bar charts of how many of 100 people have facet arthritis. CT scans of {SCANNED} people: "
    f"{_in_words('kalichman2008')} (most likely few were over 70); no link with back pain at any level. Bones of people "
    f"who had died: {_in_words('eubanks2007')}. Two yardsticks, not to be joined.",
    legend="Age changes of the facet joints are common. The two studies looked in different ways, so compare bars "
    "only within a panel.",
    use="Ask what the fall after 70 means before reading the note: do joints heal, or were few people that old?",
    size=(127, 98),
    claims=("C16",),
)
def facet_arthritis_by_age(page: Page) -> None:
    title(page, "Of 100 people, how many have facet arthritis?")
    scanned, remark = f"CT scans, {SCANNED} people", "No link with back pain\nat any level of the spine"
    _age_panel(page, 5, "kalichman2008", scanned, remark, BLUE)
    _age_panel(page, 66.5, "eubanks2007", "Skeletons", "Nobody knows which of\nthem had pain", OCHRE)
    source(page, "Kalichman 2008; Eubanks 2007")


def _age_panel(page: Page, left: float, key: str, heading: str, remark: str, colour: str) -> None:
    page.panel((left - 1.5, 9, 58.5, 75))
    page.heading(heading, (left + 1.5, 77.5), colour=colour, size=10)
    page.note(page.ink, remark, (left + 1.5, 74.5), valign="top", colour=INK, size=SMALL)
    axes = page.chart((left + 1.5, 20, 52.5, 44), (0, 5), (0, 105), grid="")
    zero_line(axes)
    for i, (age, percent) in enumerate(_ages(key)):
        few = age.startswith("70")
        column = Path.unit_rectangle().transformed(Affine2D().scale(0.74, percent).translate(i + 0.13, 0))
        shape(axes, column, WASH if few else colour, colour, dash=(2, 1.5) if few else None)
        page.note(axes, f"{percent:.0f}", (i + 0.5, percent + 1.5), align="center", valign="bottom", bold=True)
        page.note(axes, _short(age), (i + 0.5, -5.5), align="center", colour=QUIET)
        if few:
            page.note(axes, "few?", (i + 0.5, percent / 2), align="center", colour=QUIET, size=SMALL)
    page.note(page.ink, "age", (left + 27.7, 13.2), align="center", colour=QUIET, size=SMALL)


# --- Numbing injections ----------------------------------------------------------------------------------------------


CONFIRMED = the_row("facet-blocks", measure="first block confirmed by a second")


@plate(
    "facet-blocks",
    title="When one numbing injection works, is it the facet joint?",
    alt="A picture of 100 people whose back pain eased after one numbing injection at a facet joint. In "
    f"{CONFIRMED['percent']:.0f} a second injection bore it out; in {100 - CONFIRMED['percent']:.0f} it did not. "
    f"The study was small ({CONFIRMED['n']:.0f} people), so the true number may lie anywhere from "
    f"{CONFIRMED['low']:.0f} to {CONFIRMED['high']:.0f}.",
    legend="People in long-lasting pain after an injury, at special clinics. One injection that works is a hint, "
    "not a proof.",
    use="Ask for a guess before showing it: of 100 people helped by one injection, how many are helped again?",
    size=(127, 96),
    claims=("C16",),
)
def facet_blocks(page: Page) -> None:
    count = round(CONFIRMED["percent"])
    title(page, "100 people whose first injection worked")
    words, y = f"{count}: a second one worked too", page.height - 16.5
    page.note(page.ink, words, (6, y), colour=ORANGE, size=HEADING, bold=True)
    words = f"{100 - count}: it did not"
    page.note(page.ink, words, (page.width - 6, y), align="right", colour=QUIET, size=HEADING, bold=True)
    crowd(page, [ORANGE] * count + [PEOPLE_QUIET] * (100 - count), (6, 33, page.width - 12, 43), columns=20)
    _range(page, CONFIRMED)
    source(page, f"Schwarzer 1994, n = {CONFIRMED['n']:.0f}")


def _range(page: Page, row: dict) -> None:
    """The interval on a line of 100 people."""
    page.note(page.ink, f"How sure? The true number may be from {row['low']:.0f} to {row['high']:.0f} of 100.", (6, 27))
    axes = page.chart((8, 16.5, page.width - 16, 6), (0, 100), (-1, 1), grid="", xticks=[0, 25, 50, 75, 100])
    axes.plot([0, 100], [0, 0], color=RULE, linewidth=3, solid_capstyle="round", clip_on=False)
    interval(axes, row["low"], row["high"], 0, ORANGE, 3)
    dot(axes, row["percent"], 0, ORANGE)


# --- Posture, movement and pain --------------------------------------------------------------------------------------


def _laird(measure: str) -> str:
    row = the_row("posture-and-pain", measure=measure)
    return f"{number(row['difference'], 2)} ({number(row['low'], 2)} to {number(row['high'], 2)})"


GROUPS = {"posture": "How they stand", "movement": "How they move", "sense": "How well they sense position"}
PLAINLY = {
    "curve of the lower back": "no difference",
    "tilt of the pelvis in standing": "not clear",
    "speed of movement": "slower",
    "error in finding a position again": "miss by more",
}


@plate(
    "posture-and-pain",
    title="People with back pain beside people without",
    alt="Differences between people with and without back pain, in standard deviations with intervals. Curve of "
    f"the lower back {_laird('curve of the lower back')}: none. Tilt of the pelvis "
    f"{_laird('tilt of the pelvis in standing')}: unclear. Bending forward {_laird('bending forward')}: less. Speed "
    f"{_laird('speed of movement')}: slower. Finding a position again "
    f"{_laird('error in finding a position again')}: bigger misses.",
    legend="Dots are averages of several studies, lines the range in which the truth may lie. The "
    "further from the line, the bigger the gap. A gap does not tell which came first, the pain or the movement.",
    use="Cover the right half; ask whether people with back pain differ more in how they stand or in how they move.",
    size=(127, 122),
    claims=("C14", "C17"),
)
def posture_and_pain(page: Page) -> None:
    title(page, "People with back pain, next to people without")
    axes = page.chart((61, 15, 61, 84), (-1.75, 1.75), (0, 84), grid="x", xticks={-1: "−1", 0: "0", 1: "1"})
    page.note(axes, "← less or slower", (-0.1, 87.5), align="right", colour=QUIET, size=SMALL)
    page.note(axes, "more →", (0.1, 87.5), colour=QUIET, size=SMALL)
    page.note(axes, "the same", (0, 92), align="center", size=SMALL, bold=True)
    zero_line(axes, vertical=True)
    y = 81.0
    for group, heading in GROUPS.items():
        page.note(page.ink, heading, (5, y + 15), bold=True)
        for row in table("posture-and-pain").where(group=group):
            y -= 7.0
            _difference(page, axes, row, y)
        y -= 9.4
    page.note(page.ink, "difference in standard deviations", (122, 8.2), align="right", colour=QUIET, size=SMALL)
    source(page, "Laird 2014, a pooling of earlier studies")


def _difference(page: Page, axes: Axes, row: dict, y: float) -> None:
    clear = row["low"] > 0 or row["high"] < 0
    colour = ORANGE if clear else ACCENT
    page.note(page.ink, row["measure"], (7, y + 15))
    interval(axes, row["low"], row["high"], y, colour)
    dot(axes, row["difference"], y, colour)
    words, less = PLAINLY.get(row["measure"], "less far"), row["difference"] < 0
    at = (0.12 if less else -0.12) if clear else row["high"] + 0.12
    align = "right" if clear and not less else "left"
    page.note(axes, words, (at, y), align=align, colour=colour, size=SMALL, bold=True)


# --- Manipulation ----------------------------------------------------------------------------------------------------

AGAINST_CARE = the_row("manipulation", source="rubinstein2019", outcome="pain at short term")
AGAINST_SHAM = the_row("manipulation", source="ruddock2016")
SHAM_FUNCTION = the_row("manipulation", source="rubinstein2019", outcome="function")


def _with_interval(row: dict, decimals: int) -> str:
    return f"{number(row['effect'], decimals)} ({number(row['low'], decimals)} to {number(row['high'], decimals)})"


@plate(
    "manipulation",
    title="Does manipulation beat other care, or a sham?",
    alt="Two charts with a line for no difference. Against other recommended care, manipulation changed pain by "
    f"{_with_interval(AGAINST_CARE, 0)} points of 100: the range crosses the line. Against a sham, symptoms "
    f"{_with_interval(AGAINST_SHAM, 2)} and function {_with_interval(SHAM_FUNCTION, 2)} standard deviations: a "
    "small gain; in the larger review pain did not differ from sham.",
    legend="Left of the line is better with manipulation. The two charts have different scales, and the trials "
    "differ a lot. The row on function leaves out one trial far from the rest.",
    use="Ask what the chart should look like if the treatment worked by moving bones back.",
    size=(127, 112),
    claims=("C17",),
)
def manipulation(page: Page) -> None:
    title(page, "Manipulation against other recommended care")
    axes = _effects(page, 80, 14, (-20, 20), [-20, -10, 0, 10, 20], "points of 100")
    _effect(page, axes, AGAINST_CARE, 7, f"pain, short term,\n{AGAINST_CARE['trials'].split()[0]} comparisons", 0)
    page.heading("Manipulation against a sham", (5, 62), size=11.5)
    axes = _effects(page, 19, 35, (-1, 1), [-1, -0.5, 0, 0.5, 1], "standard deviations")
    _effect(page, axes, AGAINST_SHAM, 29, f"symptoms,\n{AGAINST_SHAM['trials']}", 2)
    _effect(page, axes, SHAM_FUNCTION, 17.5, "function,\nlarger review", 2)
    page.note(page.ink, "pain,\nlarger review", (5, 25))
    page.note(page.ink, "no difference\nat any time", (97, 25), colour=ACCENT, bold=True, size=SMALL)
    source(page, "Rubinstein 2019; Ruddock 2016")


def _effects(page: Page, bottom: float, height: float, xlim: Point, ticks: Sequence[float], unit: str) -> Axes:
    """A chart of differences with the line of no difference, its unit below and its two directions above."""
    words = {tick: number(tick, 0 if tick == int(tick) else 1) for tick in ticks}
    axes = page.chart((34, bottom, 60, height), xlim, (0, height), grid="x", xticks=words)
    zero_line(axes, vertical=True)
    page.note(page.ink, unit, (64, bottom - 7), align="center", colour=QUIET, size=SMALL)
    page.note(page.ink, "← better with it", (62, bottom + height + 2.6), align="right", colour=QUIET, size=SMALL)
    page.note(page.ink, "worse →", (66, bottom + height + 2.6), colour=QUIET, size=SMALL)
    return axes


def _effect(page: Page, axes: Axes, row: dict, y: float, words: str, decimals: int) -> None:
    """One difference with its interval, its name on the left and what it means on the right; `y` in mm of the chart."""
    clear = row["high"] < 0
    colour, height = ORANGE if clear else ACCENT, page.place(axes, (0, y))[1]
    meaning = f"{number(row['effect'], decimals)}\n" + ("a small gain" if clear else "no clear gain")
    page.note(page.ink, words, (5, height))
    interval(axes, row["low"], row["high"], y, colour)
    dot(axes, row["effect"], y, colour)
    page.note(page.ink, meaning, (97, height), colour=colour, bold=True, size=SMALL)
