"""The body that resting and exercising people share: proportions, and feet on the floor."""

import numpy as np
import pytest

from lumbar.figures import body, exercise, facing, rest
from lumbar.figures.body import CAST, Figure, Pose, flesh

MOVES = [rest._ON_THE_BACK, rest._AT_EASE, exercise.ALL_FOURS, exercise.KNEES_UP, exercise.PRONE, Pose()]


def test_somebody_who_stands_is_170_cm_tall():
    at = body.joints(Pose())
    crown, sole = at["ear"][1] + 12, at["ankle"][1] - 7
    assert crown - sole == pytest.approx(170, abs=4)


def test_the_hip_is_at_about_half_of_the_height():
    at = body.joints(Pose())
    assert 0.48 <= (7 - at["ankle"][1]) / 170 <= 0.56  # textbook: 0.53


def test_both_views_show_one_body():
    side, front = body.joints(Pose()), facing.joints(facing.Stance())
    for name, other in (("knee", "left-knee"), ("ankle", "left-ankle"), ("nape", "nape"), ("ear", "ear")):
        assert side[name][1] == pytest.approx(front[other][1], abs=6)


@pytest.mark.parametrize("pose", MOVES)
@pytest.mark.parametrize("who", CAST)
def test_nobody_floats_or_sinks(who, pose):
    figure = Figure.on_floor(who, pose, floor=3)
    low = min(min(start[1] - r, end[1] - s) for start, end, r, s, *_ in figure.forms()) + figure.hip[1]
    assert low == pytest.approx(3)


def test_the_flesh_around_a_bone_is_as_thick_as_told():
    edge = flesh([((0, 0), (40, 0), 5, 5)])
    assert np.ptp(edge[:, 0]) == pytest.approx(50, abs=1) and np.ptp(edge[:, 1]) == pytest.approx(10, abs=1)


def test_a_hem_is_straight():
    edge = flesh([((0, 0), (40, 0), 5, 5, True)])
    assert edge[:, 0].max() == pytest.approx(40, abs=0.6)


def test_a_bent_leg_keeps_its_length():
    straight, bent = (body.joints(Pose(leg=leg)) for leg in ((270, 270, 0), (0, 270, 0)))
    for at in (straight, bent):
        assert np.linalg.norm(at["knee"] - at["hip"]) == pytest.approx(body.THIGH)
        assert np.linalg.norm(at["ankle"] - at["knee"]) == pytest.approx(body.SHANK)
