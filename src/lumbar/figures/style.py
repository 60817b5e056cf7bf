"""The look of every picture: palette, type, page, labels, chart axes, and how a plate becomes SVG.

A plate is a function that draws on a `Page`:

    @plate("facet-joint", title="…", alt="…", legend="…", use="…", size=(127, 90), claims=("C16",))
    def facet_joint(page: Page) -> None:
        axes = page.anatomy(xlim=(-30, 30), ylim=(-20, 20))          # millimetres of the body, equal aspect
        shape(axes, points, BONE, BONE_LINE, part="superior-facet")  # a smooth closed curve, with an id for quizzes
        page.label(axes, "Facet joint", at=(3, 4), text_at=(20, 9), accent=True)

Sizes of a page, and of what stands on `page.ink`, are millimetres on paper; 127 mm = 360 pt, so that on a page 127 mm wide
type of 9 pt is 9 px high on a telephone. What is drawn later lies on top: every helper here uses one z-order.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

import matplotlib.style
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Patch, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox

# --- Palette: told apart by lightness as well as by hue, so that it survives colour blindness and a grey printer -----

PAPER = "#FFFFFF"
INK = "#1F2A37"  # labels, leaders
QUIET = "#566170"  # second voice: units, sources, what is not the point (6:1 on PAPER)
RULE = "#CBD2DA"  # grid lines, frames
WASH = "#F2F5F8"  # the ground of a panel
ACCENT = "#0F5FA8"  # what the plate is about (6:1 on PAPER)
ACCENT_WASH = "#D6E6F5"

BONE, BONE_LIGHT, BONE_SHADE, BONE_DEEP, BONE_LINE = "#F1E3C3", "#FAF3E1", "#E0CB9F", "#CBB181", "#7C6440"
CARTILAGE, CARTILAGE_LINE = "#A9C6D6", "#4F7A92"
DISC, DISC_RING, NUCLEUS, DISC_LINE = "#B4CDD3", "#86A8B2", "#E3F0EF", "#507582"
LIGAMENT, LIGAMENT_LINE = "#DCD6C6", "#978E78"
MUSCLE, MUSCLE_LIGHT, MUSCLE_FIBRE, MUSCLE_LINE = "#C4736A", "#DB9A90", "#A5544D", "#7A3A36"
NERVE, NERVE_LIGHT, NERVE_LINE = "#F2C744", "#FBE49A", "#94700F"
FLUID = "#D9EEF6"  # joint fluid
SYNOVIUM, SYNOVIUM_LINE = "#EBBBAE", "#B06E5F"  # the lining of a joint
WARM, WARM_LIGHT, WARM_LINE = "#E8824F", "#F7C7A3", "#A84A1B"  # inflamed: warm, never gore
FAT, FAT_LINE = "#F7E7B4", "#C2A558"
SKIN, SKIN_LINE = "#F0D2BC", "#A9765A"
ARTERY, VEIN = "#C9564F", "#6C8CBF"

BLUE, ORANGE, GREEN, PURPLE, OCHRE = "#0072B2", "#C24E00", "#00795A", "#8A4A86", "#8F6A00"  # data, each legible as type
DATA = (BLUE, ORANGE, GREEN, PURPLE, OCHRE)
VERDICT = {
    "supported": "#0B6B4F",
    "partly supported": "#2C6E9B",
    "contested": "#8A6100",
    "untested": "#5B6470",
    "contradicted": "#A33244",
}

# --- Type, in points: 1 pt is 1 px where a page of 127 mm is shown 360 px wide ---------------------------------------

SMALL, LABEL, HEADING = 8.5, 9.0, 10.5
FONTS = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif'
LINE_WIDTH = 0.8

_MM = 72 / 25.4  # points in a millimetre
_HOUSE = {
    "font.family": "DejaVu Sans",  # wider than what FONTS offers first, so what fits here fits on the screen
    "font.size": LABEL,
    "text.color": INK,
    "axes.unicode_minus": True,
    "path.simplify": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "lumbar",
}



@contextmanager
def house() -> Iterator[None]:
    """matplotlib as this course sets it, whatever the learner's own settings; wrap drawing and saving in it."""
    with matplotlib.style.context("default"), matplotlib.rc_context(_HOUSE):
        yield


Point = tuple[float, float]
Rect = tuple[float, float, float, float]  # left, bottom, width, height


# --- Curves ----------------------------------------------------------------------------------------------------------


def curve(points: Iterable[Point], closed: bool = True, corners: Iterable[int] = (), roundness: float = 1.0) -> Path:
    """A smooth curve through points (n × 2), as cubic Béziers with centripetal-like Catmull–Rom tangents.

    At `corners` (indices, negative ones too) the curve turns sharply. `roundness` 0 gives straight lines.
    """
    knots = np.asarray(list(points), float)
    n = len(knots)
    sharp = {i % n for i in corners} | (set() if closed else {0, n - 1})
    tangents = [np.zeros(2) if i in sharp else _tangent(knots, i) for i in range(n)]
    vertices, codes = [knots[0]], [Path.MOVETO]
    for i in range(n if closed else n - 1):
        j = (i + 1) % n
        reach = np.linalg.norm(knots[j] - knots[i]) * roundness / 3
        leave = tangents[i] if i not in sharp else _unit(knots[j] - reach * tangents[j] - knots[i])
        arrive = tangents[j] if j not in sharp else _unit(knots[j] - knots[i] - reach * tangents[i])
        vertices += [knots[i] + reach * leave, knots[j] - reach * arrive, knots[j]]
        codes += [Path.CURVE4] * 3
    if closed:
        vertices.append(knots[0])
        codes.append(Path.CLOSEPOLY)
    return Path(vertices, codes)


def _tangent(knots: np.ndarray, i: int) -> np.ndarray:
    """The direction at knot i, leaning to its nearer neighbour, so that uneven spacing makes no loops."""
    before, after = knots[i] - knots[i - 1], knots[(i + 1) % len(knots)] - knots[i]
    a, b = np.linalg.norm(before) or 1e-9, np.linalg.norm(after) or 1e-9
    return _unit(before / a * b + after / b * a)


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / (np.linalg.norm(vector) or 1.0)


def outline(points: Iterable[Point], closed: bool = True, corners: Iterable[int] = (), steps: int = 12) -> np.ndarray:
    """Points (m × 2) densely along the same curve that `shape` draws: for insides, offsets and shared borders."""
    path = curve(points, closed, corners)
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    bezier = path.vertices[: 1 + 3 * ((len(path.vertices) - 1) // 3)]
    pieces = []
    for a, b, c, d in zip(bezier[:-1:3], bezier[1::3], bezier[2::3], bezier[3::3], strict=False):
        pieces.append((1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d)
    return np.vstack([*pieces, bezier[-1:]]) if not closed else np.vstack(pieces)


# --- Drawing ---------------------------------------------------------------------------------------------------------


def shape(
    axes: Axes,
    points: Iterable[Point] | Path,
    fill: str | None,
    line: str | None = None,
    *,
    part: str | None = None,
    corners: Iterable[int] = (),
    width: float = LINE_WIDTH,
    dash: Sequence[float] | None = None,
    alpha: float = 1.0,
    inside: Patch | None = None,
    detail: bool = False,
) -> PathPatch:
    """A smooth closed shape through `points` (or a ready `Path`), in data units of `axes`.

    `part` is its id in the SVG, what a quiz asks for. `inside` clips it to another shape: for shade tones. `detail` marks what
    `blank` may leave out (tones, fibres). `width` and `dash` are in points.
    """
    path = points if isinstance(points, Path) else curve(points, corners=corners)
    patch = PathPatch(path, facecolor=fill or "none", edgecolor=line or "none", linewidth=width if line else 0)
    patch.set(zorder=1, alpha=None if alpha == 1 else alpha, joinstyle="round", gid=part)
    if dash:
        patch.set_linestyle((0, tuple(d / width for d in dash)))
    return _add(axes, patch, inside, detail)


def solid(
    axes: Axes, points: Iterable[Point], fill: str, shade: str, line: str | None, *, light: Point = (-2.0, 1.6),
    part: str | None = None, corners: Iterable[int] = (), width: float = LINE_WIDTH,
) -> PathPatch:
    """A shape in two flat tones: lit from one side, with a band of `shade` where the shape moved by `light` leaves itself bare.

    The lit tone covers half of the outline, so that the line swells on the side away from the light, as drawn with a pen.
    """
    points, corners = np.asarray(list(points), float), tuple(corners)
    if getattr(axes, "bare", False):
        return shape(axes, points, fill, line, part=part, corners=corners, width=width)
    whole = shape(axes, points, shade, line, part=part, corners=corners, width=width * 1.35)
    shape(axes, points + np.asarray(light), fill, None, part=part, corners=corners, inside=whole)
    return whole


def stroke(
    axes: Axes,
    points: Iterable[Point],
    colour: str,
    *,
    width: float = LINE_WIDTH,
    part: str | None = None,
    corners: Iterable[int] = (),
    dash: Sequence[float] | None = None,
    alpha: float = 1.0,
    inside: Patch | None = None,
    detail: bool = True,
) -> PathPatch:
    """A smooth open line through `points`; `width` in points. Left out of `blank` unless `detail=False`."""
    patch = PathPatch(curve(points, closed=False, corners=corners), facecolor="none", edgecolor=colour, linewidth=width)
    patch.set(zorder=1, alpha=None if alpha == 1 else alpha, joinstyle="round", capstyle="round", gid=part)
    if dash:
        patch.set_linestyle((0, tuple(d / width for d in dash)))
    return _add(axes, patch, inside, detail)


def cord(
    axes: Axes, points: Iterable[Point], thickness: float | Sequence[float], fill: str, line: str, **how: object
) -> PathPatch:
    """A band of `thickness` (data units; one number, or one for each point) along a smooth line: a nerve, a ligament."""
    middle = np.asarray(list(points), float)
    half = np.broadcast_to(np.asarray(thickness, float) / 2, len(middle))
    along = np.gradient(middle, axis=0)
    across = np.stack([-along[:, 1], along[:, 0]], 1) / np.linalg.norm(along, axis=1, keepdims=True) * half[:, None]
    n = len(middle)
    edge = np.vstack([middle + across, (middle - across)[::-1]])
    return shape(axes, edge, fill, line, corners=how.pop("corners", (0, n - 1, n, 2 * n - 1)), **how)


def arrow(
    axes: Axes, start: Point, end: Point, colour: str = ACCENT, *, width: float = 2.0, head: float = 2.4,
    part: str | None = None, line: str | None = PAPER,
) -> PathPatch:
    """A flat arrow for a force or a movement; `width` of the shaft in data units, `head` times as wide at the head."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    along = _unit(end - start)
    across = np.array([-along[1], along[0]]) * width / 2
    neck = end - along * min(width * head * 0.85, np.linalg.norm(end - start) * 0.7)
    corners = [start + across, neck + across, neck + across * head, end, neck - across * head, neck - across, start - across]
    path = Path([*corners, corners[0]], [Path.MOVETO, *[Path.LINETO] * 6, Path.CLOSEPOLY])
    return shape(axes, path, colour, line, width=0.7, part=part)


def _add(axes: Axes, patch: PathPatch, inside: Patch | None, detail: bool) -> PathPatch:
    if detail and getattr(axes, "bare", False) or axes.get_gid() == "lens" and not _in_view(axes, patch):
        return patch
    axes.add_patch(patch)
    patch.set_clip_on(inside is not None)
    if inside is not None:
        patch.set_clip_path(inside.get_path(), inside.get_transform())
    return patch


def _in_view(axes: Axes, patch: PathPatch) -> bool:
    box = patch.get_path().get_extents()
    return box.x0 < axes.get_xlim()[1] and box.x1 > axes.get_xlim()[0] and box.y0 < axes.get_ylim()[1] and box.y1 > axes.get_ylim()[0]


# --- The page --------------------------------------------------------------------------------------------------------


class Page:
    """A white card of `size` (width, height) mm that a plate is drawn on.

    `ink` is an axes over the whole page in millimetres from the bottom left: for headings, arrows between panels and all
    type. With `bare` the page carries no type, leaders or details.
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
        axes.set(xticks=[], yticks=[])
        axes.bare = self.bare
        return axes

    def anatomy(self, xlim: Point, ylim: Point, rect: Rect | None = None) -> Axes:
        """Axes in millimetres of the body, equal aspect, no frame, that show at least `xlim` × `ylim` within `rect`.

        `rect` is (left, bottom, width, height) in mm on the page; without it the page less a margin of 2 mm. What lies outside is
        not cut off. `axes.mm` is how many mm on the page one unit takes.
        """
        left, bottom, width, height = rect or (2, 2, self.width - 4, self.height - 4)
        axes = self._axes((left, bottom, width, height))
        axes.mm = min(width / (xlim[1] - xlim[0]), height / (ylim[1] - ylim[0]))
        (x, y), reach = (np.mean(xlim), np.mean(ylim)), (width / axes.mm / 2, height / axes.mm / 2)
        axes.set(xlim=(x - reach[0], x + reach[0]), ylim=(y - reach[1], y + reach[1]))
        return axes

    def lens(self, centre: Point, radius: float, reach: float, about: Point = (0.0, 0.0)) -> Axes:
        """Axes seen through a round glass of `radius` mm around `centre` on the page: `reach` mm of the body around the point `about`.

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

    def heading(self, text: str, at: Point, align: str = "left", colour: str = INK, size: float = HEADING) -> list[Text]:
        """The short bold name of a panel, its baseline at `at` in mm on the page."""
        return self.note(self.ink, text, at, align=align, colour=colour, size=size, bold=True, valign="baseline")

    def note(
        self, axes: Axes, text: str, at: Point, *, align: str = "left", valign: str = "center", colour: str = INK,
        size: float = LABEL, bold: bool = False, italic: bool = False,
    ) -> list[Text]:
        """Words without a leader, in data units of `axes`: a direct label of a chart, a name of a region, a remark.

        Each line is a text of its own, so that it is aligned in whatever font the reader has. `valign`: center, top, bottom, baseline
        (of the first line).
        """
        if self.bare:
            return []
        lines = text.split("\n")
        (x, y), pitch = self.place(axes, at), 1.22 * size / _MM
        first = {"center": (len(lines) - 1) / 2, "bottom": len(lines) - 1}.get(valign, 0)
        look = dict(ha=align, va=valign, color=colour, fontsize=size)
        look |= dict(fontweight="bold" if bold else "normal", fontstyle="italic" if italic else "normal")
        return [self.ink.text(x, y + (first - i) * pitch, line, **look) for i, line in enumerate(lines)]

    def label(
        self, axes: Axes, text: str, at: Point | Sequence[Point], text_at: Point, *, align: str = "left",
        accent: bool = False, colour: str | None = None, size: float = LABEL, via: Sequence[Point] = (),
    ) -> list[Text]:
        """A name with a thin leader that ends in a dot on the part, or on several parts.

        `at` (one point or several), `text_at` and `via` (where the leader bends) are in data units of `axes`. The leader leaves the
        text at its start with `align="left"`, at its end with "right", at its nearer edge with "center".
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
            _add(self.ink, patch, None, detail=False)
        dot = PathPatch(Path.circle(points[-1], 0.55), facecolor=colour, edgecolor=PAPER, linewidth=0.5, zorder=1)
        _add(self.ink, dot, None, detail=False)

    def place(self, axes: Axes, at: Point) -> Point:
        """A point of `axes` in mm on the page."""
        return tuple(float(v) / _MM for v in axes.transData.transform(at))

    def box(self, words: Sequence[Text]) -> Bbox:
        """The box around texts in mm on the page, measured in DejaVu Sans."""
        return Bbox.union([line.get_window_extent() for line in words]).transformed(Affine2D().scale(1 / _MM))

    def chart(
        self, rect: Rect, xlim: Point, ylim: Point, *, x: str = "", y: str = "", grid: str = "y",
        xticks: Sequence[float] | dict[float, str] | None = None, yticks: Sequence[float] | dict[float, str] | None = None,
    ) -> Axes:
        """Axes for data in the house style; `rect` (mm) is the plotting area, type stands outside it.

        `x` names the horizontal axis below its right end, `y` the vertical one above its top, both with units. Ticks: a sequence
        of values, or {value: word}. `grid` is "y", "x", "xy" or "". Name lines and bars directly with `page.note`.
        """
        axes = self._axes(rect)
        axes.set(xlim=xlim, ylim=ylim, axisbelow=True)
        for axis, ticks in ((axes.xaxis, xticks), (axes.yaxis, yticks)):
            words = ticks if isinstance(ticks, dict) else {v: f"{v:g}" for v in (ticks if ticks is not None else ())}
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

    def texts(self) -> list[Text]:
        """Every text that shows on the page, tick labels included."""
        self.figure.draw_without_rendering()
        found = [t for t in self.figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
        return [t for t in found if t.axes is None or t.axes.axison]


def zero_line(axes: Axes, at: float = 0.0, vertical: bool = False) -> None:
    """The line of "no difference" in a chart."""
    (axes.axvline if vertical else axes.axhline)(at, color=INK, linewidth=0.9, zorder=1)


def source(page: Page, text: str) -> list[Text]:
    """Who was measured, in the bottom right corner: "Kalichman 2008, n = 188"."""
    return page.note(page.ink, text, (page.width - 3.5, 3.6), align="right", colour=QUIET, size=SMALL)


# --- Plates ----------------------------------------------------------------------------------------------------------


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

    `title` heads it in a gallery and the caption, `alt` gives a blind reader the point (40 to 400 characters), `legend` is the
    caption, `use` says in a line how to use it in class, `size` is (width, height) in mm, `claims` the ids that it serves.
    """

    def register(draw: Callable[[Page], None]) -> Callable[[Page], None]:
        PLATES[name] = Plate(name, title, alt, legend, use, size, tuple(claims), draw)
        return draw

    return register


# --- SVG -------------------------------------------------------------------------------------------------------------

_SVG = "http://www.w3.org/2000/svg"
_GROUP = f"{{{_SVG}}}g"
_XLINK = "http://www.w3.org/1999/xlink"
_TEMPORARY = re.compile(r"^(figure|axes|patch|text|line2d|xtick|ytick|matplotlib\.axis|PathCollection|LineCollection)_\d+$")


@lru_cache(maxsize=None)
def svg(entry: Plate, bare: bool = False) -> str:
    """The plate as SVG text: the same bytes each time, type as type, part ids kept, everything else made small."""
    raw = io.BytesIO()
    with house():
        page = entry.page(bare)
        page.figure.canvas.print_svg(raw, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return tidied(raw.getvalue().decode(), "" if bare else entry.title)


def tidied(text: str, title: str = "") -> str:
    """matplotlib's SVG with numbers rounded to a tenth of a point, our fonts, only the ids that mean something, and no packaging."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(text)
    for extra in [child for child in root if child.tag == f"{{{_SVG}}}metadata"]:
        root.remove(extra)
    _unwrap(root)
    _join(root, set())
    if title:
        heading = ElementTree.Element(f"{{{_SVG}}}title")
        heading.text = title
        root.insert(0, heading)
    root.set("font-family", FONTS.replace('"', "'"))
    text = ElementTree.tostring(root, encoding="unicode")
    text = re.sub(r'font-family: [^;"]*; ', "", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r'(?<= d=")[^"]*', lambda path: _shortened(path[0]), text)
    text = re.sub(r"<[^>]*>", lambda tag: re.sub(r"-?\d+\.\d+", lambda n: _number(float(n[0])), tag[0]), text)  # not in type
    text = re.sub(r'(?<= style=")[^"]*', lambda style: style[0].replace("; ", ";").replace(": ", ":"), text)
    return text.replace("> <", "><").replace(" />", "/>") + "\n"


def _number(value: float) -> str:
    """The number to one decimal, as short as SVG allows: .5, -3, 0."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else re.sub(r"^(-?)0\.", r"\1.", text)


def _shortened(path: str) -> str:
    """A path with each point given from the one before it, which takes fewer digits; errors of rounding do not add up."""
    short, here, start = [], np.zeros(2), np.zeros(2)
    for command, numbers in re.findall(r"([MLCQz])([^MLCQz]*)", path):
        points = np.round(np.array(numbers.split(), float).reshape(-1, 2), 1)
        steps = " ".join(_number(v) for v in (points - here).ravel())
        short.append(command.lower() + re.sub(r" (?=-)", "", steps))
        here = points[-1] if len(points) else start
        start = here if command == "M" else start
    return "".join(short)


def _unwrap(parent: ElementTree.Element) -> None:
    """Replace each group that only carries a running number, or nothing, by its children."""
    for child in list(parent):
        _unwrap(child)
        if child.tag != _GROUP:
            continue
        if child.get("id") == "lens":
            _clip(child)
        elif _TEMPORARY.match(child.get("id", "")):
            child.attrib.pop("id")
        if not child.attrib:
            at = list(parent).index(child)
            parent.remove(child)
            parent[at:at] = list(child)


def _clip(group: ElementTree.Element) -> None:
    """Cut the group to its first shape, the glass of a lens."""
    glass = group[0].get("d")
    name = f"lens-{zlib.crc32(glass.encode()):08x}"
    clip = ElementTree.Element(f"{{{_SVG}}}clipPath", id=name)
    ElementTree.SubElement(clip, f"{{{_SVG}}}path", d=glass)
    del group.attrib["id"]
    group.set("clip-path", f"url(#{name})")
    group.insert(0, clip)


def _join(parent: ElementTree.Element, seen: set[str]) -> None:
    """Make the shapes of one part, with the nameless tones between them, one group: an id may stand once."""
    group, since = None, []
    for child in list(parent):
        name = child.get("id") if child.tag == _GROUP else None
        if name is None:
            since.append(child)
            _join(child, seen)
        elif group is not None and name == group.get("id"):
            for element in (*since, child):
                parent.remove(element)
            group.extend([*since, *child])
            since = []
        elif name in seen:
            raise ValueError(f"part {name!r} is drawn twice, with another part between -> draw its shapes one after the other")
        else:
            group, since = child, []
            seen.add(name)


def parts(text: str) -> list[str]:
    """The part ids in an SVG, in the order drawn."""
    return re.findall(r'<g id="([^"]+)"', text)
