"""The model of a treatment that does nothing, against check values and against what must hold for every setting."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.explore.recovery import DAYS, JOIN, gains, say_recovery
from lumbar.models.recovery import (
    COURSES,
    NATURAL,
    SPREAD,
    USUAL,
    crowd,
    fall_back,
    joining_mean,
    later_mean,
    natural_course,
)

cutoffs = st.floats(0, 80)
likenesses = st.floats(0, 1)


def test_joining_on_a_bad_day_gives_the_checked_gain_from_nothing():
    assert joining_mean(50) == pytest.approx(62.82, abs=0.005)
    assert later_mean(50, natural=0) == pytest.approx(53.69, abs=0.005)
    assert later_mean(50) == pytest.approx(45.69, abs=0.005)
    assert round(float(joining_mean(50) - later_mean(50))) == 17


def test_the_natural_gain_is_that_of_lasting_pain():
    assert NATURAL == 8


@pytest.mark.parametrize(
    ("kind", "found", "end", "constant"),
    [("new", (56, 26, 22, 21), 21.5, 2.95), ("lasting", (56, 48, 43, 40), 40.9, 8.8)],
)
def test_courses_are_the_best_fit_to_what_was_found(kind, found, end, constant):
    weeks = np.array([0, 6, 26, 52])
    assert COURSES[kind] == (56, end, constant)

    def miss(end, constant):
        return np.sum((natural_course(weeks, 56, end, constant) - found) ** 2)

    steps = [(a, b) for a in (-1, 0, 1) for b in (-0.4, 0, 0.4) if (a, b) != (0, 0)]
    assert all(miss(end, constant) < miss(end + a, constant + b) for a, b in steps)


def test_a_simulated_trial_agrees_with_the_formulas():
    dice = np.random.default_rng(5)
    usual = USUAL + SPREAD * np.sqrt(0.6) * dice.standard_normal(400_000)
    first, second = (usual + SPREAD * np.sqrt(0.4) * dice.standard_normal(usual.size) for _ in range(2))
    joined = first >= 50
    assert first[joined].mean() == pytest.approx(joining_mean(50), abs=0.1)
    assert second[joined].mean() == pytest.approx(later_mean(50, natural=0), abs=0.15)


@settings(deadline=None)
@given(cutoffs, cutoffs, likenesses)
def test_the_worse_the_pain_to_join_with_the_more_falls_back(one, other, alike):
    low, high = sorted((one, other))
    assert 0 <= fall_back(low, alike) <= fall_back(high, alike) + 1e-9


@settings(deadline=None)
@given(cutoffs)
def test_pain_that_never_changes_does_not_fall_back(cutoff):
    assert fall_back(cutoff, 1.0) == 0
    assert later_mean(cutoff, 1.0, natural=0) == joining_mean(cutoff)


@settings(deadline=None)
@given(cutoffs, likenesses, st.floats(0, 20))
def test_the_treatment_alone_makes_the_groups_differ(cutoff, alike, effect):
    assert later_mean(cutoff, alike) - later_mean(cutoff, alike, effect=effect) == pytest.approx(effect)


@pytest.mark.parametrize("cutoff", [0, 30, 50, 70])
@pytest.mark.parametrize("alike", [0.9, 0.6, 0.4])
def test_the_crowd_is_the_formula_in_people(cutoff, alike):
    people = crowd(cutoff, alike)
    assert (people.before >= cutoff).all() and people.treated.sum() == 50
    assert people.before.mean() == pytest.approx(joining_mean(cutoff), abs=0.1)
    assert people.after.mean() == pytest.approx(later_mean(cutoff, alike), abs=0.1)
    fell = people.before - people.after
    assert fell[people.treated].mean() == pytest.approx(fell[~people.treated].mean(), abs=1)


def test_an_effect_reaches_only_the_treated():
    without, with_it = crowd(50), crowd(50, effect=10)
    assert (without.after - with_it.after == pytest.approx(10 * without.treated))


def test_the_crowd_is_the_same_each_time():
    assert (crowd(50).after == crowd(50).after).all()


# --- The explorer


def test_without_a_comparison_the_gain_looks_like_the_treatment():
    said = say_recovery(50, 0.6, 0)
    assert "mean pain of 63 of 100. Six weeks later it is 46, 17 points better. It looks as if the treatment" in said
    assert "cannot tell" in said


def test_with_a_comparison_the_treatment_gets_none_of_it():
    said = say_recovery(50, 0.6, 1)
    assert "So none of the gain came from the treatment. About 9 of the 17 points" in said
    assert said.endswith("The other 8 came with time alone.")
    assert "Hardly any came from joining on a bad day" in say_recovery(0, 0.6, 1)


@pytest.mark.parametrize("cutoff", JOIN)
@pytest.mark.parametrize("alike", DAYS)
def test_the_points_shown_add_up_and_keep_to_the_model(cutoff, alike):
    start, bad_day, time = gains(cutoff, alike)
    assert start - bad_day - time == pytest.approx(later_mean(cutoff, alike), abs=1)
