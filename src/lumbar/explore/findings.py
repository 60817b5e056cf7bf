"""How much a finding on a scan tells: two rules side by side that disagree about age."""

from dataclasses import dataclass
from functools import cache

from matplotlib.path import Path

from lumbar.evidence.tables import table
from lumbar.explore.crowds import hundred, veil
from lumbar.explore.registry import explorer, steps, stops
from lumbar.figures.charts import dot
from lumbar.figures.style import BLUE, ORANGE, QUIET, RULE, SMALL, Page, shape, source, stroke
from lumbar.models.findings import after_scan, caused_at_most, ratio_at_age, sensitivity

AGES = (20, 30, 40, 50, 60, 70, 80)
COUNTED_TO = 50  # years; the odds ratios are of people up to this age
PALE = 0.45  # veil over those in whom a disc would be the source without any scan
LEFT, RIGHT, CROWD_WIDTH = 5.0, 66.5, 55.5  # mm

FINDINGS = {
    "age changes in a disc": "Age changes in a disc",
    "split in the outer ring": "A split in a disc’s outer ring",
    "marrow change beside a disc": "A marrow change beside a disc",
    "protruding disc": "A protruding disc",
    "extruded disc": "An extruded disc",
}
"""What the tables call each finding, and what the slider calls it, in the order of its stops."""


@dataclass(frozen=True)
class Told:
    """What the two rules say of one finding: people out of 100, at each of `AGES` for A. `test` None: no test study."""

    test: tuple[int, ...] | None
    mix: int
    mix_low: int
    mix_high: int
    odds: float
    later: int | None  # what one later study makes of B


@cache
def told(finding: str, prior: float) -> Told:
    """What both rules make of a finding when a disc was the source in `prior` of 100 before the scan."""
    found, *later = table("findings-with-pain").where(finding=finding)
    at_most = (people(caused_at_most(found[key])) for key in ("odds_ratio", "low", "high"))
    other = people(caused_at_most(later[0]["odds_ratio"])) if later else None
    return Told(_test(finding, prior / 100), *at_most, found["odds_ratio"], other)


def _test(finding: str, prior: float) -> tuple[int, ...] | None:
    tests = table("disc-tests").where(finding=finding)
    if not tests:
        return None
    painfree, sees = painfree_by_age(finding), sensitivity(tests[0]["ratio"], tests[0]["without"])
    ratios = [ratio_at_age(sees, painfree[age] / 100) if painfree else tests[0]["ratio"] for age in AGES]
    return tuple(people(after_scan(prior, ratio)) for ratio in ratios)


@cache
def painfree_by_age(finding: str) -> dict[int, float]:
    """How many of 100 people without pain have the finding, by age; empty where nobody counted."""
    return {int(row["age"]): row["percent"] for row in table("imaging-without-pain").where(finding=finding)}


def people(share: float) -> int:
    return round(100 * float(share))


# --- In words --------------------------------------------------------------------------------------------------------


def say_findings(finding: float, age: float, prior: float) -> str:
    """What the setting shows, in plain words."""
    name = tuple(FINDINGS)[int(finding)]
    both = told(name, prior)
    return " ".join([_setting_said(name, age), _test_said(both, age, prior), _mix_said(both, age)])


def _setting_said(name: str, age: float) -> str:
    painfree = painfree_by_age(name).get(int(age))
    common = f"{painfree:g} of 100 people aged {age:g} have it without pain" if painfree else ""
    start = f"{FINDINGS[name]}, on the scan of someone aged {age:g} with back pain."
    return f"{start} {common or 'How many have it without pain at each age was not counted'}."


def _test_said(both: Told, age: float, prior: float) -> str:
    if both.test is None:
        return "Rule A cannot be used: nobody has checked this finding as a test."
    after = both.test[AGES.index(int(age))]
    gain = f"the scan told you {after - prior:g} more" if after > prior else "the scan told you next to nothing"
    return f"Rule A: a disc is the source in about {after} of 100. It was {prior:g} before, so {gain}."


def _mix_said(both: Told, age: float) -> str:
    said = [f"Rule B: at most about {both.mix} of 100 hurt because of it (range {both.mix_low} to {both.mix_high})."]
    if both.later is not None:
        said.append(f"A later study makes that {both.later}.")
    if age > COUNTED_TO:
        said.append(f"B rests on people up to {COUNTED_TO}, so at this age it is a guess.")
    if both.test and len(set(both.test)) > 1:
        said.append("A asks how many have it without pain at that age. B knows no age.")
    return " ".join(said)


# --- The picture -----------------------------------------------------------------------------------------------------

TEST_CROWD = (LEFT, 60, CROWD_WIDTH, 21)
MIX_CROWD = (RIGHT, 60, CROWD_WIDTH, 21)


def findings_ground(page: Page) -> None:
    """The two crowds, what each rule assumes, and the frame of the chart by age."""
    page.heading("100 people with back pain and this on their scan", (LEFT, 120), size=11.5)
    for left, colour, name in ((LEFT, BLUE, "A. The scan is a test"), (RIGHT, ORANGE, "B. One cause in a mix")):
        page.heading(name, (left, 112), colour=colour)
    words = "Starts from a guess. The more\npain-free people have it, the\nless it tells."
    page.note(page.ink, words, (LEFT, 109), valign="top", size=SMALL)
    words = "Compares people with and\nwithout pain. All of the gap\ncounts as cause."
    page.note(page.ink, words, (RIGHT, 109), valign="top", size=SMALL)
    hundred(page, TEST_CROWD, BLUE)
    hundred(page, MIX_CROWD, ORANGE)
    frame(page)
    known = {row["what"]: row["value"] for row in table("quoted").where(source="kasch2022")}
    asked, years = known["people scanned"], known["time they were followed"]
    words = f"A check on both: of {asked:,.0f} people scanned and asked again\nafter {years:g} years, "
    page.note(page.ink, words + "findings said hardly anything about later pain.", (LEFT, 9.2), size=SMALL)
    source(page, "Brinjikji, Han, Saukkonen, Kasch")


@explorer(
    "what-a-scan-tells",
    title="How much does a finding on a scan tell you?",
    alt="Two crowds of a hundred people who have back pain and a finding on their scan. In the first, lit people are "
    "those in whom a disc is the source by rule A, the scan as a test; in the second, those who hurt because of the "
    "finding by rule B, one cause in a mix. Below, both rules from age 20 to 80: A falls with age, B stays level.",
    sliders=(
        stops("finding", "On the scan", dict(enumerate(FINDINGS.values())), 0),
        steps("age", "Age", 20, 80, 10, " years", start=40),
        steps("prior", "Before the scan, a disc is the source in", 10, 40, 15, " of 100", start=25),
    ),
    presets={
        "Age changes at 20": {"age": 20},
        "Age changes at 50": {"age": 50},
        "Age changes at 80": {"age": 80},
        "Marrow change at 40": {"finding": 2},
        "Extruded disc at 40": {"finding": 4},
    },
    say=say_findings,
    leaves_out="leg pain, the examination, and everything else that is known about you; that rule A was checked "
    "against a weak judge, an injection that presses on the disc; that people who are scanned differ from those who "
    "are not. The guess before the scan is yours, nobody has measured it. Neither rule can speak for one person.",
    claims=("C20", "C21"),
    ground=findings_ground,
    size=(127, 130),
)
def what_a_scan_tells(page: Page, finding: float, age: float, prior: float) -> None:
    both = told(tuple(FINDINGS)[int(finding)], prior)
    at = AGES.index(int(age))
    test_panel(page, both, at, int(prior))
    painfree = painfree_by_age(tuple(FINDINGS)[int(finding)]).get(int(age))
    words = f"{painfree:g} of 100 without pain have it" if painfree else "without pain: not counted by age"
    page.note(page.ink, words, (LEFT, 57), size=SMALL)
    mix_panel(page, both, age)
    curves(page, both, age)


def test_panel(page: Page, both: Told, at: int, prior: int) -> None:
    """Rule A: those before the scan in pale, what the scan adds in full colour."""
    after = both.test[at] if both.test else prior
    veil(page, TEST_CROWD, 0, prior, alpha=PALE)
    veil(page, TEST_CROWD, after)
    page.note(page.ink, str(after) if both.test else "?", (LEFT, 90), size=22, colour=BLUE, bold=True)
    words = "nobody has checked\nit as a test"
    if both.test:
        words = f"{prior} before the scan,\n{after - prior} more with it"
    page.note(page.ink, words, (LEFT + 17, 90), size=SMALL)


def mix_panel(page: Page, both: Told, age: float) -> None:
    """Rule B: at most so many, and the range in which that may lie."""
    veil(page, MIX_CROWD, both.mix)
    page.note(page.ink, str(both.mix), (RIGHT, 90), size=22, colour=ORANGE, bold=True)
    words = f"a later study: at most {both.later}"
    if both.later is None:
        words = f"with pain, {both.odds:.1f} times the odds"
    page.note(page.ink, words, (RIGHT, 57), size=SMALL)
    reach = "not counted past 50" if age > COUNTED_TO else "the same at each age"
    words = f"at most, range {both.mix_low} to {both.mix_high};\n{reach}"
    page.note(page.ink, words, (RIGHT + 15, 90), size=SMALL)


def curves(page: Page, both: Told, age: float) -> None:
    """What both rules say from age to age, and a dot at the age that is set."""
    ages, test = (AGES, both.test) if both.test else (AGES[:1] * len(AGES), (both.mix,) * len(AGES))  # hidden behind B
    for x, y, colour, dash in (
        (ages, test, BLUE, None),
        ((AGES[0], COUNTED_TO), (both.mix,) * 2, ORANGE, None),
        ((COUNTED_TO, AGES[-1]), (both.mix,) * 2, ORANGE, (3, 3)),
    ):
        line = [spot(*point) for point in zip(x, y, strict=True)]
        shape(page.ink, Path(line), None, colour, width=2.2, dash=dash)
    dot(page.ink, *spot(age, test[AGES.index(int(age))]), BLUE)
    dot(page.ink, *spot(age, both.mix), ORANGE)
    page.note(page.ink, "A" if both.test else " ", spot(17.5, test[0]), align="right", colour=BLUE, bold=True)
    page.note(page.ink, "B", spot(82.5, both.mix), colour=ORANGE, bold=True)


def spot(age: float, people: float) -> tuple[float, float]:
    """Where so many people of 100 at that age stand in the chart by age, in mm on the page."""
    return 11 + (age - 13) * 110 / 72, 23 + 0.28 * people


def frame(page: Page) -> None:
    """The lines and words of the chart by age."""
    for people in (0, 50, 100):
        stroke(page.ink, [spot(13, people), spot(85, people)], RULE, width=0.6)
        page.note(page.ink, f"{people}", spot(12.4, people), align="right", colour=QUIET, size=SMALL)
    for age in AGES:
        page.note(page.ink, f"{age}", spot(age, -11), align="center", colour=QUIET, size=SMALL)
    page.note(page.ink, "years old", (LEFT, 19.8), colour=QUIET, size=SMALL)
