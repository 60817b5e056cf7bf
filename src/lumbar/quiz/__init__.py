"""Questions: the bank, the two markers, and the widget that asks them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lumbar.quiz.widget import QuizWidget


def quiz(name: str) -> "QuizWidget":
    """The quiz of that name from the bank, such as "08-check", as a widget that works without a kernel.

    Raises `UnknownName` with the nearest names where there is none, and `FaultyFile` where its file has faults.
    """
    from lumbar.quiz.items import load
    from lumbar.quiz.widget import QuizWidget

    return QuizWidget(load(name))
