"""The look of every picture: palette, type, page, labels, chart axes, and how a plate becomes SVG.

A plate is a function that draws on a `Page`:

    @plate("facet-joint", title="…", alt="…", legend="…", use="…", size=(127, 90), claims=("C16",))
    def facet_joint(page: Page) -> None:
        axes = page.anatomy(xlim=(-30, 30), ylim=(-20, 20))          # millimetres of the body, equal aspect
        shape(axes, points, BONE, BONE_LINE, part="superior-facet")  # a smooth closed curve, with an id for quizzes
        page.label(axes, "Facet joint", at=(3, 4), text_at=(20, 9), accent=True)

Sizes of a page, and of what stands on `page.ink`, are millimetres on paper; 127 mm = 360 pt, so that on a page 127 mm
wide type of 9 pt is 9 px high on a telephone. What is drawn later lies on top: every helper here uses one z-order.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox

# What a subject module draws with, all from here.
from lumbar.figures.drawing import Point, arrow, cord, curve, outline, put, shape, solid, stroke
from lumbar.figures.palette import *
from lumbar.figures.tidy import parts, tidied

Rect = tuple[float, float, float, float]  # left, bottom, width, height
Ticks = Sequence[float] | dict[float, str]


class Page:
    """A white card of `size` (width, height) mm that a plate is drawn on.

    `ink` is an axes over the whole page in millimetres from the bottom left: for headings, arrows between panels and
    all type. With `bare` the page carries no type, leaders or details.
    """

    def __init__(self, size: tuple[float, float], bare: bool = False):
        self.width, self.height = size
        self.bare = bare
        self.leaders: list[list[Point]] = []  # in mm on the page, so that a test can see whether any cross
        self.figure = Figure(figsize=(self.width / 25.4, self.height / 25.4), dpi=72, facecolor="none")
        self.figure.patch.set_visible(False)
        FigureCanvasSVG(self.figure)
        self._card()
        self.ink = self._axes((0, 0, *size), zorder=10)
        self.ink.set(xlim=(0, self.width), ylim=(0, self.height))

    def _card(self) -> None:
        ground = self._axes((0, 0, self.width, self.height), zorder=0)
        ground.set(xlim=(0, self.width), ylim=(0, self.height))
        card = FancyBboxPatch(
            (0.3, 0.3), self.width - 0.6, self.height - 0.6, boxstyle="round,pad=0,rounding_size=2.5",
            facecolor=PAPER, edgecolor=RULE, linewidth=0.6,
        )
        ground.add_patch(card)
        card.set_clip_on(False)

    def _axes(self, rect: Rect, zorder: float = 5) -> Axes:
        left, bottom, width, height = rect
        box = (left / self.width, bottom / self.height, width / self.width, height / self.height)
        axes = self.figure.add_axes(box, frameon=False, zorder=zorder)
        axes.set_axis_off()  # an axis without ticks shows nothing, and takes as long to draw as what does
        axes.bare = self.bare
        return axes

    def anatomy(self, xlim: Point, ylim: Point, rect: Rect | None = None) -> Axes:
        """Axes in millimetres of the body, equal aspect, no frame, that show at least `xlim` × `ylim` within `rect`.

        `rect` is (left, bottom, width, height) in mm on the page; without it the page less a margin of 2 mm. What lies
        outside is not cut off. `axes.mm` is how many mm on the page one unit takes.
        """
        left, bottom, width, height = rect or (2, 2, self.width - 4, self.height - 4)
        axes = self._axes((left, bottom, width, height))
        axes.mm = min(width / (xlim[1] - xlim[0]), height / (ylim[1] - ylim[0]))
        (x, y), reach = (np.mean(xlim), np.mean(ylim)), (width / axes.mm / 2, height / axes.mm / 2)
        axes.set(xlim=(x - reach[0], x + reach[0]), ylim=(y - reach[1], y + reach[1]))
        return axes

    def lens(self, centre: Point, radius: float, reach: float, about: Point = (0.0, 0.0)) -> Axes:
        """Axes seen through a round glass of `radius` mm on the page that shows `reach` mm of the body around `about`.

        What is drawn outside the glass is cut off.
        """
        (x, y), (u, v), r = centre, about, radius
        axes = self.anatomy((u - reach, u + reach), (v - reach, v + reach), (x - r, y - r, 2 * r, 2 * r))
        axes.set_gid("lens")
        shape(axes, Path.circle(about, reach), WASH)
        shape(self.ink, Path.circle(centre, radius), None, QUIET, width=1.2)
        return axes

    def panel(self, rect: Rect, fill: str = WASH, line: str | None = None) -> None:
        """A quiet rounded ground for one of several pictures on the page; `rect` in mm."""
        left, bottom, width, height = rect
        ground = FancyBboxPatch(
            (left, bottom), width, height, boxstyle="round,pad=0,rounding_size=1.8",
            facecolor=fill, edgecolor=line or "none", linewidth=0.7,
        )
        self.figure.axes[0].add_patch(ground)
        ground.set_clip_on(False)

    def heading(
        self, text: str, at: Point, align: str = "left", colour: str = INK, size: float = HEADING
    ) -> list[Text]:
        """The short bold name of a panel, its baseline at `at` in mm on the page."""
        return self.note(self.ink, text, at, align=align, colour=colour, size=size, bold=True, valign="baseline")

    def note(
        self, axes: Axes, text: str, at: Point, *, align: str = "left", valign: str = "center", colour: str = INK,
        size: float = LABEL, bold: bool = False, italic: bool = False,
    ) -> list[Text]:
        """Words without a leader, in data units of `axes`: a direct label of a chart, a name of a region, a remark.

        Each line is a text of its own, so that it is aligned in whatever font the reader has. `valign`: center, top,
        bottom, baseline (of the first line).
        """
        if self.bare:
            return []
        lines = text.split("\n")
        (x, y), pitch = self.place(axes, at), 1.22 * size / MM
        first = {"center": (len(lines) - 1) / 2, "bottom": len(lines) - 1}.get(valign, 0)
        look = dict(ha=align, va=valign, color=colour, fontsize=size)
        look |= dict(fontweight="bold" if bold else "normal", fontstyle="italic" if italic else "normal")
        return [self.ink.text(x, y + (first - i) * pitch, line, **look) for i, line in enumerate(lines)]

    def label(
        self, axes: Axes, text: str, at: Point | Sequence[Point], text_at: Point, *, align: str = "left",
        accent: bool = False, colour: str | None = None, size: float = LABEL, via: Sequence[Point] = (),
    ) -> list[Text]:
        """A name with a thin leader that ends in a dot on the part, or on several parts.

        `at` (one point or several), `text_at` and `via` (where the leader bends) are in data units of `axes`. The
        leader leaves the text at its start with `align="left"`, at its end with "right", at its nearer edge with
        "center".
        """
        if self.bare:
            return []
        colour = colour or (ACCENT if accent else INK)
        words = self.note(axes, text, text_at, align=align, colour=colour, size=size, bold=accent)
        targets = [at] if np.ndim(at) == 1 else list(at)
        for target in targets:
            end = self.place(axes, target)
            bends = [self.place(axes, bend) for bend in via]
            self._leader([self._hook(words, align, (bends or [end])[0]), *bends, end], colour, 0.9 if accent else 0.6)
        return words

    def _hook(self, words: Sequence[Text], align: str, towards: Point) -> Point:
        """Where a leader leaves its text, in mm: beside it, or above or below the middle of a centred one."""
        box = self.box(words)
        if align == "center":
            return ((box.x0 + box.x1) / 2, box.y1 + 0.5 if towards[1] > box.y1 else box.y0 - 0.4)
        return (box.x0 - 0.8 if align == "left" else box.x1 + 0.8, (box.y0 + box.y1) / 2)

    def _leader(self, points: Sequence[Point], colour: str, width: float) -> None:
        self.leaders.append(list(points))
        for tone, thickness in ((PAPER, width + 1.1), (colour, width)):
            line = Path(points)
            patch = PathPatch(line, facecolor="none", edgecolor=tone, linewidth=thickness, zorder=1, capstyle="round")
            patch.set_alpha(None if tone == colour else 0.75)
            put(self.ink, patch, None, detail=False)
        dot = PathPatch(Path.circle(points[-1], 0.55), facecolor=colour, edgecolor=PAPER, linewidth=0.5, zorder=1)
        put(self.ink, dot, None, detail=False)

    def place(self, axes: Axes, at: Point) -> Point:
        """A point of `axes` in mm on the page."""
        return tuple(float(v) / MM for v in axes.transData.transform(at))

    def box(self, words: Sequence[Text]) -> Bbox:
        """The box around texts in mm on the page, measured in DejaVu Sans."""
        return Bbox.union([line.get_window_extent() for line in words]).transformed(Affine2D().scale(1 / MM))

    def chart(
        self, rect: Rect, xlim: Point, ylim: Point, *, x: str = "", y: str = "", grid: str = "y",
        xticks: Ticks = (), yticks: Ticks = (),
    ) -> Axes:
        """Axes for data in the house style; `rect` (mm) is the plotting area, type stands outside it.

        `x` names the horizontal axis below its right end, `y` the vertical one above its top, both with units. Ticks: a
        sequence of values, or {value: word}. `grid` is "y", "x", "xy" or "". Name lines and bars directly with
        `page.note`.
        """
        axes = self._axes(rect)
        axes.set(xlim=xlim, ylim=ylim, axisbelow=True)
        axes.set_axis_on()
        for axis, ticks in ((axes.xaxis, xticks), (axes.yaxis, yticks)):
            words = ticks if isinstance(ticks, dict) else {v: f"{v:g}" for v in ticks}
            axis.set_ticks(list(words), list(words.values()) if not self.bare else [""] * len(words))
            axis.set_tick_params(length=0, pad=3, labelsize=SMALL, labelcolor=QUIET)
        for name, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
            if name in grid:
                axis.grid(color=RULE, linewidth=0.6)
        left, bottom, width, height = rect
        if x:
            self.note(self.ink, x, (left + width, bottom - 6.2), align="right", colour=QUIET, size=SMALL)
        if y:
            self.note(self.ink, y, (left, bottom + height + 3.6), colour=QUIET, size=SMALL)
        return axes

    def drawn(self) -> Bbox:
        """The box in mm around everything drawn: all shapes but the card."""
        boxes = [_extent(axes, patch) for axes in self.figure.axes for patch in (*axes.patches, *axes.lines)][1:]
        return Bbox.union([box for box in boxes if box is not None]).transformed(Affine2D().scale(1 / MM))

    def texts(self) -> list[Text]:
        """Every text that shows on the page, tick labels included."""
        self.figure.draw_without_rendering()
        found = [t for t in self.figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
        return [t for t in found if t.axes is None or t.axes.axison or t in t.axes.texts]


def _extent(axes: Axes, artist: Artist) -> Bbox | None:
    """The box of a shape in points on the page: what shows of it, where it lies behind a lens."""
    box = artist.get_path().get_extents(artist.get_transform())
    return Bbox.intersection(box, axes.bbox) if axes.get_gid() == "lens" else box


def zero_line(axes: Axes, at: float = 0.0, vertical: bool = False) -> None:
    """The line of "no difference" in a chart."""
    (axes.axvline if vertical else axes.axhline)(at, color=INK, linewidth=0.9, zorder=1)


def source(page: Page, text: str) -> list[Text]:
    """Who was measured, in the bottom right corner: "Kalichman 2008, n = 188"."""
    return page.note(page.ink, text, (page.width - 3.5, 3.6), align="right", colour=QUIET, size=SMALL)


@dataclass(frozen=True)
class Plate:
    """A picture of the course: what it shows, how it is told in words, and the function that draws it."""

    name: str
    title: str
    alt: str
    legend: str
    use: str
    size: tuple[float, float]
    claims: tuple[str, ...]
    draw: Callable[[Page], None] = field(repr=False)

    def page(self, bare: bool = False) -> Page:
        """The plate freshly drawn."""
        with house():
            page = Page(self.size, bare)
            self.draw(page)
            return page


PLATES: dict[str, Plate] = {}


def plate(
    name: str, *, title: str, alt: str, legend: str, use: str = "", size: tuple[float, float] = (127, 90),
    claims: Sequence[str] = (),
) -> Callable[[Callable[[Page], None]], Callable[[Page], None]]:
    """Register the function below as the plate `name`.

    `title` heads it in a gallery and the caption, `alt` gives a blind reader the point (40 to 400 characters), `legend`
    is the caption, `use` says in a line how to use it in class, `size` is (width, height) in mm, `claims` the ids that
    it serves.
    """

    def register(draw: Callable[[Page], None]) -> Callable[[Page], None]:
        PLATES[name] = Plate(name, title, alt, legend, use, size, tuple(claims), draw)
        return draw

    return register


@lru_cache(maxsize=None)
def svg(entry: Plate, bare: bool = False) -> str:
    """The plate as SVG text: the same bytes each time, type as type, part ids kept, everything else made small."""
    raw = io.BytesIO()
    with house():
        page = entry.page(bare)
        page.figure.canvas.print_svg(raw, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    if not bare:
        return tidied(raw.getvalue().decode(), title=entry.title)
    box = page.drawn().padded(2).transformed(Affine2D().scale(MM))
    return tidied(raw.getvalue().decode(), crop=(box.x0, page.height * MM - box.y1, box.width, box.height))
