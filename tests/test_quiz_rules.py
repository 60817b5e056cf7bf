"""The rules for questions, over whatever stands in the bank: nobody passes by test-craft, and every answer teaches."""

from collections import Counter

import pytest

from lumbar.quiz import items
from lumbar.quiz.texts import plain

BANK = items.bank()
CHOICES = [item for item in BANK.values() if isinstance(item, items.Choice)]
ONES = [item for item in CHOICES if item.kind == "one"]

pytestmark = pytest.mark.skipif(not BANK, reason="the bank is empty")


def share(some: list, of: list) -> float:
    return len(some) / len(of) if of else 0


def right_options(item: items.Choice) -> list[items.Option]:
    return [option for option in item.options if option.right]


def right_is_longest(item: items.Choice) -> bool:
    longest = max(len(plain(option.text)) for option in item.options)
    return len(plain(right_options(item)[0].text)) == longest


def all_feedback(item: items.Item) -> list[str]:
    if isinstance(item, items.Number):
        return [text for _, text in item.feedback]
    entries = next(getattr(item, name) for name in ("options", "parts", "pairs") if hasattr(item, name))
    return [entry.feedback for entry in entries]


def test_no_file_of_the_bank_has_a_fault():
    assert items.faults() == []


def test_the_right_option_is_seldom_the_longest():
    longest = [item.id for item in ONES if right_is_longest(item)]
    assert share(longest, ONES) <= 0.3, longest


def test_the_right_option_stands_in_no_favourite_place():
    for size in {len(item.options) for item in ONES}:
        places = Counter(
            next(i for i, option in enumerate(item.options) if option.right) for item in ONES if len(item.options) == size
        )
        asked = sum(places.values())
        # Three standard deviations above an even spread, so that a few items cannot fail by chance.
        most = asked / size + 3 * (asked / size * (1 - 1 / size)) ** 0.5
        assert max(places.values()) <= most, (size, places)


def test_two_in_five_questions_ask_to_apply_or_to_judge():
    higher = [item for item in BANK.values() if item.level in ("apply", "judge")]
    assert share(higher, list(BANK.values())) >= 0.4


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_every_answer_has_feedback_of_its_own(item):
    feedback = all_feedback(item)
    assert len(set(feedback)) == len(feedback)


@pytest.mark.parametrize("item", CHOICES, ids=lambda item: item.id)
def test_no_option_stands_for_others(item):
    texts = [plain(option.text).lower() for option in item.options]
    assert not [text for text in texts if "of the above" in text or text in ("both", "neither", "all of them")]


@pytest.mark.parametrize("item", ONES, ids=lambda item: item.id)
def test_a_question_offers_at_least_three_options(item):
    assert len(item.options) >= 3


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_a_number_comes_from_a_source(item):
    assert item.sources or not isinstance(item, items.Number)


@pytest.mark.parametrize("name", items.names())
def test_a_question_is_asked_once_in_a_quiz(name):
    ids = [item.id for item in items.load(name).items]
    assert len(set(ids)) == len(ids)
