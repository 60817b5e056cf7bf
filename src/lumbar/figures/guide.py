"""Plates that show the way: when to get help, what lies ahead, and how to read a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lumbar.course import LESSONS
from lumbar.evidence.tables import table
from lumbar.figures import signs
from lumbar.figures.charts import title
from lumbar.figures.people import PEOPLE_QUIET, crowd
from lumbar.figures.style import (
    ACCENT, BONE, BONE_LINE, DISC, DISC_LINE, GREEN, HEADING, INK, OCHRE, ORANGE, PAPER, PURPLE, QUIET, SMALL,
    VERDICT, WASH, Page, Point, plate, shape, source,
)

LEADING = 3.9  # mm from one line of text to the next

# --- When to get help now --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One of the three answers to "does it need help?": how soon, what to do, and the signs that call for it."""

    soon: str
    action: str
    colour: str
    icon: Callable[[Axes], None]
    signs: Sequence[str]


STEPS = (
    Step(
        "Now", "Go to an emergency department, or\ncall your local emergency number", ORANGE, signs.telephone,
        (
            "Newly cannot pass, start, hold or feel your water, or leak water or stools",
            "Numb skin between the legs, around the bottom or the sex organs",
            "A leg that gets weaker, or both legs weak",
            "New pain down both legs, or sex organs that no longer feel or work as they did",
            "A bad fall, a car crash or another hard blow",
            "Sudden strong pain in the belly or back, and you feel faint or collapse",
        ),
    ),
    Step(
        "Today", "Ask for help the same day", OCHRE, signs.clock,
        (
            "Fever or shivering, above all if your body fights germs poorly, you inject drugs, or you have just had "
            "an infection or something done to your spine",
            "A bruise or graze over the spine",
            "Even a small fall, if you are over 70, have weak bones or take steroid tablets",
        ),
    ),
    Step(
        "This week", "Book a visit", ACCENT, signs.calendar,
        (
            "Cancer now or in the past, or losing weight and you do not know why",
            "Over 70, bones known to be weak, or steroid tablets taken for a long time",
            "Pain that wakes you every night, or no better after a month",
        ),
    ),
)


@plate(
    "get-help-now",
    title="When to get help now",
    alt="Back or leg pain and one of these? Emergency now: cannot pass or feel water, leaking "
    "water or stools, numb between legs or in sex organs, weak leg, pain down both legs, hard blow, "
    "sudden pain and faintness. Today: fever; bruised spine; small fall if over 70, weak bones or steroids. This "
    "week: past cancer, weight loss, over 70, weak bones, steroids, woken every night, no better in a month.",
    legend="One sign is enough to ask. It is a reason to be seen, not proof of something dangerous. The "
    "course cannot examine you: if you are unsure, ask someone who can.",
    use="Print it for the door of the room; read it aloud at the start of the first meeting.",
    size=(127, 163),
)
def get_help_now(page: Page) -> None:
    top = page.height - 5.5
    title(page, "Back or leg pain, and one of these?")
    top -= 7
    for step in STEPS:
        top = _draw_step(page, step, top) - 2.5
    words = "One sign is enough. You need not have the others.\nNot on the list, but worried? Ask anyway."
    page.note(page.ink, words, (5, top - 3.8))


def _draw_step(page: Page, step: Step, top: float) -> float:
    """One card, hung from `top` (mm); gives back its bottom."""
    signs = [wrap(sign, 50) for sign in step.signs]
    heads = step.action.count("\n") + 1
    height = 4.6 + heads * 4.6 + sum(len(lines) * LEADING + 0.9 for lines in signs) + 1.2
    page.panel((4, top - height, page.width - 8, height), WASH)
    page.panel((4, top - height, 20, height), step.colour)
    step.icon(page.anatomy((-6, 6), (-6, 6), (8, top - height / 2 - 2, 12, 12)))
    soon_at = (14, top - height / 2 - 6)
    page.note(page.ink, step.soon, soon_at, align="center", colour=PAPER, size=9.5, bold=True)
    page.heading(step.action.split("\n")[0], (27, top - 6), size=10)
    if heads == 2:
        page.heading(step.action.split("\n")[1], (27, top - 10.6), size=10)
    _bullets(page, signs, (27, top - 5.2 - heads * 4.6))
    return top - height


def _bullets(page: Page, items: Sequence[Sequence[str]], at: Point) -> None:
    x, y = at
    for lines in items:
        shape(page.ink, Path.circle((x + 0.8, y - 1.3), 0.6), QUIET)
        for line in lines:
            page.note(page.ink, line, (x + 3, y - 1.3))
            y -= LEADING
        y -= 0.9


# --- The verdict scale -----------------------------------------------------------------------------------------------

MEANINGS = {
    "supported": "Fair tests point this way.",
    "partly supported": "Some of it holds, or it holds for some people.",
    "contested": "Good studies point different ways.",
    "untested": "Nobody has put it to a fair test.",
    "contradicted": "Fair tests point the other way.",
}
CERTAINTIES = {
    "high": "New studies will hardly change this.",
    "moderate": "New studies might change this.",
    "low": "New studies may well change this.",
    "very low": "We can hardly tell yet.",
}


@plate(
    "verdict-scale",
    title="Five verdicts, four grades of certainty",
    alt="Verdicts. "
    + " ".join(f"{word.capitalize()}: {meaning[0].lower()}{meaning[1:]}" for word, meaning in MEANINGS.items())
    + " Certainty, from four bars to one: high, moderate, low, very low. The lower it is, the more a new study may "
    "change the verdict.",
    legend="A verdict says how a claim has fared in tests so far. It says nothing about the people who hold it, or "
    "whether pain is real.",
    use="Give each person a headline and ask for a verdict and a certainty before anyone explains theirs.",
    size=(127, 121),
)
def verdict_scale(page: Page) -> None:
    title(page, "The verdict: what the tests say")
    for row, (word, meaning) in enumerate(MEANINGS.items()):
        y = page.height - 18 - row * 11.8
        page.panel((4, y - 5.3, page.width - 8, 10.6))
        signs.verdict_mark(page.ink, word, (11, y), 3.2)
        page.note(page.ink, word, (18, y + 2.2), colour=VERDICT[word], bold=True, size=11)
        page.note(page.ink, meaning, (18, y - 2.4), size=9.5)
    page.heading("The certainty: how sure anyone can be", (5, 39), size=11.5)
    for row, (word, meaning) in enumerate(CERTAINTIES.items()):
        y = 32.3 - row * 7.6
        signs.certainty_bars(page.ink, (7, y - 2.2), 4 - row)
        page.note(page.ink, word, (18, y), bold=True, size=9.5)
        page.note(page.ink, meaning, (41, y), size=9.5)


# --- The course map --------------------------------------------------------------------------------------------------

STAGES = (
    ("Before you start", 3, GREEN), ("Everyday choices", 3, ACCENT), ("The chain, link by link", 6, ORANGE),
    ("Your own way", 2, PURPLE),
)
STOP, GAP = 9.3, 1.2  # mm from one bone to the next, and between two stages
BODY = ((-6.4, 3.1), (0, 2.7), (6.4, 3.1), (5.7, 0), (6.4, -3.1), (0, -2.7), (-6.4, -3.1), (-5.7, 0))


@plate(
    "course-map",
    title="The way through the course",
    alt=f"{len(LESSONS)} lessons drawn as the bones of a spine, from top to bottom: "
    + "; ".join(lesson.title.rstrip("?") for lesson in LESSONS) + ".",
    legend="Each numbered bone is a lesson. Take them in order, or start with what you need most.",
    use="Let people mark where they want to end up, and which lesson worries them most.",
    size=(127, 180),
)
def course_map(page: Page) -> None:
    top, stops = page.height - 4.5, []
    for name, count, colour in STAGES:
        depth = (count + 1) * STOP
        page.panel((4, top - depth, page.width - 8, depth))
        stops += [_Stop(name, "", colour, top - STOP / 2)]
        for i, lesson in enumerate(LESSONS[_numbered(stops) :][:count]):
            height = top - (i + 1.5) * STOP
            stops.append(_Stop(lesson.title, lesson.number, "", height, f"{lesson.minutes} min"))
        top -= depth + GAP
    _spine(page, stops)
    for stop, x in zip(stops, _sway(page, [stop.height for stop in stops]), strict=True):
        _name(page, stop, x)


@dataclass(frozen=True)
class _Stop:
    """A bone of the map: a lesson, or with a `colour` of its own the head of a stage."""

    words: str
    number: str
    colour: str
    height: float
    remark: str = ""


def _numbered(stops: Sequence[_Stop]) -> int:
    return sum(1 for stop in stops if stop.number)


def _sway(page: Page, heights: Sequence[float]) -> np.ndarray:
    """Where the spine stands at each height, mm: the double curve of a back seen from the side."""
    return 20 + 7.0 * np.sin((page.height - np.asarray(heights)) / page.height * 2.2 * np.pi)


def _spine(page: Page, stops: Sequence[_Stop]) -> None:
    heights = np.array([stop.height for stop in stops])
    middles = (heights[1:] + heights[:-1]) / 2
    for y, x, gap in zip(middles, _sway(page, middles), -np.diff(heights), strict=True):
        disc = Affine2D().scale(5.7, gap / 2 - 2.75).translate(x, y)
        shape(page.ink, Path.unit_circle().transformed(disc), DISC, DISC_LINE)
    for stop, x in zip(stops, _sway(page, heights), strict=True):
        shape(page.ink, np.array(BODY) + (x, stop.height), stop.colour or BONE, BONE_LINE, corners=(0, 2, 4, 6))


def _name(page: Page, stop: _Stop, x: float) -> None:
    if stop.colour:
        page.note(page.ink, stop.words, (39, stop.height), colour=stop.colour, size=HEADING, bold=True)
        return
    page.note(page.ink, stop.number, (x, stop.height), align="center", bold=True, size=9.5)
    page.note(page.ink, stop.words, (39, stop.height), size=9.5)
    page.note(page.ink, stop.remark, (page.width - 7, stop.height), align="right", colour=QUIET, size=SMALL)


# --- Serious causes --------------------------------------------------------------------------------------------------


def _henschke() -> dict[str, dict]:
    return {row["what"]: row for row in table("serious-causes").rows}


SEEN, SIGNED, SERIOUS, BROKEN = (
    _henschke()[what] for what in ("people seen", "at least one warning sign", "any serious cause", "fracture")
)


@plate(
    "serious-causes",
    title="How often is new back pain something serious?",
    alt=f"Of {SEEN['people']:,.0f} people who went to a doctor with new back pain, {SIGNED['people']:.0f} (about "
    f"{SIGNED['per_1000'] / 10:.0f} of 100) had at least one warning sign, and {SERIOUS['people']:.0f} (about "
    f"{SERIOUS['per_1000'] / 10:.0f} of 100) had something serious. Of these {SERIOUS['people']:.0f}, "
    f"{BROKEN['people']:.0f} had a broken bone in the spine. Two pictures of 100 people show both.",
    legend="A warning sign is a reason to be seen. Most people who have one turn out to have nothing dangerous.",
    use="Ask for a guess first: of 100 people with new back pain at the doctor, how many have something serious?",
    size=(127, 122),
    claims=("C23",),
)
def serious_causes(page: Page) -> None:
    title(page, "100 people see a doctor for new back pain")
    signed, serious = round(SIGNED["per_1000"] / 10), round(SERIOUS["per_1000"] / 10)
    _hundred(page, f"{signed} have at least one warning sign", signed, OCHRE, page.height - 17)
    _hundred(page, f"About {serious} has something serious", serious, ORANGE, page.height - 57.5)
    _causes(page)
    source(page, f"Henschke 2009, n = {SEEN['people']:,.0f}")


def _hundred(page: Page, words: str, count: int, colour: str, top: float) -> None:
    page.note(page.ink, words, (6, top), colour=colour, size=HEADING, bold=True)
    crowd(page, [colour] * count + [PEOPLE_QUIET] * (100 - count), (6, top - 34, page.width - 12, 31), columns=25)


def _causes(page: Page) -> None:
    """What the few had."""
    causes = [row for row in table("serious-causes").where(kind="cause") if row["people"]]
    words = f"Of {SEEN['people']:,.0f} people in the study, {SERIOUS['people']:.0f} had something serious:"
    page.note(page.ink, words, (6, 22.5), bold=True)
    left = 6.0
    for row, colour in zip(causes, (ORANGE, PURPLE, ACCENT), strict=True):
        count = int(row["people"])
        crowd(page, [colour] * count, (left, 10, 5.2 * count, 8.5), columns=count)
        left += 5.2 * count
        page.note(page.ink, f"{count} {_PLAIN[row['what']]}", (left + 1, 14), colour=colour, size=SMALL)
        left += 22


_PLAIN = {
    "fracture": "broken\nbone",
    "inflammatory arthritis": "inflamed\njoints",
    "cauda equina syndrome": "pressed\nnerves",
}
