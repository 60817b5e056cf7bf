"""Resting: the two positions, getting up, letting go, and what weeks in bed change."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from lumbar.evidence.tables import table
from lumbar.figures import muscles
from lumbar.figures.above import vertebra_from_above
from lumbar.figures.body import CAST, THIN, Figure, Pose, darker, towards
from lumbar.figures.facing import Facing, Stance
from lumbar.figures.furniture import (
    BED, BED_LINE, MAT, MAT_LINE, WOOD, WOOD_LINE, block, books, chair, floor, mat, pillow,
)
from lumbar.figures.style import (
    ACCENT, BLUE, LIGAMENT, LIGAMENT_LINE, MUSCLE_LINE, ORANGE, QUIET, RULE, SMALL, WARM, WARM_LIGHT, Page, arrow,
    plate, shape, source, stroke,
)

# --- On the side -----------------------------------------------------------------------------------------------------

_ON_THE_SIDE = Pose(
    spine=(178, 178, 173, 168), head=170, leg=(48, -28, 40), far_leg=(38, -32, 36), arm=(30, 122, 140),
    far_arm=(66, 158, 160),
)


@plate(
    "side-lying",
    title="On your side, a pillow between your legs",
    alt="A woman lies on her side, hips and knees bent, a pillow under her head and one between her legs. Seen from "
    "behind, the pillow holds the upper leg level with the hip, and hips and spine line stay straight. Without it the "
    "upper knee sinks to the mattress, rolls the hips forward, and the spine line bends.",
    legend="Above, seen from the ceiling: hips and knees bent, head on a pillow that fills the gap above the shoulder. "
    "Below, seen from behind: what the pillow between the legs does. A long one holds the ankle too. The bend without "
    "a pillow follows from the shape of the body; whether it matters for pain has not been tested.",
    use="Let a volunteer lie down and slide the pillow in and out; the others watch the upper hip.",
    size=(127, 101),
    claims=("C09",),
)
def side_lying(page: Page) -> None:
    _side_from_above(page)
    for level, left, words in ((True, 3, "With a pillow"), (False, 65, "Without")):
        page.panel((left, 3, 59, 39))
        page.heading(words, (left + 3, 36), colour=ACCENT if level else QUIET)
        _side_from_behind(page, page.anatomy((-86, 80), (-6, 44), (left + 1, 4, 57, 18)), level)


def _side_from_above(page: Page) -> None:
    axes = page.anatomy((-104, 112), (-30, 58), (3, 43.5, 121, 50))
    page.heading("Seen from above", (4, 95.5))
    block(axes, -104, 112, 57, -29, BED, BED_LINE, "mattress")
    figure = Figure(CAST["ana"], _ON_THE_SIDE, (2, -8), asleep=True)
    ear = figure.joint("ear")
    figure.far(axes)
    pillow(axes, ear + (-2, 2), 32, 48, part="pillow-head")
    knee, ankle = figure.joint("knee"), figure.joint("ankle")
    pillow(axes, (knee + ankle) / 2 + (1, 1), 58, 25, -28, part="pillow-legs", accent=True)
    figure.near(axes, "sleeper")
    page.label(axes, "Pillow from knees\nto ankles", knee + (16, 9), (57, 45), accent=True)
    page.label(axes, "As thick as your\nshoulder is wide", ear + (-9, 19), (-78, 46), align="center")


_SIDE_STANCES = {  # head to the left; the left limb on the page's bottom is the one on the mattress
    True: Stance(
        spine=(180, 180, 180), head=180, shoulders=0.85,
        legs=(((-2, 27), (-1, 37), (-20, 6)), ((0, 27), (-2, 37), (-15, 6))),
        arms=(((60, 6), (0, 1), (0, 1)), ((4, 27), (-35, 10), (-35, 4))),
    ),
    False: Stance(
        spine=(174, 178, 181), head=180, hips=0.84, shoulders=0.85,
        legs=(((-6, 27), (-1, 37), (-20, 6)), ((-31, 25), (-13, 35), (-20, 6))),
        arms=(((60, 6), (0, 1), (0, 1)), ((4, 27), (-35, 10), (-35, 4))),
    ),
}


def _side_from_behind(page: Page, axes: Axes, level: bool) -> None:
    figure = Facing(CAST["ana"], _SIDE_STANCES[level], (2, 17), behind=True)
    block(axes, -84, 78, 0, -7, BED, BED_LINE)
    x, y = figure.joint("ear")
    pillow(axes, (x - 1, (y - 7) / 2 + 0.5), 38, y - 6, part="pillow-behind" if level else "")
    figure.arm(axes, "right")
    _legs_from_behind(axes, figure, level)
    figure.trunk(axes)
    figure.head(axes)
    _spine_and_hips(axes, figure, "level" if level else "tipped")
    words = "Hips one above the\nother, spine in line" if level else "Upper knee sinks and\nrolls the hips forward"
    page.label(axes, words, figure.place((-3, 11.4) if level else (-2, 12)), (0, 60), align="center", accent=True)


def _legs_from_behind(axes: Axes, figure: Facing, level: bool) -> None:
    """Both legs, and between them the pillow or nothing; the upper one lies in front where nothing holds it up."""
    if level:
        figure.leg(axes, "left", 0.08)
        knee, foot = figure.joint("left-knee"), figure.joint("left-toes")
        pillow(axes, ((knee[0] + foot[0]) / 2 - 4, 16.5), 48, 13, part="pillow-between", accent=True)
        figure.seat(axes, ("right",))
    else:
        figure.leg(axes, "right", 0.08)
        figure.seat(axes, ("left",))


def _spine_and_hips(axes: Axes, figure: Facing, name: str) -> None:
    """The line of the spine, and the line across the pelvis."""
    pelvis, wide = figure.stance.spine[0], 11 * figure.stance.hips
    rise = np.array([(0, 4), (0, 3.6), (0, 1.2), (0, 0), (0, 0)]) * (name == "tipped")  # the rolled back looks up
    figure.accent(axes, figure.spine() + rise, f"spine-{name}")
    figure.accent(axes, np.array([towards(pelvis, 3, wide), towards(pelvis, 3, -wide)]) + rise[1] / 2, f"hips-{name}")


# --- On the back -----------------------------------------------------------------------------------------------------

_ON_THE_BACK = Pose(
    spine=(180, 181, 177, 172), head=176, leg=(27, -25, 52), far_leg=(24, -27, 48), arm=(-5, 2, 0), far_arm=(-3, 4, 0)
)
_FACE_UP = Stance(
    spine=(180, 180, 180), head=180,
    legs=(((-4, 37), (-1, 36), (-24, 7)), ((4, 37), (1, 36), (24, 7))),
    arms=(((-24, 28), (-6, 25), (0, 15)), ((24, 28), (6, 25), (0, 15))),
)


@plate(
    "back-lying",
    title="On your back on the floor, a pillow under your knees",
    alt="A man lies on his back on a mat on the floor, arms beside him, with a thick pillow under both knees and a "
    "thin one under his head. Seen from the side his knees are bent and his hips a little bent, and the lower back "
    "rests near the mat. Seen from above, the pillow lies crosswise under the knees.",
    legend="The pillow bends the hips and the knees, so that the legs pull less on the pelvis and the lower back can "
    "settle. The blue line is the spine. A rolled blanket or a chair cushion will do. The document says the floor; "
    "nobody has tested that, and a bed is fine if getting down there is hard.",
    use="Try three heights under the knees, and let each learner say which one feels easiest.",
    size=(127, 106),
    claims=("C10",),
)
def back_lying(page: Page) -> None:
    page.heading("Seen from the side", (4, 100.5))
    page.heading("Seen from above", (4, 50.5))
    side = page.anatomy((-100, 106), (-4, 56), (3, 57, 121, 40))
    mat(side, -98, 104, 0, 3, "mat")
    figure = Figure.on_floor("ben", _ON_THE_BACK, 2, asleep=True)
    knee, ear = figure.joint("knee"), figure.joint("ear")
    pillow(side, ear + (0, -11), 34, 8, part="pillow-head")
    figure.far(side)
    pillow(side, knee + (1, -17), 38, 25, part="pillow-knees", accent=True)
    figure.near(side, "sleeper", spine=True)
    page.label(side, "Thick pillow\nunder both knees", knee + (6, -14), (72, 47), align="center", accent=True)
    page.label(side, "Thin pillow\nunder the head", ear + (-14, -11), (-78, 46), align="center")
    page.label(side, "The lower back\ncan settle", figure.place((-16, -4.6)), (-8, 47), align="center", accent=True)
    _back_from_above(page)


def _back_from_above(page: Page) -> None:
    axes = page.anatomy((-100, 106), (-38, 38), (3, 4, 121, 44))
    block(axes, -98, 104, 37, -37, MAT, MAT_LINE)
    figure = Facing(CAST["ben"], _FACE_UP, (2, 0), asleep=True)
    x, _ = figure.joint("ear")
    pillow(axes, (x - 1, 0), 30, 44)
    pillow(axes, (figure.joint("left-knee")[0] + 1, 0), 34, 62, accent=True)
    figure.draw(axes)


# --- Letting go ------------------------------------------------------------------------------------------------------

_AT_EASE = Pose(
    spine=(180, 181, 178, 171), head=177, leg=(56, -62, 0), far_leg=(54, -60, 0), arm=(-18, 66, 10),
    far_arm=(-14, 62, 12),
)


@plate(
    "letting-go",
    title="Lying at ease",
    alt="A woman lies on her back on a mat, knees up, feet flat, her head on two books, her hands on her belly, eyes "
    "closed. The floor carries the back of her head, her back, her pelvis and her feet, so that no muscle has to hold "
    "her.",
    legend="One way to lie in which nothing has to be held. Let the floor carry each part in turn: head, shoulders, "
    "back, pelvis, feet. Many teachers of the Alexander technique have pupils lie like this. The plate shows a way to "
    "try, not a treatment that was tested alone.",
    use="Lie like this for some minutes and go through the parts, one breath each: what is still working?",
    size=(127, 66),
    claims=("C14",),
)
def letting_go(page: Page) -> None:
    axes = page.anatomy((-100, 98), (-30, 74), (3, 3, 121, 60))
    mat(axes, -98, 96, 0, 3, "mat")
    figure = Figure.on_floor("esi", _AT_EASE, 4, asleep=True)
    ear, knee = figure.joint("ear"), figure.joint("knee")
    books(axes, (ear[0] + 1, 0), 2)
    figure.draw(axes, "body")
    rests = [(ear[0] + 1, -1), (figure.joint("chest")[0], -1), (2, -1), (figure.joint("ankle")[0] + 6, -1)]
    for x, y in rests:
        stroke(axes, [(x - 9, y), (x + 9, y)], ACCENT, width=2.2, detail=False)
    page.label(axes, "The floor carries you here", rests, (-8, -24), align="center", accent=True)
    page.label(axes, "Head on a\nbook or two", ear + (-6, 6), (-72, 52), align="center")
    page.label(axes, "Hands on\nthe belly", figure.joint("wrist") + (4, 2), (-16, 62), align="center")
    page.label(axes, "Knees up,\nfeet flat", knee + (3, -6), (72, 58))


# --- Getting up, and a day that is not spent in bed ------------------------------------------------------------------

_STEPS = (  # words, stance, hip above the mattress
    (
        "Roll on to your side,\nknees bent",
        Stance(
            spine=(180, 180, 180), head=180, shoulders=0.9,
            legs=(((300, 9), (-3, 38), (-70, 7)), ((300, 11), (-5, 38), (-70, 7))),
            arms=(((15, 10), (160, 24), (150, 12)), ((-30, 24), (205, 22), (215, 12))),
        ),
        16,
    ),
    (
        "Legs over the edge,\npush up with your arms",
        Stance(
            spine=(142, 140, 136), head=118, shoulders=0.95,
            legs=(((282, 10), (-82, 36), (-90, 6)), ((284, 12), (-78, 39), (-90, 6))),
            arms=(((262, 26), (170, 20), (180, 10)), ((-62, 27), (222, 24), (250, 10))),
        ),
        14,
    ),
    (
        "Sit, wait a moment,\nthen stand up",
        Stance(
            legs=(((266, 9), (269, 40), (268, 6)), ((274, 9), (271, 40), (272, 6))),
            arms=(((248, 27), (262, 23), (262, 10)), ((292, 27), (278, 23), (278, 10))),
        ),
        10,
    ),
)


@plate(
    "getting-up",
    title="Getting up from lying, in three steps",
    alt="A man gets up from a bed in three steps, seen from the front. First he lies on his side at the edge, knees "
    "bent. Then his lower legs hang over the edge while both arms push his trunk up sideways. Last he sits on the "
    "edge, feet on the floor, hands beside him.",
    legend="The legs go down while the arms push up, so that the trunk turns as one piece and the back need not curl "
    "up. Breathe out as you push. This is a comfort tip; we know of no trial of it.",
    use="Practise on a table or a mat, both ways round: left side and right side.",
    size=(127, 63),
    claims=("C09", "C10"),
)
def getting_up(page: Page) -> None:
    for i, (words, stance, height) in enumerate(_STEPS):
        left = 2.5 + 41 * i
        page.panel((left, 3, 40, 57))
        page.heading(str(i + 1), (left + 2, 53.8), colour=ACCENT)
        page.note(page.ink, words, (left + 6, 53), size=SMALL)
        axes = page.anatomy((-82, 68), (-50, 100), (left + 0.5, 4, 39, 42))
        _on_the_bed(axes, Facing(CAST["finn"], stance, (0, height)), i)


def _on_the_bed(axes: Axes, figure: Facing, step: int) -> None:
    floor(axes, -80, 68, -47)
    for x in (-70, 62):
        block(axes, x - 3, x + 3, -10, -47, WOOD, WOOD_LINE)
    block(axes, -78, 68, 0, -17, BED, BED_LINE)
    if step == 0:
        pillow(axes, figure.joint("ear") + (0, -14), 34, 13)
    for side in ("left", "right") if step == 2 else ("left",):
        figure.arm(axes, side)
    figure.seat(axes, ())
    figure.trunk(axes, f"step-{step + 1}")
    for side in ("left", "right"):
        figure.leg(axes, side, 0.08 if side == "left" and step < 2 else 0)
    figure.head(axes)
    if step < 2:
        figure.arm(axes, "right", over=True)


_SHOES = "#5A5F66"
_DAY = (  # words, pose, where the hip is
    ("Lie down for a while", Pose(
        spine=(180, 181, 177, 170), head=170, leg=(30, -28, 52), far_leg=(27, -30, 48), arm=(-20, 58, 10),
        far_arm=(-16, 60, 12),
    )),
    ("Walk a little", Pose(leg=(284, 266, 4), far_leg=(258, 234, -28), arm=(252, 268, 272), far_arm=(288, 308, 310))),
    ("Sit, and change how you sit", Pose(
        spine=(94, 96, 92, 74), leg=(0, 268, 0), far_leg=(4, 284, 6), arm=(280, 342, 340), far_arm=(284, 350, 350),
    )),
    ("Stand and do something light", Pose(
        leg=(273, 268, 0), far_leg=(264, 266, 0), arm=(282, 336, 346), far_arm=(290, 342, 350),
    )),
)


@plate(
    "staying-active",
    title="A bad day that is not spent in bed",
    alt="Four pictures of the same older man on a bad day. He lies on his back for a while with a pillow under his "
    "knees, walks a little, sits on a chair, and stands at a worktop doing something light. Arrows lead from each "
    "picture to the next and back to the first.",
    legend="Nobody has to be on their feet all day. Lie down when you need to, and go on to something else before "
    "long. The round may start anywhere and turn as often as the day needs.",
    use="Let each learner fill in four things of their own day, and how long each feels all right.",
    size=(127, 108),
    claims=("C05", "C06"),
)
def staying_active(page: Page) -> None:
    for i, (words, pose) in enumerate(_DAY):
        left, bottom = ((3, 56), (66, 56), (66, 3), (3, 3))[i]
        page.panel((left, bottom, 58, 49))
        page.note(page.ink, words, (left + 29, bottom + 44.6), align="center", bold=True)
        axes = page.anatomy((-105, 105), (-6, 172), (left + 1, bottom + 2, 56, 40))
        floor(axes, -96, 96)
        (_lying, _walking, _sitting, _standing)[i](axes, pose)
    for start, end in (((61.4, 81), (65.6, 81)), ((95, 56), (95, 52)), ((65.6, 28), (61.4, 28)), ((32, 52), (32, 56))):
        arrow(page.ink, start, end, ACCENT, width=1.4)


def _lying(axes: Axes, pose: Pose) -> None:
    block(axes, -92, 92, 36, 22, BED, BED_LINE)
    for x in (-80, 80):
        block(axes, x - 4, x + 4, 22, 0, WOOD, WOOD_LINE)
    figure = Figure.on_floor("ivo", pose, 2, 36, asleep=True)
    pillow(axes, figure.joint("ear") + (-1, -12), 36, 12)
    figure.far(axes)
    pillow(axes, figure.joint("knee") + (1, -18), 36, 26)
    figure.near(axes, "lying")


def _walking(axes: Axes, pose: Pose) -> None:
    Figure.on_floor("ivo", pose, 0, shoes=_SHOES).draw(axes, "walking")


def _sitting(axes: Axes, pose: Pose) -> None:
    figure = Figure.on_floor("ivo", pose, -20, shoes=_SHOES)
    chair(axes, (-14, figure.hip[1] - 10.5), figure.hip[1] - 10.5)
    figure.draw(axes, "sitting")


def _standing(axes: Axes, pose: Pose) -> None:
    figure = Figure.on_floor("ivo", pose, -20, shoes=_SHOES)
    figure.far(axes)
    block(axes, 8, 80, 94, 88, WOOD, WOOD_LINE)
    block(axes, 12, 76, 88, 0, BED, BED_LINE)
    figure.near(axes, "standing")
    block(axes, 31, 43, 107, 94, "#9DB38E", MAT_LINE)


# --- What weeks in bed change ----------------------------------------------------------------------------------------

_IN_BED = {row["muscle"]: row["direction"] for row in table("bed-rest-muscles").where(measure="size", unit="")}
_FATE = {  # fill of a muscle by what became of it
    "smaller": WARM_LIGHT, "larger": darker(BLUE, -0.35), "kept or larger": darker(BLUE, -0.75),
}


@plate(
    "bed-rest-muscles",
    title="Weeks in bed: which trunk muscles shrank, and which grew",
    alt="A slice through the waist, coloured by how muscles changed in healthy men during 60 days in bed. Behind the "
    "spine, multifidus shrank fastest, and erector spinae and quadratus lumborum shrank too. Psoas, in front beside "
    "the spine, grew. The belly muscles kept their size or grew.",
    legend="Healthy volunteers lay for weeks with the head tilted slightly down and never got up. The muscles that "
    "hold you upright lost size, most of all multifidus low in the back; erector spinae lost most higher up. Psoas, "
    "which bends the hip, grew. Grey: not part of these results. Only the direction is shown. This is not what a day "
    "or two of rest does.",
    use="Ask before showing the colours: which muscles will shrink most, and will any grow?",
    size=(127, 94),
    claims=("C07", "C08"),
)
def bed_rest_muscles(page: Page) -> None:
    axes = page.anatomy(xlim=(-152, 152), ylim=(-98, 125), rect=(21.5, 19, 86, 64))
    _changed_slice(axes)
    for word, y in (("front", 136), ("back", -108)):
        page.note(axes, word, (0, y), align="center", colour=QUIET, italic=True)
    for muscle, words, at, text_at, align in (
        ("psoas", "Psoas", (46, 18), (104, 122), "left"),
        ("quadratus lumborum", "Quadratus\nlumborum", (-76, -22), (-146, -62), "right"),
        ("multifidus", "Multifidus, fastest:", (17, -57), (66, -122), "left"),
        ("erector spinae", "Erector spinae", (-67, -52), (-62, -122), "right"),
        ("belly muscles that bend the trunk", "Belly muscles", [(-40, 102), (-118, 58)], (-108, 124), "right"),
    ):
        colour = ORANGE if _IN_BED[muscle] == "smaller" else ACCENT
        page.label(axes, f"{words}\n{_IN_BED[muscle]}", at, text_at, align=align, colour=colour, accent=True)
    source(page, "Belavý 2011, 9 men, 60 days; belly: Hides 2011")


def _changed_slice(axes: Axes) -> None:
    """The slice of `trunk-cross-section`, coloured by what became of each muscle."""
    muscles._skin_and_belly(axes)
    shape(axes, muscles.across(muscles._SHEATH), LIGAMENT, LIGAMENT_LINE, width=0.5, part="rectus-sheath")
    belly, small, large = _FATE["kept or larger"], _FATE["smaller"], _FATE["larger"]
    for part, reach in muscles._SHEETS.items():
        tone = RULE if part == "transversus-abdominis" else belly  # it does not bend the trunk
        muscles._cut_muscle(axes, part, tone, muscles._sheet(*reach), corners=(0, 5))
    for part, tone, outline in (
        ("rectus-abdominis", belly, muscles._RECTUS), ("psoas", large, muscles._PSOAS),
        ("quadratus-lumborum", small, muscles._QUADRATUS), ("erector-spinae", small, muscles._LONGISSIMUS),
        ("erector-spinae", small, muscles._ILIOCOSTALIS), ("multifidus", WARM, muscles._MULTIFIDUS),
    ):
        for side in (outline, muscles.mirrored(outline)):
            shape(axes, side, tone, MUSCLE_LINE, width=THIN, part=part)
    vertebra_from_above(axes)
