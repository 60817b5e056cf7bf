"""Charts of care: benefits and harms in people, guidelines, deciding together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes

from lumbar.figures import icons, signs
from lumbar.figures.people import PEOPLE_QUIET
from lumbar.figures.reflex import badge
from lumbar.figures.style import (
    ACCENT, ACCENT_WASH, GREEN, INK, ORANGE, PAPER, PURPLE, QUIET, SMALL, WARM, WARM_LINE, WASH, Page, plate, shape,
    stroke,
)

# --- Deciding together -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Talk:
    """One of the three steps of a shared choice: its name, what to ask, its picture in a field of 30 × 26."""

    name: str
    ask: tuple[str, ...]
    picture: Callable[[Axes], None]


def _fork(axes: Axes) -> None:
    """Two people at a signpost."""
    icons.person(axes, (6, 11), 17, ACCENT, 1)
    icons.person(axes, (25, 11), 17, PURPLE)
    icons.box(axes, (15.5, 10.5), 1.3, 18, QUIET)
    for y, side in ((21, 1), (16.4, -1)):
        arm = [(15.5 + side * x, y + rise) for x, rise in ((-4, 1.7), (4, 1.7), (6, 0), (4, -1.7), (-4, -1.7))]
        shape(axes, arm, ACCENT_WASH, ACCENT, corners=range(5))


def _compared(axes: Axes) -> None:
    """Two options side by side, with those who gain and those who are harmed."""
    for left, helped, harmed, tone in ((0.6, 5, 2, ACCENT), (15.8, 3, 0, PURPLE)):
        icons.box(axes, (left + 6.8, 13), 13.4, 24, WASH, tone)
        colours = [GREEN] * helped + [PEOPLE_QUIET] * (9 - helped - harmed) + [ORANGE] * harmed
        icons.rows_of_people(axes, colours, left + 0.9, 23, 4.0, 3)


def _heart(axes: Axes) -> None:
    """What matters to you, and a day to look again."""
    half = [(8, 16.2), (9.4, 18.9), (12.4, 19.3), (14.4, 16.6), (12.8, 12), (8, 7.2)]
    shape(axes, [*half, *((16 - x, y) for x, y in half[1:-1][::-1])], WARM, WARM_LINE, corners=(0, 5))
    icons.box(axes, (22.6, 12.2), 11, 11, PAPER, ACCENT)
    icons.box(axes, (22.6, 16.4), 11, 2.6, ACCENT)
    for x in (19.8, 25.4):
        stroke(axes, [(x, 19.4), (x, 16.8)], INK, width=1.4)
    stroke(axes, [(19.8, 11), (21.8, 8.8), (25.6, 13.4)], GREEN, width=2.2, corners=(1,))


TALKS = (
    Talk("See that there is a choice", ("Which ways are there for me?", "Can it wait? For how long?"), _fork),
    Talk(
        "Compare the ways",
        ("Of 100 people like me, how many", "does it help? How many does it harm?", "And if I do nothing for now?"),
        _compared,
    ),
    Talk("Choose, and look again", ("What matters most to me?", "When do we see whether it worked?"), _heart),
)


@plate(
    "deciding-together",
    title="Deciding together, in three steps",
    alt="First, a strip: any warning sign means help first. Then three steps with questions to ask. One, see that "
    "there is a choice: which ways are there, and can it wait? Two, compare the ways: of 100 people like me, how many "
    "does it help, how many does it harm, and what if I do nothing? Three, choose and look again: what matters to me, "
    "and when do we check?",
    legend="You know what matters to you; the one who treats you knows what was found in others. A good choice needs "
    "both.",
    use="In pairs, one plays the patient with these questions, one the professional; then swap.",
    size=(127, 140),
    claims=("C11", "C12"),
)
def deciding_together(page: Page) -> None:
    page.panel((4, 119, page.width - 8, 17), ORANGE)
    signs.telephone(page.anatomy((-6, 6), (-6, 6), (8, 121.5, 12, 12)))
    page.note(page.ink, "First: any warning sign?", (24, 130.4), colour=PAPER, size=10.5, bold=True)
    page.note(page.ink, "Look first at “When to get help now”.", (24, 124.6), colour=PAPER, size=9.5)
    for i, talk in enumerate(TALKS):
        _talk(page, i + 1, talk, 115.5 - 38 * i)


def _talk(page: Page, number: int, talk: Talk, top: float) -> None:
    page.panel((4, top - 35.5, page.width - 8, 35.5))
    page.panel((7, top - 32.5, 36, 29.5), PAPER)
    talk.picture(page.anatomy((0, 30), (0, 26), (9, top - 31, 32, 26.5)))
    badge(page, number, (49, top - 7))
    page.note(page.ink, talk.name, (53, top - 7), size=10.5, bold=True)
    page.note(page.ink, "Ask:", (47, top - 14), colour=QUIET, size=SMALL)
    page.note(page.ink, "\n".join(talk.ask), (47, top - 17.4), valign="top", size=9.5)
