"""Why people get better under a treatment that does nothing: natural recovery and regression to the mean.

A person's pain on one day is their usual level and what that day adds:

    Y₀ = μᵢ + e₀,   Y₁ = μᵢ + e₁ − g        Y spread like a bell curve, g the natural recovery in between

Only people with Y₀ ≥ c join. Some of them do so by chance, on a bad day: on another day they stand closer to their
usual level. With z = (c − μ)/σ, the bell curve φ and the share Φ below it, those who join

    join at      μ + σ λ,            λ = φ(z) / (1 − Φ(z))
    fall back by (1 − ρ) σ λ         ρ: how alike the pain of one person is on two days, 1 = just the same

after Barnett, van der Pols & Dobson 2005, International Journal of Epidemiology 34:215–220. μ, σ and ρ are choices for
teaching. The natural recovery is that of people with lasting pain over six weeks (Wallwork 2024): such people came for
care, so in truth some of it will be regression, too.

It can show why a gain without a comparison proves nothing. It cannot say what any real treatment does. Pain is 0 to
100. Functions take numbers or NumPy arrays, which broadcast, and give the same shape back.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from lumbar.evidence.tables import table

USUAL = 40.0
"""The mean of everybody's pain, points of 100: a choice."""

SPREAD = 20.0
"""The standard deviation of everybody's pain on one day, points of 100: a choice."""

ALIKE = 0.6
"""How alike the pain of one person is on two days (test–retest correlation), 0 to 1: a choice."""


def _lasting(when: str) -> float:
    (row,) = table("quoted").where(source="wallwork2024", what=f"mean pain that has lasted 12 weeks or more, {when}")
    return row["value"]


NATURAL = _lasting("at the start") - _lasting("six weeks later")
"""What six weeks alone bring in lasting back pain, points of 100: from 56 to 48 (Wallwork 2024, pooled cohorts)."""

COURSES = {"new": (56.0, 21.5, 2.95), "lasting": (56.0, 40.9, 8.8)}
"""Mean pain at the start, mean pain in the end (points of 100) and time constant (weeks) of back pain that is new or
has lasted 12 weeks or more: our fit to the means at 0, 6, 26 and 52 weeks of Wallwork 2024."""

_quantile = np.vectorize(NormalDist().inv_cdf, otypes=[float])
_below = np.vectorize(NormalDist().cdf, otypes=[float])
_bell = np.vectorize(NormalDist().pdf, otypes=[float])


def natural_course(weeks: ArrayLike, start: float = 56.0, end: float = 21.5, constant: float = 2.95) -> np.ndarray:
    """Mean pain, points of 100, so many `weeks` after seeking care: from `start` to `end`, ever more slowly.

    `constant` is the time constant, weeks. `natural_course(weeks, *COURSES["lasting"])` is that of lasting pain.
    """
    return end + (start - end) * np.exp(-np.asarray(weeks, float) / constant)


def joining_mean(cutoff: ArrayLike) -> np.ndarray:
    """Mean pain, points of 100, on the day they join, of those whose pain is then at least `cutoff`."""
    return USUAL + SPREAD * _excess(cutoff)


def fall_back(cutoff: ArrayLike, alike: ArrayLike = ALIKE) -> np.ndarray:
    """By how many points of 100 those who joined stand lower on another day, by regression to the mean alone.

    `cutoff` is the least pain to join with, points of 100; `alike` the test–retest correlation, 0 to 1.
    """
    return (1 - np.asarray(alike, float)) * SPREAD * _excess(cutoff)


def later_mean(
    cutoff: ArrayLike, alike: ArrayLike = ALIKE, natural: ArrayLike = NATURAL, effect: ArrayLike = 0.0
) -> np.ndarray:
    """Mean pain, points of 100, at the second look.

    Regression, `natural` recovery and the treatment's `effect` are taken off, all in points of 100.
    """
    return joining_mean(cutoff) - fall_back(cutoff, alike) - natural - np.asarray(effect)


def _excess(cutoff: ArrayLike) -> np.ndarray:
    """How far above the mean those who join lie, in standard deviations."""
    z = (np.asarray(cutoff, float) - USUAL) / SPREAD
    return _bell(z) / (1 - _below(z))


@dataclass(frozen=True)
class Crowd:
    """People of a trial: their pain on the day they join and at the second look, points of 100, and who is treated.

    A few lie below 0 or above 100, where a real scale ends.
    """

    before: np.ndarray
    after: np.ndarray
    treated: np.ndarray


def crowd(
    cutoff: float, alike: float = ALIKE, natural: float = NATURAL, effect: float = 0.0, people: int = 100
) -> Crowd:
    """A hundred `people` spread just as the bell curve has them, without any play of chance; half of them are treated.

    `cutoff`, `natural` and `effect` in points of 100, `alike` 0 to 1. What differs from the formulas is rounding.
    """
    place = (np.arange(people) + 0.5) / people
    left_out = _below((cutoff - USUAL) / SPREAD)
    before = USUAL + SPREAD * _quantile(left_out + (1 - left_out) * place)
    other_day = _quantile(_scattered(people)) * SPREAD * np.sqrt(1 - alike**2)
    treated = np.arange(people) % 2 == 1  # by turns, so that both halves start alike
    after = USUAL + alike * (before - USUAL) + other_day - natural - effect * treated
    return Crowd(before, after, treated)


def _scattered(count: int) -> np.ndarray:
    """Shares evenly spread between 0 and 1 in an order that goes with nothing: on by the golden section each time."""
    order = np.argsort(np.argsort(np.arange(1, count + 1) * 0.3819 % 1))
    return (order + 0.5) / count
