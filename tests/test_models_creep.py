"""The model of height over a day, against what was measured, check values and what must hold at every hour."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.explore.creep import curve, say_creep
from lumbar.models.creep import (
    DAY_LOSS,
    DISCS,
    EXTREME,
    LYING,
    UP,
    below_tallest,
    day_swing,
    fitted,
    morning_deficit,
)

tensions = st.floats(0, 0.9)
hours = st.floats(0, 24)


def lost(after):
    return below_tallest(after) - morning_deficit()


def test_the_fit_gives_the_checked_constants():
    assert (DISCS.up, DISCS.lying, DISCS.most) == pytest.approx((1.288, 4.721, 23.64), abs=0.005)
    assert fitted(15.4, 0.54, 0.70).most == pytest.approx(18.9, abs=0.05)
    assert DISCS.lying / DISCS.up == pytest.approx(3.7, abs=0.05)


def test_the_model_gives_back_what_was_measured():
    assert day_swing() == pytest.approx(19.3)
    assert lost(1) / DAY_LOSS == pytest.approx(0.54)
    regained = below_tallest(UP) - below_tallest(UP + LYING / 2)
    assert regained / DAY_LOSS == pytest.approx(0.70)


def test_losses_over_the_day_match_the_check_values():
    assert lost([0.5, 1, 2, 4, 8, 16]) == pytest.approx([6.21, 10.42, 15.22, 18.44, 19.26, 19.30], abs=0.006)


@pytest.mark.parametrize(
    ("theta", "morning", "swing"),
    [(0, 4.3, 19.3), (0.1, 6.3, 17.4), (0.2, 8.2, 15.4), (0.3, 10.1, 13.5), (0.46, 13.2, 10.4)],
)
def test_tension_at_night_matches_the_check_values(theta, morning, swing):
    assert morning_deficit(theta) == pytest.approx(morning, abs=0.05)
    assert day_swing(theta) == pytest.approx(swing, abs=0.05)


def test_the_extreme_is_the_recovery_lost_under_electricity():
    assert EXTREME == pytest.approx(1 - 56.3 / 104.6, abs=0.002)


def test_another_first_hour_changes_the_ratio_much():
    assert [4.721 / fitted(19.3, share, 0.70).up for share in (0.45, 0.31)] == pytest.approx([2.8, 1.8], abs=0.06)


@settings(deadline=None)
@given(tensions)
def test_a_day_ends_where_it_began(theta):
    assert below_tallest(24, theta) == pytest.approx(below_tallest(0, theta))


@settings(deadline=None)
@given(hours, tensions, tensions)
def test_more_tension_never_means_taller(hour, one, other):
    low, high = sorted((one, other))
    assert below_tallest(hour, low) <= below_tallest(hour, high) + 1e-9


@settings(deadline=None)
@given(tensions, tensions)
def test_tense_sleepers_would_swing_less(one, other):
    low, high = sorted((one, other))
    assert day_swing(high) <= day_swing(low) + 1e-9


@settings(deadline=None)
@given(tensions)
def test_the_solution_obeys_its_equation(theta):
    for start, target, constant in ((2.0, DISCS.most, DISCS.up), (18.0, theta * DISCS.most, DISCS.lying)):
        here, next_ = below_tallest([start, start + 1e-5], theta)
        assert (next_ - here) / 1e-5 == pytest.approx((target - here) / constant, abs=1e-3)


def test_arrays_broadcast():
    assert below_tallest(np.arange(24)[:, None], np.array([0, 0.2, 0.46])).shape == (24, 3)


# --- The explorer


def test_words_about_a_day_follow_what_was_measured():
    assert "You are 10.4 mm shorter than on getting up." in say_creep(1, 0)
    assert say_creep(16, 0).endswith("19.3 mm in a day is normal: more than half of it goes in the first hour.")
    assert "take water in again" in say_creep(20, 0)


def test_words_about_tension_compare_with_none_and_tell_no_harm():
    said = say_creep(24, 0.2)
    assert "get up 8.2 mm below your tallest and not 4.3 mm, and lose 15.4 mm by day and not 19.3 mm." in said
    assert said.endswith("Lower is not worn.")
    assert "electric" in say_creep(24, EXTREME) and "electric" not in said


def test_the_drawn_line_keeps_to_the_model():
    hours = np.linspace(0, 24, 500)
    x, y = curve(0.2).vertices.T
    assert abs(np.interp(hours, x, y) - below_tallest(hours, 0.2)).max() < 0.15
