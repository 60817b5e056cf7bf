"""A class's answers as columns: votes as the class server kept them, made small enough for a million of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any

import numpy as np

CHUNK = 50_000  # rows that are Python objects at one time

Key = tuple[str, str, str]
"""A question as it was asked: quiz, item, version of the item."""


@dataclass(frozen=True)
class Votes:
    """All answers, oldest first: one entry each in every column. `pupil`, `question` and `response` are places.

    `questions` and `responses` hold what the places stand for; of pupils nothing but their number is kept.
    """

    pupils: int
    questions: list[Key]
    responses: list[str]
    pupil: np.ndarray
    question: np.ndarray
    response: np.ndarray
    round: np.ndarray
    sure: np.ndarray
    score: np.ndarray
    since: str = ""
    until: str = ""

    def __len__(self) -> int:
        return len(self.pupil)


@dataclass(frozen=True)
class Sheet:
    """The answer that counts of each pupil to each of some questions: arrays of pupils × questions.

    `score` is NaN, `response` and `when` (the place among all answers) are −1 where there is none.
    """

    score: np.ndarray
    sure: np.ndarray
    response: np.ndarray
    when: np.ndarray

    @property
    def right(self) -> np.ndarray:
        """1 for a full mark, 0 for less, NaN for no answer."""
        return np.where(np.isnan(self.score), np.nan, self.score == 1)

    def of(self, columns: list[int]) -> "Sheet":
        """The same pupils, and these questions alone."""
        return Sheet(self.score[:, columns], self.sure[:, columns], self.response[:, columns], self.when[:, columns])


def votes(rows: Iterable[tuple]) -> Votes:
    """The columns of rows as `classroom.store.answers` gives them, oldest first."""
    books = _Books()
    chunks = [_columns(chunk, books) for chunk in _chunks(rows)]
    types = (np.int32, np.int32, np.int32, np.int16, bool, np.float64)
    columns = [np.concatenate(parts) for parts in zip(*chunks, strict=True)] or [np.empty(0, type) for type in types]
    return Votes(len(books.pupils), list(books.questions), list(books.responses), *columns, books.since, books.until)


def sheets(votes: Votes, keys: list[Key], changeable: Collection[str]) -> tuple[Sheet, Sheet]:
    """Each pupil's first vote on these questions, and their vote in the last round that a question had after it.

    Of several answers in one round the first counts: the learner had not been told yet. In a quiz of `changeable` it is the
    last one, since a vote may be changed until it is closed.
    """
    columns = {key: column for column, key in enumerate(keys)}
    column = np.array([columns.get(key, -1) for key in votes.questions], int)[votes.question]
    last = np.array([quiz in changeable for quiz, _, _ in votes.questions], bool)[votes.question]
    rounds = np.zeros(len(keys) + 1, int)  # one more for questions that are none of these
    np.maximum.at(rounds, column, votes.round)
    ours = column >= 0
    first = _sheet(votes, column, ours & (votes.round <= 1), last, len(keys))
    later = _sheet(votes, column, ours & (votes.round > 1) & (votes.round == rounds[column]), last, len(keys))
    return first, later


def others(votes: Votes, keys: Collection[Key]) -> Iterator[tuple[Key, int, int]]:
    """Each question that is not among these, with how many pupils answered it, and how many were right at first."""
    unknown = [place for place, key in enumerate(votes.questions) if key not in keys]
    rows = np.flatnonzero(np.isin(votes.question, unknown))
    rows = rows[_firsts(votes.question[rows].astype(np.int64) * max(votes.pupils, 1) + votes.pupil[rows])]
    n = np.bincount(votes.question[rows], minlength=len(votes.questions))
    right = np.bincount(votes.question[rows], votes.score[rows] == 1, minlength=len(votes.questions))
    for place in unknown:
        yield votes.questions[place], int(n[place]), int(right[place])


def _book() -> dict[Any, int]:
    """Gives each new thing that is looked up the next place."""
    return defaultdict(count().__next__)


@dataclass
class _Books:
    """Where pupils, questions and responses get their places."""

    pupils: dict[str, int] = field(default_factory=_book)
    questions: dict[Key, int] = field(default_factory=_book)
    responses: dict[str, int] = field(default_factory=_book)
    since: str = ""
    until: str = ""


def _chunks(rows: Iterable[tuple]) -> Iterator[list[tuple]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _columns(chunk: list[tuple], books: _Books) -> tuple[np.ndarray, ...]:
    learner, item, version, quiz, response, sure, score, at, round = zip(*chunk, strict=True)
    books.since, books.until = min(books.since or min(at), min(at)), max(books.until, max(at))
    return (
        _places(learner, books.pupils),
        _places(zip(quiz, item, version, strict=True), books.questions),
        _places(response, books.responses),
        np.array(round, np.int64).clip(1, 30_000).astype(np.int16),
        np.array(sure, bool),
        np.array(score, np.float64),
    )


def _places(values: Iterable, book: dict) -> np.ndarray:
    return np.fromiter(map(book.__getitem__, values), np.int32)


def _sheet(votes: Votes, column: np.ndarray, among: np.ndarray, last: np.ndarray, width: int) -> Sheet:
    rows = np.flatnonzero(among)
    place = votes.pupil[rows].astype(np.int64) * width + column[rows]
    late = last[rows]
    # Read backwards, the last answer comes first.
    chosen = np.concatenate([rows[~late][_firsts(place[~late])], rows[late][::-1][_firsts(place[late][::-1])]])
    at = (votes.pupil[chosen], column[chosen])
    score, sure = np.full((votes.pupils, width), np.nan), np.zeros((votes.pupils, width), bool)
    response, when = (np.full((votes.pupils, width), -1, np.int32) for _ in range(2))
    score[at], sure[at], response[at] = votes.score[chosen], votes.sure[chosen], votes.response[chosen]
    when[at] = chosen
    return Sheet(score, sure, response, when)


def _firsts(keys: np.ndarray) -> np.ndarray:
    """Where each key stands for the first time."""
    return np.unique(keys, return_index=True)[1]
