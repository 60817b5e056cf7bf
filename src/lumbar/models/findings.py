"""How much a finding on a scan tells about the cause of a back pain, by two rules that rest on different assumptions.

A, the scan as a test. Before the scan a disc is the source with the probability `prior`. The finding multiplies the
odds by the likelihood ratio, and the older people are, the more of them have the finding without any pain:

    odds after = odds before × LR        LR(age) = max(1, sensitivity / share of pain-free people with the finding)

B, the scan as one cause in a mix. A share of the people hurt because of the finding; the others carry it as often as
people without pain do. Then, of those who have pain and the finding,

    share that hurts because of it = (p₁ − p₀) / ((1 − p₀) p₁) = 1 − 1/OR

where p₁ and p₀ are how many have the finding with pain and without, and OR is their odds ratio. This is the most that
it can be: it takes all of the difference between the groups to be cause and effect.

A needs a judge who knows where pain comes from (there was only a weak one) and holds the sensitivity fixed with age. B
needs groups that differ in nothing else, and knows no age. Neither can say what happens to one person.

Every function takes numbers or NumPy arrays, which broadcast, and gives the same shape back.
"""

import numpy as np
from numpy.typing import ArrayLike


def specificity(ratio: ArrayLike, without: ArrayLike) -> np.ndarray:
    """The share of people with another source who lack the finding, from its positive and negative likelihood ratio."""
    ratio = np.asarray(ratio, float)
    return (ratio - 1) / (ratio - without)


def sensitivity(ratio: ArrayLike, without: ArrayLike) -> np.ndarray:
    """The share of people whose disc is the source who have the finding, from the same two ratios."""
    return np.asarray(ratio, float) * (1 - specificity(ratio, without))


def ratio_at_age(sensitivity: ArrayLike, painfree: ArrayLike) -> np.ndarray:
    """The likelihood ratio where a share `painfree` of people of that age have the finding without pain."""
    return np.maximum(1.0, np.asarray(sensitivity, float) / painfree)


def after_scan(prior: ArrayLike, ratio: ArrayLike) -> np.ndarray:
    """A: the probability that a disc is the source, once the finding is known."""
    odds = np.asarray(prior, float) / (1 - np.asarray(prior, float)) * ratio
    return odds / (1 + odds)


def caused_at_most(odds_ratio: ArrayLike) -> np.ndarray:
    """B: of those who have pain and the finding, the share that hurts because of it, at most."""
    return np.maximum(0.0, 1 - 1 / np.asarray(odds_ratio, float))
