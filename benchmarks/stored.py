"""What 25 questions in three displays add to a notebook: our quizzes beside jupyterquiz with the same questions."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from harness import Row, kilobytes
from lab import executed
from nbformat import NotebookNode, writes

from lumbar.quiz.items import Item, bank

DISPLAYS = (9, 8, 8)
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
OURS = """
from lumbar.quiz.items import Quiz, bank
from lumbar.quiz.widget import QuizWidget
QuizWidget(Quiz("{name}", "A quiz", "now", tuple(bank()[id] for id in {ids!r})))
"""
THEIRS = """
from jupyterquiz import display_quiz
display_quiz({path!r})
"""


def measure() -> list[Row]:
    """Our code once and under 30 KB; a question under 2 KB; in all at most two thirds of theirs."""
    shares = _shares([item for item in bank().values() if item.kind in ("one", "several", "number")])
    cells = _cells(shares)
    ours, code = _added(cells), _code(executed(*cells))
    one_each = _added(_cells([share[:1] for share in shares]))
    with TemporaryDirectory() as folder:
        theirs = _added(
            [THEIRS.format(path=_for_jupyterquiz(Path(folder), number, share)) for number, share in enumerate(shares)]
        )
    count = sum(map(len, shares))
    each, ratio = (ours - one_each) / (count - len(shares)), ours / theirs
    what = f"{count} questions in {len(shares)} displays"
    return [
        Row(
            f"stored: {what}",
            kilobytes(ours),
            f"jupyterquiz: {kilobytes(theirs)}",
            f"{ratio:.2f} times",
            "at most 0.67 times",
            ratio <= 2 / 3,
            "what outputs and widget state add; ours with explanations, sources and fallbacks",
        ),
        Row(
            "of that, our code",
            kilobytes(sum(code)),
            f"in {len(code)} copy",
            "",
            "once, under 30 KB",
            len(code) == 1 and code[0] < 30_000,
            "as saved",
        ),
        Row(
            "of that, a question",
            kilobytes(each),
            "",
            "",
            "under 2 KB",
            each < 2000,
            "what each adds to a display with one question, mean",
        ),
    ]


def _cells(shares: list[list[Item]]) -> list[str]:
    return [OURS.format(name=f"quiz-{number}", ids=[item.id for item in share]) for number, share in enumerate(shares)]


def _shares(items: list[Item]) -> list[list[Item]]:
    starts = [sum(DISPLAYS[:number]) for number in range(len(DISPLAYS))]
    return [items[start : start + size] for start, size in zip(starts, DISPLAYS, strict=True)]


def _added(cells: list[str]) -> int:
    """The bytes that running these cells adds to their notebook."""
    return (
        len(writes(executed(*cells)).encode())
        - len(writes(executed(*["pass"] * len(cells))).encode())
        - len("".join(cells))
    )


def _code(made: NotebookNode) -> list[int]:
    """The size of each saved copy of our front end."""
    states = [model["state"] for model in made.metadata.widgets[WIDGET_STATE]["state"].values()]
    return [
        len(json.dumps({"esm": state["esm"], "css": state["css"]}, ensure_ascii=False).encode())
        for state in states
        if "esm" in state
    ]


def _for_jupyterquiz(folder: Path, number: int, items: list[Item]) -> str:
    path = folder / f"{number}.json"
    path.write_text(json.dumps([_theirs(item) for item in items]))
    return str(path)


def _theirs(item: Item) -> dict:
    """The question as jupyterquiz asks it."""
    if item.kind == "number":
        low, high = item.answer - item.tolerance, item.answer + item.tolerance
        answers = [
            {"type": "range", "range": [low, high], "correct": True, "feedback": item.feedback.close},
            {"type": "range", "range": [item.min, low], "correct": False, "feedback": item.feedback.low},
            {"type": "default", "feedback": item.feedback.high},
        ]
        return {"question": item.ask, "type": "numeric", "answers": answers}
    kind = {"one": "multiple_choice", "several": "many_choice"}[item.kind]
    answers = [{"answer": option.text, "correct": option.right, "feedback": option.feedback} for option in item.options]
    return {"question": item.ask, "type": kind, "answers": answers}
