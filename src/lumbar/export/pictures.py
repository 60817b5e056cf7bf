"""A plate with its parts numbered as PNG, for platforms that measure a picture in pixels."""

import io
import struct
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import dist

from lumbar.quiz.items import Label

LARGEST = (600, 400)  # pixels; Moodle makes a larger background smaller, and leaves the coordinates as they are
RING = 12  # radius of a number's ring in pixels


@dataclass(frozen=True)
class Picture:
    """A PNG, its size in pixels, and for each part the pixel (from the top left) that its number stands on."""

    data: bytes
    width: int
    height: int
    spots: tuple[tuple[int, int], ...]

    @property
    def reach(self) -> int:
        """How far from its number a part may be marked: no two of these circles meet."""
        gaps = [dist(one, other) for one, other in combinations(self.spots, 2)]
        return int(min([2 * RING, *((gap - 1) / 2 for gap in gaps)]))


def picture(item: Label, sharpness: int = 1) -> Picture:
    """The item's plate with 1, 2, 3 … on its parts; with `sharpness` 2 each side has twice the pixels."""
    return _drawn(item.plate, tuple(spot.part for spot in item.parts), sharpness)


@lru_cache(maxsize=None)
def _drawn(name: str, parts: tuple[str, ...], sharpness: int) -> Picture:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.transforms import Bbox

    from lumbar.figures import plate
    from lumbar.figures.palette import MM, house
    from lumbar.figures.spots import spots

    entry = plate(name)
    page = entry.page(bare=True)
    points = [(x / MM, page.height - y / MM) for x, y in spots(entry, parts)]  # mm from the bottom left
    box = _frame(page.drawn().padded(2), points)
    scale = _scale(box) * sharpness
    with house():
        _clip_lenses(page)
        for number, point in enumerate(points, 1):
            _ring(page, number, point, RING * sharpness / scale)
        raw, inches = io.BytesIO(), Bbox([[box.x0 / 25.4, box.y0 / 25.4], [box.x1 / 25.4, box.y1 / 25.4]])
        FigureCanvasAgg(page.figure)
        page.figure.savefig(
            raw, format="png", dpi=scale * 25.4, bbox_inches=inches, facecolor="white", metadata={"Software": None}
        )
    width, height = struct.unpack(">II", raw.getvalue()[16:24])
    places = tuple((round((x - box.x0) * scale), round((box.y1 - y) * scale)) for x, y in points)
    return Picture(raw.getvalue(), width, height, places)


def _scale(box) -> float:
    """Pixels in a mm, where the picture shows this box of the page."""
    return min(LARGEST[0] / box.width, LARGEST[1] / box.height)


def _frame(drawn, points: list[tuple[float, float]]):
    """What the picture shows: all that is drawn or, where two numbers would touch, what lies around the numbers."""
    from matplotlib.transforms import Bbox

    nearest = min((dist(one, other) for one, other in combinations(points, 2)), default=drawn.width)
    if nearest * _scale(drawn) > 2 * RING + 2:
        return drawn
    around = Bbox([[min(axis) for axis in zip(*points)], [max(axis) for axis in zip(*points)]])
    return Bbox.intersection(drawn, around.padded(1.2 * max(around.width, around.height)))


def _ring(page, number: int, point: tuple[float, float], radius: float) -> None:
    """A number in a ring, as `lumbar.figures.spots` draws it on paper; `point` and `radius` in mm."""
    from matplotlib.patches import Circle

    from lumbar.figures.palette import INK, MM, PAPER

    look = {"facecolor": PAPER, "edgecolor": INK, "linewidth": radius * MM / 7, "zorder": 5}
    page.ink.add_artist(Circle(point, radius, **look)).set_clip_on(False)
    page.ink.text(
        *point, str(number), ha="center", va="center_baseline", fontsize=1.2 * radius * MM, fontweight="bold",
        color=INK, zorder=6,
    )  # fmt: skip


def _clip_lenses(page) -> None:
    """Cut what is seen through a lens to its first shape, the glass, as the SVG does."""
    for axes in page.figure.axes:
        if axes.get_gid() == "lens":
            glass = axes.patches[0]
            for artist in axes.patches[1:]:
                artist.set_clip_path(glass.get_path(), glass.get_transform())
