"""The hundred pairs: as many are lit as the pooled difference makes of them, and the words say so."""

import pytest

from lumbar.explore.pairs import ASKED, ENDS, pairs_ahead, say_pairs


@pytest.mark.parametrize(
    ("asked", "counts"), [(0, (51, 56, 61)), (1, (53, 58, 64)), (2, (43, 49, 55)), (3, (49, 55, 61))]
)
def test_the_pairs_match_the_check_values(asked, counts):
    assert tuple(pairs_ahead(asked, end) for end in ENDS) == counts


def test_new_back_pain_comes_first():
    assert [stage for stage, _ in ASKED] == ["new back pain"] * 2 + ["sciatica"] * 2


def test_the_words_tell_a_clear_range_from_one_that_is_not():
    assert "in 56 of 100 pairs" in say_pairs(0, 1) and "All of it is on the side" in say_pairs(0, 1)
    assert "That range takes in 50." in say_pairs(2, 1)
    assert say_pairs(0, 2).endswith("The best guess is 56.")
