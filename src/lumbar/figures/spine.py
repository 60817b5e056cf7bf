"""The lumbar spine from the side: one vertebra drawn once and posed five times, its discs, the sacrum, the nerve roots.

The body faces left: x grows backwards, y upwards, both in millimetres. A vertebra has its origin in the middle of its body;
a `Pose` puts it somewhere. Draw from the top down: the superior articular process of the lower vertebra lies nearer to the
eye, and in front of, the inferior process of the upper one.

    bones = lumbar()                      # L1 to L5 in a lordosis of about 50°, and the sacrum
    upper, lower = pair(flexion=8)        # L4 over L5's neighbourhood: one motion segment, bent forward by 8°
    motion_segment(axes, upper, lower)    # draws it and says where its parts are

Sizes after textbook means: body 35 deep and 27 high, disc 8 to 13 high and taller in front, foramen about 20 high.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch

from lumbar.figures.style import (
    BONE, BONE_DEEP, BONE_LIGHT, BONE_LINE, BONE_SHADE, CARTILAGE, CARTILAGE_LINE, DISC, DISC_LINE, DISC_RING, FAT,
    LIGAMENT, LIGAMENT_LINE, NERVE, NERVE_LIGHT, NERVE_LINE, NUCLEUS, QUIET, SKIN_LINE, Page, cord, outline, plate, shape, solid, stroke,
)

GAP = 1.9  # mm between the bony facets, filled by two layers of cartilage


@dataclass(frozen=True)
class Pose:
    """Where a part stands: its origin in mm, and its turn in degrees, counter-clockwise."""

    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0

    def __call__(self, points) -> np.ndarray:
        """Points (n × 2, or one) of the part in the coordinates of the picture."""
        return np.asarray(points, float) @ _turn(self.angle).T + (self.x, self.y)

    def back(self, points) -> np.ndarray:
        """Points of the picture in the coordinates of the part."""
        return (np.asarray(points, float) - (self.x, self.y)) @ _turn(self.angle)

    def moved(self, by=(0.0, 0.0), turn: float = 0.0, about=None) -> Pose:
        """This pose turned by `turn` degrees about a point of the picture (its own origin by default), then shifted."""
        pivot = np.asarray((self.x, self.y) if about is None else about, float)
        x, y = _turn(turn) @ (np.array((self.x, self.y)) - pivot) + pivot + np.asarray(by)
        return Pose(float(x), float(y), self.angle + turn)


def _turn(degrees: float) -> np.ndarray:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, -s], [s, c]])


@dataclass(frozen=True)
class Vertebra:
    """One vertebra in its pose: outlines and landmarks, all in the coordinates of the picture.

    `depth` of the body, its height in `front` and at the `back`; `spinous` scales the spinous process; `setback`
    shifts the upper articular process (mm backwards, upwards); `joint` is the lower facet (upper and lower end, own coordinates), made by
    `fitted` to the vertebra below.
    """

    name: str = "L4"
    depth: float = 35.0
    front: float = 27.0
    back: float = 27.0
    spinous: float = 1.0
    setback: tuple[float, float] = (0.0, 0.0)
    joint: tuple[tuple[float, float], tuple[float, float]] = ((35.6, -16.5), (35.4, -28.5))
    pose: Pose = Pose()

    @property
    def wedge(self) -> float:
        """How much taller in front than behind, in degrees."""
        return float(np.degrees(np.arctan2(self.front - self.back, self.depth)))

    def body(self) -> np.ndarray:
        """The body: rims, waist, and slightly hollow endplates (18 points, counter-clockwise from the upper front rim)."""
        d, f, b = self.depth / 2, self.front / 2, self.back / 2
        front = [(-d - 0.3, f - 0.6), (-d, f - 2.6), (-d + 1.9, f * 0.35), (-d + 2.0, -f * 0.35), (-d - 0.2, -f + 2.4), (-d - 0.4, -f + 0.5)]
        lower = [(-d + 1.6, -f - 0.1), (-d * 0.35, -(f * 0.67 + b * 0.33) + 0.9), (d * 0.4, -(f * 0.3 + b * 0.7) + 1.1), (d - 1.6, -b - 0.1)]
        rear = [(d + 0.3, -b + 0.6), (d, -b + 2.8), (d - 1.5, 0), (d, b - 2.6), (d + 0.3, b - 0.6)]
        upper = [(d - 1.6, b + 0.1), (d * 0.4, f * 0.3 + b * 0.7 - 1.1), (-d * 0.35, f * 0.67 + b * 0.33 - 0.9), (-d + 1.6, f + 0.1)]
        return self.pose([*front, *lower, *rear, *upper])

    def upper_plate(self, at: float = 0.5) -> np.ndarray:
        """A point on the upper endplate; `at` runs from 0 in front to 1 behind."""
        return self.pose(self._plate(at, 1))

    def lower_plate(self, at: float = 0.5) -> np.ndarray:
        """A point on the lower endplate; `at` runs from 0 in front to 1 behind."""
        return self.pose(self._plate(at, -1))

    def _plate(self, at: float, side: int) -> tuple[float, float]:
        hollow = 1.1 * np.sin(np.pi * np.clip(at, 0, 1)) ** 0.8 * (0.85 + 0.3 * at)
        return ((at - 0.5) * self.depth, side * ((1 - at) * self.front / 2 + at * self.back / 2 - hollow))

    def upper_facet(self) -> np.ndarray:
        """The surface of the superior articular process, which looks backwards (upper end, middle, lower end)."""
        return self._local(np.array([(16.3, 21.0), (16.9, 15.5), (16.4, 9.0)]) + self.setback)

    def lower_facet(self) -> np.ndarray:
        """The surface of the inferior articular process, which looks forwards (upper end, middle, lower end)."""
        (x, y), (u, v) = self.joint
        return self.pose([(x, y), ((x + u) / 2 + 0.6, (y + v) / 2), (u, v)])

    def _local(self, points) -> np.ndarray:
        """Points given from the middle of the body's back wall, at the tilt of the upper half of the vertebra."""
        points = np.asarray(points, float) @ _turn(-self.wedge / 2 * 0.5).T
        return self.pose(points + (self.depth / 2, (self.back - 27) * 0.5))

    def arch(self) -> np.ndarray:
        """Pedicle, articular processes and lamina, without the spinous process."""
        upper = [(-1.5, 10.6), (2.2, 9.2), (5.2, 9.0), *self._process(), (16.9, 15.5), (16.5, 9.0), (17.6, 4.6), (21.5, 1.8), (27.6, 0.2)]
        upper = self._local(np.array(upper) + np.outer([0, 0, 0.5, *[1] * 6, 0.5, 0.2, 0, 0], self.setback))
        (x, y), (u, v) = self.joint
        lower = self.pose([
            (self.depth / 2 + 26.6, -9.0), (u + 8.4, -16.4), (u + 7.4, min(v + 4.0, -19.0)), (u + 5.2, v - 1.6), (u + 2.6, v - 2.6),
            (u + 0.5, v - 1.2), (u, v + 1.2), ((x + u) / 2 + 0.6, (y + v) / 2), (x, y), (x - 1.2, y + 3.0),
        ])
        pars = (lower[-1] + self._local((9.6, -4.2))) / 2 + self.pose((0.5, -0.3)) - self.pose((0, 0))
        notch = self._local([(9.6, -4.2), (6.0, -2.4), (2.4, -2.0), (-1.5, -3.6)])
        return np.vstack([upper, lower, pars, notch])

    @staticmethod
    def _process() -> list[tuple[float, float]]:
        """The superior articular process from its root in front to its tip behind, in the coordinates of `_local`."""
        return [(8.0, 11.5), (10.2, 16.5), (12.6, 21.2), (14.6, 22.6), (16.2, 21.4)]

    def spinous_process(self) -> np.ndarray:
        """The spinous process: a hatchet, thicker along its lower back edge."""
        k = self.spinous
        points = [
            (4, -2.0), (8.5, 0.1), (19, -1.5), (27, -2.8), (30.5, -5.6), (31.4, -11.0), (30.2, -17.2), (26.6, -20.4), (19, -18.8),
            (10, -16.4), (3.5, -17.2), (1, -10),
        ]
        return self._local([(20 + x * k, y * (0.5 + 0.5 * k)) for x, y in points])

    def transverse_process(self) -> np.ndarray:
        """The transverse process, seen end on."""
        return self._local([(8.2, 6.6), (12.2, 6.2), (15.0, 3.4), (15.2, 0.2), (12.6, -1.8), (9.2, -0.8), (7.2, 2.4)])

    def place(self, part: str) -> np.ndarray:
        """Where a part is, for leaders and muscles: body, pedicle, lamina, spinous-process, spinous-tip, transverse-process, superior-process, inferior-process."""
        x = self.depth / 2
        if part in ("superior-process", "pedicle", "transverse-process"):
            return self._local({"superior-process": (12.8, 16.5), "pedicle": (4.6, 3.8), "transverse-process": (11.4, 2.4)}[part])
        (_, _), (u, v) = self.joint
        local = {
            "body": (-2.0, -1.0), "lamina": (x + 20.0, -7.5), "spinous-process": (x + 20 + 19 * self.spinous, -10.0),
            "spinous-tip": (x + 20 + 30 * self.spinous, -11.0), "inferior-process": (u + 3.6, v + 4.5),
        }
        return self.pose(local[part])


def fitted(upper: Vertebra, lower: Vertebra) -> Vertebra:
    """`upper` with its lower facets shaped to lie on the upper facets of `lower`, a joint space behind them."""
    top, _, bottom = lower.upper_facet()
    along = (top - bottom) / np.linalg.norm(top - bottom)
    behind = np.array([along[1], -along[0]]) * GAP
    ends = upper.pose.back([top + behind - along * 0.6, bottom + behind - along * 0.2])
    return replace(upper, joint=tuple(map(tuple, ends)))


_BODIES = (
    Vertebra("L1", 32.0, 25.8, 27.0, 0.92),
    Vertebra("L2", 33.0, 26.8, 27.0, 0.97),
    Vertebra("L3", 34.0, 27.4, 26.6, 1.0),
    Vertebra("L4", 35.0, 27.8, 25.8, 0.94),
    Vertebra("L5", 35.0, 28.4, 23.4, 0.76, (1.0, -0.8)),
)
_DISCS = ((9.0, 3.0), (10.2, 5.0), (11.0, 6.5), (11.6, 9.0), (10.6, 13.0))  # mm high in the middle; degrees of wedge
SACRUM = Vertebra("S1", 34.0, 27.0, 27.0, 0.0, (4.0, -7.0))  # stands for the upper part of the sacrum


def below(upper: Vertebra, bone: Vertebra, height: float, wedge: float) -> Vertebra:
    """`bone` under `upper`, a disc of that middle `height` (mm) and `wedge` (degrees, open to the front) between them."""
    plate_angle = upper.pose.angle + upper.wedge / 2
    middle = upper.pose((0, -(upper.front + upper.back) / 4))
    down = _turn(plate_angle + wedge / 2) @ (0, -height)
    angle = plate_angle + wedge + bone.wedge / 2
    centre = middle + down - _turn(angle) @ (0, (bone.front + bone.back) / 4)
    return replace(bone, pose=Pose(float(centre[0]), float(centre[1]), float(angle)))


def lumbar(tilt: float = -13.0) -> list[Vertebra]:
    """L1 to L5 and the top of the sacrum, standing: about 50° of lordosis; `tilt` is the turn of L1. L3 is at the origin."""
    bones = [replace(_BODIES[0], pose=Pose(angle=tilt))]
    for bone, (height, wedge) in zip((*_BODIES[1:], SACRUM), _DISCS, strict=True):
        bones.append(below(bones[-1], bone, height, wedge))
    dx, dy = -bones[2].pose.x, -bones[2].pose.y
    bones = [replace(bone, pose=bone.pose.moved((dx, dy))) for bone in bones]
    return [*(fitted(a, b) for a, b in zip(bones, bones[1:], strict=False)), bones[-1]]


def pair(flexion: float = 0.0, lost_height: float = 0.0, slip: float = 0.0, lift: float = 0.0) -> tuple[Vertebra, Vertebra]:
    """The two vertebrae of one motion segment (L3 on L4), their disc centred at the origin.

    `flexion` in degrees (negative: bent back), about the rear half of the disc; `lost_height` of the disc, forward `slip` and `lift`
    of the upper one in mm. The facets keep the shape that fits them standing.
    """
    _, _, upper, lower, *_ = lumbar()
    middle = (upper.lower_plate() + lower.upper_plate()) / 2
    level = -(upper.pose.angle + lower.pose.angle) / 2
    upper, lower = (replace(b, pose=b.pose.moved(-middle).moved(turn=level, about=(0, 0))) for b in (upper, lower))
    pose = upper.pose.moved((-slip, lift - lost_height), flexion, about=(5.0, -2.0))
    return replace(upper, pose=pose), lower


# --- Drawing -----------------------------------------------------------------------------------------------------


def vertebra(axes: Axes, bone: Vertebra, *, part: str | None = None, cut: bool = False, split: bool = False) -> PathPatch:
    """Draw one vertebra; the outline of its body is returned.

    With `cut` the body is sawn through: a thin shell around lighter spongy bone. `part` is the id of the whole bone; with
    `split` the ids are `part`-spinous, `part`-arch, `part`-body instead.
    """
    ids = [f"{part}-{piece}" for piece in ("spinous", "arch", "body")] if split else [part] * 3
    solid(axes, bone.spinous_process(), BONE, BONE_SHADE, BONE_LINE, light=(-1.5, 3.2), part=ids[0])
    solid(axes, bone.arch(), BONE, BONE_SHADE, None, light=(-2.2, 1.6), part=ids[1])
    stroke(axes, np.roll(bone.arch(), -14, axis=0)[:-1], BONE_LINE, detail=False, part=ids[1])
    knob = bone.transverse_process()
    if not getattr(axes, "bare", False):
        shape(axes, knob + bone.pose((1.3, -1.5)) - bone.pose((0, 0)), BONE_DEEP, None, part=ids[1])
    solid(axes, knob, BONE_LIGHT, BONE_SHADE, BONE_LINE, light=(-1.3, 1.3), part=ids[1], width=0.6)
    return _body(axes, bone, ids[2], cut)


def _body(axes: Axes, bone: Vertebra, part: str | None, cut: bool) -> PathPatch:
    if cut:
        body = shape(axes, bone.body(), BONE_SHADE, BONE_LINE, part=part)
        middle = bone.pose((0, 0))
        shape(axes, middle + (bone.body() - middle) * (0.93, 0.92), BONE_LIGHT, None, part=part)
        return body
    body = solid(axes, bone.body(), BONE, BONE_SHADE, None, light=(-5.0, 2.0), part=part)
    for side in (1, -1):
        rim = [bone.pose(bone._plate(t, side) - np.array((0, side * 2.6))) for t in np.linspace(0.02, 0.98, 5)]
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


def disc(axes: Axes, upper: Vertebra, lower: Vertebra, *, part: str | None = None, cut: bool = False, bulge: float = 1.6, core: str | None = None) -> PathPatch:
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
        shape(axes, np.vstack([line, (line + out * thick)[-2:0:-1]]), CARTILAGE, CARTILAGE_LINE, width=0.5, part=part, corners=(0, len(line) - 1))


def canal(axes: Axes, upper: Vertebra, lower: Vertebra, *, part: str | None = None) -> None:
    """Draw what shows through a foramen, before the bones: fat around the nerve root, and the capsule of the facet joint."""
    d, e = upper.depth / 2, lower.depth / 2
    roof = [*upper.pose([(d - 3, -12), (d - 2, 0)]), *upper._local([(6, 2), (13, -3), (17, -6)])]
    floor = lower._local(np.array([(15.5, 22.5), (13, 17), (9, 8), (-2, 8)]) + np.outer([1, 1, 0.7, 0], lower.setback))
    shape(axes, [*roof, *floor, lower.pose((e - 3, 12))], FAT, None, part=part)
    (x, y), (u, v) = upper.joint
    capsule = [(x - 4, y - 1), (x - 2.5, y + 4.5), (x + 3, y + 5), (u + 5, v), (u + 3.6, v - 5), (u - 2, v - 5.5), (u - 4, v)]
    shape(axes, upper.pose(capsule), LIGAMENT, LIGAMENT_LINE, width=0.6, detail=True)


def foramen(upper: Vertebra, lower: Vertebra) -> np.ndarray:
    """The middle of the foramen between two vertebrae, where the nerve root leaves: its upper, wider half."""
    roof, floor = upper._local((3.8, -2.2)), lower._local((3.8, 9.2))
    return roof * 0.66 + floor * 0.34


def root(axes: Axes, upper: Vertebra, lower: Vertebra, *, part: str | None = "nerve-root", length: float = 9.0) -> PathPatch:
    """Draw the nerve root that leaves below `upper`, running down and forwards for `length` mm, after the vertebrae."""
    start = foramen(upper, lower)
    way = _turn(upper.pose.angle) @ (-0.55, -0.83)
    path = [start - way * 1.6, start + way * 1.2, start + way * length * 0.6, start + way * length + (0.0, -0.8)]
    band = cord(axes, path, [5.6, 5.8, 4.6, 4.0], NERVE, NERVE_LINE, part=part, corners=(3, 4))
    stroke(axes, np.asarray(path) + _turn(upper.pose.angle) @ (-0.9, 0.5), NERVE_LIGHT, width=1.0, inside=band)
    return band


def motion_segment(
    axes: Axes, upper: Vertebra, lower: Vertebra, *, cut: bool = True, nerve: bool = True, named: bool = True
) -> dict[str, np.ndarray]:
    """Draw two vertebrae with their disc, facet joint and nerve root; where each part is, by name, for leaders and arrows.

    The parts have ids (foramen, disc, nucleus, upper-body, upper-arch, upper-spinous, lower-…, facet-joint, nerve-root) unless `named` is false:
    leave the names out where a plate shows more than one segment.
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
    """Draw L1 to L5, their discs, the sacrum and the coccyx (part ids L1 to L5, disc-L1-L2 …, sacrum, coccyx); the bones drawn."""
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
            root(axes, upper, lower, part=f"root-{upper.name}", length=6)
    return bones


def sacrum(axes: Axes, top: Vertebra) -> PathPatch:
    """Draw the sacrum and the coccyx below `top`, the vertebra that stands for S1."""
    d, h = top.depth / 2, top.back / 2
    for piece in ([(-43, -80), (-37, -88), (-45, -94), (-51, -87)], [(-52, -88), (-46, -95), (-54, -99), (-58, -93)], [(-59, -94), (-55, -99), (-62, -102), (-64, -97)]):
        solid(axes, top.pose(piece), BONE, BONE_SHADE, BONE_LINE, light=(-2, 1.5), part="coccyx")
    d, h = top.depth / 2, top.back / 2
    front = [(-d - 0.4, h - 0.6), (-d + 0.6, h - 5), (-d + 3.6, -6), (-12.0, -24), (-13.5, -42), (-19.5, -58), (-29.5, -71), (-41.0, -80)]
    back = [(-35.5, -87), (-24, -82), (-15, -77), (-9, -70), (0, -67), (6, -59), (14, -55), (18, -45), (26, -41), (28, -30), (35, -25), (36.5, -14), (40, -9), (36, -2)]
    processes = top._local(np.array([*top._process()[::-1], (4.6, 9.4), (1.2, 10.6)]) + np.outer([1] * 5 + [0.5, 0], top.setback))
    rim = [top.upper_plate(t) for t in (0.96, 0.7, 0.4, 0.1)]
    points = np.vstack([top.pose([*front, *back]), top.upper_facet()[::-1][:2], processes, rim])
    bone = solid(axes, points, BONE, BONE_SHADE, BONE_LINE, light=(-4.0, 3.0), part="sacrum")
    ear = [(-6, -4), (4, 1), (14, -4), (17, -13), (12, -20), (9, -29), (10, -40), (4, -47), (-2, -42), (-4, -30), (-7, -16)]
    solid(axes, top.pose(ear), BONE_SHADE, BONE_DEEP, BONE_DEEP, light=(1.2, -1.0), part="sacrum", width=0.5)
    return bone


def places(upper: Vertebra, lower: Vertebra) -> dict[str, np.ndarray]:
    """Where the parts of a motion segment are, in the coordinates of the picture."""
    between = {name: (upper.lower_plate(t) + lower.upper_plate(t)) / 2 for name, t in (("annulus-front", 0.1), ("disc", 0.25), ("nucleus", 0.52), ("annulus-back", 0.92))}
    bones = {
        f"{name}-{part}": bone.place(part)
        for name, bone in (("upper", upper), ("lower", lower))
        for part in ("body", "pedicle", "lamina", "spinous-process", "spinous-tip", "transverse-process", "superior-process", "inferior-process")
    }
    facet = (upper.lower_facet()[1] + lower.upper_facet()[1]) / 2
    return {**between, **bones, "facet-joint": facet, "foramen": foramen(upper, lower)}


# --- Plates ------------------------------------------------------------------------------------------------------


@plate(
    "lumbar-spine",
    title="The lower back from the side",
    alt="The five lumbar vertebrae, L1 to L5, seen from the left, stacked on the sacrum in a gentle curve that is hollow towards the "
    "back. Between the bodies lie the discs. Behind them are the openings for the nerve roots, the facet joints, and the spinous processes.",
    legend="Five vertebrae, L1 to L5, stand on the sacrum. The discs are taller in front than behind, and the lowest bodies are wedges, so the "
    "column curves: the natural hollow of the lower back.",
    use="Let people find the bumps of the spinous processes on their own back, then name what lies in front of them.",
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
    _name_from_the_front(page, axes, bones)
    _name_from_behind(page, axes, bones, skin)


def _name_from_the_front(page: Page, axes: Axes, bones: list[Vertebra]) -> None:
    first, second, fourth, fifth, top = bones[0], bones[1], bones[3], bones[4], bones[-1]
    page.note(axes, "front", (-91, 90), colour=QUIET, italic=True)
    page.label(axes, "Body of a\nvertebra", second.pose((-9, 7)), (-46, 62), align="right")
    page.label(axes, "Disc", (fourth.lower_plate(0.12) + fifth.upper_plate(0.12)) / 2, (-52, -52), align="right")
    page.label(axes, "Sacrum", top.pose((-5, -40)), (-40, -148), align="right")
    page.label(axes, "Tailbone\n(coccyx)", top.pose((-46, -88)), (-40, -196), align="right")


def _name_from_behind(page: Page, axes: Axes, bones: list[Vertebra], skin: list) -> None:
    first, second, third, fourth, *_ = bones
    page.note(axes, "back", (157, 90), align="right", colour=QUIET, italic=True)
    page.label(axes, "Spinous process:\nthe bump you feel", first.place("spinous-process") + (8, 0), (93, 62))
    page.label(axes, "Nerve root in\nits opening", foramen(second, third), (93, 21))
    page.label(axes, "Facet joint", places(third, fourth)["facet-joint"], (93, -16))
    page.label(axes, "Hollow of the\nlower back", (skin[4] + skin[5]) / 2, (93, -52))


@plate(
    "motion-segment",
    title="One motion segment: two vertebrae and what joins them",
    alt="Two vertebrae from the side. In front, a disc with tough rings and a soft core joins the bodies. Behind, the facet joint: a "
    "process of the lower bone stands in front of one of the upper bone. Between disc and joint the nerve root leaves by its opening.",
    legend="The bodies and the disc are shown cut through, the rest from outside. The disc in front and a facet joint on each side behind carry the "
    "load together and guide the movement.",
    use="Cover the labels. Which part carries most of the load when you stand? Which part guides the movement?",
    size=(127, 98),
)
def motion_segment_plate(page: Page) -> None:
    axes = page.anatomy((-55, 87), (-57, 52))
    at = motion_segment(axes, *pair())
    page.note(axes, "front", (-53, 49), colour=QUIET, italic=True)
    page.note(axes, "back", (85, 49), align="right", colour=QUIET, italic=True)
    page.label(axes, "Body of a\nvertebra", at["upper-body"] + (-8, 0), (-29, 27), align="right")
    page.label(axes, "Disc: its\nsoft core", at["nucleus"] + (-5, 1), (-29, 8), align="right")
    page.label(axes, "Disc: its\ntough rings", at["annulus-front"] + (0, -2), (-29, -9), align="right")
    page.label(axes, "Pedicle", at["upper-pedicle"], (23, 45), align="center")
    page.label(axes, "Spinous\nprocess", at["upper-spinous-process"], (58, 38), align="center")
    page.label(axes, "Facet\njoint", at["facet-joint"], (74.5, -11.5), accent=True)
    page.label(axes, "Transverse\nprocess", at["lower-transverse-process"], (56, -44), align="left")
    page.label(axes, "Nerve root in its\nopening (foramen)", at["foramen"], (13, -49), align="center")
