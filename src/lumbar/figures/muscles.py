"""The muscles of the trunk: cut across, from behind, as a can, and what their pull does to the spine.

Outlines are millimetres of the body, for an adult of middle height and weight: a waist of about 300 × 220 at L4, and
there on each side 7 cm² of multifidus, 17 of erector spinae, 12 of psoas and 6 of quadratus lumborum. Where the body
is the same on both sides, the right half is given and mirrored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from lumbar.figures import spine
from lumbar.figures.above import vertebra_from_above
from lumbar.figures.bones import Pose, Vertebra, lumbar, pair
from lumbar.figures.style import (
    ACCENT, ACCENT_WASH, BONE, BONE_LIGHT, BONE_LINE, BONE_SHADE, DISC, DISC_LINE, FAT, LIGAMENT, LIGAMENT_LINE,
    MUSCLE, MUSCLE_FIBRE, MUSCLE_LIGHT, MUSCLE_LINE, PAPER, QUIET, RULE, SKIN, SKIN_LINE, SMALL, WASH, Page,
    Point, arrow, cord, curve, outline, plate, shape, solid, stroke,
)

Points = Sequence[Point]
THIN = 0.6  # line width in points for what is small or quiet

# --- Outlines --------------------------------------------------------------------------------------------------------


def mirrored(points: Iterable[Point]) -> np.ndarray:
    """The same points (n × 2) on the other side of the midline x = 0."""
    return np.asarray(list(points), float) * [-1, 1]


def across(half: Points) -> np.ndarray:
    """A whole outline from its right half, which starts and ends at the midline."""
    right = np.asarray(half, float)
    return np.vstack([right, [point * [-1, 1] for point in right[::-1] if point[0]]])


def both(*outlines: Points, corners: Sequence[int] = ()) -> Path:
    """Outlines of the right side and their mirror images as one path, so that the two are one part of the plate."""
    return merged(curve(side, corners=corners) for right in outlines for side in (right, mirrored(right)))


def merged(paths: Iterable[Path]) -> Path:
    """Several paths as one."""
    return Path.make_compound_path(*paths)


def ring(left: Points, right: Points) -> np.ndarray:
    """The outline between two borders, both given in the same direction."""
    return np.vstack([left, right[::-1]])


def edges(course: Points, thickness: float | Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """The left and the right border of a band of `thickness` (one number, or one for each point) along `course`."""
    middle = np.asarray(course, float)
    along = np.gradient(middle, axis=0)
    half = np.broadcast_to(np.asarray(thickness, float) / 2, len(middle))[:, None]
    offset = np.stack([-along[:, 1], along[:, 0]], 1) / np.linalg.norm(along, axis=1, keepdims=True) * half
    return middle + offset, middle - offset


def between(left: Points, right: Points, count: int) -> list[np.ndarray]:
    """`count` lines between two borders of as many points each, the borders left out."""
    left, right = np.asarray(left, float), np.asarray(right, float)
    return [left + (right - left) * share for share in np.arange(1, count + 1) / (count + 1)]


def along(start: Point, end: Point, shares: Sequence[float]) -> np.ndarray:
    """Points on the straight way from start (0) to end (1)."""
    return np.asarray(start) + (np.asarray(end) - start) * np.asarray(shares)[:, None]


def fibres(
    axes: Axes, muscle: PathPatch, courses: Iterable[Points], colour: str = MUSCLE_FIBRE, width: float = 0.45
) -> None:
    """Fibre lines along `courses`, cut off at the border of `muscle`; one path, which keeps them small in the file."""
    path = merged(curve(course, closed=False) for course in courses)
    shape(axes, path, None, colour, width=width, inside=muscle, detail=True)


# --- The trunk cut across at L4, seen from below. x to the left of the body, y to the front, origin as in `above` ----

_SKIN = [
    (0, -85), (14, -87.5), (48, -96), (86, -90), (130, -57), (150, -5), (146, 48), (112, 97), (62, 118.5), (26, 124),
    (4, 123.6), (0, 120.5),
]
_BELLY_SPACE = [
    (0, 42), (30, 45), (60, 37), (80, 6), (96, -12), (108, -6), (113, 17), (107, 46), (86, 74), (44, 92), (0, 96),
]
_COLON = [(92, -8), (102, -2), (106, 12), (98, 24), (84, 20), (79, 6)]
_VESSELS = {"aorta": ((10, 28.5), (9, 9), "#DBA19A"), "vena-cava": ((-14, 28), (11.5, 8.5), "#AEBEDA")}  # middle, radii
_MULTIFIDUS = [
    (3.5, -67.5), (4, -53), (6, -43.5), (12.5, -39.5), (19, -39.5), (24.5, -36), (28.5, -38), (29.5, -46.5),
    (26.5, -59), (20, -69.5), (11.5, -72.5),
]
_LONGISSIMUS = [
    (29.5, -35), (35, -33.5), (43, -35), (50.5, -34.5), (54.5, -43.5), (54.5, -56), (49.5, -67.5), (39, -75.5),
    (26.5, -78), (19.5, -75), (24, -68.5), (29.5, -58), (32, -47.5),
]
_ILIOCOSTALIS = [
    (53, -34), (62, -34), (72, -38), (79.5, -46.5), (77, -56), (67.5, -64.5), (59, -70), (52, -70), (57, -60),
    (58, -50.5), (56.5, -42),
]
_QUADRATUS = [
    (48.5, -29), (50, -19), (58, -11.5), (68, -11), (77, -17), (83.5, -28), (81, -35.5), (72, -32.5), (62, -30.5),
]
_PSOAS = [
    (27, 17), (33, 25), (43, 26), (52, 19), (56.5, 6), (55, -8), (47, -17), (37, -20), (28.5, -17.5), (25.4, -8),
    (25.2, 4),
]
_RECTUS = [(4.5, 107.5), (6, 101), (20, 99), (40, 96), (56, 92.5), (64, 94), (60, 100), (41, 106.5), (20, 109.5)]
_SHEATH = [
    (0, 111.5), (22, 111.2), (43, 108), (62, 101.5), (82, 90.5), (88, 82), (70, 90), (56, 90.7), (40, 94), (20, 97),
    (0, 99),
]
_WALL = [  # its outer face
    (82, -47), (98, -47), (117, -34), (130, -8), (134, 18), (129, 46), (113, 72), (90, 92), (68, 101),
]
_SHEETS = {  # of the belly wall: from and to along the wall (shares of its length), outer and inner depth in mm
    "external-oblique": (0.22, 0.92, 0, 7), "internal-oblique": (0.03, 0.96, 7.6, 15.4),
    "transversus-abdominis": (0.01, 0.98, 16, 20),
}
_FASCIA = [
    (0, -73.5), (11.5, -75.5), (24.5, -80), (39, -78), (53, -73), (67.5, -67), (79.5, -57), (82.5, -47), (74, -37.5),
    (61, -32.5), (52, -32), (44.5, -33),
]
_SEPTA = {  # thin walls between bundles
    "multifidus": (
        [(8.5, -46.5), (9.5, -57), (6.5, -65.5)], [(14, -43.5), (16, -54), (14, -65.5)],
        [(20.5, -43), (23, -51.5), (20, -62)],
    ),
    "erector-spinae": (
        [(34.5, -39), (36, -48.5), (32, -60), (25.5, -70.5)], [(40.5, -39), (43, -48.5), (39, -61), (32.5, -71)],
        [(46.5, -39), (49, -48.5), (45.5, -60), (40, -69.5)], [(61, -39), (63, -48.5), (61.5, -58), (57, -65.5)],
        [(67.5, -41), (70.5, -48.5), (68, -56), (63, -62.5)],
    ),
    "psoas": ([(31, 12), (33, 0), (32, -11)], [(39, 20), (41.5, 4), (40, -13)], [(47, 16), (49.5, 4), (48, -9)]),
    "quadratus-lumborum": ([(54, -17), (64, -18.5), (75, -24), (81, -31)], [(54, -24), (64, -25), (74, -28.5)]),
}


@plate(
    "trunk-cross-section",
    title="A slice through your waist",
    alt="The trunk cut across at navel height, front at the top. The vertebra lies deep, nearer the middle than "
    "the skin of the back. Beside its spike lies multifidus, then the thick erector spinae; psoas lies beside "
    "the body of the bone and quadratus lumborum behind psoas. Three thin sheets of belly muscle and the rectus "
    "close the ring.",
    legend="A slice at the fourth lumbar vertebra (L4), at about the height of the navel, seen from below as on "
    "a scan. Darker: the muscles behind the spine, multifidus and the two columns of erector spinae "
    "(longissimus near the middle, iliocostalis outside). Lighter: the muscles beside the spine and around the "
    "belly. The fascia is a sheet of tough tissue that wraps the back muscles and ties the belly wall to the "
    "spine.",
    use="Let learners find multifidus and psoas with a finger, then ask which of the two a hand on the back "
    "comes nearer to.",
    size=(127, 84),
    claims=("C15",),
)
def trunk_cross_section(page: Page) -> None:
    rect = (3, 3, 121, 78) if page.bare else (21.5, 10, 85, 66)  # larger where no names stand around it
    axes = page.anatomy(xlim=(-152, 152), ylim=(-98, 125), rect=rect)
    _skin_and_belly(axes)
    _belly_muscles(axes)
    _back_muscles_cut(axes)
    vertebra_from_above(axes)
    _name_the_slice(page, axes)


def _skin_and_belly(axes: Axes) -> None:
    skin = shape(axes, across(_SKIN), FAT, SKIN_LINE, part="skin-and-fat")
    shape(axes, across(_SKIN), None, SKIN, width=4.4, inside=skin, detail=True)
    shape(axes, across(_SKIN), None, SKIN_LINE, detail=True)
    shape(axes, across(_BELLY_SPACE), WASH, RULE, width=THIN, part="belly-space")
    shape(axes, both(_COLON), "#E4E9EE", RULE, width=THIN, detail=True)
    for part, (middle, radii, colour) in _VESSELS.items():
        turn = np.linspace(0, 2 * np.pi, 8, endpoint=False)[:, None]
        shape(axes, middle + np.hstack([np.cos(turn), np.sin(turn)]) * radii, colour, PAPER, part=part)


def _belly_muscles(axes: Axes) -> None:
    shape(axes, across(_SHEATH), LIGAMENT, LIGAMENT_LINE, width=0.5, part="rectus-sheath")
    for part, reach in _SHEETS.items():
        _cut_muscle(axes, part, MUSCLE_LIGHT, _sheet(*reach), corners=(0, 5))
    _cut_muscle(axes, "rectus-abdominis", MUSCLE_LIGHT, _RECTUS)
    _cut_muscle(axes, "psoas", MUSCLE_LIGHT, mirrored(_PSOAS))
    _cut_muscle(axes, "quadratus-lumborum", MUSCLE_LIGHT, _QUADRATUS)


def _back_muscles_cut(axes: Axes) -> None:
    behind, within = edges(_FASCIA, 2.2)
    behind[0, 0] = within[0, 0] = 0
    shape(axes, across(ring(within, behind)), LIGAMENT, LIGAMENT_LINE, width=0.5, part="thoracolumbar-fascia")
    _cut_muscle(axes, "erector-spinae", MUSCLE, _LONGISSIMUS)
    _cut_muscle(axes, "erector-spinae", MUSCLE, _ILIOCOSTALIS)
    _cut_muscle(axes, "multifidus", MUSCLE, mirrored(_MULTIFIDUS))


def _cut_muscle(axes: Axes, part: str, tone: str, first: Points, corners: Sequence[int] = ()) -> None:
    """A muscle cut across, on both sides. A quiz marks the `first`; neighbours alternate, to keep the marks apart."""
    for points in (first, mirrored(first)):
        muscle = shape(axes, points, tone, MUSCLE_LINE, width=THIN, part=part, corners=corners)
        if part in _SEPTA:
            septa = _SEPTA[part] if points[0][0] > 0 else map(mirrored, _SEPTA[part])
            fibres(axes, muscle, septa, MUSCLE_LIGHT if tone == MUSCLE else SKIN, 0.5)


def _sheet(start: float, end: float, outer: float, inner: float) -> np.ndarray:
    """One sheet of the belly wall, pointed at both ends, where the sheets come together."""
    face = outline(_WALL, closed=False, steps=24)
    inwards = edges(face, 2)[0] - face
    share = np.linspace(start, end, 6)
    at = (share * (len(face) - 1)).astype(int)
    gather = np.clip(0.35 + 5 * np.minimum(share, 1.05 - share), 0, 1)[:, None]
    half = (inner - outer) / 2 * np.sin(np.pi * np.linspace(0, 1, 6))[:, None] ** 0.5
    middle = face[at] + inwards[at] * (inner + outer) / 2 * gather
    return np.vstack([middle + inwards[at] * half, (middle - inwards[at] * half)[-2:0:-1]])


def _name_the_slice(page: Page, axes: Axes) -> None:
    for word, y in (("front", 137), ("back", -111)):
        page.note(axes, word, (0, y), align="center", colour=QUIET, italic=True)
    page.note(axes, "Belly space", (0, 80), align="center", colour=QUIET, size=SMALL)
    vessels = [middle for middle, _, _ in _VESSELS.values()]
    page.label(axes, "Blood vessels", vessels, (0, 60), align="center", colour=QUIET, size=SMALL)
    for words, at, text_at in (
        ("Transversus\nabdominis", (-102, 60), (-142, 96)), ("Internal\noblique", (-121, 33), (-158, 50)),
        ("External\noblique", (-131, 4), (-158, 4)), ("Quadratus\nlumborum", (-76, -20), (-153, -50)),
        ("Vertebra", (-19, 6), (-47, 46)),
    ):
        page.label(axes, words, at, text_at, align="right", size=SMALL)
    for words, at, text_at in (
        ("Rectus\nabdominis", (44, 102), (100, 124)), ("Skin\nand fat", (141, 40), (157, 66)),
        ("Psoas", (46, 18), (62, 46)), ("Fascia", (81.2, -53), (152, -66)),
    ):
        page.label(axes, words, at, text_at, size=SMALL)
    page.label(axes, "Erector spinae", [(-71, -53), (-44, -60)], (-92, -106), align="right", accent=True)
    page.label(axes, "Multifidus", (17, -57), (66, -106), accent=True)


# --- From behind. x to the right, y up, origin in the midline between L5 and sacrum ----------------------------------

_LEVELS = {"L5": 20, "L4": 55, "L3": 92, "L2": 129, "L1": 165, "T12": 199, "T11": 230, "T10": 259, "T9": 287, "T8": 314}
_ARCH = [
    (0, 5), (7, 8), (13, 12), (15, 20), (20, 20), (21.5, 10), (28, 7), (43, 9), (47, 5), (43, 1), (28, -1), (16, -4),
    (15, -10), (17.5, -20), (14, -26), (9, -23), (6.5, -14), (4.5, -20), (0, -22),
]
_BODY = [(0, 14), (22, 14), (25, 10), (22.5, 0), (25, -10), (22, -14), (0, -14)]
_SPINOUS = [(0, -1), (3, -3), (3.6, -14), (2.6, -21), (0, -22)]
_SACRUM = [
    (0, -4), (13, -4), (18, 8), (25, 8), (28, 0), (40, 4), (54, -3), (56, -16), (50, -38), (42, -58), (30, -78),
    (16, -94), (8, -101), (0, -103),
]
_HIP = [
    (93, -118), (58, -118), (56, -113), (62, -100), (67, -84), (60, -71), (48, -66), (42, -58), (44, -49), (43, -40),
    (44, -20), (50, 0), (59, 20), (74, 39), (94, 50), (114, 50), (131, 38), (140, 20), (138, 2), (130, -18),
    (122, -38), (117, -56), (114, -76), (112, -96), (100, -110),
]
_FEMUR = [(151, -118), (98, -118), (98, -72), (112, -76), (124, -86), (138, -82), (149, -76), (158, -86), (156, -104)]
_RIBS = (  # from the eighth down
    [(16, 322), (48, 330), (90, 321), (127, 291), (152, 250), (166, 210)], [(16, 294), (48, 301), (90, 291), (127, 261),
    (150, 222), (161, 180)],
    [(16, 266), (45, 272), (86, 260), (120, 231), (143, 195), (152, 160)], [(16, 236), (42, 240), (78, 226), (110, 198),
    (131, 166), (137, 148)],
    [(18, 203), (32, 203), (62, 190), (92, 171), (110, 155)],
)
_RIB_WIDTH = (9, 11, 11, 11, 11, 8)
_TORSO = [(163, 316), (160, 270), (151, 200), (146, 130), (149, 70), (160, 10), (170, -50), (174, -118)]

# Muscles of the right side by their two borders, inner and outer, from the top down.
_MULTIFIDUS_BEHIND = (
    [(3, 316), (3, 262), (3, 200), (3, 140), (3, 80), (3, 20), (3.2, -45), (6, -77)],
    [(11, 316), (13, 262), (16, 205), (21, 155), (28, 95), (37, 35), (44, -22), (27, -69)],
)
_QUADRATUS_BEHIND = (
    [(33, 199), (43, 168), (47, 150), (45, 131), (50, 113), (46, 95), (51, 76), (47, 58), (51, 40), (60, 21)],
    [(71, 182), (74, 165), (77, 148), (80, 128), (83, 110), (87, 93), (91, 77), (95, 66), (99, 59), (104, 51.3)],
)
_LONGISSIMUS_BEHIND = (
    [(13, 316), (13, 260), (11, 205), (11, 150), (18, 90), (28, 20), (40, -34)],
    [(60, 316), (61, 260), (60, 205), (56, 150), (55, 100), (58, 45), (49, -12)],
)
_ILIOCOSTALIS_BEHIND = (
    [(77, 316), (73, 262), (67, 210), (60, 160), (57, 110), (58, 60), (63, 24)],
    [(98, 316), (96, 265), (93, 215), (93, 165), (93, 110), (88, 68), (74, 34)],
)
_SPINALIS_BEHIND = ([(3, 316), (3, 260), (3, 205), (3, 150)], [(12, 316), (12.5, 260), (11, 200), (4, 150)])
_TENDON_BEHIND = (
    [(2.5, 226), (2.5, 140), (2.5, 90), (2.5, 40), (2.5, 0), (2.5, -50), (2.5, -95)],
    [(5.5, 180), (13, 132), (23, 95), (34, 55), (45, 18), (49, -12), (40, -48)],
)
_SLIPS = {  # to the ribs
    "iliocostalis": [[(83, y - 62), (94, y - 28), (101, y)] for y in (166, 202, 238, 270, 299)],
    "longissimus": [[(50, y - 60), (59, y - 28), (66, y)] for y in (188, 222, 254, 284, 311)],
}


@plate(
    "back-muscles",
    title="The muscles of your lower back, from behind",
    alt="The back from behind, from the lower ribs to the pelvis. On the left the deep muscles: multifidus lies "
    "against the spine and widens down to the sacrum, and quadratus lumborum joins the lowest rib to the hip "
    "bone. On the right the long columns of the erector spinae run over them, from ribs to pelvis.",
    legend="Left, the deep muscles: multifidus runs from the spike of one vertebra to the bones two to five "
    "steps below, and quadratus lumborum ties the lowest rib to the hip bone. Right, what lies over them: the "
    "columns of the erector spinae, iliocostalis and longissimus, and a thin third one along the midline. They "
    "start from a broad sheet of tendon on the sacrum and the hip bone.",
    use="Let learners feel the two columns on themselves while they arch back a little.",
    size=(127, 106),
    claims=("C15",),
)
def back_muscles(page: Page) -> None:
    axes = page.anatomy(xlim=(-174, 174), ylim=(-118, 316), rect=(22, 3, 83, 96))
    torso = _bones_from_behind(axes)
    _deep_muscles(axes)
    _outer_muscles(axes)
    shape(axes, _column(_SPINOUS), BONE_LIGHT, BONE_LINE, width=0.5, inside=torso)
    _name_the_back(page, axes)


def _bones_from_behind(axes: Axes) -> PathPatch:
    """Draw the bones on the outline of the trunk, which is returned."""
    torso = shape(axes, ring(_TORSO, mirrored(_TORSO)), SKIN, SKIN_LINE, width=THIN, corners=(0, 7, 8, 15), alpha=0.55)
    for rib in _RIBS:
        ribs = both(ring(*edges(rib, _RIB_WIDTH[-len(rib) :])))
        shape(axes, ribs, BONE, BONE_LINE, width=THIN, part="ribs", inside=torso)
    shape(axes, _column(_BODY), BONE_SHADE, BONE_LINE, width=0.5, inside=torso)
    solid(axes, across(_SACRUM), BONE, BONE_SHADE, BONE_LINE, part="sacrum", width=THIN)
    shape(axes, both(_FEMUR, corners=(0, 1)), BONE_SHADE, BONE_LINE, width=THIN)
    for hip in (_HIP, mirrored(_HIP)):
        solid(axes, hip, BONE, BONE_SHADE, BONE_LINE, light=(-2.4, -2.4), part="hip-bone", corners=(0, 1), width=THIN)
    shape(axes, _column(_ARCH), BONE, BONE_LINE, width=0.5, part="vertebrae", inside=torso)
    return torso


def _column(half: Points) -> Path:
    """The same bone at each level, from its right half; those of the chest are smaller."""
    sizes = {level: (1, 1) if level.startswith("L") else (0.72, 0.82) for level in _LEVELS}
    return merged(curve(across(np.multiply(half, sizes[level]) + (0, y))) for level, y in _LEVELS.items())


def _deep_muscles(axes: Axes) -> None:
    inner, outer = (mirrored(border) for border in _QUADRATUS_BEHIND)
    edge = np.vstack([inner, mirrored([(74, 39), (90, 48.4)]), outer[::-1]])  # along the crest of the hip bone
    quadratus = _muscle(axes, edge, "quadratus-lumborum", corners=(0, 9, 12, 21))
    fibres(axes, quadratus, [course[[0, 4, 9]] for course in between(inner, outer, 9)])
    multifidus = _muscle(axes, mirrored(ring(*_MULTIFIDUS_BEHIND)), "multifidus", corners=(0, 15))
    fibres(axes, multifidus, [_bundle_of_multifidus(y) for y in np.arange(-70, 420, 9.0)])
    seams = [_bundle_of_multifidus(y - 20) for y in (*_LEVELS.values(), -20, 345, 375)]
    fibres(axes, multifidus, seams, MUSCLE_LINE, 0.7)


def _bundle_of_multifidus(y: float) -> np.ndarray:
    """Its course on the left: from the spinous process at height y down and outwards."""
    return np.array([(-2, y), (-15, y - 40), (-46, y - 108)])


def _outer_muscles(axes: Axes) -> None:
    _column_of_muscle(axes, "iliocostalis", _ILIOCOSTALIS_BEHIND)
    _column_of_muscle(axes, "longissimus", _LONGISSIMUS_BEHIND)
    _column_of_muscle(axes, "spinalis", _SPINALIS_BEHIND, count=2)
    sheet = curve(ring(*_TENDON_BEHIND), corners=(0, len(_TENDON_BEHIND[0]) - 1))
    tendon = shape(axes, sheet, LIGAMENT, LIGAMENT_LINE, width=THIN, part="tendon-sheet")
    fibres(axes, tendon, [[(60, y - 90), (24, y), (2, y + 100)] for y in range(-120, 200, 14)], LIGAMENT_LINE, 0.4)


def _column_of_muscle(axes: Axes, part: str, borders: tuple[Points, Points], count: int = 6) -> None:
    if part in _SLIPS:
        slips = merged(curve(ring(*edges(course, (15, 9, 1))), corners=(0, 2, 3, 5)) for course in _SLIPS[part])
        shape(axes, slips, MUSCLE, MUSCLE_LINE, width=THIN, part=part)
    muscle = _muscle(axes, ring(*borders), part, corners=(0, -1))
    fibres(axes, muscle, between(*borders, count))


def _muscle(axes: Axes, points: Points, part: str, corners: Sequence[int] = ()) -> PathPatch:
    """A muscle in two tones; the inside is for its fibres."""
    tones = (MUSCLE, MUSCLE_FIBRE, MUSCLE_LINE)
    return solid(axes, points, *tones, light=(-1.6, 1.2), part=part, corners=corners, width=THIN)


def _name_the_back(page: Page, axes: Axes) -> None:
    page.note(page.ink, "from\nbehind", (3.5, 99), colour=QUIET, italic=True)
    page.note(axes, "Deep muscles", (-14, 329), align="right", bold=True)
    page.note(axes, "Outer: erector spinae", (10, 329), bold=True)
    for words, at, text_at, accent in (
        ("12th rib", (-86, 174), (-160, 190), False), ("Quadratus\nlumborum", (-72, 108), (-158, 118), True),
        ("Multifidus", (-36, 5), (-168, -6), True), ("Sacrum", (-7, -98), (-182, -86), False),
    ):
        page.label(axes, words, at, text_at, align="right", accent=accent)
    for words, at, text_at, accent in (
        ("Longissimus", (40, 225), (168, 262), True), ("Iliocostalis", (77, 125), (158, 140), True),
        ("Sheet of\ntendon", (24, 60), (160, 66), False), ("Hip bone", (104, 10), (172, -6), False),
    ):
        page.label(axes, words, at, text_at, accent=accent)


# --- The core. From the side: x backwards, y up, as in `spine`. The can: from behind ---------------------------------

_FLANK = [
    (112, 192), (114, 160), (102, 90), (87, 0), (86, -50), (101, -100), (134, -150), (136, -200), (120, -260),
    (-90, -260), (-108, -200), (-124, -120), (-130, -50), (-124, 40), (-112, 110), (-118, 160), (-116, 192),
]
_WALL_BESIDE = [
    (-105, 98), (-70, 62), (-20, 42), (34, 44), (42, 0), (40, -44), (5, -52), (-40, -72), (-72, -110), (-86, -170),
    (-92, -208), (-103, -180), (-116, -110), (-122, -40), (-117, 40),
]
_PUBIS = [(-96, -200), (-86, -196), (-72, -214), (-66, -232), (-74, -238), (-88, -224)]
_DIAPHRAGM = [(-109, 100), (-100, 138), (-70, 164), (-32, 164), (-1, 140), (1, 100), (-10, 56), (-17, 12)]
_PELVIC_FLOOR = [(-70, -232), (-50, -243), (-15, -246), (14, -236), (27, -224)]
_CHEST = ((40, 163, -21), (30, 134, -18), (21.5, 104, -15))  # T10, T11, T12: middle and turn of their bodies
_CAN = {"size": 0.85, "shift": (0, -70),
"top": 108, "bottom": -186}  # size and place of the back in it; height of its rims


@plate(
    "core-cylinder",
    title="The core as a can",
    alt="Left, the trunk from the side: the diaphragm arches over the belly space, the pelvic floor hangs below "
    "it from pubic bone to tailbone, the deep belly muscle wraps the sides and the front, and multifidus lies "
    "behind the spine. Right, the same as a can with a lid, a floor and a wall.",
    legend="The core is a space with muscle all round. Its lid is the diaphragm, its floor the pelvic floor, "
    "its wall the deep belly muscle (transversus abdominis), and in its back stands the spine with multifidus. "
    "On the left the near side of the belly muscle is drawn see-through; the can is seen from behind.",
    use="Ask what happens to the lid and the floor when you cough.",
    size=(127, 112),
    claims=("C01",),
)
def core_cylinder(page: Page) -> None:
    body = page.anatomy((-134, 140), (-260, 192), rect=(2, 3, 60, 95))
    can = page.anatomy((-80, 80), (-260, 192), rect=(90, 3, 35, 95))
    page.heading("In the body", (31, 107), align="center")
    page.heading("As a can", (107.5, 107), align="center")
    spine.front_and_back(page, 6.5, 54.5, 101.5)
    page.note(page.ink, "from behind", (107.5, 101.5), align="center", colour=QUIET, italic=True)
    _core_from_the_side(body)
    _can(can)
    for words, left, right, y in (
        ("Diaphragm", (-13, 154), (-40, 140), 84), ("Deep belly\nmuscle", (20, 20), (-50, 0), 64),
        ("Multifidus", (52, -60), (-14, -90), 44), ("Pelvic\nfloor", (12, -237), (-30, -222), 12),
    ):
        _name_in_both(page, words, page.place(body, left), page.place(can, right), y)


def _name_in_both(page: Page, words: str, left: Point, right: Point, y: float) -> None:
    """One name between two pictures, with a leader into each; all in mm on the page."""
    lines = page.note(page.ink, words, (76, y), align="center", colour=ACCENT, bold=True)
    if lines:
        box = page.box(lines)
        page._leader([(box.x0 - 0.8, y), left], ACCENT, 0.9)
        page._leader([(box.x1 + 0.8, y), right], ACCENT, 0.9)


def _core_from_the_side(axes: Axes) -> None:
    shape(axes, _FLANK, SKIN, SKIN_LINE, width=THIN, alpha=0.55, corners=(0, 8, 9, 16))
    bones = lumbar()
    _quiet_spine(axes, bones)
    shape(axes, _PUBIS, BONE, BONE_LINE, width=THIN)
    cord(axes, _DIAPHRAGM, [4, 8, 9, 9, 8, 8, 6, 3], MUSCLE, MUSCLE_LINE, width=THIN, part="diaphragm")
    wall = shape(axes, _WALL_BESIDE, MUSCLE_LIGHT, MUSCLE_LINE, part="deep-belly-muscle", alpha=0.72, width=THIN)
    courses = [[(-130, y - 12), (-60, y - 6), (0, y), (50, y + 4)] for y in range(-220, 120, 11)]
    fibres(axes, wall, courses, MUSCLE, 0.5)
    _multifidus_beside(axes, bones)
    cord(axes, _PELVIC_FLOOR, [4, 8, 9, 8, 4], MUSCLE, MUSCLE_LINE, width=THIN, part="pelvic-floor")


def _quiet_spine(axes: Axes, bones: list[Vertebra]) -> None:
    chest = [Vertebra(depth=30, front=25, back=26, pose=Pose(*pose)) for pose in _CHEST]
    column = [*chest, *bones]
    for upper, lower in zip(column, column[1:], strict=False):
        shape(axes, spine.disc_outline(upper, lower, bulge=0.8), DISC, DISC_LINE, width=0.5)
    arches = [piece for bone in bones[:-1] for piece in (bone.spinous_process(), bone.arch())]
    for piece in [*arches, *(bone.body() for bone in column[:-1])]:
        shape(axes, piece, BONE, BONE_LINE, width=THIN)
    spine.sacrum(axes, bones[-1])


def _multifidus_beside(axes: Axes, bones: list[Vertebra]) -> None:
    middle = [bone.place("lamina") * 0.6 + bone.place("spinous-process") * 0.4 for bone in bones[:-1]]
    course = [middle[0] + (6, 30), *middle, bones[-1].pose((24, -22)), bones[-1].pose((12, -62))]
    left, right = edges(course, (5, 13, 16, 19, 22, 25, 23, 5))
    fibres(axes, _muscle(axes, ring(left, right), "multifidus"), between(left, right, 4))


def _can(axes: Axes) -> None:
    """Lid, wall and floor of muscle, and in the back of the wall the spine with multifidus."""
    side = np.linspace(-72, 72, 7)
    rim = np.stack([side, -17 * (1 - (side / 72) ** 2)], 1)
    top, bottom = rim + (0, _CAN["top"]), rim + (0, _CAN["bottom"])
    wall = shape(axes, ring(top, bottom), MUSCLE_LIGHT, MUSCLE_LINE, width=THIN, part="can-wall", corners=(0, 6, 7, 13))
    fibres(axes, wall, [rim + (0, y) for y in range(-175, 108, 11)], MUSCLE, 0.5)
    _back_of_the_can(axes, wall)
    _end_of_the_can(axes, top, [(64, 32), (38, 56), (0, 64)], "can-lid")
    shape(axes, across([(0, 151), (16, 151), (30, 157), (14, 166),
    (0, 167)]), LIGAMENT, LIGAMENT_LINE, width=0.5, detail=True)
    _end_of_the_can(axes, bottom, [(62, -28), (36, -47), (0, -54)], "can-floor")


def _end_of_the_can(axes: Axes, rim: np.ndarray, bulge: Points, part: str) -> None:
    """The dome over, or the bowl under, a rim; `bulge` is its right half, above the ends of the rim."""
    dome = np.vstack([bulge, mirrored(bulge[-2::-1])]) + (0, rim[0, 1])
    end = shape(axes, np.vstack([rim, dome]), MUSCLE, MUSCLE_LINE, width=THIN, part=part, corners=(0, 6))
    height = bulge[-1][1] * 1.05
    courses = [[(x, -height * 0.4), (x * 0.85, height * 0.4), (x * 0.4, height)] for x in range(-88, 89, 11)]
    fibres(axes, end, [np.add(course, (0, rim[0, 1])) for course in courses])


def _back_of_the_can(axes: Axes, wall: PathPatch) -> None:
    sheet = [(-34, 110), (34, 110), (40, -60), (46, -210), (-46, -210), (-40, -60)]
    shape(axes, sheet, LIGAMENT, LIGAMENT_LINE, width=0.5, corners=(0, 1, 3, 4), inside=wall)
    shape(axes, _column_in_the_can(_ARCH), BONE, BONE_LINE, width=0.5, inside=wall)
    shape(axes, _in_the_can(across(_SACRUM)), BONE, BONE_LINE, width=0.5)
    strip = _in_the_can(ring(*(border[2:] for border in _MULTIFIDUS_BEHIND)))
    strips = both(strip, corners=(0, 11))
    muscle = shape(axes, strips, MUSCLE, MUSCLE_LINE, width=THIN, part="can-multifidus", inside=wall)
    bundles = [_in_the_can(_bundle_of_multifidus(y)) for y in np.arange(-70, 320, 13.0)]
    fibres(axes, muscle, [side for course in bundles for side in (course, mirrored(course))])
    shape(axes, _column_in_the_can(_SPINOUS), BONE_LIGHT, BONE_LINE, width=0.5, inside=wall)


def _in_the_can(points: Points) -> np.ndarray:
    return np.multiply(points, _CAN["size"]) + _CAN["shift"]


def _column_in_the_can(half: Points) -> Path:
    heights = [y for level, y in _LEVELS.items() if level.startswith("L")]
    return merged(curve(_in_the_can(across(half) + (0, y))) for y in heights)


# --- What a pull does. x backwards, y up, as in `spine` --------------------------------------------------------------


@plate(
    "muscle-pull",
    title="A tight muscle pulls two vertebrae together",
    alt="Two vertebrae from the side. A taut muscle joins the spikes at their back. It pulls the upper bone "
    "down and the lower bone up, so the disc between their bodies is squeezed. The facet joint lies between the "
    "disc and the muscle.",
    legend="A muscle can only pull, and it pulls on both its ends alike. What lies between the two bones, the "
    "disc in front and the facet joints behind, is drawn together. Simplified: most bundles of the real deep muscle "
    "skip a bone or more.",
    use="Two fists and a rubber band round the thumbs show the same.",
    size=(127, 76),
    claims=("C15",),
)
def muscle_pull(page: Page) -> None:
    axes = page.anatomy((-58, 120), (-47, 46), rect=(3, 3, 121, 70))
    upper, lower = pair()
    at = spine.motion_segment(axes, upper, lower, nerve=False)
    spine.front_and_back(page)
    _taut_muscle(axes, at["upper-spinous-tip"] + (-1, 9), at["lower-spinous-tip"] + (-1, -9))
    for start, end in (((0, 31), (0, 11)), ((0, -33), (0, -12)), ((84, 26), (84, 3)), ((84, -48), (84, -25))):
        arrow(axes, start, end, width=5)
    page.label(axes, "Vertebra", (-13, 26), (-27, 34), align="right")
    page.label(axes, "The disc\nis squeezed", at["annulus-front"] + (1, 0), (-25, 0), align="right", accent=True)
    page.label(axes, "The muscle\npulls on\nboth bones", (72.5, -11), (81, -11), accent=True)
    page.label(axes, "Facet joint", at["facet-joint"], (46, 37))


def _taut_muscle(axes: Axes, top: Point, bottom: Point) -> None:
    """A straight band of muscle between two spinous processes, with tendon where it holds the bone."""
    tendon = edges(along(top, bottom, (0, 0.03, 0.12, 0.88, 0.97, 1)), (5, 8, 10, 10, 8, 5))
    shape(axes, ring(*tendon), LIGAMENT, LIGAMENT_LINE, width=THIN, part="muscle")
    left, right = edges(along(top, bottom, (0.1, 0.2, 0.5, 0.8, 0.9)), (10.5, 12.5, 14, 12.5, 10.5))
    fibres(axes, _muscle(axes, ring(left, right), "muscle", corners=(0, 4, 5, 9)), between(left, right, 6))


_HIP_BESIDE = [
    (71, -110), (67, -92), (54, -69), (33, -50), (5, -42), (-26, -47), (-51, -64), (-68, -88), (-64, -106),
    (-59, -120), (-53, -138), (-40, -152), (-14, -158), (8, -146), (22, -128), (44, -122), (62, -124),
]
_HIP_SPINE = np.array((66.0, -104.0))  # the knob at the back of the crest (posterior superior iliac spine)


@plate(
    "muscle-line-of-pull",
    title="Muscle fibres that run down and back",
    alt="The lower spine from the side. Fibres of the erector spinae run from the side of each vertebra down "
    "and back to the hip bone. At L3 an arrow along them splits in two: one part points down and squeezes the disc, "
    "the other points back and works against a forward slide of L3.",
    legend="Three of the bundles of the erector spinae that start on the lumbar vertebrae. Because they slant, "
    "their pull has two parts. At L3 and L4: down, which squeezes the disc, and back, which works against a forward "
    "slide. At the lowest joint it may be the other way round: a pull forward. This follows from the direction of the "
    "fibres; it was not measured in living people. The hip bone is drawn see-through.",
    use="Ask: which part of the pull would ease the facet joints?",
    size=(127, 96),
    claims=("C15", "C16"),
)
def muscle_line_of_pull(page: Page) -> None:
    axes = page.anatomy((-107, 137), (-146, 26), rect=(0, 0, 127, 89.5))
    bones = lumbar()[2:]
    for upper, lower in zip(bones, bones[1:], strict=False):
        spine.canal(axes, upper, lower)
        spine.disc(axes, upper, lower, part=f"disc-{upper.name}-{lower.name}")
    for bone in bones[:-1]:
        spine.vertebra(axes, bone, part=bone.name)
    spine.sacrum(axes, bones[-1])
    shape(axes, _HIP_BESIDE, BONE_LIGHT, BONE_LINE, part="hip-bone", alpha=0.4)
    _bleed_below(page)
    spine.front_and_back(page)
    for bone, end in zip(bones[:-1], ((1, 4), (0, 0), (-2, -3)), strict=True):
        _bundle(axes, bone.place("transverse-process"), _HIP_SPINE + end)
        page.note(axes, bone.name, bone.place("body"), align="center", colour=BONE_LINE, bold=True, size=SMALL)
    _split_pull(page, axes, bones[0].place("transverse-process"))
    page.label(axes, "Hip bone", (-45, -80), (-75, -50), align="right", size=SMALL)
    page.label(axes, "Bundles of the\nerector spinae", (61, -91), (82, -112), size=SMALL)


def _bleed_below(page: Page) -> None:
    """Let the picture end at the lower edge of the card."""
    left, right, edge = 3, page.width - 3, 0.3
    shape(page.ink, [(left, -1), (right, -1), (right, edge), (left, edge)], PAPER, corners=range(4))
    stroke(page.ink, [(left, edge), (right, edge)], RULE, width=0.6, detail=False)


def _bundle(axes: Axes, start: Point, end: Point) -> None:
    """A bundle of muscle from a vertebra to the hip bone, tendon at its lower end."""
    tendon = along(start, end, (0.7, 0.85, 1))
    cord(axes, tendon, [5, 3.5, 2.5], LIGAMENT, LIGAMENT_LINE, width=0.5, part="erector-spinae")
    left, right = edges(along(start, end, (0, 0.15, 0.4, 0.7, 0.9)), (4, 7.5, 9, 6.5, 2))
    muscle = shape(axes, ring(left, right), MUSCLE, MUSCLE_LINE, width=THIN, part="erector-spinae", corners=(4, 5))
    fibres(axes, muscle, between(left, right, 3))


def _split_pull(page: Page, axes: Axes, start: Point) -> None:
    """The pull of the uppermost bundle, and beside it its two parts, backwards and down."""
    pull = (_HIP_SPINE + (1, 4) - start) * 0.64
    beside = start + (6, 4)
    corner = beside + (pull[0], 0)
    for tail, tip in ((beside, corner), (corner, beside + pull)):
        arrow(axes, tail, tip, ACCENT_WASH, width=3.6, line=ACCENT)
    arrow(axes, start, start + pull, ACCENT, width=3.6)
    arrow(axes, (-20, -1), (-46, -1), RULE, width=4.5, line=QUIET)
    page.note(axes, "Forward slide", (-50, -1), align="right", colour=QUIET, size=SMALL)
    for words, at, text_at in (
        ("Part of the pull\nat L3 goes back", corner - (8, 0), (78, 15)), ("Part of it\ngoes down", (corner[0], -32),
        (78, -28)),
        ("Pull of the\nmuscle", start + pull * 0.94, (78, -78)),
    ):
        page.label(axes, words, at, text_at, accent=True)
