"""Treatments for people like you: people out of 100 where they were counted, points of pain where they were not."""

from textwrap import wrap

from lumbar.evidence.references import references
from lumbar.evidence.tables import table
from lumbar.explore.crowds import hundred, veil
from lumbar.explore.registry import explorer, stops
from lumbar.explore.shapes import polygon, rectangle
from lumbar.figures.style import (
    ACCENT, GREEN, HEADING, INK, ORANGE, QUIET, RULE, SMALL, Page, Rect, shape, source, stroke,
)  # fmt: skip

OPTIONS = table("options").rows
WORTH = 15  # points of pain that one large review took as worth having
NO_COUNT = "No count of people: only averages."


def name(row: dict) -> str:
    """What the slider calls an option."""
    return f"{row['who']}: {row['option']}"


# --- In words --------------------------------------------------------------------------------------------------------


def headline(row: dict) -> str:
    """The result in a few words, in the form in which the trials told it."""
    if row["kind"] == "days":
        return f"{row['with_it']:g} days with it, {row['without']:g} without"
    more = round(row["with_it"] - row["without"] if row["kind"] == "people" else -row["effect"])
    if row["kind"] == "people":
        return f"{more} more in 100" if more else "as many with it as without"
    return f"{abs(more)} points {'less' if more > 0 else 'more'}, on average"


def clear(row: dict) -> bool:
    """Whether a difference in points is more than chance may make."""
    return None not in (row["low"], row["high"]) and row["low"] * row["high"] > 0


def reach(row: dict) -> str:
    """How far the true average may lie to either side, in words."""
    if row["low"] is None:
        return "How far off that may be is not known."
    low, high = (f"{abs(end):.{0 if abs(end) >= 1 else 1}f}" for end in (row["low"], row["high"]))
    if clear(row):
        return f"It could be {high} to {low} points less."
    return f"It could be anything from {low} less to {high} more, or nothing at all."


def say_options(place: float) -> str:
    """What the setting shows, in plain words."""
    row = OPTIONS[int(place)]
    start = f"{row['who'].capitalize()}: {row['option']}, compared with {row['against']}."
    studied = f"Studied in {row['people']:,.0f} people: {_remark(row)}."
    return " ".join([start, _found(row), _harm_said(row), studied])


def _found(row: dict) -> str:
    outcome = row["outcome"].capitalize()
    if row["kind"] == "people":
        return f"{outcome}: {row['with_it']:g} of 100 with it, {row['without']:g} without. {_more(row)}"
    if row["kind"] == "days":
        return f"Half had recovered after {headline(row)}. {NO_COUNT}"
    return f"{outcome}: {headline(row)}, of 100. {reach(row)} {NO_COUNT}"


def _more(row: dict) -> str:
    more = round(row["with_it"] - row["without"])
    return f"So {more} more in 100 do well with it." if more else "As many do well either way by then."


def _harm_said(row: dict) -> str:
    if row["harm_with"] is None:
        return "Harms were not counted in what we use."
    return f"Harm: {row['harm']}, {row['harm_with']:g} of 100 with it, {row['harm_without']:g} without."


def _remark(row: dict) -> str:
    return row["note"].replace("; a summary of the paper; scale of 10", "")


# --- The picture -----------------------------------------------------------------------------------------------------

WITH: Rect = (5.0, 77.5, 55.5, 21.0)
WITHOUT: Rect = (66.5, 77.5, 55.5, 21.0)
MIDDLE, POINT, LINE = 78.0, 1.75, 57.5  # mm: where no difference stands on the line of points, a point, its height


def options_ground(page: Page) -> None:
    """Two crowds, the line of points, and the names of the parts."""
    hundred(page, WITH, GREEN)
    hundred(page, WITHOUT, GREEN)
    page.note(page.ink, "Average, in points of 100", (5, 67.5), bold=True)
    page.note(page.ink, "worth having, said one review", (place(-WORTH), 63), align="center", size=SMALL, colour=QUIET)
    stroke(page.ink, [(place(-40), LINE), (place(20), LINE)], RULE, width=3)
    for points, words in ((-30, "30 less"), (-WORTH, "15 less"), (0, "same"), (WORTH, "15 more")):
        tick = [(place(points), LINE - 2.5), (place(points), LINE + 2.5)]
        stroke(page.ink, tick, QUIET if points else INK, width=0.9)
        page.note(page.ink, words, (place(points), LINE - 5.5), align="center", size=SMALL, colour=QUIET)
    page.note(page.ink, "How sure?", (5, 44), bold=True)
    page.note(page.ink, "Harm", (5, 32), bold=True)


def place(points: float) -> float:
    """Where a difference stands on the line, in mm."""
    return MIDDLE + POINT * points


@explorer(
    "people-like-you",
    title="What does a treatment do for people like you?",
    alt="For the treatment that is picked: two crowds of a hundred people, with it and without it, lit where people "
    "did well, if trials counted people. If they gave only an average, a dot with its range on a line of points, "
    "from less to more pain. Below, the harm, where it was counted, and how many people were studied.",
    sliders=(stops("place", "Treatment", {i: name(row) for i, row in enumerate(OPTIONS)}, 4),),
    presets={
        "New pain, tablets": {"place": 0}, "New pain, opioid": {"place": 2}, "Lasting pain, exercise": {"place": 5},
        "Lasting pain, manipulation": {"place": 6}, "Leg pain, early operation": {"place": 11},
    },
    say=say_options,
    leaves_out="many treatments, and most harms: ask about them. The people in trials are not you. Each row compares "
    "with something else, so do not rank rows against each other. Where only an average is known, nobody can say how "
    "many people do better: a few may gain a lot, or all a little.",
    claims=("C11", "C12"),
    ground=options_ground,
    size=(127, 126),
)  # fmt: skip
def people_like_you(page: Page, place: float) -> None:
    row = OPTIONS[int(place)]
    page.heading(row["option"].capitalize(), (5, 117), size=11.5)
    page.note(page.ink, f"for {row['who']}, against {row['against']}", (5, 112), size=SMALL)
    page.note(page.ink, row["outcome"], (5, 104.5), size=SMALL)
    page.note(page.ink, headline(row), (122, 104.5), align="right", colour=ACCENT, bold=True, size=HEADING)
    crowds(page, row)
    average(page, row)
    lines = [*wrap(_remark(row), 62), " "][:2]
    page.note(page.ink, "\n".join(lines), (26, 45.2), valign="top", size=SMALL)
    harm(page, row)
    source(page, f"{references()[row['source']].short}, {row['people']:,.0f} people")


def crowds(page: Page, row: dict) -> None:
    """Those who did well with it and without; both veiled where nobody counted people."""
    counted = row["kind"] == "people"
    for rect, words, key in ((WITH, "with it", "with_it"), (WITHOUT, "without", "without")):
        people = round(row[key]) if counted else 0
        veil(page, rect, people, alpha=0.76 if counted else 0.93)
        said = f"{people} of 100 {words}" if counted else f"{words}: people were not counted"
        page.note(page.ink, said, (rect[0], 74.3), colour=GREEN if counted else QUIET, bold=counted)


def average(page: Page, row: dict) -> None:
    """The average and its range on the line of points; nothing where trials told it in another way."""
    points = row["kind"] == "points"
    at = row["effect"] if points else 0
    low, high = (row["low"], row["high"]) if points and row["low"] is not None else (at, at)
    shape(page.ink, rectangle(place(low), LINE - 0.9, POINT * (high - low), 1.8), ACCENT)
    half, x = 2.0 if points else 0.0, place(at)
    shape(page.ink, polygon([(x - half, LINE), (x, LINE + half), (x + half, LINE), (x, LINE - half)]), ACCENT)
    page.note(page.ink, " " if points else "not in points", (122, 67.5), align="right", colour=QUIET, size=SMALL)


def harm(page: Page, row: dict) -> None:
    """Two bars for those harmed, with it and without; a line where nobody counted."""
    known = row["harm_with"] is not None
    page.note(page.ink, row["harm"] if known else "not counted in what we use: ask about it", (26, 32), size=SMALL)
    for y, key, words in ((22, "harm_with", "with it"), (14.5, "harm_without", "without")):
        share = row[key] if known else 0
        shape(page.ink, rectangle(26, y, share, 5), ORANGE)
        page.note(page.ink, words if known else " ", (24, y + 2.5), align="right", size=SMALL)
        page.note(page.ink, f"{share:g} of 100" if known else " ", (28 + share, y + 2.5), colour=ORANGE, bold=True)
