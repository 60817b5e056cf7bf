"""The document's chain from a trained reflex to a fused disc: a box for each state, an arrow for each claim.

One drawing serves every lesson: `draw_chain` shows the verdict of the claims that are `lit` and quiets the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.evidence.claims import Claim, claims
from lumbar.figures import signs
from lumbar.figures.style import ACCENT, INK, PAPER, QUIET, RULE, SMALL, VERDICT, WASH, Page, Point, arrow, plate, shape

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
    axes = page.anatomy((-7, 7), (-5.6, 5.6), (state.left + 0.8, state.bottom + 0.6, 13, BOX - 1.2))
    state.picture(axes)
    if quiet:
        veil = Path.unit_rectangle().transformed(Affine2D().translate(-0.5, -0.5).scale(14, 11.6))
        shape(axes, veil, PAPER, alpha=0.6)
    page.note(page.ink, state.words, (state.left + 15.5, state.middle), colour=QUIET if quiet else INK, bold=not quiet)


# --- Plates ----------------------------------------------------------------------------------------------------------

JOINTS = ("C15", "C16", "C17")


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
    alt=f"The document’s chain with three arrows lit. Tight muscles pull vertebrae together: {_graded(['C15'])}. "
    f"Facet joints rub and get inflamed: {_graded(['C16'])}. The spine is pulled out of line: {_graded(['C17'])}. "
    "The other links, to discs, nerves and fusion, are grey: they come in later lessons.",
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
