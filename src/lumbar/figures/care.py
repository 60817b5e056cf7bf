"""Charts of a whole chain and of care: facts and stories, benefits and harms in people, guidelines, deciding together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes

from lumbar.evidence.tables import table
from lumbar.figures import icons, signs
from lumbar.figures.charts import Estimate, bar, dot, forest, interval, number, the_row, title
from lumbar.figures.people import PEOPLE_QUIET
from lumbar.figures.reflex import badge
from lumbar.figures.style import (
    ACCENT, ACCENT_WASH, BLUE, GREEN, INK, OCHRE, ORANGE, PAPER, PURPLE, QUIET, RULE, SMALL, VERDICT, WARM, WARM_LINE, WASH,
    Page, Point, plate, shape, source, stroke, zero_line,
)

# --- Deciding together -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Talk:
    """One of the three steps of a shared choice: its name, what to ask, its picture in a field of 30 × 26."""

    name: str
    ask: tuple[str, ...]
    picture: Callable[[Axes], None]


def _fork(axes: Axes) -> None:
    """Two people at a signpost."""
    icons.person(axes, (6, 11), 17, ACCENT, 1)
    icons.person(axes, (25, 11), 17, PURPLE)
    icons.box(axes, (15.5, 10.5), 1.3, 18, QUIET)
    for y, side in ((21, 1), (16.4, -1)):
        arm = [(15.5 + side * x, y + rise) for x, rise in ((-4, 1.7), (4, 1.7), (6, 0), (4, -1.7), (-4, -1.7))]
        shape(axes, arm, ACCENT_WASH, ACCENT, corners=range(5))


def _compared(axes: Axes) -> None:
    """Two options side by side, with those who gain and those who are harmed."""
    for left, helped, harmed, tone in ((0.6, 5, 2, ACCENT), (15.8, 3, 0, PURPLE)):
        icons.box(axes, (left + 6.8, 13), 13.4, 24, WASH, tone)
        colours = [GREEN] * helped + [PEOPLE_QUIET] * (9 - helped - harmed) + [ORANGE] * harmed
        icons.rows_of_people(axes, colours, left + 0.9, 23, 4.0, 3)


def _heart(axes: Axes) -> None:
    """What matters to you, and a day to look again."""
    half = [(8, 16.2), (9.4, 18.9), (12.4, 19.3), (14.4, 16.6), (12.8, 12), (8, 7.2)]
    shape(axes, [*half, *((16 - x, y) for x, y in half[1:-1][::-1])], WARM, WARM_LINE, corners=(0, 5))
    icons.box(axes, (22.6, 12.2), 11, 11, PAPER, ACCENT)
    icons.box(axes, (22.6, 16.4), 11, 2.6, ACCENT)
    for x in (19.8, 25.4):
        stroke(axes, [(x, 19.4), (x, 16.8)], INK, width=1.4)
    stroke(axes, [(19.8, 11), (21.8, 8.8), (25.6, 13.4)], GREEN, width=2.2, corners=(1,))


TALKS = (
    Talk("See that there is a choice", ("Which ways are there for me?", "Can it wait? For how long?"), _fork),
    Talk(
        "Compare the ways",
        ("Of 100 people like me, how many", "does it help? How many does it harm?", "And if I do nothing for now?"),
        _compared,
    ),
    Talk("Choose, and look again", ("What matters most to me?", "When do we see whether it worked?"), _heart),
)


@plate(
    "deciding-together",
    title="Deciding together, in three steps",
    alt="First, a strip: any warning sign means help first. Then three steps with questions to ask. One, see that "
    "there is a choice: which ways are there, and can it wait? Two, compare the ways: of 100 people like me, how many "
    "does it help, how many does it harm, and what if I do nothing? Three, choose and look again: what matters to me, "
    "and when do we check?",
    legend="You know what matters to you; the one who treats you knows what was found in others. A good choice needs "
    "both.",
    use="In pairs, one plays the patient with these questions, one the professional; then swap.",
    size=(127, 140),
    claims=("C11", "C12"),
)
def deciding_together(page: Page) -> None:
    page.panel((4, 119, page.width - 8, 17), ORANGE)
    signs.telephone(page.anatomy((-6, 6), (-6, 6), (8, 121.5, 12, 12)))
    page.note(page.ink, "First: any warning sign?", (24, 130.4), colour=PAPER, size=10.5, bold=True)
    page.note(page.ink, "Look first at “When to get help now”.", (24, 124.6), colour=PAPER, size=9.5)
    for i, talk in enumerate(TALKS):
        _talk(page, i + 1, talk, 115.5 - 38 * i)


def _talk(page: Page, number: int, talk: Talk, top: float) -> None:
    page.panel((4, top - 35.5, page.width - 8, 35.5))
    page.panel((7, top - 32.5, 36, 29.5), PAPER)
    talk.picture(page.anatomy((0, 30), (0, 26), (9, top - 31, 32, 26.5)))
    badge(page, number, (49, top - 7))
    page.note(page.ink, talk.name, (53, top - 7), size=10.5, bold=True)
    page.note(page.ink, "Ask:", (47, top - 14), colour=QUIET, size=SMALL)
    page.note(page.ink, "\n".join(talk.ask), (47, top - 17.4), valign="top", size=9.5)


# --- What any chain must fit -----------------------------------------------------------------------------------------

AGES = {"age changes in a disc": (ORANGE, "age changes"), "protruding disc": (BLUE, "protrusions")}
ODDS = {"age changes in a disc": "age changes", "protruding disc": "protrusion", "extruded disc": "extrusion"}
KINDS = {"bulge": "bulges", "protrusion": "protrusions", "extrusion": "extrusions", "loose piece": "loose pieces"}
GENES = the_row("quoted", source="sambrook1999", what="share of differences between discs that goes with genes")


def _at_age(finding: str) -> list[Point]:
    rows = table("imaging-without-pain").where(source="brinjikji2015a", finding=finding)
    return sorted({(row["age"], row["percent"]) for row in rows})


def _odds(finding: str) -> dict:
    return the_row("findings-with-pain", source="brinjikji2015b", finding=finding)


def _shrank(kind: str) -> float:
    return the_row("disc-shrinking", source="chiu2015", kind=kind, outcome="smaller")["percent"]


def _ends(finding: str) -> str:
    (young, first), *_, (old, last) = _at_age(finding)
    return f"from {first:.0f} of 100 at {young:.0f} to {last:.0f} at {old:.0f}"


@plate(
    "chain-must-fit",
    title="Four facts that any chain must fit",
    alt=f"Four charts. In people without pain, age changes in discs rise {_ends('age changes in a disc')}, protrusions only "
    f"{_ends('protruding disc')}. Up to age 50 the odds with pain are "
    + ", ".join(f"{_odds(key)['odds_ratio']:.2f} for {words}" for key, words in ODDS.items())
    + ". Of 100, shrank: "
    + ", ".join(f"{_shrank(kind):.0f} {words}" for kind, words in KINDS.items())
    + f". In twins {GENES['value']:.0f} % of the differences between discs went with genes.",
    legend="Facts 1 and 2 are both true. In fact 2 the lines are the range in which the truth may lie. A share of differences "
    "is about many people; it is not a share of one person’s pain.",
    use="Let each group invent a chain of its own, then see which of the four facts it survives.",
    size=(127, 142),
    claims=("C19", "C21", "C23"),
)
def chain_must_fit(page: Page) -> None:
    title(page, "Four facts that any chain must fit")
    for i, (words, draw) in enumerate(FACTS.items()):
        left, bottom = 4 + 60.5 * (i % 2), 70 - 62 * (i // 2)
        page.panel((left, bottom, 58.5, 60))
        badge(page, i + 1, (left + 5, bottom + 54.5))
        page.note(page.ink, words, (left + 9.5, bottom + 54.5), bold=True)
        draw(page, (left, bottom))
    source(page, "Brinjikji 2015; Chiu 2015; Sambrook 1999")


def _by_age(page: Page, corner: Point) -> None:
    left, bottom = corner
    ticks = {20: "20", 50: "50", 80: "80 years"}
    axes = page.chart((left + 8, bottom + 9, 44, 33), (20, 80), (0, 100), grid="y", xticks=ticks, yticks=(50, 100))
    for finding, (colour, words) in AGES.items():
        spots = _at_age(finding)
        axes.plot(*zip(*spots), color=colour, linewidth=2, clip_on=False)
        for age, percent in (spots[0], spots[-1]):
            dot(axes, age, percent, colour, size=6)
        page.note(axes, words, (80, spots[-1][1] - 24), align="right", colour=colour, bold=True)
    page.note(page.ink, "of 100 people without pain", (left + 4, bottom + 47), colour=QUIET, size=SMALL)


def _with_pain(page: Page, corner: Point) -> None:
    left, bottom = corner
    axes = page.chart((left + 23, bottom + 9, 31, 33), (0, 10), (0, 33), grid="x", xticks=(0, 1, 5, 10))
    axes.axvline(1, color=INK, linewidth=0.9)
    for i, (finding, words) in enumerate(ODDS.items()):
        row, y = _odds(finding), 27 - 10.5 * i
        interval(axes, row["low"], row["high"], y, ORANGE)
        dot(axes, row["odds_ratio"], y, ORANGE)
        page.note(page.ink, words, (left + 4, bottom + 9 + y))
    page.note(page.ink, "odds with pain; 1 is no link", (left + 4, bottom + 47), colour=QUIET, size=SMALL)


def _shrinking(page: Page, corner: Point) -> None:
    left, bottom = corner
    axes = page.chart((left + 23, bottom + 5, 25, 38), (0, 100), (0, 38), grid="")
    zero_line(axes, vertical=True)
    for i, (kind, words) in enumerate(KINDS.items()):
        y = 33.5 - 9.5 * i
        bar(axes, 0, _shrank(kind), y, 5.6, GREEN)
        page.note(axes, f"{_shrank(kind):.0f}", (_shrank(kind) + 4, y), colour=GREEN, bold=True)
        page.note(page.ink, words, (left + 4, bottom + 5 + y))
    page.note(page.ink, "of 100 that shrank, in patients", (left + 4, bottom + 47), colour=QUIET, size=SMALL)


def _twins(page: Page, corner: Point) -> None:
    left, bottom = corner
    axes = page.chart((left + 5, bottom + 20, 48, 12), (0, 100), (0, 12), grid="")
    bar(axes, 0, GENES["value"], 6, 9, ACCENT)
    bar(axes, GENES["value"], 100, 6, 9, RULE)
    page.note(axes, f"genes {GENES['value']:.0f}", (6, 6), colour=PAPER, bold=True)
    page.note(axes, "else", (87, 6), align="center", bold=True)
    words = f"True share: {GENES['low']:.0f} to {GENES['high']:.0f}.\nSmoking counts, too."
    page.note(page.ink, words, (left + 5, bottom + 12), colour=QUIET, size=SMALL)
    words = "of 100 parts of the\ndifferences between discs"
    page.note(page.ink, words, (left + 4, bottom + 43), colour=QUIET, size=SMALL)


FACTS: dict[str, Callable[[Page, Point], None]] = {
    "Common without pain": _by_age,
    "Commoner with pain": _with_pain,
    "The worst shrink most": _shrinking,
    "Genes count for much": _twins,
}


# --- Three stories face the facts ------------------------------------------------------------------------------------

STORIES: dict[str, tuple[Callable[[Axes], None], Callable[[Axes], None]]] = {
    "Tight muscles\nharm discs,\ndiscs hurt": (signs.tight, signs.squeezed),
    "Discs age,\naged discs\nhurt": (icons.age, signs.squeezed),
    "Many causes\ntogether": (icons.genes, icons.work),
}
FITS, CAN, HARD, NOT = "fits", "can fit", "hard to fit", "does not fit"
MARKS = {FITS: "supported", CAN: "supported", HARD: "partly supported", NOT: "contradicted"}  # drawn with these signs
FACED = (  # our judgement, one word for each story
    ("Findings are common\nwithout pain", (HARD, HARD, FITS)),
    ("Findings are commoner\nwith pain", (FITS, FITS, FITS)),
    ("Protrusions rise little\nwith age", (NOT, NOT, CAN)),
    ("The worst ones\nshrink most", (NOT, NOT, CAN)),
    ("Genes count\nfor much", (HARD, FITS, FITS)),
)


def _missed(column: int) -> str:
    """Which facts a story does not fit well, for those who cannot see the chart."""
    missed = [fact.replace("\n", " ") for fact, marks in FACED if marks[column] in (HARD, NOT)]
    return "; ".join(missed).lower() or "none"


@plate(
    "stories-and-facts",
    title="Three stories face five facts",
    alt="A table of three stories against five facts. " + " ".join(
        f"{words.replace(chr(10), ' ')}: trouble with {_missed(i)}." for i, words in enumerate(STORIES)
    ),
    legend="The marks are our judgement; yours may differ. A story that can fit everything forbids nothing: “many causes” is "
    "safe, and it does not say which ones are yours.",
    use="Cover the marks and let pairs set their own; then talk about the cells where they differ.",
    size=(127, 117),
    claims=("C23",),
)
def stories_and_facts(page: Page) -> None:
    title(page, "Three stories face five facts")
    for i, (words, pictures) in enumerate(STORIES.items()):
        x = _story(i)
        for k, picture in enumerate(pictures):
            picture(page.anatomy((-7, 7), (-5.6, 5.6), (x - 13 + 13.5 * k, 91.5, 12.5, 11)))
        page.note(page.ink, words, (x, 84.5), align="center", colour=ACCENT, size=SMALL, bold=True)
    for i, (fact, marks) in enumerate(FACED):
        _faced(page, fact, marks, 70 - 14.4 * i)


def _story(column: int) -> float:
    return 57 + 28 * column


def _faced(page: Page, fact: str, marks: tuple[str, ...], y: float) -> None:
    stroke(page.ink, [(4, y + 7.2), (page.width - 4, y + 7.2)], RULE, width=0.6)
    page.note(page.ink, fact, (5, y))
    for i, words in enumerate(marks):
        signs.verdict_mark(page.ink, MARKS[words], (_story(i), y + 2), 2.3)
        at, colour = (_story(i), y - 3.4), VERDICT[MARKS[words]]
        page.note(page.ink, words, at, align="center", colour=colour, size=SMALL, bold=True)


# --- Options in people -----------------------------------------------------------------------------------------------


def _better(row: dict) -> int:
    """How many more of 100 people fare well with the treatment; below zero is fewer."""
    more = round(row["with_it"] - row["without"])
    return more if row["good"] == "yes" else -more


def _difference(row: dict) -> str:
    better, words = _better(row), "more" if row["good"] == "yes" else "fewer"
    return f"{better} {words}" if better > 0 else f"{-better} more at risk" if better else "the same by then"


def _told(row: dict) -> str:
    return f"{row['treatment']}, {row['outcome']}: {row['with_it']:.0f}, {row['without']:.0f}"


@plate(
    "options-in-100",
    title="What treatments did, in people out of 100",
    alt="Of 100 people, how many with it and without: "
    + "; ".join(_told(row) for row in table("options-in-100").rows) + ".",
    legend="Each row comes from other people, so rows cannot be ranked. The rows say what the others got, and how much was tried. "
    "A big gap in one small trial may shrink in the next. The 40 on exercise comes from another study; the 27 is worked out.",
    use="Cover the right-hand side. Let people guess which of the six made no difference.",
    size=(127, 152),
    claims=("C11",),
)
def options_in_100(page: Page) -> None:
    title(page, "Of 100 people, with it and without it")
    dot(page.ink, 8, 136, ACCENT)
    page.note(page.ink, "with it", (11, 136), colour=ACCENT, bold=True)
    dot(page.ink, 30, 136, QUIET)
    page.note(page.ink, "without it", (33, 136), colour=QUIET, bold=True)
    for i, row in enumerate(table("options-in-100").rows):
        _option(page, row, 131 - 20.2 * i)
    source(page, "sources in the lesson")


def _option(page: Page, row: dict, top: float) -> None:
    better = _better(row)
    colour = GREEN if better > 0 else ORANGE if better else QUIET
    page.panel((4, top - 19, page.width - 8, 18.6))
    page.note(page.ink, row["treatment"], (7, top - 4), bold=True)
    page.note(page.ink, _difference(row), (120, top - 4), align="right", colour=colour, bold=True)
    page.note(page.ink, f"{row['who']}; against {row['against']}", (7, top - 8.4), colour=QUIET, size=SMALL)
    page.note(page.ink, row["sure"], (120, top - 8.4), align="right", colour=QUIET, size=SMALL)
    axes = page.chart((9, top - 16.5, 38, 5), (0, 100), (-1, 1), grid="")
    axes.plot([0, 100], [0, 0], color=RULE, linewidth=3, solid_capstyle="round", clip_on=False)
    axes.plot([row["without"], row["with_it"]], [0, 0], color=colour, linewidth=3)
    dot(axes, row["without"], 0, QUIET, size=9)
    dot(axes, row["with_it"], 0, ACCENT, size=9 if better else 6)
    counts = f"{row['with_it']:.0f} and {row['without']:.0f}"
    page.note(page.ink, counts, (52, top - 14), bold=True)
    page.note(page.ink, row["outcome"], (74, top - 14), size=SMALL)


# --- Gains in points -------------------------------------------------------------------------------------------------

STAGES = {"new back pain": "New pain", "long-lasting back pain": "Long-lasting pain"}
NAMES = {
    "anti-inflammatory tablets": "anti-inflammatory pills\nagainst dummy pills",
    ("exercise", "new back pain"): "exercise\nagainst a sham",
    ("exercise", "long-lasting back pain"): "exercise\nagainst usual or no care",
    "manipulation by hand": "manipulation\nagainst other good care",
    "behavioural treatment": "behavioural therapy\nagainst usual care",
    "cognitive functional therapy": "movement and talks\nagainst usual care",
}


def _gains(who: str) -> list[dict]:
    rows = table("options").where(who=who, kind="points")
    return [row for row in rows if row["outcome"].startswith("pain") and row["low"] is not None]


def _name(row: dict) -> str:
    return NAMES.get(row["option"]) or NAMES[row["option"], row["who"]]


def _gain(row: dict) -> str:
    low, high = number(row["low"]), number(row["high"])
    return f"{_name(row)} {number(row['effect'])} ({low} to {high})".replace("\n", " ")


@plate(
    "gains-in-points",
    title="How much less pain, on a scale of 100",
    alt="A forest plot of pain, in points of 100. "
    + ". ".join(f"{words}: " + "; ".join(map(_gain, _gains(who))) for who, words in STAGES.items()) + ".",
    legend="What a treatment is compared with matters: against nothing, hope and attention count in its favour; against a sham "
    "they do not. “Usual or no care” may also be a placebo here. Rows come from different people and cannot be ranked.",
    use="Ask why exercise in long-lasting pain looks so strong here, and what it was compared with.",
    size=(127, 124),
    claims=("C11", "C03"),
)
def gains_in_points(page: Page) -> None:
    title(page, "How many points less pain?")
    rows: list[Estimate] = []
    for who, words in STAGES.items():
        rows += [Estimate(words), *(Estimate.of(row, _name(row), "effect") for row in _gains(who))]
    forest(
        page, rows, (5, 8, 117, 91), (-20, 8), (-20, -10, 0), favours=("less pain", "more"), decimals=1,
        unit="points of 100", labels=43, numbers=27,
    )


# --- Guidelines ------------------------------------------------------------------------------------------------------

GUIDELINES = {"WHO": "WHO\n2023", "ACP new": "ACP 2017\nnew", "ACP long": "ACP 2017\nlong", "NICE": "NICE\n2020"}
SAYS = {
    "yes": ("may", GREEN), "package": ("with\nexercise", OCHRE), "last": ("last", OCHRE), "no": ("no", ORANGE),
    "none": ("open", QUIET),
}
FIRST_COLUMN, COLUMN, LINE = 44.0, 19.6, 8.6  # mm


def _lines() -> dict[str, dict[str, str]]:
    """What each guideline says about each treatment."""
    found: dict[str, dict[str, str]] = {}
    for row in table("guidelines").rows:
        found.setdefault(row["option"], {})[row["guideline"]] = row["says"]
    return found


def _agree(says: dict[str, str]) -> bool:
    """Whether no guideline offers what another rules out."""
    return not {"yes", "no"} <= set(says.values())


@plate(
    "guidelines",
    title="What three guidelines say",
    alt="A table of eleven treatments and three guidelines. All that speak of them offer exercise, anti-inflammatory pills and "
    "talking therapies. "
    + "They disagree about "
    + " and ".join(option for option, says in _lines().items() if not _agree(says))
    + ". None offers paracetamol alone, or traction, belts and TENS; opioids at most as a last resort in long-lasting pain.",
    legend="WHO: long-lasting pain without a known cause only. ACP: US doctors; by its own rule this one is out of date. NICE: "
    "England. An empty field: not spoken of, or not seen by us. “Open”: looked at, no recommendation.",
    use="Ask which line shows best that people, not only numbers, write guidelines.",
    size=(127, 136),
    claims=("C11", "C12"),
)
def guidelines(page: Page) -> None:
    title(page, "What three guidelines say")
    for i, words in enumerate(GUIDELINES.values()):
        page.note(page.ink, words, (_middle(i), 117), align="center", bold=True)
    for i, (option, says) in enumerate(_lines().items()):
        _line(page, option, says, 107.5 - LINE * i)
    page.note(page.ink, "They disagree where the line is tinted.", (5, 10), colour=QUIET, size=SMALL)


def _middle(column: int) -> float:
    return FIRST_COLUMN + COLUMN * (column + 0.5)


def _line(page: Page, option: str, says: dict[str, str], y: float) -> None:
    if not _agree(says):
        page.panel((3.5, y - LINE / 2 + 0.2, page.width - 7, LINE - 0.4), ACCENT_WASH)
    stroke(page.ink, [(5, y - LINE / 2), (page.width - 5, y - LINE / 2)], RULE, width=0.6)
    page.note(page.ink, option, (5, y), bold=not _agree(says))
    for i, name in enumerate(GUIDELINES):
        if name in says:
            words, colour = SAYS[says[name]]
            page.note(page.ink, words, (_middle(i), y), align="center", colour=colour, bold=True, size=SMALL if "\n" in words else 9)
