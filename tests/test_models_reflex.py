"""The model of a trunk held by a late reflex: what becomes of a push, the limits, and the three lessons."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.explore.reflex import DELAY, GAIN, LEAN, TONE, WORK, followed, say_reflex, wave
from lumbar.models.reflex import (
    TRUNK,
    hold_upright,
    least_gain,
    outcome,
    reflex_share,
    swing_limit,
)

DELAYS = (0.020, 0.045, 0.070, 0.100, 0.140)
GAINS = (0, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.5, 2)
BECOMES = {
    0.015: ("LSSSSSSSSS", "LSSSSSoooo", "LSSSSooooo", "LSSSoooooo", "LSSooooooo"),
    0.10: ("SSSSSSSSSS", "SSSSSSSooo", "SSSSSooooo", "SSSooooooo", "SSSooooooo"),
}
"""By the limits. Three cells lie so close below theirs that a hard push starts a swing that lasts or fades slowly: gain
0.4 at 100 ms with the low drive, 1.0 at 45 ms and 0.6 at 70 ms with the high one."""


@pytest.mark.parametrize("tone", BECOMES)
def test_the_table_of_outcomes(tone):
    letters = {"leans": "L", "holds": "S", "swings": "o"}
    rows = tuple("".join(letters[outcome(gain, delay, tone)] for gain in GAINS) for delay in DELAYS)
    assert rows == BECOMES[tone]


@pytest.mark.parametrize(
    ("tone", "limits"),
    [(0.015, (2.26, 0.994, 0.620, 0.409, 0.265)), (0.10, (2.37, 1.009, 0.610, 0.395, 0.260))],
)
def test_the_gain_at_which_swings_grow_matches_the_check_values(tone, limits):
    found = [swing_limit(delay, tone)[0] for delay in DELAYS]
    assert found == pytest.approx(limits, rel=0.004)


def test_the_frequency_at_which_swings_begin():
    found = [swing_limit(delay, 0.015)[1] for delay in DELAYS]
    assert found == pytest.approx((3.8, 2.2, 1.6, 1.2, 0.9), abs=0.06)


def test_small_pushes_bear_the_limits_out():
    """Just below the limit a small swing dies down, just above it grows: the linear limit and the simulation agree."""
    limit = swing_limit(0.1, 0.05)[0]
    lean = hold_upright([0.93 * limit, 1.07 * limit], 0.1, 0.05, push=0.2, seconds=8).lean
    early, late = (np.ptp(lean[start : start + 4000], axis=0) for start in (4000, 12_000))
    assert late[0] < 0.7 * early[0] and late[1] > 1.4 * early[1]


def test_what_the_simulation_does_after_a_real_push():
    """Far from the limits the cells of the table need no rule."""
    found = hold_upright([0, 0.4, 1.5, 0.4, 0.4], [0.045, 0.045, 0.045, 0.02, 0.14], 0.015, seconds=12)
    late = found.lean[-8000:]
    assert late[-1, 0] > 40
    assert np.ptp(late, axis=0)[[1, 3]] == pytest.approx(0, abs=0.05) and abs(late[-1, [1, 3]]).max() < 0.1
    assert (np.ptp(late, axis=0)[[2, 4]] > 1.5).all()


def test_peak_sway_matches_the_check_values():
    lean = hold_upright(0.4, tone=[0.015, 0.03, 0.05, 0.10, 0.20], seconds=1).lean
    assert lean.max(0) == pytest.approx([3.34, 3.05, 2.82, 2.40, 1.88], abs=0.01)


def test_gravity_needs_this_much_drive_without_a_reflex():
    assert TRUNK.own_stiffness(0.0215) == pytest.approx(TRUNK.toppling, abs=0.1)
    lean = hold_upright(0, tone=[0.015, 0.02], seconds=20).lean[-1]
    assert lean == pytest.approx([47, 22], abs=0.5)


def test_the_reflex_share_of_stiffness():
    assert reflex_share(0.17, 0.02) == pytest.approx(0.425)
    strong = reflex_share(0.6, [0.015, 0.02, 0.05, 0.10, 0.20])
    assert strong == pytest.approx([0.74, 0.72, 0.63, 0.52, 0.39], abs=0.005)


def test_lesson_one_activity_comes_back_to_the_drive_whatever_the_gain():
    held = hold_upright([0.1, 0.4, 0.8], tone=0.05, seconds=12)
    assert held.back[-1] == pytest.approx(0.05, abs=0.0005)


def test_lesson_two_a_steady_drive_holds_the_trunk_without_a_reflex():
    lean = hold_upright(0, tone=[0.015, 0.10], seconds=8).lean[-1]
    assert lean[0] > 10 and abs(lean[1]) < 0.1


def test_lesson_three_the_aim_moves_posture_and_not_activity():
    held = hold_upright(0.17, aim=-8, seconds=15)
    assert held.lean[-1] == pytest.approx(-8.2, abs=0.1)
    work, before = (held.back + held.belly)[[-1, 0]]
    assert work == pytest.approx(before, rel=0.001)


def test_high_drive_does_not_make_a_late_reflex_safer():
    for delay in DELAYS[1:]:
        low, high = (swing_limit(delay, tone)[0] for tone in (0.015, 0.10))
        assert high == pytest.approx(low, rel=0.04)


@settings(deadline=None)
@given(st.floats(0.02, 0.14), st.floats(0.02, 0.14), st.floats(0.01, 0.2))
def test_a_later_reflex_never_bears_more_gain(one, other, tone):
    early, late = sorted((one, other))
    assert swing_limit(late, tone)[0] <= swing_limit(early, tone)[0] + 1e-9


def test_stiff_trunks_need_no_reflex():
    assert least_gain(0.015) == pytest.approx(0.026, abs=0.0005)
    assert least_gain(0.015, replace(TRUNK, stiffness=100)) == 0


def test_arrays_broadcast_after_time():
    held = hold_upright(np.array([0.1, 0.4])[:, None], [0.02, 0.045, 0.1], seconds=0.5)
    assert held.lean.shape == held.back.shape == (held.time.size, 2, 3)


# --- The explorer


@pytest.mark.parametrize("at", list(product(GAIN, DELAY, TONE)))
def test_words_say_what_the_curve_does(at):
    """The words go by the limits, the curve by the simulation: no setting lies where the two part."""
    lean, work = followed(*at)
    said, last = say_reflex(*at), lean[-2000:]
    if "falls" in said:
        assert last[-1] > 20
    elif "does not come to rest" in said:
        assert np.ptp(last) > 0.9 and np.ptp(work[-2000:]) > 2
    else:
        assert np.ptp(last) < 0.6 * np.ptp(lean[:4000]) and "adds nothing" in said or at[0] == 0
        assert work[-2000:].mean() == pytest.approx(100 * at[2], abs=1)


def test_words_compare_with_the_lowest_drive():
    said = say_reflex(0.17, 0.045, 0.1)
    assert "tips the trunk by 2.8°. With the lowest drive it would be 4.6°." in said
    assert "In the end the back muscles work at 10 % of their most, just what the steady drive asks for." in said


@pytest.mark.parametrize("at", [(0.17, 0.045, 0.015), (0.4, 0.1, 0.05), (1.2, 0.1, 0.1)])
def test_the_drawn_curves_keep_to_the_simulation(at):
    for values, most in zip(followed(*at), (LEAN, WORK), strict=True):
        pieces = [bezier(np.linspace(0, 1, 30)) for bezier, _ in wave(values, most).iter_bezier()]
        x, y = np.vstack(pieces).T
        seen = (abs(values) < most) & (np.arange(len(values)) < 5900)
        assert abs(np.interp(np.arange(len(values)) / 2000, x, y) - values)[seen].max() < 0.05 * most
