"""The figures of a report: pure NumPy over columns, with nothing read and nothing said.

Scores run from 0 to 1, and NaN stands for no answer. Intervals are for 95 %, as (low, high).
"""

import numpy as np

Z = 1.959963984540054  # the normal distribution has 97.5 % below it
DRAWS, SEED = 1000, 1937
BLOCK = 4_000_000  # numbers of draws that are floats at one time: 32 MB


def wilson(right: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The interval of a proportion, `right` of `n`; NaN where n is 0.

    The score interval without continuity correction: Wilson 1927, J Am Stat Assoc 22:209.
    """
    right, n = np.asarray(right, float), np.asarray(n, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = right / n
        centre, half = p + Z**2 / (2 * n), Z * np.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
        return (centre - half) / (1 + Z**2 / n), (centre + half) / (1 + Z**2 / n)


def newcombe(table: np.ndarray) -> tuple[float, float, float]:
    """How a share of right answers changed in the same pupils, after minus before, and its interval.

    `table` counts pupils as [[both wrong, wrong then right], [right then wrong, both right]]. Method 10 of Newcombe
    1998, Stat Med 17:2635: two Wilson intervals, squared and added, with the correlation between the votes.
    """
    (d, c), (b, a) = np.asarray(table, float)
    n = a + b + c + d
    before, after = (a + b) / n, (a + c) / n
    (low_before, high_before), (low_after, high_after) = wilson(a + b, n), wilson(a + c, n)
    phi = _phi(a, b, c, d)
    below = _hypotenuse(after - low_after, high_before - before, phi)
    above = _hypotenuse(high_after - after, before - low_before, phi)
    return after - before, after - before - below, after - before + above


def _phi(a: float, b: float, c: float, d: float) -> float:
    """The correlation of the two votes, with Newcombe's correction for its small-sample bias."""
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    product = a * d - b * c
    corrected = max(product - (a + b + c + d) / 2, 0) if product > 0 else product
    return corrected / np.sqrt(margins) if margins else 0.0


def _hypotenuse(one: float, other: float, phi: float) -> float:
    return float(np.sqrt(max(one**2 - 2 * phi * one * other + other**2, 0)))


# --- A question and the rest of its quiz ------------------------------------------------------------------------------


def rest(scores: np.ndarray) -> np.ndarray:
    """For each pupil and question the mean score on the other questions: pupils × questions, as `scores`.

    NaN for a pupil who answered less than half of the others. With all answered it ranks pupils as the sum does.
    """
    answered = ~np.isnan(scores)
    filled = np.where(answered, scores, 0)
    others = answered.sum(1, keepdims=True) - answered
    enough = (others > 0) & (2 * others >= scores.shape[1] - 1)
    return np.where(enough, (filled.sum(1, keepdims=True) - filled) / np.maximum(others, 1), np.nan)


def pair_sums(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """What `correlation` needs of each pupil: pupils × 6 × questions. A pair with a NaN counts as nothing."""
    both = ~np.isnan(x) & ~np.isnan(y)
    x, y = np.where(both, x, 0), np.where(both, y, 0)
    return np.stack([both.astype(float), x, y, x * x, y * y, x * y], axis=1)


def correlation(sums: np.ndarray) -> np.ndarray:
    """Pearson's r of each question from sums over pupils, … × 6 × questions; NaN where one side does not vary.

    Of right or wrong with the rest of the quiz it is the point-biserial correlation, corrected for the question's own
    share in the total: Henrysson 1963, Psychometrika 28:211.
    """
    n, x, y, xx, yy, xy = np.moveaxis(sums, -2, 0)
    spread = (n * xx - x * x) * (n * yy - y * y)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 1e-9, (n * xy - x * y) / np.sqrt(np.maximum(spread, 1e-12)), np.nan)


def thirds(values: np.ndarray) -> np.ndarray:
    """0, 1 or 2 for the lower, middle and upper third, −1 for NaN. Equal values stay together."""
    known = ~np.isnan(values)
    _, place, count = np.unique(values[known], return_inverse=True, return_counts=True)
    middle = (np.cumsum(count) - count / 2)[place] / max(known.sum(), 1)
    third = np.full(len(values), -1)
    third[known] = np.minimum((3 * middle).astype(int), 2)
    return third


# --- A quiz -----------------------------------------------------------------------------------------------------------


def quiz_sums(scores: np.ndarray) -> np.ndarray:
    """What `alpha` needs of each pupil: pupils × (4 + questions), from scores without NaN."""
    total = scores.sum(1)
    return np.column_stack([np.ones(len(scores)), total, total**2, (scores**2).sum(1), scores])


def alpha(sums: np.ndarray) -> np.ndarray:
    """Cronbach's alpha from sums over pupils, … × (4 + questions); NaN where totals do not vary.

    Cronbach 1951, Psychometrika 16:297. With questions that are right or wrong it is formula 20 of Kuder and
    Richardson 1937, Psychometrika 2:151 (variances over n).
    """
    n, total, squares, items = np.moveaxis(sums[..., :4], -1, 0)
    each = sums[..., 4:]
    k = each.shape[-1]
    between, within = n * squares - total**2, n * items - (each**2).sum(-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(between > 1e-9, k / (k - 1) * (1 - within / np.maximum(between, 1e-12)), np.nan)


# --- Before and after -------------------------------------------------------------------------------------------------


def difference(sums: np.ndarray) -> np.ndarray:
    """After minus before, from sums over pupils of (pairs, right before, right after): groups × … × 3."""
    n, before, after = np.moveaxis(sums, -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(n > 0, (after - before) / n, np.nan)


def gain(sums: np.ndarray) -> np.ndarray:
    """The class's normalised gain, what was won of what there was to win; NaN where there was nothing.

    (after − before) / (1 − before) of the class's means: Hake 1998, Am J Phys 66:64. Sums as for `difference`.
    """
    n, before, after = np.moveaxis(sums, -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(n > before, (after - before) / (n - before), np.nan)


# --- Intervals by drawing the class anew ------------------------------------------------------------------------------


class Draws:
    """The class drawn anew from itself, pupil by pupil: Efron 1979, Ann Stat 7:1. The same draws for every figure."""

    def __init__(self, pupils: int, count: int = DRAWS, seed: int = SEED):
        dice = np.random.default_rng(seed)
        step = max(1, BLOCK // max(pupils, 1))
        sizes = [min(step, count - done) for done in range(0, count, step)] if pupils else []
        self._blocks = [_times(dice, pupils, size) for size in sizes]

    def sums(self, columns: np.ndarray) -> np.ndarray:
        """The columns' sums in each draw: pupils × … gives draws × …."""
        flat = columns.reshape(len(columns), -1)
        drawn = [block.astype(float) @ flat for block in self._blocks]
        return np.concatenate(drawn).reshape(-1, *columns.shape[1:]) if drawn else np.empty((0, *columns.shape[1:]))


def _times(dice: np.random.Generator, pupils: int, draws: int) -> np.ndarray:
    """How often each pupil is drawn. A byte holds it: over 255 of one pupil does not happen in a thousand draws."""
    drawn = dice.integers(0, pupils, (draws, pupils)) + pupils * np.arange(draws)[:, None]
    times = np.bincount(drawn.ravel(), minlength=draws * pupils).reshape(draws, pupils)
    return np.minimum(times, 255).astype(np.uint8)


def interval(drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The middle 95 % of the draws, along the first axis; NaN where more than 1 draw in 20 has no value."""
    missing = np.isnan(drawn).mean(0) > 0.05 if len(drawn) else np.ones(drawn.shape[1:], bool)
    if missing.all():
        return np.full(drawn.shape[1:], np.nan), np.full(drawn.shape[1:], np.nan)
    safe = np.where(missing, 0.0, drawn)
    low, high = np.nanpercentile(safe, [2.5, 97.5], axis=0)
    return np.where(missing, np.nan, low), np.where(missing, np.nan, high)
