"""Both markers, Python's and the page's, give the marks of one file of shared cases, and keep the rules of marking."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lumbar.quiz import grade
from lumbar.widgets import packed_js

MARKING = Path(__file__).parent / "marking"
SHARED = json.loads((MARKING / "cases.json").read_text(encoding="utf-8"))
ITEMS, CASES = SHARED["items"], SHARED["cases"]
SOURCE = Path(grade.__file__).parent / "quiz.js"

RIGHT = {
    "one": 1, "several": [0, 2, 4], "order": [0, 1, 2, 3], "order with repeats": [0, 1, 2, 3, 4], "match": [0, 1, 2, 3],
    "match with repeats": [0, 1, 2], "label": [0, 1, 2], "number": "31", "decimal": "37,5", "exact": "0.3", "large": "1200",
}  # fmt: skip

JUNK = some.recursive(
    some.none() | some.booleans() | some.integers(-2, 9) | some.floats() | some.text(max_size=6),
    lambda inner: some.lists(inner, max_size=6) | some.dictionaries(some.text(max_size=2), inner, max_size=2),
    max_leaves=8,
)


def expected(case: dict) -> dict:
    notes = case["notes"]
    answered = notes is not None
    return {"score": case["score"], "right": case["score"] == 1, "answered": answered, "notes": notes or []}


def as_shared(mark: grade.Mark) -> dict:
    return {"score": mark.score, "right": mark.right, "answered": mark.answered, "notes": list(mark.notes)}


def same(found: dict, wanted: dict) -> bool:
    return found | {"score": 0} == wanted | {"score": 0} and found["score"] == pytest.approx(wanted["score"], abs=1e-9)


def marked_by_the_page(node: Path, code: Path, shared: Path) -> list[dict]:
    command = [node, MARKING / "run.mjs", code, shared]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_there_are_cases_for_every_kind():
    assert len(CASES) >= 60
    assert {ITEMS[case["item"]]["kind"] for case in CASES} == set(grade.KINDS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['item']}: {case['why']}")
def test_python_marks_as_the_case_says(case):
    assert same(as_shared(grade.mark(ITEMS[case["item"]], case["response"])), expected(case))


def test_the_page_marks_as_the_cases_say(node):
    marks = marked_by_the_page(node, SOURCE, MARKING / "cases.json")
    wrong = [(case, mark) for case, mark in zip(CASES, marks, strict=True) if not same(mark, expected(case))]
    assert wrong == []


def test_the_page_marks_the_same_in_the_form_that_notebooks_store(node, tmp_path):
    stored = tmp_path / "stored.mjs"
    stored.write_text(packed_js(SOURCE.read_text(encoding="utf-8")), encoding="utf-8")
    assert marked_by_the_page(node, stored, MARKING / "cases.json") == marked_by_the_page(
        node, SOURCE, MARKING / "cases.json"
    )


@pytest.mark.parametrize("name", ITEMS)
def test_the_right_answer_scores_1(name):
    mark = grade.mark(ITEMS[name], RIGHT[name])
    assert (mark.score, mark.right, mark.answered, all(mark.notes)) == (1, True, True, True)


@given(some.sampled_from(sorted(ITEMS)), JUNK)
def test_a_score_is_never_below_0_or_above_1_and_1_means_right(name, response):
    mark = grade.mark(ITEMS[name], response)
    assert 0 <= mark.score <= 1
    assert mark.right == (mark.score == 1)
    assert mark.answered or (mark.score, mark.notes) == (0, ())


@given(some.permutations(range(4)))
def test_an_order_scores_1_only_when_it_is_right(order):
    assert (grade.mark(ITEMS["order"], order).score == 1) == (list(order) == [0, 1, 2, 3])


@given(some.decimals(0, 60, places=2))
def test_a_decimal_comma_and_a_decimal_point_are_the_same(value):
    typed = f"{value:.2f}"
    assert grade.number(typed) == grade.number(typed.replace(".", ",")) == float(value)


@given(some.decimals(0, 100, places=1), some.decimals(0, 100, places=1))
def test_a_nearer_number_never_scores_less(one, other):
    near, far = sorted((one, other), key=lambda value: abs(value - 31))
    score = {value: grade.mark(ITEMS["number"], str(value)).score for value in (near, far)}
    assert score[near] >= score[far] - 1e-9


def test_both_markers_agree_on_whatever_is_thrown_at_them(node, tmp_path):
    thrown = _thrown()
    shared = tmp_path / "cases.json"
    shared.write_text(json.dumps({"items": ITEMS, "cases": thrown}), encoding="utf-8")
    marks = marked_by_the_page(node, SOURCE, shared)
    wrong = [
        (case, mark)
        for case, mark in zip(thrown, marks, strict=True)
        if not same(mark, as_shared(grade.mark(ITEMS[case["item"]], case["response"])))
    ]
    assert wrong == []


def _thrown() -> list[dict]:
    """Every short list of indices and gaps, and every short text of what numbers are made of."""
    from itertools import product

    lists = [list(values) for size in range(4) for values in product([None, 0, 1, 2, 3, "1", True], repeat=size)]
    lists += [list(values) for values in product([0, 1, 2, 3, None], repeat=4)]
    texts = ["".join(letters) for size in range(5) for letters in product("01,.-+ ", repeat=size)]
    choices = [name for name in ITEMS if ITEMS[name]["kind"] != "number"]
    numbers = [name for name in ITEMS if ITEMS[name]["kind"] == "number"]
    return [{"item": name, "response": value} for name in choices for value in [*lists, *range(-1, 6)]] + [
        {"item": name, "response": text} for name in numbers for text in texts
    ]
