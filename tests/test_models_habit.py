"""The model of learning to brace, against check values and what must hold for every course."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.explore.habit import KNOTS, say_habit
from lumbar.models.habit import (
    AT_EASE,
    HURTING,
    RATE,
    SAFE,
    SLOW,
    bracing,
    chance_to_find_out,
    go_through,
    learned,
)

shares = st.floats(0, 1)


def mean_at(course, safe_try):
    """Mean bracing at the n-th try without pain."""
    return course.bracing[HURTING + safe_try - 1].mean()


def test_bracing_at_nothing_and_at_certain_pain():
    assert bracing(0) == AT_EASE
    assert bracing(1) == pytest.approx(7.43, abs=0.005)


def test_forty_times_of_pain_teach_full_bracing():
    assert mean_at(go_through(), 1) == pytest.approx(7.43, abs=0.005)


@pytest.mark.parametrize(
    ("person", "twentieth"),
    [
        ({}, 2.08),
        ({"unlearning": SLOW}, 4.36),
        ({"guard": 0.95}, 4.42),
        ({"guard": 0.95, "unlearning": SLOW}, 7.14),
    ],
)
def test_bracing_at_the_twentieth_safe_try_matches_the_check_values(person, twentieth):
    assert mean_at(go_through(**person, people=20_000), 20) == pytest.approx(twentieth, abs=0.03)


def test_guarding_slow_learners_still_brace_at_the_eightieth_try():
    course = go_through(guard=0.95, unlearning=SLOW, people=20_000)
    assert mean_at(course, 80) == pytest.approx(3.61, abs=0.04)


def test_luck_alone_spreads_guarding_people_widely():
    course = go_through(guard=0.95, people=20_000)
    low, high = np.percentile(course.bracing[HURTING + 19], [5, 95])
    assert (low, high) == pytest.approx((2.2, 7.4), abs=0.1)


def test_leaving_the_place_brings_bracing_back():
    course = go_through(after=20, elsewhere=True)
    before, moved = course.bracing[HURTING + SAFE - 1 : HURTING + SAFE + 1, 0]
    assert (before, moved) == pytest.approx((2.00, 7.43), abs=0.005)
    assert course.bracing[-1, 0] < 2.1
    assert go_through(after=20).bracing[-1].max() < 2.01


def test_the_delta_rule_by_hand():
    assert learned(0.0, True) == RATE
    assert learned(0.5, False, SLOW) == pytest.approx(0.48)


@settings(deadline=None)
@given(shares, shares)
def test_one_who_guards_finds_out_less_often_the_more_they_brace(guard, expected):
    assert 1 - guard <= chance_to_find_out(expected, guard) <= 1
    assert chance_to_find_out(expected, guard) >= chance_to_find_out(1.0, guard) - 1e-12


@settings(max_examples=20, deadline=None)
@given(shares, shares, shares)
def test_more_guarding_never_means_unlearning_sooner(hurts, one, other):
    low, high = (go_through(hurts, guard, people=50).expected for guard in sorted((one, other)))
    assert (low[HURTING:] <= high[HURTING:] + 1e-9).all()


@settings(max_examples=20, deadline=None)
@given(shares, shares)
def test_nobody_expects_less_than_nothing_or_more_than_certain_pain(hurts, guard):
    expected = go_through(hurts, guard, after=20, elsewhere=True, people=50).expected
    assert (expected >= -1e-12).all() and (expected <= 1).all()


def test_the_same_seed_gives_the_same_luck():
    assert (go_through(0.5, 0.5).taught == go_through(0.5, 0.5).taught).all()
    assert (go_through(0.5, 0.5).taught != go_through(0.5, 0.5, seed=2).taught).any()


# --- The explorer


def test_words_tell_what_bracing_hides():
    free, guarding = say_habit(1.0, 1.0, 0), say_habit(1.0, 0.05, 0)
    assert "brace with 7.4 % of their most" in free
    assert "At the 20th try without pain it is 2.1 %" in free and "20 taught something. In the same place" in free
    assert "At the 20th try without pain it is 4.4 %" in guarding and "7 taught something. When you brace," in guarding


def test_words_tell_of_the_return_elsewhere():
    assert say_habit(1.0, 1.0, 1).endswith("jumps from 2.0 to 7.4 %, and has to be unlearned there, too.")
    assert say_habit(1.0, 1.0, 0).endswith("In the same place nothing comes back.")


def test_the_drawn_lines_pass_where_bracing_changes_fast():
    course = go_through(after=20, elsewhere=True)
    between = np.interp(np.arange(140), KNOTS, course.bracing.mean(1)[KNOTS])
    assert abs(between - course.bracing.mean(1)).max() < 0.15
