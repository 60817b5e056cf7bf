"""A folder of progress files that pupils exported: each answer once, and a word on each file that is not sound."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lumbar import portable, progress
from lumbar.quiz.grade import mark

EMPTY = "It holds no answers."
NOT_OURS = "This is not a progress file of this course: pupils export theirs as .json."


@dataclass(frozen=True)
class Trouble:
    """A file that could not be read, or only in part, and why, in a sentence for the teacher."""

    file: str
    why: str


@dataclass
class Folder:
    """What the files of a folder hold: rows as `classroom.store.answers` gives them, oldest first, and the troubles.

    One file is one pupil, whatever it says of itself. Files that share an answer, by its id, come from the same pupil:
    each answer counts once.
    """

    files: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    _rows: list[tuple] = field(default_factory=list)
    _owner: dict[str, int] = field(default_factory=dict)  # which file an answer was first seen in, by its id
    _same: dict[int, int] = field(default_factory=dict)  # files of one pupil lead to the first of them
    _marks: dict[tuple[str, str], float | None] = field(default_factory=dict)
    _pages: dict[str, dict] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)  # one copy of each

    def rows(self) -> Iterator[tuple]:
        """The answers, oldest first."""
        for at, number, *answer in sorted(self._rows, key=lambda row: row[0]):
            yield f"file {self._first(number)}", *answer, at, 1

    def _first(self, number: int) -> int:
        while number in self._same:
            number = self._same[number]
        return number

    def take(self, name: str, attempts: list) -> None:
        """Add the answers of one file."""
        number, faults, new = self.files, [], 0
        self.files += 1
        for sent in attempts:
            try:
                new += self._add(number, progress._checked(sent))
            except progress.Refused as why:
                faults.append(why)
        if faults:
            some = f"{len(faults)} of its {len(attempts)} answers"
            self.trouble(name, f"{some} cannot be counted. The first: {faults[0]}.")
        elif not new:
            self.trouble(name, "All its answers are in another file too: they count once." if attempts else EMPTY)

    def trouble(self, name: str, why: str) -> None:
        """Note what is wrong with a file."""
        self.troubles.append(Trouble(shown(name), why))

    def _add(self, number: int, attempt: dict[str, Any]) -> bool:
        """Whether the answer is new."""
        owner = self._owner.get(attempt["id"])
        if owner is not None:
            self._join(number, owner)
            return False
        text = self._one(json.dumps(attempt["response"], sort_keys=True))
        score = self._score(attempt, text)
        names = (self._one(attempt[name]) for name in ("item", "item_version", "quiz"))
        self._rows.append((attempt["at"], number, *names, text, attempt["sure"], score))
        self._owner[attempt["id"]] = number
        return True

    def _one(self, text: str) -> str:
        return self._texts.setdefault(text, text)

    def _join(self, number: int, owner: int) -> None:
        one, other = sorted((self._first(number), self._first(owner)))
        if one != other:
            self._same[other] = one

    def _score(self, attempt: dict[str, Any], response: str) -> float:
        """Our own mark where the course has this question, since a file can say anything; `Refused` for a misfit."""
        item = progress._bank().get(attempt["item"])
        if item is None or item.version != attempt["item_version"]:
            return attempt["score"]
        key = (item.id, response)
        if key not in self._marks:
            marked = mark(self._page(item), attempt["response"])
            self._marks[key] = marked.score if marked.answered else None
        if self._marks[key] is None:
            raise progress.Refused("its response does not fit the question")
        return self._marks[key]

    def _page(self, item: Any) -> dict:
        if item.id not in self._pages:
            self._pages[item.id] = item.page()
        return self._pages[item.id]


def shown(name: str) -> str:
    """A file's name for people: what cannot be shown is a question mark."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)


def read(folder: Path) -> Folder:
    """Read each file in a folder and the folders in it, but hidden ones. Raises `OSError` for the folder itself."""
    os.listdir(folder)  # raises where it is none, or closed to us
    found = Folder()
    for path in _files(folder, found):
        name = path.relative_to(folder).as_posix()
        try:
            found.take(name, _attempts(path))
        except portable.NotTaken as why:
            found.trouble(name, str(why).removesuffix(" Nothing was changed."))
        except OSError as error:
            found.trouble(name, f"It cannot be opened: {error.strerror or error}.")
    return found


def _files(folder: Path, found: Folder) -> list[Path]:
    """The files, sorted; work that was handed in often comes with a folder for each pupil."""

    def closed(error: OSError) -> None:
        found.trouble(Path(error.filename).relative_to(folder).as_posix(), f"It cannot be opened: {error.strerror}.")

    files = []
    for place, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(place, name) for name in names if not name.startswith(".")]
    return sorted(files)


def _attempts(path: Path) -> list:
    if not path.is_file():
        raise portable.NotTaken("This is no file.")
    if path.suffix.lower() != ".json":
        raise portable.NotTaken(NOT_OURS)
    if not path.stat().st_size:
        raise portable.NotTaken("This file is empty.")
    return portable.read(path)[0]
