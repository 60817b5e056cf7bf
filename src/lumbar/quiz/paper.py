"""A quiz on paper: its questions with room to answer, and the key to them.

It is what people read with scripts off, what is printed as a handout, and what a test on paper is made of.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from lumbar.quiz.items import Choice, Item, Label, Match, Number, Order, Quiz
from lumbar.quiz.texts import html, inline, plain

Arrange = Callable[[Item, list[str]], list[str]]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BOX = '<span class="paper-box"></span>'
LINE = '<span class="paper-line"></span>'
LESSON = re.compile(r'(?<=href=")([0-9]{2}-[a-z0-9-]+)\.ipynb')
SIZE = re.compile(r'width="([0-9]+)pt" height="([0-9]+)pt"')
LETTER_EACH = "A letter may fit more than once, or not at all."
LATER = (
    "What is right comes later in the course. The lessons take up each of these questions, and "
    '<a href="13-final-quiz.html">lesson 13</a> asks about the same things again, with its answers.'
)
AGAIN = "You meet these questions again after the lesson, in “Check yourself”. Their answers stand there."


def by_alphabet(item: Item, texts: list[str]) -> list[str]:
    """What is on offer in the order of the alphabet, numbers by size: always the same, and it gives nothing away."""
    return sorted(texts, key=_by_size)


def by_form(form: str) -> Arrange:
    """Another order for each form of a test, such as "A" and "B": always the same one for one form."""
    return lambda item, texts: sorted(texts, key=lambda text: sha256(f"{form} {item.id} {text}".encode()).digest())


def questions(quiz: Quiz, address: Callable[[str], str] = "_images/{}".format, arrange: Arrange = by_alphabet) -> str:
    """The questions as HTML, numbered as on the screen, with room to answer; nothing tells what is right.

    `address` tells where a picture of `plates` lies. `arrange` lays out what is on offer; give the key the same one.
    """
    entries = "".join(_question(item, address, arrange) for item in quiz.items)
    head = f"<h3>{escape(quiz.title)}</h3>"
    return _linked(f'<section class="paper-quiz">{head}<ol class="paper-questions">{entries}</ol></section>')


def key(quizzes: Iterable[Quiz], arrange: Arrange = by_alphabet) -> str:
    """The answers to these quizzes as HTML: what is right, why, what speaks against the other options, and the sources.

    Quizzes that keep their feedback for later give no answers here either; whoever may see them changes `feedback`.
    """
    told = "".join(_answers(quiz, arrange) for quiz in quizzes)
    return _linked(f'<section class="paper-key"><h2>Answers</h2>{told}</section>')


def lookup(quiz: Quiz) -> str:
    """The answers for whoever has no questions at hand, each below its question, as HTML without headings.

    They are all told, whatever the quiz keeps for later; links to lessons stay links to notebooks.
    """
    entries = "".join(f"<li>{_asked(item)}{_told(item, by_alphabet, asked=True)}</li>" for item in quiz.items)
    return f'<div class="paper-key"><ol class="paper-answers">{entries}</ol></div>'


def plates(quizzes: Iterable[Quiz]) -> dict[str, str]:
    """The pictures that these quizzes show on paper, as SVG by file name: blank plates, their parts numbered."""
    return {_picture(item): _numbered(item) for quiz in quizzes for item in quiz.items if isinstance(item, Label)}


# --- Questions -------------------------------------------------------------------------------------------------------


def _question(item: Item, address: Callable[[str], str], arrange: Arrange) -> str:
    kind = KINDS[item.kind]
    room = _plate(item, address) + kind.room(item, laid_out(item, arrange))
    return (
        f'<li class="paper-question paper-{item.kind}"><div class="paper-ask">{html(item.ask)}</div>'
        f'<p class="paper-task">{kind.task(item)}</p><div class="paper-room">{room}</div>'
        f'<p class="paper-sure">How sure are you? <span>{BOX} Sure</span> <span>{BOX} Not sure</span></p></li>'
    )


def _tick(item: Choice, offered: list[str]) -> str:
    return _list("ol.options", (f"{BOX} {inline(text)}" for text in offered), letters=True)


def _number_each(item: Order, offered: list[str]) -> str:
    return _list("ul.options", (f"{LINE} {inline(text)}" for text in offered))


def _letter_each(item: Match | Label, offered: list[str]) -> str:
    """On one side the lines to write on, on the other what to choose from."""
    left = (f"{LINE} {inline(side)}" for side, _ in sides(item))
    lines = _list("ol.lines" if isinstance(item, Label) else "ul.lines", left)
    return f'<div class="paper-sides">{lines}{_list("ol.options", map(inline, offered), letters=True)}</div>'


def _write(item: Number, offered: list[str]) -> str:
    return f'<p class="paper-number">{LINE} {inline(item.unit)}</p>'


def _plate(item: Item, address: Callable[[str], str]) -> str:
    if not isinstance(item, Label):
        return ""
    width, height = (round(int(points) * 4 / 3) for points in SIZE.search(_numbered(item)).groups())
    alt = f"A picture with {len(item.parts)} numbered parts. Below, each number is followed by where the part is."
    picture = f'<img src="{escape(address(_picture(item)))}" alt="{alt}" width="{width}" height="{height}" />'
    return f'<p class="paper-plate">{picture}</p>'


def _picture(item: Label) -> str:
    return f"paper-{item.id}.svg"


def _numbered(item: Label) -> str:
    from lumbar.figures import numbered

    return numbered(item.plate, tuple(spot.part for spot in item.parts))


# --- The key ---------------------------------------------------------------------------------------------------------


def _answers(quiz: Quiz, arrange: Arrange) -> str:
    head = f"<h3>{escape(quiz.title)}</h3>"
    if quiz.feedback == "later":
        return f"{head}<p>{AGAIN if quiz.name.endswith('-think') else LATER}</p>"
    return f'{head}<ol class="paper-answers">{"".join(_answer(item, arrange) for item in quiz.items)}</ol>'


def _answer(item: Item, arrange: Arrange) -> str:
    return f"<li>{_told(item, arrange)}</li>"


def _asked(item: Item) -> str:
    return f'<div class="paper-ask">{html(item.ask)}</div><p class="paper-task">Right:</p>'


def _told(item: Item, arrange: Arrange, asked: bool = False) -> str:
    """What is right, why, and what speaks against the rest; `asked` where the options are nowhere else on the page."""
    right = KINDS[item.kind].right(item, laid_out(item, arrange))
    return (
        f'<div class="paper-right">{right}</div><div class="paper-why">{html(item.why)}</div>'
        f"{_others(item, arrange, asked)}{_sources(item)}"
    )


def _right_options(item: Choice, offered: list[str]) -> str:
    right = {option.text for option in item.options if option.right}
    return _list("ul.found", (_lettered(text, offered) for text in offered if text in right))


def _right_order(item: Order, offered: list[str]) -> str:
    return _list("ol.order", (inline(part.text) for part in item.parts))


def _right_letters(item: Match | Label, offered: list[str]) -> str:
    pairs = (f"{inline(side)} → {_lettered(name, offered)}" for side, name in sides(item))
    return _list("ol.order" if isinstance(item, Label) else "ul.pairs", pairs)


def _right_number(item: Number, offered: list[str]) -> str:
    low, high = max(item.min, item.answer - item.tolerance), min(item.max, item.answer + item.tolerance)
    close = f" From {low:g} to {high:g} is close enough." if low < high else ""
    return f"<p><b>{item.answer:g}</b> {inline(item.unit)}.{close}</p>"


def _others(item: Item, arrange: Arrange, asked: bool) -> str:
    """A line on each option that is not right."""
    if not isinstance(item, Choice):
        return ""
    offered = laid_out(item, arrange)
    wrong = {option.text: option.feedback for option in item.options if not option.right}
    named = {text: f"<em>{inline(text)}</em>: " if asked else "" for text in wrong}
    lines = (f"<b>{_letter(text, offered)}</b> {named[text]}{html(wrong[text])}" for text in offered if text in wrong)
    return ('<p class="paper-task">Not right:</p>' if asked else "") + _list("ul.others", lines)


def _sources(item: Item) -> str:
    from lumbar.evidence.references import references

    found = [references()[name] for name in item.sources]
    links = ", ".join(
        f'<a href="{escape(reference.url)}">{escape(reference.short)}</a>' if reference.url else escape(reference.short)
        for reference in found
    )
    return f'<p class="paper-sources">{"Sources" if len(found) > 1 else "Source"}: {links}</p>' if links else ""


# --- What both need --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """A kind of question on paper: what to do in words, the room to do it in, and the answer in words."""

    task: Callable[[Item], str]
    room: Callable[[Item, list[str]], str]
    right: Callable[[Item, list[str]], str]


KINDS = {
    "one": Kind(lambda item: "Tick one.", _tick, _right_options),
    "several": Kind(lambda item: "Tick all that are right.", _tick, _right_options),
    "order": Kind(lambda item: f"Number them from 1 to {len(item.parts)}.", _number_each, _right_order),
    "match": Kind(lambda item: f"Write a letter on each line. {LETTER_EACH}", _letter_each, _right_letters),
    "label": Kind(
        lambda item: f"Name each numbered part: write a letter on its line. {LETTER_EACH}", _letter_each, _right_letters
    ),
    "number": Kind(lambda item: f"Write a number from {item.min:g} to {item.max:g}.", _write, _right_number),
}


def laid_out(item: Item, arrange: Arrange = by_alphabet) -> list[str]:
    """What the question offers, as it stands on paper; parts to be put in order never stand in the right one."""
    texts = arrange(item, _offered(item))
    in_order = isinstance(item, Order) and texts == _offered(item)
    return [*texts[1:], texts[0]] if in_order else texts


def _offered(item: Item) -> list[str]:
    if isinstance(item, Choice):
        return [option.text for option in item.options]
    if isinstance(item, Order):
        return [part.text for part in item.parts]
    if isinstance(item, Match | Label):
        return list(dict.fromkeys([*(name for _, name in sides(item)), *item.decoys]))
    return []


def sides(item: Match | Label) -> list[tuple[str, str]]:
    """What the question lays out in a fixed order, each with the name that belongs to it."""
    if isinstance(item, Match):
        return [(pair.left, pair.right) for pair in item.pairs]
    return [(spot.where, spot.text) for spot in item.parts]


def _by_size(text: str) -> list[str | int]:
    """The text in runs of other signs and of digits, in turn: so 3 comes before 20."""
    runs = re.split(r"([0-9]+)", plain(text).casefold())
    return [int(run) if place % 2 else run for place, run in enumerate(runs)]


def _letter(text: str, offered: list[str]) -> str:
    return LETTERS[offered.index(text)]


def _lettered(text: str, offered: list[str]) -> str:
    return f"<b>{_letter(text, offered)}</b> {inline(text)}"


def _list(selector: str, entries: Iterable[str], letters: bool = False) -> str:
    tag, name = selector.split(".")
    kind = ' type="A"' if letters else ""
    return f'<{tag} class="paper-{name}"{kind}>{"".join(f"<li>{entry}</li>" for entry in entries)}</{tag}>'


def _linked(text: str) -> str:
    """Links to lessons lead to their pages."""
    return LESSON.sub(r"\1.html", text)
