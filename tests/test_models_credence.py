"""The chain of unsure links: the model against check values, and the two explorers that show it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.explore.credence import CHAIN, EARLY, count, credences, links, say_credence, say_dependence
from lumbar.explore.registry import find
from lumbar.models.credence import (
    FUSES, GENEROUS, HURTS, NOT_MEASURED, PROTRUDES, SCEPTICAL, doubt_shares, path, spread, still_held, trigamma,
)  # fmt: skip

LATER = (NOT_MEASURED, PROTRUDES, HURTS)
held = st.floats(0.05, 0.95)


def percent(*chain):
    return [100 * share for share in spread(chain)]


@pytest.mark.parametrize(
    ("prior", "low", "middle", "high"),
    [
        (SCEPTICAL, 0.012, 0.079, 0.238),
        (GENEROUS, 0.234, 0.50, 0.766),
        (NOT_MEASURED, 0.025, 0.50, 0.975),
        (PROTRUDES, 0.34, 0.49, 0.64),
        (HURTS, 0.05, 0.10, 0.165),
        (FUSES, 0.001, 0.034, 0.169),
    ],
)
def test_each_link_is_spread_as_checked(prior, low, middle, high):
    assert spread((prior,)) == pytest.approx((middle, low, high), abs=0.009)


def test_the_whole_way_to_leg_pain_is_as_rare_as_checked():
    assert percent(SCEPTICAL, *LATER) == pytest.approx([0.147, 0.0052, 0.864], rel=0.05)
    assert percent(GENEROUS, *LATER) == pytest.approx([1.019, 0.049, 3.556], rel=0.05)


def test_with_fusion_at_the_end_it_is_rarer_still():
    assert percent(SCEPTICAL, *LATER, FUSES)[0] == pytest.approx(0.0041, rel=0.08)
    assert percent(GENEROUS, *LATER, FUSES)[0] == pytest.approx(0.0283, rel=0.08)


def test_the_link_that_nobody_measured_leads_the_doubt_as_checked():
    assert 100 * doubt_shares((SCEPTICAL, *LATER))[1] == pytest.approx(58, abs=0.5)
    assert 100 * doubt_shares((GENEROUS, *LATER))[1] == pytest.approx(82, abs=0.5)
    with_fusion = doubt_shares((GENEROUS, *LATER, FUSES))
    assert 100 * with_fusion[[1, 4]] == pytest.approx([36, 57], abs=0.6)


def test_rank_correlations_match_the_check_values():
    for start, expected in ((SCEPTICAL, 0.66), (GENEROUS, 0.82)):
        tension = path((start, NOT_MEASURED)) / path((start,))
        assert rank_correlation(tension, path((start, *LATER))) == pytest.approx(expected, abs=0.01)


def rank_correlation(one, other):
    return np.corrcoef(np.argsort(np.argsort(one)), np.argsort(np.argsort(other)))[0, 1]


@pytest.mark.parametrize(("together", "all_five"), [(0, 3.1), (0.3, 10.5), (0.6, 20.3), (0.9, 35.3)])
def test_five_halves_that_hang_together_match_the_check_values(together, all_five):
    assert 100 * still_held((0.5,) * 5, together)[-1] == pytest.approx(all_five, abs=0.06)


def test_one_strong_link_among_five_halves_helps_little():
    assert still_held((0.9, 0.5, 0.5, 0.5, 0.5))[-1] == pytest.approx(0.056, abs=0.001)


@given(st.lists(held, min_size=1, max_size=7).map(tuple))
def test_links_that_do_not_hang_together_multiply(chain):
    assert still_held(chain) == pytest.approx(np.cumprod(chain), abs=1e-4)


@given(st.lists(held, min_size=1, max_size=7).map(tuple), st.floats(0, 0.9))
def test_no_chain_is_stronger_than_its_weakest_link(chain, together):
    assert still_held(chain, together)[-1] <= min(chain) + 1e-3


@given(st.lists(held, min_size=2, max_size=7).map(tuple), st.floats(0, 0.9), st.floats(0, 0.9))
def test_hanging_together_never_makes_a_chain_weaker(chain, one, other):
    low, high = sorted((one, other))
    assert still_held(chain, low)[-1] <= still_held(chain, high)[-1] + 1e-3


def test_trigamma_matches_known_values():
    assert trigamma(1) == pytest.approx(np.pi**2 / 6)
    assert trigamma(0.5) == pytest.approx(np.pi**2 / 2)
    assert trigamma(3) == pytest.approx(np.pi**2 / 6 - 1.25)


# --- The explorers


def test_words_tell_the_check_values_as_people():
    said = say_credence(8, -1, 0)
    assert "about 15 went the whole way" in said
    assert "from fewer than 1 to 86. With a fused disc at the end it is fewer than 1." in said
    assert "58 %, comes from one link: how often tight muscles are behind the load. Nobody has measured it." in said


def test_where_no_link_stands_out_the_doubt_is_spread():
    assert "The doubt is spread over the links." in say_credence(90, 90, 90)


def test_a_small_share_is_never_told_as_nobody():
    assert (count(0.0034), count(0.0000949), count(1)) == ("34", "fewer than 1", "10,000")


def test_the_doubter_s_preset_is_the_dossier_s_sceptic():
    entry = find("chain-credence")
    assert links(**entry.values(entry.setting("A doubter"))) == (SCEPTICAL, *LATER, FUSES)
    assert links(**entry.values(entry.setting("A generous reader"))) == (GENEROUS, *LATER, FUSES)


def test_the_document_s_chain_has_two_early_links_and_five_later_ones():
    assert len(credences(70, 30)) == len(CHAIN) - 1 == EARLY + 5


def test_words_compare_links_alone_with_links_that_hang_together():
    said = say_dependence(50, 50, 0.9)
    assert "all seven hold in fewer than 1 of 100" in said
    assert "almost as one, in 33 of 100. It can never be more than the weakest link, 50." in said
    assert "If they hang together" not in say_dependence(50, 50, 0)
