"""How the course says that something in its own files is wrong, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one file.

    `where` names the item, claim, reference or row; `key` the field in it; `mend` what to do about it.
    """

    file: str
    line: int
    where: str
    key: str
    problem: str
    mend: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.where, self.key) if part)
        return f"{self.file}:{self.line}: {place}: {self.problem}. {self.mend}"


class FaultyFile(ValueError):
    """A file of the course has faults; `faults` lists each of them, and nothing of the file was loaded."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = sorted(set(faults))
        count = f"{len(self.faults)} fault{'s' if len(self.faults) != 1 else ''}"
        super().__init__("\n".join([f"{count} found:", *map(str, self.faults)]))


class UnknownName(LookupError):
    """There is no quiz, figure, explorer, claim, reference or table of that name."""


def unknown(kind: str, name: object, names: Iterable[str]) -> UnknownName:
    """An `UnknownName` that offers the nearest names, or all of them where none is near."""
    names = sorted(names)
    near = get_close_matches(str(name), names, n=3, cutoff=0.5)
    offer = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(names) or 'none'}."
    return UnknownName(f"There is no {kind} called {name!r}. {offer}")


def shown(path: Path) -> str:
    """The last three parts of a path: enough to find the file, the same on every machine."""
    return "/".join(path.parts[-3:])
