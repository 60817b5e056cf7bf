"""Questions: the bank, the two markers, and the widget that asks them."""

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from lumbar.output import Output

if TYPE_CHECKING:
    from lumbar.quiz.widget import QuizWidget

BREAK = re.compile(r"</(?:p|div|li)>|<br ?/?>")


def quiz(name: str) -> "QuizWidget":
    """The quiz of that name from the bank, such as "08-check", as a widget that works without a kernel.

    Raises `UnknownName` with the nearest names where there is none, and `FaultyFile` where its file has faults.
    """
    from lumbar.quiz.items import load
    from lumbar.quiz.widget import QuizWidget

    return QuizWidget(load(name))


def key(name: str) -> Output:
    """The answers to the quiz of that name with their reasons, for teachers; folded, so that they do not open unasked.

    Raises `UnknownName` and `FaultyFile` as `quiz` does.
    """
    from lumbar.quiz.items import load
    from lumbar.quiz.paper import lookup

    source = load(name)
    head, told = f"Answers to {name}", lookup(source)
    lines = (" ".join(re.sub("<[^>]*>", " ", line).split()) for line in BREAK.split(told))
    text = "\n".join([head, *(unescape(line) for line in lines if line)])
    return Output(f'<details class="lumbar-answers"><summary>{escape(head)}</summary>{told}</details>', text)
