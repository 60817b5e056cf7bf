"""Rates and lock-outs, with a clock that stands until it is moved; codes, names and addresses."""

import pytest
from actors import Clock

from lumbar.classroom import address, limits
from lumbar.classroom.limits import Bucket, Codes, Rates
from lumbar.classroom.names import ADJECTIVES, ANIMALS, pseudonym


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_phone_votes_once_a_second_and_five_times_at_once(clock):
    votes = Rates(1, 5, clock)
    assert [votes.take("a") for _ in range(7)] == [True] * 5 + [False] * 2
    assert votes.take("b")
    clock.move(1)
    assert [votes.take("a"), votes.take("a")] == [True, False]
    clock.move(3600)
    assert [votes.take("a") for _ in range(6)] == [True] * 5 + [False]


def test_what_is_remembered_has_a_bound(clock, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 10)
    votes, codes = Rates(1, 5, clock), Codes(clock)
    for number in range(50):
        clock.move(61)
        votes.take(number)
        codes.wrong(f"{number}")
    assert len(votes._buckets) <= 10 and len(codes._tried) <= 10


def test_a_bucket_never_holds_more_than_its_burst(clock):
    bucket = Bucket(20, 600, clock)
    clock.move(10_000)
    assert sum(bucket.take() for _ in range(1000)) == 600


def slow_wrongs(codes: Codes, clock: Clock, who: str, count: int) -> None:
    for _ in range(count):
        clock.move(0.2)
        codes.wrong(who)


def test_who_tries_codes_is_locked_out_for_a_minute(clock):
    codes = Codes(clock)
    slow_wrongs(codes, clock, "attacker", 19)
    assert codes.open("attacker")
    slow_wrongs(codes, clock, "attacker", 1)
    assert not codes.open("attacker") and codes.open("another")
    clock.move(59)
    assert not codes.open("attacker")
    clock.move(1)
    assert codes.open("attacker")


def test_a_school_that_is_one_address_may_mistype_as_often_as_it_joins(clock):
    codes = Codes(clock)
    for _ in range(40):
        slow_wrongs(codes, clock, "school", 1)
        codes.right("school")
    assert codes.open("school")


def test_all_together_may_try_ten_wrong_codes_a_second(clock):
    codes = Codes(clock)
    tried = 0
    for sender in range(1000):
        if codes.open(f"{sender}"):
            codes.wrong(f"{sender}")
            tried += 1
    assert tried == 10 and not codes.open("a pupil with a right code")
    clock.move(0.1)
    assert codes.open("a pupil with a right code")


def test_to_walk_through_the_codes_takes_weeks():
    tries_a_day = Codes.TOGETHER * 24 * 60 * 60
    letters = sum(sign.isalpha() for sign in address.ALPHABET)
    possible = len(address.ALPHABET) ** address.LENGTH - letters**address.LENGTH
    assert possible / tries_a_day > 14


def test_codes_are_short_clear_and_no_words():
    codes = [address.new_code(()) for _ in range(300)]
    assert all(address.code_of(code) == code and any(sign.isdigit() for sign in code) for code in codes)
    assert not set("".join(codes)) & set("01OILU")


@pytest.mark.parametrize(("typed", "code"), [
    ("7K3FA", "7K3FA"), (" 7k3 fa ", "7K3FA"), ("7k3-fa", "7K3FA"), ("7K3F", None), ("7K3FAA", None),
    ("7K3F0", None), ("", None), ("7K3FÄ", None), (None, None), (7, None), (["7K3FA"], None),
    (" " * 10_000 + "7K3FA", None), ("７K3FA", None),
])  # fmt: skip
def test_a_code_is_read_as_it_was_meant(typed, code):
    assert address.code_of(typed) == code


def test_no_name_comes_twice_in_a_class():
    taken = set()
    for _ in range(2000):
        name = pseudonym(taken)
        assert name not in taken
        taken.add(name)


def test_there_are_enough_names_and_no_word_is_both():
    assert len(set(ADJECTIVES)) * len(set(ANIMALS)) >= 5000
    assert len(set(ADJECTIVES)) == len(ADJECTIVES) and len(set(ANIMALS)) == len(ANIMALS)
    assert not set(ADJECTIVES) & set(ANIMALS)


def test_addresses_are_private_and_the_picture_holds_the_link():
    import ipaddress

    assert all(ipaddress.ip_address(found).is_private and not found.startswith("127.") for found in address.local())
    assert address.qr("http://192.168.178.23:8765/7K3FA").startswith("<svg ")
    assert "█" in address.qr_lines("http://192.168.178.23:8765/7K3FA")
