"""The page that explorers are drawn on again and again, and its picture as a small SVG."""

import io
import re
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from matplotlib.axes import Axes

from lumbar.figures.style import FONTS, Page

ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
SVG = "{http://www.w3.org/2000/svg}"
REFERENCE = re.compile(r"(?:^|url\()#([\w.-]+)(?=\)|$)")


class Stage(Page):
    """A page that is wiped and drawn on again: making its axes anew would take longer than drawing."""

    def __init__(self, size: tuple[float, float]):
        self._kept: dict[tuple, Axes] = {}
        super().__init__(size)

    def _axes(self, rect: tuple, zorder: float = 5) -> Axes:
        key = (*rect, zorder)
        if key not in self._kept:
            self._kept[key] = super()._axes(rect, zorder)
        return self._kept[key]

    def wipe(self) -> None:
        """Take everything off, the card too."""
        for axes in self._kept.values():
            for artist in (*axes.patches, *axes.lines, *axes.texts, *axes.collections):
                artist.remove()

    def taken(self, prefix: str) -> Element:
        """What is on the page as a small SVG, its ids beginning with `prefix`; then the page is wiped."""
        raw = io.BytesIO()
        self.figure.canvas.print_svg(raw, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        self.wipe()
        return plain(raw.getvalue().decode(), prefix)


def plain(text: str, prefix: str) -> Element:
    """matplotlib's SVG with short numbers and styles, our fonts, and only the groups and ids that something needs."""
    root = ElementTree.fromstring(text)
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    _drop(root, "metadata", "style")  # in a page, a style sheet inside one picture would style every other one too
    root.set("stroke-linejoin", "round")
    root.set("font-family", FONTS.replace('"', "'"))
    known, names = {element.get("id") for element in root.iter()}, {}
    for element in root.iter():
        for key, value in list(element.attrib.items()):
            element.attrib.pop(key)
            element.set(key.rpartition("}")[2], _short(key, value))
            for name in known.intersection(REFERENCE.findall(value)):
                names.setdefault(name, f"{prefix}{len(names)}")
    for element in root.iter():
        _rename(element, names)
    _unwrap(root)
    return root


def _drop(parent: Element, *names: str) -> None:
    for child in list(parent):
        if child.tag.removeprefix(SVG) in names:
            parent.remove(child)
        else:
            _drop(child, *names)


def _unwrap(parent: Element) -> None:
    """Replace each group without attributes by its children."""
    children = []
    for child in parent:
        _unwrap(child)
        child.tail = None
        children.extend(child if child.tag == f"{SVG}g" and not child.attrib else [child])
    if children:
        parent.text = None
    parent[:] = children


@lru_cache(maxsize=20_000)  # most of a drawing is the same from setting to setting
def _short(key: str, value: str) -> str:
    if key == "style":
        value = re.sub(r"font-family: [^;]*;? ?", "", value).replace("; ", ";").replace(": ", ":")
    if key == "transform" and re.match(r"rotate\(-?0 ", value):
        return "rotate(0)"
    value = re.sub(r"-?\d+\.\d+", _tenths if key == "d" else _hundredths, value)
    return re.sub(r"\s*([MLCQz])\s*", r"\1", value).strip() if key == "d" else value


def _tenths(number: re.Match) -> str:
    return _number(f"{float(number[0]):.1f}")


def _hundredths(number: re.Match) -> str:
    return _number(f"{float(number[0]):.2f}")


def _number(text: str) -> str:
    text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _rename(element: Element, names: dict[str, str]) -> None:
    if (name := element.attrib.pop("id", None)) in names:
        element.set("id", names[name])
    for key, value in element.attrib.items():
        if "#" in value:
            element.set(key, REFERENCE.sub(lambda at: at[0].replace(at[1], names.get(at[1], at[1])), value))
