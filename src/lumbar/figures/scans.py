"""Charts of discs and nerve roots: height in a day, heredity, scans by age, shrinking, surgery and waiting, fusion.

Every number comes from a table of the evidence or from the model of height over a day.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from lumbar.evidence.tables import table
from lumbar.figures.charts import Estimate, bar, dot, forest, number, the_row, title
from lumbar.figures.style import (
    ACCENT, BLUE, GREEN, INK, OCHRE, ORANGE, PAPER, PURPLE, QUIET, RULE, SMALL, WASH, Page, plate, source,
    zero_line,
)
from lumbar.models.creep import DAY_LOSS, FIRST_HOUR, HALF_NIGHT, LYING, UP, below_tallest


def quoted(key: str, what: str, unit: str) -> float:
    """A number that prose may quote."""
    return the_row("quoted", source=key, what=what, unit=unit)["value"]


# --- Height in a day -------------------------------------------------------------------------------------------------

PAIN = {  # with back pain or without: mm lost in a day, share of it in the first hour
    words: (
        quoted("healey2011", f"height lost in a day {how} back pain", "mm"),
        quoted("healey2011", f"share of that lost in the first hour {how} back pain", "%") / 100,
    )
    for words, how in (("with back pain", "with"), ("without", "without"))
}
MEASURED = ((0, 0.0), (1, FIRST_HOUR * DAY_LOSS), (UP, DAY_LOSS), (UP + LYING / 2, (1 - HALF_NIGHT) * DAY_LOSS))


@plate(
    "height-in-a-day",
    title="How much shorter you get in a day",
    alt=f"A curve of height over a day. Eight young adults lost {DAY_LOSS:.1f} mm, {100 * FIRST_HOUR:.0f} % of it in "
    f"the first hour up, and had {100 * HALF_NIGHT:.0f} % of it back after half the night. Below, bars from another "
    f"study: eight people with back pain lost {PAIN['with back pain'][0]:.1f} mm in a day, eight without "
    f"{PAIN['without'][0]:.1f} mm. The first hour took more of it in those without pain.",
    legend="Whole bodies were measured, so this is all discs together, the curve of the back and the heel pads too. "
    "The line is our model, drawn through what was measured.",
    use="Ask when in the day most height goes. Then ask what people with back pain should look like if tension kept "
    "discs from filling.",
    size=(127, 124),
    claims=("C18",),
)
def height_in_a_day(page: Page) -> None:
    title(page, "Shorter by day, taller by night")
    _through_the_day(page)
    page.heading("With back pain and without", (5, 42.5))
    axes = page.chart((38, 15, 76, 23), (0, 20), (0, 23), grid="x", xticks=[0, 5, 10, 15, 20])
    page.note(page.ink, "mm lost in a day", (114, 8.2), align="right", colour=QUIET, size=SMALL)
    for i, (words, (lost, first)) in enumerate(PAIN.items()):
        y = 17.5 - i * 12
        page.note(page.ink, words, (5, y + 15), bold=True)
        bar(axes, 0, lost, y, 7.5, BLUE)
        bar(axes, 0, first * lost, y, 7.5, ORANGE)
        page.note(axes, "first hour", (0.35, y), colour=PAPER, bold=True, size=SMALL)
        page.note(axes, f"{lost:.1f}", (lost + 0.4, y), bold=True)
    source(page, "Tyrrell 1985, n = 8; Healey 2011, n = 8 and 8")


def _through_the_day(page: Page) -> None:
    """The model's curve below the tallest, with what was measured as dots."""
    ticks = {0: "get up", 4: "4 h", 8: "8 h", 12: "12 h", 16: "lie down", 24: "24 h"}
    axes = page.chart((13, 60, 107, 46), (0, 24), (-23, 1.5), xticks=ticks, yticks={0: "0", -10: "−10", -20: "−20"})
    axes.axvspan(UP, UP + LYING, color=WASH, zorder=0)
    page.note(page.ink, "mm, from your height on getting up", (13, 109), colour=QUIET, size=SMALL)
    hours = np.linspace(0, UP + LYING, 40)
    start = float(below_tallest(0))
    axes.plot(hours, start - below_tallest(hours), color=ACCENT, linewidth=2.0)
    for hour, lost in MEASURED:
        dot(axes, hour, -lost, ORANGE)
    page.note(axes, f"first hour:\n{100 * FIRST_HOUR:.0f} % of the loss", (1.8, -5.2), colour=ORANGE, bold=True)
    page.note(axes, f"evening: {DAY_LOSS:.1f} mm shorter", (15.4, -15.6), align="right", colour=ORANGE, bold=True)
    words = f"half the night:\n{100 * HALF_NIGHT:.0f} % back"
    page.note(axes, words, (23.7, -13.2), align="right", colour=ORANGE, bold=True)


# --- What ages discs -------------------------------------------------------------------------------------------------

REGIONS = {"upper discs": "upper discs\nof the lower back", "lower discs": "lowest two\ndiscs"}
PARTS = {"load and age": ORANGE, "family": ACCENT, "nothing measured": RULE}
PARTED = {"load and age": "load\nand age", "family": "family", "nothing measured": "nothing\nmeasured"}
GENES = the_row("quoted", source="sambrook1999", what="share of differences between discs that goes with genes")
SMOKING = quoted("battie1991", "changes in the discs of the twin who smoked against the one who did not", "%")
WORK = the_row(
    "quoted", source="macedo2019",
    what="odds of age changes in discs with heavy work against light, four studies pooled",
)
OTHERS = (  # what, what was found, how sure
    ("heavy work", f"odds {WORK['low']:.1f} to {WORK['high']:.1f} times", "four studies pooled"),
    ("smoking", f"{SMOKING:.0f} % more changes", "the twin who smoked"),
    ("body weight", "studies disagree", "more in men, not in women"),
    ("everyday tension", "not measured", "nobody knows"),
)


def _share(region: str, part: str) -> float:
    return the_row("twin-discs", region=region, part=part)["percent"]


def _shares(region: str) -> str:
    return ", ".join(f"{part} {_share(region, part):.0f}" for part in PARTS)


@plate(
    "what-ages-discs",
    title="Why one person’s discs look older than another’s",
    alt="Bars of where the differences between identical twins’ discs come from, in percent. Upper discs of the "
    f"lower back: {_shares('upper discs')}. Lower discs: {_shares('lower discs')}. In another twin study genes went "
    f"with {GENES['value']:.0f} % ({GENES['low']:.0f} to {GENES['high']:.0f}). Below: heavy work, a modest link; "
    "smoking, a small one; body weight, studies disagree; everyday tension, not measured.",
    legend="Shares of the differences between people, not of a disc, and not of pain. “Family” is genes and a "
    "shared childhood. A small share does not show that load does nothing.",
    use="Let people first share out 100 points among work, age, family, smoking and chance.",
    size=(127, 133),
    claims=("C18",),
)
def what_ages_discs(page: Page) -> None:
    title(page, "Why do people’s discs differ?")
    page.note(page.ink, "Shares of the differences between twins, %", (5, page.height - 16), colour=QUIET, size=SMALL)
    axes = page.chart((37, 73, 85, 38), (0, 100), (0, 38), grid="")
    for i, (region, words) in enumerate(REGIONS.items()):
        _stacked(page, axes, region, words, 28 - i * 18, named=i == 0)
    reach = f"range {GENES['low']:.0f} to {GENES['high']:.0f}"
    page.note(page.ink, f"Another twin study: {GENES['value']:.0f} % goes with genes ({reach}).", (5, 67.5))
    page.heading("And what else?", (5, 56.5))
    for i, (what, found, sure) in enumerate(OTHERS):
        y = 48.5 - i * 10.2
        page.panel((3.5, y - 4.6, page.width - 7, 9.2))
        page.note(page.ink, what, (6, y), bold=True)
        page.note(page.ink, found, (39, y), colour=ACCENT if i < 2 else QUIET, bold=True)
        page.note(page.ink, sure, (page.width - 6, y), align="right", colour=QUIET, size=SMALL)
    source(page, "Battié 2009, 1991; Sambrook 1999; Macedo 2019; Takatalo 2013")


def _stacked(page: Page, axes: Axes, region: str, words: str, y: float, named: bool) -> None:
    """One bar of 100 %, cut into its parts."""
    page.note(page.ink, words, (5, y + 73))
    left = 0.0
    for part, colour in PARTS.items():
        share = _share(region, part)
        bar(axes, left, left + share, y, 9.5, colour, PAPER)
        middle, pale = left + share / 2, colour == RULE
        page.note(axes, f"{share:.0f}", (middle, y), align="center", colour=INK if pale else PAPER, bold=True)
        if named:
            tone, at = QUIET if pale else colour, (middle, y + 5.6)
            page.note(axes, PARTED[part], at, align="center", valign="bottom", colour=tone, size=SMALL, bold=True)
        left += share


# --- Scans by age ----------------------------------------------------------------------------------------------------

WORDS = {  # what the table calls a finding: its name here, its colour
    "dark disc": ("dark: less water", BLUE),
    "low disc": ("low, “narrow”", PURPLE),
    "bulging disc": ("bulge", ORANGE),
    "age changes in a disc": ("any age change", GREEN),
    "protruding disc": ("protrusion", ACCENT),
    "split in the outer ring": ("split, “fissure”", OCHRE),
}


def _by_age(finding: str) -> dict[int, int]:
    return {int(row["age"]): int(row["percent"]) for row in table("imaging-without-pain").where(finding=finding)}


def _climb(finding: str) -> str:
    values = _by_age(finding)
    return f"{WORDS[finding][0]} {values[20]} to {values[80]}"


@plate(
    "imaging-by-age",
    title="Six words on a report, in people without back pain",
    alt="Six small charts of how many of 100 people without back pain have a finding, from age 20 to 80. Steep: "
    + "; ".join(_climb(finding) for finding in list(WORDS)[:4])
    + ". Nearly flat: " + "; ".join(_climb(finding) for finding in list(WORDS)[4:]) + ".",
    legend="Estimates from a model fitted to 33 studies; at some ages few people were scanned. Four words climb with "
    "age. Protrusions and splits hardly do, so they are not simply the next stage.",
    use="Everyone finds their own age and reads off six numbers. Which would have worried you on a report?",
    size=(127, 126),
    claims=("C18", "C19"),
)
def imaging_by_age(page: Page) -> None:
    title(page, "Of 100 people without back pain …")
    for i, finding in enumerate(WORDS):
        _small_line(page, finding, 3.5 + 40.6 * (i % 3), 62.5 - 52.5 * (i // 3))
    source(page, "Brinjikji 2015, 3,110 people in 33 studies")


def _small_line(page: Page, finding: str, left: float, bottom: float) -> None:
    (name, colour), values = WORDS[finding], _by_age(finding)
    page.panel((left, bottom, 39, 50.5))
    page.note(page.ink, name, (left + 2, bottom + 46.3), colour=colour, bold=True)
    axes = page.chart(
        (left + 5, bottom + 8, 29.5, 32), (20, 80), (0, 100), grid="", xticks=[20, 50, 80],
    )
    zero_line(axes)
    axes.axhline(50, color=RULE, linewidth=0.6)
    axes.plot(list(values), list(values.values()), color=colour, linewidth=2.0, clip_on=False)
    for age in (20, 50, 80):
        dot(axes, age, values[age], colour, size=6)
        above = values[age] < 88
        align = {20: "left", 80: "right"}.get(age, "center")
        spot = (age + {20: -2, 80: 3}.get(age, -1 if above else 4), values[age] + (6 if above else -7))
        side = "bottom" if above else "top"
        page.note(axes, str(values[age]), spot, align=align, valign=side, colour=colour, bold=True)


# --- Shrinking -------------------------------------------------------------------------------------------------------

KINDS = {
    "loose piece": "loose piece\n(sequestration)", "extrusion": "extrusion", "protrusion": "protrusion",
    "bulge": "bulge",
}
PUBLIC = {"smaller": GREEN, "unchanged": RULE, "larger": ORANGE, "up and down": WASH}


def _shrank(kind: str, key: str) -> float:
    return the_row("disc-shrinking", kind=kind, outcome="smaller", source=key)["percent"]


def _public(outcome: str) -> float:
    return the_row("disc-shrinking", who="the public", outcome=outcome)["percent"]


@plate(
    "shrinking-by-type",
    title="Which disc changes shrink by themselves",
    alt="Two dots for each kind, percent of patients’ discs that shrank without an operation in two pooled reviews. "
    + "; ".join(f"{kind} {_shrank(kind, 'chiu2015'):.0f} and {_shrank(kind, 'zou2023'):.0f}" for kind in KINDS)
    + f". Below, a sample of the public over eight years: {_public('unchanged'):.0f} % unchanged, "
    f"{_public('smaller'):g} % smaller, {_public('larger'):g} % larger, {_public('up and down'):.0f} % up and down.",
    legend="Above: patients, often with fresh herniations, who were scanned again. The two reviews share many studies. "
    "Below: people of the public, mostly with old and quiet ones.",
    use="Ask first: which of the four would you least like to have? Then show which shrinks most.",
    size=(127, 126),
    claims=("C21",),
)
def shrinking_by_type(page: Page) -> None:
    title(page, "Of 100 discs, how many shrank by themselves?")
    page.note(page.ink, "patients who were not operated on", (5, page.height - 16), colour=QUIET, size=SMALL)
    axes = page.chart((36, 61, 84, 44), (0, 100), (0, 44), grid="x", xticks=[0, 25, 50, 75, 100])
    zero_line(axes, vertical=True)
    for i, (kind, words) in enumerate(KINDS.items()):
        _two_reviews(page, axes, kind, words, 38 - i * 10.8, named=i == 0)
    page.heading("In the public, over eight years", (5, 46.5))
    _in_the_public(page)
    source(page, "Chiu 2015; Zou 2023; Kjaer 2016, 140 herniations")


def _two_reviews(page: Page, axes: Axes, kind: str, words: str, y: float, named: bool) -> None:
    older, newer = _shrank(kind, "chiu2015"), _shrank(kind, "zou2023")
    page.note(page.ink, words, (5, y + 61))
    axes.plot([older, newer], [y, y], color=RULE, linewidth=3)
    dot(axes, newer, y, ORANGE, "D", 7)
    dot(axes, older, y, ACCENT)
    low, high = sorted((round(older), round(newer)))
    words = f"{low} to {high}" if high > low else f"{low}"
    page.note(axes, words, (min(older, newer) - 3, y), align="right", bold=True)
    if named:
        page.note(axes, "2023", (newer + 1.5, y + 4.2), align="right", colour=ORANGE, size=SMALL, bold=True)
        page.note(axes, "2015", (older - 1.5, y + 4.2), colour=ACCENT, size=SMALL, bold=True)


def _in_the_public(page: Page) -> None:
    """One bar of what became of herniations in people who were not patients."""
    axes = page.chart((5, 25, 117, 12), (0, 100), (0, 12), grid="")
    left = 0.0
    for outcome, colour in PUBLIC.items():
        share, tone = _public(outcome), INK if colour in (RULE, WASH) else PAPER
        bar(axes, left, left + share, 6, 11, colour, RULE)
        page.note(axes, f"{share:g}", (left + share / 2, 6), align="center", colour=tone, bold=True)
        words, middle = outcome.replace("up and down", "up and\ndown"), left + share / 2
        page.note(axes, words, (middle, -1.6), align="center", valign="top", size=SMALL)
        left += share
    page.note(page.ink, "percent of the herniations that were followed", (5, 41), colour=QUIET, size=SMALL)


# --- Surgery or waiting ----------------------------------------------------------------------------------------------

GROUPS = {"early operation": ORANGE, "waiting": ACCENT}


def _trial(group: str, measure: str, weeks: float | None = None) -> dict:
    rows = table("sciatica-surgery").where(group=group, measure=measure)
    (row,) = [row for row in rows if weeks in (None, row["weeks"])]
    return row


def _half(group: str) -> float:
    return _trial(group, "half had recovered")["weeks"]


RECOVERED = _trial("waiting", "recovered at some point")["value"]
LEG = {
    words: _trial(group, "leg pain")["value"] for words, group in (("operation", "operation"), ("without", "waiting"))
}
GAP = the_row("quoted", source="bailey2020", what="difference in leg pain after six months")


@plate(
    "surgery-or-waiting",
    title="An early operation or waiting, for sciatica",
    alt="A chart of people who said they had recovered. After 6 to 12 weeks of sciatica, half had recovered "
    f"{_half('early operation'):.0f} weeks after being put down for an early operation and {_half('waiting'):.0f} "
    f"weeks when put down for waiting. Within a year {RECOVERED:.0f} of 100 had, in both. Below: after 4 to 12 months "
    f"of sciatica, leg pain at six months {LEG['operation']:.1f} with an operation, {LEG['without']:.1f} without.",
    legend="Only the dots were measured; the broken lines lead the eye. “Recovered” is at some point within the "
    "year. The second trial was done in one hospital.",
    use="Cover the right half. Ask who will be better off after a year.",
    size=(127, 134),
    claims=("C21",),
)
def surgery_or_waiting(page: Page) -> None:
    title(page, "Sciatica for 6 to 12 weeks: operate or wait?")
    axes = page.chart(
        (13, 66, 94, 46), (0, 52), (0, 105), x="weeks", y="of 100 people, how many had recovered",
        xticks=[0, 12, 26, 39, 52], yticks=[0, 50, 100],
    )
    zero_line(axes)
    for group, colour in GROUPS.items():
        _recovering(page, axes, group, colour)
    page.note(axes, f"{RECOVERED:.0f}\nin both", (54, RECOVERED - 3), bold=True)
    words = f"Of 100 who waited, {_trial('waiting', 'operated', 52)['value']:.0f} were operated within the year."
    page.note(page.ink, words, (5, 55.5), colour=QUIET, size=SMALL)
    page.heading("Sciatica for 4 to 12 months", (5, 44.5), size=11.5)
    words = f"{GAP['value']:.1f} of 10 less with an operation, range {GAP['low']:.1f} to {GAP['high']:.1f}"
    page.note(page.ink, words, (5, 38.5), colour=QUIET, size=SMALL)
    _leg_pain(page)
    source(page, "Peul 2007, n = 283; Bailey 2020, n = 128")


def _recovering(page: Page, axes: Axes, group: str, colour: str) -> None:
    weeks = _half(group)
    axes.plot([0, weeks, 52], [0, 50, RECOVERED], color=colour, linewidth=1.2, linestyle=(0, (3, 2)))
    dot(axes, weeks, 50, colour)
    dot(axes, 52, RECOVERED, colour if group == "waiting" else ORANGE)
    early = group == "early operation"
    words = f"{group}:\nhalf after {weeks:.0f} weeks"
    page.note(axes, words, (5.4, 84) if early else (weeks + 2, 37), colour=colour, bold=True)


def _leg_pain(page: Page) -> None:
    """Leg pain six months on, in those who had hurt for longer."""
    axes = page.chart((34, 16, 86, 18), (0, 10), (0, 18), grid="x", xticks=[0, 2, 4, 6, 8, 10])
    zero_line(axes, vertical=True)
    page.note(page.ink, "leg pain six months later, 0 to 10", (120, 9.2), align="right", colour=QUIET, size=SMALL)
    for i, (group, pain) in enumerate(LEG.items()):
        y, colour = 13.6 - i * 9.2, (ORANGE, ACCENT)[i]
        page.note(page.ink, group, (5, y + 16), colour=colour, bold=True)
        bar(axes, 0, pain, y, 6.2, colour)
        page.note(axes, f"{pain:.1f}", (pain + 0.2, y), bold=True)


# --- Fusion ----------------------------------------------------------------------------------------------------------

TRIALS = table("fusion-trials").rows


def _lasted(row: dict) -> str:
    years = row["years"]
    return f"{row['trial']},\n{years:.0f} year{'s' if years > 1 else ''}"


def _in_words(row: dict) -> str:
    figures = f"{number(row['effect'], 1)} ({number(row['low'], 1)} to {number(row['high'], 1)})"
    return f"{row['trial']} at {row['years']:.0f} years {figures}".replace(" at 1 years", " at 1 year")


@plate(
    "fusion-trials",
    title="Surgical fusion compared with a programme of exercise",
    alt="Differences in disability, points of 100, fusion against exercise programmes; below 0 is better with fusion. "
    + "; ".join(map(_in_words, TRIALS)) + ". Only one is clear of the line, and it is small.",
    legend="The lower two follow the people of both Norwegian trials. In time, some of each group changed sides or "
    "were operated again; on which side of the line their dots lie is our reading. Surgical fusion is not "
    "the same as a back that fuses by itself.",
    use="Ask what this chart should look like if a fused disc were the end of the pain.",
    size=(127, 118),
    claims=("C22",),
)
def fusion_trials(page: Page) -> None:
    title(page, "Fusion against a programme of exercise")
    rows = [Estimate.of(row, _lasted(row), "effect", n=f"n = {row['people']:.0f}") for row in TRIALS]
    forest(
        page, rows, (5, 8, 117, 84), (-22, 22), [-20, -10, 0, 10, 20], favours=("fusion better", "exercise better"),
        unit="disability, points of 100",
    )
    source(page, "Brox 2003, 2006, 2010; Fairbank 2005; Froholdt 2012")
