"""Discs by age in people without pain: do protrusions climb as age changes do?"""

from lumbar.evidence.tables import table
from lumbar.explore.crowds import around, hundred, veil
from lumbar.explore.registry import explorer, steps
from lumbar.figures.style import BLUE, HEADING, INK, ORANGE, PURPLE, QUIET, SMALL, Page, Rect, source

YOUNGEST = 20
FINDINGS = {
    "age changes in a disc": ("show age changes in a disc", BLUE),
    "bulging disc": ("have a bulging disc", PURPLE),
    "protruding disc": ("have a protruding disc", ORANGE),
}
"""What the table calls each finding, the words beside its crowd, and its colour, from the top."""


def counted(finding: str, age: float) -> int:
    """How many of 100 people of that age without pain have the finding."""
    (row,) = table("imaging-without-pain").where(finding=finding, age=float(age))
    return round(row["percent"])


def per_hundred(age: float) -> int:
    """How many people have a protruding disc for each 100 with age changes."""
    return round(100 * _share(age))


def expected(age: float) -> int:
    """How many would have a protruding disc if it went along with age changes as it does at 20."""
    return round(counted("age changes in a disc", age) * _share(YOUNGEST))


def _share(age: float) -> float:
    return counted("protruding disc", age) / counted("age changes in a disc", age)


def say_ages(age: float) -> str:
    """What the setting shows, in plain words."""
    changed, bulging, protruding = (counted(finding, age) for finding in FINDINGS)
    said = (
        f"Of 100 people aged {age:g} without pain, {changed} show age changes in a disc, {bulging} have a bulging disc and "
        f"{protruding} a protruding one. "
    )
    if age == YOUNGEST:
        return said + f"That is {per_hundred(age)} with a protrusion for each 100 with age changes. Keep that in mind."
    return said + (
        "Bulges climb along with age changes. "
        f"If protrusions went along with age changes as at {YOUNGEST}, {expected(age)} would have one. "
        f"For each 100 with age changes there are {per_hundred(age)} with a protrusion; at {YOUNGEST} there were "
        f"{per_hundred(YOUNGEST)}."
    )


def rect(place: int) -> Rect:
    """Where each crowd stands, from the top."""
    return 5.0, 77.0 - 33.0 * place, 66.0, 25.0


def ages_ground(page: Page) -> None:
    """The three crowds and their names."""
    page.heading("Of 100 people without back pain …", (5, 107), size=11.5)
    for place, (words, colour) in enumerate(FINDINGS.values()):
        hundred(page, rect(place), colour)
        page.note(page.ink, words, (76, rect(place)[1] + 9), colour=colour, bold=True)
    source(page, "Brinjikji 2015, 33 studies")


@explorer(
    "discs-by-age",
    title="Do discs herniate because they have broken down?",
    alt="Three crowds of a hundred people without back pain: how many show age changes in a disc, how many have a "
    "bulging disc, how many a protruding one. From age 20 to 80 the first crowd fills almost up, the third hardly "
    "grows. A frame marks how many protrusions there would be if they went along with age changes as at 20.",
    sliders=(steps("age", "Age", 20, 80, 10, " years", start=20, play=True),),
    presets={"At 20": {"age": 20}, "At 50": {"age": 50}, "At 80": {"age": 80}},
    say=say_ages,
    leaves_out="that these are different people at each age, not the same ones growing old; people with pain, in "
    "whom protrusions are commoner; that protrusions can shrink again; loads. The numbers are a model’s estimates, "
    "and those from 60 on were read in a second-hand copy of the table.",
    claims=("C19",),
    ground=ages_ground,
    size=(127, 116),
)
def discs_by_age(page: Page, age: float) -> None:
    for place, (finding, (_, colour)) in enumerate(FINDINGS.items()):
        people = counted(finding, age)
        veil(page, rect(place), people)
        page.note(page.ink, f"{people}", (76, rect(place)[1] + 18), colour=colour, bold=True, size=22)
    left = rect(2)
    around(page, left, 0, expected(age), line=INK, width=1.6)
    words = f"frame: {expected(age)}, if they went\nalong as they do at {YOUNGEST}"
    page.note(page.ink, words, (76, left[1] + 1.5), size=SMALL)
    page.note(page.ink, f"aged {age:g}", (122, 108.5), align="right", bold=True, size=HEADING, colour=QUIET)
