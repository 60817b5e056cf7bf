"""Charts of how pain goes over time, and of trials of rest and of positions.

Every number comes from a table of the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.evidence.tables import table
from lumbar.figures.charts import Estimate, bar, dot, forest, interval, number, the_row, title
from lumbar.figures.people import PEOPLE_QUIET, crowd
from lumbar.figures.style import (
    BLUE, BONE, BONE_LINE, GREEN, INK, ORANGE, PAPER, QUIET, RULE, SMALL, WARM, WARM_LINE, Page, plate, shape, source,
)  # fmt: skip

# --- How pain goes by itself -----------------------------------------------------------------------------------------

REVIEWS = {"wallwork2024": "2024", "costa2012": "2012"}


def _people(name: str, key: str) -> str:
    return f"{table(name).where(source=key)[0]['people']:,.0f}"


def _course(stage: str, key: str) -> list[tuple[float, float]]:
    return [(row["week"], row["pain"]) for row in table("pain-over-time").where(stage=stage, source=key)]


def _told(stage: str, key: str) -> str:
    return ", ".join(f"{pain:.0f}" for _, pain in _course(stage, key))


@plate(
    "recovery-courses",
    title="How back pain goes over a year, on average",
    alt="Two line charts of mean pain, 0 to 100, at the start and after 6, 26 and 52 weeks. New pain: "
    f"{_told('new', 'wallwork2024')} in a review of 2024, {_told('new', 'costa2012')} in one of 2012. Long-lasting "
    f"pain: {_told('long-lasting', 'wallwork2024')} and {_told('long-lasting', 'costa2012')}. New pain more than "
    "halves in six weeks in both; the reviews differ about the end of the year.",
    legend="Averages of many people, whatever care they had; hardly anyone follows the average. The reviews sorted "
    "people and set the clock in different ways, so compare shapes rather than points. The right panel of 2024 is quite "
    "unsure.",
    use="Mark the six weeks. Which treatment would not look good in the left panel?",
    size=(127, 92),
)
def recovery_courses(page: Page) -> None:
    title(page, "Mean pain over a year, from 0 to 100")
    _course_panel(page, 3, "new", "New pain", ORANGE, {"wallwork2024": 4.4, "costa2012": -5.4})
    _course_panel(page, 65, "long-lasting", "Long-lasting pain", BLUE, {"wallwork2024": 4.4, "costa2012": -7.4})
    newer, older = (_people("pain-over-time", key) for key in REVIEWS)
    source(page, f"Wallwork 2024, {newer} people; Menezes Costa 2012, {older} people")


def _course_panel(page: Page, left: float, stage: str, heading: str, colour: str, above: dict[str, float]) -> None:
    page.panel((left, 8, 59, 71))
    page.heading(heading, (left + 3, 72), colour=colour)
    axes = page.chart(
        (left + 9, 19, 37, 47), (0, 52), (0, 66), xticks=(0, 6, 26, 52), yticks=(0, 20, 40, 60), x="weeks"
    )
    for key, year in REVIEWS.items():
        weeks, pains = zip(*_course(stage, key), strict=True)
        newer = key == "wallwork2024"
        axes.plot(weeks, pains, color=colour, linewidth=2.2 if newer else 1.4, linestyle="-" if newer else (0, (3, 2)))
        for week, pain in zip(weeks, pains, strict=True):
            dot(axes, week, pain, colour, "o" if newer else "s", 6)
        page.note(axes, f"{pains[-1]:.0f}", (54.5, pains[-1]), colour=colour, bold=True)
        page.note(axes, year, (39, (pains[2] + pains[3]) / 2 + above[key]), align="center", colour=colour)
        at, side = (7 + newer, pains[1] + above[key]), "left" if newer else "right"
        page.note(axes, f"{pains[1]:.0f}", at, align=side, colour=colour)


# --- The same gain in both -------------------------------------------------------------------------------------------

PAIRS = (  # comparison in the table, heading, what is counted, where the scale ends, decimals
    ("followed", "Tested in a trial, or only followed", "less pain after six weeks (standard deviations)", 2.0, 1),
    ("pill", "A pill, or a pill with nothing in it", "days until half of the people had recovered", 25, 0),
    ("operation", "An operation, or exercise and talks", "less disability after two years (points of 100)", 20, 1),
)


def _pair(comparison: str) -> str:
    decimals = {pair[0]: pair[4] for pair in PAIRS}[comparison]
    rows = table("same-gain").where(comparison=comparison)
    return ", ".join(f"{row['group']} {number(row['value'], decimals)}" for row in rows)


@plate(
    "same-gain-in-both",
    title="With the treatment, and without it",
    alt=f"Three pairs of bars. Drop in pain after six weeks in standard deviations: {_pair('followed')}. Days until "
    f"half had recovered from new back pain: {_pair('pill')}. Drop in disability after two years in points of 100: "
    f"{_pair('operation')}. Much of the gain is there in both of each pair.",
    legend="In each pair the people with the treatment got better, and so did the others. Lines are ranges in which "
    "the truth may lie. In the first pair those who were followed may have had some care as well. In the second pair a "
    "shorter bar is better.",
    use="Cover the lower bar of each pair. What would you think of the treatment? Then uncover it.",
    size=(127, 121),
)
def same_gain_in_both(page: Page) -> None:
    title(page, "With the treatment, and without it")
    for i, (comparison, heading, unit, end, decimals) in enumerate(PAIRS):
        bottom = 76.5 - 34.5 * i
        page.panel((3, bottom, 121, 32.5))
        page.heading(heading, (6, bottom + 26.5), size=10)
        page.note(page.ink, unit, (46, bottom + 4), colour=QUIET, size=SMALL)
        axes = page.chart((46, bottom + 8.5, 62, 15), (0, end), (0, 15), grid="")
        for row, y, colour in zip(table("same-gain").where(comparison=comparison), (11.2, 3.8), (ORANGE, BLUE)):
            _gain(page, axes, row, y, colour, decimals)
        axes.axvline(0, color=QUIET, linewidth=0.9)
    pill, operation = (_people("same-gain", key) for key in ("williams2014", "fairbank2005"))
    source(page, f"Artus 2014; Williams 2014, {pill} people; Fairbank 2005, {operation} people")


def _gain(page: Page, axes: Axes, row: dict, y: float, colour: str, decimals: int) -> None:
    height = page.place(axes, (0, y))[1]
    page.note(page.ink, row["group"], (44, height), align="right", size=SMALL)
    bar(axes, 0, row["value"], y, 5.2, colour)
    far = row["high"] or row["value"]
    if row["low"]:
        interval(axes, row["low"], row["high"], y, INK, 1.2)
    x = page.place(axes, (far, y))[0]
    page.note(page.ink, number(row["value"], decimals), (x + 2, height), colour=colour, bold=True)


# --- Trials that were printed, and those in the drawer ---------------------------------------------------------------


def _trials(judged: str, printed: str) -> int:
    return round(the_row("printed-or-not", judged=judged, printed=printed)["trials"])


GOOD, POLISHED = _trials("a success", "as a success"), _trials("no clear success", "as a success")
PLAIN, ALL = _trials("no clear success", "as no success"), _trials("all", "in all")
HIDDEN = _trials("a success", "not at all") + _trials("no clear success", "not at all")
SUCCESSES = _trials("a success", "in all")


@plate(
    "trials-in-the-drawer",
    title="The trials you can read, and all that were done",
    alt=f"Two rows of {ALL} sheets, one for each trial of drugs for depression. As the authority judged them, "
    f"{SUCCESSES} were a success and {ALL - SUCCESSES} were not clearly one. In the journals {GOOD} stand as a "
    f"success, {POLISHED} more look like one, {PLAIN} stand as no success, and {HIDDEN} are missing.",
    legend="Trials of twelve drugs for depression, filed with the authority of the United States. For back pain no "
    "such count was found.",
    use="Show the lower half alone and ask how well these drugs work. Then show the upper half.",
    size=(127, 104),
)
def trials_in_the_drawer(page: Page) -> None:
    title(page, f"What became of {ALL} trials")
    page.heading("As the authority judged them", (5, 85))
    _sheets(page, 65, [(SUCCESSES, GREEN, GREEN), (ALL - SUCCESSES, RULE, QUIET)])
    page.note(page.ink, f"{SUCCESSES} a success", (5, 60), colour=GREEN, bold=True)
    page.note(page.ink, f"{ALL - SUCCESSES} no clear success", (122, 60), align="right", colour=QUIET, bold=True)
    page.heading("As you find them in the journals", (5, 47))
    page.note(page.ink, f"{GOOD} a success", (122, 48.2), align="right", colour=GREEN, bold=True)
    _sheets(page, 27, [(GOOD, GREEN, GREEN), (POLISHED, PAPER, GREEN), (PLAIN, RULE, QUIET), (HIDDEN, None, RULE)])
    words = f"{POLISHED} printed so that\nthey look like one"
    page.note(page.ink, words, (5, 25), valign="top", colour=GREEN, bold=True)
    page.note(page.ink, f"{PLAIN} no\nsuccess", (45, 25), align="center", valign="top", colour=QUIET, bold=True)
    page.note(page.ink, f"{HIDDEN} not printed", (86, 25), align="center", valign="top", colour=QUIET)
    source(page, f"Turner 2008, {ALL} trials")


def _sheets(page: Page, bottom: float, kinds: Sequence[tuple[int, str | None, str]]) -> None:
    """Little sheets of paper in two lines, so many of each kind with its fill and its outline; `bottom` in mm."""
    columns, pitch, first = -(-ALL // 2), 117 / -(-ALL // 2), 0
    for count, fill, line in kinds:
        spots = [divmod(i, columns) for i in range(first, first + count)]
        corners = [(5 + pitch * column, bottom + 8.2 * (1 - row)) for row, column in spots]
        sheets = [Path.unit_rectangle().transformed(Affine2D().scale(2.3, 6.4).translate(*at)) for at in corners]
        shape(page.ink, Path.make_compound_path(*sheets), fill, line, width=0.8)
        first += count


# --- Bed rest against staying active ---------------------------------------------------------------------------------


def _advice(stage: str, outcome: str) -> Estimate:
    row = the_row("bed-rest-trials", stage=stage, outcome=outcome)
    return Estimate(outcome, row["effect"], row["low"], row["high"])


def _advice_in_words(stage: str, outcome: str) -> str:
    row = _advice(stage, outcome)
    return f"{outcome} {number(row.value, 2)} ({number(row.low, 2)} to {number(row.high, 2)})"


STAGES = ("new back pain", "sciatica")
OUTCOMES = ("less pain", "easier days")


@plate(
    "bed-rest-trials",
    title="Told to stay active, or to rest in bed: what trials found",
    alt="A forest plot of pooled trials, in standard deviations in favour of staying active. New back pain: "
    + "; ".join(_advice_in_words("new back pain", outcome) for outcome in OUTCOMES)
    + ": a small gain. Sciatica: "
    + "; ".join(_advice_in_words("sciatica", outcome) for outcome in OUTCOMES)
    + ": both ranges cross the line of no difference.",
    legend="Each square is the result of several trials together, each line the range in which the truth may lie. 0.2 "
    "counts as small. People knew which advice they had been given.",
    use="Ask for each line: does it clear the line of no difference, and how far?",
    size=(127, 94),
    claims=("C04", "C05"),
)
def bed_rest_trials(page: Page) -> None:
    title(page, "Rest in bed, or stay active?")
    rows = []
    for stage in STAGES:
        rows += [Estimate(stage.capitalize()), *(_advice(stage, outcome) for outcome in OUTCOMES)]
    forest(
        page, rows, (5, 9, 117, 60), (-0.6, 0.6), (-0.5, 0, 0.5), favours=("rest in bed", "stay active"), decimals=2,
        unit="standard deviations", labels=34,
    )
    source(page, "Dahm 2010")


# --- Sciatica: better in bed or not ----------------------------------------------------------------------------------

ADVICE = {"bed rest": ("In bed", BLUE), "staying active": ("Up and about", ORANGE)}


GROUPS = [the_row("better-of-100", advice=advice, week=2) for advice in ADVICE]
SORTED = round(sum(row["n"] for row in GROUPS))
IN_BED, UP = (f"{row['in_bed']:.0f}" for row in GROUPS)


def _better(advice: str, week: float) -> int:
    return round(the_row("better-of-100", advice=advice, week=week)["percent"])


@plate(
    "better-in-bed-or-not",
    title="Sciatica: how many of 100 people were better, in bed or up and about",
    alt="Two crowds of 100 people with sciatica. After two weeks "
    f"{_better('bed rest', 2)} were better after bed rest and {_better('staying active', 2)} who stayed up and about; "
    f"chance could explain the gap. After twelve weeks {_better('bed rest', 12)} and {_better('staying active', 12)}: "
    "the same.",
    legend=f"{SORTED} people with sciatica, sorted by chance. One group stayed in bed for two weeks, some {IN_BED} "
    f"hours a day, the other went about their day as they could, with some {UP} hours in bed. Bars: the same people later.",
    use="Ask for a guess before you uncover the bars: who is ahead after twelve weeks?",
    size=(127, 92),
    claims=("C04", "C05"),
)
def better_in_bed_or_not(page: Page) -> None:
    title(page, "Sciatica: of 100 people, how many were better?")
    for left, (advice, (words, colour)) in zip((3, 64.5), ADVICE.items(), strict=True):
        soon, later = _better(advice, 2), _better(advice, 12)
        page.panel((left, 8, 59.5, 71))
        page.heading(words, (left + 3, 72), colour=colour, size=11.5)
        page.note(page.ink, f"after two weeks: {soon}", (left + 3, 67), bold=True)
        crowd(page, [colour] * soon + [PEOPLE_QUIET] * (100 - soon), (left + 2, 31, 55.5, 31), columns=17)
        page.note(page.ink, f"after twelve weeks: {later}", (left + 3, 24), bold=True)
        axes = page.chart((left + 3, 15, 53.5, 5), (0, 100), (0, 1), grid="")
        bar(axes, 0, later, 0.5, 1, colour)
        bar(axes, later, 100, 0.5, 1, PEOPLE_QUIET)
    source(page, f"Vroomen 1999, n = {SORTED}")


# --- Bones in bed ----------------------------------------------------------------------------------------------------

LONG = [row for row in table("bone-in-bed").rows if row["weeks"] == 17]


def _lost(row: dict) -> str:
    return f"{row['bone']} {number(-row['change'], 1)}"


@plate(
    "bones-in-bed",
    title="What bones keep, and what they lose, in 17 weeks in bed",
    alt=f"Bars of bone mineral in {LONG[0]['n']:.0f} men after 17 weeks in bed, as a share of what they had before. Lost, "
    "in percent: "
    + ", ".join(_lost(row) for row in LONG)
    + ". Nearly all of it is still there. Mineral was measured, not stiffness.",
    legend="Healthy men who stayed in bed for four months. The heel, which carries you all day, lost most. How much "
    "mineral a bone holds is one thing, and how stiff a back feels is another.",
    use="Ask what “inflexible bones” could mean. Which of it does this chart show?",
    size=(127, 96),
    claims=("C08",),
)
def bones_in_bed(page: Page) -> None:
    title(page, "Bone mineral after 17 weeks in bed")
    axes = page.chart((32, 15, 68, 62), (0, 100), (0, 62), grid="", xticks={0: "0", 50: "50", 100: "100 %"})
    for i, row in enumerate(LONG):
        y, kept = 56.5 - 10.1 * i, 100 + row["change"]
        page.note(page.ink, row["bone"].replace(" (", "\n("), (30, 15 + y), align="right")
        bar(axes, 0, kept, y, 6, BONE, BONE_LINE)
        bar(axes, kept, 100, y, 6, WARM, WARM_LINE)
        page.note(page.ink, f"{number(row['change'], 1)} %", (102.5, 15 + y), colour=WARM_LINE, bold=True)
    page.note(page.ink, "still there", (66, 80), align="center", colour=BONE_LINE, bold=True)
    page.note(page.ink, "lost", (104, 80), align="center", colour=WARM_LINE, bold=True)
    source(page, f"LeBlanc 1990, {LONG[0]['n']:.0f} men")
