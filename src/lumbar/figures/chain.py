"""The document's chain from a trained reflex to a fused disc: a box for each state, an arrow for each claim.

One drawing serves every lesson: `draw_chain` shows the verdict of the claims that are `lit` and quiets the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Wedge
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.evidence.claims import Claim, claims
from lumbar.figures.people import posture
from lumbar.figures.style import (
    ACCENT, BONE, BONE_DEEP, BONE_LINE, DISC, DISC_LINE, DISC_RING, INK, MUSCLE, MUSCLE_FIBRE, MUSCLE_LINE,
    NERVE, NERVE_LINE, NUCLEUS, PAPER, QUIET, RULE, SMALL, SYNOVIUM, SYNOVIUM_LINE, VERDICT, WARM, WARM_LINE, WASH,
    Page, Point, arrow, cord, plate, shape, stroke,
)

# --- Small pictures, in a field of 14 × 11 with its middle at (0, 0); the front of the body is on the left --------------


def _bone(axes: Axes, x: float, y: float, width: float = 7.0, height: float = 3.6, turn: float = 0.0) -> None:
    """A vertebral body from the side."""
    corners = [(-0.5, 0.5), (0, 0.44), (0.5, 0.5), (0.43, 0), (0.5, -0.5), (0, -0.44), (-0.5, -0.5), (-0.43, 0)]
    place = Affine2D().scale(width, height).rotate_deg(turn).translate(x, y)
    shape(axes, place.transform(corners), BONE, BONE_LINE, corners=(0, 2, 4, 6))


def _disc(axes: Axes, x: float, y: float, width: float = 6.6, height: float = 1.5, fill: str = DISC) -> None:
    shape(axes, _oval(x, y, width, height), fill, DISC_LINE)


def _oval(x: float, y: float, width: float, height: float) -> Path:
    return Path.unit_circle().transformed(Affine2D().scale(width / 2, height / 2).translate(x, y))


def _reflex(axes: Axes) -> None:
    brain = [(-5.4, 0.2), (-4.4, 2.9), (-1.6, 4.3), (1.6, 4.2), (4.2, 2.6), (4.9, 0), (3.6, -1.8), (1.4, -2.0), (-2.2, -1.5)]
    cord(axes, [(1.2, -1.2), (1.9, -3.2), (2.0, -5.2)], 1.5, SYNOVIUM, SYNOVIUM_LINE)
    shape(axes, brain, SYNOVIUM, SYNOVIUM_LINE)
    for fold in ([(-4.2, 1.2), (-2.4, 1.9), (-1.8, 3.2)], [(-1.5, -0.4), (0.2, 0.9), (0.0, 2.6)], [(1.6, 0.2), (3.0, 0.8), (3.0, 2.2)]):
        stroke(axes, fold, SYNOVIUM_LINE, width=0.9)


def _tight(axes: Axes) -> None:
    for y in (3.6, 0, -3.6):
        _bone(axes, 0, y, 3.0, 2.9)
    for side in (-1, 1):
        belly = [(side * x, y) for x, y in ((2.1, 5.3), (3.6, 2.4), (3.9, 0), (3.6, -2.4), (2.1, -5.3), (1.7, 0))]
        shape(axes, belly, MUSCLE, MUSCLE_LINE, corners=(0, 4))
        for x in (2.3, 3.1):
            stroke(axes, [(side * (x - 0.2), 3.2), (side * x, 0), (side * (x - 0.2), -3.2)], MUSCLE_FIBRE, width=0.6)


def _pain(axes: Axes) -> None:
    posture(axes, "standing", (0, -5.4), 10.8)
    for radius, tone in ((1.5, WARM), (0.7, WARM_LINE)):
        shape(axes, Path.circle((-0.35, 0.7), radius), tone)


def _together(axes: Axes) -> None:
    _disc(axes, 0, 0, 6.8, 1.0)
    _bone(axes, 0, 2.2)
    _bone(axes, 0, -2.2)
    for side in (-1, 1):
        arrow(axes, (5.4, side * 4.6), (5.4, side * 0.8), width=1.0)
        arrow(axes, (-5.4, side * 4.6), (-5.4, side * 0.8), width=1.0)


def _facet(axes: Axes) -> None:
    _disc(axes, -2.6, 0, 6.2, 1.6)
    _bone(axes, -2.6, 2.6, 6.2)
    _bone(axes, -2.6, -2.6, 6.2)
    shape(axes, _oval(3.6, -0.2, 3.8, 5.4), WARM, None, alpha=0.45)
    shape(axes, [(0.6, 3.2), (3.2, 2.6), (4.9, 0.2), (4.5, -2.4), (3.7, -1.6), (2.9, 0.8), (0.6, 2.0)], BONE, BONE_LINE)
    shape(axes, [(0.6, -1.8), (1.8, -1.6), (2.6, 0.6), (3.4, -1.6), (3.2, -3.8), (0.6, -3.2)], BONE, BONE_LINE)
    stroke(axes, [(2.75, 0.7), (3.2, -0.4), (3.6, -1.5)], WARM_LINE, width=1.6)


def _shifted(axes: Axes) -> None:
    for y, x in ((3.7, 0.0), (0, -1.7), (-3.7, 0.0)):
        _bone(axes, x, y, 6.0, 2.7)
    stroke(axes, [(3.9, 5.2), (3.9, -5.2)], QUIET, width=0.7, dash=(2, 2))
    arrow(axes, (5.0, 0), (1.7, 0), width=0.9)


def _squeezed(axes: Axes) -> None:
    _disc(axes, 0, 0, 8.4, 1.5, DISC_RING)
    _bone(axes, 0, 2.3, 7.2, 3.2)
    _bone(axes, 0, -2.3, 7.2, 3.2)
    arrow(axes, (0, 5.6), (0, 1.6), width=1.1)
    arrow(axes, (0, -5.6), (0, -1.6), width=1.1)


def _from_above(axes: Axes, core: Sequence[Point], rim: Sequence[Point]) -> None:
    """A disc from above, its back on the right; `rim` and `core` may bulge there."""
    shape(axes, rim, DISC, DISC_LINE)
    shape(axes, [(0.75 * x - 0.2, 0.72 * y) for x, y in _kidney(0)], None, DISC_RING)
    shape(axes, core, NUCLEUS, DISC_LINE)


def _kidney(bulge: float) -> list[Point]:
    return [(-5.8, 0), (-4.4, 3.4), (-0.6, 4.4), (2.4, 3.3), (2.7 + bulge, 0), (2.4, -3.3), (-0.6, -4.4), (-4.4, -3.4)]


def _bulging(axes: Axes) -> None:
    core = [(-3.2, 0), (-1.9, 1.6), (0.2, 1.5), (2.0, 0.9), (3.7, 0), (2.0, -0.9), (0.2, -1.5), (-1.9, -1.6)]
    _from_above(axes, core, _kidney(2.2))


def _trapped(axes: Axes) -> None:
    _from_above(axes, [(-3.2, 0), (-1.4, 1.6), (1.8, 0.9), (3.2, 0), (1.8, -0.9), (-1.4, -1.6)], _kidney(1.4))
    cord(axes, [(5.9, 5.2), (5.2, 2.0), (4.9, 0), (5.3, -2.2), (6.2, -5.2)], (1.7, 1.6, 1.0, 1.6, 1.7), NERVE, NERVE_LINE)


def _ruptured(axes: Axes) -> None:
    core = [(-3.4, 0), (-1.6, 1.4), (1.2, 0.7), (2.6, 0.6), (3.9, 1.5), (4.7, 0), (3.9, -1.5), (2.6, -0.6), (1.2, -0.7), (-1.6, -1.4)]
    _from_above(axes, core, _kidney(0))
    cord(axes, [(6.0, 5.2), (5.8, 2.0), (5.6, 0), (5.9, -2.2), (6.3, -5.2)], (1.5, 1.5, 1.0, 1.5, 1.5), NERVE, NERVE_LINE)


def _fused(axes: Axes) -> None:
    edge = [(-3.6, 5.0), (0, 4.7), (3.6, 5.0), (3.2, 2.8), (3.9, 0), (3.2, -2.8), (3.6, -5.0), (0, -4.7), (-3.6, -5.0)]
    body = shape(axes, [*edge, (-3.2, -2.8), (-3.9, 0), (-3.2, 2.8)], BONE, BONE_LINE, corners=(0, 2, 6, 8))
    for x in (-2.6, -1.3, 0, 1.3, 2.6):
        stroke(axes, [(x, 1.3), (x + 0.3, 0), (x, -1.3)], BONE_DEEP, width=0.9, inside=body)


# --- The chain ----------------------------------------------------------------------------------------------------------

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
    "reflex": State("A trained reflex: the brain\nruns it on automatic", _reflex, 7, 86, 0),
    "tight": State("Habit keeps the\nback muscles tight", _tight, 7, 77, 1),
    "pain": State("Pain\nfollows", _pain, 91, 120, 1),
    "together": State("Vertebrae are pulled\nclose together", _together, 18, 93, 2),
    "facet": State("Facet joints rub\nand get inflamed", _facet, 18, 66, 3),
    "aligned": State("Spine is pulled\nout of line", _shifted, 7, 62, 4),
    "squeezed": State("Discs are squeezed\nand break down", _squeezed, 70, 120, 3),
    "bulging": State("Discs bulge\nand herniate", _bulging, 70, 120, 4),
    "trapped": State("Nerve roots\nare trapped", _trapped, 70, 120, 5),
    "ruptured": State("Disc ruptures, its\ncore presses nerves", _ruptured, 70, 120, 6),
    "fused": State("The disc fuses", _fused, 70, 120, 7),
}


def _down(claim: str, start: str, end: str, x: float) -> Link:
    begin, finish = STATES[start].bottom, STATES[end].top
    return Link(claim, (x, begin), (x, finish), (x + 2.6, STATES[end].top + (ROW - BOX) / 2))


LINKS = (
    _down("C13", "reflex", "tight", 26),
    Link("C14", (77, STATES["tight"].middle), (91, STATES["tight"].middle), (79.5, STATES["tight"].top + (ROW - BOX) / 2)),
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
    """The whole chain. Each claim in `lit` shows its verdict and the rest is quiet; without `lit` all is bright, ungraded."""
    graded = {name: claims()[name] for name in lit or ()}
    page.panel((3.5, 3.5, page.width - 7, page.height - 7), WASH, RULE)
    _whole(page, graded.get("C23"))
    for link in LINKS:
        _draw_link(page, link, graded.get(link.claim), quiet=lit is not None and link.claim not in lit)
    for state in STATES.values():
        _draw_state(page, state, quiet=lit is not None and not _touched(state, lit))


def _touched(state: State, lit: Collection[str]) -> bool:
    """Whether a lit arrow begins or ends at the box."""
    ends = [end for link in LINKS if link.claim in lit for end in (link.start, link.end)]
    return any(state.left <= x <= state.right and state.bottom <= y <= state.top for x, y in ends)


def _whole(page: Page, claim: Claim | None) -> None:
    """The claim about the chain as a whole, above it."""
    top = page.height - 10
    _chip(page, "C23", (7, top), claim)
    words = "Apart from severe accidents, all of this\ntraces back to how nerves and muscles were trained."
    page.note(page.ink, words, (20, top), bold=True)


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
    verdict_mark(page.ink, claim.verdict, (at[0] + 2.3, at[1]), 2.1)
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


# --- Verdicts -------------------------------------------------------------------------------------------------------------


def verdict_mark(axes: Axes, verdict: str, at: Point, radius: float) -> None:
    """The sign of a verdict, told by its form as well as its colour."""
    colour = VERDICT[verdict]
    ring = dict(facecolor=PAPER, edgecolor=colour, linewidth=1.2, clip_on=False)
    axes.add_patch(Wedge(at, radius, 0, 360, **ring | (dict(linestyle=(0, (1.6, 1.2))) if verdict == "untested" else {})))
    _SIGNS[verdict](axes, np.asarray(at), radius, colour)


def _filled(axes: Axes, at: np.ndarray, radius: float, colour: str, angles: Point = (0, 360)) -> None:
    axes.add_patch(Wedge(at, radius, *angles, facecolor=colour, edgecolor="none", clip_on=False))


def _tick(axes: Axes, at: np.ndarray, radius: float, colour: str) -> None:
    _filled(axes, at, radius, colour)
    stroke(axes, at + radius * np.array([(-0.45, 0.0), (-0.12, -0.38), (0.5, 0.42)]), PAPER, width=1.3, corners=(1,))


def _half(axes: Axes, at: np.ndarray, radius: float, colour: str) -> None:
    _filled(axes, at, radius, colour, (180, 360))


def _opposed(axes: Axes, at: np.ndarray, radius: float, colour: str) -> None:
    for side in (-1, 1):
        tip, y = at + radius * np.array((0.62 * side, 0.3 * side)), 0.3 * side
        stroke(axes, [at + radius * np.array((-0.55 * side, y)), tip], colour, width=1.1)
        barb = [tip + radius * np.array((-0.35 * side, d)) for d in (0.28, -0.28)]
        stroke(axes, [barb[0], tip, barb[1]], colour, width=1.1, corners=(1,))


def _question(axes: Axes, at: np.ndarray, radius: float, colour: str) -> None:
    hook = at + radius * np.array([(-0.32, 0.28), (0.0, 0.58), (0.32, 0.28), (0.05, -0.02), (0.0, -0.28)])
    stroke(axes, hook, colour, width=1.1)
    shape(axes, Path.circle(at - (0, 0.58 * radius), 0.1 * radius), colour)


def _cross(axes: Axes, at: np.ndarray, radius: float, colour: str) -> None:
    _filled(axes, at, radius, colour)
    for side in (-1, 1):
        stroke(axes, at + 0.38 * radius * np.array([(-1, side), (1, -side)]), PAPER, width=1.3)


_SIGNS = {
    "supported": _tick,
    "partly supported": _half,
    "contested": _opposed,
    "untested": _question,
    "contradicted": _cross,
}


# --- Plates -------------------------------------------------------------------------------------------------------------

JOINTS = ("C15", "C16", "C17")


def _graded(names: Collection[str]) -> str:
    return "; ".join(f"{name} {claims()[name].verdict}, {claims()[name].certainty} certainty" for name in names)


@plate(
    "the-chain",
    title="The document’s chain",
    alt="The document’s chain. A trained reflex in the brain; habit keeps back muscles tight; pain follows. Tight muscles pull the "
    "spine out of line, and pull vertebrae together. From there one branch: facet joints rub and get inflamed. The other: discs are "
    "squeezed and break down, bulge and herniate, nerve roots are trapped, the disc ruptures, it fuses. Apart from severe accidents, "
    "all of it is trained.",
    legend="Each box is something that happens, each arrow is one claim. The numbers are the claims’ numbers in this course.",
    use="Cover the boxes below the second row and ask what could follow from tight muscles; then uncover one at a time.",
    size=SIZE,
    claims=[link.claim for link in LINKS] + ["C23"],
)
def the_chain(page: Page) -> None:
    draw_chain(page)
    _key(page, "How to read this", "A box: something that\nhappens in the body.\nAn arrow: one claim of the\ndocument, to be tested\non its own.")


def _key(page: Page, heading: str, words: str) -> None:
    """A remark in the free corner below the left branch."""
    page.heading(heading, (9, 44))
    page.note(page.ink, words, (9, 40.5), valign="top")


@plate(
    "chain-to-joints",
    title="The chain as far as the joints, graded",
    alt="The document’s chain with three arrows lit. Tight muscles pull vertebrae together: "
    f"{_graded(['C15'])}. Facet joints rub and get inflamed: {_graded(['C16'])}. The spine is pulled out of line: {_graded(['C17'])}. "
    "The other links, to discs, nerves and fusion, are grey: they come in later lessons.",
    legend="A verdict is about the evidence for that arrow. A chain holds as well as its weakest link.",
    use="Ask which single arrow, if it were tested tomorrow, would change the picture most.",
    size=SIZE,
    claims=JOINTS,
)
def chain_to_joints(page: Page) -> None:
    draw_chain(page, JOINTS)
    _key(page, "In this lesson", "Three arrows, each with its\nverdict. The grey ones come\nin other lessons.")
