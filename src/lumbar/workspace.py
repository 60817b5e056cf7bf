"""The learner's own copy of the lessons, in a folder where they may write, run and delete what they like.

An update of the course reaches every lesson that the learner has not edited. What a learner has written is never
touched: then the new lesson is put beside theirs.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lumbar import course

LEDGER = ".lumbar.json"  # in the folder: for each file given, its version and what its cells said


@dataclass(frozen=True)
class Change:
    """What was done for one lesson, and in which file."""

    what: Literal["given", "updated", "beside"]
    file: Path


def home() -> Path:
    """The learner's folder: `LUMBAR_HOME`, else "Lumbar" in their home folder."""
    return Path(os.environ.get("LUMBAR_HOME") or "~/Lumbar").expanduser().absolute()


def sync(into: Path | None = None, lessons: Path | None = None) -> list[Change]:
    """Bring the learner's folder up to date with the course's built lessons. Raises `OSError`."""
    into, lessons = into or home(), lessons or course.folder("notebooks")
    into.mkdir(parents=True, exist_ok=True)
    ledger = _ledger(into)
    changes = [change for lesson in sorted(lessons.glob("*.ipynb")) for change in _update(lesson, into, ledger)]
    _sign([change.file for change in changes])
    _write(into / LEDGER, json.dumps(ledger, indent=1, sort_keys=True).encode())
    return changes


def trust() -> None:
    """Have this user's Jupyter trust the course's lessons, wherever copies of them lie. Raises `OSError`.

    On a hub git brings the copies. What Jupyter signs is the content, so a lesson that has been edited is not trusted.
    """
    _sign(sorted(course.folder("notebooks").glob("*.ipynb")))


def _update(lesson: Path, into: Path, ledger: dict[str, dict]) -> Iterator[Change]:
    """Bring one lesson up to date, by the first rule that fits."""
    theirs, new = into / lesson.name, lesson.read_bytes()
    given = ledger.get(lesson.name, {})

    if not theirs.exists():
        # Never had, or deleted: people delete a lesson to start it afresh, and other lessons link to it.
        yield _give(new, theirs, ledger, "given")
    elif given.get("version") == _version(new):
        # The course says nothing new, so theirs stays, edited or not.
        return
    elif _cells(theirs.read_bytes()) in (given.get("cells"), _cells(new)):
        # Not edited. At most run and saved, which changes outputs and metadata.
        yield _give(new, theirs, ledger, "updated")
    else:
        # Edited: theirs stays, and this version is offered once.
        yield _give(new, _beside(theirs, ledger), ledger, "beside")
        ledger[lesson.name] = given | {"version": _version(new)}


def _beside(theirs: Path, ledger: dict[str, dict]) -> Path:
    """The name for a new version beside theirs: free, or of an earlier offer that was not edited."""
    count, name = 1, theirs.with_name(f"{theirs.stem} (new).ipynb")
    while name.exists() and _cells(name.read_bytes()) != ledger.get(name.name, {}).get("cells"):
        count, name = count + 1, theirs.with_name(f"{theirs.stem} (new {count + 1}).ipynb")
    return name


def _give(content: bytes, file: Path, ledger: dict[str, dict], what: str) -> Change:
    _write(file, content)
    ledger[file.name] = {"version": _version(content), "cells": _cells(content)}
    return Change(what, file)


def _version(notebook: bytes) -> str:
    return hashlib.sha256(notebook).hexdigest()


def _cells(notebook: bytes) -> str:
    """A digest of what the cells say, apart from empty ones, which JupyterLab adds."""
    try:
        cells = [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(notebook)["cells"]]
    except (ValueError, LookupError, TypeError):
        return _version(notebook)  # no notebook at all
    said = [cell for cell in cells if cell[1].strip()]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _ledger(into: Path) -> dict[str, dict]:
    try:
        found = json.loads((into / LEDGER).read_bytes())
    except (FileNotFoundError, ValueError):
        found = {}
    return {name: entry for name, entry in found.items() if isinstance(entry, dict)} if isinstance(found, dict) else {}


def _write(file: Path, content: bytes) -> None:
    """Write all of it or nothing."""
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(content)
    part.replace(file)


def _sign(files: list[Path]) -> None:
    """Tell Jupyter to trust these files, whose outputs are the course's own, so that their widgets show unrun."""
    if not files:
        return
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary()
    for file in files:
        notary.sign(nbformat.read(file, as_version=4))
    notary.store.close()
