"""Discs: what scans of them show in people who have no pain."""

from __future__ import annotations

from lumbar.evidence.tables import table
from lumbar.figures.people import PEOPLE_QUIET, crowd
from lumbar.figures.style import BLUE, HEADING, ORANGE, QUIET, Page, plate, source, zero_line

NAMES = {"age changes in a disc": "age changes\nin a disc", "bulging disc": "bulging\ndisc"}
FINDINGS = {"age changes in a disc": BLUE, "bulging disc": ORANGE}


def _by_age(finding: str) -> dict[int, int]:
    return {int(row["age"]): int(row["percent"]) for row in table("imaging-without-pain").where(finding=finding)}


CHANGED, BULGING = (_by_age(finding) for finding in FINDINGS)


@plate(
    "discs-without-pain",
    title="What scans show in people without back pain",
    alt=f"Of 100 people aged 50 with no back pain, {CHANGED[50]} have a disc that shows its age. A chart below shows how that "
    f"rises with age, from {CHANGED[20]} of 100 at 20 to {CHANGED[80]} at 80. A bulging disc is found in "
    f"{BULGING[20]} of 100 at 20, {BULGING[50]} at 50 and {BULGING[80]} at 80. None of these people had pain.",
    legend="Estimates from a model fitted to many studies. Such findings are common without pain, and commoner still with it.",
    use="Ask for a guess first: of 100 pain-free people of your own age, how many have such a disc?",
    size=(127, 147),
    claims=("C18", "C19"),
)
def discs_without_pain(page: Page) -> None:
    page.heading("100 people of 50, none with back pain", (5, page.height - 9), size=12)
    words = f"{CHANGED[50]} have a disc that shows its age"
    page.note(page.ink, words, (6, page.height - 16.5), colour=BLUE, size=HEADING, bold=True)
    colours = [BLUE] * CHANGED[50] + [PEOPLE_QUIET] * (100 - CHANGED[50])
    crowd(page, colours, (6, page.height - 61, page.width - 12, 42), columns=20)
    _ages(page)
    source(page, "Brinjikji 2015, 3,110 people in 33 studies")


def _ages(page: Page) -> None:
    """Both findings against age, each line named at its end."""
    axes = page.chart(
        (13, 19, 77, 54), (18, 82), (0, 105), x="age", y="of 100 people without pain", xticks=list(CHANGED),
        yticks=[0, 25, 50, 75, 100],
    )
    zero_line(axes)
    for (finding, colour), values, side in zip(FINDINGS.items(), (CHANGED, BULGING), (1, -1), strict=True):
        points = list(values), list(values.values())
        axes.plot(*points, color=colour, linewidth=1.6, marker="o", markersize=4, clip_on=False)
        page.note(axes, NAMES[finding], (84, values[80] + side * 5), colour=colour, bold=True)
        for age in (20, 50, 80):
            page.note(axes, str(values[age]), (age, values[age] + side * 7), align="center", colour=colour)
    page.note(page.ink, "Some ages had few people.", (13, 9.3), colour=QUIET, size=8.5)
