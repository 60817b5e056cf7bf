"""How much a finding on a scan tells: both rules against check values, and the explorer that shows them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.evidence.tables import table
from lumbar.explore.findings import AGES, FINDINGS, painfree_by_age, say_findings, told
from lumbar.models.findings import after_scan, caused_at_most, ratio_at_age, sensitivity, specificity

shares = st.floats(0.01, 0.99)


@pytest.mark.parametrize(
    ("finding", "sees", "spares"),
    [
        ("age changes in a disc", 0.904, 0.643),
        ("split in the outer ring", 0.829, 0.712),
        ("marrow change beside a disc", 0.175, 0.983),
        ("bright spot in the outer ring", 0.486, 0.843),
    ],
)
def test_sensitivity_and_specificity_match_the_check_values(finding, sees, spares):
    (row,) = table("disc-tests").where(finding=finding)
    assert sensitivity(row["ratio"], row["without"]) == pytest.approx(sees, abs=0.0006)
    assert specificity(row["ratio"], row["without"]) == pytest.approx(spares, abs=0.0006)


def test_age_lowers_what_age_changes_tell_as_checked():
    painfree = np.array([painfree_by_age("age changes in a disc")[age] for age in AGES]) / 100
    after = after_scan(0.25, ratio_at_age(sensitivity(2.53, 0.15), painfree))
    assert after == pytest.approx([0.449, 0.367, 0.307, 0.274, 0.255, 0.25, 0.25], abs=0.0006)


@pytest.mark.parametrize(("odds", "share"), [(2.24, 0.554), (2.65, 0.623), (4.38, 0.772)])
def test_at_most_so_many_hurt_because_of_it_as_checked(odds, share):
    assert caused_at_most(odds) == pytest.approx(share, abs=0.0006)


@given(shares, shares)
def test_the_mixture_gives_the_rule_whatever_the_background(caused, background):
    with_pain = caused + (1 - caused) * background
    odds = with_pain / (1 - with_pain) / (background / (1 - background))
    assert caused_at_most(odds) == pytest.approx(caused / with_pain, abs=1e-6)


@given(shares, st.floats(1, 50))
def test_a_ratio_of_odds_is_the_ratio_of_odds(prior, ratio):
    after = after_scan(prior, ratio)
    assert after / (1 - after) == pytest.approx(prior / (1 - prior) * ratio)


@given(shares, shares, shares)
def test_the_more_have_it_without_pain_the_less_it_tells(sees, one, other):
    low, high = sorted((one, other))
    assert ratio_at_age(sees, low) >= ratio_at_age(sees, high) >= 1


def test_no_difference_between_groups_leaves_nothing_caused():
    assert (caused_at_most([0.5, 1.0]) == 0).all()


# --- The explorer


def test_the_two_rules_disagree_about_age():
    both = told("age changes in a disc", 25)
    assert both.test == (45, 37, 31, 27, 25, 25, 25)
    assert (both.mix, both.mix_low, both.mix_high) == (55, 17, 76)


def test_what_nobody_checked_as_a_test_is_said_to_be_so():
    names = tuple(FINDINGS)
    assert [told(name, 25).test is None for name in names] == [False, False, False, True, True]
    assert "nobody has checked this finding as a test" in say_findings(names.index("extruded disc"), 40, 25)


def test_words_compare_with_what_was_known_before():
    said = say_findings(0, 20, 25)
    assert "about 45 of 100. It was 25 before, so the scan told you 20 more." in said
    assert "37 of 100 people aged 20 have it without pain." in said
    assert "at this age" not in said
    late = say_findings(0, 80, 25)
    assert "next to nothing" in late and "B rests on people up to 50" in late


def test_both_studies_of_marrow_changes_are_told():
    assert "at most about 75 of 100" in say_findings(2, 40, 25)
    assert "A later study makes that 33." in say_findings(2, 40, 25)
