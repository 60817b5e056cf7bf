"""Treatments for people like you: people where they were counted, averages where not, and never one from the other."""

import pytest

from lumbar.evidence.tables import table
from lumbar.explore.options import OPTIONS, clear, headline, name, place, say_options

PLACE = {name(row): at for at, row in enumerate(OPTIONS)}


def said(option):
    return say_options(PLACE[option])


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("new back pain: anti-inflammatory tablets", "7 points less, on average"),
        ("new back pain: paracetamol", "17 days with it, 16 without"),
        ("new back or neck pain: a strong painkiller (opioid)", "5 points more, on average"),
        ("new back pain likely to last: supported self-management", "13 more in 100"),
        ("long-lasting back pain: exercise", "15 points less, on average"),
        ("leg pain from a nerve: two weeks in bed", "as many with it as without"),
        ("leg pain for 4 to 12 months: an operation", "24 points less, on average"),
    ],
)
def test_each_result_is_told_in_the_form_in_which_trials_told_it(option, words):
    assert headline(OPTIONS[PLACE[option]]) == words


def test_no_average_is_turned_into_people():
    for at, row in enumerate(OPTIONS):
        if row["kind"] == "people":
            assert f"{row['with_it']:g} of 100 with it" in say_options(at)
        else:
            assert "No count of people: only averages." in say_options(at)
            assert "in 100" not in headline(row)


def test_only_counted_people_and_points_and_days_are_there():
    assert {row["kind"] for row in OPTIONS} == {"people", "points", "days"}
    for row in OPTIONS:
        assert (row["effect"] is not None) == (row["kind"] == "points")


def test_effects_are_what_lies_between_both_groups_where_both_are_known():
    for row in OPTIONS:
        if row["kind"] == "points" and row["with_it"] is not None:
            assert row["with_it"] - row["without"] == pytest.approx(row["effect"])


def test_a_range_that_holds_no_difference_is_said_to_be_maybe_nothing():
    unclear = [name(row) for row in OPTIONS if row["low"] is not None and not clear(row)]
    assert unclear == ["new back pain: exercise", "long-lasting back pain: manipulation by hand"]
    for option in PLACE:
        assert ("or nothing at all." in said(option)) == (option in unclear)


def test_harm_is_told_where_it_was_counted_and_its_lack_everywhere_else():
    assert "at risk of misuse after a year, 20 of 100 with it, 10 without" in said(
        "new back or neck pain: a strong painkiller (opioid)"
    )
    counted = [row["option"] for row in table("options").rows if row["harm_with"] is not None]
    assert counted == ["a strong painkiller (opioid)"]
    assert "Harms were not counted in what we use." in said("long-lasting back pain: exercise")


def test_waiting_is_told_with_those_who_were_operated_all_the_same():
    words = said("leg pain for 6 to 12 weeks: an early operation")
    assert "by week 4 with it and by week 12 without" in words and "39 of 100 who waited were operated" in words


def test_less_pain_lies_to_the_left():
    assert place(-15) < place(0) < place(15)
