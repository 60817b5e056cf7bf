"""Two sets of disc pressures: shown as the tables hold them, with their disagreement."""

import pytest

from lumbar.explore.positions import POSTURES, of_standing, percent, say_positions

PLACE = {shown.name: place for place, shown in enumerate(POSTURES)}


@pytest.mark.parametrize(
    ("name", "man", "series"),
    [
        ("lying on the back", (20, 20), (20, 50)),
        ("lying on the side", (24, 24), (75, 75)),
        ("slouched in a chair", (60, 60), None),
        ("sitting, no backrest", (92, 92), (140, 140)),
        ("standing", (100, 100), (100, 100)),
        ("sitting, bent", (166, 166), (185, 185)),
        ("standing, bent", (220, 220), (150, 150)),
        ("bent, with a weight", (460, 460), (220, 220)),
    ],
)
def test_both_sets_match_the_check_values(name, man, series):
    assert of_standing(PLACE[name]) == (man, series)


def test_the_two_sets_contradict_each_other_about_sitting_only():
    disagree = [name for name, place in PLACE.items() if "the other says more" in say_positions(place)]
    assert disagree == ["sitting, no backrest"]


def test_words_say_where_a_series_lacks_a_posture_or_is_another_one():
    assert "The series lacks this one" in say_positions(PLACE["slouched in a chair"])
    assert "“reclining”" in say_positions(PLACE["lying on the back"])
    assert "far apart" in say_positions(PLACE["lying on the side"])
    assert "Both say" not in say_positions(PLACE["standing"])


def test_every_setting_says_that_pain_was_not_asked_about():
    assert all(say_positions(place).endswith("Pain was not asked about.") for place in PLACE.values())


def test_a_range_is_told_as_one():
    assert (percent((20, 50)), percent((92, 92))) == ("20 to 50 %", "92 %")
