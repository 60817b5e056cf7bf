"""Telling two people apart by one clue: how often the better guess is right, when two groups differ by so much.

Both groups are spread along the clue like bell curves of the same width, their middles `gap` standard deviations
apart. You meet one person of each and pick the one who lies further to the side of the group with pain. Then

    P = Φ(gap / √2) = (1 + erf(gap / 2)) / 2

since the distance between the two has the mean `gap` and the standard deviation √2. This is the common-language effect
size of McGraw & Wong 1992, Psychological Bulletin 111:361–365.

It says how well a clue tells two groups apart. It cannot say which came first, the pain or the difference, nor much
about one person. Every function takes numbers or NumPy arrays, which broadcast, and gives the same shape back.
"""

from math import erf

import numpy as np
from numpy.typing import ArrayLike

_erf = np.vectorize(erf, otypes=[float])


def bell(at: ArrayLike, middle: ArrayLike = 0.0) -> np.ndarray:
    """How densely people lie at `at` in a group around `middle`, both in standard deviations: the normal curve."""
    return np.exp(-((np.asarray(at, float) - middle) ** 2) / 2) / np.sqrt(2 * np.pi)


def right_guesses(gap: ArrayLike) -> np.ndarray:
    """The share of right guesses, 0.5 (a coin) to 1, for a `gap` of 0 or more standard deviations."""
    return (1 + _erf(np.asarray(gap, float) / 2)) / 2
