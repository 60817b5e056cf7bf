"""Fusing on purpose: what trials found beside what one expects."""

import pytest

from lumbar.explore.fusion import TRIALS, at, say_fusion

PLACE = {(row["trial"].partition(",")[0], row["years"]): place for place, row in enumerate(TRIALS)}


@pytest.mark.parametrize(
    ("trial", "words"),
    [
        (("Britain", 2), "4 points better than with exercise and talks (the truth may lie from next to none to 8"),
        (("Norway I", 1), "2 points better than with exercise and talks (the truth may lie from 11 better to 7 worse"),
        (("Norway I and II", 9), "2 points better than with exercise and talks (the truth may lie from 12 better to 8"),
    ],
)
def test_each_trial_is_told_with_its_range(trial, words):
    assert words in say_fusion(PLACE[trial], 20)


def test_an_end_of_pain_fits_no_trial():
    assert all("You expected 20 points. That does not fit." in say_fusion(place, 20) for place in PLACE.values())


def test_a_small_gain_fits_the_largest_trial_and_no_gain_all_the_others():
    largest = PLACE["Britain", 2]
    assert "You expected 5 points. That still fits." in say_fusion(largest, 5)
    assert [place for place in PLACE.values() if "and that fits" in say_fusion(place, 0)] == [
        place for place in PLACE.values() if place != largest
    ]


def test_better_with_the_operation_lies_to_the_left():
    assert at(-10) < at(0) < at(10)
    assert all(row["low"] < row["effect"] < row["high"] for row in TRIALS)
