"""The muscles of the trunk: cut across, as a cylinder, from behind, and what their pull does to the spine.

Outlines are millimetres of the body, for an adult of middle height and weight: a waist of about 300 × 215 at L4, and there on
each side 7 cm² of multifidus, 15 of erector spinae, 11 of psoas and 6 of quadratus lumborum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from lumbar.figures import spine
from lumbar.figures.above import vertebra_from_above
from lumbar.figures.style import (
    ACCENT, ACCENT_WASH, ARTERY, BONE, BONE_LIGHT, BONE_LINE, BONE_SHADE, DISC, DISC_LINE, FAT, HEADING, LIGAMENT, LIGAMENT_LINE, MUSCLE, MUSCLE_FIBRE, MUSCLE_LIGHT, MUSCLE_LINE,
    NERVE, NERVE_LIGHT, NERVE_LINE, PAPER, QUIET, RULE, SKIN, SKIN_LINE, SMALL, VEIN, WASH, Page, Point, arrow, cord, curve, outline, plate, shape, stroke,
)

Points = Sequence[Point]

# --- Both sides of the body ------------------------------------------------------------------------------------------


def mirrored(points: Iterable[Point]) -> np.ndarray:
    """The same outline (n × 2) on the other side of the midline x = 0."""
    return np.asarray(list(points), float) * [-1, 1]


def across(half: Points) -> np.ndarray:
    """A whole outline from its right half, which starts and ends at the midline."""
    right = np.asarray(half, float)
    return np.vstack([right, [point * [-1, 1] for point in right[::-1] if point[0]]])


def both(*outlines: Iterable[Point], corners: Sequence[int] = ()) -> Path:
    """Outlines of the right side and their mirror images as one path, so that both sides are one part of the plate."""
    return Path.make_compound_path(*(curve(p, corners=corners) for right in outlines for p in (list(right), mirrored(right))))


def lines(courses: Iterable[Points]) -> Path:
    """Smooth open lines as one path, which keeps fibres small in the file."""
    return Path.make_compound_path(*(curve(course, closed=False) for course in courses))


def fibres(axes: Axes, muscle: PathPatch | None, courses: Iterable[Points], colour: str = MUSCLE_FIBRE, width: float = 0.45) -> None:
    """Fibre lines along `courses`, cut off at the border of `muscle`."""
    shape(axes, lines(courses), None, colour, width=width, inside=muscle, detail=True)


def between(left: Points, right: Points, count: int) -> list[np.ndarray]:
    """`count` lines between two borders of as many points each, the borders left out."""
    left, right = np.asarray(left, float), np.asarray(right, float)
    return [left + (right - left) * share for share in np.arange(1, count + 1) / (count + 1)]


def ring(left: Points, right: Points) -> np.ndarray:
    """The outline that two borders make, both given in the same direction."""
    return np.vstack([left, right[::-1]])


def edges(course: Points, thickness: float | Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """The left and the right edge of a band of `thickness` along `course`."""
    middle = np.asarray(course, float)
    along = np.gradient(middle, axis=0)
    half = np.broadcast_to(np.asarray(thickness, float) / 2, len(middle))[:, None]
    offset = np.stack([-along[:, 1], along[:, 0]], 1) / np.linalg.norm(along, axis=1, keepdims=True) * half
    return middle + offset, middle - offset


# --- The trunk cut across, at L4. x to the right, y to the front, origin in the middle of the vertebral body ----------

_SKIN = [(0, -85), (14, -88), (50, -98), (88, -91), (130, -57), (150, -5), (146, 48), (112, 97), (62, 118.5), (26, 124), (4, 123.6), (0, 120.5)]
_BELLY_SPACE = [(0, 42), (30, 45), (60, 37), (80, 6), (96, -12), (108, -6), (113, 17), (107, 46), (86, 74), (44, 92), (0, 96)]
_COLON = [(92, -8), (102, -2), (106, 12), (98, 24), (84, 20), (79, 6)]
_MULTIFIDUS = [(3.6, -69), (4, -54), (6.5, -44), (13, -39.5), (20, -39.5), (26, -36), (30, -38), (31, -47), (28, -60), (21, -71), (12, -74.5)]
_LONGISSIMUS = [(31, -35), (37, -33.5), (45, -35), (53, -34.5), (57.5, -44), (57.5, -57), (52, -69), (41, -77.5), (28, -80), (20.5, -77), (25.5, -70),
                (31, -59), (33.5, -48)]
_ILIOCOSTALIS = [(56, -34), (65, -34), (76, -38), (83.5, -47), (81, -57), (71, -66), (62, -71.5), (54.5, -71.8), (59.8, -61), (61, -51), (59.5, -42)]
_QUADRATUS = [(48.5, -29), (50, -19), (58, -11.5), (68, -11), (79, -17), (87, -28.5), (84.5, -36.5), (74, -32.5), (62, -30)]
_PSOAS = [(27, 17), (33, 25), (43, 26), (52, 19), (56.5, 6), (55, -8), (47, -17), (37, -20), (28.5, -17.5), (25.4, -8), (25.2, 4)]
_RECTUS = [(4.5, 107.5), (6, 101), (20, 99), (40, 96), (56, 92.5), (64, 94), (60, 100), (41, 106.5), (20, 109.5)]
_SHEATH = [(0, 111.5), (22, 111.2), (43, 108), (62, 101.5), (82, 90.5), (88, 82), (70, 90), (56, 90.7), (40, 94), (20, 97), (0, 99)]
_WALL = [(86, -48), (100, -48), (117, -34), (130, -8), (134, 18), (129, 46), (113, 72), (90, 92), (68, 101)]  # its outer face
_FASCIA = [(0, -75.5), (12, -77.5), (26, -82), (41, -80), (56, -74.7), (71, -68.5), (83.5, -58), (87, -47.5), (78, -37.5), (64, -32), (55, -31.5), (47, -32.5)]
_AORTA, _VENA_CAVA = (10, 28.5, 9, 9), (-14, 28, 11.5, 8.5)


def _layer(start: float, end: float, outer: float, inner: float) -> np.ndarray:
    """One sheet of the belly wall from `start` to `end` (shares of its length), between two depths in mm, pointed at both ends."""
    face = outline(_WALL, closed=False, steps=24)
    inwards = edges(face, 2)[0] - face
    share = np.linspace(start, end, 6)
    at = (share * (len(face) - 1)).astype(int)
    gather = np.clip(0.35 + 5 * np.minimum(share, 1.05 - share), 0, 1)[:, None]  # the sheets come together at the back and in front
    half = (inner - outer) / 2 * np.sin(np.pi * np.linspace(0, 1, 6))[:, None] ** 0.5
    middle = face[at] + inwards[at] * (inner + outer) / 2 * gather
    return np.vstack([middle + inwards[at] * half, (middle - inwards[at] * half)[-2:0:-1]])


def _ellipse(x: float, y: float, a: float, b: float) -> list[Point]:
    turn = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    return list(zip(x + a * np.cos(turn), y + b * np.sin(turn), strict=True))


@plate(
    "trunk-cross-section",
    title="A slice through your waist",
    alt="The trunk cut across at navel height, front at the top. The vertebra lies deep, nearer the middle than the skin of the back. "
    "Beside its spike lies multifidus, then the thick erector spinae; psoas lies beside the body of the bone and quadratus "
    "lumborum behind psoas. Three thin sheets of belly muscle and the rectus in front close the ring.",
    legend="A slice at the fourth lumbar vertebra (L4), about navel height, seen from below as on a scan. Darker: the muscles behind the spine, "
    "multifidus and the two columns of erector spinae (longissimus near the middle, iliocostalis outside). Lighter: the muscles in front, at the "
    "side and round the belly. The fascia is a sheet of tough tissue that wraps the back muscles and ties the belly wall to the spine.",
    use="Let learners find multifidus and psoas with a finger, then ask which of them a hand on the back could press.",
    size=(127, 84),
    claims=("C15",),
)
def trunk_cross_section(page: Page) -> None:
    axes = page.anatomy(xlim=(-152, 152), ylim=(-98, 125), rect=(21.5, 10, 85, 66))
    _body_wall(axes)
    _belly_muscles(axes)
    _back_muscles_cut(axes)
    vertebra_from_above(axes)
    _name_the_slice(page, axes)


def _name_the_slice(page: Page, axes: Axes) -> None:
    page.note(axes, "Front", (0, 138), align="center", colour=QUIET, size=SMALL)
    page.note(axes, "Back", (0, -110), align="center", colour=QUIET, size=SMALL)
    page.note(axes, "Belly space", (0, 80), align="center", colour=QUIET, size=SMALL)
    page.label(axes, "Blood vessels", [_VENA_CAVA[:2], _AORTA[:2]], (0, 60), align="center", colour=QUIET, size=SMALL)
    for words, at, text_at in (
        ("Transversus\nabdominis", (-102, 60), (-142, 96)), ("Internal\noblique", (-121, 33), (-158, 50)), ("External\noblique", (-131, 4), (-158, 4)),
        ("Quadratus\nlumborum", (-74, -22), (-153, -50)), ("Vertebra", (-19, 6), (-47, 46)),
    ):
        page.label(axes, words, at, text_at, align="right", size=SMALL)
    for words, at, text_at in (
        ("Rectus\nabdominis", (44, 102), (100, 124)), ("Skin\nand fat", (141, 40), (157, 66)), ("Psoas", (46, 18), (62, 46)),
        ("Fascia", (86, -53), (152, -66)),
    ):
        page.label(axes, words, at, text_at, size=SMALL)
    page.label(axes, "Erector spinae", [(-71, -53), (-44, -60)], (-92, -106), align="right", accent=True)
    page.label(axes, "Multifidus", (17, -57), (66, -106), accent=True)


def _body_wall(axes: Axes) -> None:
    shape(axes, across(_SKIN), SKIN, SKIN_LINE, part="skin")
    skin = np.asarray(_SKIN, float) - [0, 12]
    under = skin * (1 - 2.6 / np.linalg.norm(skin, axis=1, keepdims=True)) + [0, 12]
    shape(axes, across(under), FAT, part="fat")
    shape(axes, across(_BELLY_SPACE), WASH, RULE, width=0.6, part="belly-space")
    shape(axes, both(_COLON), "#E4E9EE", RULE, width=0.6, detail=True)
    for part, vessel, colour in (("aorta", _AORTA, "#DBA19A"), ("vena-cava", _VENA_CAVA, "#AEBEDA")):
        shape(axes, _ellipse(*vessel), colour, PAPER, part=part)


def _belly_muscles(axes: Axes) -> None:
    shape(axes, across(_SHEATH), LIGAMENT, LIGAMENT_LINE, width=0.5, part="rectus-sheath")
    for part, sheet in {
        "external-oblique": _layer(0.22, 0.92, 0, 7), "internal-oblique": _layer(0.03, 0.96, 7.6, 15.4),
        "transversus-abdominis": _layer(0.01, 0.98, 16, 20),
    }.items():
        shape(axes, both(sheet, corners=(0, 5)), MUSCLE_LIGHT, MUSCLE_LINE, width=0.6, part=part)
    for part, muscle in {"rectus-abdominis": _RECTUS, "psoas": _PSOAS, "quadratus-lumborum": _QUADRATUS}.items():
        shape(axes, both(muscle), MUSCLE_LIGHT, MUSCLE_LINE, width=0.6, part=part)


def _back_muscles_cut(axes: Axes) -> None:
    behind, within = edges(_FASCIA, 2.2)
    behind[0, 0] = within[0, 0] = 0
    shape(axes, across(np.vstack([within, behind[::-1]])), LIGAMENT, LIGAMENT_LINE, width=0.5, part="thoracolumbar-fascia")
    erector = shape(axes, both(_LONGISSIMUS, _ILIOCOSTALIS), MUSCLE, MUSCLE_LINE, width=0.6, part="erector-spinae")
    fibres(axes, erector, [c for course in _SEPTA_ERECTOR for c in (course, mirrored(course))], MUSCLE_LIGHT, 0.5)
    multifidus = shape(axes, both(_MULTIFIDUS), MUSCLE, MUSCLE_LINE, width=0.6, part="multifidus")
    fibres(axes, multifidus, [c for course in _SEPTA_MULTIFIDUS for c in (course, mirrored(course))], MUSCLE_LIGHT, 0.5)


_SEPTA_MULTIFIDUS = [[(9, -47), (10, -58), (7, -67)], [(15, -44), (17, -55), (14.5, -67)], [(21.5, -43), (24, -52), (21, -63)]]
_SEPTA_ERECTOR = [[(36.5, -39), (38, -49), (33.5, -61), (27, -72)], [(42.5, -39), (45, -49), (41, -62), (34, -73)], [(49, -39), (51.5, -49), (48, -61), (42, -71)],
                  [(64, -39), (66.5, -49), (64.5, -59), (60, -67)], [(71, -41), (74, -49), (71.5, -57), (66.5, -64)]]


# --- The core, from the side and as a can ------------------------------------------------------------------------------

_FLANK = [(112, 192), (114, 160), (102, 90), (87, 0), (86, -50), (101, -100), (134, -150), (136, -200), (120, -260), (-90, -260), (-108, -200), (-124, -120),
          (-130, -50), (-124, 40), (-112, 110), (-118, 160), (-116, 192)]
_WALL_SHEET = [(-105, 98), (-70, 62), (-20, 42), (34, 44), (42, 0), (40, -44), (5, -52), (-40, -72), (-72, -110), (-86, -170), (-92, -208), (-103, -180), (-116, -110),
               (-122, -40), (-117, 40)]
_PUBIS = [(-96, -200), (-86, -196), (-72, -214), (-66, -232), (-74, -238), (-88, -224)]
_DIAPHRAGM = [(-109, 100), (-100, 138), (-70, 164), (-32, 164), (-1, 140), (1, 100), (-10, 56), (-17, 12)]
_PELVIC_FLOOR = [(-70, -232), (-50, -243), (-15, -246), (14, -236), (27, -224)]
_CHEST_BODIES = ((40, 163, -21), (30, 134, -18), (21.5, 104, -15))  # T10, T11, T12: middle and turn


@plate(
    "core-cylinder",
    title="The core as a can",
    alt="Left, the trunk from the side: the diaphragm arches over the belly space, the pelvic floor hangs below it from pubic bone to tailbone, the "
    "deep belly muscle wraps the sides and the front, and multifidus lies behind the spine. Right, the same as a can with a lid, a floor and a wall.",
    legend="The core is a space with muscle all round. Its lid is the diaphragm, its floor the pelvic floor, its wall the deep belly muscle (transversus "
    "abdominis), and in its back stands the spine with multifidus. On the left the near side of the belly muscle is drawn see-through; the can is seen from behind.",
    use="Ask what happens to the lid and the floor when you cough.",
    size=(127, 106),
    claims=("C01",),
)
def core_cylinder(page: Page) -> None:
    body = page.anatomy((-134, 140), (-260, 192), rect=(2, 3, 60, 95))
    can = page.anatomy((-80, 80), (-260, 192), rect=(90, 3, 35, 95))
    page.heading("In the body", (31, 101), align="center")
    page.heading("As a can", (107.5, 101), align="center")
    _core_from_the_side(body)
    _can(can)
    for words, left, right, y in (
        ("Diaphragm", (-13, 154), (-40, 140), 84), ("Deep belly\nmuscle", (20, 20), (-50, 0), 64), ("Multifidus", (52, -60), (-14, -90), 44),
        ("Pelvic\nfloor", (12, -237), (-30, -222), 12),
    ):
        _name_twice(page, words, page.place(body, left), page.place(can, right), y)


def _name_twice(page: Page, words: str, left: Point, right: Point, y: float) -> None:
    """One name between two pictures, with a leader into each."""
    lines = page.note(page.ink, words, (76, y), align="center", colour=ACCENT, bold=True)
    if not lines:
        return
    box = page.box(lines)
    for x, end in ((box.x0 - 0.8, left), (box.x1 + 0.8, right)):
        page._leader([(x, (box.y0 + box.y1) / 2), end], ACCENT, 0.9)


def _core_from_the_side(axes: Axes) -> None:
    shape(axes, _FLANK, SKIN, SKIN_LINE, width=0.6, alpha=0.55, corners=(0, 8, 9, 16))
    bones = spine.lumbar()
    chest = [spine.Vertebra(depth=30, front=25, back=26, pose=spine.Pose(*pose)) for pose in _CHEST_BODIES]
    column = [*chest, *bones]
    for upper, lower in zip(column, column[1:], strict=False):
        shape(axes, spine.disc_outline(upper, lower, bulge=0.8), DISC, DISC_LINE, width=0.5)
    for piece in [p for bone in bones[:-1] for p in (bone.spinous_process(), bone.arch())] + [bone.body() for bone in column[:-1]]:
        shape(axes, piece, BONE, BONE_LINE, width=0.6)
    spine.sacrum(axes, bones[-1])
    shape(axes, _PUBIS, BONE, BONE_LINE, width=0.6)
    sheet = shape(axes, _WALL_SHEET, MUSCLE_LIGHT, MUSCLE_LINE, part="deep-belly-muscle", alpha=0.72, width=0.6)
    fibres(axes, sheet, [[(-130, y - 12), (-60, y - 6), (0, y), (50, y + 4)] for y in range(-220, 120, 11)], MUSCLE, 0.5)
    _multifidus_beside(axes, bones)
    cord(axes, _DIAPHRAGM, [4, 8, 9, 9, 8, 8, 6, 3], MUSCLE, MUSCLE_LINE, width=0.6, part="diaphragm")
    cord(axes, _PELVIC_FLOOR, [4, 8, 9, 8, 4], MUSCLE, MUSCLE_LINE, width=0.6, part="pelvic-floor")


def _multifidus_beside(axes: Axes, bones: list[spine.Vertebra]) -> None:
    middle = [bone.place("lamina") * 0.6 + bone.place("spinous-process") * 0.4 for bone in bones[:-1]]
    course = np.array([middle[0] + (6, 30), *middle, bones[-1].pose((24, -22)), bones[-1].pose((12, -62))])
    left, right = edges(course, (5, 13, 16, 19, 22, 25, 23, 5))
    muscle = shape(axes, ring(left, right), MUSCLE, MUSCLE_LINE, width=0.6, part="multifidus")
    fibres(axes, muscle, between(left, right, 4))


def _can(axes: Axes) -> None:
    """A can from behind: lid, wall and floor of muscle, and in its back the spine with multifidus."""
    side = np.linspace(-72, 72, 7)
    rim = np.stack([side, -17 * (1 - (side / 72) ** 2)], 1)
    top, bottom = rim + (0, 108), rim + (0, -186)
    wall = shape(axes, ring(top, bottom), MUSCLE_LIGHT, MUSCLE_LINE, width=0.6, part="can-wall", corners=(0, 6, 7, 13))
    fibres(axes, wall, [rim + (0, y) for y in range(-175, 108, 11)], MUSCLE, 0.5)
    _back_of_the_can(axes, wall)
    dome = [(72, 108), (64, 140), (38, 164), (0, 172), (-38, 164), (-64, 140), (-72, 108)]
    lid = shape(axes, np.vstack([top, dome[1:-1]]), MUSCLE, MUSCLE_LINE, width=0.6, part="can-lid", corners=(0, 6))
    fibres(axes, lid, [[(x, 84 + abs(x) * 0.3), (x * 0.8, 132), (x * 0.3, 160)] for x in range(-88, 89, 11)])
    shape(axes, [(-30, 156), (-10, 150), (10, 150), (30, 156), (14, 167), (-14, 167)], LIGAMENT, LIGAMENT_LINE, width=0.5, detail=True)
    bowl = [(72, -186), (62, -214), (36, -233), (0, -240), (-36, -233), (-62, -214), (-72, -186)]
    floor = shape(axes, np.vstack([bottom, bowl[1:-1]]), MUSCLE, MUSCLE_LINE, width=0.6, part="can-floor", corners=(0, 6))
    fibres(axes, floor, [[(x, -180), (x * 0.85, -215), (x * 0.5, -244)] for x in range(-80, 81, 10)])


def _back_of_the_can(axes: Axes, wall: PathPatch) -> None:
    sheet = [(-34, 110), (34, 110), (40, -60), (46, -210), (-46, -210), (-40, -60)]
    shape(axes, sheet, LIGAMENT, LIGAMENT_LINE, width=0.5, corners=(0, 1, 3, 4), inside=wall)
    level = lambda half: (np.multiply(half, 0.85) + (0, y) for y in range(-52, 100, 32))
    shape(axes, Path.make_compound_path(*(curve(across(bone)) for bone in level(_ARCH))), BONE, BONE_LINE, width=0.5, inside=wall)
    shape(axes, across(np.multiply(_SACRUM, 0.85) + (0, -70)), BONE, BONE_LINE, width=0.5)
    strip = ring(*(border[2:] for border in _MULTIFIDUS_BEHIND)) * 0.85 + (0, -70)
    muscle = shape(axes, both(strip, corners=(0, 11)), MUSCLE, MUSCLE_LINE, width=0.6, part="can-multifidus", inside=wall)
    bundles = [np.multiply(_fascicle(y), 0.85) + (0, -70) for y in np.arange(-70, 320, 13.0)]
    fibres(axes, muscle, [course * (side, 1) for course in bundles for side in (1, -1)])
    shape(axes, Path.make_compound_path(*(curve(across(bone)) for bone in level(_SPINOUS))), BONE_LIGHT, BONE_LINE, width=0.5, inside=wall)


# --- From behind. x to the right, y up, origin between L5 and sacrum ---------------------------------------------------

_LEVELS = {"L5": 20, "L4": 55, "L3": 92, "L2": 129, "L1": 165, "T12": 199, "T11": 230, "T10": 259, "T9": 287, "T8": 314}
_ARCH = [(0, 5), (7, 8), (13, 12), (15, 20), (20, 20), (21.5, 10), (28, 7), (43, 9), (47, 5), (43, 1), (28, -1), (16, -4), (15, -10),
         (17.5, -20), (14, -26), (9, -23), (6.5, -14), (4.5, -20), (0, -22)]
_BODY = [(0, 14), (22, 14), (25, 10), (22.5, 0), (25, -10), (22, -14), (0, -14)]
_SPINOUS = [(0, -1), (3, -3), (3.6, -14), (2.6, -21), (0, -22)]
_SACRUM = [(0, -4), (13, -4), (18, 8), (25, 8), (28, 0), (40, 4), (54, -3), (56, -16), (50, -38), (42, -58), (30, -78), (16, -94), (8, -101), (0, -103)]
_HIP = [(43, -40), (44, -20), (50, 0), (59, 20), (74, 39), (94, 50), (114, 50), (131, 38), (140, 20), (138, 2), (130, -18), (122, -38),
        (117, -56), (114, -76), (112, -96), (100, -112), (92, -130), (70, -134), (56, -114), (62, -100), (67, -84), (60, -71), (48, -66),
        (42, -58), (44, -49)]
_FEMUR = [(100, -72), (112, -76), (124, -86), (138, -82), (149, -76), (158, -86), (156, -104), (151, -120), (148, -140), (118, -140), (112, -118), (98, -112)]
_CREST = [(46, -14), (53, 4), (62, 21), (76, 36), (95, 46), (113, 46), (128, 36), (136, 20)]
_RIBS = ([(18, 203), (32, 203), (62, 190), (92, 171), (110, 155)], [(16, 236), (42, 240), (78, 226), (110, 198), (131, 166), (137, 148)],
         [(16, 266), (45, 272), (86, 260), (120, 231), (143, 195), (152, 160)], [(16, 294), (48, 301), (90, 291), (127, 261), (150, 222), (161, 180)],
         [(16, 322), (48, 316), (90, 321), (127, 291), (152, 250), (166, 210)])
_TORSO = [(163, 316), (160, 270), (151, 200), (146, 130), (149, 70), (160, 10), (170, -50), (174, -118)]


@plate(
    "back-muscles",
    title="The muscles of your lower back, from behind",
    alt="The back from behind, from the lower ribs to the pelvis. On the left the deep muscles: multifidus lies against the spine and fans down to the sacrum, and "
    "quadratus lumborum joins the lowest rib to the hip bone. On the right the long columns of the erector spinae run over them, from ribs to pelvis.",
    legend="Left, the deep muscles: multifidus runs from the spike of one vertebra to the bones two to four steps below, and quadratus lumborum ties the lowest "
    "rib to the hip bone. Right, what lies over them: the columns of the erector spinae, iliocostalis and longissimus (a thin third one, spinalis, runs "
    "along the midline). They start from a broad sheet of tendon on the sacrum and the hip bone.",
    use="Let learners feel the two columns on themselves while they arch back a little.",
    size=(127, 106),
    claims=("C15",),
)
def back_muscles(page: Page) -> None:
    axes = page.anatomy(xlim=(-174, 174), ylim=(-118, 316), rect=(22, 3, 83, 96))
    torso = _bones_from_behind(axes)
    _deep_layer(axes)
    _surface_layer(axes)
    shape(axes, _column(_SPINOUS), BONE_LIGHT, BONE_LINE, width=0.5, inside=torso)
    _name_the_back(page, axes)


def _name_the_back(page: Page, axes: Axes) -> None:
    for words, x, align in (("Deep muscles", -14, "right"), ("Outer: erector spinae", 10, "left")):
        page.note(axes, words, (x, 329), align=align, bold=True)
    for words, at, text_at, accent in (
        ("12th rib", (-86, 174), (-160, 190), False), ("Quadratus\nlumborum", (-72, 108), (-158, 118), True),
        ("Multifidus", (-36, 5), (-168, -6), True), ("Sacrum", (-7, -98), (-182, -86), False),
    ):
        page.label(axes, words, at, text_at, align="right", accent=accent)
    for words, at, text_at, accent in (
        ("Longissimus", (40, 225), (168, 262), True), ("Iliocostalis", (77, 125), (158, 140), True), ("Sheet of\ntendon", (24, 60), (160, 66), False),
        ("Hip bone", (104, 10), (172, -6), False),
    ):
        page.label(axes, words, at, text_at, accent=accent)


def _bones_from_behind(axes: Axes) -> PathPatch:
    torso = shape(axes, ring(_TORSO, mirrored(_TORSO)), SKIN, SKIN_LINE, width=0.6, corners=(0, 7, 8, 15), alpha=0.55)
    for rib in reversed(_RIBS):
        shape(axes, both(ring(*edges(rib, [9, 11, 11, 11, 11, 8][-len(rib):]))), BONE, BONE_LINE, width=0.6, part="ribs", inside=torso)
    shape(axes, _column(_BODY), BONE_SHADE, BONE_LINE, width=0.5, inside=torso)
    shape(axes, across(_SACRUM), BONE, BONE_LINE, part="sacrum", width=0.6)
    shape(axes, both(_FEMUR), BONE, BONE_LINE, width=0.6, inside=torso)
    shape(axes, both(_HIP), BONE, BONE_LINE, part="hip-bone", width=0.6, inside=torso)
    shape(axes, lines([_CREST, mirrored(_CREST)]), None, BONE_SHADE, width=1.2, detail=True)
    shape(axes, _column(_ARCH), BONE, BONE_LINE, width=0.5, part="vertebrae", inside=torso)
    return torso


def _column(half: Points) -> Path:
    """The same bone at each level, from its right half; those of the chest are smaller."""
    sizes = {level: (1, 1) if level.startswith("L") else (0.72, 0.82) for level in _LEVELS}
    return Path.make_compound_path(*(curve(across(np.multiply(half, sizes[level]) + (0, y))) for level, y in _LEVELS.items()))


_MULTIFIDUS_BEHIND = ([(3, 316), (3, 262), (3, 200), (3, 140), (3, 80), (3, 20), (3, -45), (3.5, -80)],
                      [(11, 316), (13, 262), (16, 205), (21, 155), (28, 95), (37, 35), (44, -22), (27, -70)])
_QUADRATUS_BEHIND = ([(33, 199), (43, 168), (47, 150), (45, 131), (50, 113), (46, 95), (51, 76), (47, 58), (51, 38), (60, 20)],
                     [(71, 182), (74, 165), (77, 148), (80, 128), (83, 110), (87, 93), (91, 77), (96, 63), (100, 56), (105, 50)])
_LONGISSIMUS_BEHIND = ([(13, 316), (13, 260), (11, 205), (11, 150), (18, 90), (28, 20), (40, -34)],
                       [(60, 316), (61, 260), (60, 205), (56, 150), (55, 100), (58, 45), (49, -12)])
_ILIOCOSTALIS_BEHIND = ([(77, 316), (73, 262), (67, 210), (60, 160), (57, 110), (58, 60), (63, 24)],
                        [(98, 316), (96, 265), (93, 215), (93, 165), (93, 110), (88, 68), (74, 34)])
_RIB_SLIPS = [[(83, y - 62), (94, y - 28), (101, y)] for y in (166, 202, 238, 270, 299)]
_SPINALIS_BEHIND = ([(3, 316), (3, 260), (3, 205), (3, 150)], [(12, 316), (12.5, 260), (11.5, 200), (7, 150)])
_TENDON_BEHIND = ([(2.5, 226), (2.5, 140), (2.5, 90), (2.5, 40), (2.5, 0), (2.5, -50), (2.5, -95)],
                  [(5.5, 180), (13, 132), (23, 95), (34, 55), (45, 18), (49, -12), (40, -48)])


def _deep_layer(axes: Axes) -> None:
    quadratus = shape(axes, mirrored(ring(*_QUADRATUS_BEHIND)), MUSCLE, MUSCLE_LINE, width=0.6, part="quadratus-lumborum", corners=(0, 9, 10, 19))
    fibres(axes, quadratus, [mirrored(course[[0, 4, 9]]) for course in between(*_QUADRATUS_BEHIND, 9)])
    multifidus = shape(axes, mirrored(ring(*_MULTIFIDUS_BEHIND)), MUSCLE, MUSCLE_LINE, width=0.6, part="multifidus", corners=(0, 15))
    fibres(axes, multifidus, [_fascicle(y) for y in np.arange(-70, 420, 9.0)])
    fibres(axes, multifidus, [_fascicle(y - 20) for y in [*_LEVELS.values(), -20, 345, 375]], MUSCLE_LINE, 0.7)


def _fascicle(y: float) -> Points:
    """A bundle of multifidus on the left, from the spinous process at height y down and outwards."""
    return [(-2, y), (-15, y - 40), (-46, y - 108)]


def _surface_layer(axes: Axes) -> None:
    slips = [curve(ring(*edges(course, (15, 9, 1))), corners=(0, 2, 3, 5)) for course in _RIB_SLIPS]
    shape(axes, Path.make_compound_path(*slips), MUSCLE, MUSCLE_LINE, width=0.6, part="iliocostalis")
    columns = {"iliocostalis": _ILIOCOSTALIS_BEHIND, "longissimus": _LONGISSIMUS_BEHIND, "spinalis": _SPINALIS_BEHIND}
    for part, borders in columns.items():
        n = len(borders[0])
        corners = (0, n - 1, n, 2 * n - 1) if part == "spinalis" else (0, 2 * n - 1)
        muscle = shape(axes, ring(*borders), MUSCLE, MUSCLE_LINE, width=0.6, part=part, corners=corners)
        fibres(axes, muscle, between(*borders, 6 if part != "spinalis" else 2))
    n = len(_TENDON_BEHIND[0])
    tendon = shape(axes, ring(*_TENDON_BEHIND), LIGAMENT, LIGAMENT_LINE, width=0.6, part="tendon-sheet", corners=(0, n - 1))
    fibres(axes, tendon, [[(60, y - 90), (24, y), (2, y + 100)] for y in range(-120, 200, 14)], LIGAMENT_LINE, 0.4)


# --- What a pull does, from the side. x backwards, y up, as in `spine` ------------------------------------------------


@plate(
    "muscle-pull",
    title="A tight muscle pulls two vertebrae together",
    alt="Two vertebrae from the side. A taut muscle joins the spikes at their back. It pulls the upper bone down and the lower bone up, so "
    "the disc between their bodies is squeezed. The facet joint lies between the disc and the muscle.",
    legend="A muscle can only pull, and it pulls on both its ends alike. What lies between the two bones, the disc and the facet joints, is drawn together.",
    use="Two fists and a rubber band round the thumbs show the same.",
    size=(127, 76),
    claims=("C15",),
)
def muscle_pull(page: Page) -> None:
    axes = page.anatomy((-58, 120), (-47, 46), rect=(3, 3, 121, 70))
    upper, lower = spine.pair()
    at = spine.motion_segment(axes, upper, lower, cut=True, nerve=False)
    _taut_muscle(axes, at["upper-spinous-tip"] + (-1, 9), at["lower-spinous-tip"] + (-1, -9))
    for start, end in (((0, 31), (0, 11)), ((0, -33), (0, -12)), ((84, 26), (84, 3)), ((84, -48), (84, -25))):
        arrow(axes, start, end, width=5)
    page.label(axes, "The disc\nis squeezed", at["annulus-front"] + (1, 0), (-25, 0), align="right", accent=True)
    page.label(axes, "The muscle\npulls on\nboth bones", (72.5, -11), (81, -11), accent=True)
    page.label(axes, "Facet joint", at["facet-joint"], (46, 37))


def _taut_muscle(axes: Axes, top: Point, bottom: Point) -> None:
    """A straight band of muscle between two spinous processes, with tendon where it holds the bone."""
    way = bottom - top
    tendon = ring(*edges(top + way * np.array([0, 0.03, 0.12, 0.88, 0.97, 1])[:, None], (5, 8, 10, 10, 8, 5)))
    shape(axes, tendon, LIGAMENT, LIGAMENT_LINE, width=0.6, part="muscle")
    left, right = edges(top + way * np.array([0.1, 0.2, 0.5, 0.8, 0.9])[:, None], (10.5, 12.5, 14, 12.5, 10.5))
    muscle = shape(axes, ring(left, right), MUSCLE, MUSCLE_LINE, part="muscle", width=0.7, corners=(0, 4, 5, 9))
    fibres(axes, muscle, between(left, right, 6))


_HIP_BESIDE = [(71, -110), (67, -92), (54, -69), (33, -50), (5, -42), (-26, -47), (-51, -64), (-68, -88), (-64, -106), (-59, -120), (-53, -138), (-40, -152),
               (-14, -158), (8, -146), (22, -128), (44, -122), (62, -124)]
_PSIS = np.array((66.0, -104.0))


@plate(
    "muscle-line-of-pull",
    title="The fibres run down and back",
    alt="The lower spine from the side. Fibres of the erector spinae run from the side of each vertebra down and back to the hip bone. An arrow along them splits in "
    "two: one part points down and squeezes the disc, the other points back and holds the upper bone from sliding forward.",
    legend="Three of the bundles of the erector spinae that start on the lumbar vertebrae. Because they slant, their pull has two parts: down, which squeezes the disc, and "
    "back, which works against a forward slide. The size of each part changes with the level and with posture.",
    use="Ask: which part of the pull would ease the facet joints?",
    size=(127, 90),
    claims=("C15", "C16"),
)
def muscle_line_of_pull(page: Page) -> None:
    axes = page.anatomy((-107, 137), (-146, 26), rect=(0, 0, 127, 89.5))
    bones = spine.lumbar()[2:]
    for upper, lower in zip(bones, bones[1:], strict=False):
        spine.canal(axes, upper, lower)
        spine.disc(axes, upper, lower, part=f"disc-{upper.name}-{lower.name}")
    for bone in bones[:-1]:
        spine.vertebra(axes, bone, part=bone.name)
    spine.sacrum(axes, bones[-1])
    shape(axes, _HIP_BESIDE, BONE_LIGHT, BONE_LINE, part="hip-bone", alpha=0.4, width=0.8)
    _bleed_below(page)
    for bone, end in zip(bones[:-1], ((1, 4), (0, 0), (-2, -3)), strict=True):
        _bundle(axes, bone.place("transverse-process"), _PSIS + end)
    _split_pull(page, axes, bones[0].place("transverse-process"))
    page.label(axes, "Hip bone", (-45, -80), (-75, -50), align="right", size=SMALL)
    for bone in bones[:-1]:
        page.note(axes, bone.name, bone.place("body"), align="center", colour=BONE_LINE, bold=True, size=SMALL)


def _bleed_below(page: Page) -> None:
    """Let the picture end at the lower edge of the card."""
    shape(page.ink, [(3, -90), (page.width - 3, -90), (page.width - 3, 0.3), (3, 0.3)], PAPER, corners=range(4))
    stroke(page.ink, [(3, 0.3), (page.width - 3, 0.3)], RULE, width=0.6, detail=False)


def _split_pull(page: Page, axes: Axes, start: Point) -> None:
    """The pull of the uppermost bundle, and its two parts, backwards and down."""
    pull = (_PSIS + (1, 4) - start) * 0.64
    beside = start + (6, 4)
    corner = beside + (pull[0], 0)
    for tail, tip in ((beside, corner), (corner, beside + pull)):
        arrow(axes, tail, tip, ACCENT_WASH, width=3.6, line=ACCENT)
    arrow(axes, start, start + pull, ACCENT, width=3.6)
    arrow(axes, (-20, -1), (-46, -1), RULE, width=4.5, line=QUIET)
    page.note(axes, "Forward slide", (-50, -1), align="right", colour=QUIET, size=SMALL)
    for words, at, text_at in (
        ("Part of the\npull goes back", corner - (8, 0), (78, 15)), ("Part of it\ngoes down", (corner[0], -32), (78, -28)),
        ("Pull of the\nmuscle", start + pull * 0.94, (78, -80)),
    ):
        page.label(axes, words, at, text_at, accent=True)


def _bundle(axes: Axes, start: Point, end: Point) -> None:
    """A bundle of muscle from a vertebra to the hip bone, tendon at its lower end."""
    way = end - start
    cord(axes, [start + way * 0.7, start + way * 0.85, end], [5, 3.5, 2.5], LIGAMENT, LIGAMENT_LINE, width=0.5, part="erector-spinae")
    left, right = edges(start + way * np.array([0, 0.15, 0.4, 0.7, 0.9])[:, None], (4, 7.5, 9, 6.5, 2))
    muscle = shape(axes, ring(left, right), MUSCLE, MUSCLE_LINE, width=0.6, part="erector-spinae", corners=(4, 5))
    fibres(axes, muscle, between(left, right, 3))
