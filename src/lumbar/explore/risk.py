"""Fewer in a hundred: a relative risk beside what it means for people."""

from lumbar.evidence.references import references
from lumbar.evidence.tables import table
from lumbar.explore.crowds import around, hundred, veil
from lumbar.explore.registry import explorer, stops
from lumbar.figures.style import (
    ACCENT, ACCENT_WASH, GREEN, ORANGE, QUIET, RULE, SMALL, WASH, Page, Rect, source,
)  # fmt: skip
from lumbar.models.risk import fewer, needed, with_it

NO_DIFFERENCE = 1.0
MADE_UP = {0.5: "half the chance (made up)", 0.9: "10 % less (made up)"}
TRIALS = {row["ratio"]: row for row in table("prevention").rows}


def effects() -> dict[float, str]:
    """Every ratio that trials found, two made-up ones to compare with, and none at all, as the slider calls them."""
    found = {ratio: f"{row['programme']}: {less(ratio)} % less ({_short(row)})" for ratio, row in TRIALS.items()}
    same = {NO_DIFFERENCE: "no difference: core against usual exercise (George 2011)"}
    return dict(sorted((found | MADE_UP | same).items()))


def _short(row: dict) -> str:
    return references()[row["source"]].short


def less(ratio: float) -> int:
    """By how many per cent the chance is lower."""
    return round(100 * (1 - ratio))


def chances() -> dict[float, str]:
    """How many of 100 have an episode anyway; two of them were counted in people who had just got over one."""
    counted = {row["what"]: row["value"] for row in table("quoted").where(source="dasilva2019")}
    bad, any_ = counted["people with a bad relapse within a year"], counted["any relapse within a year"]
    named = {bad: f"{bad:g}: a bad relapse within a year", any_: f"{any_:g}: any relapse within a year"}
    return {anyway: named.get(anyway, f"{anyway:g} of 100") for anyway in (5, 10, 20, 30, bad, 50, 60, any_)}


def left_over(anyway: float, ratio: float) -> int:
    """How many of 100 still have an episode."""
    return people(with_it(anyway / 100, ratio, is_rate(ratio)))


def is_rate(ratio: float) -> bool:
    return "hazard" in TRIALS[ratio]["note"] if ratio in TRIALS else False


def people(share: float) -> int:
    return round(100 * float(share))


def reach(anyway: float, ratio: float) -> tuple[int, int] | None:
    """The fewest and the most that are spared by the trial's 95 % interval; None for what no trial found."""
    if ratio not in TRIALS:
        return None
    high, low = (left_over_at(anyway, TRIALS[ratio][end], is_rate(ratio)) for end in ("high", "low"))
    return round(anyway) - high, round(anyway) - low


def left_over_at(anyway: float, ratio: float, rate: bool) -> int:
    return people(with_it(anyway / 100, ratio, rate))


# --- In words --------------------------------------------------------------------------------------------------------


def say_risk(anyway: float, ratio: float) -> str:
    """What the setting shows, in plain words."""
    left = left_over(anyway, ratio)
    start = f"Of 100 people, {anyway:g} would have an episode anyway."
    if ratio == NO_DIFFERENCE:
        return (
            f"{start} Core training made no difference in soldiers when it stood in for the usual back exercises: "
            f"still {left}. No programme here brings that number to none."
        )
    spared = fewer_said(anyway, ratio)
    return (
        f"{start} With the programme it is {left}: {spared} fewer in 100{_range_said(anyway, ratio)}. "
        f"{people_needed(anyway, ratio)} people take part for one to be spared. "
        f"A headline could say “{less(ratio)} % less” or “{spared} fewer in 100”. Both are true."
        f"{_rate_said(ratio)}"
    )


def fewer_said(anyway: float, ratio: float) -> str:
    """How many fewer in 100, with a decimal where they are few."""
    spared = 100 * float(fewer(anyway / 100, ratio, is_rate(ratio)))
    return f"{spared:.1f}" if 0 < spared < 3 else f"{round(anyway) - left_over(anyway, ratio)}"


def _rate_said(ratio: float) -> str:
    return " The percentage is for any one moment; over the year it comes to a little less." if is_rate(ratio) else ""


def _range_said(anyway: float, ratio: float) -> str:
    ends = reach(anyway, ratio)
    return f" (it could be {ends[0]} to {ends[1]})" if ends else ""


def people_needed(anyway: float, ratio: float) -> str:
    return f"{float(needed(anyway / 100, ratio, is_rate(ratio))):.0f}"


# --- The picture -----------------------------------------------------------------------------------------------------

CROWD: Rect = (5.0, 12.0, 117.0, 44.0)


def risk_ground(page: Page) -> None:
    """The hundred, and the two cards for the headlines."""
    page.heading("One result, two headlines", (5, 104), size=11.5)
    page.panel((5, 77, 56.5, 23), WASH, RULE)
    page.panel((65.5, 77, 56.5, 23), ACCENT_WASH, RULE)
    page.note(page.ink, "relative", (58.5, 97), align="right", colour=QUIET, size=SMALL)
    page.note(page.ink, "in people", (119, 97), align="right", colour=QUIET, size=SMALL)
    hundred(page, CROWD, ORANGE)
    source(page, "Anyway: da Silva 2019")


@explorer(
    "fewer-in-100",
    title="How many fewer in 100?",
    alt="Two headline cards, one with a percentage, one with people fewer in 100, above a crowd of a hundred. Orange "
    "people still have an episode with the programme; people in the green frame are spared one; pale people would "
    "have had none in any case.",
    sliders=(
        stops("anyway", "Have an episode anyway", chances(), 40),
        stops("ratio", "The programme", effects(), 0.67),
    ),
    presets={
        "Exercise, bad relapses": {"anyway": 40, "ratio": 0.67},
        "Exercise and teaching": {"anyway": 40, "ratio": 0.55},
        "Walking": {"anyway": 40, "ratio": 0.72},
        "Same headline, rare episode": {"anyway": 5, "ratio": 0.67},
        "Core against other exercise": {"anyway": 40, "ratio": 1.0},
    },
    say=say_risk,
    leaves_out="that the trials counted different things, from any back pain to a bad relapse; that gains fade when "
    "people stop; effort and harms. It takes the percentage to be the same for everybody, often or seldom in pain. "
    "Nobody can say which of the hundred you would be.",
    claims=("C01", "C02", "C03"),
    ground=risk_ground,
    size=(127, 113),
)
def fewer_in_100(page: Page, anyway: float, ratio: float) -> None:
    left, sick = left_over(anyway, ratio), round(anyway)
    spared = sick - left
    veil(page, CROWD, left)
    around(page, CROWD, left, sick, line=GREEN, width=2.4)
    page.note(page.ink, f"“{less(ratio)} % less”" if spared else "“no difference”", (8, 89.5), bold=True, size=14)
    kind = "rate" if is_rate(ratio) else "chance"
    words = f"{kind} {ratio:g} times as large" if spared else "against the usual exercises"
    page.note(page.ink, words, (8, 81.5), size=SMALL)
    page.note(page.ink, f"{fewer_said(anyway, ratio)} fewer in 100", (68.5, 89.5), bold=True, colour=ACCENT, size=14)
    page.note(page.ink, _needed_words(anyway, ratio), (68.5, 81.5), size=SMALL)
    for x, words, colour in (
        (5, f"{left} still have one", ORANGE),
        (47, f"{spared} are spared", GREEN),
        (82, f"{100 - sick} would have none", QUIET),
    ):
        page.note(page.ink, words, (x, 67), colour=colour, bold=True)
    ends = reach(anyway, ratio)
    page.note(page.ink, f"({ends[0]} to {ends[1]})" if ends else " ", (47, 61.5), colour=GREEN, size=SMALL)


def _needed_words(anyway: float, ratio: float) -> str:
    return "nobody is spared" if ratio == NO_DIFFERENCE else f"{people_needed(anyway, ratio)} take part to spare one"
