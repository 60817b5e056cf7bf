"""Discs by age: what was counted, and what a staircase from age changes to protrusions would predict."""

import pytest

from lumbar.explore.ages import counted, expected, per_hundred, say_ages


@pytest.mark.parametrize(("age", "share"), [(20, 78), (80, 45)])
def test_protrusions_for_each_hundred_with_age_changes_match_the_check_values(age, share):
    assert per_hundred(age) == share


@pytest.mark.parametrize(("age", "found"), [(20, (37, 30, 29)), (50, (80, 60, 36)), (80, (96, 84, 43))])
def test_people_are_as_many_as_the_table_holds(age, found):
    names = ("age changes in a disc", "bulging disc", "protruding disc")
    assert tuple(counted(name, age) for name in names) == found


def test_the_prediction_holds_at_twenty_and_misses_by_about_a_third_of_all_in_the_end():
    missed = [expected(age) - counted("protruding disc", age) for age in range(20, 90, 10)]
    assert missed[0] == 0 and missed[:6] == sorted(missed[:6]) and missed[-1] == 32


def test_words_compare_with_twenty():
    assert "75 would have one" in say_ages(80) and "there are 45" in say_ages(80)
    assert "would have one" not in say_ages(20)
