"""The body of `body` seen from the front or from behind.

Lengths are centimetres, the origin lies between the hip joints, x to the right of the picture, y to the head. Limbs may
be shorter than they are where they point towards the onlooker or away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes

from lumbar.figures.body import Drawn, Form, Joints, Person, flesh, towards
from lumbar.figures.style import Point

Bone = tuple[float, float]  # which way it points, and how long it looks
Limb = tuple[Bone, Bone, Bone]

HIP, SHOULDER = 8.5, 16.5  # cm from the midline
STRAIGHT_LEG: Limb = ((270, 42), (270, 41), (270, 8))
HANGING: Limb = ((270, 28), (270, 25), (270, 15))


@dataclass(frozen=True)
class Stance:
    """Where the parts point, in degrees: pelvis, loin, chest and head, then the limbs on the page's left and right."""

    spine: tuple[float, float, float] = (90, 90, 90)
    head: float = 90
    legs: tuple[Limb, Limb] = (STRAIGHT_LEG, STRAIGHT_LEG)
    arms: tuple[Limb, Limb] = (HANGING, HANGING)
    hips: float = 1.0  # how wide the pelvis looks, and the shoulders; less where they are rolled
    shoulders: float = 1.0


def joints(stance: Stance) -> Joints:
    """Where the joints are; those of the limbs are named left-knee, right-elbow and so on."""
    pelvis, loin, chest = stance.spine
    at = {"hip": np.zeros(2), "sacrum": towards(pelvis, 9)}
    at["waist"] = at["sacrum"] + towards(loin, 14)
    at["chest"] = at["waist"] + towards(chest, 12)
    at["shoulders"] = at["waist"] + towards(chest, 22.5)
    at["nape"] = at["waist"] + towards(chest, 29)
    at["ear"] = at["nape"] + towards(stance.head, 14)
    for side, sign, leg, arm in zip(("left", "right"), (1, -1), stance.legs, stance.arms, strict=True):
        start = at["hip"] + towards(pelvis, 0, sign * HIP * stance.hips)
        at |= _limb(side, ("hip", "knee", "ankle", "toes"), start, leg)
        start = at["shoulders"] + towards(chest, 0, sign * SHOULDER * stance.shoulders)
        at |= _limb(side, ("shoulder", "elbow", "wrist", "fingers"), start, arm)
    return at


def _limb(side: str, names: Sequence[str], start: np.ndarray, limb: Limb) -> Joints:
    ends = np.vstack([start, *(towards(*bone) for bone in limb)]).cumsum(0)
    return {f"{side}-{name}": end for name, end in zip(names, ends, strict=True)}


# The head from the front: right half, from the crown down, origin between the ears.
_FACE = [(0, 12), (5, 10.8), (7.6, 6), (7.9, 0), (7.2, -5), (4.8, -9.6), (1.9, -11.7)]
_HAIR_BEHIND = [(0, 13.4), (6, 11.6), (8.8, 6), (8.6, -1), (6.8, -6.4), (2.6, -8.6)]
_HAIR = {
    "short": [(0, 13.4), (6, 11.6), (8.8, 6), (8.4, -0.5), (7.2, 3.5), (5.2, 7), (1.2, 8)],
    "long": [(0, 13.6), (6.4, 11.6), (9.2, 5), (10, -5), (9.6, -14), (6.6, -14), (7.6, -4), (7.2, 3), (5, 7), (1, 8)],
}
_FEATURES = {
    True: ([(-4.8, 0.2), (-3.3, -0.5), (-1.9, 0.2)], [(1.9, 0.2), (3.3, -0.5), (4.8, 0.2)]),
    False: ([(-3.5, -0.2), (-3.1, 0.3)], [(3.1, 0.3), (3.5, -0.2)]),
}
_NOSE_AND_MOUTH = ([(0.2, -0.8), (-0.9, -3.4), (0.5, -3.6)], [(-2.2, -6.6), (0, -7.1), (2.2, -6.6)])


def _mirrored(half: Sequence[Point]) -> list[Point]:
    return [*half, *((-x, y) for x, y in half[::-1] if x)]


@dataclass
class Facing(Drawn):
    """A person seen from the front, or from `behind`; drawn part by part: what lies on top depends on the pose."""

    person: Person
    stance: Stance
    hip: Point = (0.0, 0.0)
    size: float = 1.0
    behind: bool = False
    asleep: bool = False
    flip: bool = False
    at: Joints = field(init=False)

    def __post_init__(self) -> None:
        self.at = joints(self.stance)

    def joint(self, name: str) -> np.ndarray:
        """Where a joint is on the axes."""
        return self.place(self.at[name])

    def spine(self) -> np.ndarray:
        """The spine from the tailbone to the nape, in cm."""
        pelvis = self.stance.spine[0]
        steps = (self.at["hip"] - towards(pelvis, 3), *(self.at[name] for name in ("sacrum", "waist", "chest", "nape")))
        return np.array(steps)

    def draw(self, axes: Axes, part: str | None = None) -> None:
        """The whole person in the order that suits somebody who stands or lies on the back."""
        for side in ("left", "right"):
            self.arm(axes, side)
        self.seat(axes, ("left", "right"))
        self.trunk(axes, part)
        self.head(axes)

    def leg(self, axes: Axes, side: str, shade: float = 0.0) -> None:
        """One leg without the pelvis."""
        self._feet(axes, (side,), shade)
        self.fill(axes, flesh(self._thigh_and_calf(side)), self.person.trousers, shade=shade)

    def seat(self, axes: Axes, sides: Sequence[str]) -> None:
        """The pelvis and the legs of `sides`, in one piece."""
        self._feet(axes, sides)
        pelvis, wide = self.stance.spine[0], self.stance.hips * self.person.girth
        rows = ((0.5, 7.2, 9.2), (7, 5.6, 8.6))
        hips = [(towards(pelvis, y, x * wide), towards(pelvis, y, -x * wide), r, r) for y, x, r in rows]
        legs = [form for side in sides for form in self._thigh_and_calf(side)]
        self.fill(axes, flesh([*hips, *legs], knots=30), self.person.trousers)

    def _feet(self, axes: Axes, sides: Sequence[str], shade: float = 0.0) -> None:
        for side in sides:
            knee, ankle, toes = (self.at[f"{side}-{name}"] for name in ("knee", "ankle", "toes"))
            forms = [(knee + (ankle - knee) * 0.7, ankle, 3.6, 3.3), (ankle, toes, 3.4, 3.0)]
            self.fill(axes, flesh(forms, 0.8, 14), self.person.skin, shade=shade)

    def _thigh_and_calf(self, side: str) -> list[Form]:
        hip, knee, ankle = (self.at[f"{side}-{name}"] for name in ("hip", "knee", "ankle"))
        calf = [knee + (ankle - knee) * share for share in (0.2, 0.45)]
        return [(hip, knee, 8.7, 6.1), (knee, knee + (ankle - knee) * 0.92, 5.6, 4.3, True), (*calf, 5.6, 5.0)]

    def trunk(self, axes: Axes, part: str | None = None) -> None:
        """Neck and shirt with its sleeves."""
        at, (pelvis, loin, chest) = self.at, self.stance.spine
        girth, wide = self.person.girth, self.stance.hips
        neck = (at["nape"] - towards(chest, 4), at["ear"], 5.8, 5.2)
        self.fill(axes, flesh([neck], knots=10), self.person.skin, shade=0.08)
        rows = ((at["chest"], chest, 5.6, 9.2), (at["shoulders"], chest, (SHOULDER - 5) * self.stance.shoulders, 4.4))
        forms = [(at + towards(way, 0, x * girth), at + towards(way, 0, -x * girth), r, r) for at, way, x, r in rows]
        forms += [(at["chest"], at["nape"] - towards(chest, 1), 10, 5.4)]
        for sign, side in ((1, "left"), (-1, "right")):
            waist = at["waist"] + towards(loin, 0, sign * 3.8 * girth)
            hem = towards(pelvis, 6, sign * 5.4 * girth * wide)
            forms += [(at["chest"] + towards(chest, 0, sign * 4.5), waist, 9.4, 9.0), (waist, hem, 9.0, 9.8, True)]
            shoulder, elbow = at[f"{side}-shoulder"], at[f"{side}-elbow"]
            forms += [(shoulder, shoulder + (elbow - shoulder) * 0.55, 4.9, 5.3, True)]
            forms += [(at["nape"] - towards(chest, 2), shoulder, 4.4, 4.2)]
        self.fill(axes, flesh(forms, 1.4, 44), self.person.top, part=part)

    def arm(self, axes: Axes, side: str, shade: float = 0.0, over: bool = False) -> None:
        """One arm, to be drawn before the trunk, whose shirt has the sleeve; `over` it, the arm brings its own."""
        names = ("shoulder", "elbow", "wrist", "fingers")
        shoulder, elbow, wrist, fingers = (self.at[f"{side}-{name}"] for name in names)
        palm = wrist + (fingers - wrist) * 0.45
        arm = [(shoulder, elbow, 4.8, 3.9), (elbow, wrist, 4.0, 2.7)]
        hand = [(wrist, palm, 2.6, 3.4), (palm, fingers, 3.2, 1.9)]
        self.fill(axes, flesh(arm + hand, 0.8, 20), self.person.skin, shade=shade)
        if over:
            sleeve = (shoulder, shoulder + (elbow - shoulder) * 0.6, 5.6, 5.5, True)
            self.fill(axes, flesh([sleeve], knots=12), self.person.top)

    def head(self, axes: Axes) -> None:
        """The head, which hides the neck."""
        person = self.person
        for x in (-8.2, 8.2):
            ear = self._on_head([(x, -1.2)])[0]
            self.fill(axes, flesh([(ear, ear, 1.9, 1.9)], knots=6), person.skin)
        self.fill(axes, self._on_head(_mirrored(_FACE)), person.skin)
        hair = _HAIR_BEHIND if self.behind else _HAIR.get(person.cut, _HAIR["short"])
        self.fill(axes, self._on_head(_mirrored(hair)), person.hair)
        if not self.behind:
            for line in (*_FEATURES[self.asleep], *_NOSE_AND_MOUTH):
                self.line(axes, self._on_head(line), person.skin)

    def _on_head(self, points: Sequence[Point]) -> np.ndarray:
        return np.array([self.at["ear"] + towards(self.stance.head, y, -x) for x, y in points])
