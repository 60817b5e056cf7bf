"""Questions as slides on which a class votes by cards or hands, each with its answer on the slide that follows.

What is on offer stands in the order of the paper quizzes, so that a letter means the same on a handout.
"""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from math import ceil

from lumbar.quiz.items import Choice, Item, Label, Match, Number, Order, Quiz
from lumbar.quiz.paper import LETTER_EACH, LETTERS, laid_out, sides
from lumbar.quiz.texts import html, inline
from lumbar.slides.prose import bare, sentences
from lumbar.slides.slide import Slide, image, kicker, listed

ONE = "Choose one. Show its card, all at once."
EACH = "One letter after the other: hands up if it is right."
ORDER = "What comes first? Show its card. Then the second, and so on."
LETTER = "For each number, show the card of a letter. {}"
RANGE = "Write your number down. Then show the card of its range."
NOW = (
    "<p><b>Vote:</b> let everybody decide alone, then show it at once. Say nothing about what is right. "
    "If the class is split, let them talk in pairs, and vote again. The answer is on the next slide.</p>"
    "<p><b>No cards?</b> Fingers do: one for A, two for B.</p>"
)
LATER = (
    "<p><b>Vote:</b> let everybody decide alone, then show it at once. Write the counts on the board. "
    "Do not say what is right.</p>"
)
COMES_LATER = "The answer comes later."
AGAIN = "You meet these questions again in “Check yourself”. Then you get the answers."
AFTER = "What is right comes later in the course. Lesson 13 asks about the same things again, with its answers."


def quiz_slides(quiz: Quiz) -> Iterator[Slide]:
    """The slides of that quiz; where its feedback comes later, a sentence says so and no slide gives an answer."""
    for i, item in enumerate(quiz.items, 1):
        place = kicker(escape(quiz.title), f"question {i} of {len(quiz.items)}")
        yield _question(item, place, quiz)
        if quiz.feedback == "now":
            yield _answer(item, place)
    if quiz.feedback == "later":
        told = AGAIN if quiz.name.endswith("-think") else AFTER
        text = f'<h2>No answers yet</h2><div class="text" data-fit="38"><p>{told}</p></div>'
        yield Slide(f"{quiz.name}-later", "text", kicker(escape(quiz.title)) + text)


def _question(item: Item, place: str, quiz: Quiz) -> Slide:
    kind = KINDS[item.kind]
    how = kind.how + (f" {COMES_LATER}" if quiz.feedback == "later" else "")
    body = f'{place}<div class="ask">{html(item.ask)}</div>{kind.room(item)}<p class="how">{how}</p>'
    sized = f'<div class="vote" data-fit="34">{body}</div>'
    notes = LATER if quiz.feedback == "later" else NOW
    return Slide(f"{quiz.name}-{item.id}", f"question {item.kind}", _beside_plate(item, sized), notes)


def _answer(item: Item, place: str) -> Slide:
    why = f'<div class="why"><b class="reason">Why</b> {html(item.why)}</div>'
    body = f'{place}<div class="ask">{_short(item)}</div>{KINDS[item.kind].told(item)}{why}'
    sized = f'<div class="vote" data-fit="34">{body}</div>'
    return Slide(f"answer-{item.id}", f"answer {item.kind}", _beside_plate(item, sized, copy=True), _behind(item))


def _short(item: Item) -> str:
    """What is asked, without the case that leads to it."""
    ask = html(item.ask)
    asked = [sentence for sentence in sentences(ask) if bare(sentence).endswith("?")] if "<p>" not in ask else []
    return asked[-1] if asked else ask


def _behind(item: Item) -> str:
    """For the presenter: what each answer tells of an idea, and where the facts come from."""
    from lumbar.evidence.references import references

    sources = "; ".join(escape(references()[key].short) for key in item.sources)
    return listed(KINDS[item.kind].behind(item)) + (f"<p>Sources: {sources}</p>" if sources else "")


def _beside_plate(item: Item, body: str, copy: bool = False) -> str:
    if not isinstance(item, Label):
        return body
    svg, name = _numbered(item), f"plate-{item.id}"
    address = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    where = "; ".join(f"{i}, {bare(inline(spot.where))}" for i, spot in enumerate(item.parts, 1))
    alt = escape(f"A picture with numbered parts: {where}.")
    return f'<div class="plate" data-plate="{name}">{image(svg, address, alt, name if copy else "")}</div>{body}'


def _numbered(item: Label) -> str:
    from lumbar.figures import numbered

    return numbered(item.plate, tuple(spot.part for spot in item.parts))


# --- The six kinds ---------------------------------------------------------------------------------------------------


def _card(letter: str) -> str:
    return f'<b class="card">{letter}</b>'


def _cards(item: Item) -> str:
    return _rows(f"{_card(letter)}<span>{inline(text)}</span>" for letter, text in zip(LETTERS, laid_out(item)))


def _rows(rows: Iterator[str], name: str = "cards") -> str:
    return f'<ul class="{name}">{"".join(row if row.startswith("<li") else f"<li>{row}</li>" for row in rows)}</ul>'


def _lettered(item: Item, text: str) -> str:
    return f"{_card(LETTERS[laid_out(item).index(text)])}<span>{inline(text)}</span>"


def _mark(right: bool) -> str:
    return '<b class="mark">✓ Right</b>' if right else '<b class="mark">✕ Not right</b>'


def _marked(item: Choice) -> str:
    right = {option.text for option in item.options if option.right}
    signs = {text: _mark(text in right) if text in right or item.kind == "several" else "" for text in laid_out(item)}
    return _rows(
        f'<li class="{"right" if text in right else "wrong"}">{_lettered(item, text)}{signs[text]}</li>'
        for text in laid_out(item)
    )


def _feedbacks(item: Choice) -> list[str]:
    told = {option.text: option.feedback for option in item.options}
    return [f"<b>{letter}</b> {html(told[text])}" for letter, text in zip(LETTERS, laid_out(item))]


def _in_order(item: Order) -> str:
    rows = (
        f'<li class="right"><b class="mark">{i}.</b>{_lettered(item, part.text)}</li>'
        for i, part in enumerate(item.parts, 1)
    )
    return f'<p class="said"><b class="mark">✓ The right order</b></p>{_rows(rows)}'


def _two_sides(item: Match) -> str:
    left = (f'<b class="place">{i}</b><span>{inline(side)}</span>' for i, (side, _) in enumerate(sides(item), 1))
    return f'<div class="sides">{_rows(left, "numbers")}{_cards(item)}</div>'


def _pairs(item: Match | Label) -> str:
    left = [f"<span>{inline(side)}</span>" if isinstance(item, Match) else "" for side, _ in sides(item)]
    rows = (
        f'<li class="right"><b class="place">{i}</b>{said}<b class="mark">✓</b>{_lettered(item, name)}</li>'
        for i, (said, (_, name)) in enumerate(zip(left, sides(item)), 1)
    )
    return f'<p class="said"><b class="mark">✓ What belongs together</b></p>{_rows(rows, "pairs")}'


def _ranges(item: Number) -> list[tuple[float, float]]:
    """The scale in three to five ranges, so that what counts as close lies within one of them where that can be."""
    low, high = item.answer - item.tolerance, item.answer + item.tolerance
    tried = [_cut(item, count) for count in (4, 5, 3)]
    fitting = (cut for cut in tried if any(a <= low and high <= b for a, b in cut))
    return next(fitting, tried[0])


def _cut(item: Number, count: int) -> list[tuple[float, float]]:
    steps = round((item.max - item.min) / item.step) + 1
    count = min(count, steps)
    starts = [ceil(steps * i / count) for i in range(count)] + [steps]
    return [(item.min + a * item.step, item.min + (b - 1) * item.step) for a, b in zip(starts, starts[1:])]


def _number_cards(item: Number) -> str:
    rows = (f"{_card(letter)}<span>{_span(*ends)}</span>" for letter, ends in zip(LETTERS, _ranges(item)))
    return f'{_rows(rows)}<p class="unit">{inline(item.unit)}</p>'


def _span(low: float, high: float) -> str:
    return f"{low:g} to {high:g}" if low < high else f"{low:g}"


def _number_told(item: Number) -> str:
    cut = _ranges(item)
    hit = max((i for i, (low, _) in enumerate(cut) if low <= item.answer), default=0)
    rows = (
        f'<li class="{"right" if i == hit else "wrong"}">{_card(LETTERS[i])}<span>{_span(*ends)}</span>'
        f"{_mark(True) if i == hit else ''}</li>"
        for i, ends in enumerate(cut)
    )
    low, high = max(item.min, item.answer - item.tolerance), min(item.max, item.answer + item.tolerance)
    close = f" From {low:g} to {high:g} is close enough." if low < high else ""
    return f'{_rows(rows)}<p class="said"><b class="mark">✓ {item.answer:g}</b> {inline(item.unit)}.{close}</p>'


@dataclass(frozen=True)
class Kind:
    """A kind of question in class: how to vote, what is on offer, the answer, and what the presenter may add."""

    how: str
    room: Callable[[Item], str]
    told: Callable[[Item], str]
    behind: Callable[[Item], list[str]]


def _of_parts(item: Order | Match | Label) -> list[str]:
    if isinstance(item, Order):
        return [f"<b>{inline(part.text)}</b> {html(part.feedback)}" for part in item.parts]
    told = item.pairs if isinstance(item, Match) else item.parts
    return [f"<b>{inline(side)}</b> {html(part.feedback)}" for (side, _), part in zip(sides(item), told)]


def _of_number(item: Number) -> list[str]:
    told = item.feedback
    return [f"<b>Too low:</b> {html(told.low)}", f"<b>Too high:</b> {html(told.high)}"]


KINDS = {
    "one": Kind(ONE, _cards, _marked, _feedbacks),
    "several": Kind(EACH, _cards, _marked, _feedbacks),
    "order": Kind(ORDER, _cards, _in_order, _of_parts),
    "match": Kind(LETTER.format(LETTER_EACH), _two_sides, _pairs, _of_parts),
    "label": Kind(LETTER.format(LETTER_EACH), _cards, _pairs, _of_parts),
    "number": Kind(RANGE, _number_cards, _number_told, _of_number),
}
