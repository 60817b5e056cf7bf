"""A test on paper: a page to print for each of two forms, and a page with the key to both."""

import base64
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from pathlib import Path

import lumbar
from lumbar.course import lesson
from lumbar.export.package import Package
from lumbar.export.words import LESSON_LINK
from lumbar.quiz.items import Quiz
from lumbar.quiz.paper import by_form, key, plates, questions

FORMS = ("A", "B")
LOOK = Path(lumbar.__file__).parent / "web/theme/lumbar/paper.css"
PAGE = Path(__file__).parent / "test.css"
FIELDS = '<p class="who"><span>Name</span><span>Class</span><span>Date</span></p>'
RULES = ("Hints are not on paper.",)


def write(quizzes: Iterable[Quiz], version: str, exam: bool) -> Package:
    """Three pages for each quiz: `08-check-A.html`, `08-check-B.html` and `08-check-key.html`."""
    files = {}
    for quiz in quizzes:
        for form in FORMS:
            files[f"{quiz.name}-{form}.html"] = _form(quiz, form, version, exam)
        files[f"{quiz.name}-key.html"] = _key(quiz, version)
    return Package(files, {rule: [] for rule in RULES})


def _form(quiz: Quiz, form: str, version: str, exam: bool) -> bytes:
    images = {
        name: "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
        for name, svg in plates([quiz]).items()
    }
    asked = questions(quiz, images.__getitem__, by_form(form))
    count = f"{len(quiz.items)} question{'s' if len(quiz.items) != 1 else ''}. {_from(version)}"
    head = f'<p class="form">Form {form}</p><h1>{_title(quiz)}</h1><p class="from">{count}</p>{FIELDS}'
    return _page(f"{_title(quiz)}, form {form}", head + asked, "exam" if exam else "test")


def _key(quiz: Quiz, version: str) -> bytes:
    """For the teacher, who may see what learners are told later."""
    told = replace(quiz, feedback="now")
    head = f'{_title(quiz)}</h1><p class="from">Key. {_from(version)}</p>'
    forms = "".join(f"<h1>Form {form}: {head}{key([told], by_form(form))}" for form in FORMS)
    return _page(f"{_title(quiz)}, key", forms, "key")


def _from(version: str) -> str:
    return escape(f"Lumbar {version}, CC BY 4.0.")


def _title(quiz: Quiz) -> str:
    return escape(f"{quiz.name[:2]} {lesson(quiz.name[:2]).title}: {quiz.title}")


def _page(title: str, body: str, kind: str) -> bytes:
    body = LESSON_LINK.sub(r"\1", body)  # a sheet of paper leads nowhere
    look = LOOK.read_text(encoding="utf-8") + PAGE.read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>\n{look}</style>\n</head>\n'
        f'<body class="{kind}">\n<main>{body}</main>\n'
        "</body>\n</html>\n"
    ).encode()
