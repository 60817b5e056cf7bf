"""Charts of resting: what people avoid in bed, two sets of disc pressures, and a trial of mattresses."""

from __future__ import annotations

from lumbar.evidence.tables import table
from lumbar.figures.charts import Estimate, bar, dot, forest, interval, the_row, title
from lumbar.figures.style import BLUE, INK, OCHRE, QUIET, SMALL, Page, plate, source, zero_line

# --- What people avoid in bed ----------------------------------------------------------------------------------------


def _avoided() -> list[dict]:
    return table("avoided-positions").rows


@plate(
    "avoided-in-bed",
    title="Positions that hurt in bed",
    alt="Four bars: of 100 people with long-lasting back pain, how many avoid a position in bed because it hurts. "
    + ", ".join(f"{row['position']} {row['percent']:.0f}" for row in _avoided()) + ".",
    legend=f"{_avoided()[0]['people']:.0f} people at a special clinic said so themselves. It tells what they keep away from, not "
    "what would help them.",
    use="Ask the class to guess the order first, then each for themselves: which one do you avoid?",
    size=(127, 74),
    claims=("C09", "C10"),
)
def avoided_in_bed(page: Page) -> None:
    title(page, "Of 100 people in pain, how many avoid lying …")
    axes = page.chart((40, 13, 78, 46), (0, 50), (0, 4), grid="")
    zero_line(axes, vertical=True)
    for i, row in enumerate(_avoided()):
        y, colour = 3.5 - i, BLUE if "side" in row["position"] else QUIET
        bar(axes, 0, row["percent"], y, 0.6, colour)
        page.note(page.ink, row["position"], (38, page.place(axes, (0, y))[1]), align="right")
        page.note(axes, f"{row['percent']:.0f}", (row["percent"] + 1, y), colour=colour, bold=True)
    source(page, f"Ylinen 2024, n = {_avoided()[0]['people']:.0f}")


# --- Two sets of disc pressures --------------------------------------------------------------------------------------

STANDING = the_row("disc-pressure", activity="standing at ease")["high"]
BOTH = {  # the posture, what the one-man table calls it, what the older series calls it
    "lying on the side": ("lying on the side", "lying on the side"),
    "leaning back": ("slouched in a chair", "reclining"),
    "sitting up": ("sitting without a backrest", "sitting without a backrest"),
    "bending forward": ("standing bent forward", "standing and leaning forward"),
}


def _one_man(activity: str) -> float:
    return 100 * the_row("disc-pressure", activity=activity)["high"] / STANDING


def _many(posture: str) -> dict:
    return the_row("disc-pressure-contrast", posture=posture)


def _older(posture: str) -> str:
    row = _many(posture)
    return f"{row['low']:.0f}" if row["low"] == row["high"] else f"{row['low']:.0f} to {row['high']:.0f}"


@plate(
    "two-sets-of-pressures",
    title="Two sets of disc pressures that disagree",
    alt="Pressure in a disc with standing as 100, from two sources. "
    + "; ".join(f"{posture}: one man {_one_man(new):.0f}, older series {_older(old)}" for posture, (new, old) in BOTH.items())
    + ". On lying on the side they are three times apart; on sitting up they point in opposite directions.",
    legend="Standing is set to 100. Dots: one man of 45. Diamonds: an older series of more than a hundred people, partly known "
    "only from teaching pages. Leaning back was slouching in a chair for the man, reclining for the series. Nobody measured pain.",
    use="Ask: if these two disagree threefold about lying on the side, what may a poster say about it?",
    size=(127, 92),
    claims=("C09", "C10"),
)
def two_sets_of_pressures(page: Page) -> None:
    title(page, "Pressure in a disc (standing = 100)")
    axes = page.chart((40, 19, 78, 50), (0, 240), (0, 4), grid="x", xticks=(0, 50, 100, 150, 200))
    zero_line(axes, 100, vertical=True)
    for i, (posture, (new, old)) in enumerate(BOTH.items()):
        y, row = 3.5 - i, _many(old)
        page.note(page.ink, posture, (38, page.place(axes, (0, y))[1]), align="right")
        if row["low"] < row["high"]:
            interval(axes, row["low"], row["high"], y - 0.16, OCHRE, 3)
        else:
            dot(axes, row["high"], y - 0.16, OCHRE, marker="D", size=7)
        dot(axes, _one_man(new), y + 0.16, BLUE, size=8)
    page.note(axes, "standing", (100, 4.22), align="center", colour=INK, size=SMALL)
    page.note(page.ink, "● one man", (6, 9), colour=BLUE, bold=True, size=SMALL)
    page.note(page.ink, "◆ older series", (28, 9), colour=OCHRE, bold=True, size=SMALL)
    source(page, "Wilke 1999; Nachemson 1981")


# --- Mattresses ------------------------------------------------------------------------------------------------------


def _outcomes() -> list[dict]:
    return table("mattress").rows


@plate(
    "mattress-trial",
    title="A medium-firm mattress against a firm one",
    alt="A forest plot of the odds of getting better on a medium-firm mattress compared with a firm one: "
    + "; ".join(f"{row['outcome']} {row['odds']:.2f} ({row['low']:.2f} to {row['high']:.2f})" for row in _outcomes())
    + ". All point to the medium-firm one; the range for getting up crosses the line.",
    legend="Right of the line is better on the medium-firm mattress. Odds are not people: two or more times the odds can be a "
    "small step in people out of 100. Nobody in this trial lay on a floor.",
    use="Ask what this trial can tell about the floor, and what it cannot.",
    size=(127, 76),
    claims=("C10",),
)
def mattress_trial(page: Page) -> None:
    title(page, "Who got better over 90 days?")
    rows = [Estimate.of(row, row["outcome"], "odds") for row in _outcomes()]
    forest(
        page, rows, (5, 9, 117, 44), (0.5, 6), (0.5, 1, 2, 4), favours=("better on firm", "better on medium"), ratio=True,
        decimals=2, unit="odds of getting better", labels=38,
    )
    source(page, f"Kovacs 2003, n = {_outcomes()[0]['people']:.0f}")
