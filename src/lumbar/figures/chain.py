"""The document's chain from a trained reflex to a fused disc: a box for each state, an arrow for each claim.

One drawing serves every lesson: `draw_chain` shows the verdict of the claims that are `lit` and quiets the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.evidence.claims import Claim, claims
from lumbar.figures import icons, signs
from lumbar.figures.charts import title
from lumbar.figures.style import (
    ACCENT, ACCENT_WASH, INK, ORANGE, PAPER, QUIET, RULE, SMALL, VERDICT, WASH, Page, Point, arrow, plate, shape,
)

# --- The chain -------------------------------------------------------------------------------------------------------

ROW, BOX = 21.0, 12.0  # mm from one row to the next; height of a box
TOP = 20.0  # mm from the top of the page to the first row
SIZE = (127, 186)


@dataclass(frozen=True)
class State:
    """A box of the chain: its words, its picture, its left and right edge in mm, and its row from the top."""

    words: str
    picture: Callable[[Axes], None]
    left: float
    right: float
    row: int

    @property
    def top(self) -> float:
        return SIZE[1] - TOP - self.row * ROW

    @property
    def middle(self) -> float:
        return self.top - BOX / 2

    @property
    def bottom(self) -> float:
        return self.top - BOX


@dataclass(frozen=True)
class Link:
    """An arrow of the chain: what claim it stands for, from where to where, and where its words stand."""

    claim: str
    start: Point
    end: Point
    words_at: Point


STATES = {
    "reflex": State("A trained reflex: the brain\nruns it on automatic", signs.reflex, 7, 86, 0),
    "tight": State("Habit keeps the\nback muscles tight", signs.tight, 7, 77, 1),
    "pain": State("Pain\nfollows", signs.pain, 91, 120, 1),
    "together": State("Vertebrae are pulled\nclose together", signs.together, 18, 93, 2),
    "facet": State("Facet joints rub\nand get inflamed", signs.facet, 18, 66, 3),
    "aligned": State("Spine is pulled\nout of line", signs.shifted, 7, 62, 4),
    "squeezed": State("Discs are squeezed\nand break down", signs.squeezed, 70, 120, 3),
    "bulging": State("Discs bulge\nand herniate", signs.bulging, 70, 120, 4),
    "trapped": State("Nerve roots\nare trapped", signs.trapped, 70, 120, 5),
    "ruptured": State("Disc ruptures, its\ncore presses nerves", signs.ruptured, 70, 120, 6),
    "fused": State("The disc fuses", signs.fused, 70, 120, 7),
}


def _down(claim: str, start: str, end: str, x: float) -> Link:
    begin, finish = STATES[start].bottom, STATES[end].top
    return Link(claim, (x, begin), (x, finish), (x + 2.6, STATES[end].top + (ROW - BOX) / 2))


def _across(claim: str, start: str, end: str) -> Link:
    begin, finish = STATES[start], STATES[end]
    words_at = (begin.right + 2.5, begin.top + (ROW - BOX) / 2)
    return Link(claim, (begin.right, begin.middle), (finish.left, finish.middle), words_at)


LINKS = (
    _down("C13", "reflex", "tight", 26),
    _across("C14", "tight", "pain"),
    _down("C15", "tight", "together", 26),
    _down("C16", "together", "facet", 26),
    _down("C17", "tight", "aligned", 11.5),
    _down("C18", "together", "squeezed", 75),
    _down("C19", "squeezed", "bulging", 75),
    _down("C20", "bulging", "trapped", 75),
    _down("C21", "trapped", "ruptured", 75),
    _down("C22", "ruptured", "fused", 75),
)


def draw_chain(page: Page, lit: Collection[str] | None = None) -> None:
    """The whole chain. Claims in `lit` show their verdict and the rest is quiet; without `lit` all is bright."""
    graded = {name: claims()[name] for name in lit or ()}
    page.panel((3.5, 3.5, page.width - 7, page.height - 7), WASH, RULE)
    _whole(page, graded.get("C23"), quiet=lit is not None and "C23" not in lit)
    for link in LINKS:
        _draw_link(page, link, graded.get(link.claim), quiet=lit is not None and link.claim not in lit)
    for state in STATES.values():
        _draw_state(page, state, quiet=lit is not None and not _touched(state, lit))


def _touched(state: State, lit: Collection[str]) -> bool:
    """Whether a lit arrow begins or ends at the box."""
    ends = [end for link in LINKS if link.claim in lit for end in (link.start, link.end)]
    return any(state.left <= x <= state.right and state.bottom <= y <= state.top for x, y in ends)


def _whole(page: Page, claim: Claim | None, quiet: bool) -> None:
    """The claim about the chain as a whole, above it; its verdict stands beside the first box."""
    top = page.height - 10
    _chip(page, "C23", (7, top), quiet=quiet)
    words = "Apart from severe accidents, all of this\ntraces back to how nerves and muscles were trained."
    page.note(page.ink, words, (20, top), colour=QUIET if quiet else INK, bold=not quiet)
    if claim:
        _chip(page, "C23", (STATES["reflex"].right + 2, STATES["reflex"].middle), claim)


def _draw_link(page: Page, link: Link, claim: Claim | None, quiet: bool) -> None:
    colour = VERDICT[claim.verdict] if claim else RULE if quiet else ACCENT
    axes = page.figure.axes[0]
    arrow(axes, link.start, link.end, colour, width=1.5 if claim else 1.1, head=2.2 if claim else 2.4, line=None)
    _chip(page, link.claim, link.words_at, claim, quiet)


def _chip(page: Page, name: str, at: Point, claim: Claim | None = None, quiet: bool = False) -> None:
    """A claim's number, and once it is graded its verdict with the certainty below."""
    if claim is None:
        page.panel((at[0], at[1] - 2.3, 9.6, 4.6), PAPER, RULE if quiet else ACCENT)
        colour = QUIET if quiet else ACCENT
        page.note(page.ink, name, (at[0] + 4.8, at[1]), align="center", colour=colour, size=SMALL, bold=not quiet)
        return
    colour = VERDICT[claim.verdict]
    signs.verdict_mark(page.ink, claim.verdict, (at[0] + 2.3, at[1]), 2.1)
    page.note(page.ink, f"{name} {claim.verdict}", (at[0] + 5.4, at[1] + 1.9), colour=colour, size=SMALL, bold=True)
    page.note(page.ink, f"{claim.certainty} certainty", (at[0] + 5.4, at[1] - 1.9), colour=colour, size=SMALL)


def _draw_state(page: Page, state: State, quiet: bool) -> None:
    rect = (state.left, state.bottom, state.right - state.left, BOX)
    page.panel(rect, PAPER, RULE if quiet else QUIET)
    _fill(page, state, quiet)


def _fill(page: Page, state: State, quiet: bool) -> None:
    """The picture and the words in a box."""
    axes = page.anatomy((-7, 7), (-5.6, 5.6), (state.left + 0.8, state.bottom + 0.6, 13, BOX - 1.2))
    state.picture(axes)
    if quiet:
        veil = Path.unit_rectangle().transformed(Affine2D().translate(-0.5, -0.5).scale(14, 11.6))
        shape(axes, veil, PAPER, alpha=0.6)
    page.note(page.ink, state.words, (state.left + 15.5, state.middle), colour=QUIET if quiet else INK, bold=not quiet)


# --- Plates ----------------------------------------------------------------------------------------------------------

MUSCLES, HABITS = ("C13",), ("C13", "C14")
JOINTS = (*HABITS, "C15", "C16", "C17")
DISCS = (*JOINTS, "C18", "C19")
NERVES = (*DISCS, "C20", "C21", "C22")
EVERY = (*NERVES, "C23")


def _graded(names: Collection[str]) -> str:
    return "; ".join(f"{name} {claims()[name].verdict}, {claims()[name].certainty} certainty" for name in names)


@plate(
    "the-chain",
    title="The document’s chain",
    alt="The document’s chain. A trained reflex in the brain; habit keeps back muscles tight; pain follows. Tight "
    "muscles pull the spine out of line, and pull vertebrae together. From there one branch: facet joints rub and "
    "get inflamed. The other: discs are squeezed and break down, bulge and herniate, nerve roots are trapped, the "
    "disc ruptures, it fuses. Apart from severe accidents, all of it is trained.",
    legend="Each box is something that happens, each arrow is one claim. The numbers are the claims’ numbers in "
    "this course.",
    use="Cover the boxes below the second row and ask what could follow from tight muscles; then uncover one at a "
    "time.",
    size=SIZE,
    claims=[link.claim for link in LINKS] + ["C23"],
)
def the_chain(page: Page) -> None:
    draw_chain(page)
    page.heading("How to read this", (9, 40))
    words = "A box: something that\nhappens in the body.\nAn arrow: one claim,\nto be tested on its own."
    page.note(page.ink, words, (9, 36.5), valign="top")


@plate(
    "chain-to-joints",
    title="The chain as far as the joints, graded",
    alt=f"The document’s chain, lit as far as the joints. Bones pulled together: {_graded(['C15'])}. "
    f"Facet joints inflamed: {_graded(['C16'])}. Out of line: {_graded(['C17'])}. Before them {_graded(HABITS)}. "
    "The links to discs, nerves and fusion are grey.",
    legend="A verdict is about the evidence for that arrow. A chain holds as well as its weakest link.",
    use="Ask which single arrow, if it were tested tomorrow, would change the picture most.",
    size=SIZE,
    claims=JOINTS,
)
def chain_to_joints(page: Page) -> None:
    draw_chain(page, JOINTS)
    _parts(page, claims()["C16"], (9, 62))
    page.note(page.ink, "Grey: in other lessons.", (9, 9.5), colour=QUIET, size=SMALL)


def _parts(page: Page, claim: Claim, at: Point) -> None:
    """A claim taken apart, each part with its verdict, hung from `at` in the free corner below the left branch."""
    x, y = at
    page.heading(f"{claim.id} in parts", at, size=10)
    for part in claim.parts:
        lines, colour = wrap(part.says, 31), VERDICT[part.verdict]
        signs.verdict_mark(page.ink, part.verdict, (x + 2, y - 6), 1.9)
        page.note(page.ink, "\n".join(lines), (x + 6, y - 4), valign="top", size=SMALL)
        y -= 3.7 * len(lines)
        page.note(page.ink, part.verdict, (x + 6, y - 4), valign="top", colour=colour, size=SMALL, bold=True)
        y -= 6.6


@plate(
    "chain-to-muscles",
    title="The chain: why muscles stay tight, graded",
    alt="The document’s chain with its first arrow lit. The brain keeps the back muscles tight by a trained reflex: "
    f"{_graded(MUSCLES)}. Its two parts: "
    + "; ".join(f"{part.says}: {part.verdict}" for part in claims()["C13"].parts)
    + ". All other arrows, to pain, joints, discs and nerves, are still grey.",
    legend="The first arrow of the chain. Its two parts fare differently: some people, some tasks, but not every tight "
    "muscle.",
    use="Ask which of the two parts the rest of the chain needs.",
    size=SIZE,
    claims=MUSCLES,
)
def chain_to_muscles(page: Page) -> None:
    draw_chain(page, MUSCLES)
    _parts(page, claims()["C13"], (9, 62))
    page.note(page.ink, "Grey: in other lessons.", (9, 9.5), colour=QUIET, size=SMALL)


@plate(
    "chain-to-habits",
    title="The chain as far as habit and pain, graded",
    alt="The document’s chain with two arrows lit. The brain keeps the back muscles tight by a trained reflex: "
    f"{_graded(['C13'])}. Most back pain comes from such habits: {_graded(['C14'])}. The other arrows are grey. Beside "
    "them stands what would change the verdict on habit.",
    legend="Two arrows, two verdicts. “Untested” says that nobody has looked yet in the way it takes.",
    use="Read aloud what would change the verdict, and ask who would pay for such a study.",
    size=SIZE,
    claims=HABITS,
)
def chain_to_habits(page: Page) -> None:
    draw_chain(page, HABITS)
    _would_change(page, claims()["C14"], (9, 62))
    page.note(page.ink, "Grey: in other lessons.", (9, 9.5), colour=QUIET, size=SMALL)


def _would_change(page: Page, claim: Claim, at: Point) -> None:
    """What would change the verdict on a claim, hung from `at`."""
    page.heading(f"What would change {claim.id}", at, size=10)
    lines = wrap(claim.change.strip(), 31)
    page.note(page.ink, "\n".join(lines), (at[0], at[1] - 4), valign="top", size=SMALL)


@plate(
    "chain-to-discs",
    title="The chain as far as the discs, graded",
    alt="The document’s chain with its arrows lit down to the discs. New here. Discs are squeezed and break down: "
    f"{_graded(['C18'])}. Then they bulge and herniate: {_graded(['C19'])}. The arrows from the brain to the joints "
    "keep the verdicts of earlier lessons. Nerves, rupture and fusion are still grey.",
    legend="The arrow to the discs has two parts: minutes to hours, and years. They fare differently.",
    use="Ask what would have to be measured, in whom and for how long, to test the part about years.",
    size=SIZE,
    claims=("C18", "C19"),
)
def chain_to_discs(page: Page) -> None:
    draw_chain(page, DISCS)
    _parts(page, claims()["C18"], (9, 62))
    page.note(page.ink, "Grey: in other lessons.", (9, 9.5), colour=QUIET, size=SMALL)


@plate(
    "chain-to-nerves",
    title="The chain as far as nerves, rupture and fusion, graded",
    alt="The document’s chain with every arrow lit. New here. Nerve roots are trapped: "
    f"{_graded(['C20'])}. The disc ruptures: {_graded(['C21'])}. It fuses: {_graded(['C22'])}. In parts: "
    + "; ".join(f"{part.says.lower()}: {part.verdict}" for part in claims()["C21"].parts) + ".",
    legend="The further down, the more often the event itself is real, and the order or the cause is what fails.",
    use="Ask for each of the last three arrows: is it the event that is in doubt, or its place in the chain?",
    size=SIZE,
    claims=("C20", "C21", "C22"),
)
def chain_to_nerves(page: Page) -> None:
    draw_chain(page, NERVES)
    _parts(page, claims()["C20"], (9, 65.5))
    _parts(page, claims()["C21"], (9, 31))


@plate(
    "chain-graded",
    title="The whole chain, every link graded",
    alt="The document’s chain with a verdict and its certainty on each arrow. "
    + _graded(EVERY).replace(" certainty", "") + ".",
    legend="Every arrow with its verdict. Each was judged on its own, but the chain needs them all.",
    use="Cover the verdicts; let people grade each arrow; then uncover and talk about the biggest gap.",
    size=SIZE,
    claims=EVERY,
)
def chain_graded(page: Page) -> None:
    draw_chain(page, EVERY)
    _tally(page, EVERY, (9, 60))


def _tally(page: Page, names: Collection[str], at: Point) -> None:
    """How many claims have each verdict, hung from `at`."""
    (x, y), counts = at, Counter(claims()[name].verdict for name in names)
    page.heading(f"{len(names)} claims", at, size=10)
    for i, verdict in enumerate(VERDICT):
        height = y - 6.5 - 7 * i
        signs.verdict_mark(page.ink, verdict, (x + 2.3, height), 2.1)
        words = f"{counts[verdict]} {verdict}"
        page.note(page.ink, words, (x + 6.5, height), colour=VERDICT[verdict], bold=True)


@plate(
    "chain-to-label",
    title="The chain, to fill in",
    alt="The document’s chain as boxes and arrows: a trained reflex; tight back muscles, and from there pain; the "
    "spine out of line; vertebrae pulled together, and from there sore facet joints and squeezed discs; below the "
    "discs, bulging, trapped nerve roots, rupture, fusion.",
    legend="The same chain without numbers and verdicts. In a quiz its boxes are empty.",
    use="Print it with empty boxes and the words on slips of paper; let pairs put the slips in place.",
    size=(127, 178),
    claims=("C23",),
)
def chain_to_label(page: Page) -> None:
    ground = page.figure.axes[0]
    for link in LINKS:
        arrow(ground, link.start, link.end, QUIET, width=1.1, head=2.4, line=None)
    for name, state in STATES.items():
        shape(ground, _rounded(state), WASH if page.bare else PAPER, QUIET, part=name)
        if not page.bare:
            _fill(page, state, quiet=False)


def _rounded(state: State) -> Path:
    """The outline of a box."""
    left, right, low, high, r = state.left, state.right, state.bottom, state.top, 1.8
    corners = (
        ((left, high), (0, -1), (1, 0)), ((right, high), (-1, 0), (0, -1)), ((right, low), (0, 1), (-1, 0)),
        ((left, low), (1, 0), (0, 1)),
    )
    points = [(x + r * u, y + r * v) for (x, y), come, go in corners for u, v in (come, (0, 0), go)]
    codes = [Path.LINETO, Path.CURVE3, Path.CURVE3] * 4
    return Path([*points, points[0]], [Path.MOVETO, *codes[1:], Path.CLOSEPOLY])


# --- Other causes ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Node:
    """A box of the causal diagram: its words, its picture, its middle in mm, and whether the chain has it too."""

    words: str
    picture: Callable[[Axes], None]
    at: Point
    ours: bool = False


WIDE, HIGH = 33.5, 13.0  # mm of a node
NODES = {
    "genes": Node("Genes", icons.genes, (22, 103)),
    "age": Node("Age", icons.age, (63.5, 103)),
    "smoking": Node("Smoking", icons.smoking, (105, 103)),
    "work": Node("Heavy\nwork", icons.work, (22, 73)),
    "disc": Node("Changed\ndiscs", signs.bulging, (63.5, 73), ours=True),
    "illness": Node("Other\nillness", icons.illness, (105, 73)),
    "tight": Node("Tight\nmuscles", signs.tight, (22, 43), ours=True),
    "squeeze": Node("Squeeze\non discs", signs.squeezed, (63.5, 53.5), ours=True),
    "pain": Node("Back\npain", signs.pain, (105, 43), ours=True),
    "stress": Node("Stress", icons.stress, (63.5, 18)),
}
CAUSES = (
    ("genes", "disc"), ("age", "disc"), ("smoking", "disc"), ("work", "disc"), ("work", "tight"), ("illness", "pain"),
    ("stress", "tight"), ("stress", "pain"), ("tight", "squeeze"), ("squeeze", "disc"), ("disc", "pain"),
)


@plate(
    "other-causes",
    title="Causes of back pain that do not pass through tight muscles",
    alt="A diagram of boxes and arrows. The document’s way runs from tight muscles to squeeze on discs, to changed "
    "discs, to back pain. Other ways lead to the same ends: genes, age, smoking and heavy work to changed discs; "
    "illness or a broken bone to pain; stress to tight muscles and to pain. And an arrow runs back from pain to tight "
    "muscles.",
    legend="Other illness: such as inflamed joints, or a bone that breaks because it is weak. Stress leads to tight "
    "muscles and to pain, so the two can go together without one causing the other.",
    use="Ask people to trace every way into “back pain” that does not touch “tight muscles”.",
    size=(127, 122),
    claims=("C23", "C18"),
)
def other_causes(page: Page) -> None:
    title(page, "Many ways lead to back pain")
    ground = page.figure.axes[0]
    for start, end in CAUSES:
        ours = NODES[start].ours and NODES[end].ours
        a, b = _between(NODES[start], NODES[end])
        arrow(ground, a, b, ACCENT if ours else ORANGE, width=1.4, head=2.4, line=None)
    arrow(ground, (86.5, 40.5), (40.5, 40.5), ORANGE, width=1.4, head=2.4, line=None)
    words = "pain tightens muscles, too"
    page.note(page.ink, words, (63.5, 37.4), align="center", colour=ORANGE, size=SMALL, bold=True)
    for node in NODES.values():
        _draw_node(page, node)
    page.note(page.ink, "Blue: the document’s way.", (5, 5.5), colour=ACCENT, size=SMALL, bold=True)
    page.note(page.ink, "Orange: other ways.", (50, 5.5), colour=ORANGE, size=SMALL, bold=True)


def _between(start: Node, end: Node) -> tuple[Point, Point]:
    """From the edge of one box to the edge of the other, along the line through their middles."""
    dx, dy = end.at[0] - start.at[0], end.at[1] - start.at[1]
    share = min(WIDE / 2 / abs(dx) if dx else 9, HIGH / 2 / abs(dy) if dy else 9)
    near = [(p[0] + s * dx * share, p[1] + s * dy * share) for p, s in ((start.at, 1), (end.at, -1.04))]
    return near[0], near[1]


def _draw_node(page: Page, node: Node) -> None:
    x, y = node.at
    fill, line = (ACCENT_WASH, ACCENT) if node.ours else (PAPER, ORANGE)
    page.panel((x - WIDE / 2, y - HIGH / 2, WIDE, HIGH), fill, line)
    node.picture(page.anatomy((-7, 7), (-5.6, 5.6), (x - WIDE / 2 + 0.8, y - HIGH / 2 + 0.8, 14, HIGH - 1.6)))
    page.note(page.ink, node.words, (x - WIDE / 2 + 15.6, y), bold=True)
