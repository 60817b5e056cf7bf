"""A lesson as slides for the projector: one HTML file that needs no network, no server and no installation."""

import base64
import json
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from lumbar import course
from lumbar.slides.deck import Deck, read

HERE = Path(__file__).parent


class NotMade(Exception):
    """There are no slides; the message is a sentence for the person at the keyboard."""


def slides(number: str, into: Path | None = None) -> Path:
    """Write the slides of the lesson of that number ("08"); the file written, the same bytes each time.

    `into` is a file or a folder; without it, the file goes into the current folder. Raises `UnknownName` for a number
    that no lesson has, and `NotMade` where the lesson is not built or the file cannot be written.
    """
    lesson = course.lesson(number)
    notebook = course.folder("notebooks") / f"{lesson.file}.ipynb"
    if not notebook.exists():
        raise NotMade(f"Lesson {number} is not built yet. Build it with: lumbar build {number}")
    target = into or Path()
    if target.is_dir():
        target = target / f"{lesson.file}-slides.html"
    text = page(read(notebook, number), number)
    try:
        target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise NotMade(f"{target} cannot be written: {why}. Name another place with --into.") from error
    return target


def page(made: Deck, number: str) -> str:
    """The whole file. Its scripts run by their hashes alone, and it may fetch nothing."""
    reveal = _read("vendor/reveal.js")
    explore = _read("../explore/explore.js") + "\nglobalThis.mountExplorer = render;\n"
    own = _read("deck.js")
    return Template(_read("deck.html")).substitute(
        title=escape(f"{number} {made.title}"),
        policy=_policy(reveal, explore, own),
        licence=_read("vendor/LICENSE").strip(),
        style="\n".join(map(_read, ("vendor/reveal.css", "../explore/explore.css", "deck.css"))),
        slides="\n".join(f"<section>{''.join(slide.html() for slide in stack)}</section>" for stack in made.stacks),
        explorers=_json(made.explorers),
        reveal=reveal,
        explore=explore,
        own=own,
    )


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _policy(*scripts: str) -> str:
    hashes = " ".join(f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'" for text in scripts)
    scripts_and_styles = f"script-src {hashes}; style-src 'unsafe-inline'"
    return f"default-src 'none'; {scripts_and_styles}; img-src data:; base-uri 'none'; form-action 'none'"


def _json(data: dict) -> str:
    """JSON that may stand in a page: no sign in it can end the element around it."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
