"""The pictures of the course. `figure("motion-segment")` shows one; `names()` lists them all.

Each module here draws the plates of one subject on the page that `lumbar.figures.style` lays out. They are imported,
and matplotlib with them, when a figure is first asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from lumbar.catalogue import learn
from lumbar.errors import unknown
from lumbar.output import Output, picture

if TYPE_CHECKING:
    from lumbar.figures.style import Plate

TALLEST = 800  # px, so that a whole plate can be seen at once
_SUBJECTS = (
    "spine", "above", "joints", "discs", "muscles", "nerves", "reflex", "habits", "rest", "exercise", "charts", "loads",
    "courses", "positions", "prevention", "trials", "scans", "care", "studies", "chain", "guide",
)


def figure(name: str) -> Output:
    """The plate `name` with its caption; its alt text stays with it wherever the notebook goes."""
    entry = plate(name)
    width = round(entry.size[0] * min(6, TALLEST / entry.size[1]))  # 127 mm of page: 762 px at most, 360 on a telephone
    html = picture(svg(name), entry.alt, entry.title, escape(entry.legend), width)
    return Output(html, f"{entry.title}\n{entry.alt}")


def names() -> list[str]:
    """The names of all plates, in alphabetical order."""
    return sorted(_plates())


def plate(name: str) -> Plate:
    """The plate of that name: title, alt text, legend, claims; `UnknownName` where there is none."""
    from lumbar.figures.style import PLATES

    if name not in PLATES:
        learn("lumbar.figures", _SUBJECTS, name)
    if name not in PLATES:
        raise unknown("figure", name, _plates())
    return PLATES[name]


def svg(name: str) -> str:
    """The plate as SVG text, the same bytes each time."""
    from lumbar.figures import style

    return style.svg(plate(name))


def blank(name: str) -> str:
    """The same drawing without type, leaders and fine detail, small enough for a quiz; each part keeps its id."""
    from lumbar.figures import style

    return style.svg(plate(name), bare=True)


def numbered(name: str, parts: Sequence[str]) -> str:
    """The blank plate with 1, 2, 3 … drawn on these parts, for questions on paper."""
    from lumbar.figures.spots import numbered as draw

    return draw(plate(name), tuple(parts))


def parts(name: str) -> list[str]:
    """The ids of the plate's parts, which a "label the diagram" item can ask for."""
    from lumbar.figures import style

    return style.parts(blank(name))


def export(folder: Path) -> list[Path]:
    """Write every plate to `folder` as SVG, with a gallery page; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / f"{name}.svg" for name in names()]
    for path in written:
        path.write_text(svg(path.stem), encoding="utf-8")
    gallery = folder / "README.md"
    gallery.write_text(_gallery(), encoding="utf-8")
    return [*written, gallery]


def _gallery() -> str:
    head = (
        "# Pictures of the course\n\n"
        "Every plate as SVG, for slides, handouts and posters; yours to use under CC BY 4.0. "
        "This page and the pictures are written by `lumbar figures`.\n"
    )
    order = list(_plates())  # by subject, as they are taught
    return "\n".join([head, *(f"- [{plate(name).title}]({name}.svg)" for name in order), "", *map(_entry, order)])


def _entry(name: str) -> str:
    """A plate in the gallery: title, picture, legend, and how to use it in class."""
    entry = plate(name)
    return f"## {entry.title}\n\n![{entry.alt}]({name}.svg)\n\n{entry.legend}\n\n*In class:* {entry.use}\n"


def _plates() -> dict[str, Plate]:
    """All plates, subject by subject."""
    from lumbar.figures.style import PLATES

    learn("lumbar.figures", _SUBJECTS)
    return dict(sorted(PLATES.items(), key=lambda entry: _SUBJECTS.index(entry[1].draw.__module__.rpartition(".")[2])))
