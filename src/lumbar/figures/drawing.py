"""What pictures are drawn with: smooth shapes, strokes, bands and arrows on any matplotlib axes.

What is drawn later lies on top: every helper uses one z-order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path

from lumbar.figures.palette import ACCENT, LINE_WIDTH, PAPER

Point = tuple[float, float]


def curve(points: Iterable[Point], closed: bool = True, corners: Iterable[int] = (), roundness: float = 1.0) -> Path:
    """A smooth curve through points (n × 2), as cubic Béziers with centripetal-like Catmull–Rom tangents.

    At `corners` (indices, negative ones too) the curve turns sharply. `roundness` 0 gives straight lines.
    """
    knots = tuple((float(x), float(y)) for x, y in points)
    n = len(knots)
    sharp = frozenset(i % n for i in corners) | (set() if closed else {0, n - 1})
    return _curve(knots, closed, sharp, roundness)


@lru_cache(maxsize=2000)  # the same vertebra is drawn again and again
def _curve(knots: tuple[Point, ...], closed: bool, sharp: frozenset[int], roundness: float) -> Path:
    knots = np.asarray(knots)
    n = len(knots)
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

    `part` is its id in the SVG, what a quiz asks for. `inside` clips it to another shape: for shade tones. `detail`
    marks what `blank` may leave out (tones, fibres). `width` and `dash` are in points.
    """
    path = points if isinstance(points, Path) else curve(points, corners=corners)
    patch = PathPatch(path, facecolor=fill or "none", edgecolor=line or "none", linewidth=width if line else 0)
    patch.set(zorder=1, alpha=None if alpha == 1 else alpha, joinstyle="round", gid=part)
    if dash:
        patch.set_linestyle((0, tuple(d / width for d in dash)))
    return put(axes, patch, inside, detail)


def solid(
    axes: Axes, points: Iterable[Point], fill: str, shade: str, line: str | None, *, light: Point = (-2.0, 1.6),
    part: str | None = None, corners: Iterable[int] = (), width: float = LINE_WIDTH,
) -> PathPatch:
    """A shape in two flat tones: lit from one side, with `shade` where the shape moved by `light` leaves itself bare.

    The lit tone covers half of the outline, so that the line swells on the side away from the light, as drawn with a
    pen.
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
    return put(axes, patch, inside, detail)


def cord(
    axes: Axes, points: Iterable[Point], thickness: float | Sequence[float], fill: str, line: str, **how: object
) -> PathPatch:
    """A band of `thickness` (data units; one, or one for each point) along a smooth line: a nerve, a ligament."""
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
    corners = [
        start + across, neck + across, neck + across * head, end, neck - across * head, neck - across, start - across,
    ]
    path = Path([*corners, corners[0]], [Path.MOVETO, *[Path.LINETO] * 6, Path.CLOSEPOLY])
    return shape(axes, path, colour, line, width=0.7, part=part)


def put(axes: Axes, patch: PathPatch, inside: Patch | None, detail: bool) -> PathPatch:
    if detail and getattr(axes, "bare", False) or axes.get_gid() == "lens" and not _in_view(axes, patch):
        return patch
    axes.add_artist(patch)  # not add_patch: a third of the time would go to limits that are fixed here
    patch.set_clip_on(inside is not None)
    if inside is not None:
        patch.set_clip_path(inside.get_path(), inside.get_transform())
    return patch


def _in_view(axes: Axes, patch: PathPatch) -> bool:
    return patch.get_path().get_extents().overlaps(axes.viewLim)
