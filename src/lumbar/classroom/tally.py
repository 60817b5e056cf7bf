"""The votes of a class, counted: what `store.Vote` holds, canonical responses and the server's own marks."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from lumbar.classroom.masks import names_of
from lumbar.quiz.grade import number

BINS = 10  # of a number's scale, at most

Ballots = dict[int, dict[str, Any]]
"""Votes by round and pupil."""


class Votes:
    """All votes of a class. A pupil's last vote in a round counts, or the first where the answer was told after it."""

    def __init__(self, votes: Iterable = ()):
        self._sent: dict[tuple[str, str], Any] = {}
        self._counted: Counter[tuple[str, str, str]] = Counter()
        self._first: dict[tuple[str, str], Ballots] = defaultdict(lambda: defaultdict(dict))
        self._last: dict[tuple[str, str], Ballots] = defaultdict(lambda: defaultdict(dict))
        for vote in votes:
            self.add(vote)

    def add(self, vote: Any) -> None:
        """Count a vote."""
        self._sent[vote.learner, vote.id] = vote
        self._counted[vote.learner, vote.quiz, vote.item] += 1
        self._first[vote.quiz, vote.item][vote.round].setdefault(vote.learner, vote)
        self._last[vote.quiz, vote.item][vote.round][vote.learner] = vote

    def sent(self, learner: str, id: str) -> Any | None:
        """The vote of that id, if this pupil sent one before."""
        return self._sent.get((learner, id))

    def count(self, learner: str, quiz: str, item: str) -> int:
        """How many votes of a pupil on this item were kept."""
        return self._counted[learner, quiz, item]

    def forget(self, learner: str) -> None:
        """Take a pupil's votes out."""
        self._sent = {key: vote for key, vote in self._sent.items() if key[0] != learner}
        for ballots in (*self._first.values(), *self._last.values()):
            for votes in ballots.values():
                votes.pop(learner, None)

    def of(self, quiz: str, item: dict, first: bool = False) -> Ballots:
        """The votes that count, oldest round first; none on the item as it read before it was rewritten."""
        ballots = (self._first if first else self._last).get((quiz, item["id"]), {})
        current = {round: _current(votes, item["version"]) for round, votes in sorted(ballots.items())}
        return {round: votes for round, votes in current.items() if votes}

    def last(self, quiz: str, item: dict, learner: str) -> Any | None:
        """A pupil's vote in the newest round in which they have one."""
        ballots = self._last.get((quiz, item["id"]), {})
        mine = [ballots[round][learner] for round in sorted(ballots) if learner in ballots[round]]
        return mine[-1] if mine and mine[-1].item_version == item["version"] else None


def _current(votes: dict[str, Any], version: str) -> dict[str, Any]:
    return {learner: vote for learner, vote in votes.items() if vote.item_version == version}


def counts(item: dict, votes: Iterable) -> dict:
    """`{"votes", "sure", "right", "tally"}` of one round; the shape of `tally` is the kind's."""
    votes = list(votes)
    answers = [vote.response for vote in votes]
    sure, right = sum(bool(vote.sure) for vote in votes), sum(vote.score == 1 for vote in votes)
    return {"votes": len(votes), "sure": sure, "right": right, "tally": TALLIES[item["kind"]](item, answers)}


def moves(item: dict, before: dict[str, Any], after: dict[str, Any]) -> dict:
    """Who moved where between two rounds, as counts of the pupils who voted in both.

    `right` is [[wrong both times, wrong then right], [right then wrong, right both times]].
    """
    both = [(before[learner], after[learner]) for learner in before if learner in after]
    right = _table(2, 2, ((vote.score == 1, again.score == 1) for vote, again in both))
    count = len(item.get("options", []))
    chosen = ((vote.response, again.response) for vote, again in both)
    return {"options": _table(count, count, chosen) if item["kind"] == "one" else None, "right": right}


def _of_one(item: dict, answers: list) -> list[int]:
    return _per_option(item, [[answer] for answer in answers])


def _per_option(item: dict, answers: list) -> list[int]:
    return [sum(i in answer for answer in answers) for i in range(len(item["options"]))]


def _per_place(item: dict, answers: list) -> list[list[int]]:
    count = len(item["parts"])
    return _table(count, count, ((at, part) for answer in answers for at, part in enumerate(answer)))


def _per_name(item: dict, answers: list) -> list[list[int]]:
    rows = len(item["pairs"] if "pairs" in item else item["parts"])
    named = ((at, name) for answer in answers for at, name in enumerate(answer) if name is not None)
    return _table(rows, len(names_of(item)), named)


def _in_bins(item: dict, answers: list) -> dict:
    low, span = item["min"], item["max"] - item["min"]
    count = max(1, min(BINS, math.ceil(span / item["step"])))
    edges = [low + span * i / count for i in range(count + 1)]
    found = [0] * count
    for answer in answers:
        found[min(count - 1, int((number(answer) - low) / span * count))] += 1
    return {"bins": [[edges[i], edges[i + 1], n] for i, n in enumerate(found)]}


def _table(rows: int, columns: int, cells: Iterable[tuple[int, int]]) -> list[list[int]]:
    table = [[0] * columns for _ in range(rows)]
    for row, column in cells:
        table[row][column] += 1
    return table


TALLIES: dict[str, Callable] = {
    "one": _of_one, "several": _per_option, "order": _per_place, "match": _per_name, "label": _per_name,
    "number": _in_bins,
}  # fmt: skip
