"""Moodle XML: a question bank's questions, each in the category of its lesson and version.

Fields as Moodle's own importers read them: question/format/xml/format.php and question/type/*/questiontype.php.
Importing the same file twice makes every question twice, so categories carry the course's version.
"""

import base64
from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from lumbar.course import lesson
from lumbar.export.package import Package, losses
from lumbar.export.pictures import Picture, picture
from lumbar.export.words import SPARE, amount, asked, block, clean, explained, offered, options, rich, sides, task
from lumbar.quiz.items import Item, Label, Match, Number, Order, Quiz, Several
from lumbar.quiz.texts import inline, plain

# What Moodle accepts as a share of the mark, in percent; within 0.00001, or it refuses the question.
FRACTIONS = (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20", "16.66667",
    "14.28571", "12.5", "11.11111", "10", "5", "0",
)  # fmt: skip
BANDS = range(90, 0, -10)  # partial marks for a number, in percent
DRAG = "Drag each name onto the number of its part."
LOST = (
    (
        "What is said on each part stands in the general feedback, which shows after the whole question: "
        "Moodle has no feedback for a single part here.",
        lambda item: isinstance(item, Order | Match | Label) and explained(item),
    ),
    (
        "Partial marks for a number come in steps of 10 %, so a mark may differ from the course's by up to 10 %.",
        lambda item: isinstance(item, Number),
    ),
    (
        "Each of these is there twice: as a picture to drag names onto, and as a twin with menus for keyboards, screen "
        "readers and phones, in the category “Twins for keyboards and phones”. Use one of the two. "
        "A name dragged where none belongs costs marks in the first, and nothing in the twin.",
        lambda item: isinstance(item, Label),
    ),
    ("Hints show only in a quiz that allows several tries (“interactive” behaviour).", lambda item: item.hint),
    (
        "Parts with the same words may change places in the course, not in Moodle.",
        lambda item: isinstance(item, Order) and len({part.text for part in item.parts}) < len(item.parts),
    ),
    (
        "Left out: Moodle has no share of the mark that fits this count of right options.",
        lambda item: isinstance(item, Several) and _share(item) is None,
    ),
)  # fmt: skip
SURE = (
    "“Sure or not sure” is not in the file. In Moodle it is a way to run a quiz: choose “certainty-based marking” "
    "under “Question behaviour”."
)


def write(quizzes: Iterable[Quiz], version: str, exam: bool) -> Package:
    """One file with all these quizzes, a category for each lesson, and what it could not carry."""
    quizzes, root = list(quizzes), Element("quiz")
    top = f"top/Lumbar {version}{' exam' if exam else ''}"
    penalty = "0" if exam else "0.3333333"
    for number, group in groupby(quizzes, lambda quiz: quiz.name[:2]):
        items = [item for quiz in group for item in quiz.items if not _left_out(item)]
        place = f"{top}/{number} {lesson(number).title.replace('/', '//')}"
        _category(root, place)
        for item in items:
            KINDS[item.kind](_question(root, item, TYPES[item.kind], penalty), item)
        twins = [item for item in items if isinstance(item, Label)]
        if twins:
            _category(root, f"{place}/Twins for keyboards and phones")
        for item in twins:
            _twin(_question(root, item, "matching", penalty, twin=True), item)
    for question in root:
        _last(question, ("hint", "tags"))
    indent(root, " ")
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
    lost = losses((item for quiz in quizzes for item in quiz.items), LOST)
    return Package({"lumbar-moodle.xml": text.encode()}, {SURE: []} | lost)


def _category(root: Element, path: str) -> None:
    question = SubElement(root, "question", type="category")
    _text(question, "category", path)
    _text(question, "info", "", format="html")


def _question(root: Element, item: Item, kind: str, penalty: str, twin: bool = False) -> Element:
    """What every kind has; the rest is for the kind to add."""
    ending = "-twin" if twin else ""
    question = SubElement(root, "question", type=kind)
    _text(question, "name", item.id + ending)
    _text(question, "questiontext", asked(item, _task(item, kind)), format="html")
    _text(question, "generalfeedback", explained(item), format="html")
    for name, value in (("defaultgrade", "1"), ("penalty", penalty), ("hidden", "0")):
        SubElement(question, name).text = value
    SubElement(question, "idnumber").text = f"{item.id}-{item.version}{ending}"
    if item.hint:
        _text(question, "hint", block(rich(item.hint)), format="html")
    tags = SubElement(question, "tags")
    for tag in (*item.claims, *([item.objective] if item.objective else []), item.level, *item.sources):
        _text(tags, "tag", tag)
    return question


def _task(item: Item, kind: str) -> str:
    if kind != "ddmarker":
        return task(item)
    return DRAG + (SPARE if item.decoys else "")


def _choice(question: Element, item: Item) -> None:
    single = not isinstance(item, Several)
    right, wrong = ("100", "0") if single else (_share(item), f"-{_share(item)}")
    fields = {"single": str(single).lower(), "shuffleanswers": "true", "answernumbering": "none"}
    _fields(question, fields | {"showstandardinstruction": "0"})
    _combined(question)
    for option in options(item):
        _answer(question, inline(option.text), right if option.right else wrong, rich(option.feedback))


def _share(item: Several) -> str | None:
    """What each right option adds and each wrong one takes, which gives the course's marks; None if Moodle can't."""
    count = sum(option.right for option in item.options)
    return next((fraction for fraction in FRACTIONS if abs(float(fraction) - 100 / count) < 1e-5), None)


def _left_out(item: Item) -> bool:
    return isinstance(item, Several) and _share(item) is None


def _order(question: Element, item: Order) -> None:
    # As the course marks: a point for each part that is followed by the right one.
    marking = {"gradingtype": "RELATIVE_NEXT_EXCLUDE_LAST", "showgrading": "SHOW", "numberingstyle": "none"}
    _fields(question, {"layouttype": "VERTICAL", "selecttype": "ALL", "selectcount": str(len(item.parts))} | marking)
    _combined(question)
    for place, part in enumerate(item.parts, 1):
        _answer(question, inline(part.text), str(place), "")


def _match(question: Element, item: Match) -> None:
    _pairs(question, [(inline(left), right) for left, right in sides(item)], item.decoys)


def _twin(question: Element, item: Label) -> None:
    """The same as menus, one for each number, with the picture in the text."""
    image = picture(item)
    alt, size = f"A picture with {len(item.parts)} numbered parts.", f'width="{image.width}" height="{image.height}"'
    shown = f'<p><img src="@@PLUGINFILE@@/{item.id}.png" alt="{alt}" {size}/></p>'
    text = question.find("questiontext")
    text.find("text").text += shown
    _file(text, item, image)
    stems = [(f"{number}. {inline(where)}", name) for number, (where, name) in enumerate(sides(item), 1)]
    _pairs(question, stems, item.decoys)


def _pairs(question: Element, pairs: list[tuple[str, str]], decoys: list[str]) -> None:
    _fields(question, {"shuffleanswers": "true"})
    _combined(question)
    for stem, name in [*pairs, *(("", decoy) for decoy in decoys)]:
        sub = SubElement(question, "subquestion", format="html")
        SubElement(sub, "text").text = clean(stem)
        _text(sub, "answer", escape(plain(name), quote=False))


def _label(question: Element, item: Label) -> None:
    image, names = picture(item), offered(item)
    places = "".join(f"<li>{inline(where)}</li>" for where, _ in sides(item))
    question.find("questiontext/text").text += f"<ol>{places}</ol>"
    SubElement(question, "shuffleanswers")
    SubElement(question, "showmisplaced")
    _combined(question)
    _file(question, item, image)
    right = [name for _, name in sides(item)]
    for number, name in enumerate(names, 1):
        drag = SubElement(question, "drag")
        _fields(drag, {"no": str(number)})
        SubElement(drag, "text").text = clean(escape(plain(name), quote=False))
        _fields(drag, {"noofdrags": str(max(1, right.count(name)))})
    for number, (name, (x, y)) in enumerate(zip(right, image.spots), 1):
        place = {"no": str(number), "shape": "circle", "coords": f"{x},{y};{image.reach}"}
        _fields(SubElement(question, "drop"), place | {"choice": str(names.index(name) + 1)})


def _number(question: Element, item: Number) -> None:
    """Bands from the best to the worst, below and above the answer apart: Moodle takes the first that fits."""
    low, high = rich(item.feedback.low), rich(item.feedback.high)
    inner = min(item.tolerance, item.answer - item.min, item.max - item.answer)
    _range(question, item.answer - inner, item.answer + inner, "100", rich(item.feedback.close))
    for fraction, reach in _reaches(item):
        feedback = (rich(item.feedback.close),) * 2 if fraction == "100" else (low, high)
        _range(question, max(item.min, item.answer - reach), item.answer, fraction, feedback[0])
        _range(question, item.answer, min(item.max, item.answer + reach), fraction, feedback[1])
    _range(question, item.min, item.answer, "0", low)
    _range(question, item.answer, item.max, "0", high)
    _answer(question, "*", "0", f"Write a number from {item.min:g} to {item.max:g}." if item.feedback.low else "")
    _fields(question, {"unitgradingtype": "0", "unitpenalty": "0.1", "showunits": "3", "unitsleft": "0"})


def _reaches(item: Number) -> list[tuple[str, float]]:
    """For each partial mark, how far from the answer a number still gets it: where the course's mark rounds to it."""
    slope = item.zero_at - item.tolerance
    bands = [(str(band), item.tolerance + (1 - (band - 5) / 100) * slope) for band in BANDS]
    cut = item.tolerance > min(item.answer - item.min, item.max - item.answer)
    return ([("100", item.tolerance)] if cut else []) + bands


def _range(question: Element, low: float, high: float, fraction: str, feedback: str) -> None:
    if low < high or fraction == "100":
        _answer(question, amount((low + high) / 2), fraction, feedback, tolerance=amount((high - low) / 2))


def _answer(question: Element, text: str, fraction: str, feedback: str, tolerance: str | None = None) -> None:
    form = "moodle_auto_format" if question.get("type") == "numerical" else "html"
    answer = SubElement(question, "answer", fraction=fraction, format=form)
    SubElement(answer, "text").text = clean(text)
    if tolerance is not None:
        SubElement(answer, "tolerance").text = tolerance
    _text(answer, "feedback", block(feedback), format="html")


def _combined(question: Element) -> None:
    """Fields that Moodle wants; the words for the whole are in the general feedback."""
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _text(question, name, "", format="html")
    SubElement(question, "shownumcorrect")


def _file(parent: Element, item: Label, image: Picture) -> None:
    file = SubElement(parent, "file", name=f"{item.id}.png", path="/", encoding="base64")
    file.text = base64.b64encode(image.data).decode()


def _fields(parent: Element, values: dict[str, str]) -> None:
    for name, value in values.items():
        SubElement(parent, name).text = value


def _text(parent: Element, tag: str, text: str, **attributes: str) -> None:
    SubElement(SubElement(parent, tag, attributes), "text").text = clean(text)


def _last(question: Element, tags: tuple[str, ...]) -> None:
    """Moodle writes these after what belongs to the kind."""
    for tag in tags:
        for element in question.findall(tag):
            question.remove(element)
            question.append(element)


TYPES = {
    "one": "multichoice", "several": "multichoice", "order": "ordering", "match": "matching", "label": "ddmarker",
    "number": "numerical",
}  # fmt: skip
KINDS: dict[str, Callable[[Element, Item], None]] = {
    "one": _choice, "several": _choice, "order": _order, "match": _match, "label": _label, "number": _number,
}  # fmt: skip
