"""The question bank for learning platforms and for paper.

`export("moodle", ["08-check"])` writes files into a folder, with `what-is-lost.md` and `manifest.json` beside them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from lumbar.export import manifest
from lumbar.export.manifest import Changes, NotKnown
from lumbar.export.package import Package
from lumbar.export.words import silent
from lumbar.quiz.items import Quiz, load, names

__all__ = ["PLATFORMS", "NotKnown", "NotWritten", "Written", "export"]

PLATFORMS = {
    "moodle": "Moodle", "canvas": "Canvas", "brightspace": "Brightspace", "blackboard": "Blackboard", "paper": "paper",
}  # fmt: skip
MODULES = {name: "test" if name == "paper" else name for name in PLATFORMS}
LOST = "what-is-lost.md"
KEYS = (
    "The keys are in the file, since the platform marks with them: whoever can read the file can read the answers. "
    "Keep it from pupils, and switch off the review of right answers in the quiz's settings until the exam is over."
)
APART = "The key is a page of its own: keep it from pupils."
LATER = "The course tells only later what is right in {}. On the platform, its settings decide when feedback shows."


class NotWritten(OSError):
    """The files could not be written; the message is a sentence that says why and what to do."""


@dataclass(frozen=True)
class Written:
    """What an export wrote: the files within `folder`, how many questions, what is lost, and what has changed."""

    platform: str
    folder: Path
    files: tuple[str, ...]
    count: int
    lost: dict[str, list[str]]
    notes: tuple[str, ...]
    changes: Changes | None

    def __str__(self) -> str:
        """All of it in sentences for the person who asked for it."""
        return "\n".join([*self._changed(), *self._wrote(), *self.notes, *self._lost()])

    def _changed(self) -> list[str]:
        if not self.changes:
            return []
        told = self.changes
        head = f"Since version {told.since}: {len(told.new)} new, {len(told.changed)} changed in meaning, "
        gone = f"No longer in the course, so take them out by hand: {', '.join(told.gone)}."
        return [f"{head}{len(told.reworded)} reworded.", *([gone] if told.gone else [])]

    def _wrote(self) -> list[str]:
        if not self.files:
            return ["No question has changed, so nothing was written."]
        shown = self.files if len(self.files) < 8 else (*self.files[:4], f"and {len(self.files) - 4} more")
        return [f"Wrote {counted(self.count)} to {self.folder}: {', '.join(shown)}."]

    def _lost(self) -> list[str]:
        lines = [f"- {sentence}{_times(ids)}" for sentence, ids in self.lost.items()]
        where = f"{PLATFORMS[self.platform].capitalize()} cannot carry all of it. {LOST} names each question:"
        return [where, *lines] if self.files and lines else []


def counted(count: int) -> str:
    """ "1 question", "14 questions"."""
    return f"{count} question{'' if count == 1 else 's'}"


def _times(ids: list[str]) -> str:
    return f" ({counted(len(ids))})" if ids else ""


def export(
    platform: str, quizzes: Sequence[str] = (), into: Path | None = None, since: str | None = None, exam: bool = False
) -> Written:
    """Write these quizzes, or the whole bank, for a platform of `PLATFORMS` into the folder `into`.

    `since`, a version of the course or the path of a former manifest, leaves only what is new or changed; `exam`
    leaves out all that teaches. Raises `UnknownName` for a quiz, `NotKnown` for `since`, `NotWritten` for the folder.
    """
    chosen = [load(name) for name in dict.fromkeys(quizzes or names())]
    items = list({item.id: item for quiz in chosen for item in quiz.items}.values())
    changes = manifest.compare(items, since) if since else None
    wanted = _chosen(chosen, platform, changes)
    made = _make(platform, wanted, exam)
    into = into or Path(f"lumbar-{platform}{'-exam' if exam else ''}{'-changes' if since else ''}")
    count = len({item.id for quiz in wanted for item in quiz.items})
    notes = tuple(_notes(platform, chosen, wanted, exam))
    if not wanted:
        return Written(platform, into, (), 0, {}, notes, changes)
    lost = _lost_page(platform, made, notes, changes)
    files = made.files | {LOST: lost.encode(), "manifest.json": manifest.write(items).encode()}
    _save(into, files)
    return Written(platform, into, tuple(files), count, made.lost, notes, changes)


def _chosen(quizzes: Iterable[Quiz], platform: str, changes: Changes | None) -> list[Quiz]:
    """The quizzes with what is to be written: each question once, but on paper, where a quiz stays whole."""
    wanted = {item.id for quiz in quizzes for item in quiz.items} if changes is None else changes.touched
    if platform == "paper":
        return [quiz for quiz in quizzes if any(item.id in wanted for item in quiz.items)]
    found, seen = [], set()
    for quiz in quizzes:
        items = tuple(item for item in quiz.items if item.id in wanted and item.id not in seen)
        seen |= {item.id for item in items}
        found += [replace(quiz, items=items)] if items else []
    return found


def _make(platform: str, quizzes: list[Quiz], exam: bool) -> Package:
    module = import_module(f"lumbar.export.{MODULES[platform]}")
    if exam and platform != "paper":
        quizzes = [replace(quiz, items=tuple(map(silent, quiz.items))) for quiz in quizzes]
    return module.write(quizzes, manifest.course_version(), exam)


def _notes(platform: str, chosen: list[Quiz], wanted: list[Quiz], exam: bool) -> Iterable[str]:
    if platform == "paper":
        yield APART
        return
    if exam:
        yield KEYS
    later = [quiz.name for quiz in wanted if quiz.feedback == "later"]
    if later and not exam:
        yield LATER.format(", ".join(later))
    repeats = _repeated(chosen)
    if repeats:
        yield f"Each question is written once. These quizzes only repeat questions of others: {', '.join(repeats)}."


def _repeated(quizzes: list[Quiz]) -> list[str]:
    seen: set[str] = set()
    repeats = []
    for quiz in quizzes:
        own = {item.id for item in quiz.items}
        repeats += [quiz.name] if own <= seen else []
        seen |= own
    return repeats


def _lost_page(platform: str, made: Package, notes: Iterable[str], changes: Changes | None) -> str:
    version, name = manifest.course_version(), PLATFORMS[platform]
    head = [f"# What {name} cannot carry", f"Lumbar {version}.", *notes]
    if changes:
        head.append(f"Only what is new or changed since version {changes.since} is here.")
    parts = [f"- {sentence}{_named(ids)}" for sentence, ids in made.lost.items()]
    return "\n\n".join([*head, "\n".join(parts)]) + "\n"


def _named(ids: list[str]) -> str:
    return f"\n  {counted(len(ids))}: {', '.join(ids)}" if ids else ""


def _save(folder: Path, files: dict[str, bytes]) -> None:
    try:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise NotWritten(f"The files cannot be written to {folder}: {why}. Name another folder with --into.") from None
