"""CSV for Brightspace's Question Library, a file for each quiz, in the rows of its own sample file.

https://community.d2l.com/brightspace/kb/articles/27274-import-questions-into-the-question-library
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from lumbar.export.package import Package, losses
from lumbar.export.pictures import picture
from lumbar.export.tables import cell
from lumbar.export.words import (
    amount, distances, flat, marked, offered, options, parts_told, plain_sides, sources, task,
)  # fmt: skip
from lumbar.quiz.grade import mark
from lumbar.quiz.items import Choice, Item, Label, Match, Number, Order, Quiz, Several
from lumbar.quiz.texts import html, plain

Row = tuple[str, ...]
COLUMNS = 5
SHARPNESS = 2
LOST = (
    (
        "Becomes a matching question with a numbered picture. Before the import, put the folder `images` beside the "
        "course's own files (Manage Files), or Brightspace shows no picture.",
        lambda item: isinstance(item, Label),
    ),
    (
        "Becomes a short answer: every number of the scale that earns marks is an accepted answer with its share. "
        "A number between two steps of the scale, or written another way, counts as wrong.",
        lambda item: isinstance(item, Number),
    ),
    (
        "What is said to a number that is close, too low or too high stands together in the feedback.",
        lambda item: isinstance(item, Number) and distances(item),
    ),
    (
        "Partial marks follow Brightspace's own rule “right minus wrong”.",
        lambda item: isinstance(item, Several),
    ),
    ("A mark counts right places, where the course counts right neighbours.", lambda item: isinstance(item, Order)),
    (
        "What is said on each pair or part stands together in the feedback.",
        lambda item: isinstance(item, Match | Label) and parts_told(item),
    ),
    ("Emphasis and links become plain words.", marked),
)  # fmt: skip
RULES = (
    "Claim, objective and level of a question are not in the file.",
    "“Sure or not sure” is not in the file: Brightspace does not ask for it.",
)


def write(quizzes: Iterable[Quiz], version: str, exam: bool) -> Package:
    """A CSV file for each quiz, the pictures, and what they could not carry."""
    quizzes = list(quizzes)
    items = [item for quiz in quizzes for item in quiz.items]
    files = {f"{quiz.name}.csv": _file(quiz, version) for quiz in quizzes}
    files |= {_address(item): picture(item, SHARPNESS).data for item in items if isinstance(item, Label)}
    return Package(files, {rule: [] for rule in RULES} | losses(items, LOST))


def _file(quiz: Quiz, version: str) -> bytes:
    raw = io.StringIO()
    table = csv.writer(raw, lineterminator="\r\n")
    # A row that begins with // is a remark. As the first row it takes the byte-order mark, which spreadsheets need.
    table.writerow(_row("//" + cell(f"Lumbar {version}: {quiz.name[:2]} {quiz.title}")))
    for item in quiz.items:
        for row in _rows(item):
            table.writerow(_row(*row))
        table.writerow(_row())
    return raw.getvalue().encode("utf-8-sig")


def _row(*cells: str) -> list[str]:
    return [*cells, *[""] * (COLUMNS - len(cells))]


def _rows(item: Item) -> Iterator[Row]:
    kind, rows = KINDS[item.kind]
    yield "NewQuestion", kind
    yield "ID", f"{item.id}-{item.version}"
    yield "Title", item.id
    yield "QuestionText", cell(f"{flat(html(item.ask))} {task(item)}")
    yield "Points", "1"
    if isinstance(item, Label):
        yield "Image", _address(item)
    yield from rows(item)
    if item.hint:
        yield "Hint", cell(flat(html(item.hint)))
    if told := _told(item):
        yield "Feedback", cell(told)


def _address(item: Label) -> str:
    return f"images/{item.id}.png"


def _choice(item: Choice) -> Iterator[Row]:
    several = isinstance(item, Several)
    if several:
        yield "Scoring", "RightMinusWrong"
    for option in options(item):
        weight = int(option.right) * (1 if several else 100)
        yield "Option", str(weight), cell(plain(option.text)), "", cell(flat(html(option.feedback)))


def _order(item: Order) -> Iterator[Row]:
    yield "Scoring", "EquallyWeighted"
    for part in item.parts:
        yield "Item", cell(plain(part.text)), "NOT HTML", cell(flat(html(part.feedback)))


def _match(item: Match | Label) -> Iterator[Row]:
    """Choices are what is on offer; a match is what stands there, with the number of the choice that belongs to it."""
    names = [plain(name) for name in offered(item)]
    yield "Scoring", "EquallyWeighted"
    for number, name in enumerate(names, 1):
        yield "Choice", str(number), cell(name)
    for side, name in plain_sides(item):
        yield "Match", str(names.index(name) + 1), cell(side)


def _number(item: Number) -> Iterator[Row]:
    yield "InputBox", "1", "10"
    for value, weight in sorted(_scale(item), key=lambda entry: (-entry[1], entry[0])):
        for text in dict.fromkeys((amount(value), amount(value).replace(".", ","))):
            yield "Answer", str(weight), text


def _scale(item: Number) -> Iterator[tuple[float, int]]:
    """Each number of the scale that earns marks, and the answer, with its share in percent."""
    page, count = item.page(), round((item.max - item.min) / item.step)
    for value in {*(round(item.min + step * item.step, 7) for step in range(count + 1)), item.answer}:
        weight = round(100 * mark(page, amount(value)).score)
        if weight > 0:
            yield value, weight


def _told(item: Item) -> str:
    """What there is to say after the answer: why, what is said on parts, and the sources, as plain words."""
    told = [flat(html(item.why))] if item.why else []
    parts = [] if isinstance(item, Order) else parts_told(item)
    if isinstance(item, Number):
        parts = distances(item)
    told += [f"{flat(name)}: {flat(text)}" for name, text in parts]
    cited = [f"{short} ({url})" if url else short for short, url in sources(item)]
    return " ".join([*told, *([f"{'Sources' if len(cited) > 1 else 'Source'}: {', '.join(cited)}"] if cited else [])])


KINDS: dict[str, tuple[str, Callable[[Item], Iterator[Row]]]] = {
    "one": ("MC", _choice), "several": ("MS", _choice), "order": ("O", _order), "match": ("M", _match),
    "label": ("M", _match), "number": ("SA", _number),
}  # fmt: skip
