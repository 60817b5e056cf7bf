"""Charts of the load on the lower back: measured in a disc, worked out by the model, shared by disc and facet joints.

Every number comes from a table of the evidence or from the model.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.figures.bones import pair
from lumbar.figures.charts import bar, dot, the_row, title
from lumbar.figures.people import posture
from lumbar.figures.spine import canal, disc, facet_cartilage, vertebra
from lumbar.figures.style import (
    ACCENT, DISC, DISC_LINE, GREEN, HEADING, INK, ORANGE, PAPER, QUIET, RULE, SMALL, WASH, Page, Point, arrow, plate,
    shape, source, zero_line,
)
from lumbar.models.load import BODY, LEAN_LIMIT, activation, compression, disc_pressure, facet_force

# --- Pressure in one disc --------------------------------------------------------------------------------------------

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
    row = the_row("disc-pressure", activity=activity)
    return row["low"], row["high"]


def _lying() -> tuple[float, float]:
    """Still, on the side or the front: one bar, since two postures of one man make no ranking."""
    values = [*_pressure("lying on the side"), *_pressure("lying on the front")]
    return min(values), max(values)


STANDING = _pressure("standing at ease")[1]


@plate(
    "disc-pressure-postures",
    title="Pressure inside one man’s disc",
    alt=f"Bars of the pressure in one man’s L4/5 disc, in megapascals. Lying still {_lying()[0]:.2f} to "
    f"{_lying()[1]:.2f}; slouched in a chair {_pressure('slouched in a chair')[1]:.2f}; sitting without a backrest "
    f"{_pressure('sitting without a backrest')[1]:.2f}; standing {STANDING:.2f}; bent forward "
    f"{_pressure('standing bent forward')[1]:.2f}; lifting 20 kg with bent knees "
    f"{_pressure('lifting 20 kg with bent knees')[1]:.2f}, with a round back "
    f"{_pressure('lifting 20 kg with a round back')[1]:.2f}.",
    legend="Measured with a thin sensor over a day. It is one man, and nobody measured pain: less pressure does "
    "not mean less pain.",
    use="Hide the bars and let people put the ten postures in order first.",
    size=(127, 142),
    claims=("C15",),
)
def disc_pressure_postures(page: Page) -> None:
    title(page, "Pressure in one disc of one man")
    pitch, top = 11.2, page.height - 21
    axes = page.chart((56, 15, 60, 10 * pitch), (0, 2.4), (0, 10 * pitch), grid="x", xticks=[0, 0.5, 1, 1.5, 2])
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
        bar(axes, 0, high, y, 5.6, WASH, line)
    bar(axes, 0, low, y, 5.6, colour, line)
    words = f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}"
    outside = high < 2
    at = max(high, STANDING) + 0.05 if outside else high - 0.05
    page.note(axes, words, (at, y), align="left" if outside else "right", bold=True)


# --- The model beside the measurement --------------------------------------------------------------------------------

CHECKS = (  # activity in the table, posture drawn, words, what the model is told
    ("standing at ease", "standing", "standing\nat ease", {}),
    ("standing bent forward", "bending", "bent forward\n30 degrees", {"lean": 30}),
    ("holding 20 kg close to the body", "holding", "holding 20 kg,\n25 cm in front", {"load": 20, "reach": 0.25}),
    (
        "lifting 20 kg with a round back", "lifting, back bent", "lifting 20 kg,\nbent 60 degrees",
        {"lean": 60, "load": 20, "reach": 0.45},
    ),
)


def _modelled(told: dict[str, float]) -> float:
    return float(disc_pressure(compression(**told)))


def _compared(activity: str, _: str, words: str, told: dict[str, float]) -> str:
    return f"{words} {_modelled(told):.2f} against {_pressure(activity)[1]:.2f}".replace("\n", " ")


@plate(
    "load-model-check",
    title="The model beside the measurement",
    alt="Pressure in the L4/5 disc, model against one man’s measurement, in megapascals: "
    + "; ".join(_compared(*check) for check in CHECKS)
    + ". The last is beyond what the model can do: it overshoots.",
    legend=f"The model is a person of {BODY.mass:.0f} kg, the man weighed 70 kg. How far he leaned and reached is "
    f"our guess. The model is made for leans up to {LEAN_LIMIT:.0f} degrees.",
    use="Ask where the model can be trusted, and what is missing in it when it goes too high.",
    size=(127, 94),
    claims=("C15",),
)
def load_model_check(page: Page) -> None:
    title(page, "Does the model match a real disc?")
    page.panel((3.5, 13, page.width - 7, 18.5))
    axes = page.chart((52, 13, 66, 66), (0, 3.1), (0, 66), grid="x", xticks=[0, 0.5, 1, 1.5, 2, 2.5, 3])
    page.note(page.ink, "pressure, MPa", (118, page.height - 12.2), align="right", colour=QUIET, size=SMALL)
    for i, (activity, pose, words, told) in enumerate(CHECKS):
        y = 57 - i * 15.6
        posture(page.ink, pose, (13, y + 13 - 6), 13)
        page.note(page.ink, words, (24, y + 13))
        _pair(page, axes, _pressure(activity)[1], _modelled(told), y, named=i == 0)
    most = f"too high: this lift would ask\nfor {100 * activation(**CHECKS[-1][3]):.0f} % of the muscle’s strength"
    shape(page.ink, Path.unit_rectangle().transformed(Affine2D().scale(52, 8.4).translate(53, 13.8)), WASH)
    page.note(axes, most, (0.08, 4.4), colour=QUIET, size=SMALL)
    source(page, "Wilke 1999, n = 1; our model")


def _pair(page: Page, axes: Axes, measured: float, modelled: float, y: float, named: bool) -> None:
    """The measured dot and the modelled diamond of one posture, with the gap between them."""
    axes.plot([measured, modelled], [y + 1.4, y - 1.4], color=RULE, linewidth=3, solid_capstyle="butt")
    dot(axes, modelled, y - 1.4, ORANGE, "D", 7)
    dot(axes, measured, y + 1.4, ACCENT)
    right = measured > modelled
    for value, colour, name, after in ((measured, ACCENT, "measured", right), (modelled, ORANGE, "model", not right)):
        words = f"{value:.2f} {name}" if named and after else f"{name} {value:.2f}" if named else f"{value:.2f}"
        shift, lift = (0.12, "left") if after else (-0.12, "right"), 1.4 if name == "measured" else -1.4
        page.note(axes, words, (value + shift[0], y + lift), align=shift[1], colour=colour, bold=True)


# --- Two assumptions about the facet joints --------------------------------------------------------------------------

TENSION = np.linspace(0, 0.10, 11)


def _squeeze(**told: float) -> float:
    return float(compression(**told))


def _rise(**told: float) -> str:
    return f"+{100 * (_squeeze(**told) / _squeeze() - 1):.0f} %"


def _facets(tension: float, assumption: str) -> float:
    return float(facet_force(compression(tension=tension), assumption))


@plate(
    "facet-two-assumptions",
    title="One body, two guesses about the facet joints",
    alt="Two lines of the load on the facet joints as extra tension goes from 0 to 10 %. With a fixed share it "
    f"climbs from {_facets(0, 'share'):.0f} to {_facets(0.1, 'share'):.0f} newtons; with a fixed amount it stays at "
    f"{_facets(0.1, 'constant'):.0f}. Below, bars of the whole squeeze: standing {_squeeze():.0f} newtons; 5 % "
    f"tension {_rise(tension=0.05)}; 10 % tension {_rise(tension=0.1)}; a bend of 30 degrees {_rise(lean=30)}.",
    legend="A model, not a measurement. Ten newtons are about the weight of 1 kg. Only a measurement can say which "
    "guess is right.",
    use="Cover the lower half. Ask which adds more squeeze: being 10 % tenser, or leaning over the sink.",
    size=(127, 132),
    claims=("C15", "C16"),
)
def facet_two_assumptions(page: Page) -> None:
    title(page, "Load on the facet joints")
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
        bar(axes, 0, _squeeze(**told), y, 5.2, colour)
        rise = f"{_squeeze(**told):,.0f} N" + (f"  {_rise(**told)}" if told else "")
        inside = _squeeze(**told) > 1000
        page.note(
            axes, rise, (_squeeze(**told) + (-25 if inside else 25), y), align="right" if inside else "left",
            colour=PAPER if inside else INK, bold=True,
        )


# --- How the squeeze is shared ---------------------------------------------------------------------------------------

SHARES = (  # condition in the table, heading, how the two numbers are to be read, how the two vertebrae stand
    ("bent slightly forward", "slightly bent", ("disc", "facets"), {"flexion": 7}),
    ("upright", "upright", ("disc", "facets"), {}),
    ("upright with a narrow disc", "low disc", ("disc,\nat least", "facets,\nat most"), {"lost_height": 5}),
)


def _share(condition: str) -> float:
    return the_row("facet-load-share", condition=condition)["share"]


@plate(
    "facet-load-share",
    title="How disc and facet joints share the squeeze",
    alt="Three pictures of two vertebrae under a load, with arrows for what the disc and the facet joints carry. "
    f"Bent slightly forward, the facet joints take {_share('bent slightly forward'):.0f} %. Upright, after a long "
    f"load, they take about {_share('upright'):.0f} %. Upright over a very low disc they take up to "
    f"{_share('upright with a narrow disc'):.0f} %; the disc takes the rest.",
    legend="Spines of people who had died, loaded in a machine, with no muscles pulling. The wider the arrow, the "
    "bigger the part. Over a low disc, most of it runs through the tip of the facet, outside the joint.",
    use="Let people predict the middle picture from the left one: what happens to the facet joints as you stand up?",
    size=(127, 96),
    claims=("C16", "C18"),
)
def facet_load_share(page: Page) -> None:
    title(page, "Who carries the squeeze?")
    for i, (condition, heading, words, stance) in enumerate(SHARES):
        left = 4 + i * 40
        page.panel((left, 8.5, 39, page.height - 22))
        page.heading(heading, (left + 2.5, page.height - 19.5), size=10)
        _shared(page, left, _share(condition), words, stance)
    source(page, "Adams & Hutton 1980, 1985")


def _shared(page: Page, left: float, share: float, words: tuple[str, str], stance: dict[str, float]) -> None:
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
    _carried(page, 100 - share, middle, (34, 25.5), words[0], DISC_LINE)
    _carried(page, share, joint, (34, 25.5), words[1], ORANGE)


def _carried(page: Page, share: float, x: float, reach: Point, words: str, colour: str) -> None:
    """An arrow as wide as the share of the squeeze, the whole being 11 mm; with `words`, the number below it."""
    if share:
        arrow(page.ink, (x, reach[0]), (x, reach[1]), colour, width=0.11 * share, head=1.35)
    if words:
        number = f"{share:.0f} %"
        page.note(page.ink, number, (x, reach[1] - 4), align="center", colour=colour, size=HEADING, bold=True)
        page.note(page.ink, words, (x, reach[1] - 7), align="center", valign="top", colour=colour, size=SMALL)


# --- Bracing ---------------------------------------------------------------------------------------------------------

BRACED = (  # condition in the table, words
    ("muscles on both sides working while lifting", "Lifting, with muscles working front and back"),
    ("bracing the belly on purpose", "Bracing the belly on purpose"),
    ("people with back pain against people without", "With back pain against without, same effort"),
)
KINDS = (("squeeze", "more squeeze", ORANGE), ("stability", "steadier", GREEN))


def _who(place: int) -> str:
    return the_row("co-contraction", condition=BRACED[place][0])["people"]


def _span(condition: str, kind: str) -> str:
    row = the_row("co-contraction", condition=condition)
    low, high = row[f"{kind}_low"], row[f"{kind}_high"]
    return f"{low:.0f} %" if low == high else f"{low:.0f} to {high:.0f} %"


@plate(
    "co-contraction",
    title="What bracing costs, and what it buys",
    alt=f"{_who(0)} lifting: muscles working front and back added {_span(BRACED[0][0], 'squeeze')} squeeze and made "
    f"the spine {_span(BRACED[0][0], 'stability')} steadier. {_who(1)} bracing the belly, in a model: "
    f"{_span(BRACED[1][0], 'squeeze')} more squeeze, {_span(BRACED[1][0], 'stability')} steadier. People with back "
    f"pain against people without: {_span(BRACED[2][0], 'squeeze')} more squeeze.",
    legend="Worked out by models from the activity of people’s muscles. Muscles that work against each other add "
    "squeeze and steady the spine.",
    use="Brace your belly and feel it: what does that cost, what does it buy? Then show the numbers.",
    size=(127, 96),
    claims=("C15",),
)
def co_contraction(page: Page) -> None:
    title(page, "Tension costs squeeze and buys steadiness")
    axes = page.chart((8, 16, 84, 64), (0, 70), (0, 64), grid="x", xticks=[0, 10, 20, 30, 40, 50, 60, 70])
    zero_line(axes, vertical=True)
    y = 62.0
    for condition, words in BRACED:
        row = the_row("co-contraction", condition=condition)
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
    bar(axes, 0, low, y, 4.4, colour)
    if high > low:
        bar(axes, low, high, y, 4.4, PAPER, colour)
    page.note(axes, words, (high + 1.2, y), colour=colour, bold=True)
