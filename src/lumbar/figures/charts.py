"""Charts of what was measured and of what a model says. Every number comes from a table of the evidence or from a model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.evidence.tables import table
from lumbar.figures.people import PEOPLE_QUIET, crowd, posture
from lumbar.figures.spine import canal, disc, facet_cartilage, pair, vertebra
from lumbar.figures.style import (
    ACCENT, BLUE, DISC, DISC_LINE, GREEN, HEADING, INK, OCHRE, ORANGE, PAPER, QUIET, RULE, SMALL,
    WASH, Page, Point, arrow, plate, shape, source, zero_line,
)
from lumbar.models.load import LEAN_LIMIT, activation, compression, disc_pressure, facet_force

MINUS = str.maketrans("-", "−")


def _number(value: float, decimals: int = 0) -> str:
    """A number as it is set in a chart, with a real minus."""
    return f"{value:.{decimals}f}".translate(MINUS)


def _row(name: str, **cells: str) -> dict:
    """The one row of a table that holds these cells."""
    (row,) = table(name).where(**cells)
    return row


def _bar(axes: Axes, left: float, right: float, middle: float, thickness: float, fill: str, line: str | None = None) -> None:
    """A lying bar in data units."""
    place = Affine2D().scale(right - left, thickness).translate(left, middle - thickness / 2)
    shape(axes, Path.unit_rectangle().transformed(place), fill, line, width=0.7)


def _interval(axes: Axes, low: float, high: float, y: float, colour: str, width: float = 1.6) -> None:
    """A lying interval with short ends."""
    axes.plot([low, high], [y, y], color=colour, linewidth=width, solid_capstyle="butt")
    axes.plot([low, high], [y, y], color=colour, linestyle="none", marker="|", markersize=6, markeredgewidth=width)


def _dot(axes: Axes, x: float, y: float, colour: str, marker: str = "o", size: float = 8) -> None:
    axes.plot([x], [y], marker=marker, color=colour, markersize=size, markeredgecolor=PAPER, markeredgewidth=0.8, clip_on=False)


# --- Pressure in one disc -------------------------------------------------------------------------------------------------

PRESSURES = (  # activity in the table, posture drawn, words
    ("lying on the side", "lying", "lying still, on\nside or front"),
    ("asleep (start to end of seven hours)", "lying", "asleep, start to\nend of the night"),
    ("slouched in a chair", "slouching", "slouched in\na chair"),
    ("sitting without a backrest", "sitting", "sitting without\na backrest"),
    ("standing at ease", "standing", "standing at ease"),
    ("sitting bent right forward", "sitting bent", "sitting, bent\nright forward"),
    ("standing bent forward", "bending", "standing, bent\nforward"),
    ("holding 20 kg close to the body", "holding", "holding 20 kg\nclose"),
    ("lifting 20 kg with bent knees", "lifting, knees bent", "lifting 20 kg,\nknees bent"),
    ("lifting 20 kg with a round back", "lifting, back bent", "lifting 20 kg,\nback round"),
)


def _pressure(activity: str) -> tuple[float, float]:
    row = _row("disc-pressure", activity=activity)
    return row["low"], row["high"]


def _lying() -> tuple[float, float]:
    """Still, on the side or the front: one bar, since two postures of one man make no ranking."""
    values = [*_pressure("lying on the side"), *_pressure("lying on the front")]
    return min(values), max(values)


STANDING = _pressure("standing at ease")[1]


@plate(
    "disc-pressure-postures",
    title="Pressure inside one man’s disc",
    alt=f"Bars of the pressure in one man’s L4/5 disc, in megapascals. Lying still {_lying()[0]:.2f} to {_lying()[1]:.2f}; slouched in a "
    f"chair {_pressure('slouched in a chair')[1]:.2f}; sitting without a backrest {_pressure('sitting without a backrest')[1]:.2f}; "
    f"standing {STANDING:.2f}; bent forward {_pressure('standing bent forward')[1]:.2f}; lifting 20 kg with bent knees "
    f"{_pressure('lifting 20 kg with bent knees')[1]:.2f}, with a round back {_pressure('lifting 20 kg with a round back')[1]:.2f}.",
    legend="Measured with a thin sensor over a day. It is one man, and nobody measured pain: less pressure does not mean less pain.",
    use="Hide the bars and let people put the ten postures in order first.",
    size=(127, 140),
    claims=("C15",),
)
def disc_pressure_postures(page: Page) -> None:
    page.heading("Pressure in one disc of one man", (5, page.height - 9), size=12)
    pitch, top = 11.2, page.height - 18.5
    axes = page.chart((56, 15, 60, 10 * pitch + 2), (0, 2.4), (0, 10 * pitch + 2), grid="x", xticks=[0, 0.5, 1, 1.5, 2])
    page.note(page.ink, "megapascals (MPa)", (116, 7.6), align="right", colour=QUIET, size=SMALL)
    axes.axvline(STANDING, color=ACCENT, linewidth=1.0, linestyle=(0, (3, 2)))
    for i, (activity, pose, words) in enumerate(PRESSURES):
        y = top - i * pitch
        ground = y - (1.2 if pose == "lying" else 4.6)
        posture(page.ink, pose, (15, ground), 10.4, ACCENT if pose == "standing" else QUIET)
        page.note(page.ink, words, (27, y), colour=ACCENT if pose == "standing" else INK, bold=pose == "standing")
        _pressure_bar(page, axes, activity, y - 15, pose)
    source(page, "Wilke 1999, n = 1 (70 kg)")


def _pressure_bar(page: Page, axes: Axes, activity: str, y: float, pose: str) -> None:
    low, high = _lying() if activity == "lying on the side" else _pressure(activity)
    colour, line = (ACCENT, ACCENT) if pose == "standing" else (DISC, DISC_LINE)
    if low < high:
        _bar(axes, 0, high, y, 5.6, WASH, line)
    _bar(axes, 0, low, y, 5.6, colour, line)
    words = f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}"
    outside = high < 2
    at = max(high, STANDING) + 0.05 if outside else high - 0.05
    page.note(axes, words, (at, y), align="left" if outside else "right", bold=True)


# --- The model beside the measurement -----------------------------------------------------------------------------------------

CHECKS = (  # activity in the table, posture drawn, words, what the model is told
    ("standing at ease", "standing", "standing\nat ease", {}),
    ("standing bent forward", "bending", "bent forward\n30 degrees", {"lean": 30}),
    ("holding 20 kg close to the body", "holding", "holding 20 kg,\n25 cm in front", {"load": 20, "reach": 0.25}),
    ("lifting 20 kg with a round back", "lifting, back bent", "lifting 20 kg,\nbent 60 degrees", {"lean": 60, "load": 20, "reach": 0.45}),
)


def _modelled(told: dict[str, float]) -> float:
    return float(disc_pressure(compression(**told)))


@plate(
    "load-model-check",
    title="The model beside the measurement",
    alt="Pressure in the L4/5 disc, model against one man’s measurement, in megapascals: "
    + "; ".join(f"{words} {_modelled(told):.2f} against {_pressure(name)[1]:.2f}" for name, _, words, told in CHECKS).replace("\n", " ")
    + ". The last is beyond what the model can do: it overshoots.",
    legend=f"The model is a person of 75 kg; the man weighed 70 kg. It is made for leans up to {LEAN_LIMIT:.0f} degrees.",
    use="Ask where the model can be trusted, and what is missing in it when it goes too high.",
    size=(127, 94),
    claims=("C15",),
)
def load_model_check(page: Page) -> None:
    page.heading("Does the model match a real disc?", (5, page.height - 9), size=12)
    page.panel((3.5, 13, page.width - 7, 18.5))
    axes = page.chart((52, 13, 66, 66), (0, 3.1), (0, 66), grid="x", xticks=[0, 0.5, 1, 1.5, 2, 2.5, 3])
    page.note(page.ink, "pressure, MPa", (118, page.height - 12.2), align="right", colour=QUIET, size=SMALL)
    for i, (activity, pose, words, told) in enumerate(CHECKS):
        y = 57 - i * 15.6
        posture(page.ink, pose, (13, y + 13 - 6), 13)
        page.note(page.ink, words, (24, y + 13))
        _pair(page, axes, _pressure(activity)[1], _modelled(told), y, named=i == 0)
    most = activation(**CHECKS[-1][3])
    page.note(axes, f"too high: this lift would ask\nfor {most:.0%} of the muscle’s strength".replace("%", " %"), (0.08, 4.4), colour=QUIET, size=SMALL)
    source(page, "Wilke 1999, n = 1; our model")


def _pair(page: Page, axes: Axes, measured: float, modelled: float, y: float, named: bool) -> None:
    """The measured dot and the modelled diamond of one posture, with the gap between them."""
    axes.plot([measured, modelled], [y + 1.4, y - 1.4], color=RULE, linewidth=3, solid_capstyle="butt")
    _dot(axes, modelled, y - 1.4, ORANGE, "D", 7)
    _dot(axes, measured, y + 1.4, ACCENT)
    right = measured > modelled
    for value, colour, name, after in ((measured, ACCENT, "measured", right), (modelled, ORANGE, "model", not right)):
        words = f"{value:.2f} {name}" if named and after else f"{name} {value:.2f}" if named else f"{value:.2f}"
        shift, lift = (0.12, "left") if after else (-0.12, "right"), 1.4 if name == "measured" else -1.4
        page.note(axes, words, (value + shift[0], y + lift), align=shift[1], colour=colour, bold=True)


# --- Two assumptions about the facet joints -------------------------------------------------------------------------------------

TENSION = np.linspace(0, 0.10, 11)


def _squeeze(**told: float) -> float:
    return float(compression(**told))


def _rise(**told: float) -> str:
    return f"+{_squeeze(**told) / _squeeze() - 1:.0%}".replace("%", " %")


def _facets(tension: float, assumption: str) -> float:
    return float(facet_force(compression(tension=tension), assumption))


@plate(
    "facet-two-assumptions",
    title="One body, two guesses about the facet joints",
    alt=f"Two lines of the load on the facet joints as extra tension goes from 0 to 10 %. With a fixed share it climbs from "
    f"{_facets(0, 'share'):.0f} to {_facets(0.1, 'share'):.0f} newtons; with a fixed amount it stays at {_facets(0.1, 'constant'):.0f}. "
    f"Below, bars of the whole squeeze: standing {_squeeze():.0f} newtons; 5 % tension {_rise(tension=0.05)}; 10 % tension "
    f"{_rise(tension=0.1)}; a bend of 30 degrees {_rise(lean=30)}.",
    legend="A model, not a measurement. Ten newtons are about the weight of 1 kg. Only a measurement can say which guess is right.",
    use="Cover the lower half. Ask which adds more squeeze: being 10 % tenser, or bending to tie a shoe.",
    size=(127, 132),
    claims=("C15", "C16"),
)
def facet_two_assumptions(page: Page) -> None:
    page.heading("Load on the facet joints", (5, page.height - 9), size=12)
    axes = page.chart(
        (17, 70, 100, 44), (0, 10), (0, 160), x="extra tension of the back muscles, % of their most", y="newtons",
        xticks=[0, 2, 4, 6, 8, 10], yticks=[0, 50, 100, 150],
    )
    for assumption, colour in (("share", ORANGE), ("constant", ACCENT)):
        force = facet_force(compression(tension=TENSION), assumption)
        axes.plot(100 * TENSION, force, color=colour, linewidth=2.4, solid_capstyle="round", clip_on=False)
        page.note(axes, f"{force[-1]:.0f}", (10.15, force[-1]), colour=colour, bold=True)
    page.note(axes, "a fixed share:\nmore squeeze, more load", (4.6, 133), align="right", colour=ORANGE, bold=True)
    page.note(axes, "a fixed amount: tension adds nothing", (9.9, 67), align="right", colour=ACCENT, bold=True)
    _squeezes(page)
    source(page, "our model, 75 kg")


def _squeezes(page: Page) -> None:
    """What moves the squeeze on the whole joint: tension beside an everyday bend."""
    page.heading("Squeeze on the whole joint", (5, 50), size=12)
    states = (
        ("standing at ease", {}, ACCENT), ("5 % extra tension", {"tension": 0.05}, ORANGE),
        ("10 % extra tension", {"tension": 0.10}, ORANGE), ("bent 30°, no extra", {"lean": 30}, DISC_LINE),
    )
    axes = page.chart((45, 10, 76, 36), (0, 1400), (0, 36), grid="")
    axes.axvline(0, color=INK, linewidth=0.9)
    for i, (words, told, colour) in enumerate(states):
        y = 31 - i * 8.6
        page.note(page.ink, words, (5, y + 10))
        _bar(axes, 0, _squeeze(**told), y, 5.2, colour)
        rise = f"{_squeeze(**told):,.0f} N" + (f"  {_rise(**told)}" if told else "")
        inside = _squeeze(**told) > 1000
        page.note(
            axes, rise, (_squeeze(**told) + (-25 if inside else 25), y), align="right" if inside else "left",
            colour=PAPER if inside else INK, bold=True,
        )


# --- How the squeeze is shared ------------------------------------------------------------------------------------------------

SHARES = (  # condition in the table, heading, how the number is to be read, how the two vertebrae stand
    ("bent slightly forward", "slightly bent", "facets", {"flexion": 7}),
    ("upright", "upright", "facets", {}),
    ("upright with a narrow disc", "low disc", "facets,\nat most", {"lost_height": 5}),
)


def _share(condition: str) -> float:
    return _row("facet-load-share", condition=condition)["share"]


@plate(
    "facet-load-share",
    title="How disc and facet joints share the squeeze",
    alt="Three pictures of two vertebrae under a load, with arrows for what the disc and the facet joints carry. Bent slightly forward, the "
    f"facet joints take {_share('bent slightly forward'):.0f} %. Upright, after hours of load, they take about {_share('upright'):.0f} %. "
    f"Upright over a very low disc they take up to {_share('upright with a narrow disc'):.0f} %; the disc takes the rest.",
    legend="Spines of people who had died, loaded in a machine, with no muscles pulling. The wider the arrow, the bigger the part.",
    use="Let people predict the middle picture from the left one: what happens to the facet joints as you stand up?",
    size=(127, 96),
    claims=("C16", "C18"),
)
def facet_load_share(page: Page) -> None:
    page.heading("Who carries the squeeze?", (5, page.height - 9), size=12)
    for i, (condition, heading, facets, stance) in enumerate(SHARES):
        left = 4 + i * 40
        page.panel((left, 8.5, 39, page.height - 22))
        page.heading(heading, (left + 2.5, page.height - 19.5), size=10)
        _shared(page, left, _share(condition), facets, stance)
    source(page, "Adams & Hutton 1980, 1985")


def _shared(page: Page, left: float, share: float, facets: str, stance: dict[str, float]) -> None:
    """Two vertebrae with the load on them, and below what the disc and the facet joints carry of it."""
    axes = page.anatomy((-22, 72), (-42, 40), (left + 0.5, 34, 38, 34))
    upper, lower = pair(**stance)
    canal(axes, upper, lower)
    disc(axes, upper, lower)
    for bone in (upper, lower):
        vertebra(axes, bone)
    facet_cartilage(axes, upper, lower, part=None)
    middle, joint = page.place(axes, lower.pose((0, 0)))[0], page.place(axes, lower.upper_facet()[1])[0] + 8
    _carried(page, 100, middle, (72.5, 64), "", QUIET)
    _carried(page, 100 - share, middle, (34, 25.5), "disc", DISC_LINE)
    _carried(page, share, joint, (34, 25.5), facets, ORANGE)


def _carried(page: Page, share: float, x: float, reach: Point, words: str, colour: str) -> None:
    """An arrow as wide as the share of the squeeze, the whole being 11 mm; with `words`, the number below it."""
    if share:
        arrow(page.ink, (x, reach[0]), (x, reach[1]), colour, width=0.11 * share, head=1.35)
    if words:
        page.note(page.ink, f"{share:.0f} %", (x, reach[1] - 4), align="center", colour=colour, size=HEADING, bold=True)
        page.note(page.ink, words, (x, reach[1] - 7), align="center", valign="top", colour=colour, size=SMALL)


# --- Facet arthritis by age -----------------------------------------------------------------------------------------------------


def _ages(key: str) -> list[tuple[str, float]]:
    return [(row["age"], row["percent"]) for row in table("facet-arthritis-by-age").where(source=key)]


def _short(age: str) -> str:
    """ "40-49" as "40s", "under 40" as "<40", "70 and over" as "70+"."""
    if age.startswith("under "):
        return "<" + age.removeprefix("under ")
    return age.removesuffix(" and over") + "+" if age.endswith("and over") else age[:2] + "s"


def _in_words(key: str) -> str:
    return ", ".join(f"{age} {percent:.0f}" for age, percent in _ages(key))


SCANNED = int(_row("facet-arthritis-by-age", source="kalichman2008", age="under 40")["people"])


@plate(
    "facet-arthritis-by-age",
    title="Facet arthritis by age, with two yardsticks",
    alt=f"Two bar charts of how many of 100 people have facet arthritis. CT scans of {SCANNED} people: {_in_words('kalichman2008')} "
    f"(few were over 70); no link with back pain at any level. Bones of people who had died: {_in_words('eubanks2007')}. Two "
    "yardsticks, not to be joined.",
    legend="Age changes of the facet joints are common. The two studies looked in different ways, so compare bars only within a panel.",
    use="Ask what the fall after 70 means before reading the note: do joints heal, or were few people that old?",
    size=(127, 98),
    claims=("C16",),
)
def facet_arthritis_by_age(page: Page) -> None:
    page.heading("Of 100 people, how many have facet arthritis?", (5, page.height - 9), size=11.5)
    _age_panel(page, 5, "kalichman2008", f"CT scans, {SCANNED} people", "No link with back pain\nat any level of the spine", BLUE)
    _age_panel(page, 66.5, "eubanks2007", "Skeletons", "Nobody knows which of\nthem had pain", OCHRE)
    source(page, "Kalichman 2008; Eubanks 2007")


def _age_panel(page: Page, left: float, key: str, heading: str, remark: str, colour: str) -> None:
    page.panel((left - 1.5, 9, 58.5, 75))
    page.heading(heading, (left + 1.5, 77.5), colour=colour, size=10)
    page.note(page.ink, remark, (left + 1.5, 74.5), valign="top", colour=INK, size=SMALL)
    axes = page.chart((left + 1.5, 20, 52.5, 44), (0, 5), (0, 105), grid="")
    zero_line(axes)
    for i, (age, percent) in enumerate(_ages(key)):
        few = age.startswith("70")
        bar = Affine2D().scale(0.74, percent).translate(i + 0.13, 0)
        shape(axes, Path.unit_rectangle().transformed(bar), WASH if few else colour, colour, dash=(2, 1.5) if few else None)
        page.note(axes, f"{percent:.0f}", (i + 0.5, percent + 1.5), align="center", valign="bottom", bold=True)
        page.note(axes, _short(age), (i + 0.5, -5.5), align="center", colour=QUIET)
        if few:
            page.note(axes, "few", (i + 0.5, percent / 2), align="center", colour=QUIET, size=SMALL)
    page.note(page.ink, "age", (left + 27.7, 13.2), align="center", colour=QUIET, size=SMALL)


# --- Numbing injections -----------------------------------------------------------------------------------------------------------


CONFIRMED = _row("facet-blocks", measure="first block confirmed by a second")


@plate(
    "facet-blocks",
    title="When one numbing injection works, is it the facet joint?",
    alt=f"A picture of 100 people whose back pain eased after one numbing injection at a facet joint. In {CONFIRMED['percent']:.0f} a second "
    f"injection bore it out; in {100 - CONFIRMED['percent']:.0f} it did not. The study was small ({CONFIRMED['n']:.0f} people), so the "
    f"true number may lie anywhere from {CONFIRMED['low']:.0f} to {CONFIRMED['high']:.0f}.",
    legend="People in long-lasting pain after an injury, at special clinics. One injection that works is a hint, not a proof.",
    use="Ask for a guess before showing it: of 100 people helped by one injection, how many are helped again?",
    size=(127, 96),
    claims=("C16",),
)
def facet_blocks(page: Page) -> None:
    count = round(CONFIRMED["percent"])
    page.heading("100 people whose first injection worked", (5, page.height - 9), size=12)
    page.note(page.ink, f"{count}: a second one worked too", (6, page.height - 16.5), colour=ORANGE, size=HEADING, bold=True)
    page.note(page.ink, f"{100 - count}: it did not", (page.width - 6, page.height - 16.5), align="right", colour=QUIET, size=HEADING, bold=True)
    crowd(page, [ORANGE] * count + [PEOPLE_QUIET] * (100 - count), (6, 33, page.width - 12, 43), columns=20)
    _range(page, CONFIRMED)
    source(page, f"Schwarzer 1994, n = {CONFIRMED['n']:.0f}")


def _range(page: Page, row: dict) -> None:
    """The interval on a line of 100 people."""
    page.note(page.ink, f"How sure? The true number may be from {row['low']:.0f} to {row['high']:.0f} of 100.", (6, 27))
    axes = page.chart((8, 16.5, page.width - 16, 6), (0, 100), (-1, 1), grid="", xticks=[0, 25, 50, 75, 100])
    axes.plot([0, 100], [0, 0], color=RULE, linewidth=3, solid_capstyle="round", clip_on=False)
    _interval(axes, row["low"], row["high"], 0, ORANGE, 3)
    _dot(axes, row["percent"], 0, ORANGE)


# --- Posture, movement and pain -----------------------------------------------------------------------------------------------------


def _laird(measure: str) -> str:
    row = _row("posture-and-pain", measure=measure)
    return f"{_number(row['difference'], 2)} ({_number(row['low'], 2)} to {_number(row['high'], 2)})"


GROUPS = {"posture": "How they stand", "movement": "How they move", "sense": "How well they sense position"}
PLAINLY = {
    "curve of the lower back": "no difference",
    "tilt of the pelvis in standing": "not clear",
    "speed of movement": "slower",
    "error in finding a position again": "miss by more",
}


@plate(
    "posture-and-pain",
    title="People with back pain beside people without",
    alt="Differences between people with and without back pain, in standard deviations with intervals. Curve of the lower back "
    f"{_laird('curve of the lower back')}: none. Tilt of the pelvis {_laird('tilt of the pelvis in standing')}: unclear. Bending forward "
    f"{_laird('bending forward')}: less. Speed {_laird('speed of movement')}: slower. Finding a position again "
    f"{_laird('error in finding a position again')}: bigger misses.",
    legend="Dots are averages of several studies, lines the range in which the truth may lie. On this scale 0.2 is a small gap, 0.5 a "
    "middling and 0.8 a big one. A gap does not tell which came first, the pain or the movement.",
    use="Cover the right half; ask whether people with back pain differ more in how they stand or in how they move.",
    size=(127, 122),
    claims=("C14", "C17"),
)
def posture_and_pain(page: Page) -> None:
    page.heading("People with back pain, next to people without", (5, page.height - 9), size=12)
    axes = page.chart((61, 15, 61, 84), (-1.75, 1.75), (0, 84), grid="x", xticks={-1: "−1", 0: "0", 1: "1"})
    page.note(axes, "← less or slower", (-0.1, 87.5), align="right", colour=QUIET, size=SMALL)
    page.note(axes, "more →", (0.1, 87.5), colour=QUIET, size=SMALL)
    page.note(axes, "the same", (0, 92), align="center", size=SMALL, bold=True)
    zero_line(axes, vertical=True)
    y = 81.0
    for group, heading in GROUPS.items():
        page.note(page.ink, heading, (5, y + 15), bold=True)
        for row in table("posture-and-pain").where(group=group):
            y -= 7.0
            _difference(page, axes, row, y)
        y -= 9.4
    page.note(page.ink, "difference in standard deviations", (122, 8.2), align="right", colour=QUIET, size=SMALL)
    source(page, "Laird 2014, a pooling of earlier studies")


def _difference(page: Page, axes: Axes, row: dict, y: float) -> None:
    clear = row["low"] > 0 or row["high"] < 0
    colour = ORANGE if clear else ACCENT
    page.note(page.ink, row["measure"], (7, y + 15))
    _interval(axes, row["low"], row["high"], y, colour)
    _dot(axes, row["difference"], y, colour)
    words, less = PLAINLY.get(row["measure"], "less far"), row["difference"] < 0
    at = (0.12 if less else -0.12) if clear else row["high"] + 0.12
    page.note(axes, words, (at, y), align="right" if clear and not less else "left", colour=colour, size=SMALL, bold=True)


# --- Bracing ------------------------------------------------------------------------------------------------------------------------

BRACED = (  # condition in the table, words
    ("muscles on both sides working while lifting", "Lifting, with muscles working front and back"),
    ("bracing the belly on purpose", "Bracing the belly on purpose"),
    ("people with back pain against people without", "People with back pain, against people without"),
)
KINDS = (("squeeze", "more squeeze", ORANGE), ("stability", "steadier", GREEN))


def _span(condition: str, kind: str) -> str:
    row = _row("co-contraction", condition=condition)
    low, high = row[f"{kind}_low"], row[f"{kind}_high"]
    return f"{low:.0f} %" if low == high else f"{low:.0f} to {high:.0f} %"


@plate(
    "co-contraction",
    title="What bracing costs, and what it buys",
    alt=f"Ten men lifting: muscles working front and back added {_span(BRACED[0][0], 'squeeze')} squeeze and made the spine "
    f"{_span(BRACED[0][0], 'stability')} steadier. Eight men bracing the belly, in a model: {_span(BRACED[1][0], 'squeeze')} more squeeze, "
    f"{_span(BRACED[1][0], 'stability')} steadier. People with back pain against people without: {_span(BRACED[2][0], 'squeeze')} more squeeze.",
    legend="Worked out by models from the activity of people’s muscles. Muscles that work against each other add squeeze and steady the spine.",
    use="Brace your belly and feel it: what does that cost, what does it buy? Then show the numbers.",
    size=(127, 96),
    claims=("C15",),
)
def co_contraction(page: Page) -> None:
    page.heading("Tension costs squeeze and buys steadiness", (5, page.height - 9), size=12)
    axes = page.chart((8, 16, 84, 64), (0, 70), (0, 64), grid="x", xticks=[0, 10, 20, 30, 40, 50, 60, 70])
    zero_line(axes, vertical=True)
    y = 62.0
    for condition, words in BRACED:
        row = _row("co-contraction", condition=condition)
        page.note(page.ink, f"{words} ({row['people']})", (9.5, y + 15), bold=True, size=SMALL)
        for kind, meaning, colour in KINDS:
            if row[f"{kind}_low"] is not None:
                y -= 7.0
                _span_bar(page, axes, row, kind, f"{_span(condition, kind)} {meaning}", colour, y)
        y -= 9.0
    page.note(page.ink, "change, %", (92, 8.6), align="right", colour=QUIET, size=SMALL)
    source(page, "Granata 2000; Grenier 2007; Marras 2001")


def _span_bar(page: Page, axes: Axes, row: dict, kind: str, words: str, colour: str, y: float) -> None:
    low, high = row[f"{kind}_low"], row[f"{kind}_high"]
    _bar(axes, 0, low, y, 4.4, colour)
    if high > low:
        _bar(axes, low, high, y, 4.4, PAPER, colour)
    page.note(axes, words, (high + 1.2, y), colour=colour, bold=True)


# --- Manipulation --------------------------------------------------------------------------------------------------------------------

AGAINST_CARE = _row("manipulation", source="rubinstein2019", outcome="pain at short term")
AGAINST_SHAM = _row("manipulation", source="ruddock2016")
SHAM_FUNCTION = _row("manipulation", source="rubinstein2019", outcome="function")


def _with_interval(row: dict, decimals: int) -> str:
    return f"{_number(row['effect'], decimals)} ({_number(row['low'], decimals)} to {_number(row['high'], decimals)})"


@plate(
    "manipulation",
    title="Does manipulation beat other care, or a sham?",
    alt=f"Two charts with a line for no difference. Against other recommended care, manipulation changed pain by {_with_interval(AGAINST_CARE, 0)} "
    f"points of 100: the range crosses the line. Against a sham, symptoms {_with_interval(AGAINST_SHAM, 2)} and function {_with_interval(SHAM_FUNCTION, 2)} "
    "standard deviations: a small gain; in the larger review pain did not differ from sham.",
    legend="Left of the line is better with manipulation. The two charts have different scales, and the trials differ a lot. The row on "
    "function leaves out one trial far from the rest.",
    use="Ask what the chart should look like if the treatment worked by moving bones back.",
    size=(127, 112),
    claims=("C17",),
)
def manipulation(page: Page) -> None:
    page.heading("Manipulation against other recommended care", (5, page.height - 9), size=11.5)
    axes = _effects(page, 80, 14, (-20, 20), [-20, -10, 0, 10, 20], "points of 100")
    _effect(page, axes, AGAINST_CARE, 7, "pain, in the\nfirst weeks", 0)
    page.heading("Manipulation against a sham", (5, 62), size=11.5)
    axes = _effects(page, 19, 35, (-1, 1), [-1, -0.5, 0, 0.5, 1], "standard deviations")
    _effect(page, axes, AGAINST_SHAM, 29, f"symptoms,\n{AGAINST_SHAM['trials']}", 2)
    _effect(page, axes, SHAM_FUNCTION, 17.5, "function,\nlarger review", 2)
    page.note(page.ink, "pain,\nlarger review", (5, 25))
    page.note(page.ink, "no difference\nat any time", (97, 25), colour=ACCENT, bold=True, size=SMALL)
    source(page, "Rubinstein 2019, 47 trials; Ruddock 2016")


def _effects(page: Page, bottom: float, height: float, xlim: Point, ticks: Sequence[float], unit: str) -> Axes:
    """A chart of differences with the line of no difference, its unit below and its two directions above."""
    words = {tick: _number(tick, 0 if tick == int(tick) else 1) for tick in ticks}
    axes = page.chart((34, bottom, 60, height), xlim, (0, height), grid="x", xticks=words)
    zero_line(axes, vertical=True)
    page.note(page.ink, unit, (64, bottom - 7), align="center", colour=QUIET, size=SMALL)
    page.note(page.ink, "← better with it", (62, bottom + height + 2.6), align="right", colour=QUIET, size=SMALL)
    page.note(page.ink, "worse →", (66, bottom + height + 2.6), colour=QUIET, size=SMALL)
    return axes


def _effect(page: Page, axes: Axes, row: dict, y: float, words: str, decimals: int) -> None:
    """One difference with its interval, its name on the left and what it means on the right; `y` in mm of the chart."""
    clear = row["high"] < 0
    colour, height = ORANGE if clear else ACCENT, page.place(axes, (0, y))[1]
    meaning = f"{_number(row['effect'], decimals)}\n" + ("a small gain" if clear else "no clear gain")
    page.note(page.ink, words, (5, height))
    _interval(axes, row["low"], row["high"], y, colour)
    _dot(axes, row["effect"], y, colour)
    page.note(page.ink, meaning, (97, height), colour=colour, bold=True, size=SMALL)
