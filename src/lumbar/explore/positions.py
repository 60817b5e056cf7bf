"""Two sets of disc pressures, posture by posture: where they agree, and where they do not."""

from dataclasses import dataclass

from lumbar.evidence.tables import table
from lumbar.explore.registry import explorer, stops
from lumbar.explore.shapes import rectangle
from lumbar.figures.people import posture
from lumbar.figures.style import (
    ACCENT, BLUE, INK, OCHRE, PAPER, QUIET, RULE, SMALL, Page, Rect, shape, source, stroke,
)  # fmt: skip

STANDING = "standing at ease"
LACKING = "The series lacks this one."


@dataclass(frozen=True)
class Posture:
    """A posture by the names that the two tables and the drawing give it; None where a series does not have it."""

    name: str
    man: str | None
    series: str | None
    drawn: str
    remark: str = ""


POSTURES = (
    Posture("lying on the back", "lying on the back", "reclining", "lying on the back", "The series says “reclining”."),
    Posture("lying on the side", "lying on the side", "lying on the side", "lying on the side"),
    Posture("slouched in a chair", "slouched in a chair", None, "slouching"),
    Posture(
        "sitting, no backrest", "sitting without a backrest", "sitting without a backrest", "sitting",
        "Studies since 1990, pooled, found no difference.",
    ),
    Posture("standing", STANDING, "standing", "standing", "All else is compared with standing."),
    Posture(
        "sitting, bent", "sitting bent right forward", "sitting and leaning forward", "sitting bent",
        "The man bent as far as he could.",
    ),
    Posture(
        "standing, bent", "standing bent forward", "standing and leaning forward", "bending",
        "How far each of them bent differs.",
    ),
    Posture(
        "bent, with a weight", "lifting 20 kg with a round back", "standing and leaning forward with weights",
        "lifting, back bent", "The man lifted 20 kg. The weights of the series are not the same.",
    ),
)  # fmt: skip


def of_standing(place: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """What the one man and the series show in a posture: lowest and highest, % of standing."""
    shown = POSTURES[place]
    (still,) = table("disc-pressure").where(activity=STANDING)
    man, series = (
        table(name).where(**{column: key}) if key else ()
        for name, column, key in (
            ("disc-pressure", "activity", shown.man), ("disc-pressure-contrast", "posture", shown.series),
        )
    )  # fmt: skip
    return _percent(man, 100 / still["low"]), _percent(series, 1)


def _percent(rows: tuple, times: float) -> tuple[int, int] | None:
    return (round(rows[0]["low"] * times), round(rows[0]["high"] * times)) if rows else None


# --- In words --------------------------------------------------------------------------------------------------------


def say_positions(place: float) -> str:
    """What the setting shows, in plain words."""
    shown, (man, series) = POSTURES[int(place)], of_standing(int(place))
    parts = [
        f"{shown.name.capitalize()}.",
        f"In one man the pressure in a disc was {percent(man)} of standing." if man else "",
        f"In the older series of more than 100 people it was {percent(series)}." if series else LACKING,
        _compared(man, series),
        shown.remark,
        "Pain was not asked about.",
    ]
    return " ".join(filter(None, parts))


def _compared(man: tuple[int, int] | None, series: tuple[int, int] | None) -> str:
    if not (man and series) or (man[0], series[0]) == (100, 100):
        return ""
    if (man[1] < 100) != (series[1] < 100):
        return "One says less than standing, the other says more."
    way = "less" if man[1] < 100 else "more"
    apart = max(man[0], series[0]) / min(man[1], series[1]) > 1.4
    return f"Both say {way} than standing" + (", but they are far apart." if apart else ".")


def percent(ends: tuple[int, int]) -> str:
    low, high = ends
    return f"{low} %" if low == high else f"{low} to {high} %"


# --- The picture -----------------------------------------------------------------------------------------------------

LEFT, SCALE = 6.0, 0.225  # mm: where the bars begin, and how long 1 % of standing is
BARS = ((29.5, BLUE, "One man, 45 years (Wilke 1999)"), (11.5, OCHRE, "More than 100 people (Nachemson)"))


def cell(place: int) -> Rect:
    """Where the picture of a posture stands: four in a row."""
    row, column = divmod(place, 4)
    return 4 + 30 * column, 77 - 29.5 * row, 29.0, 28.0


def positions_ground(page: Page) -> None:
    """All postures, the names of the bars, and the line of standing."""
    page.heading("Pressure in a disc, standing = 100", (5, 109), size=11.5)
    for place, shown in enumerate(POSTURES):
        left, bottom, width, height = cell(place)
        page.panel((left, bottom, width, height), PAPER, RULE)
        page.note(page.ink, shown.name, (left + width / 2, bottom + 3.4), align="center", size=SMALL)
        ground = page.anatomy((-0.55, 0.55), (0, 1), (left + 1, bottom + 6.3, width - 2, height - 7.3))
        posture(ground, shown.drawn, (0, 0), 1.0)
    for y, colour, words in BARS:
        page.note(page.ink, words, (LEFT, y + 9.8), colour=colour, bold=True)
        x = LEFT + 100 * SCALE
        stroke(page.ink, [(x, y - 1.5), (x, y + 7.5)], INK, width=0.9, dash=(2.5, 2.5))
    page.note(page.ink, "standing", (x, 7.4), align="center", size=SMALL)
    source(page, "Wilke 1999; Nachemson 1981")


@explorer(
    "two-pressure-sets",
    title="Two sets of disc pressures",
    alt="Eight little bodies: lying on the back, on the side, slouched, sitting, standing, sitting bent, standing "
    "bent, bent with a weight. Below, two bars for the posture that is picked, with standing as 100: one man "
    "measured in 1999, and an older series of more than 100 people. They disagree about sitting and about lying on "
    "the side.",
    sliders=(stops("place", "Posture", {i: shown.name for i, shown in enumerate(POSTURES)}, 3),),
    presets={"Back": {"place": 0}, "Side": {"place": 1}, "Sitting": {"place": 3}, "Bent forward": {"place": 6}},
    say=say_positions,
    leaves_out="pain; comfort; how long you stay; pillows and floors, which nobody measured here. One set is a "
    "single man, the other old and seen only in short form, some of it on a teaching page. Low pressure in a disc is "
    "not the same as less pain.",
    claims=("C09", "C10"),
    ground=positions_ground,
    size=(127, 118),
)
def two_pressure_sets(page: Page, place: float) -> None:
    left, bottom, width, height = cell(int(place))
    shape(page.ink, rectangle(left, bottom, width, height), None, ACCENT, width=2.6)
    for (y, colour, _), ends in zip(BARS, of_standing(int(place)), strict=True):
        low, high = ends or (0, 0)
        shape(page.ink, rectangle(LEFT, y, SCALE * high, 6), colour, alpha=0.45)
        shape(page.ink, rectangle(LEFT, y, SCALE * low, 6), colour)
        words = percent(ends).removesuffix(" %") if ends else "not measured"
        x = LEFT + SCALE * max(high, 100) + 1.5
        page.note(page.ink, words, (x, y + 3), colour=colour if ends else QUIET, bold=True)
