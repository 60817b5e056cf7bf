"""A blank plate with its parts numbered, for paper, where a number leads to a line to write on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from matplotlib.path import Path

from lumbar.figures.drawing import Point
from lumbar.figures.palette import INK, MM, PAPER
from lumbar.figures.style import Page, Plate, svg

LARGEST = (312, 340)  # points on paper: 110 × 120 mm
RADIUS = 9  # of a number's ring, in points on paper
VIEW_BOX = re.compile(r'width="[^"]+" height="[^"]+" viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"')
GRID = np.stack(np.meshgrid(np.linspace(0, 1, 9), np.linspace(1, 0, 9)), -1).reshape(-1, 2)  # as quiz.js: from the top


@lru_cache(maxsize=None)
def numbered(entry: Plate, parts: tuple[str, ...]) -> str:
    """The plate without type, as SVG with 1, 2, 3 … on these parts, at the size it has on paper; it names no part."""
    text = svg(entry, bare=True)
    left, top, width, height = (float(number) for number in VIEW_BOX.search(text).groups())
    scale = min(LARGEST[0] / width, LARGEST[1] / height)
    rings = "".join(_ring(number, spot, RADIUS / scale) for number, spot in enumerate(spots(entry, parts), 1))
    view = f'viewBox="{left:g} {top:g} {width:g} {height:g}"'
    size = f'width="{width * scale:.0f}pt" height="{height * scale:.0f}pt" {view}'
    text = VIEW_BOX.sub(size, re.sub(r'<g id="[^"]+"', "<g", text), count=1)
    return text.replace("</svg>", f'<g font-weight="700" text-anchor="middle" fill="{INK}">{rings}</g></svg>')


def spots(entry: Plate, parts: Iterable[str]) -> list[Point]:
    """For each part the point of the blank plate's SVG to mark it at: its middle, or the nearest point inside it."""
    page = entry.page(bare=True)
    return [_spot(page, _outline(page, part)) for part in parts]


def _outline(page: Page, part: str) -> Path:
    """The part's first shape, in points from the bottom left of the page."""
    artist = page.figure.findobj(lambda artist: artist.get_gid() == part)[0]
    return artist.get_path().transformed(artist.get_transform())


def _spot(page: Page, outline: Path) -> Point:
    box = outline.get_extents()
    points = box.min + np.array(sorted(GRID, key=lambda share: np.hypot(*(share - 0.5)))) * box.size
    x, y = next((point for point in points if outline.contains_point(point)), points[0])
    return float(x), float(page.height * MM - y)


def _ring(number: int, spot: Point, radius: float) -> str:
    x, y = spot
    look = f'fill="{PAPER}" stroke="{INK}" stroke-width="{radius / 7:.1f}"'
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {look}/>'
        f'<text x="{x:.1f}" y="{y + 0.42 * radius:.1f}" font-size="{1.2 * radius:.1f}">{number}</text>'
    )
