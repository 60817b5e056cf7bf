"""Charts of prevention: exercise, strength and episodes."""

from __future__ import annotations

from lumbar.evidence.tables import table
from lumbar.figures.charts import Estimate, bar, dot, forest, interval, number, the_row, title
from lumbar.figures.people import PEOPLE_QUIET, crowd
from lumbar.figures.style import ACCENT, GREEN, INK, ORANGE, PAPER, QUIET, SMALL, Page, plate, source, zero_line

# --- Does exercise prevent? ------------------------------------------------------------------------------------------

REVIEWS = {"steffens2016": "Steffens 2016", "shiri2018": "Shiri 2018", "pocovi2024": "Pocovi 2024"}


def _programmes() -> list[dict]:
    return table("prevention").rows


def _in_words(row: dict) -> str:
    return f"{row['programme']} {row['ratio']:.2f} ({row['low']:.2f} to {row['high']:.2f})"


@plate(
    "prevention-trials",
    title="Programmes against a new bout of back pain",
    alt="A forest plot of the chance of back pain with a programme, as a share of the chance without: "
    + "; ".join(_in_words(row) for row in _programmes())
    + ". All lie left of 1: fewer bouts.",
    legend="At 1 a programme changes nothing. At 0.5 it halves the chance. Each square is one review or trial, each line the "
    "range in which the truth may lie. The last row is a rate over time.",
    use="Ask which lines come near to 1, and what a new trial would have to show to move them there.",
    size=(127, 116),
    claims=("C02", "C03"),
)
def prevention_trials(page: Page) -> None:
    title(page, "Does exercise prevent back pain?")
    rows = []
    for key, name in REVIEWS.items():
        mine = [row for row in _programmes() if row["source"] == key]
        rows += [Estimate(name), *(Estimate.of(row, row["programme"], "ratio") for row in mine)]
    forest(
        page, rows, (5, 9, 117, 84), (0.35, 1.4), (0.5, 1), favours=("fewer bouts", "more bouts"), ratio=True,
        decimals=2, unit="chance, compared with doing nothing", labels=42, numbers=24,
    )


# --- Relative and absolute -------------------------------------------------------------------------------------------

ANYWAY = round(the_row("quoted", what="people with a bad relapse within a year")["value"])
LEFT = round(the_row("quoted", what="bad relapses within a year with exercise, worked out")["value"])
SPARED = ANYWAY - LEFT
PERCENT_LESS = round(100 * (1 - the_row("prevention", source="shiri2018", programme="exercise alone")["ratio"]))


@plate(
    "relapse-in-100",
    title="One result, told in two ways",
    alt=f"A crowd of 100 people who have just got over back pain. {100 - ANYWAY} will have no bad relapse within a year in any "
    f"case. {LEFT} will have one even with exercise. {SPARED} are spared one if all exercise. A headline could say "
    f"{PERCENT_LESS} % less, or {SPARED} fewer in 100. Both are true.",
    legend=f"{ANYWAY} in 100 had a bad relapse within a year in one study. The share that exercise prevents comes from "
    "another. Put together they make an example, not a promise.",
    use="Cover the crowd and read out only the first headline. Ask how many of 100 people it is about.",
    size=(127, 104),
    claims=("C03",),
)
def relapse_in_100(page: Page) -> None:
    title(page, "100 people who have just got over back pain")
    colours = [PEOPLE_QUIET] * (100 - ANYWAY) + [ORANGE] * LEFT + [GREEN] * SPARED
    crowd(page, colours, (6, 46, page.width - 12, 43), columns=20)
    for y, count, words, colour in (
        (39, 100 - ANYWAY, "no bad relapse in a year, with or without exercise", QUIET),
        (32.5, LEFT, "a bad relapse even if they exercise", ORANGE),
        (26, SPARED, "spared a bad relapse by exercise", GREEN),
    ):
        page.note(page.ink, f"{count}", (15, y), align="right", colour=colour, bold=True, size=10.5)
        page.note(page.ink, words, (17.5, y), colour=colour)
    page.note(page.ink, f"“{PERCENT_LESS} % less!”  or  “{SPARED} fewer in 100”", (63.5, 15), align="center", bold=True, size=10.5)
    source(page, "da Silva 2019; Shiri 2018")


# --- Walking ---------------------------------------------------------------------------------------------------------

WALKERS = the_row("quoted", what="median time to a bad relapse, walking")
OTHERS = the_row("quoted", what="median time to a bad relapse, not walking")
PEOPLE = round(the_row("quoted", what="people in the walking trial")["value"])


def _days(row: dict) -> str:
    return f"{row['value']:.0f} days ({row['low']:.0f} to {row['high']:.0f})"


@plate(
    "walking-trial",
    title="Walking after back pain: days until half had a bad relapse",
    alt=f"Two bars. Half of the people who built up their walking had a bad relapse within {_days(WALKERS)}, half of those who "
    f"did not within {_days(OTHERS)}.",
    legend=f"{PEOPLE} people who had just recovered. The walkers had six sessions of guidance and teaching and built up to "
    "half an hour on five days a week. All knew which group they were in.",
    use="Ask what else the walkers got that the others did not.",
    size=(127, 66),
    claims=("C03",),
)
def walking_trial(page: Page) -> None:
    title(page, "Days until half had a bad relapse")
    axes = page.chart((34, 17, 84, 32), (0, 320), (0, 2), grid="x", xticks=(0, 100, 200, 300))
    zero_line(axes, vertical=True)
    for y, row, words, colour in ((1.45, WALKERS, "walked more", GREEN), (0.55, OTHERS, "did not", QUIET)):
        bar(axes, 0, row["value"], y, 0.5, colour)
        interval(axes, row["low"], row["high"], y, INK)
        page.note(page.ink, words, (32, page.place(axes, (0, y))[1]), align="right", colour=colour, bold=True)
        page.note(axes, f"{row['value']:.0f}", (6, y), colour=PAPER, bold=True)
    page.note(page.ink, "days", (118, 9.8), align="right", colour=QUIET, size=SMALL)
    source(page, f"Pocovi 2024, n = {PEOPLE}")


# --- Kinds of exercise -----------------------------------------------------------------------------------------------


def _kinds() -> list[dict]:
    return table("exercise-types").rows


@plate(
    "core-or-other",
    title="Kinds of exercise against no treatment",
    alt="A forest plot of pain in long-lasting back pain, in standard deviations, less to the left. "
    + "; ".join(f"{row['kind']} {number(row['effect'], 2)}" for row in _kinds())
    + ". Wide ranges overlap; in the most careful trials any exercise gained far less.",
    legend="Worked out across many trials, each kind compared with no treatment: a ranking, not a race. The last "
    "row is another team’s. It counts eight trials with little room for bias, of any exercise, and the gain is smaller.",
    use="Ask whether any of the first six lines clears all the others. Then uncover the last row.",
    size=(127, 104),
    claims=("C01", "C02"),
)
def core_or_other(page: Page) -> None:
    title(page, "Kinds of exercise in long-lasting pain")
    rows = [
        Estimate.of(row, row["kind"], "effect", pooled=row["source"] == "verville2023") for row in _kinds()
    ]
    forest(
        page, rows, (5, 9, 117, 74), (-2.8, 1), (-2, -1, 0, 1), favours=("less pain", "more pain"), decimals=2,
        unit="standard deviations", labels=34,
    )
    source(page, "Owen 2020; last row Verville 2023")


# --- Strength and relief ---------------------------------------------------------------------------------------------


def _gains() -> list[dict]:
    return table("strength-and-relief").rows


@plate(
    "strength-and-relief",
    title="Did those who gained more also hurt less?",
    alt="Rows of dots, one for each comparison within trials of exercise; a filled dot means that more gain went with less "
    "pain. " + "; ".join(f"{row['gain']}: {row['together']:.0f} of {row['comparisons']:.0f}" for row in _gains()) + ".",
    legend="People in these trials did feel better. But those who grew stronger, held out longer or bent further were mostly not "
    "the ones whose pain eased most.",
    use="Ask before showing it: after three months of training, how would you know what had helped?",
    size=(127, 66),
    claims=("C01", "C02"),
)
def strength_and_relief(page: Page) -> None:
    title(page, "More gain, less pain?")
    for i, row in enumerate(_gains()):
        y = 45 - 13 * i
        page.note(page.ink, row["gain"], (5, y))
        for k in range(int(row["comparisons"])):
            dot(page.ink, 58 + 5 * k, y, ORANGE if k < row["together"] else PEOPLE_QUIET, size=10)
        page.note(page.ink, f"{row['together']:.0f} of {row['comparisons']:.0f}", (122, y), align="right", bold=True, colour=ACCENT)
    page.note(page.ink, "filled: the two went together", (58, 9.5), colour=ORANGE, size=SMALL, bold=True)
    source(page, "Steiger 2012")
