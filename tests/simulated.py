"""Answers of a class that never was: simulated for tests, and called so."""

import json
import math
import random
from collections.abc import Iterator, Sequence
from typing import Any

from lumbar.quiz.grade import mark
from lumbar.quiz.items import Item, load

TITLE = "Class 7K3FA (simulated)"


def answer(item: Item, right: bool, dice: random.Random) -> Any:
    """A response in the bank's indices that has the full mark, or one that a pupil may well give without."""
    if item.kind == "number":
        return f"{item.answer:g}" if right else f"{item.max if item.answer < item.max - item.tolerance else item.min:g}"
    if item.kind in ("one", "several"):
        keyed = [place for place, option in enumerate(item.options) if option.right]
        wrong = [place for place in range(len(item.options)) if place not in keyed]
        if item.kind == "several":
            return keyed if right else [*keyed[1:], dice.choice(wrong)]
        return keyed[0] if right else dice.choice(wrong)
    places = list(range(len(item.pairs if item.kind == "match" else item.parts)))
    return places if right else [places[1], places[0], *places[2:]]


def row(learner: str, quiz: str, item: Item, response: Any, sure: bool = False, at: int = 0, round: int = 1) -> tuple:
    """One answer as `classroom.store.answers` gives it, `at` seconds after the start."""
    score = mark(item.page(), response).score
    time = f"2026-03-{3 + at // 86400:02}T{at // 3600 % 24:02}:{at // 60 % 60:02}:{at % 60:02}.000Z"
    return (learner, item.id, item.version, quiz, json.dumps(response), int(sure), score, time, round)


def votes(
    pupils: int = 28,
    quizzes: Sequence[str] = ("08-think", "08-check"),
    talked: Sequence[str] = ("08-check",),
    seed: int = 7,
) -> Iterator[tuple]:
    """Pupils who know more or less, and more each time; in quizzes of `talked` every other question is asked twice."""
    dice = random.Random(seed)
    able = [dice.gauss(0, 1) for _ in range(pupils)]
    at = 0
    for turn, name in enumerate(quizzes):
        for place, item in enumerate(load(name).items):
            hard = dice.gauss(0.3, 0.8)
            for round in (1, 2) if name in talked and place % 2 else (1,):
                for pupil, level in enumerate(able):
                    if dice.random() < 0.03:
                        continue
                    right = dice.random() < 1 / (1 + math.exp(hard - 1.2 * level - 0.8 * turn - (round - 1)))
                    at += 1
                    sure = dice.random() < (0.65 if right else 0.35)
                    yield row(f"pupil-{pupil}", name, item, answer(item, right, dice), sure, at, round)
