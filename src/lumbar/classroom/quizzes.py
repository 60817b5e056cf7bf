"""The quizzes of the bank as a class needs them, read once."""

from functools import cache

from lumbar.classroom.room import Quiz, Unclear
from lumbar.course import LESSONS
from lumbar.errors import FaultyFile, UnknownName
from lumbar.quiz import items


@cache
def load(name: str) -> Quiz:
    """The quiz of that name. The first time takes a moment. Raises `Unclear` where there is none, or it is faulty."""
    from lumbar.quiz.widget import plates

    try:
        quiz = items.load(name)
    except (UnknownName, FaultyFile) as error:
        raise Unclear(str(error)) from None
    return Quiz(quiz.name, quiz.title, quiz.feedback, tuple(item.page() for item in quiz.items), plates(quiz.items))


@cache
def listed() -> list[dict]:
    """All quizzes by lesson: `{"lesson", "title", "quizzes": [{"name", "title", "count", "feedback"}]}`."""
    names = items.names()
    lessons = ((lesson, [name for name in names if name.startswith(f"{lesson.number}-")]) for lesson in LESSONS)
    return [
        {"lesson": lesson.number, "title": lesson.title, "quizzes": [_entry(load(name)) for name in own]}
        for lesson, own in lessons if own
    ]  # fmt: skip


def _entry(quiz: Quiz) -> dict:
    return {"name": quiz.name, "title": quiz.title, "count": len(quiz.items), "feedback": quiz.feedback}
