"""A masked item tells nothing, and what is answered to it comes back as it was meant: for every item of the bank."""

import json
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.classroom import masks, quizzes
from lumbar.quiz.grade import mark
from lumbar.quiz.items import bank, names

ITEMS = {id: item.page() for id, item in bank().items()}
QUIZZES = names()
SEEDS = st.text("0123456789abcdef", min_size=1, max_size=32)
EACH = pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
FEW = settings(max_examples=4, deadline=None)
CLOSED = {
    "one": {"options"}, "several": {"options"}, "order": {"parts"}, "match": {"pairs", "decoys"},
    "label": {"parts", "decoys", "plate"}, "number": {"min", "max", "step", "unit"},
}  # fmt: skip
INNER = {"options": {"text"}, "pairs": {"left", "right"}}


def masked(item: dict, seed: str) -> dict:
    return masks.masked(item, masks.arrangement(item, seed), seed)


def responses(item: dict) -> st.SearchStrategy:
    """What a page may send for this item, in its own indices."""
    if item["kind"] == "number":
        return st.integers(0, 20).map(lambda i: f"{item['min'] + (item['max'] - item['min']) * i / 20:g}")
    places = range(len(masks.names_of(item) or item.get("options") or item["parts"]))
    if item["kind"] == "one":
        return st.sampled_from(places)
    if item["kind"] == "several":
        return st.lists(st.sampled_from(places), min_size=1, unique=True)
    if item["kind"] == "order":
        return st.permutations(places)
    rows = len(item.get("pairs") or item["parts"])
    given = st.lists(st.none() | st.sampled_from(places), min_size=rows, max_size=rows)
    return given.filter(lambda response: any(i is not None for i in response))


def seen(item: dict) -> list[str]:
    """The texts that an item offers, as they stand in it."""
    return masks.names_of(item) or [entry["text"] for entry in item.get("options") or item.get("parts", [])]


def meant(item: dict, response):
    """What a response says in words: the same for the item and for its mask."""
    if item["kind"] == "number":
        return response
    texts = seen(item)
    if item["kind"] == "one":
        return texts[response]
    said = [None if i is None else texts[i] for i in response]
    return sorted(said) if item["kind"] == "several" else said


@EACH
@FEW
@given(seed=SEEDS)
def test_a_masked_item_has_nothing_but_what_a_voter_needs(item, seed):
    shown = masked(item, seed)
    assert shown.keys() <= {"id", "version", "kind", "ask"} | CLOSED[item["kind"]]
    inner = INNER | {"parts": {"text", "part", "where"} if item["kind"] == "label" else {"text"}}
    for key in shown.keys() & inner.keys():
        assert all(entry.keys() == inner[key] for entry in shown[key])
    if item["kind"] != "number":
        assert sorted(seen(shown)) == sorted(seen(item))


@EACH
@FEW
@given(seed=SEEDS)
def test_nothing_that_is_kept_back_stands_anywhere_in_it(item, seed):
    text = json.dumps(masked(item, seed), ensure_ascii=False)
    entries = [*item.get("options", []), *item.get("parts", []), *item.get("pairs", [])]
    secrets = [item["why"], item.get("hint"), *(entry["feedback"] for entry in entries)]
    assert not [secret for secret in secrets if secret and json.dumps(secret, ensure_ascii=False)[1:-1] in text]
    assert item["version"] not in text  # a hash of the answer: the answers are few enough to try them all
    assert not [part["part"] for part in item.get("parts", []) if f'"{part.get("part")}"' in text]


@EACH
@FEW
@given(data=st.data(), seed=SEEDS)
def test_a_response_comes_back_as_it_was_meant(item, data, seed):
    order, shown = masks.arrangement(item, seed), masked(item, seed)
    response = data.draw(responses(item))
    answer = masks.canonical(item, order, response)
    assert meant(item, answer) == meant(shown, response)
    assert masks.canonical(item, order, masks.displayed(item, order, answer)) == answer
    assert mark(item, answer).answered


@EACH
@FEW
@given(seed=SEEDS)
def test_the_right_answer_on_the_display_is_full_marks(item, seed):
    order = masks.arrangement(item, seed)
    right = {
        "one": lambda: next(i for i, option in enumerate(item["options"]) if option.get("right")),
        "several": lambda: [i for i, option in enumerate(item["options"]) if option.get("right")],
        "order": lambda: list(range(len(item["parts"]))),
        "match": lambda: list(range(len(item["pairs"]))),
        "label": lambda: list(range(len(item["parts"]))),
        "number": lambda: f"{item['answer']:g}",
    }[item["kind"]]()
    shown = masks.displayed(item, order, right)
    assert mark(item, masks.canonical(item, order, shown)).right


ORDERS = [item for item in ITEMS.values() if item["kind"] == "order"]


@pytest.mark.parametrize("item", ORDERS, ids=lambda item: item["id"])
@given(seed=SEEDS)
def test_parts_to_put_in_order_never_stand_in_order(item, seed):
    order = masks.arrangement(item, seed)
    assert sorted(order) == list(range(len(item["parts"])))
    assert not mark(item, order).right


def test_every_order_of_the_display_comes_up_and_the_right_option_stands_everywhere():
    item = next(item for item in ITEMS.values() if item["kind"] == "one" and len(item["options"]) == 4)
    orders = [tuple(masks.arrangement(item, f"{seed}")) for seed in range(800)]
    assert set(orders) == set(permutations(range(4)))
    right = next(i for i, option in enumerate(item["options"]) if option.get("right"))
    first = sum(order[0] == right for order in orders)
    assert 150 < first < 250  # of 800, one in four: 4 standard deviations are 49


BAD = [None, True, -1, 4, 99, 1.0, "0", "", [], [True], [1.0], [-1], [None], [[0]], {}, {"0": 1},
       [0] * 50, "9" * 300, "1e3", "nan", "1,200", "\n1", float("inf"), 10**30]  # fmt: skip


@pytest.mark.parametrize("kind", CLOSED)
def test_what_is_no_answer_is_refused(kind):
    for item in (item for item in ITEMS.values() if item["kind"] == kind):
        order = masks.arrangement(item, "seed")
        for response in BAD:
            try:
                answer = masks.canonical(item, order, response)
            except masks.Unfit:
                continue
            assert mark(item, answer).answered  # it was one after all, such as [0] * n


def test_a_plate_and_its_item_name_the_same_parts_and_neither_says_which():
    for name in QUIZZES:
        quiz = quizzes.load(name)
        for item in quiz.items:
            if "plate" not in item:
                continue
            plate = masks.veiled_plate(item["plate"], quiz.plates[item["plate"]], "seed")
            for part, shown in zip(item["parts"], masked(item, "seed")["parts"], strict=True):
                assert f'id="{item["plate"]}-{shown["part"]}"' in plate
                assert part["part"] not in plate
            assert masks.veiled(item, "seed")["parts"][0]["part"] == masked(item, "seed")["parts"][0]["part"]


def test_another_class_sees_another_version_of_the_same_item():
    item = next(iter(ITEMS.values()))
    assert masks.veiled_version(item, "a") != masks.veiled_version(item, "b")
    assert masked(item, "a")["version"] == masks.veiled(item, "a")["version"] == masks.veiled_version(item, "a")
