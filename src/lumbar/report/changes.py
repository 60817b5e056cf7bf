"""Before and after: the same pupils on matched questions, for each lesson and each claim.

Three comparisons, kept apart: the course's first quiz and its last; the questions before a lesson and the same ones
after it; the first vote and the one after talking.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from lumbar import course
from lumbar.quiz.items import Item, Quiz
from lumbar.report import analysis
from lumbar.report.analysis import Draws
from lumbar.report.questions import SOME, Change, Estimate, crossed, estimates
from lumbar.report.read import Key, Sheet
from lumbar.review import AFTER, BEFORE
from lumbar.review.pairs import pairs

CEILING, ENOUGH = 0.85, 20  # above this share before, or under so many pupils, a gain says nothing


@dataclass(frozen=True)
class Pair:
    """Two matched columns, and the lesson and claims that they ask about."""

    before: int
    after: int
    lesson: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """What changed in one lesson ("08"), in one claim ("C15"), or in all ("")."""

    name: str
    questions: int
    change: Change


@dataclass(frozen=True)
class Comparison:
    """One of the three: "course", "lesson" or "talk"."""

    name: str
    all: Row
    lessons: tuple[Row, ...]
    claims: tuple[Row, ...]


def comparisons(
    quizzes: dict[str, Quiz], keys: list[Key], first: Sheet, later: Sheet, draws: Draws
) -> list[Comparison]:
    """Those of the three for which there are answers."""
    columns = {(quiz, item): column for column, (quiz, item, _) in enumerate(keys)}
    made = (
        _compared("course", list(_course(quizzes, columns)), first, first, draws),
        _compared("lesson", list(_lesson(quizzes, columns)), first, first, draws),
        _compared("talk", list(_talk(quizzes, columns)), first, later, draws),
    )
    return [comparison for comparison in made if comparison]


def lesson_of(item: Item, quiz: str) -> str:
    """The number of the lesson that teaches what an item asks."""
    for lesson in course.LESSONS:
        if item.claims and item.claims[0] in lesson.claims:
            return lesson.number
    return item.objective[:2] if item.objective else quiz[:2]


def _course(quizzes: dict[str, Quiz], columns: dict) -> Iterator[Pair]:
    if BEFORE in quizzes and AFTER in quizzes:
        items = {item.id: item for item in quizzes[BEFORE].items}
        for pair in pairs():
            item = items[pair["before"][0]]
            before, after = columns[BEFORE, item.id], columns[AFTER, pair["after"][0]]
            yield Pair(before, after, lesson_of(item, BEFORE), tuple(item.claims))


def _lesson(quizzes: dict[str, Quiz], columns: dict) -> Iterator[Pair]:
    for quiz in quizzes.values():
        if quiz.name.endswith("-think"):
            for item in quiz.items:
                after = columns.get((f"{quiz.name[:2]}-check", item.id))
                if after is not None:
                    yield Pair(columns[quiz.name, item.id], after, quiz.name[:2], tuple(item.claims))


def _talk(quizzes: dict[str, Quiz], columns: dict) -> Iterator[Pair]:
    for quiz in quizzes.values():
        for item in quiz.items:
            column = columns[quiz.name, item.id]
            yield Pair(column, column, lesson_of(item, quiz.name), tuple(item.claims))


def _compared(name: str, matched: list[Pair], before: Sheet, after: Sheet, draws: Draws) -> Comparison | None:
    """All pairs together, by lesson and by claim; only pupils count who answered the first before the second."""
    if not matched:
        return None
    ones, others = [pair.before for pair in matched], [pair.after for pair in matched]
    one, other = before.of(ones), after.of(others)
    both = (one.when >= 0) & (other.when >= 0) & (one.when < other.when)
    if not both.any():
        return None
    asked = both.any(0)
    rows = _Rows([pair for pair, some in zip(matched, asked, strict=True) if some],
                 both[:, asked], one.right[:, asked], other.right[:, asked], draws)  # fmt: skip
    lessons = sorted({pair.lesson for pair in rows.pairs})
    claims = sorted({claim for pair in rows.pairs for claim in pair.claims})
    return Comparison(
        name, rows.row("", lambda pair: True),
        tuple(rows.row(number, lambda pair, number=number: pair.lesson == number) for number in lessons),
        tuple(rows.row(claim, lambda pair, claim=claim: claim in pair.claims) for claim in claims),
    )  # fmt: skip


@dataclass(frozen=True)
class _Rows:
    """Matched answers as arrays of pupils × pairs, to be summed up over some of the pairs."""

    pairs: list[Pair]
    both: np.ndarray
    before: np.ndarray
    after: np.ndarray
    draws: Draws

    def row(self, name: str, among: Callable[[Pair], bool]) -> Row:
        chosen = [place for place, pair in enumerate(self.pairs) if among(pair)]
        both = self.both[:, chosen]
        before, after = (np.where(both, side[:, chosen], 0) for side in (self.before, self.after))
        table = crossed(before[both], after[both])
        sums = np.column_stack([both.sum(1), before.sum(1), after.sum(1)]).astype(float)
        change = Change(table, int((sums[:, 0] > 0).sum()))
        return Row(name, len(chosen), self._measured(change, sums, single=len(chosen) == 1))

    def _measured(self, change: Change, sums: np.ndarray, single: bool) -> Change:
        """With what the class is large enough for. One question has Newcombe's interval; several, that of the draws."""
        if change.pupils < SOME:
            return change
        drawn = self.draws.sums(sums)
        by_draws = estimates(analysis.difference(sums.sum(0))[None], analysis.difference(drawn)[:, None])[0]
        difference = Estimate(*map(float, analysis.newcombe(change.table))) if single else by_draws
        near_top = change.before > CEILING * change.pairs or change.after == change.pairs
        if change.pupils < ENOUGH or near_top:
            return replace(change, difference=difference)
        won = estimates(analysis.gain(sums.sum(0))[None], analysis.gain(drawn)[:, None])[0]
        return replace(change, difference=difference, gain=won)
