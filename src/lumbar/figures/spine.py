"""The lumbar spine from the side, drawn from the vertebrae of `lumbar.figures.bones`.

Draw from the top down: the superior articular process of the lower vertebra lies nearer to the eye, and in front of,
the inferior process of the upper one.

    upper, lower = pair(flexion=8)
    at = motion_segment(axes, upper, lower)  # draws it, and says where its parts are
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch

from lumbar.figures.bones import GAP, Vertebra, foramen, lumbar, pair, places, turned
from lumbar.figures.style import (
    ACCENT, BONE, BONE_DEEP, BONE_LIGHT, BONE_LINE, BONE_SHADE, CARTILAGE, CARTILAGE_LINE, DISC, DISC_LINE, DISC_RING,
    FAT, LIGAMENT, LIGAMENT_LINE, NERVE, NERVE_LIGHT, NERVE_LINE, NUCLEUS, QUIET, SKIN_LINE, Page, cord, outline, plate,
    shape, solid, stroke,
)


def front_and_back(page: Page, left: float = 3.5, right: float | None = None, y: float | None = None) -> None:
    """Say which way a picture from the side looks: words at `left` and `right`, at height `y`, in mm on the page."""
    right, y = right or page.width - 3.5, y or page.height - 4.6
    page.note(page.ink, "front", (left, y), colour=QUIET, italic=True)
    page.note(page.ink, "back", (right, y), align="right", colour=QUIET, italic=True)


def vertebra(
    axes: Axes, bone: Vertebra, *, part: str | None = None, cut: bool = False, split: bool = False
) -> PathPatch:
    """Draw one vertebra; the outline of its body is returned.

    With `cut` the body is sawn through: a thin shell around lighter spongy bone. `part` is the id of the whole bone;
    with `split` the ids are `part`-spinous, `part`-arch, `part`-body instead.
    """
    ids = [f"{part}-{piece}" for piece in ("spinous", "arch", "body")] if split else [part] * 3
    solid(axes, bone.spinous_process(), BONE, BONE_SHADE, BONE_LINE, light=(-1.5, 3.2), part=ids[0])
    solid(axes, bone.arch(), BONE, BONE_SHADE, None, light=(-2.2, 1.6), part=ids[1], corners=(12,))
    stroke(axes, np.roll(bone.arch(), -15, axis=0)[:-2], BONE_LINE, detail=False, part=ids[1])
    _knob(axes, bone, ids[1])
    return _body(axes, bone, ids[2], cut)


def cracked_vertebra(axes: Axes, bone: Vertebra, slip: float) -> Vertebra:
    """Draw a vertebra whose arch is broken: the front has slid forward by `slip` mm, the rest stands where it stood.

    The front is returned, for the disc and the vertebra that go with it.
    """
    fore = replace(bone, pose=bone.pose.moved((-slip, 0)))
    front, rear = fore.cracked_arch()[0], bone.cracked_arch()[1]
    solid(axes, bone.spinous_process(), BONE, BONE_SHADE, BONE_LINE, light=(-1.5, 3.2))
    solid(axes, rear, BONE, BONE_SHADE, None, light=(-2.2, 1.6), corners=(1, 13, 17))
    stroke(axes, np.roll(rear, -4, axis=0)[:-2], BONE_LINE, detail=False, corners=(9, 13))
    solid(axes, front, BONE, BONE_SHADE, BONE_LINE, light=(-2.2, 1.6), corners=(10, 14))
    _knob(axes, fore, None)
    _body(axes, fore, None, cut=False)
    return fore


def _knob(axes: Axes, bone: Vertebra, part: str | None) -> None:
    knob = bone.transverse_process()
    if not getattr(axes, "bare", False):
        shape(axes, knob + bone.pose((1.3, -1.5)) - bone.pose((0, 0)), BONE_DEEP, None, part=part)
    solid(axes, knob, BONE_LIGHT, BONE_SHADE, BONE_LINE, light=(-1.3, 1.3), part=part, width=0.6)


def _body(axes: Axes, bone: Vertebra, part: str | None, cut: bool) -> PathPatch:
    if cut:
        body = shape(axes, bone.body(), BONE_SHADE, BONE_LINE, part=part)
        middle = bone.pose((0, 0))
        shape(axes, middle + (bone.body() - middle) * (0.93, 0.92), BONE_LIGHT, None, part=part)
        return body
    body = solid(axes, bone.body(), BONE, BONE_SHADE, None, light=(-5.0, 2.0), part=part)
    for side in (1, -1):
        rim = [bone.pose(bone.endplate(t, side) - np.array((0, side * 2.6))) for t in np.linspace(0.02, 0.98, 5)]
        stroke(axes, rim, BONE_DEEP, width=0.5, inside=body, alpha=0.8)
    shape(axes, bone.body(), None, BONE_LINE, part=part)
    return body


def disc_outline(upper: Vertebra, lower: Vertebra, bulge: float = 1.6) -> np.ndarray:
    """The disc between two vertebrae, bulging by `bulge` mm in front and a little less behind."""
    t = np.linspace(0.01, 0.99, 7)
    top = np.array([upper.lower_plate(v) for v in t])
    bottom = np.array([lower.upper_plate(v) for v in t[::-1]])
    return np.vstack([top, _bow(top[-1], bottom[0], bulge * 0.6), bottom, _bow(bottom[-1], top[0], bulge)])


def _bow(start: np.ndarray, end: np.ndarray, depth: float) -> np.ndarray:
    """Three points from start to end, bowed out to the left of the way by `depth`."""
    way = end - start
    out = np.array([-way[1], way[0]]) / (np.linalg.norm(way) or 1) * depth
    return np.array([start + way * t + out * k for t, k in ((0.25, 0.8), (0.5, 1.0), (0.75, 0.8))])


def disc(
    axes: Axes, upper: Vertebra, lower: Vertebra, *, part: str | None = None, cut: bool = False, bulge: float = 1.6,
    core: str | None = None,
) -> PathPatch:
    """Draw the disc between two vertebrae, before them; with `cut` its rings and its nucleus show (part id `core`)."""
    whole = shape(axes, disc_outline(upper, lower, bulge), DISC, DISC_LINE, part=part)
    if not cut:
        for t in (0.35, 0.65):
            line = [(1 - t) * upper.lower_plate(v) + t * lower.upper_plate(v) for v in np.linspace(0.03, 0.97, 4)]
            stroke(axes, line, DISC_RING, width=0.45, inside=whole)
        return whole
    for depth, reach in ((0.045, 1.3), (0.10, 1.1), (0.16, 0.9), (0.22, 0.7)):
        for at, side in ((depth * 1.15, 1), (1 - depth * 0.95, -1)):
            _ring(axes, upper, lower, at, side * reach * bulge, whole)
    nucleus(axes, upper, lower, part=core)
    return whole


def _ring(axes: Axes, upper: Vertebra, lower: Vertebra, at: float, bow: float, inside: PathPatch) -> None:
    start, end = lower.upper_plate(at), upper.lower_plate(at)
    stroke(axes, [start, *_bow(start, end, bow), end], DISC_RING, width=0.8, inside=inside)


def nucleus(axes: Axes, upper: Vertebra, lower: Vertebra, *, part: str | None = "nucleus") -> PathPatch:
    """Draw the gel core of the disc, a little behind its middle."""
    t = np.linspace(0, np.pi, 7)[1:-1]
    along, rise = 0.53 - 0.23 * np.cos(t), 0.36 * np.sin(t) ** 0.6
    middle, half = [], []
    for at, lift in zip(along, rise, strict=True):
        top, bottom = upper.lower_plate(at), lower.upper_plate(at)
        middle.append((top + bottom) / 2)
        half.append((top - bottom) * lift)
    ends = [(upper.lower_plate(at) + lower.upper_plate(at)) / 2 for at in (0.29, 0.77)]
    middle, half = np.array(middle), np.array(half)
    edge = np.vstack([ends[0], middle + half, ends[1], (middle - half)[::-1]])
    return shape(axes, edge, NUCLEUS, DISC_RING, part=part)


def facet_cartilage(axes: Axes, upper: Vertebra, lower: Vertebra, *, part: str | None = "facet-joint") -> None:
    """Draw the cartilage on both facets of a joint, after both vertebrae."""
    for surface, way in ((lower.upper_facet(), 1), (upper.lower_facet(), -1)):
        line = outline(surface, closed=False, steps=3)
        along = surface[0] - surface[2]
        out = np.array([along[1], -along[0]]) / np.linalg.norm(along) * way * GAP * 0.46
        thick = np.sin(np.linspace(0, np.pi, len(line)))[:, None] ** 0.5
        edge = np.vstack([line, (line + out * thick)[-2:0:-1]])
        shape(axes, edge, CARTILAGE, CARTILAGE_LINE, width=0.5, part=part, corners=(0, len(line) - 1))


def canal(axes: Axes, upper: Vertebra, lower: Vertebra, *, part: str | None = None) -> None:
    """Draw what shows behind a motion segment, before its bones: fat in the foramen, the capsule of the facet joint."""
    d, e = upper.depth / 2, lower.depth / 2
    roof = [*upper.pose([(d - 3, -12), (d - 2, 0)]), *upper.local([(6, 2), (13, -3), (18, -7), (19.5, -12)])]
    floor = [(18.5, 19.0), (15.5, 22.5), (13, 17), (9, 8), (-2, 8)]
    floor = lower.local(np.array(floor) + np.outer([1, 1, 1, 0.7, 0], lower.setback))
    shape(axes, [*roof, *floor, lower.pose((e - 3, 12))], FAT, None, part=part)
    (x, y), (u, v) = upper.joint
    capsule = [
        (x - 4, y - 1), (x - 2.5, y + 4.5), (x + 3, y + 5), (u + 5, v), (u + 3.6, v - 5), (u - 2, v - 5.5),
        (u - 4, v),
    ]
    shape(axes, upper.pose(capsule), LIGAMENT, LIGAMENT_LINE, width=0.6, detail=True)


def root(
    axes: Axes, upper: Vertebra, lower: Vertebra, *, part: str | None = "nerve-root", length: float = 5.0
) -> PathPatch:
    """Draw the nerve root that leaves below `upper`, running down and outwards for `length` mm, after the vertebrae.

    It passes high in the foramen, behind the lower part of the upper body, clear of the disc.
    """
    start = foramen(upper, lower) + turned(upper.pose.angle) @ (0.9, 0)
    way = turned(upper.pose.angle) @ (-0.42, -0.91)
    path = [start - way * 1.4, start + way * 0.8, start + way * length * 0.6, start + way * length]
    band = cord(axes, path, [4.8, 5.4, 5.0, 4.4], NERVE, NERVE_LINE, part=part, corners=(3, 4))
    stroke(axes, np.asarray(path) + turned(upper.pose.angle) @ (-0.9, 0.3), NERVE_LIGHT, width=1.0, inside=band)
    _cut_end(axes, path[-1], upper.pose.angle - 25, part)
    return band


def _cut_end(axes: Axes, middle: np.ndarray, turn: float, part: str | None) -> None:
    """The pale face where a root is cut off, so that it reads as coming towards the eye."""
    around = np.linspace(0, 2 * np.pi, 6, endpoint=False)
    face = np.stack([2.2 * np.cos(around), 1.3 * np.sin(around)], 1) @ turned(turn).T
    shape(axes, middle + face, NERVE_LIGHT, NERVE_LINE, width=0.6, part=part)


def motion_segment(
    axes: Axes, upper: Vertebra, lower: Vertebra, *, cut: bool = True, nerve: bool = True, named: bool = True
) -> dict[str, np.ndarray]:
    """Draw two vertebrae with their disc, facet joint and nerve root; where each part is, by name, for leaders.

    The parts have ids (foramen, disc, nucleus, upper-body, upper-arch, upper-spinous, lower-…, facet-joint,
    nerve-root). A plate that shows more than one segment leaves them out: `named=False`.
    """
    part = (lambda name: name) if named else (lambda name: None)
    canal(axes, upper, lower, part=part("foramen"))
    disc(axes, upper, lower, part=part("disc"), cut=cut, core=part("nucleus"))
    for bone, name in ((upper, "upper"), (lower, "lower")):
        vertebra(axes, bone, part=part(name), cut=cut, split=named)
    facet_cartilage(axes, upper, lower, part=part("facet-joint"))
    if nerve:
        root(axes, upper, lower, part=part("nerve-root"))
    return places(upper, lower)


def spine(axes: Axes, *, nerves: bool = True) -> list[Vertebra]:
    """Draw L1 to L5, their discs and joints, sacrum and coccyx; the bones drawn.

    Part ids: L1 … L5, disc-L1-L2 …, facet-L1-L2 …, root-L1 …, sacrum, coccyx.
    """
    bones = lumbar()
    for upper, lower in zip(bones, bones[1:], strict=False):
        canal(axes, upper, lower)
        disc(axes, upper, lower, part=f"disc-{upper.name}-{lower.name}")
    for bone in bones[:-1]:
        vertebra(axes, bone, part=bone.name)
    sacrum(axes, bones[-1])
    for upper, lower in zip(bones, bones[1:], strict=False):
        facet_cartilage(axes, upper, lower, part=f"facet-{upper.name}-{lower.name}")
        if nerves:
            root(axes, upper, lower, part=f"root-{upper.name}", length=4.4)
    return bones


# In the coordinates of the first piece of the sacrum: its hollow front, its knobbly back, the ear-shaped joint with the
# pelvis.
_SACRUM_FRONT = [(-12, -24), (-13.5, -42), (-19.5, -58), (-29.5, -71), (-41, -80)]
_SACRUM_BACK = [
    (-35.5, -87), (-24, -82), (-15, -77), (-9, -70), (0, -67), (6, -59), (14, -55), (18, -45), (26, -41), (28, -30),
    (35, -25), (36.5, -14), (40, -9), (36, -2),
]
_EAR = [
    (-6, -4), (4, 1), (14, -4), (17, -13), (12, -20), (9, -29), (10, -40), (4, -47), (-2, -42), (-4, -30), (-7, -16),
]
_COCCYX = (
    [(-43, -80), (-37, -88), (-45, -94), (-51, -87)],
    [(-52, -88), (-46, -95), (-54, -99), (-58, -93)],
    [(-59, -94), (-55, -99), (-62, -102), (-64, -97)],
)


def sacrum(axes: Axes, top: Vertebra) -> PathPatch:
    """Draw the sacrum and the coccyx below `top`, the vertebra that stands for S1."""
    d, h = top.depth / 2, top.back / 2
    for piece in _COCCYX:
        solid(axes, top.pose(piece), BONE, BONE_SHADE, BONE_LINE, light=(-2, 1.5), part="coccyx")
    d, h = top.depth / 2, top.back / 2
    promontory = [(-d - 0.4, h - 0.6), (-d + 0.6, h - 5), (-d + 3.6, -6)]
    joint = [top.upper_facet()[2], *top.superior_process()[::-1], *top.local([(6.6, 5.9), (1.2, 10.6)])]
    rim = [top.upper_plate(t) for t in (0.96, 0.7, 0.4, 0.1)]
    points = np.vstack([top.pose([*promontory, *_SACRUM_FRONT, *_SACRUM_BACK]), joint, rim])
    bone = solid(axes, points, BONE, BONE_SHADE, BONE_LINE, light=(-4.0, 3.0), part="sacrum")
    solid(axes, top.pose(_EAR), BONE_SHADE, BONE_DEEP, BONE_DEEP, light=(1.2, -1.0), part="sacrum", width=0.5)
    return bone


@plate(
    "lumbar-spine",
    title="The lower back from the side",
    alt="The five lumbar vertebrae, L1 to L5, seen from the left, stacked on the sacrum in a gentle curve that is "
    "hollow towards the back. Between the bodies lie the discs. Behind them are the openings for the nerve roots, "
    "the facet joints, and the spinous processes.",
    legend="Five vertebrae, L1 to L5, stand on the sacrum. The discs are taller in front than behind, and the "
    "lowest bodies are wedges, so the column curves: the natural hollow of the lower back. Two neighbours with all "
    "that joins them are one motion segment.",
    use="Let people find the bumps of the spinous processes on their own back, then name what lies in front of "
    "them.",
    size=(127, 158),
)
def lumbar_spine(page: Page) -> None:
    axes = page.anatomy((-94, 160), (-225, 98))
    tips = [bone.place("spinous-tip") + (15, 0) for bone in lumbar()[:-1]]
    skin = [tips[0] + (6, 32), *tips, tips[-1] + (9, -36), tips[-1] + (22, -72), tips[-1] + (30, -112)]
    stroke(axes, skin, SKIN_LINE, width=1.4)
    bones = spine(axes)
    for bone in bones[:-1]:
        page.note(axes, bone.name, bone.pose((-bone.depth / 2 - 6, 0)), align="right", bold=True, colour=QUIET)
    front_and_back(page)
    _name_from_the_front(page, axes, bones)
    _name_from_behind(page, axes, bones, skin)


def _name_from_the_front(page: Page, axes: Axes, bones: list[Vertebra]) -> None:
    second, third, fourth, fifth, top = bones[1:]
    page.label(axes, "Body of a\nvertebra", second.pose((-9, 7)), (-46, 62), align="right")
    low, high = fourth.lower_plate(0)[1], third.upper_plate(0)[1]
    stroke(axes, [(-39, high), (-42, high), (-42, low), (-39, low)], ACCENT, width=1.2, corners=(1, 2))
    page.note(axes, "One motion\nsegment", (-45, (low + high) / 2), align="right", colour=ACCENT, bold=True)
    page.label(axes, "Disc", (fifth.lower_plate(0.12) + top.upper_plate(0.12)) / 2, (-44, -92), align="right")
    page.label(axes, "Sacrum", top.pose((-5, -40)), (-40, -148), align="right")
    page.label(axes, "Tailbone\n(coccyx)", top.pose((-46, -88)), (-40, -196), align="right")


def _name_from_behind(page: Page, axes: Axes, bones: list[Vertebra], skin: list) -> None:
    first, second, third, fourth, *_ = bones
    page.label(axes, "Spinous process:\nthe bump you feel", first.place("spinous-process") + (8, 0), (93, 62))
    page.label(axes, "Nerve root in\nits opening", foramen(second, third), (93, 21))
    page.label(axes, "Facet joint", places(third, fourth)["facet-joint"], (93, -16))
    page.label(axes, "Hollow of the\nlower back", (skin[4] + skin[5]) / 2, (93, -52))


@plate(
    "motion-segment",
    title="One motion segment: two vertebrae and what joins them",
    alt="Two vertebrae from the side. In front, a disc with tough rings and a soft core joins the bodies. Behind, "
    "the facet joint: a process of the lower bone stands in front of one of the upper bone. Between them, "
    "above the level of the disc, the nerve root leaves by its opening.",
    legend="The bodies and the disc are shown cut through, the rest from outside. The disc in front and a facet "
    "joint on each side behind carry the load together and guide the movement.",
    use="Cover the labels. Which part carries most of the load when you stand? Which part guides the movement?",
    size=(127, 98),
)
def motion_segment_plate(page: Page) -> None:
    axes = page.anatomy((-55, 87), (-57, 52))
    at = motion_segment(axes, *pair())
    front_and_back(page)
    page.label(axes, "Body of a\nvertebra", at["upper-body"] + (-8, 0), (-29, 27), align="right")
    page.label(axes, "Disc: its\nsoft core", at["nucleus"] + (-5, 1), (-29, 8), align="right")
    page.label(axes, "Disc: its\ntough rings", at["annulus-front"] + (0, -2), (-29, -9), align="right")
    page.label(axes, "Pedicle", at["upper-pedicle"], (23, 45), align="center")
    page.label(axes, "Spinous\nprocess", at["upper-spinous-process"], (58, 38), align="center")
    page.label(axes, "Facet\njoint", at["facet-joint"], (74.5, -11.5), accent=True)
    page.label(axes, "Transverse\nprocess", at["lower-transverse-process"], (56, -44), align="left")
    page.label(axes, "Nerve root in its\nopening (foramen)", at["foramen"] + (0.6, -1.5), (13, -49), align="center")
