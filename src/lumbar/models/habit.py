"""Learning to brace, and unlearning it: the delta rule of Rescorla & Wagner with three turns.

Each time you meet a movement you expect some pain, V. What happens is λ: 1 if it hurts, 0 if not.

    V ← V + α (λ − V)              α: how fast you learn, when it is worse or better than expected
    R = R₀ + (R₁ − R₀) [S(k (V − ½)) − S(−k/2)],   S(x) = 1/(1 + e⁻ˣ)         the bracing

1. Guarding: once the pain has gone, one who braces may not find out. A try teaches something only with the probability
   1 − w (R − R₀)/(R₁ − R₀).
2. Place: what is unlearned is not wiped out. It is held down by something learned beside it, which belongs to the
   place: V = V_pain − V_safe, and in another place V_safe begins at 0.
3. People differ by luck: which times hurt, which tries teach.

Every number is a choice for teaching: α = 0.15, R₀ = 2 % and R₁ = 8 % of the muscle's most, k = 6. Slower unlearning,
α = 0.04, is by analogy with how people in pain unlearned ratings of pain (Flor 2002), not muscle activity.

It can show how a response could be learned, outlive its cause, and come back. It cannot show that back muscles learn so
(no study has tried it with them), that bracing causes pain, or any real pace.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

RATE = 0.15
"""How fast V moves to what happened, a share of the difference at each try, 0 to 1: a choice."""

SLOW = 0.04
"""The same for slow unlearners: a choice, by analogy with Flor 2002."""

AT_EASE, FULL = 2.0, 8.0
"""Muscle activity with nothing expected, and the level that bracing tends to, % of the muscle's most: choices."""

STEEP = 6.0
"""How sharply bracing sets in around V = ½: a choice."""

HURTING, SAFE = 40, 80
"""Times that the movement may hurt, and times after that without pain: choices."""


@dataclass(frozen=True)
class Course:
    """What people go through, one row a try, one column a person.

    expected  the pain expected before the try, 0 to 1
    bracing   muscle activity at it, % of the muscle's most
    taught    whether it taught them something
    """

    expected: np.ndarray
    bracing: np.ndarray
    taught: np.ndarray


def bracing(expected: ArrayLike) -> np.ndarray:
    """How hard the muscles brace, % of their most, against the pain `expected`, 0 to 1. At 1 it is 7.43, not 8."""
    return AT_EASE + (FULL - AT_EASE) * (_logistic(STEEP * (np.asarray(expected, float) - 0.5)) - _logistic(-STEEP / 2))


def chance_to_find_out(expected: ArrayLike, guard: ArrayLike) -> np.ndarray:
    """The probability that a try without pain teaches something; `guard` is w, 0 to 1."""
    return 1 - np.asarray(guard) * (bracing(expected) - AT_EASE) / (FULL - AT_EASE)


def go_through(
    hurts: float = 1.0,
    guard: float = 0.0,
    unlearning: float = RATE,
    after: int = 0,
    elsewhere: bool = False,
    people: int = 1000,
    seed: int = 1,
) -> Course:
    """`HURTING` tries that hurt with the probability `hurts`, `SAFE` tries that do not, and `after` more without pain.

    `guard` is w, 0 (always finds out) to 1; `unlearning` the rate α when it is better than expected; with `elsewhere`
    the last tries are in another place. The same `seed` gives the same luck at every setting.
    """
    tries = HURTING + SAFE + after
    luck = np.random.default_rng(seed).random((tries, people))
    pain, safe = np.zeros(people), np.zeros(people)
    expected, taught = np.empty((tries, people)), np.empty((tries, people), bool)
    for i in range(tries):
        if elsewhere and i == HURTING + SAFE:
            safe = np.zeros(people)
        expected[i] = pain - safe
        if i < HURTING:
            taught[i] = True
            pain = learned(pain, luck[i] < hurts, unlearning)
        else:
            taught[i] = luck[i] < chance_to_find_out(expected[i], guard)
            safe = safe + unlearning * expected[i] * taught[i]
    return Course(expected, bracing(expected), taught)


def learned(expected: ArrayLike, hurt: ArrayLike, unlearning: float = RATE) -> np.ndarray:
    """The pain expected next time, 0 to 1, once it has `hurt` or not, in one and the same place."""
    surprise = np.asarray(hurt, float) - expected
    return expected + np.where(surprise > 0, RATE, unlearning) * surprise


def _logistic(x: ArrayLike) -> np.ndarray:
    return 1 / (1 + np.exp(-np.asarray(x)))
