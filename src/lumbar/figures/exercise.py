"""Exercise: calm drawings of back, belly, stretch and walk, each with a start and an end."""

from __future__ import annotations

from dataclasses import dataclass, replace


from lumbar.evidence.tables import table
from lumbar.figures.body import Figure, Pose
from lumbar.figures.furniture import floor, mat
from lumbar.figures.style import ACCENT, QUIET, SMALL, Page, Point, arrow, plate, source

ALL_FOURS = Pose(spine=(7, 5, 4, 12), head=52, leg=(269, 180, 178), arm=(265, 276, 2))
KNEES_UP = Pose(spine=(180, 181, 178, 178), head=178, leg=(52, -66, 0), arm=(-10, -6, 0))
PRONE = Pose(spine=(1, 3, 0, 0), head=6, leg=(181, 180, 185), arm=(184, -15, 0))


@dataclass(frozen=True)
class Move:
    """One exercise: its name, how to do it, and the body before and after; `rise` is how high the hip is at each."""

    name: str
    how: str
    start: Pose
    end: Pose
    x: tuple[float, float] = (0.0, 0.0)  # where the hip is in each
    span: Point = (-92, 92)  # what the picture shows across
    moves: tuple[tuple[Point, Point], ...] = ()  # arrows in the second picture


def _sheet(page: Page, moves: tuple[Move, ...], who: str, part: str) -> None:
    """One row for each exercise: name and how above, start on the left and end on the right; the doses below."""
    height = (page.height - 10) / len(moves)
    for i, move in enumerate(moves):
        bottom = page.height - 2 - (i + 1) * height
        page.panel((2.5, bottom + 0.8, page.width - 5, height - 1.6))
        page.heading(move.name, (5.5, bottom + height - 6.2), colour=ACCENT)
        page.note(page.ink, move.how, (5.5, bottom + height - 10.4), size=SMALL)
        _before_and_after(page, move, who, f"{part}-{i + 1}", (bottom + 2.2, height - 15.5))
    page.note(page.ink, sessions(), (page.width / 2, 4.6), align="center", colour=QUIET, size=SMALL)


def _before_and_after(page: Page, move: Move, who: str, part: str, rows: Point) -> None:
    for name, pose, x, left in zip(("start", "end"), (move.start, move.end), move.x, (4, 66.5), strict=True):
        low, high = move.span
        axes = page.anatomy(move.span, (-5, rows[1] * (high - low) / 56.5 - 5), (left, rows[0], 56.5, rows[1]))
        mat(axes, low + 2, high - 2)
        Figure.on_floor(who, pose, x).draw(axes, f"{part}-{name}", spine=True)
    arrow(page.ink, (61.4, rows[0] + 5), (65.6, rows[0] + 5), QUIET, width=0.9)
    for start, end in move.moves:
        arrow(axes, start, end, ACCENT, width=3.5)


def sessions() -> str:
    """How often people trained in the trials that prevented back pain."""
    row = table("quoted").where(source="shiri2018", what="sessions a week in most programmes")[0]
    return f"In most prevention trials: {row['low']:g} to {row['high']:g} sessions a week (Shiri 2018)"


@plate(
    "exercise-back",
    title="Three exercises for the back",
    alt="Three exercises, each before and after. Bridge: lying with knees up, then the hips lifted. Arm and leg: on "
    "hands and knees, then one arm and the opposite leg stretched out level with the trunk. Small lift: lying on the "
    "front, then the chest raised a little. The spine line stays long.",
    legend="Back muscles work in all three. Go as far as it feels all right, breathe, and come back slowly.",
    use="Do one of them together, and let each learner choose the height.",
    size=(127, 124),
    claims=("C02", "C03"),
)
def exercise_back(page: Page) -> None:
    bridge = Move(
        "Bridge", "Press your feet down and lift your hips. Lower them slowly.", KNEES_UP,
        Pose(spine=(204, 202, 192, 172), head=178, leg=(28, -82, 0), arm=(-12, -8, 0)), (6, 2),
        moves=(((-4, 50), (-4, 62)),),
    )
    reach = Move(
        "Arm and leg", "On hands and knees. Stretch one leg back, and the other side’s arm forward.", ALL_FOURS,
        Pose(
            spine=(7, 5, 4, 10), head=50, leg=(181, 180, 215), far_leg=(269, 180, 178), arm=(265, 276, 2),
            far_arm=(6, 4, 2),
        ),
        (-14, -4), span=(-112, 112),
    )
    lift = Move(
        "Small lift", "On your front, hands by your shoulders. Raise your chest a little, look down.", PRONE,
        Pose(spine=(2, 10, 22, 16), head=34, leg=(181, 180, 185), arm=(212, -8, 0)), (14, 14),
        span=(-92, 96),
    )
    _sheet(page, (bridge, reach, lift), "chidi", "back")


@plate(
    "exercise-belly",
    title="Three exercises for the belly",
    alt="Three exercises, each before and after. Leg slide: lying with knees up, then one leg slid out along the "
    "floor. Small curl: lying with knees up, hands on the thighs, then head and shoulders raised a little. Plank on "
    "the knees: lying on the front on the forearms, then the hips lifted until shoulders, hips and knees are in line.",
    legend="Belly muscles work in all three. Keep breathing. If you find that you hold your breath, do a smaller "
    "version.",
    use="Ask which of the three would suit somebody who cannot get down to the floor, and how to change it.",
    size=(127, 115),
    claims=("C01", "C02"),
)
def exercise_belly(page: Page) -> None:
    slide = Move(
        "Leg slide", "Slide one heel out until the leg is long, and back. Then the other.",
        replace(KNEES_UP, far_leg=(52, -66, 0)),
        replace(KNEES_UP, leg=(2, -7, 66), far_leg=(52, -66, 0)), (2, 2), span=(-92, 100),
    )
    curl = Move(
        "Small curl", "Hands on your thighs. Raise head and shoulders a little, and lie back.",
        replace(KNEES_UP, arm=(8, 24, 30)),
        Pose(spine=(180, 174, 156, 142), head=128, leg=(52, -66, 0), arm=(8, 24, 30)), (2, 2),
    )
    plank = Move(
        "Plank on your knees", "Lean on forearms and knees. Lift your hips until you are long.",
        Pose(spine=(8, 24, 32, 18), head=56, leg=(186, 179, 186), arm=(268, 0, 0)),
        Pose(spine=(15, 17, 16, 10), head=44, leg=(195, 177, 184), arm=(268, 0, 0)), (4, 4),
        span=(-100, 100),
    )
    _sheet(page, (slide, curl, plank), "hana", "belly")


@plate(
    "exercise-stretch",
    title="Three stretches",
    alt="Three stretches, each before and after. Knee to chest: lying with knees up, then one knee drawn to the chest "
    "with the hands. Cat: on hands and knees with a level back, then the back rounded upwards like a cat’s. Resting "
    "back: on hands and knees, then sitting back on the heels with the arms stretched out in front.",
    legend="Move until you feel a gentle pull, stay for a few breaths, come back. On its own, stretching has weaker "
    "support than the other kinds of exercise.",
    use="Do the cat sitting on a chair as well, for those who do not want to kneel.",
    size=(127, 131),
    claims=("C02",),
)
def exercise_stretch(page: Page) -> None:
    knee = Move(
        "Knee to chest", "Draw one knee towards you with both hands. Then the other.",
        replace(KNEES_UP, far_leg=(52, -66, 0)),
        Pose(
            spine=(176, 179, 178, 178), head=177, leg=(126, -14, 40), far_leg=(52, -66, 0), arm=(30, 46, -30),
            far_arm=(33, 48, -24),
        ),
        (2, 2),
    )
    cat = Move(
        "Cat", "On hands and knees. Round your back up like a cat, then let it sink level.", ALL_FOURS,
        Pose(spine=(48, 14, -32, -52), head=-48, leg=(270, 180, 178), arm=(259, 285, 2)), (-14, -14),
    )
    back = Move(
        "Resting back", "From hands and knees, sit back towards your heels. Arms stay long.", ALL_FOURS,
        Pose(spine=(24, 2, -14, -20), head=-10, leg=(332, 180, 178), arm=(-14, -7, 0)), (-14, -36),
    )
    _sheet(page, (knee, cat, back), "dora", "stretch")


WALKERS = (  # who, and how far along the step they are
    ("ivo", Pose(leg=(281, 268, 6), far_leg=(262, 240, -22), arm=(254, 268, 272), far_arm=(286, 302, 304))),
    ("esi", Pose(leg=(257, 236, -28), far_leg=(286, 266, 6), arm=(290, 312, 314), far_arm=(250, 266, 270))),
    ("finn", Pose(leg=(290, 272, 10), far_leg=(254, 226, -36), arm=(246, 264, 268), far_arm=(296, 320, 322))),
)


@plate(
    "exercise-walk",
    title="Walking, little by little",
    alt="Three people walk to the right: an older man, a woman, a young man. Under each an arrow shows how far they "
    "go, and each arrow is longer than the one before: begin with what is easy, add a little, and build up to the half "
    "hour on most days that people in a large trial aimed for.",
    legend="Begin with a walk that feels easy and make it longer step by step. The aim is the one of the WalkBack "
    "trial, in people who had just got over an episode; they had a few sessions of guidance. The arrows show the idea, "
    "not minutes. No trial shows that one dose is the right one.",
    use="Let each learner name a walk that is easy today, and what a little more would be.",
    size=(127, 80),
    claims=("C03",),
)
def exercise_walk(page: Page) -> None:
    axes = page.anatomy((-8, 402), (-54, 172), (3, 7, 121, 70))
    floor(axes, 0, 394)
    words = ("Begin with\nwhat is easy", "Add a little,\nagain and again", _walking_aim())
    for (who, pose), x, length, note in zip(WALKERS, (48, 170, 300), (48, 84, 128), words, strict=True):
        Figure.on_floor(who, pose, x, shoes="#5A5F66").draw(axes, who)
        arrow(axes, (x - 34, -14), (x - 34 + length, -14), ACCENT, width=5)
        page.note(axes, note, (x - 34 + length / 2, -27), align="center", valign="top", bold=note == words[-1])
    source(page, "The aim of the WalkBack trial: Pocovi 2024, n = 701")


def _walking_aim() -> str:
    """What the walking trial aimed for."""
    rows = {row["what"]: row["value"] for row in table("quoted").where(source="pocovi2024")}
    minutes, days = rows["walking to build up to"], rows["days a week of walking to build up to"]
    return f"Build up to {minutes:g} minutes,\n{days:g} days a week"
