"""One body in any posture, from the side: where each part points goes in, smooth outlines come out.

A body is built as an artist builds one: round forms along the bones (`Form`, a capsule that may taper), blended where
they meet. Lengths are centimetres of a person 170 cm tall; directions are degrees, 0 to the right and 90 up, for a
person who faces right: standing, the trunk points to 90, the legs to 270, the feet to 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from contourpy import contour_generator
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb

from lumbar.figures.style import ACCENT, PAPER, Point, shape, stroke

Form = tuple[Point, Point, float, float] | tuple[Point, Point, float, float, bool]
"""From, to, the radius at each end, and whether it ends in a straight hem."""
Joints = dict[str, np.ndarray]
LIMB = tuple[float, float, float]

THIN = 0.6  # line width in points
_GRID = 0.5  # cm


def towards(direction: float, ahead: float = 1.0, left: float = 0.0) -> np.ndarray:
    """The step `ahead` in a direction (degrees) and `left` of it."""
    turn = np.radians(direction)
    return ahead * np.array([np.cos(turn), np.sin(turn)]) + left * np.array([-np.sin(turn), np.cos(turn)])


def flesh(forms: Iterable[Form], blend: float = 1.1, knots: int = 26) -> np.ndarray:
    """The outline (n × 2) around round forms that melt into one another over about `blend` cm."""
    ends = np.array([[*start, *end, *rest, *[False] * (3 - len(rest))] for start, end, *rest in forms], float)
    a, b, radii, hems = ends[:, :2], ends[:, 2:4], ends[:, 4:6], ends[:, 6]
    reach = radii.max() + 3
    low, high = np.minimum(a, b).min(0) - reach, np.maximum(a, b).max(0) + reach
    x, y = (np.arange(low[i], high[i], _GRID) for i in (0, 1))
    away = _distances(np.stack(np.meshgrid(x, y), -1), a, b, radii, hems)
    nearest = away.min(0)
    melted = nearest - blend * np.log(np.exp((nearest - away) / blend).sum(0))
    return _resampled(max(contour_generator(x, y, melted).lines(0), key=len)[:-1], knots)


def _distances(points: np.ndarray, a: np.ndarray, b: np.ndarray, radii: np.ndarray, hems: np.ndarray) -> np.ndarray:
    """How far each point lies outside each form, forms first; one with a hem is cut off straight at its end."""
    found = []
    for start, bone, (r, s), hem in zip(a, b - a, radii, hems, strict=True):
        length = np.hypot(*bone) or 1e-9
        ahead = (points - start) @ bone / length
        share = np.clip(ahead / length, 0, 1)
        away = np.linalg.norm(points - start - share[..., None] * bone, axis=-1) - r - share * (s - r)
        found.append(np.maximum(away, ahead - length) if hem else away)
    return np.array(found)


def _resampled(edge: np.ndarray, knots: int) -> np.ndarray:
    """A closed outline by `knots` points, closer together where it bends."""
    step = np.roll(edge, -1, 0) - edge
    heading = np.unwrap(np.arctan2(step[:, 1], step[:, 0]))
    window = np.ones(9) / 9
    bend = np.abs(np.convolve(np.gradient(np.pad(heading, 8, "reflect", reflect_type="odd")), window, "same"))[8:-8]
    weight = np.hypot(*step.T) + 5.0 * bend
    way = np.concatenate([[0], np.cumsum(weight)])
    at = np.interp(np.arange(knots) / knots * way[-1], way, np.arange(len(way)))
    whole = np.vstack([edge, edge[:1]])
    return np.stack([np.interp(at, np.arange(len(whole)), whole[:, i]) for i in (0, 1)], 1)


def darker(colour: str, by: float = 0.15) -> str:
    """The same colour in shade; a negative `by` lightens it."""
    rgb, ground = np.array(to_rgb(colour)), np.array(to_rgb("#33302E" if by > 0 else PAPER))
    return to_hex(rgb + (ground - rgb) * abs(by))


# --- People and poses -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """How somebody looks. `girth` widens the trunk, `belly` and `bust` are cm in front of it, `cut` is the hair's."""

    skin: str
    hair: str
    top: str
    trousers: str
    cut: str = "short"
    girth: float = 1.0
    belly: float = 0.0
    bust: float = 0.0


@dataclass(frozen=True)
class Pose:
    """Where the parts point, in degrees: pelvis, loin, chest and neck; the head's crown; limbs from the trunk outwards.

    The far limbs are None where they lie behind the near ones.
    """

    spine: tuple[float, float, float, float] = (88, 95, 91, 70)
    head: float = 90
    leg: LIMB = (272, 268, 0)
    arm: LIMB = (264, 276, 280)
    far_leg: LIMB | None = None
    far_arm: LIMB | None = None
    turn: float = 0  # of the whole body, added to all of it

    def turned(self, values: Iterable[float]) -> tuple[float, ...]:
        return tuple(value + self.turn for value in values)


PELVIS, LOIN, CHEST, NECK = 9, 18, 28, 13.5
THIGH, SHANK = 42, 41
UPPER_ARM, FOREARM, HAND = 28, 25, 15


def joints(pose: Pose) -> Joints:
    """Where the joints are, the hip at the origin."""
    pelvis, loin, chest, neck = pose.turned(pose.spine)
    found = {"hip": np.zeros(2)}
    found["sacrum"] = towards(pelvis, PELVIS)
    found["waist"] = found["sacrum"] + towards(loin, LOIN)
    found["chest"] = found["waist"] + towards(chest, CHEST * 0.55)
    found["nape"] = found["waist"] + towards(chest, CHEST)
    found["ear"] = found["nape"] + towards(neck, NECK)
    found["shoulder"] = found["nape"] - towards(chest, 5.5)
    for side, leg, arm in (("", pose.leg, pose.arm), ("far_", pose.far_leg, pose.far_arm)):
        found |= _limb(side, ("knee", "ankle"), found["hip"], (THIGH, SHANK), leg and pose.turned(leg))
        found |= _limb(side, ("elbow", "wrist"), found["shoulder"], (UPPER_ARM, FOREARM), arm and pose.turned(arm))
    return found


def _limb(side: str, names: Sequence[str], at: np.ndarray, lengths: Sequence[float], limb: LIMB | None) -> Joints:
    found = {}
    for name, length, direction in zip(names, lengths, limb or (), strict=False):
        at = at + towards(direction, length)
        found[side + name] = at
    return found


def spine_line(pose: Pose) -> np.ndarray:
    """The spine from the tailbone to the skull: seven points, hollow at the loin, round at the chest."""
    at, (pelvis, loin, chest, _) = joints(pose), pose.turned(pose.spine)
    head = pose.head + pose.turn
    return np.array([
        at["hip"] + towards(pelvis, -2, 9), at["hip"] + towards(pelvis, 5, 7.5), at["sacrum"] + towards(loin, 2, 4.2),
        at["sacrum"] + towards(loin, 10, 3.6), at["waist"] + towards(chest, 2, 6), at["chest"] + towards(chest, 0, 7.6),
        at["nape"] + towards(chest, -1, 3.4), at["ear"] + towards(head, -4, 2.5),
    ])


# --- Forms ------------------------------------------------------------------------------------------------------------


def _trousers(at: Joints, pose: Pose, girth: float) -> list[Form]:
    pelvis = pose.spine[0] + pose.turn
    seat, band = at["hip"] + towards(pelvis, -1, 4), at["sacrum"] + towards(pelvis, 3)
    hips = [(at["hip"], band, 10.6 * girth, 10.7 * girth, True), (seat, seat, 8.4 * girth, 8.4)]
    return [*hips, *_leg(at, "", pose.turned(pose.leg), 1.0 + 0.4 * (girth - 1))]


def _leg(at: Joints, side: str, leg: Sequence[float], girth: float) -> list[Form]:
    """Thigh and calf in trousers that end above the ankle."""
    knee, ankle, shank = at[side + "knee"], at[side + "ankle"], leg[1]
    calf = knee + towards(shank, 7, -1.6), knee + towards(shank, 17, -1.6)
    return [
        (at["hip"], knee, 9.6 * girth, 6.0), (knee, ankle - towards(shank, 3), 5.6, 4.4, True), (*calf, 4.6, 4.0),
    ]


def _foot(at: Joints, side: str, leg: Sequence[float]) -> list[Form]:
    _, shank, foot = leg
    ankle = at[side + "ankle"]
    heel, ball, toe = (ankle + towards(foot, *step) for step in ((-3.6, -4.4), (11, -5.2), (16, -5.9)))
    return [
        (ankle - towards(shank, 7), ankle, 3.5, 3.3), (ankle, heel, 3.3, 3.0), (ankle, ball, 3.4, 2.2),
        (heel, ball, 2.7, 2.2), (ball, toe, 2.2, 1.5),
    ]


def _shirt(at: Joints, pose: Pose, person: Person) -> list[Form]:
    _, loin, chest, _ = pose.turned(pose.spine)
    girth = person.girth
    ribs = at["waist"] + towards(chest, 15)
    forms = [
        (at["sacrum"] + towards(loin, 0, -0.6), at["waist"], 10.2 * girth, 10.4 * girth),
        (at["waist"], ribs, 10.4 * girth, 11.2 * girth), (ribs, at["nape"] - towards(chest, 3), 10.8 * girth, 6.2),
    ]
    if person.belly:
        front = at["sacrum"] + towards(loin, 7, -3.5 - person.belly)
        forms.append((front, front, 8.5 * girth, 8.5 * girth))
    if person.bust:
        front = at["waist"] + towards(chest, 10, -6 - person.bust)
        forms.append((front, front + towards(chest, 3, 1.5), 5.6, 5.0))
    return forms


def _arm(at: Joints, side: str, arm: Sequence[float]) -> list[Form]:
    elbow, wrist, hand = at[side + "elbow"], at[side + "wrist"], arm[2]
    palm, tips, thumb = (wrist + towards(hand, *step) for step in ((6, 0), (HAND, 0), (8.5, 3.4)))
    return [
        (at["shoulder"], elbow, 4.9, 3.9), (elbow, wrist, 4.0, 2.6), (wrist, palm, 2.5, 2.8), (palm, tips, 2.5, 1.5),
        (wrist + towards(hand, 3), thumb, 1.8, 1.1),
    ]


def _sleeve(at: Joints, side: str, arm: Sequence[float]) -> list[Form]:
    return [(at["shoulder"], at["shoulder"] + towards(arm[0], 16), 6.0, 5.6, True)]


# The head from the side: x forwards, y to the crown, origin at the ear.
_FACE = [
    (-5.8, -7.2), (-8.6, -2), (-9.4, 3.5), (-7, 9), (-1.5, 11.9), (4, 10.9), (7.6, 7.4), (8.7, 3.6), (8.5, 1.1),
    (9.6, -1.2), (10.7, -2.8), (9.5, -3.9), (9.3, -5.2), (9.5, -6.2), (9.0, -6.8), (9.1, -7.8), (8.3, -8.8),
    (8.6, -10.2), (7.2, -11.5), (3.6, -10.4), (-0.5, -6.8),
]
_EAR = [(-0.6, 1.5), (1.2, 1.0), (1.1, -0.8), (-0.2, -2.6), (-1.4, -1)]
HAIR = {
    "short": [
        (7.5, 7.6), (5.2, 11.4), (-1.2, 13.1), (-7.8, 10.2), (-10.4, 4), (-9.6, -2), (-7.2, -6.2), (-4.6, -4.6),
        (-3, 0.6), (-1.6, 2.6), (1.1, 3.2), (2.4, 6), (4.8, 8),
    ],
    "long": [
        (7.6, 7.4), (5.2, 11.6), (-1.2, 13.3), (-8.2, 10.4), (-11, 4), (-11.2, -4), (-11.5, -12), (-8, -16),
        (-4, -14.5), (-2.8, -8), (-2.6, 0), (-0.4, 2.6), (2.4, 5), (4.8, 8),
    ],
    "fringe": [(-2.6, 2.6), (-5.6, 4.6), (-9.7, 5.4), (-10.2, 1), (-9, -4.4), (-6.2, -7.6), (-4.2, -5.4), (-2.8, -1)],
    "curls": [
        (7.4, 7.2), (7.4, 10.6), (4.6, 12), (3, 14.2), (-0.8, 13.9), (-4, 14.6), (-7, 12.2), (-10.4, 11), (-10.8, 7.4),
        (-13, 4.6), (-11.4, 1.4), (-12, -2.4), (-9.4, -4.4), (-7.6, -7), (-4.6, -5), (-3, 0.6), (-1.6, 2.6), (1.4, 3.4),
        (2.4, 6), (4.8, 8),
    ],
}
HAIR["bun"] = HAIR["short"]
_BUN = (-6.5, 13.0)


# --- Drawing ----------------------------------------------------------------------------------------------------------


class Drawn:
    """What is drawn of a person: filled outlines in cm, set on the axes at `hip`, `size` units to a cm."""

    person: Person
    hip: Point
    flip: bool
    size: float

    def place(self, points: np.ndarray | Point) -> np.ndarray:
        """Points of the body, in cm from the hip, on the axes."""
        return np.asarray(points, float) * (-self.size if self.flip else self.size, self.size) + self.hip

    def fill(self, axes: Axes, points: np.ndarray, colour: str, part: str | None = None, shade: float = 0.0) -> None:
        tone = darker(colour, shade) if shade else colour
        shape(axes, self.place(points), tone, darker(colour, 0.45), width=THIN, part=part)

    def line(self, axes: Axes, points: Sequence[Point], colour: str) -> None:
        stroke(axes, self.place(points), darker(colour, 0.6), width=THIN)

    def accent(self, axes: Axes, points: np.ndarray, part: str | None = None) -> None:
        """A line of the body as what the plate is about."""
        stroke(axes, self.place(points), PAPER, width=3.4, alpha=0.8)
        stroke(axes, self.place(points), ACCENT, width=2.0, part=part, detail=False)


@dataclass
class Figure(Drawn):
    """A person in a pose, seen from the side: `flip` faces left, `asleep` has closed eyes, `shoes` are a colour."""

    person: Person
    pose: Pose
    hip: Point = (0.0, 0.0)
    flip: bool = False
    size: float = 1.0
    asleep: bool = False
    shoes: str = ""
    at: Joints = field(init=False)

    def __post_init__(self) -> None:
        self.at = joints(self.pose)

    @classmethod
    def on_floor(cls, who: str, pose: Pose, x: float = 0.0, floor: float = 0.0, **how: object) -> Figure:
        """Somebody of the `CAST` whose lowest part rests on the floor, the hip at `x`."""
        figure = cls(CAST[who], pose, (x, 0.0), **how)
        low = min(min(start[1] - r, end[1] - s) for start, end, r, s, *_ in figure.forms())
        figure.hip = (x, floor - low)
        return figure

    def forms(self) -> list[Form]:
        """All the forms of trunk, legs and arms."""
        found = _trousers(self.at, self.pose, self.person.girth) + _shirt(self.at, self.pose, self.person)
        for side, leg, arm in (("", self.pose.leg, self.pose.arm), ("far_", self.pose.far_leg, self.pose.far_arm)):
            if leg:
                found += _leg(self.at, side, self.pose.turned(leg), 1.0) + _foot(self.at, side, self.pose.turned(leg))
            if arm:
                found += _arm(self.at, side, self.pose.turned(arm))
        return found

    def joint(self, name: str) -> np.ndarray:
        """Where a joint is on the axes."""
        return self.place(self.at[name])

    def draw(self, axes: Axes, part: str | None = None, spine: bool = False) -> None:
        """Draw the person from the far limbs to the near ones; `spine` adds the spine as the accent."""
        self.far(axes)
        self.near(axes, part, spine)

    def far(self, axes: Axes) -> None:
        """The limbs of the far side, where the pose has them."""
        if self.pose.far_arm:
            self._arm(axes, "far_", self.pose.turned(self.pose.far_arm), 0.13)
        if self.pose.far_leg:
            self._leg(axes, "far_", self.pose.turned(self.pose.far_leg), 0.13)

    def near(self, axes: Axes, part: str | None = None, spine: bool = False) -> None:
        """Head, trunk and the limbs of the near side."""
        self._head(axes)
        self.fill(axes, flesh(_shirt(self.at, self.pose, self.person)), self.person.top, part=part)
        self._leg(axes, "", self.pose.turned(self.pose.leg))
        self._arm(axes, "", self.pose.turned(self.pose.arm))
        if spine:
            self.accent(axes, spine_line(self.pose), part and f"{part}-spine")

    def _leg(self, axes: Axes, side: str, leg: Sequence[float], shade: float = 0.0) -> None:
        self.fill(axes, flesh(_foot(self.at, side, leg), 0.8, 18), self.shoes or self.person.skin, shade=shade)
        forms = _leg(self.at, side, leg, 1.0) if side else _trousers(self.at, self.pose, self.person.girth)
        self.fill(axes, flesh(forms), self.person.trousers, shade=shade)

    def _arm(self, axes: Axes, side: str, arm: Sequence[float], shade: float = 0.0) -> None:
        self.fill(axes, flesh(_arm(self.at, side, arm), 0.8, 22), self.person.skin, shade=shade)
        self._sleeve(axes, side, arm, shade)

    def _sleeve(self, axes: Axes, side: str, arm: Sequence[float], shade: float) -> None:
        """A sleeve, without a line where it goes over into the shirt."""
        edge = flesh(_sleeve(self.at, side, arm), knots=14)
        ahead = (edge - self.at["shoulder"]) @ towards(arm[0])
        open_edge = np.roll(edge, -int(np.argmin(ahead)), 0)
        hem = open_edge[np.roll(ahead, -int(np.argmin(ahead))) > 0]
        tone = darker(self.person.top, shade) if shade else self.person.top
        shape(axes, self.place(edge), tone)
        stroke(axes, self.place(hem), darker(self.person.top, 0.45), width=THIN)

    def _head(self, axes: Axes) -> None:
        head, person = self.pose.head + self.pose.turn, self.person
        neck = (self.at["nape"] - towards(head, 3), self.at["ear"] + towards(head, -4, 2.2), 6.2, 5.6)
        self.fill(axes, flesh([neck], knots=10), person.skin, shade=0.08)
        if person.cut == "bun":
            bun = self._on_head([_BUN])[0]
            self.fill(axes, flesh([(bun, bun, 4, 4)], knots=8), person.hair)
        for points, colour in ((_FACE, person.skin), (HAIR[person.cut], person.hair), (_EAR, person.skin)):
            self.fill(axes, self._on_head(points), colour)
        eye = [(5.2, 0.4), (6.4, -0.1), (7.5, 0.3)] if self.asleep else [(6.6, 0.2), (7, 0.9)]
        for line in (eye, [(8.9, -6.6), (7.2, -6.3)], [(5, 2.6), (6.5, 3.3), (7.8, 2.9)]):
            self.line(axes, self._on_head(line), person.skin)

    def _on_head(self, points: Sequence[Point]) -> np.ndarray:
        head = self.pose.head + self.pose.turn
        return np.array([self.at["ear"] + towards(head, y, -x) for x, y in points])


CAST = {  # one for each plate or two, so that many see themselves
    "ana": Person("#E8BE9C", "#5B3A26", "#7FA3A6", "#566476", "long", bust=1.0),
    "ben": Person("#C68E63", "#3A2A22", "#8FA98B", "#4F5F73", "short", girth=1.1, belly=3.5),
    "chidi": Person("#7A4B30", "#241D1A", "#C9A66B", "#5C6B58", "short"),
    "dora": Person("#F0CDB4", "#BDB8B0", "#A98BA0", "#6B6F7D", "bun", girth=1.08, bust=1.5, belly=1.5),
    "esi": Person("#8D5B3C", "#2A211D", "#B98C7C", "#55606B", "curls", girth=1.02, bust=1.2),
    "finn": Person("#F2D3BC", "#B98B52", "#7C93B2", "#6A6660", "short", girth=0.97),
    "hana": Person("#E9C7A0", "#2B2624", "#9DB38E", "#5A5F78", "short", girth=0.95, bust=0.8),
    "ivo": Person("#EBC7AC", "#A9A49C", "#8E9AA6", "#5E5548", "fringe", girth=1.04, belly=1.5),
}
