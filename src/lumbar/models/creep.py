"""Body height over a day: discs give way to load while you are up, and fill again while you lie.

    dx/dt = (target − x) / τ        x: how far below your tallest you are
    up 16 h:     target = X,   τ = τ_up
    lying 8 h:   target = θ X, τ = τ_lying

Day follows day, so that x ends where it began. τ_up, τ_lying and X are such that, with θ = 0, the day loses what
Tyrrell 1985 measured in eight young adults, with the same share of it gone after one hour up and regained after half
the night. `theta`, the tension, is the share of the day's load that stays on the discs at night: our own what-if.
With 0.46 the night is as slow as Healey 2008 saw when back muscles were kept at work by electricity for 20 minutes.

It can show that being shorter by evening is normal, and what tension at night would do to height. It has no harm in
it: lower is not worn. It cannot show rests by day, posture, the curve of the back or heel pads, which all count in
body height, nor one disc. One person's numbers differ: with other groups' first hour, τ_lying / τ_up is 1.8 to 2.8
and not 3.7.

Functions take numbers or NumPy arrays, which broadcast, and give the same shape back.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lumbar.evidence.tables import table

UP, LYING = 16.0, 8.0
"""Hours up and hours lying: a choice."""

EXTREME = 0.46
"""The largest tension to ask about: 1 − 56.3/104.6, the recovery lost under electrical stimulation (Healey 2008)."""


@dataclass(frozen=True)
class Discs:
    """How fast a body's height gives way, and how far.

    most       how far below its tallest the body would end, were it never to lie down, mm
    up         time constant while up, h
    lying      time constant while lying, h
    """

    most: float
    up: float
    lying: float


def fitted(day_loss: float, first_hour: float, half_night: float) -> Discs:
    """The discs that lose `day_loss` mm by day, the share `first_hour` of it in one hour, and regain the share
    `half_night` of it in the first half of the night."""
    lying = LYING / 2 / np.log(half_night / (1 - half_night))
    up = _time_constant(first_hour)
    evening = day_loss / -np.expm1(-LYING / lying)
    return Discs(_end(evening, day_loss, up), float(up), float(lying))


def _time_constant(first_hour: float) -> float:
    """The time constant, h, at which the first hour brings that share of the whole day's loss."""
    short, long = 0.1, 100.0
    for _ in range(60):
        middle = (short + long) / 2
        faster = np.expm1(-1 / middle) / np.expm1(-UP / middle) > first_hour
        short, long = (middle, long) if faster else (short, middle)
    return short


def _end(evening: float, day_loss: float, up: float) -> float:
    morning = evening - day_loss
    return float(morning + day_loss / -np.expm1(-UP / up))


def _tyrrell(what: str, unit: str) -> float:
    (row,) = table("quoted").where(source="tyrrell1985", what=what, unit=unit)
    return row["value"]


DAY_LOSS = _tyrrell("height lost over a day", "mm")
"""Height lost over a day, mm (Tyrrell 1985, eight young adults)."""

FIRST_HOUR = _tyrrell("share of that lost in the first hour up", "%") / 100
"""The share of it lost in the first hour up, 0 to 1 (Tyrrell 1985)."""

HALF_NIGHT = _tyrrell("share of that regained in the first half of the night", "%") / 100
"""The share of it regained in the first half of the night, 0 to 1 (Tyrrell 1985)."""

DISCS = fitted(DAY_LOSS, FIRST_HOUR, HALF_NIGHT)


def morning_deficit(theta: ArrayLike = 0.0, discs: Discs = DISCS) -> np.ndarray:
    """How far below your tallest you get up, mm; `theta` is the share of the day's load that stays at night, 0 to 1."""
    stays_up, stays_lying = np.exp(-UP / discs.up), np.exp(-LYING / discs.lying)
    gain = np.asarray(theta, float) * (1 - stays_lying) + (1 - stays_up) * stays_lying
    return discs.most * gain / (1 - stays_up * stays_lying)


def below_tallest(hours: ArrayLike, theta: ArrayLike = 0.0, discs: Discs = DISCS) -> np.ndarray:
    """How far below your tallest you are, mm, so many `hours` after getting up (0 to 24; past 16 you lie)."""
    hours, rest = np.asarray(hours, float), discs.most * np.asarray(theta, float)
    morning = morning_deficit(theta, discs)
    by_day = discs.most + (morning - discs.most) * np.exp(-np.minimum(hours, UP) / discs.up)
    return np.where(hours <= UP, by_day, rest + (by_day - rest) * np.exp(-(hours - UP) / discs.lying))


def day_swing(theta: ArrayLike = 0.0, discs: Discs = DISCS) -> np.ndarray:
    """Height lost from getting up to going to bed, mm; `theta` 0 to 1."""
    return below_tallest(UP, theta, discs) - morning_deficit(theta, discs)
