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
    Lesson(
        "02", "weighing-a-claim", "How to weigh a claim", 30,
        objectives=(
            "tell a fair test from a story",
            "say why most people feel better after a while, whatever they did",
            "explain why people who come at their worst tend to be better the next time",
            "say what a verdict and its certainty mean, and what would change them",
        ),
    ),
    Lesson(
        "03", "rest-or-stay-active", "Rest or stay active?", 35, ("C04", "C05", "C06", "C07", "C08"),
        objectives=(
            "say what trials found when people rested in bed, and when they kept going",
            "say for whom staying active made a difference, and how big it was",
            "name what weeks in bed do to muscles, joints and bones, and what they do not do",
            "plan a bad day: how much to rest, and how to get going again",
        ),
    ),
    Lesson(
        "04", "resting-positions", "Resting well", 20, ("C09", "C10"),
        objectives=(
            "show how to lie in both of the document's positions",
            "read two sets of disc pressures that disagree",
            "say what “untested” means for a piece of advice, and what you may still do with it",
        ),
    ),
    Lesson(
        "05", "strong-muscles", "Stronger muscles, fewer episodes?", 35, ("C01", "C02", "C03"),
        objectives=(
            "say by how much exercise lowers the chance of another episode, in people out of 100",
            "turn a relative risk into people, and say which of the two a headline gave you",
            "compare core training with other exercise",
            "say why a stronger back and less pain are two different things",
        ),
    ),
    Lesson(
        "06", "why-muscles-stay-tight", "Why muscles stay tight", 35, ("C13",),
        objectives=(
            "follow a stretch reflex around its arc, and say what the brain can turn up or down",
            "name three things that “tight” can mean, and how each is checked",
            "say what a reflex alone can and cannot do to a muscle",
            "grade the claim of a “trained postural reflex”, with your reasons",
        ),
    ),
    Lesson(
        "07", "habits-and-pain", "Habits and pain", 35, ("C14",),
        objectives=(
            "explain how a body learns to brace, and why bracing can hide that it is no longer needed",
            "read the arrow between tension and pain in both directions",
            "say what trials of lessons in movement, relaxation and talking about pain found",
            "say why a treatment that works does not prove its theory",
        ),
    ),
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
    Lesson(
        "09", "from-tension-to-discs", "From tension to the discs", 40, ("C18", "C19"),
        objectives=(
            "say what load does to a disc in a day, and what is known about years",
            "read a scan report with your age in mind",
            "name what makes discs age, and how much each counts",
            "tell a bulge, a protrusion, an extrusion and a loose piece apart",
        ),
    ),
    Lesson(
        "10", "nerves-rupture-fusion", "Nerves, rupture, fusion", 40, ("C20", "C21", "C22"),
        objectives=(
            "say what squeezes a nerve root, and what else makes it hurt",
            "say which disc changes tend to shrink by themselves",
            "compare surgery and waiting for sciatica, early and after a year",
            "say what “fusion” is and is not",
            "say how much a finding on a scan tells you about the cause of a pain",
        ),
    ),
    Lesson(
        "11", "the-whole-chain", "The whole chain, link by link", 40, ("C23",),
        objectives=(
            "put the chain together and give its best case",
            "work out what is left of a chain when each link is unsure",
            "name causes of back pain that do not pass through tight muscles",
            "say what any chain must fit before you believe it",
        ),
    ),
    Lesson(
        "12", "choosing-care", "Choosing care", 35, ("C11", "C12"),
        objectives=(
            "compare treatments by what they do in people out of 100, good and bad",
            "say where guidelines agree and where they do not",
            "decide together with someone who treats you, and know which questions to ask",
            "know when a choice can wait and when help is needed today",
        ),
    ),
    Lesson(
        "13", "final-quiz", "Final quiz and your plan", 40,
        objectives=(
            "see what has changed in what you know, and in how well you judge what you know",
            "know what to review, and when",
            "write a plan for your back on one page",
        ),
    ),
)

GLOSSARY = "glossary"
"""The page beside the lessons that explains every term: its file name without its ending."""

GUIDE = "teachers-guide"
"""The page beside the lessons that helps to teach them."""

ASIDE = (GLOSSARY, GUIDE)
"""The pages of the course that are no lessons: nobody is asked to get through them."""


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
