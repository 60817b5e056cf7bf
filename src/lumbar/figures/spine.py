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
    LIGAMENT, LIGAMENT_LINE, NERVE, NERVE_LIGHT, NERVE_LINE, NUCLEUS, Page, cord, outline, plate, shape, stroke,
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

    `depth` of the body, its height in `front` and at the `back`; `spinous` scales the spinous process; `joint` is the lower facet
    (upper and lower end, own coordinates), made by `fitted` to the vertebra below.
    """

    name: str = "L4"
    depth: float = 35.0
    front: float = 27.0
    back: float = 27.0
    spinous: float = 1.0
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
        lower = [(-d + 1.6, -f - 0.1), (-d * 0.35, -(f * 0.67 + b * 0.33) + 1.2), (d * 0.4, -(f * 0.3 + b * 0.7) + 1.5), (d - 1.6, -b - 0.1)]
        rear = [(d + 0.3, -b + 0.6), (d, -b + 2.8), (d - 1.5, 0), (d, b - 2.6), (d + 0.3, b - 0.6)]
        upper = [(d - 1.6, b + 0.1), (d * 0.4, f * 0.3 + b * 0.7 - 1.5), (-d * 0.35, f * 0.67 + b * 0.33 - 1.2), (-d + 1.6, f + 0.1)]
        return self.pose([*front, *lower, *rear, *upper])

    def upper_plate(self, at: float = 0.5) -> np.ndarray:
        """A point on the upper endplate; `at` runs from 0 in front to 1 behind."""
        return self.pose(self._plate(at, 1))

    def lower_plate(self, at: float = 0.5) -> np.ndarray:
        """A point on the lower endplate; `at` runs from 0 in front to 1 behind."""
        return self.pose(self._plate(at, -1))

    def _plate(self, at: float, side: int) -> tuple[float, float]:
        hollow = 1.5 * np.sin(np.pi * np.clip(at, 0, 1)) ** 0.8 * (0.85 + 0.3 * at)
        return ((at - 0.5) * self.depth, side * ((1 - at) * self.front / 2 + at * self.back / 2 - hollow))

    def upper_facet(self) -> np.ndarray:
        """The surface of the superior articular process, which looks backwards (upper end, middle, lower end)."""
        return self._local([(16.3, 21.0), (16.9, 15.5), (16.4, 9.0)])

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
        upper = self._local([
            (-1.5, 10.6), (2.2, 9.2), (5.2, 9.0), (8.0, 11.5), (10.2, 16.5), (12.6, 21.2), (14.6, 22.6), (16.2, 21.4), (16.9, 15.5),
            (16.5, 9.0), (17.8, 5.6), (21.5, 3.2), (27.0, 1.0),
        ])
        (x, y), (u, v) = self.joint
        lower = self.pose([
            (self.depth / 2 + 26.6, -10.5), (u + 8.0, v + 9.5), (u + 7.2, v + 2.5), (u + 5.2, v - 1.6), (u + 2.6, v - 2.6),
            (u + 0.5, v - 1.2), (u, v + 1.2), ((x + u) / 2 + 0.6, (y + v) / 2), (x, y), (x - 1.2, y + 3.0),
        ])
        pars = (lower[-1] + self._local((9.6, -4.2))) / 2 + self.pose((0.5, -0.3)) - self.pose((0, 0))
        notch = self._local([(9.6, -4.2), (6.0, -2.4), (2.4, -2.0), (-1.5, -3.6)])
        return np.vstack([upper, lower, pars, notch])

    def spinous_process(self) -> np.ndarray:
        """The spinous process: a hatchet, thicker along its lower back edge."""
        k, x = self.spinous, self.depth / 2 + 20
        points = [(0, 4.2), (9, 1.0), (19, -1.0), (27, -2.6), (30.5, -5.6), (31.4, -11.0), (30.2, -17.2), (26.6, -20.4), (19, -18.8), (10, -16.6), (3, -17.4), (-1, -12)]
        return self.pose([(x + a * k, b * (0.35 + 0.65 * k)) for a, b in points])

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
    Vertebra("L5", 35.0, 28.4, 23.4, 0.74),
)
_DISCS = ((9.0, 3.0), (10.2, 5.0), (11.0, 6.5), (11.6, 9.0), (10.6, 13.0))  # mm high in the middle; degrees of wedge
SACRUM = Vertebra("S1", 34.0, 27.0, 27.0, 0.0)  # stands for the upper part of the sacrum


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
    process = shape(axes, bone.spinous_process(), BONE, BONE_LINE, part=ids[0])
    _tone(axes, process, bone.spinous_process(), (-1.5, 3.2), BONE_SHADE)
    arch = shape(axes, bone.arch(), BONE, None, part=ids[1])
    _tone(axes, arch, bone.arch(), (-2.2, 1.6), BONE_SHADE, line=None)
    stroke(axes, np.roll(bone.arch(), -14, axis=0)[:-1], BONE_LINE, detail=False, part=ids[1])
    knob = shape(axes, bone.transverse_process(), BONE_LIGHT, BONE_LINE, part=ids[1], width=0.6)
    _tone(axes, knob, bone.transverse_process(), (-1.0, 1.4), BONE)
    return _body(axes, bone, ids[2], cut)


def _body(axes: Axes, bone: Vertebra, part: str | None, cut: bool) -> PathPatch:
    body = shape(axes, bone.body(), BONE_SHADE if cut else BONE, BONE_LINE, part=part)
    if cut:
        middle = bone.pose((0, 0))
        shape(axes, middle + (bone.body() - middle) * (0.93, 0.92), BONE_LIGHT, None, detail=True)
        return shape(axes, bone.body(), None, BONE_LINE, part=None, detail=True)
    _tone(axes, body, bone.body(), (-5.0, 2.0), BONE_SHADE)
    for side in (1, -1):
        rim = [bone.pose(bone._plate(t, side) - np.array((0, side * 2.6))) for t in np.linspace(0.02, 0.98, 7)]
        stroke(axes, rim, BONE_DEEP, width=0.5, inside=body, alpha=0.8)
    shape(axes, bone.body(), None, BONE_LINE, detail=True)
    return body


def _tone(axes: Axes, patch: PathPatch, points: np.ndarray, shift: tuple[float, float], colour: str, line: str | None = BONE_LINE) -> None:
    """A band of shade along the side of `patch` away from the light: what the shape leaves uncovered when it is shifted."""
    from matplotlib.path import Path

    whole = patch.get_path()
    lit = outline(points + np.asarray(shift))
    codes = [Path.MOVETO, *[Path.LINETO] * (len(lit) - 1), Path.CLOSEPOLY]
    hole = Path(np.vstack([lit[::-1], lit[-1:]]), codes)
    shape(axes, Path.make_compound_path(whole, hole), colour, None, inside=patch, detail=True)
    if line:
        shape(axes, whole, None, line, detail=True)


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


def disc(axes: Axes, upper: Vertebra, lower: Vertebra, *, part: str | None = None, cut: bool = False, bulge: float = 1.6) -> PathPatch:
    """Draw the disc between two vertebrae, before them; with `cut` its rings and its nucleus show (part id "nucleus")."""
    whole = shape(axes, disc_outline(upper, lower, bulge), DISC, DISC_LINE, part=part)
    if not cut:
        for t in (0.3, 0.5, 0.7):
            line = [(1 - t) * upper.lower_plate(v) + t * lower.upper_plate(v) for v in np.linspace(0.03, 0.97, 6)]
            stroke(axes, line, DISC_RING, width=0.45, inside=whole)
        return whole
    for depth, reach in ((0.045, 1.3), (0.10, 1.1), (0.16, 0.9), (0.22, 0.7)):
        for at, side in ((depth * 1.15, 1), (1 - depth * 0.95, -1)):
            _ring(axes, upper, lower, at, side * reach * bulge, whole)
    nucleus(axes, upper, lower)
    return whole


def _ring(axes: Axes, upper: Vertebra, lower: Vertebra, at: float, bow: float, inside: PathPatch) -> None:
    start, end = lower.upper_plate(at), upper.lower_plate(at)
    stroke(axes, [start, *_bow(start, end, bow), end], DISC_RING, width=0.8, inside=inside)


def nucleus(axes: Axes, upper: Vertebra, lower: Vertebra, *, part: str | None = "nucleus") -> PathPatch:
    """Draw the gel core of the disc, a little behind its middle."""
    t = np.linspace(0.32, 0.72, 6)
    top = np.array([0.86 * upper.lower_plate(v) + 0.14 * lower.upper_plate(v) for v in t])
    bottom = np.array([0.86 * lower.upper_plate(v) + 0.14 * upper.lower_plate(v) for v in t[::-1]])
    edge = np.vstack([top, _bow(top[-1], bottom[0], 2.2)[1:2], bottom, _bow(bottom[-1], top[0], 2.2)[1:2]])
    return shape(axes, edge, NUCLEUS, DISC_RING, part=part)


def facet_cartilage(axes: Axes, upper: Vertebra, lower: Vertebra, *, part: str | None = "facet-joint") -> None:
    """Draw the cartilage on both facets of a joint, after both vertebrae."""
    for surface, way in ((lower.upper_facet(), 1), (upper.lower_facet(), -1)):
        along = surface[0] - surface[2]
        out = np.array([along[1], -along[0]]) / np.linalg.norm(along) * way * GAP * 0.42
        edge = np.vstack([surface, (surface + out)[::-1]])
        shape(axes, edge, CARTILAGE, CARTILAGE_LINE, width=0.5, part=part, corners=(0, 2, 3, 5))


def canal(axes: Axes, upper: Vertebra, lower: Vertebra) -> None:
    """Draw what shows through a foramen, before the bones: fat around the nerve root, and the capsule of the facet joint."""
    d, e = upper.depth / 2, lower.depth / 2
    fat = [*upper.pose([(d - 3, -12), (d - 2, 0)]), *upper._local([(6, 2), (14, -4)]), *lower._local([(13, 17), (8, 8), (-2, 8)]), lower.pose((e - 3, 12))]
    shape(axes, fat, FAT, None)
    (x, y), (u, v) = upper.joint
    capsule = [(x - 4, y - 1), (x - 2.5, y + 4.5), (x + 3, y + 5), (u + 5, v), (u + 3.6, v - 5), (u - 2, v - 5.5), (u - 4, v)]
    shape(axes, upper.pose(capsule), LIGAMENT, LIGAMENT_LINE, width=0.6)


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


def motion_segment(axes: Axes, upper: Vertebra, lower: Vertebra, *, cut: bool = True, nerve: bool = True) -> dict[str, np.ndarray]:
    """Draw two vertebrae with their disc, facet joint and nerve root; where each part is, by name, for leaders and arrows."""
    canal(axes, upper, lower)
    disc(axes, upper, lower, part="disc", cut=cut)
    for bone, name in ((upper, "upper"), (lower, "lower")):
        vertebra(axes, bone, part=name, cut=cut, split=True)
    facet_cartilage(axes, upper, lower)
    if nerve:
        root(axes, upper, lower)
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
        if nerves:
            root(axes, upper, lower, part=f"root-{upper.name}", length=6)
    return bones


def sacrum(axes: Axes, top: Vertebra) -> PathPatch:
    """Draw the sacrum and the coccyx below `top`, the vertebra that stands for S1."""
    d, h = top.depth / 2, top.back / 2
    tail = [[(-13, -112), (-3, -108), (-6, -120), (-15, -121)], [(-17, -124), (-8, -123), (-13, -132), (-21, -131)], [(-24, -134), (-16, -135), (-23, -141), (-28, -139)]]
    for piece in tail:
        shape(axes, top.pose(piece), BONE, BONE_LINE, part="coccyx")
    front = [(-d - 0.3, h - 0.4), (-d + 1.2, h - 8), (-d + 4.2, -12), (-6.5, -35), (-2.5, -58), (-4.5, -80), (-10.5, -104)]
    back = [(-3, -107), (3.5, -94), (10, -82), (15, -72), (22, -66), (23, -57), (29, -50), (31, -40), (37, -33), (37.5, -20), (42, -12), (40, -3), (33, 2)]
    joint = [*top.upper_facet()[::-1]]
    processes = top._local([(14.6, 22.6), (12.6, 21.2), (10.2, 16.5), (8.0, 11.5), (4.6, 9.4), (1.2, 10.6)])
    plate_ = [top.upper_plate(t) for t in (0.96, 0.7, 0.4, 0.1)]
    points = np.vstack([top.pose([*front, *back]), joint, processes, plate_])
    bone = shape(axes, points, BONE, BONE_LINE, part="sacrum")
    _tone(axes, bone, points, (-5.0, 3.0), BONE_SHADE)
    ear = [(-6, -2), (6, 3), (15, -2), (17, -12), (12, -20), (10, -30), (13, -42), (8, -50), (2, -42), (-1, -28), (-6, -16)]
    shape(axes, top.pose(ear), BONE_SHADE, BONE_DEEP, width=0.6, detail=True)
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
    title="The lumbar spine from the side",
    alt="Five lumbar vertebrae, L1 to L5, stand on the sacrum in a gentle curve that is hollow towards the back.",
    legend="The lumbar spine.",
    use="Count the vertebrae.",
    size=(127, 150),
)
def lumbar_spine(page: Page) -> None:
    axes = page.anatomy((-45, 90), (-190, 105))
    spine(axes)


@plate(
    "motion-segment",
    title="One motion segment",
    alt="Two vertebrae from the side. In front, the disc between the two bodies. Behind, the facet joint, where a process of the lower "
    "bone lies in front of a process of the upper one. Between disc and joint, the nerve root in its foramen.",
    legend="Two vertebrae and what joins them.",
    use="Point at a part and ask what it does.",
    size=(127, 110),
)
def motion_segment_plate(page: Page) -> None:
    axes = page.anatomy((-26, 72), (-42, 42))
    motion_segment(axes, *pair())
