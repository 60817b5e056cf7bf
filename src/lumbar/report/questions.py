"""Each question of a quiz in figures, and how far the quiz as a whole can be trusted."""

from dataclasses import dataclass

import numpy as np

from lumbar.quiz.items import Item, Quiz
from lumbar.report import analysis
from lumbar.report.analysis import Draws
from lumbar.report.read import Sheet
from lumbar.report.tallies import Line, lines, middle

SOME = 10  # pupils from which shares and intervals are given; below it counts only
MANY = 30  # pupils from which it is said how a question goes with the rest, and how reliable a quiz is
FEW_OTHERS = 4  # other questions that make a rest of the quiz
WHOLE = 8  # questions that make a quiz long enough to ask how reliable it is


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Share:
    """So many of so many, and the interval of the share where there are enough."""

    count: int
    of: int

    @property
    def estimate(self) -> Estimate | None:
        """The share with its Wilson interval; None under 10."""
        if self.of < SOME:
            return None
        low, high = analysis.wilson(self.count, self.of)
        return Estimate(self.count / self.of, float(low), float(high))


@dataclass(frozen=True)
class Sureness:
    """How many were right of those who were sure, and of those who were not."""

    sure: Share
    unsure: Share

    @property
    def fooled(self) -> int:
        """How many were sure and wrong."""
        return self.sure.of - self.sure.count


@dataclass(frozen=True)
class Change:
    """The same pupils twice: [[both wrong, wrong then right], [right then wrong, both right]], as pupils or answers.

    `pupils` gave `pairs` pairs of answers. `difference` is after minus before; `gain` what was won of what there was
    to win. Either is None where the class is too small to say, or had little left to win.
    """

    table: tuple[tuple[int, int], tuple[int, int]]
    pupils: int
    difference: Estimate | None = None
    gain: Estimate | None = None

    @property
    def pairs(self) -> int:
        return sum(map(sum, self.table))

    @property
    def before(self) -> int:
        """How many answers were right before."""
        return sum(self.table[1])

    @property
    def after(self) -> int:
        """How many answers were right after."""
        return self.table[0][1] + self.table[1][1]


@dataclass(frozen=True)
class Question:
    """One question: who was right, how it goes with the rest of the quiz, and what was answered.

    `mean` is the mean mark, with parts of a mark. `fits` is the corrected correlation with the rest. `thirds` are the
    pupils in each third by the rest of the quiz, None where they cannot be told apart. `talk` compares the first vote
    with the one after talking.
    """

    place: int
    item: Item
    right: Share
    mean: float
    fits: Estimate | None
    sureness: Sureness
    lines: tuple[Line, ...]
    thirds: tuple[int, int, int] | None
    quartiles: tuple[float, float, float] | None
    talk: Change | None


@dataclass(frozen=True)
class Part:
    """One quiz: its questions that were asked, and its reliability with the number of pupils who answered all.

    `last`: of several answers in one round the last counts.
    """

    quiz: Quiz
    paced: bool
    pupils: int
    complete: int
    asked: int
    alpha: Estimate | None
    questions: tuple[Question, ...]
    last: bool = False


def part(quiz: Quiz, paced: bool, first: Sheet, later: Sheet, draws: Draws, responses: list[str]) -> Part:
    """The figures of one quiz; both sheets have a column for each of its items, in order."""
    n = (first.response >= 0).sum(0)
    pupils = int((first.response >= 0).any(1).sum())
    common = np.flatnonzero(2 * n >= max(pupils, 1))  # a question that a few saw early must not stand for the quiz
    fits, thirds = _against_the_rest(first.score, common, draws)
    complete, alpha = _reliability(first.score[:, common], draws)
    answered = [column for column in range(len(quiz.items)) if n[column] or (later.response[:, column] >= 0).any()]
    return Part(
        quiz, paced, pupils, complete, len(common), None if paced else alpha,
        tuple(_question(quiz, column, first, later, fits[column], thirds[:, column], responses) for column in answered),
    )  # fmt: skip


def estimates(values: np.ndarray, drawn: np.ndarray) -> list[Estimate | None]:
    """Each figure with its interval from draws × figures; None where either has no value."""
    low, high = analysis.interval(drawn)
    found = zip(values.tolist(), low.tolist(), high.tolist(), strict=True)
    return [None if np.isnan(entry).any() else Estimate(*entry) for entry in found]


def _against_the_rest(
    scores: np.ndarray, common: np.ndarray, draws: Draws
) -> tuple[list[Estimate | None], np.ndarray]:
    """For each question its correlation with the rest, and for each pupil too their third by the rest."""
    pupils, count = scores.shape
    fits: list[Estimate | None] = [None] * count
    thirds = np.full((pupils, count), -1)
    if len(common) <= FEW_OTHERS:
        return fits, thirds
    asked = scores[:, common]
    rests = analysis.rest(asked)
    sums = analysis.pair_sums(asked, rests)
    found = estimates(analysis.correlation(sums.sum(0)), analysis.correlation(draws.sums(sums)))
    for place, column in enumerate(common):
        both = ~np.isnan(asked[:, place]) & ~np.isnan(rests[:, place])
        thirds[both, column] = analysis.thirds(rests[both, place])
        fits[column] = found[place] if both.sum() >= MANY else None
    return fits, thirds


def _reliability(scores: np.ndarray, draws: Draws) -> tuple[int, Estimate | None]:
    """How many answered all, and alpha where they and the questions are enough."""
    whole = ~np.isnan(scores).any(1) if scores.shape[1] else np.zeros(len(scores), bool)
    complete = int(whole.sum())
    if complete < MANY or scores.shape[1] < WHOLE:
        return complete, None
    sums = analysis.quiz_sums(np.nan_to_num(scores)) * whole[:, None]
    return complete, estimates(analysis.alpha(sums.sum(0))[None], analysis.alpha(draws.sums(sums))[:, None])[0]


def _question(
    quiz: Quiz, column: int, first: Sheet, later: Sheet, fits: Estimate | None, thirds: np.ndarray, responses: list[str]
) -> Question:
    item, codes, score = quiz.items[column], first.response[:, column], first.score[:, column]
    n, right = int((codes >= 0).sum()), int((score == 1).sum())
    ranked = n >= SOME and (thirds >= 0).any()
    return Question(
        column + 1, item, Share(right, n), float(np.nanmean(score)) if n else np.nan, fits,
        _sureness(codes >= 0, score == 1, first.sure[:, column]),
        lines(item, codes, thirds if ranked else np.full_like(thirds, -1), responses),
        tuple(int((thirds == third).sum()) for third in range(3)) if ranked else None,
        middle(item, codes, responses) if item.kind == "number" and n >= SOME else None,
        _talk(first.right[:, column], later.right[:, column]),
    )  # fmt: skip


def _sureness(answered: np.ndarray, right: np.ndarray, sure: np.ndarray) -> Sureness:
    def share(among: np.ndarray) -> Share:
        return Share(int((among & right).sum()), int(among.sum()))

    return Sureness(share(answered & sure), share(answered & ~sure))


def _talk(before: np.ndarray, after: np.ndarray) -> Change | None:
    both = ~np.isnan(before) & ~np.isnan(after)
    if not both.any():
        return None
    table = crossed(before[both], after[both])
    difference = Estimate(*map(float, analysis.newcombe(table))) if both.sum() >= SOME else None
    return Change(table, int(both.sum()), difference)


def crossed(before: np.ndarray, after: np.ndarray) -> tuple[tuple[int, int], tuple[int, int]]:
    """The 2 × 2 table of right (1) and wrong (0) before and after."""
    counts = np.bincount((2 * before + after).astype(int), minlength=4).tolist()
    return (counts[0], counts[1]), (counts[2], counts[3])
