"""Weeks in bed: what had been measured by then, muscle by muscle, and nothing in between."""

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.path import Path

from lumbar.evidence.tables import table
from lumbar.explore.registry import explorer, stops
from lumbar.explore.shapes import rectangle
from lumbar.figures.charts import number
from lumbar.figures.people import posture
from lumbar.figures.style import (
    ACCENT, BLUE, GREEN, HEADING, INK, OCHRE, ORANGE, PURPLE, QUIET, RULE, SMALL, Page, shape, source, stroke,
)  # fmt: skip

UP_AGAIN = 150  # the stop after the last day in bed: 60 days in bed, then 90 days up
DAYS = {
    2: "2 days", 4: "4 days", 7: "a week", 10: "10 days", 35: "5 weeks", 56: "8 weeks", 60: "60 days",
    119: "17 weeks", UP_AGAIN: "60 days, then up for 90 days",
}  # fmt: skip
KINDS = {"strength": ORANGE, "muscle size": PURPLE, "bone": OCHRE, "discs": BLUE, "other": ACCENT}


@dataclass(frozen=True)
class Measured:
    """One thing that was measured in bed: on which day, by how many per cent it changed, or only which way."""

    day: int
    name: str
    kind: str
    change: float | None
    way: str
    people: float | None
    note: str = ""

    @property
    def told(self) -> str:
        if self.change is None:
            return self.way
        return f"{'+' if self.change > 0 else ''}{number(self.change, 1).replace('.0', '')} %"


MUSCLES = {
    ("leg", "strength"): "leg strength",
    ("front of the thigh", "strength"): "thigh strength, older people",
    ("calf", "strength"): "calf strength",
    ("front of the thigh", "size"): "size of a thigh muscle",
    ("gluteus maximus", "size"): "size of a buttock muscle",
    ("multifidus", "size"): "size of a deep back muscle",
    ("psoas", "size"): "size of a muscle in front",
}
"""The rows of the table `bed-rest-muscles` that are shown, and their plain names."""

OTHERS = {
    "disc area": ("area of a disc", "discs"), "back ache": ("back ache", "other"),
    "outer trunk muscles": ("work of outer trunk muscles", "other"),
}  # fmt: skip
BACK = "size of a deep back muscle"
(AFTER,) = table("bed-rest-change").where(part="multifidus")


def measured() -> list[Measured]:
    """Everything shown, from the first day it was measured to the last."""
    return sorted([*_muscles(), *_bones(), *_others()], key=lambda one: one.day)


def _muscles() -> Iterator[Measured]:
    for row in table("bed-rest-muscles").rows:
        if name := MUSCLES.get((row["muscle"], row["measure"])):
            kind = "strength" if row["measure"] == "strength" else "muscle size"
            yield Measured(int(row["days"]), name, kind, row["change"], row["direction"], row["people"])


def _bones() -> Iterator[Measured]:
    for row in table("bone-in-bed").rows:
        if row["bone"] in ("heel", "lower back"):
            note = "may be chance" if "chance" in row["note"] else ""
            name = f"mineral of the {row['bone']}"
            yield Measured(int(7 * row["weeks"]), name, "bone", row["change"], "", row["n"], note)


def _others() -> Iterator[Measured]:
    for row in table("bed-rest-change").rows:
        if row["part"] in OTHERS:
            way = "most often" if "most often" in row["direction"] else row["direction"]
            name, kind = OTHERS[row["part"]]
            yield Measured(int(row["days"]), name, kind, row["change"], way, row["people"])


ROWS = measured()
TABLES = ("bed-rest-muscles", "bone-in-bed", "bed-rest-change")
STUDIES = len({row["source"] for name in TABLES for row in table(name).rows} - {"marusic2021"})


# --- In words --------------------------------------------------------------------------------------------------------


def say_bedrest(days: float) -> str:
    """What the setting shows, in plain words."""
    if days == UP_AGAIN:
        return (
            f"After {AFTER['days']:g} days in bed, {AFTER['people']:g} people got up and trained: {AFTER['up']:g} days "
            "later a deep back muscle had its size back. "
            "All of them trained, so nobody knows how it comes back without."
        )
    now = [one for one in ROWS if one.day == days]
    if not now:
        return (
            "Nothing in this list has been measured so early. "
            "A day or two in bed does next to nothing to muscles, joints and bones."
        )
    earlier = sum(one.day < days for one in ROWS)
    news = "; ".join(f"{one.name} {one.told}{f' ({one.note})' if one.note else ''}" for one in now)
    before = f"Measured before that: {earlier} of {len(ROWS)}." if earlier else "It is the first to change here."
    return f"After {DAYS[days]} in bed, in healthy volunteers: {news}. {before}{_remark(days)}"


def _remark(days: float) -> str:
    return {
        4: " Discs take up water, as they do each night.",
        7: " The ache comes early, before much muscle is gone.",
        56: " Lying still had not made these muscles let go.",
        60: " A muscle behind the spine shrank. One in front of it grew.",
        119: " Bones do not grow stiff. They lose mineral, slowly.",
    }.get(int(days), "")


# --- The picture -----------------------------------------------------------------------------------------------------

ZERO, PERCENT = 95.0, 0.62  # mm: where no change stands, and how long 1 % is
TOP, PITCH = 88.0, 6.1  # mm


def row_at(place: int) -> float:
    return TOP - PITCH * place


def bedrest_ground(page: Page) -> None:
    """The line of no change, the two directions, and somebody lying down."""
    page.heading("What had been measured by then?", (5, 111), size=11.5)
    posture(page.anatomy((-0.6, 0.6), (0, 0.3), (86, 101, 36, 16)), "lying", (0, 0.02), 1.0)
    bed = rectangle(88, 101.4, 33, 1.6)
    shape(page.ink, bed, RULE)
    bottom = row_at(len(ROWS) - 1) - 3
    stroke(page.ink, [(ZERO, bottom), (ZERO, TOP + 3)], INK, width=0.9)
    page.note(page.ink, "← less", (ZERO - 2, TOP + 5.6), align="right", colour=QUIET, size=SMALL)
    page.note(page.ink, "more →", (ZERO + 2, TOP + 5.6), colour=QUIET, size=SMALL)
    source(page, f"Healthy volunteers, {STUDIES} studies")


@explorer(
    "weeks-in-bed",
    title="What do weeks in bed do, and when?",
    alt="A list of thirteen things that were measured in healthy people who stayed in bed, in the order of the day "
    "they were measured. Those measured by the day that is set are lit: bars to the left for less, to the right for "
    "more, arrows where only the direction is known. Strength goes first, bone last; discs and one muscle grow.",
    sliders=(stops("days", "Time in bed", DAYS, 7),),
    presets={
        "Two days": {"days": 2}, "A week": {"days": 7}, "Two months": {"days": 60}, "Four months": {"days": 119},
        "Up again": {"days": UP_AGAIN},
    },
    say=say_bedrest,
    leaves_out="everything between the days on which somebody measured: no line is drawn where nobody looked. Each "
    "bar is another small group, mostly young men, strictly in bed, many with the head tilted down. They were "
    "healthy. How people with back pain fare who rest for some hours a day is another question.",
    claims=("C06", "C07", "C08"),
    ground=bedrest_ground,
    size=(127, 120),
)  # fmt: skip
def weeks_in_bed(page: Page, days: float) -> None:
    spent = DAYS[days] + ("" if days == UP_AGAIN else " in bed")
    page.note(page.ink, spent, (5, 103), colour=ACCENT, bold=True, size=HEADING)
    for place, one in enumerate(ROWS):
        back = days == UP_AGAIN and one.name == BACK
        known = one.day <= (60 if days == UP_AGAIN else days)
        draw_row(page, row_at(place), one, known and days != UP_AGAIN or back, back)


def draw_row(page: Page, y: float, one: Measured, lit: bool, back: bool) -> None:
    """One thing that was measured; unlit, its name alone is there, in grey."""
    colour = GREEN if back else KINDS[one.kind]
    people = AFTER["people"] if back else one.people
    who = f" ({people:g} people)" if people and lit else ""
    page.note(page.ink, one.name + who, (5, y), colour=INK if lit else QUIET, size=SMALL, bold=lit)
    shape(page.ink, _mark(one, y, back), colour if lit else "#EDF0F3", None)
    less = one.change is not None and one.change < 0 or one.way in ("smaller", "less")
    words = "size back" if back else one.told if lit else f"day {one.day}"
    x = ZERO + 2 if less or back else ZERO + 3 + (one.change or 8) * PERCENT
    page.note(page.ink, words, (x, y), colour=colour if lit else QUIET, size=SMALL, bold=lit)


def _mark(one: Measured, y: float, back: bool) -> Path:
    """A bar as long as the change, or an arrow where only its direction is known."""
    if one.change is not None:
        return rectangle(ZERO, y - 2, PERCENT * one.change, 4)
    way = 0 if back else -1 if one.way == "smaller" else 1
    return Path([(ZERO, y - 2), (ZERO + 5 * way, y), (ZERO, y + 2), (ZERO, y - 2)], closed=True)
