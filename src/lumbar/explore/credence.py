"""The chain, link by link: what is left at its end when no link is sure, and when its links hang together."""

from math import log10

from matplotlib.axes import Axes
from matplotlib.path import Path

from lumbar.explore.crowds import hundred, veil
from lumbar.explore.registry import explorer, steps, stops
from lumbar.explore.shapes import rectangle
from lumbar.figures import signs
from lumbar.figures.charts import dot, interval
from lumbar.figures.style import (
    ACCENT, BLUE, HEADING, ORANGE, PAPER, PURPLE, QUIET, RULE, SMALL, Page, Rect, arrow, shape,
)  # fmt: skip
from lumbar.models.credence import (
    FUSES, GENEROUS, HURTS, NOT_MEASURED, PROTRUDES, SCEPTICAL, Spread, doubt_shares, spread, still_held,
)  # fmt: skip

# --- A path with its doubts ------------------------------------------------------------------------------------------

UNKNOWN, COUNTED = -1, 0  # stops of sliders that are not a number of people
LOAD: dict[float, Spread] = {8: SCEPTICAL, 25: (4, 12), 50: GENEROUS, 90: (18, 2)}

STEPS = (
    ("Discs show\nage changes", signs.squeezed),
    ("… because\nof load", signs.together),
    ("… from tight\nmuscles", signs.tight),
    ("a disc\nsticks out", signs.bulging),
    ("and gives\nleg pain", signs.trapped),
    ("and it fuses\nin the end", signs.fused),
)
BOX = (38.0, 29.0)  # mm
ENDS = {"to leg pain": (1.45, ORANGE), "to fusion": (0.5, PURPLE)}  # where each answer stands on its scale
ASKED = (
    "how often load is behind it", "how often tight muscles are behind the load", "how often such a disc sticks out",
    "how often that gives leg pain",
)  # fmt: skip


def links(load: float, tension: float, later: float) -> tuple[Spread, ...]:
    """The five links at that setting, each as a spread."""
    ending = (PROTRUDES, HURTS, FUSES) if later == COUNTED else (about(later),) * 3
    return LOAD[load], NOT_MEASURED if tension == UNKNOWN else about(tension), *ending


def about(percent: float) -> Spread:
    """A credence that somebody holds, with the doubt that twenty cases would leave."""
    return percent / 5, 20 - percent / 5


def count(share: float) -> str:
    """A share as people out of 10,000, to two digits."""
    if share < 0.000095:
        return "fewer than 1"
    return f"{float(f'{10_000 * share:.2g}'):,.0f}"


def say_credence(load: float, tension: float, later: float) -> str:
    """What the setting shows, in plain words."""
    chain = links(load, tension, later)
    middle, low, high = map(count, spread(chain[:4]))
    return (
        f"Of 10,000 people with age changes in a disc, about {middle} went the whole way from tight muscles to leg "
        f"pain. With these doubts it could be from {low} to {high}. "
        f"With a fused disc at the end it is {count(spread(chain)[0])}. {_doubt_said(chain[:4], tension)}"
    ).replace("about fewer", "fewer")


def _doubt_said(chain: tuple[Spread, ...], tension: float) -> str:
    """Which link the doubt about the end comes from."""
    share = doubt_shares(chain)
    place = int(share.argmax())
    if share[place] < 0.5:
        return "The doubt is spread over the links."
    measured = " Nobody has measured it." if place == 1 and tension == UNKNOWN else ""
    return f"Most of the doubt, {100 * share[place]:.0f} %, comes from one link: {ASKED[place]}.{measured}"


def credence_ground(page: Page) -> None:
    """The boxes with their pictures, the arrows, and the scale of the answer."""
    page.heading("Of 10,000 people with age changes in a disc …", (5, page.height - 8), size=11)
    for place, (words, picture) in enumerate(STEPS):
        left, bottom, width, height = box(place)
        page.panel((left, bottom, width, height), PAPER, QUIET)
        picture(page.anatomy((-7, 7), (-5.6, 5.6), (left + 1, bottom + 15.5, 15, 12)))
        page.note(page.ink, words, (left + 17, bottom + 21.5), size=SMALL, bold=True)
        if place:
            join(page, box(place - 1), box(place))
    page.note(page.ink, "Blue bars: how much of the doubt comes from that link", (5, 45), colour=BLUE, size=SMALL)
    axes = scale(page)
    ends = {-6: "1 in a million", -4: "1 in 10,000", -2: "1 in 100", 0: "all"}
    lines = Path.make_compound_path(*(Path([(x, 0), (x, 2)]) for x in range(-6, 1)))
    shape(axes, lines, None, RULE, width=0.6)
    for x, words in ends.items():
        page.note(axes, words, (x, -0.35), align={-6: "left", 0: "right"}.get(x, "center"), colour=QUIET, size=SMALL)
    for words, (y, colour) in ENDS.items():
        page.note(page.ink, words, (5, page.place(axes, (0, y))[1]), colour=colour, bold=True)
    page.note(page.ink, "The whole way, and how far the doubts reach", (5, 38), bold=True)


@explorer(
    "chain-credence",
    title="What is left at the end of the chain?",
    alt="Six boxes in two rows: discs show age changes, because of load, from tight muscles, a disc sticks out, it "
    "gives leg pain, it fuses. Each picture fades by how few people are left. Blue bars show how much of the doubt "
    "comes from each link. Below, two bands on a scale from one in a million to all: the whole way to leg pain, and "
    "to fusion.",
    sliders=(
        stops("load", "Disc changes come from load in", {
            8: "about 8 of 100 (a doubter)", 25: "about 25 of 100", 50: "about 50 of 100 (generous)",
            90: "about 90 of 100 (a believer)",
        }, 25),
        stops("tension", "Of that load, from tight muscles", {
            UNKNOWN: "nobody knows: 0 to 100 of 100", 10: "about 10 of 100", 50: "about 50 of 100",
            90: "about 90 of 100",
        }, UNKNOWN),
        stops("later", "The later links hold in", {
            COUNTED: "as many as were counted", 50: "about 50 of 100, each", 90: "about 90 of 100, each",
        }, COUNTED),
    ),
    presets={
        "As graded here": {},
        "A doubter": {"load": 8},
        "A generous reader": {"load": 50},
        "A believer": {"load": 90, "tension": 90},
        "All links at 90": {"load": 90, "tension": 90, "later": 90},
    },
    say=say_credence,
    leaves_out="all other paths: discs can change for other reasons, and backs can hurt without any of this. A small "
    "number at the end does not make the chain false. No number here is measured for people in whom the step before "
    "held; fusion is a guess. “As graded here” turns “contested” into about 25 and “untested” into anything.",
    claims=("C18", "C19", "C20", "C22", "C23"),
    ground=credence_ground,
    size=(127, 122),
)  # fmt: skip
def chain_credence(page: Page, load: float, tension: float, later: float) -> None:
    chain = links(load, tension, later)
    shares = (0, *doubt_shares(chain[:4]), 0)
    for place in range(len(STEPS)):
        left, bottom, _, _ = box(place)
        held = spread(chain[:place])[0] if place else 1.0
        fade(page, (left + 0.8, bottom + 15, 15.4, 13), held)
        page.note(page.ink, count(held), (left + 2, bottom + 9.5), bold=True, size=HEADING)
        shape(page.ink, rectangle(left + 2, bottom + 2.6, 34 * float(shares[place]), 2.6), BLUE)
    axes = scale(page)
    for (y, colour), path in zip(ENDS.values(), (chain[:4], chain), strict=True):
        middle, low, high = (max(-6.0, log10(p)) for p in spread(path))
        interval(axes, low, high, y, colour, 3)
        dot(axes, middle, y, colour)


def box(place: int) -> Rect:
    """Where the box of a step stands: three in a row."""
    row, column = divmod(place, 3)
    return 4 + 40.5 * column, 81 - 32.5 * row, *BOX


def join(page: Page, one: Rect, other: Rect) -> None:
    """A short arrow from box to box; none where a row ends."""
    if one[1] == other[1]:
        y = one[1] + one[3] / 2
        arrow(page.ink, (one[0] + one[2] - 0.4, y), (other[0] + 0.6, y), ACCENT, width=1.1)


def fade(page: Page, rect: Rect, held: float) -> None:
    """Veil a picture, the more so the fewer are left."""
    shape(page.ink, rectangle(*rect), PAPER, alpha=round(0.92 * (1 - held ** 0.3), 2) or 0.001)


def scale(page: Page) -> Axes:
    """The axes of the answer: powers of ten."""
    return page.chart((27, 12, 96, 22), (-6, 0), (0, 2), grid="")


# --- Links that hang together ----------------------------------------------------------------------------------------

CHAIN = (
    ("", "A trained\nreflex", signs.reflex),
    ("C13", "keeps muscles\ntight", signs.tight),
    ("C15", "pulls bones\ntogether", signs.together),
    ("C18", "discs\nbreak down", signs.squeezed),
    ("C19", "discs bulge,\nherniate", signs.bulging),
    ("C20", "nerves are\ntrapped", signs.trapped),
    ("C21", "a disc\nruptures", signs.ruptured),
    ("C22", "and fuses", signs.fused),
)
"""Each box of the document's chain, with the claim that leads to it."""

EARLY = 2  # links from the reflex to the joints
TOGETHER = {0.0: "not at all", 0.3: "a little", 0.6: "clearly", 0.9: "almost as one"}
SMALL_BOX = (27.5, 33.0)  # mm


def credences(early: float, later: float) -> tuple[float, ...]:
    """The credence of each link, 0 to 1."""
    return (early / 100,) * EARLY + (later / 100,) * (len(CHAIN) - 1 - EARLY)


def say_dependence(early: float, later: float, together: float) -> str:
    """What the setting shows, in plain words."""
    chain = credences(early, later)
    alone, held = (100 * still_held(chain, r)[-1] for r in (0, together))
    weakest = f"It can never be more than the weakest link, {min(early, later):g}."
    said = f"You hold each of the first two links at {early:g} in 100 and each of the five later ones at {later:g}."
    apart = f"If links do not hang together, all seven hold in {chance(alone)} of 100."
    if not together:
        return f"{said} {apart} {weakest}"
    return f"{said} {apart} If they hang together, {TOGETHER[together]}, in {chance(held)} of 100. {weakest}"


def chance(percent: float) -> str:
    return f"{percent:.0f}" if percent >= 0.95 else "fewer than 1"


def dependence_ground(page: Page) -> None:
    """The boxes of the document's chain with their pictures, and the hundred chains below."""
    page.heading("Of 100 such chains, how many hold this far?", (4, page.height - 8), size=11)
    for place, (claim, words, picture) in enumerate(CHAIN):
        left, bottom, width, height = small_box(place)
        page.panel((left, bottom, width, height), PAPER, QUIET)
        picture(page.anatomy((-7, 7), (-5.6, 5.6), (left + 5.7, bottom + 19, 16, 13)))
        page.note(page.ink, words, (left + width / 2, bottom + 13.2), align="center", size=SMALL)
        if place:
            join(page, small_box(place - 1), (left, bottom, width, height))
    page.heading("The whole chain", (4, 35))
    hundred(page, CHAINS, ORANGE)


CHAINS: Rect = (4.0, 6.0, 66.0, 25.0)


@explorer(
    "chain-dependence",
    title="Seven links: what if they hang together?",
    alt="The document’s chain as eight boxes in two rows, from a trained reflex to a fused disc. Each picture fades "
    "by how many of a hundred such chains still hold there, and the number stands below it. At the bottom a hundred "
    "little people for a hundred chains: those lit hold from end to end.",
    sliders=(
        steps("early", "Each of the first two links", 10, 90, 20, " in 100", start=70),
        steps("later", "Each of the five later links", 10, 90, 20, " in 100", start=30),
        stops("together", "Links hang together", TOGETHER, 0.0),
    ),
    presets={
        "Roughly as graded here": {},
        "A doubter": {"early": 50, "later": 10},
        "Half and half": {"early": 50, "later": 50},
        "Half and half, hanging together": {"early": 50, "later": 50, "together": 0.9},
        "A believer": {"early": 90, "later": 90},
    },
    say=say_dependence,
    leaves_out="that every link has its own credence; how sure you are of it; and all other paths to pain. Links "
    "that hang together share something behind them, such as a person’s genes or work; the model does not say what. "
    "It tells what follows from your numbers. It cannot tell which numbers are right.",
    claims=("C13", "C15", "C18", "C19", "C20", "C21", "C22", "C23"),
    ground=dependence_ground,
    size=(127, 126),
)
def chain_dependence(page: Page, early: float, later: float, together: float) -> None:
    held = (1.0, *still_held(credences(early, later), together))
    for place, share in enumerate(held):
        left, bottom, width, _ = small_box(place)
        fade(page, (left + 3, bottom + 18, width - 6, 14.3), share)
        middle = (left + width / 2, bottom + 4)
        page.note(page.ink, chance(100 * share), middle, align="center", bold=True, size=HEADING)
    whole, alone = (100 * still_held(credences(early, later), r)[-1] for r in (together, 0))
    veil(page, CHAINS, round(whole) if whole >= 0.95 else 0)
    page.note(page.ink, chance(whole), (75, 29), colour=ORANGE, bold=True, size=16)
    page.note(page.ink, "of 100 hold to the end", (75, 22), colour=ORANGE, bold=True)
    words = f"If apart: {chance(alone)}\nIf as one: {min(early, later):g}"
    page.note(page.ink, words, (75, 13), size=SMALL)


def small_box(place: int) -> Rect:
    """Where a box of the document's chain stands: four in a row."""
    row, column = divmod(place, 4)
    return 4 + 30.5 * column, 80 - 36.5 * row, *SMALL_BOX
