"""How small a small gain is: of a hundred pairs, one in bed and one active, how often the active one is better off."""

from matplotlib.path import Path

from lumbar.evidence.tables import table
from lumbar.explore.crowds import hundred, veil
from lumbar.explore.registry import explorer, stops
from lumbar.explore.shapes import rectangle
from lumbar.figures.style import INK, ORANGE, PAPER, QUIET, RULE, SMALL, Page, shape, source, stroke
from lumbar.models.guess import right_guesses

ASKED = tuple((row["stage"], row["outcome"]) for row in table("bed-rest-trials").rows)
ENDS = {"low": "the end that is worst for it", "effect": "the best guess", "high": "the end that is best for it"}
PEOPLE = (5, 45, 117, 45)  # mm on the page
LEFT, WIDTH = 8.0, 1.11  # mm: where the line of 100 pairs begins, and how long a pair is


def pairs_ahead(asked: float, end: str) -> int:
    """In how many of 100 pairs the active one is better off."""
    stage, outcome = ASKED[int(asked)]
    (row,) = table("bed-rest-trials").where(stage=stage, outcome=outcome)
    return round(100 * float(right_guesses(row[end])))


def say_pairs(asked: float, end: float) -> str:
    """What the setting shows, in plain words."""
    stage, outcome = ASKED[int(asked)]
    low, guess, high = (pairs_ahead(asked, each) for each in ENDS)
    ahead = pairs_ahead(asked, tuple(ENDS)[int(end)])
    better = "hurts less" if outcome == "less pain" else "gets through the day more easily"
    shown = f"{stage.capitalize()}: in {ahead} of 100 pairs the one who stays active {better}."
    shown += " With no difference it is 50."
    if end != 1:
        return f"{shown} The best guess is {guess}."
    clear = "All of it is on the side of staying active." if low > 50 else "That range takes in 50."
    return f"{shown} The range goes from {low} to {high}. {clear}"


def pairs_ground(page: Page) -> None:
    """The hundred pairs, the line where there is no difference, and the scale of the range."""
    hundred(page, PEOPLE, ORANGE)
    middle = LEFT + 50 * WIDTH
    shape(page.ink, rectangle(LEFT, 23.5, 100 * WIDTH, 1.4), RULE)
    stroke(page.ink, [(middle, 17), (middle, 31)], INK, width=1.0)
    page.note(page.ink, "no difference: 50", (middle, 13.5), align="center", size=SMALL)
    for count in (0, 100):
        page.note(page.ink, f"{count}", (LEFT + count * WIDTH, 18.5), align="center", colour=QUIET, size=SMALL)
    page.note(page.ink, "the range of the trials", (LEFT, 35), colour=QUIET, size=SMALL)
    source(page, "Worked out from Dahm 2010")


@explorer(
    "hundred-pairs",
    title="A hundred pairs: one in bed, one active",
    alt="A hundred little people, one for each pair of somebody told to stay in bed and somebody told to stay "
    "active. Those that are lit stand for pairs in which the active one is better off. Below, a line from 0 to 100 "
    "with the range of the trials and a mark for no difference at 50.",
    sliders=(
        stops("asked", "Whose pain, and what counts", {i: ": ".join(pair) for i, pair in enumerate(ASKED)}, 0),
        stops("end", "Where in the range", dict(enumerate(ENDS.values())), 1),
    ),
    presets={
        "New back pain": {"asked": 0, "end": 1}, "Sciatica": {"asked": 2, "end": 1},
        "New, at its best": {"asked": 0, "end": 2}, "New, at its worst": {"asked": 0, "end": 0},
    },
    say=say_pairs,
    leaves_out="that people need not be spread like bell curves of the same width, which the sum takes for granted; "
    "when in these weeks they were asked; that all of them knew what they had been told. It compares pairs of "
    "strangers. It can’t say how you would have done in the other group.",
    claims=("C04", "C05"),
    ground=pairs_ground,
    size=(127, 108),
)  # fmt: skip
def hundred_pairs(page: Page, asked: float, end: float) -> None:
    ahead = pairs_ahead(asked, tuple(ENDS)[int(end)])
    low, _, high = (LEFT + WIDTH * pairs_ahead(asked, each) for each in ENDS)
    veil(page, PEOPLE, ahead)
    page.note(page.ink, f"{ahead}", (5, 97.5), size=22, colour=ORANGE, bold=True)
    page.note(page.ink, "of 100 pairs: the active one\nis better off", (21, 98), colour=ORANGE, bold=True)
    page.note(page.ink, f"{100 - ahead}: the one in bed is", (122, 98), align="right", colour=QUIET, bold=True)
    shape(page.ink, rectangle(low, 23, high - low, 2.4), ORANGE)
    mark = Path.circle((LEFT + WIDTH * ahead, 24.2), 1.9)
    shape(page.ink, mark, ORANGE, PAPER, width=1.0)
