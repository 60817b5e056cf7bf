"""Weeks in bed: only what was measured, on the day it was measured."""

from lumbar.evidence.tables import table
from lumbar.explore.bedrest import DAYS, ROWS, UP_AGAIN, say_bedrest


def test_every_stop_is_a_day_on_which_something_was_measured():
    assert set(DAYS) - {2, UP_AGAIN, 60} <= {one.day for one in ROWS} | {60}
    assert {one.day for one in ROWS} - set(DAYS) <= {59}  # shown with day 60


def test_rows_stand_in_the_order_of_their_days():
    days = [one.day for one in ROWS]
    assert days == sorted(days) and len(ROWS) == 13


def test_what_the_tables_hold_is_what_is_told():
    told = {(one.name, one.day): one.told for one in ROWS}
    assert told["leg strength", 7] == "−6.9 %"
    assert told["calf strength", 60] == "−48 %"
    assert told["mineral of the heel", 119] == "−10.4 %"
    assert told["size of a muscle in front", 60] == "larger"


def test_no_number_is_made_where_only_the_direction_is_known():
    directions = {row["muscle"] for row in table("bed-rest-muscles").rows if row["change"] is None}
    assert {"multifidus", "psoas"} <= directions
    assert all(one.change is None for one in ROWS if one.way in ("smaller", "larger") and "front" in one.name)


def test_words_tell_what_is_new_on_that_day_and_nothing_before_its_time():
    assert "Nothing in this list has been measured so early" in say_bedrest(2)
    week = say_bedrest(7)
    assert "leg strength −6.9 %" in week and "calf" not in week
    assert "(may be chance)" in say_bedrest(35)
    assert "size of a muscle in front larger" in say_bedrest(60)


def test_recovery_is_told_with_its_limit():
    said = say_bedrest(UP_AGAIN)
    assert "90 days later a deep back muscle had its size back" in said and "All of them trained" in said
