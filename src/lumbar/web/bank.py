"""What the pages know of the questions: an index that every page carries, and the bank for when some are asked."""

import json
from typing import Any

from lumbar import course
from lumbar.quiz.items import Quiz, load, names
from lumbar.quiz.items import bank as items


def index() -> dict[str, Any]:
    """The lessons with the items of their quizzes, and the quizzes that keep what is right for later.

    `{"lessons": [{"file", "number", "title", "minutes", "quizzes": {"08-check": [[item id, version], …]}}],
    "later": ["00-before", …]}`
    """
    quizzes = [load(name) for name in names()]
    return {
        "lessons": [_lesson(entry, quizzes) for entry in course.LESSONS],
        "later": [quiz.name for quiz in quizzes if quiz.feedback == "later"],
    }


def _lesson(entry: course.Lesson, quizzes: list[Quiz]) -> dict[str, Any]:
    about = {name: getattr(entry, name) for name in ("file", "number", "title", "minutes")}
    own = [quiz for quiz in quizzes if quiz.name.startswith(entry.number)]
    return about | {"quizzes": {quiz.name: [[item.id, item.version] for item in quiz.items] for quiz in own}}


def bank() -> dict[str, Any]:
    """Every item as a page asks it, and the blank plates: `{"items": {id: item}, "plates": {name: SVG}}`."""
    from lumbar.quiz.widget import plates

    found = items()
    return {"items": {name: item.page() for name, item in found.items()}, "plates": plates(found.values())}


def script() -> str:
    """The bank as a classic script, since a page that was opened from a disk can load nothing else."""
    return f"globalThis.lumbarBank = {json.dumps(bank(), ensure_ascii=False, separators=(',', ':'))};\n"
