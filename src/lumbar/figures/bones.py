"""The shape of a lumbar vertebra from the side, drawn once, and how vertebrae stand on one another.

The body faces left: x grows backwards, y upwards, both in millimetres. A vertebra has its origin in the middle of its
body; a `Pose` puts it somewhere.

    bones = lumbar()                # L1 to L5 in a lordosis of about 50°, and the top of the sacrum
    upper, lower = pair(flexion=8)  # one motion segment, bent forward by 8°

Sizes after textbook means: body 35 deep and 27 high, disc 9 to 12 high and taller in front, foramen about 20 high.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

GAP = 1.9  # mm between the bony facets, filled by two layers of cartilage


@dataclass(frozen=True)
class Pose:
    """Where a part stands: its origin in mm, and its turn in degrees, counter-clockwise."""

    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0

    def __call__(self, points) -> np.ndarray:
        """Points (n × 2, or one) of the part in the coordinates of the picture."""
        return np.asarray(points, float) @ turned(self.angle).T + (self.x, self.y)

    def back(self, points) -> np.ndarray:
        """Points of the picture in the coordinates of the part."""
        return (np.asarray(points, float) - (self.x, self.y)) @ turned(self.angle)

    def moved(self, by=(0.0, 0.0), turn: float = 0.0, about=None) -> Pose:
        """This pose turned by `turn` degrees about a point of the picture (its own origin by default), then shifted."""
        pivot = np.asarray((self.x, self.y) if about is None else about, float)
        x, y = turned(turn) @ (np.array((self.x, self.y)) - pivot) + pivot + np.asarray(by)
        return Pose(float(x), float(y), self.angle + turn)


def turned(degrees: float) -> np.ndarray:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, -s], [s, c]])


@dataclass(frozen=True)
class Vertebra:
    """One vertebra in its pose: outlines and landmarks, all in the coordinates of the picture.

    `depth` of the body, its height in `front` and at the `back`; `spinous` scales the spinous process; `setback` shifts
    the superior articular process (mm backwards, upwards); `joint` is the surface of the inferior one (upper and lower
    end, own coordinates), which `fitted` makes to match the vertebra below.
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
        """The body: rims, waist, and slightly hollow endplates, from the upper front rim down and round."""
        d, f, b = self.depth / 2, self.front / 2, self.back / 2
        near_front, near_back = f * 0.67 + b * 0.33 - 0.9, f * 0.3 + b * 0.7 - 1.1
        front = [(-d - 0.3, f - 0.6), (-d, f - 2.6), (-d + 1.9, f * 0.35), (-d + 2, -f * 0.35), (-d - 0.2, -f + 2.4)]
        lower = [
            (-d - 0.4, -f + 0.5), (-d + 1.6, -f - 0.1), (-d * 0.35, -near_front), (d * 0.4, -near_back),
            (d - 1.6, -b - 0.1),
        ]
        rear = [(d + 0.3, -b + 0.6), (d, -b + 2.8), (d - 1.5, 0), (d, b - 2.6), (d + 0.3, b - 0.6)]
        upper = [(d - 1.6, b + 0.1), (d * 0.4, near_back), (-d * 0.35, near_front), (-d + 1.6, f + 0.1)]
        return self.pose([*front, *lower, *rear, *upper])

    def upper_plate(self, at: float = 0.5) -> np.ndarray:
        """A point on the upper endplate; `at` runs from 0 in front to 1 behind."""
        return self.pose(self.endplate(at, 1))

    def lower_plate(self, at: float = 0.5) -> np.ndarray:
        """A point on the lower endplate; `at` runs from 0 in front to 1 behind."""
        return self.pose(self.endplate(at, -1))

    def endplate(self, at: float, side: int) -> tuple[float, float]:
        hollow = 1.1 * np.sin(np.pi * np.clip(at, 0, 1)) ** 0.8 * (0.85 + 0.3 * at)
        return ((at - 0.5) * self.depth, side * ((1 - at) * self.front / 2 + at * self.back / 2 - hollow))

    def upper_facet(self) -> np.ndarray:
        """The surface of the superior articular process, which looks backwards (upper end, middle, lower end)."""
        return self.local(np.array([(16.3, 21.0), (16.9, 15.5), (16.4, 9.0)]) + self.setback)

    def lower_facet(self) -> np.ndarray:
        """The surface of the inferior articular process, which looks forwards (upper end, middle, lower end)."""
        (x, y), (u, v) = self.joint
        return self.pose([(x, y), ((x + u) / 2 + 0.6, (y + v) / 2), (u, v)])

    def local(self, points) -> np.ndarray:
        """Points given from the middle of the body's back wall, at the tilt of the upper half of the vertebra."""
        points = np.asarray(points, float) @ turned(-self.wedge / 2 * 0.5).T
        return self.pose(points + (self.depth / 2, (self.back - 27) * 0.5))

    def arch(self) -> np.ndarray:
        """Pedicle, articular processes and lamina, without the spinous process."""
        shift = np.array(self.setback)
        pedicle = self.local([(-1.5, 10.6), (2.2, 9.2), (5.2, 9.0) + shift / 2])
        lamina = self.local([(16.5, 9.0) + shift / 2, (17.6, 4.6) + shift / 5, (21.5, 1.8), (27.6, 0.2)])
        (x, y), (u, v) = self.joint
        lower = self.pose([
            (self.depth / 2 + 27.2, -4), (self.depth / 2 + 26.6, -9), (u + 8.4, -16.4), (u + 7.4, min(v + 4, -19)),
            (u + 5.2, v - 1.6), (u + 2.6, v - 2.6), (u + 0.5, v - 1.2), (u, v + 1.2),
            ((x + u) / 2 + 0.6, (y + v) / 2), (x, y), (x - 1.2, y + 3),
        ])
        pars = (lower[-1] + self.local((9.6, -4.2))) / 2 + self.pose((0.5, -0.3)) - self.pose((0, 0))
        notch = self.local([(9.6, -4.2), (6.0, -2.4), (2.4, -2.0), (-1.5, -3.6)])
        return np.vstack([pedicle, self.superior_process(), lamina, lower, pars, notch])

    def cracked_arch(self) -> tuple[np.ndarray, np.ndarray]:
        """The arch broken at its narrowest place (the pars): the piece on the body, and the piece with the lamina."""
        arch = self.arch()
        crack = self.local([(17.3, 5.6), (15.6, 2.4), (16.6, -1.2), (14.6, -4.0), (14.4, -7.6)])
        return np.vstack([arch[:10], crack, arch[25:]]), np.vstack([arch[11:24], crack[::-1]])

    def superior_process(self) -> np.ndarray:
        """The superior articular process from its root in front over its tip to the middle of its facet."""
        points = [(8.0, 11.5), (10.2, 16.5), (12.6, 21.2), (14.6, 22.6), (16.2, 21.4), (16.9, 15.5)]
        return self.local(np.array(points) + self.setback)

    def spinous_process(self) -> np.ndarray:
        """The spinous process: a hatchet, thicker along its lower back edge."""
        k = self.spinous
        points = [
            (4, -2), (8.5, 0.1), (19, -1.5), (27, -2.8), (30.5, -5.6), (31.4, -11), (30.2, -17.2), (26.6, -20.4),
            (19, -18.8), (10, -16.4), (3.5, -17.2), (1, -10),
        ]
        return self.local([(20 + x * k, y * (0.5 + 0.5 * k)) for x, y in points])

    def transverse_process(self) -> np.ndarray:
        """The transverse process, seen end on."""
        return self.local([(8.2, 6.6), (12.2, 6.2), (15.0, 3.4), (15.2, 0.2), (12.6, -1.8), (9.2, -0.8), (7.2, 2.4)])

    def place(self, part: str) -> np.ndarray:
        """Where a part is, for leaders and muscles.

        One of body, pedicle, lamina, spinous-process, spinous-tip, transverse-process, superior-process,
        inferior-process.
        """
        x, k, (u, v) = self.depth / 2, self.spinous, self.joint[1]
        fore = {"superior-process": (12.8, 16.5), "pedicle": (4.6, 3.8), "transverse-process": (11.4, 2.4)}
        aft = {
            "body": (-2, -1), "lamina": (x + 20, -7.5), "spinous-process": (x + 20 + 19 * k, -10),
            "spinous-tip": (x + 20 + 30 * k, -11), "inferior-process": (u + 3.6, v + 4.5),
        }
        return self.local(fore[part]) if part in fore else self.pose(aft[part])


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
    """`bone` under `upper`, between them a disc so high in its middle (mm) and open to the front by `wedge` degrees."""
    plate_angle = upper.pose.angle + upper.wedge / 2
    middle = upper.pose((0, -(upper.front + upper.back) / 4))
    down = turned(plate_angle + wedge / 2) @ (0, -height)
    angle = plate_angle + wedge + bone.wedge / 2
    centre = middle + down - turned(angle) @ (0, (bone.front + bone.back) / 4)
    return replace(bone, pose=Pose(float(centre[0]), float(centre[1]), float(angle)))


def lumbar(tilt: float = -13.0) -> list[Vertebra]:
    """L1 to L5 and the top of the sacrum, in a lordosis of about 50°, L3 at the origin; `tilt` is the turn of L1."""
    bones = [replace(_BODIES[0], pose=Pose(angle=tilt))]
    for bone, (height, wedge) in zip((*_BODIES[1:], SACRUM), _DISCS, strict=True):
        bones.append(below(bones[-1], bone, height, wedge))
    dx, dy = -bones[2].pose.x, -bones[2].pose.y
    bones = [replace(bone, pose=bone.pose.moved((dx, dy))) for bone in bones]
    return [*(fitted(a, b) for a, b in zip(bones, bones[1:], strict=False)), bones[-1]]


def pair(flexion: float = 0.0, lost_height: float = 0.0, slip: float = 0.0) -> tuple[Vertebra, Vertebra]:
    """The two vertebrae of one motion segment (L3 on L4), their disc centred at the origin.

    `flexion` in degrees (negative: bent back), about the rear half of the disc; `lost_height` of the disc and forward
    `slip` of the upper vertebra in mm. The facets keep the shape that fits them standing.
    """
    _, _, upper, lower, *_ = lumbar()
    middle = (upper.lower_plate() + lower.upper_plate()) / 2
    level = -(upper.pose.angle + lower.pose.angle) / 2
    upper, lower = (replace(b, pose=b.pose.moved(-middle).moved(turn=level, about=(0, 0))) for b in (upper, lower))
    pose = upper.pose.moved((-slip, -lost_height), flexion, about=(5.0, -2.0))
    return replace(upper, pose=pose), lower


def foramen(upper: Vertebra, lower: Vertebra) -> np.ndarray:
    """Where the nerve root leaves between two vertebrae: the upper, wider part of the foramen."""
    roof, floor = upper.local((3.8, -2.2)), lower.local((3.8, 9.2))
    return roof * 0.82 + floor * 0.18


_BETWEEN = {"annulus-front": 0.1, "disc": 0.25, "nucleus": 0.52, "annulus-back": 0.92}  # from the front of the disc
_OF_A_BONE = (
    "body", "pedicle", "lamina", "spinous-process", "spinous-tip", "transverse-process", "superior-process",
    "inferior-process",
)


def places(upper: Vertebra, lower: Vertebra) -> dict[str, np.ndarray]:
    """Where the parts of a motion segment are, in the coordinates of the picture."""
    between = {name: (upper.lower_plate(t) + lower.upper_plate(t)) / 2 for name, t in _BETWEEN.items()}
    bones = {f"{n}-{part}": bone.place(part) for n, bone in (("upper", upper), ("lower", lower)) for part in _OF_A_BONE}
    facet = (upper.lower_facet()[1] + lower.upper_facet()[1]) / 2
    return {**between, **bones, "facet-joint": facet, "foramen": foramen(upper, lower)}
