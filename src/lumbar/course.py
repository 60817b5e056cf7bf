"""The syllabus: the lessons in order, what a learner can do after each, and the claims that it teaches."""

from dataclasses import dataclass
from pathlib import Path

from lumbar.errors import unknown


@dataclass(frozen=True)
class Lesson:
    """One lesson. `objectives` maps an objective's id ("08.2") to what the learner can do afterwards."""

    number: str
    name: str
    title: str
    minutes: int
    claims: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The lesson's file name without its ending, such as "08-from-tension-to-joints"."""
        return f"{self.number}-{self.name}"

    @property
    def objective_ids(self) -> tuple[str, ...]:
        """ "08.1", "08.2", … in the order of `objectives`."""
        return tuple(f"{self.number}.{i}" for i in range(1, len(self.objectives) + 1))


LESSONS = (
    Lesson(
        "00", "start-here", "Start here", 30,
        objectives=(
            "know when back pain needs help today",
            "say what the document claims, in one breath",
            "find your way around a lesson, and read a verdict",
        ),
    ),
    Lesson(
        "01", "your-lower-back", "Your lower back", 35,
        objectives=(
            "name the parts of the lower back on a diagram",
            "say what discs, facet joints, muscles and nerves each do",
            "explain how the parts share load when you stand, bend and lift",
            "tell apart an age change from a disease",
        ),
    ),
    Lesson("02", "weighing-a-claim", "How to weigh a claim", 30),
    Lesson("03", "rest-or-stay-active", "Rest or stay active?", 35, ("C04", "C05", "C06", "C07", "C08")),
    Lesson("04", "resting-positions", "Resting well", 20, ("C09", "C10")),
    Lesson("05", "strong-muscles", "Stronger muscles, fewer episodes?", 35, ("C01", "C02", "C03")),
    Lesson("06", "why-muscles-stay-tight", "Why muscles stay tight", 35, ("C13",)),
    Lesson("07", "habits-and-pain", "Habits and pain", 35, ("C14",)),
    Lesson(
        "08", "from-tension-to-joints", "From tension to the joints", 40, ("C15", "C16", "C17"),
        objectives=(
            "explain how muscle force adds to the squeeze on a spinal joint",
            "say why “squeezed together” is not the same as “the facet joints rub”",
            "read what scans and numbing injections can and cannot show about facet joints",
            "tell the two meanings of “subluxation” apart, and say what was found when each was tested",
            "grade each of the three claims, with your reasons",
        ),
    ),
    Lesson("09", "from-tension-to-discs", "From tension to the discs", 40, ("C18", "C19")),
    Lesson("10", "nerves-rupture-fusion", "Nerves, rupture, fusion", 40, ("C20", "C21", "C22")),
    Lesson("11", "the-whole-chain", "The whole chain, link by link", 40, ("C23",)),
    Lesson("12", "choosing-care", "Choosing care", 35, ("C11", "C12")),
    Lesson("13", "final-quiz", "Final quiz and your plan", 40),
)


def lesson(number: str) -> Lesson:
    """The lesson of that number ("08"); `UnknownName` where there is none."""
    for entry in LESSONS:
        if entry.number == number:
            return entry
    raise unknown("lesson", number, (entry.number for entry in LESSONS))


def folder(name: str) -> Path:
    """The folder `lessons`, `notebooks` or `figures` of this copy of the course: in the checkout, else in the wheel."""
    package = Path(__file__).parent
    checkout = package.parent.parent / name
    return checkout if (checkout.parent / "pyproject.toml").exists() else package / name
