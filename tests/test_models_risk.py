"""A relative risk as people: the model against check values, and the explorer that shows both."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.evidence.tables import table
from lumbar.explore.crowds import _stairs
from lumbar.explore.registry import find
from lumbar.explore.risk import chances, effects, left_over, reach, say_risk
from lumbar.models.risk import fewer, needed, with_it

chance = st.floats(0.01, 0.99)
ratios = st.floats(0.1, 0.99)


def test_a_third_less_of_forty_is_thirteen_fewer_as_checked():
    assert 100 * with_it(0.40, 0.67) == pytest.approx(26.8)
    assert (left_over(40, 0.67), reach(40, 0.67)) == (27, (6, 19))


@pytest.mark.parametrize(("low", "high"), [(0.33, 0.46)])
def test_the_gain_follows_the_chance_before(low, high):
    assert fewer(low, 0.67) < fewer(0.40, 0.67) < fewer(high, 0.67)


@given(chance, ratios)
def test_both_forms_tell_the_same(anyway, ratio):
    assert fewer(anyway, ratio) / anyway == pytest.approx(1 - ratio)
    assert needed(anyway, ratio) * fewer(anyway, ratio) == pytest.approx(1)


@given(chance, ratios)
def test_a_rate_over_time_spares_no_more_than_a_risk_of_the_same_ratio(anyway, ratio):
    assert fewer(anyway, ratio, rate=True) <= fewer(anyway, ratio) + 1e-12


@given(chance)
def test_over_a_short_time_rate_and_risk_agree(anyway):
    assert with_it(anyway / 1000, 0.72, rate=True) == pytest.approx(with_it(anyway / 1000, 0.72), rel=2e-3)


def test_where_nobody_is_spared_no_number_is_needed():
    assert needed(0.4, 1.0) == np.inf


def test_a_chance_never_passes_one():
    assert with_it(0.8, 2.0) == 1.0


# --- The explorer


def test_every_programme_of_the_table_is_a_stop_with_its_name():
    for row in table("prevention").rows:
        assert effects()[row["ratio"]].startswith(row["programme"])


def test_made_up_effects_are_said_to_be_made_up():
    real = {row["ratio"] for row in table("prevention").rows} | {1.0}
    assert all(("made up" in words) == (ratio not in real) for ratio, words in effects().items())


def test_the_walking_trial_is_counted_as_a_rate():
    assert left_over(40, 0.72) == 31  # 29 if its hazard ratio were taken for a risk ratio


def test_words_give_both_forms_and_the_range():
    said = say_risk(40, 0.67)
    assert "13 fewer in 100 (it could be 6 to 19). 8 people take part" in said
    assert "“33 % less” or “13 fewer in 100”" in said
    assert "1.7 fewer in 100" in say_risk(5, 0.67) and "“33 % less”" in say_risk(5, 0.67)


def test_core_against_other_exercise_is_told_as_no_difference():
    said = say_risk(40, 1.0)
    assert "no difference" in said and "fewer in 100" not in said


def test_chances_that_were_counted_are_named():
    assert chances()[40].endswith("a bad relapse within a year") and chances()[20] == "20 of 100"
    assert find("fewer-in-100").claims == ("C01", "C02", "C03")


@given(st.integers(0, 100), st.integers(0, 100))
def test_the_patch_around_a_crowd_holds_as_many_as_it_says(one, other):
    first, last = sorted((one, other))
    x, y = np.transpose([*_stairs(first, last, 5), _stairs(first, last, 5)[0]])
    area = abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2
    assert area == pytest.approx(1.5 * (last - first))
