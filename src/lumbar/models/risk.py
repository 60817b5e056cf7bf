"""One result in two forms: how many times the chance (relative), and how many people fewer out of a hundred (absolute).

A trial gives a ratio: the chance with a programme over the chance without it. What that means for people depends on how
many would have an episode anyway:

    with it = anyway × ratio                     a risk ratio
    with it = 1 − (1 − anyway)^ratio             a hazard ratio: a rate over time, taken to be proportional
    fewer = anyway − with it                     needed to treat = 1 / fewer

It can show that “a third less” may be 13 people in 100 or 2. It takes the ratio to be the same whatever the chance,
which is a guess, and knows no harms. Every function takes numbers or NumPy arrays, which broadcast.
"""

import numpy as np
from numpy.typing import ArrayLike


def with_it(anyway: ArrayLike, ratio: ArrayLike, rate: bool = False) -> np.ndarray:
    """The chance with the programme, 0 to 1, from the chance `anyway` and a risk ratio; with `rate` a hazard ratio."""
    anyway, ratio = np.asarray(anyway, float), np.asarray(ratio, float)
    return 1 - (1 - anyway) ** ratio if rate else np.minimum(1.0, anyway * ratio)


def fewer(anyway: ArrayLike, ratio: ArrayLike, rate: bool = False) -> np.ndarray:
    """How much lower the chance is with the programme, 0 to 1; below 0 where it is higher."""
    return np.asarray(anyway, float) - with_it(anyway, ratio, rate)


def needed(anyway: ArrayLike, ratio: ArrayLike, rate: bool = False) -> np.ndarray:
    """How many people have to take part for one of them to be spared; infinite where nobody is."""
    spared = fewer(anyway, ratio, rate)
    return np.divide(1.0, spared, out=np.full_like(spared, np.inf), where=spared > 1e-12)
