"""All figures on a class, from its answers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lumbar.quiz.items import Quiz, bank, load, names
from lumbar.report import read
from lumbar.report.analysis import Draws
from lumbar.report.changes import Comparison, comparisons
from lumbar.report.folder import Trouble
from lumbar.report.questions import Part, part


@dataclass(frozen=True)
class Aside:
    """Answers to a question that is not in the course as it was asked: it reads otherwise now, or is not there."""

    key: read.Key
    changed: bool
    pupils: int
    right: int


@dataclass(frozen=True)
class Report:
    """All figures on a class. `since` and `until` are the times of the first and last answer, "" where there is none.

    `parts` are the quizzes in the order of the course, and `troubles` the files that could not be read.
    """

    title: str
    pupils: int
    answers: int
    since: str
    until: str
    parts: tuple[Part, ...]
    comparisons: tuple[Comparison, ...]
    asides: tuple[Aside, ...]
    troubles: tuple[Trouble, ...]


def of_rows(
    rows: Iterable[tuple], title: str, paced: Collection[str] = (), troubles: Sequence[Trouble] = (),
    in_class: bool = True,
) -> Report:
    """The report on rows as `for_class` takes them; alone, unlike `in_class`, a learner's first answer always counts."""
    votes = read.votes(rows)
    quizzes = _asked({quiz for quiz, _, _ in votes.questions})
    keys = [(quiz.name, item.id, item.version) for quiz in quizzes.values() for item in quiz.items]
    untold = {name for name, quiz in quizzes.items() if in_class and quiz.feedback == "later"}
    first, later = read.sheets(votes, keys, {*paced, *untold})
    draws = Draws(votes.pupils)
    parts, start = [], 0
    for quiz in quizzes.values():
        columns = list(range(start, start := start + len(quiz.items)))
        made = part(quiz, quiz.name in paced, first.of(columns), later.of(columns), draws, votes.responses)
        parts.append(replace(made, last=quiz.name in untold or made.paced))
    return Report(
        title, votes.pupils, len(votes), votes.since, votes.until, tuple(entry for entry in parts if entry.questions),
        tuple(comparisons(quizzes, keys, first, later, draws)), tuple(_asides(votes, keys)), tuple(troubles),
    )  # fmt: skip


def _asked(given: set[str]) -> dict[str, Quiz]:
    """The course's quizzes among these, in the order in which a lesson asks them."""
    return {name: load(name) for name in sorted(names(), key=_turn) if name in given}


def _turn(name: str) -> tuple[str, bool]:
    return name[:2], name.endswith("-check")


def _asides(votes: read.Votes, keys: list[read.Key]) -> Iterator[Aside]:
    items = bank()
    for key, pupils, right in read.others(votes, set(keys)):
        item = items.get(key[1])
        yield Aside(key, item is not None and item.version != key[2], pupils, right)


