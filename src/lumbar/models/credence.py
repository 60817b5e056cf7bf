"""What is left of a chain when every one of its links is unsure.

A path holds only if each step holds, given all the steps before it:

    P(path) = q₁ q₂ … qₙ

Each q is not known but spread: a Beta(a, b) distribution, drawn many times. How much of the doubt about the end comes
from one link is its share of the variance of log P(path), which is a sum over the links. Where steps tend to hold
together, since something stands behind all of them, each is taken to hold when a hidden normal score passes its mark,
and the scores share a correlation.

It can show that a long story needs every link, that doubts multiply, and which link to measure next. It cannot show
that a chain is false, nor what share of back pain comes from tension: there are other paths. Nobody can look the q's
up.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from statistics import NormalDist

import numpy as np

Spread = tuple[float, float]
"""The a and b of a Beta distribution."""

SCEPTICAL: Spread = (2, 20)  # disc changes come from load: about 8 in 100
GENEROUS: Spread = (6, 6)  # the same: about half
NOT_MEASURED: Spread = (1, 1)  # anything from none to all
PROTRUDES: Spread = (20, 21)  # a changed disc protrudes: about half, at 40
HURTS: Spread = (10, 90)  # a protruding disc gives leg pain: about 1 in 10
FUSES: Spread = (1, 20)  # the disc fuses in the end: a guess

DRAWS = 50_000


def path(links: Sequence[Spread]) -> np.ndarray:
    """Draws of the probability that all links hold."""
    found = np.ones(DRAWS)
    for place, (a, b) in enumerate(links):
        found = found * _draws(place, a, b)
    return found


def spread(links: Sequence[Spread]) -> tuple[float, float, float]:
    """The middle of that probability, and the ends of the range that holds 95 of 100 draws: (middle, low, high)."""
    return _spread(tuple(links))


@lru_cache(maxsize=512)
def _spread(links: tuple[Spread, ...]) -> tuple[float, float, float]:
    low, middle, high = np.percentile(path(links), (2.5, 50, 97.5))
    return float(middle), float(low), float(high)


def doubt_shares(links: Sequence[Spread]) -> np.ndarray:
    """How much of the doubt about the end comes from each link: shares of the variance of its logarithm."""
    each = np.array([trigamma(a) - trigamma(a + b) for a, b in links])
    return each / each.sum()


def still_held(credences: Sequence[float], together: float = 0.0) -> np.ndarray:
    """The probability that the first link holds, that the first two hold, and so on to all of them.

    Each holds with its own credence, above 0 and below 1; their hidden scores share the correlation `together`, from 0
    to below 1.
    """
    return _still_held(tuple(credences), together)


@lru_cache(maxsize=512)
def _still_held(credences: tuple[float, ...], together: float) -> np.ndarray:
    marks = np.array([NormalDist().inv_cdf(p) for p in credences])
    scores, weights = _normal()
    reach = (marks + np.sqrt(together) * scores[:, None]) / np.sqrt(1 - together)
    return weights @ _below(reach).cumprod(axis=1)


def trigamma(x: float) -> float:
    """The second derivative of log Γ: by its recurrence up to 10, then its asymptotic series."""
    found = 0.0
    while x < 10:
        found, x = found + 1 / x**2, x + 1
    return found + 1 / x + 1 / (2 * x**2) + 1 / (6 * x**3) - 1 / (30 * x**5) + 1 / (42 * x**7)


@lru_cache(maxsize=64)
def _draws(place: int, a: float, b: float) -> np.ndarray:
    return np.random.default_rng([42, place]).beta(a, b, DRAWS)


@cache
def _normal() -> tuple[np.ndarray, np.ndarray]:
    """Scores of a standard normal and their weights."""
    scores = np.linspace(-6, 6, 121)
    weights = np.exp(-(scores**2) / 2)
    return scores, weights / weights.sum()


def _below(scores: np.ndarray) -> np.ndarray:
    return np.vectorize(NormalDist().cdf)(scores)
