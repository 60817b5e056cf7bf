"""The figures of a report, held against what others have printed."""

import numpy as np
import pytest

from lumbar.report import analysis
from lumbar.report.analysis import Draws

# Section 6 of the LSAT, Bock and Lieberman 1970, Psychometrika 35:179: answer pattern and how many of 1,000 gave it.
# Printed with the factor scores at rstudio-pubs-static.s3.amazonaws.com/1049111_d258e411eefe4ba085e3bbc59b32dbeb.html
LSAT = """00000 3 00001 6 00010 2 00011 11 00100 1 00101 1 00110 3 00111 4 01000 1 01001 8 01011 16 01101 3 01110 2
01111 15 10000 10 10001 29 10010 14 10011 81 10100 3 10101 28 10110 15 10111 80 11000 16 11001 56 11010 21 11011 173
11100 11 11101 61 11110 28 11111 298""".split()

# Ten students, ten items: K. Wuensch, core.ecu.edu/wuenschk/StatHelp/KR20.txt
TEN = """1111110110 1011011101 1111011001 0010001000 0000010010 1110111111 1101110111 1111111101 0101111101
1101101110""".split()


def _scores(patterns: list[str]) -> np.ndarray:
    return np.array([[float(sign) for sign in pattern] for pattern in patterns])


def lsat() -> np.ndarray:
    return np.repeat(_scores(LSAT[::2]), [int(count) for count in LSAT[1::2]], axis=0)


def test_the_lsat_has_the_printed_difficulties_and_totals():
    """Rizopoulos 2006, J Stat Softw 17(5), page 5: what R's ltm prints for `descript(LSAT)`."""
    scores = lsat()
    assert scores.shape == (1000, 5)
    assert scores.mean(0).round(3).tolist() == [0.924, 0.709, 0.553, 0.763, 0.870]
    assert np.bincount(scores.sum(1).astype(int)).tolist() == [3, 20, 85, 237, 357, 298]


def test_the_lsat_has_the_printed_correlations_with_the_rest():
    """ltm's `descript(LSAT)`, "Point Biserial correlation with Total Score, Excluded", as printed at
    rstudio-pubs-static.s3.amazonaws.com/668925_37f55c150bfa4a83869f47c4fc82cded.html
    """
    scores = lsat()
    r = analysis.correlation(analysis.pair_sums(scores, analysis.rest(scores)).sum(0))
    assert r.round(4).tolist() == [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]


def test_the_lsat_has_the_printed_alpha():
    """The same page: "Cronbach's alpha, All Items 0.2950", and without each item in turn."""
    scores = lsat()
    assert _alpha(scores) == pytest.approx(0.2950, abs=5e-5)
    without = [_alpha(np.delete(scores, item, axis=1)) for item in range(5)]
    assert np.round(without, 4).tolist() == [0.2754, 0.2376, 0.2168, 0.2459, 0.2663]


def test_kr_20_is_worked_out_as_in_a_textbook():
    """The page prints p and pq of each item and the variance of the totals, 5.84; the last step is the reader's."""
    scores = _scores(TEN)
    p = scores.mean(0)
    assert p.round(1).tolist() == [0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6]
    assert (p * (1 - p)).round(2).tolist() == [0.21, 0.21, 0.24, 0.21, 0.24, 0.16, 0.21, 0.21, 0.25, 0.24]
    assert scores.sum(1).var() == pytest.approx(5.84)
    assert _alpha(scores) == pytest.approx(10 / 9 * (1 - 2.18 / 5.84))


def test_the_paired_interval_is_the_printed_one():
    """Method 10 for complete response before and after therapy (Cavo 2012): tests/testthat/test-ch8.R of the R package
    contingencytables (Fagerland, Lydersen and Laake) prints −0.0621 (−0.1186 to −0.0046), as before minus after.
    The tables of Newcombe's own paper were not to be found.
    """
    assert np.round(analysis.newcombe([[80, 16], [6, 59]]), 4).tolist() == [0.0621, 0.0046, 0.1186]


def test_the_paired_interval_turns_with_its_table():
    forth, back = analysis.newcombe([[3, 9], [2, 14]]), analysis.newcombe([[3, 2], [9, 14]])
    assert forth == pytest.approx((-back[0], -back[2], -back[1]))


@pytest.mark.parametrize("table", [[[0, 0], [0, 12]], [[12, 0], [0, 0]], [[0, 12], [0, 0]], [[0, 0], [12, 0]]])
def test_the_paired_interval_holds_where_nobody_differs(table):
    value, low, high = analysis.newcombe(table)
    assert -1 <= low <= value <= high <= 1 and low < high


def test_wilson_is_the_printed_one():
    """6 of 32, printed at rstudio-pubs-static.s3.amazonaws.com/1367507_eef7a4d0fb5347a8a820fe3c10141369.html"""
    assert analysis.wilson(6, 32) == pytest.approx((0.08889545, 0.35309155), abs=1e-8)


def test_wilson_stays_within_nothing_and_all():
    low, high = analysis.wilson([0, 10, 0], [10, 10, 0])
    assert low[0] == pytest.approx(0) and 0.2 < high[0] < 0.4 and high[1] == pytest.approx(1)
    assert np.isnan(low[2]) and np.isnan(high[2])


def test_the_gain_is_that_of_a_published_class():
    """Table 1 of PMC8045292: the mean rose by 11.1 marks, 55.55 % of the most, 225.8 % of the mean before; g is 0.73.

    It is a class like any other: Hake's paper itself was not to be had.
    """
    most = 11.1 / 0.5555
    before = 11.1 / 2.258
    assert float(analysis.gain(np.array([most, before, before + 11.1]))) == pytest.approx(0.73, abs=0.01)


def test_there_is_no_gain_where_nothing_was_left_to_win():
    assert np.isnan(analysis.gain(np.array([20.0, 20, 20])))


def test_what_does_not_vary_correlates_with_nothing():
    scores = np.array([[1.0, 0, 1], [1, 1, 0], [1, 0, 0]])
    r = analysis.correlation(analysis.pair_sums(scores, analysis.rest(scores)).sum(0))
    assert np.isnan(r[0]) and not np.isnan(r[1])


def test_the_rest_leaves_the_question_itself_out_and_asks_for_half():
    nan = np.nan
    rests = analysis.rest(np.array([[1.0, 0, 0.5], [1, nan, nan], [nan, nan, nan], [nan, 1, 0.5]]))
    assert rests[0].tolist() == [0.25, 0.75, 0.5]
    assert np.isnan(rests[1]).tolist() == [True, False, False]
    assert np.isnan(rests[2]).all()
    assert rests[3].tolist() == [0.75, 0.5, 1]


def test_thirds_keep_equals_together():
    assert analysis.thirds(np.array([1.0, 2, 3, 4, 5, 6])).tolist() == [0, 0, 1, 1, 2, 2]
    assert len(set(analysis.thirds(np.ones(9)))) == 1
    assert analysis.thirds(np.array([np.nan, 1, 5, 9])).tolist() == [-1, 0, 1, 2]


def test_the_class_is_drawn_whole_and_always_alike():
    draws, again = Draws(37, count=50), Draws(37, count=50)
    ones = np.ones((37, 1))
    assert (draws.sums(ones) == 37).all() and draws.sums(ones).shape == (50, 1)
    columns = np.arange(74.0).reshape(37, 2)
    assert (draws.sums(columns) == again.sums(columns)).all()
    assert draws.sums(columns)[:, 0].std() > 0


def test_drawing_in_blocks_changes_no_sum(monkeypatch):
    columns = np.arange(30.0)[:, None]
    monkeypatch.setattr(analysis, "BLOCK", 70)
    drawn = Draws(30, count=11).sums(columns)
    assert drawn.shape == (11, 1) and drawn.std() > 0 and (drawn % 1 == 0).all()


def test_the_interval_of_a_mean_is_about_what_theory_says():
    scores = np.repeat([0.0, 1], [40, 60])[:, None]
    low, high = analysis.interval(Draws(100).sums(scores)[:, 0] / 100)
    assert low == pytest.approx(0.6 - 1.96 * 0.049, abs=0.02) and high == pytest.approx(0.6 + 1.96 * 0.049, abs=0.02)


def test_draws_without_a_value_make_no_interval():
    drawn = np.column_stack([np.linspace(0, 1, 100), np.r_[np.full(6, np.nan), np.ones(94)]])
    low, high = analysis.interval(drawn)
    assert low[0] < high[0] and np.isnan(low[1]) and np.isnan(high[1])


def _alpha(scores: np.ndarray) -> float:
    return float(analysis.alpha(analysis.quiz_sums(scores).sum(0)))
