"""What you expect of a fused disc, beside what was found when surgeons fused painful levels."""

from lumbar.evidence.tables import table
from lumbar.explore.registry import explorer, stops
from lumbar.explore.shapes import polygon, rectangle
from lumbar.figures.style import ACCENT, INK, ORANGE, QUIET, RULE, SMALL, Page, shape, source, stroke

TRIALS = table("fusion-trials").rows
EXPECTED = {0: "no gain", 5: "5 points of 100", 10: "10 points of 100", 20: "20 points of 100", 30: "30 points of 100"}


def after(row: dict) -> str:
    """When the people of a trial were asked."""
    return "1 year" if row["years"] == 1 else f"{row['years']:g} years"


def ends(row: dict) -> str:
    """How far the gain may lie to either side, in words."""
    worse, better = (abs(row[end]) for end in ("high", "low"))
    if row["high"] < 0:
        return f"from next to none to {better:.0f} better" if worse < 0.5 else f"{worse:.0f} to {better:.0f} better"
    return f"from {better:.0f} better to {worse:.0f} worse"


def say_fusion(trial: float, expected: float) -> str:
    """What the setting shows, in plain words."""
    row = TRIALS[int(trial)]
    gain = round(-row["effect"])
    points = "1 point" if abs(gain) == 1 else f"{abs(gain)} points"
    found = f"{points} {'better' if gain > 0 else 'worse'}" if gain else "no better"
    return (
        f"{row['trial']}, {row['people']:g} people, {after(row)} after: daily life with the operation was "
        f"{found} than with exercise and talks (the truth may lie {ends(row)}). {_compared(row, expected)} "
        "It is an operation, not a disc that fuses by itself."
    )


def _compared(row: dict, expected: float) -> str:
    if not expected:
        return "You expected no gain" + (", and that fits." if row["high"] >= 0 else ". A small one was found.")
    within = row["low"] <= -expected <= row["high"]
    return f"You expected {expected:g} points. " + ("That still fits." if within else "That does not fit.")


MIDDLE, POINT, TOP, PITCH = 84.0, 1.75, 70.0, 11.5  # mm: no difference, a point of 100, the first row, row to row


def at(points: float) -> float:
    """Where a difference stands, in mm; better with the operation is to the left."""
    return MIDDLE + POINT * points


def fusion_ground(page: Page) -> None:
    """All trials in pale, the line of no difference, and what the two sides mean."""
    page.heading("Fusing a painful level, or exercise and talks", (5, 91), size=11.5)
    page.note(page.ink, "← better with the operation", (at(0) - 2, 83), align="right", colour=QUIET, size=SMALL)
    page.note(page.ink, "worse →", (at(0) + 2, 83), colour=QUIET, size=SMALL)
    bottom = TOP - PITCH * (len(TRIALS) - 1) - 5
    stroke(page.ink, [(at(0), bottom), (at(0), TOP + 7)], INK, width=1.2)
    for points in (-30, -20, -10, 10):
        stroke(page.ink, [(at(points), bottom), (at(points), TOP + 7)], RULE, width=0.6)
    for points in (-30, -20, -10, 0, 10):
        page.note(page.ink, f"{abs(points)}", (at(points), bottom - 3), align="center", colour=QUIET, size=SMALL)
    page.note(page.ink, "points of 100", (at(-30), bottom - 7), colour=QUIET, size=SMALL)
    for place, row in enumerate(TRIALS):
        draw_range(page, row, TOP - PITCH * place, RULE)
    source(page, "Fairbank 2005; Brox; Froholdt 2012")


@explorer(
    "fusing-on-purpose",
    title="Is a fused disc the end of the pain?",
    alt="Five comparisons of an operation that fuses a painful level with a programme of exercise and talks, from "
    "one to nine years after. Each is a dot with its range on a line of points of 100, better with the operation to "
    "the left. A dashed orange line marks the gain that you expect. Only one range is clear of no difference, and "
    "that gain is small.",
    sliders=(
        stops("trial", "When they were asked", {i: f"{after(row)}: {row['trial']}" for i, row in enumerate(TRIALS)}, 2),
        stops("expected", "If a fused disc ends the pain, I expect", EXPECTED, 20),
    ),
    presets={
        "After two years": {"trial": 2, "expected": 20},
        "After nine years": {"trial": 4, "expected": 20},
        "I expect a little": {"trial": 2, "expected": 5},
        "I expect nothing": {"trial": 4, "expected": 0},
    },
    say=say_fusion,
    leaves_out="that surgical fusion is not a disc that fuses by itself, which nobody has followed; that many "
    "changed sides or were operated again; leg pain, broken or slipped vertebrae and infections, where fusing has "
    "other reasons. Nobody was compared with a sham operation. On "
    "which side of the line the last two dots lie is our reading.",
    claims=("C22",),
    ground=fusion_ground,
    size=(127, 100),
)
def fusing_on_purpose(page: Page, trial: float, expected: float) -> None:
    row, y = TRIALS[int(trial)], TOP - PITCH * trial
    bottom = TOP - PITCH * (len(TRIALS) - 1) - 5
    stroke(page.ink, [(at(-expected), bottom), (at(-expected), TOP + 6)], ORANGE, width=2.0, dash=(3, 2.5))
    page.note(page.ink, "you expect", (at(-expected), TOP + 8.2), align="center", colour=ORANGE, bold=True, size=SMALL)
    draw_range(page, row, y, ACCENT)
    for place, other in enumerate(TRIALS):
        lit = place == trial
        words = f"{other['trial'].partition(', ')[0]}\n{after(other)}"
        page.note(page.ink, words, (5, TOP - PITCH * place), colour=INK if lit else QUIET, size=SMALL, bold=lit)


def draw_range(page: Page, row: dict, y: float, colour: str) -> None:
    """One comparison: a diamond on a bar from the lowest to the highest that fits."""
    shape(page.ink, rectangle(at(row["low"]), y - 0.8, POINT * (row["high"] - row["low"]), 1.6), colour)
    x = at(row["effect"])
    shape(page.ink, polygon([(x - 2, y), (x, y + 2), (x + 2, y), (x, y - 2)]), colour)
