"""Tab-separated text for Blackboard, a file for each quiz and a line for each question.

https://help.blackboard.com/Learn/Instructor/Original/Tests_Pools_Surveys/Orig_Reuse_Questions/Upload_Questions
"""

from collections.abc import Callable, Iterable

from lumbar.export.package import Package, losses
from lumbar.export.pictures import picture
from lumbar.export.tables import cell
from lumbar.export.words import TASKS, amount, flat, marked, options, plain_sides, sides, task, teaching
from lumbar.quiz.items import Choice, Item, Label, Match, Number, Order, Quiz, Several
from lumbar.quiz.texts import html, plain

SHARPNESS = 2
LOST = (
    (
        "Left out: Blackboard wants each answer to belong to one question only, and here one belongs to several.",
        lambda item: _doubled(item),
    ),
    (
        "The text file holds no picture: open the question in Blackboard and add it from the folder `pictures`.",
        lambda item: isinstance(item, Label) and not _doubled(item),
    ),
    (
        "Wrong names on offer (decoys) are lost: Blackboard's file has only pairs, so the last pair can be found by "
        "elimination.",
        lambda item: isinstance(item, Match | Label) and item.decoys and not _doubled(item),
    ),
    (
        "Partial marks for a number are lost: within the tolerance it is right, else wrong.",
        lambda item: isinstance(item, Number),
    ),
    ("Blackboard's own rules decide on partial marks.", lambda item: isinstance(item, Several | Order | Match | Label)),
    (
        "Putting in order (ORD) is taken in by Original courses; Ultra's list does not name it.",
        lambda item: isinstance(item, Order),
    ),
    (
        "Feedback, reasons, hints and sources are lost: Blackboard's file has no room for them.",
        lambda item: next(teaching(item), None),
    ),
    ("Emphasis and links become plain words.", marked),
)  # fmt: skip
RULES = (
    "Identifiers, claim, objective and level of a question are not in the file; what each line is stands in "
    "`manifest.json`, in the same order.",
    "“Sure or not sure” is not in the file: Blackboard does not ask for it.",
)


def write(quizzes: Iterable[Quiz], version: str, exam: bool) -> Package:
    """A text file for each quiz, the pictures, and what they could not carry."""
    quizzes = list(quizzes)
    items = [item for quiz in quizzes for item in quiz.items]
    files = {f"{quiz.name}.txt": _file(quiz) for quiz in quizzes}
    labels = [item for item in items if isinstance(item, Label)]
    files |= {f"pictures/{item.id}.png": picture(item, SHARPNESS).data for item in labels}
    return Package(files, {rule: [] for rule in RULES} | losses(items, LOST))


def _file(quiz: Quiz) -> bytes:
    lines = [_line(item) for item in quiz.items if not _doubled(item)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _line(item: Item) -> str:
    kind, fields = KINDS[item.kind]
    asked = f"{flat(html(item.ask))} {TASKS.get(item.kind) or task(item)}"
    return "\t".join([kind, cell(asked), *fields(item)])


def _doubled(item: Item) -> bool:
    names = [name for _, name in sides(item)]
    return len(set(names)) < len(names)


def _choice(item: Choice) -> list[str]:
    return [text for option in options(item) for text in (cell(plain(option.text)), _correct(option.right))]


def _correct(right: bool) -> str:
    return "correct" if right else "incorrect"


def _order(item: Order) -> list[str]:
    return [cell(plain(part.text)) for part in item.parts]


def _match(item: Match | Label) -> list[str]:
    return [cell(text) for pair in plain_sides(item) for text in pair]


def _number(item: Number) -> list[str]:
    return [amount(item.answer), amount(item.tolerance)]


KINDS: dict[str, tuple[str, Callable[[Item], list[str]]]] = {
    "one": ("MC", _choice), "several": ("MA", _choice), "order": ("ORD", _order), "match": ("MAT", _match),
    "label": ("MAT", _match), "number": ("NUM", _number),
}  # fmt: skip
