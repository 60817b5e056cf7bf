"""matplotlib's SVG made small, plain and the same each time."""

import re
import xml.etree.ElementTree as ElementTree
import zlib
from functools import lru_cache

from lumbar.figures.palette import FONTS

_SVG = "http://www.w3.org/2000/svg"
_GROUP = f"{{{_SVG}}}g"
_XLINK = "http://www.w3.org/1999/xlink"
_TEMPORARY = re.compile(r"^(figure|axes|patch|text|line2d|[xy]tick|matplotlib\.axis|(Path|Line)Collection)_\d+$")


def tidied(text: str, title: str = "", crop: tuple[float, float, float, float] | None = None) -> str:
    """matplotlib's SVG rounded to a tenth of a point, in our fonts, with only the ids that mean something."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(text)
    for extra in [child for child in root if child.tag == f"{{{_SVG}}}metadata"]:
        root.remove(extra)
    _unwrap(root)
    _join(root, set())
    if crop:
        root.set("viewBox", " ".join(map(str, crop)))
        root.set("width", f"{crop[2]}pt")
        root.set("height", f"{crop[3]}pt")
    if title:
        heading = ElementTree.Element(f"{{{_SVG}}}title")
        heading.text = title
        root.insert(0, heading)
    root.set("font-family", FONTS.replace('"', "'"))
    text = ElementTree.tostring(root, encoding="unicode")
    text = re.sub(r'font-family: [^;"]*; ', "", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r'(?<= d=")[^"]*', lambda path: _shortened(path[0]), text)
    text = re.sub(r"<[^>]*>", lambda tag: _rounded(tag[0]), text)
    text = re.sub(r'(?<= style=")[^"]*', lambda style: style[0].replace("; ", ";").replace(": ", ":"), text)
    return text.replace("> <", "><").replace(" />", "/>") + "\n"


def _rounded(tag: str) -> str:
    return re.sub(r"-?\d+\.\d+", lambda number: _number(float(number[0])), tag)


@lru_cache(maxsize=None)
def _number(value: float) -> str:
    """The number to one decimal, as short as SVG allows: .5, -3, 0."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else re.sub(r"^(-?)0\.", r"\1.", text)


def _shortened(path: str) -> str:
    """A path with each point given from the one before, which takes fewer digits; rounding errors do not add up."""
    short, here, start = [], [0, 0], [0, 0]  # in tenths
    for command, numbers in re.findall(r"([MLCQz])([^MLCQz]*)", path):
        points = [round(float(number) * 10) for number in numbers.split()]
        steps = " ".join(_number((value - here[i % 2]) / 10) for i, value in enumerate(points))
        short.append(command.lower() + re.sub(r" (?=-)", "", steps))
        here = points[-2:] or start
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
            raise ValueError(f"part {name!r} is drawn twice, with another part between -> draw its shapes in one go")
        else:
            group, since = child, []
            seen.add(name)


def parts(text: str) -> list[str]:
    """The part ids in an SVG, in the order drawn."""
    return re.findall(r'<g id="([^"]+)"', text)
