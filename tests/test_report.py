"""A report says what a class's answers show, and no more than a class of its size can show."""

import csv
import io
import json
import random
import re

import pytest
from simulated import TITLE, answer, row, votes

from lumbar.quiz.items import load
from lumbar.report import for_class, table
from lumbar.report.changes import lesson_of
from lumbar.report.findings import Report, of_rows
from lumbar.report.questions import Question
from lumbar.report.words import reasons

HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</style><svg onload=alert(1)>", "</title><b>",
    "' \" & <", "=HYPERLINK(\"http://x\")", "+1+1", "-1+1", "@SUM(A1)",
    "javascript:alert(1)", "{{7*7}}", "%3Cscript%3E",
)  # fmt: skip
DICE = random.Random(1)


def class_of(pupils: int, right: int, name: str = "08-check", place: int = 0, sure: int = 0) -> list[tuple]:
    """So many pupils answer one question, the first of them right; the last `sure` of all are sure."""
    item = load(name).items[place]
    return [
        row(f"p{number}", name, item, answer(item, number < right, DICE), number >= pupils - sure, number)
        for number in range(pupils)
    ]


def first(rows: list[tuple], paced: tuple[str, ...] = ()) -> Question:
    return of_rows(rows, TITLE, paced).parts[0].questions[0]


def rows_of(report: Report) -> list[dict]:
    return list(csv.DictReader(io.StringIO(table(report))))


# --- Which answers count ----------------------------------------------------------------------------------------------


def test_of_a_pupils_tries_the_first_counts():
    item = load("08-check").items[0]
    tries = [row("a", "08-check", item, answer(item, at > 0, DICE), at=at) for at in range(3)]
    assert (first(tries).right.count, first(tries).right.of) == (0, 1)


def test_of_a_paced_vote_the_last_counts():
    item = load("08-check").items[0]
    tries = [row("a", "08-check", item, answer(item, at == 2, DICE), at=at) for at in range(3)]
    assert first(tries, paced=("08-check",)).right.count == 1


def test_the_second_vote_is_kept_apart_from_the_first():
    item = load("08-check").items[0]
    table = {"a": (0, 0), "b": (0, 1), "c": (0, 1), "d": (1, 0), "e": (1, 1)}
    rows = [row(name, "08-check", item, answer(item, bool(both[turn]), DICE), at=turn, round=turn + 1)
            for turn in (0, 1) for name, both in table.items()]  # fmt: skip
    rows += [row("late", "08-check", item, answer(item, True, DICE), at=3, round=2)]
    question = first(rows, paced=("08-check",))
    assert (question.right.count, question.right.of) == (2, 5)
    assert question.talk.table == ((1, 2), (1, 1)) and question.talk.pupils == 5


def test_the_last_of_three_rounds_is_the_one_after_talking():
    item = load("08-check").items[0]
    rows = [row("a", "08-check", item, answer(item, round == 3, DICE), at=round, round=round) for round in (1, 2, 3)]
    assert first(rows).talk.table == ((0, 1), (0, 0))


def test_one_question_in_two_quizzes_is_two_questions():
    report = of_rows(votes(pupils=12), TITLE)
    asked = [(part.quiz.name, question.item.id) for part in report.parts for question in part.questions]
    assert ("08-think", "c15-brace") in asked and ("08-check", "c15-brace") in asked
    assert [part.quiz.name for part in report.parts] == ["08-think", "08-check"]


def test_a_question_that_reads_otherwise_now_is_counted_apart():
    now = class_of(12, 6)
    before = [(learner, item, "0123456789", *rest) for learner, item, _, *rest in class_of(5, 2)]
    gone = [("z", "no-such-item", "0123456789", "99-gone", "0", 0, 1.0, now[0][7], 1)]
    report = of_rows([*now, *before, *gone], TITLE)
    assert report.parts[0].questions[0].right.of == 12
    assert [(aside.key[1], aside.changed, aside.right, aside.pupils) for aside in report.asides] == [
        (now[0][1], True, 2, 5), ("no-such-item", False, 1, 1),
    ]  # fmt: skip
    page, text = for_class([*now, *before, *gone], TITLE)
    assert "changed since" in page and "not in this quiz of the course" in page
    assert [entry["note"] for entry in rows_of(report)] == ["", "reads otherwise now", "not in this course"]


def test_no_answers_make_a_page_that_says_so():
    page, text = for_class([], TITLE)
    assert "There are no answers yet." in page and text.count("\n") == 1


# --- What is said of a question ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", range(14))
def test_each_kind_of_question_has_its_table(place):
    """Of 20 pupils 12 are right, so 12 take each right option, and 8 miss what the others missed."""
    item = load("08-check").items[place]
    question = first(class_of(20, 12, place=place))
    counts = [line.count for line in question.lines]
    if item.kind == "one":
        assert [line.count for line in question.lines if line.right] == [12] and sum(counts) == 20
    elif item.kind == "several":
        assert min(line.count for line in question.lines if line.right) == 12
        assert sum(line.count for line in question.lines if not line.right) == 8
    elif item.kind == "number":
        assert counts[1] == 12 and sum(counts) == 20 and question.quartiles
    else:
        assert counts[:2] == [8, 8] and not any(counts[2:])
        assert question.lines[0].instead[1] == 8
    assert all(line.tells for line in question.lines)


def test_a_place_left_empty_is_said():
    item = next(item for item in load("08-check").items if item.kind == "match")
    given = [None, *range(1, len(item.pairs))]
    question = first([row("a", "08-check", item, given)])
    assert question.lines[0].instead == ("(left empty)", 1)


def test_the_upper_third_is_the_one_that_does_well_on_the_rest():
    items = load("08-check").items
    rows = [row(f"p{pupil}", "08-check", item, answer(item, pupil >= 20 or (pupil >= 10 and place % 2 == 0), DICE))
            for place, item in enumerate(items) for pupil in range(30)]  # fmt: skip
    question = first(rows)
    assert question.thirds == (10, 10, 10)
    assert next(line for line in question.lines if line.right).thirds == (0, 10, 10)


def test_a_response_that_does_not_fit_is_counted_but_chooses_nothing():
    item = load("08-check").items[0]
    head, tail = (item.id, item.version, "08-check"), (0, 0.0, "2026-03-03T09:00:00.000Z", 1)
    question = first([(f"p{place}", *head, text, *tail) for place, text in enumerate(("99", "{", "[]"))])
    assert question.right.of == 3 and not any(line.count for line in question.lines)


def test_sure_and_wrong_is_counted():
    known = first(class_of(20, 12, sure=10)).sureness
    assert (known.sure.of, known.sure.count, known.unsure.of, known.unsure.count, known.fooled) == (10, 2, 10, 10, 8)


# --- What a class is large enough for ---------------------------------------------------------------------------------


def test_under_ten_there_are_only_counts():
    page, text = for_class(votes(pupils=9), TITLE, ["08-check"])
    body = page.split('id="quiz-08-think"')[1].split('id="method"')[0]
    figures = re.sub(r'<div class="ask">.*?</div>|<th scope="row">.*?</th>', "", body, flags=re.DOTALL)
    assert "%" not in figures and "about" not in figures and "<svg" not in figures and "third" not in figures
    assert "right." in figures and "there are only counts" in page
    for entry in csv.DictReader(io.StringIO(text)):
        assert entry["pupils"] and not any(entry[name] for name in ("share", "r", "talk_change", "mean_mark"))


def test_from_ten_there_are_shares_and_from_thirty_correlations():
    few, some, many = (of_rows(votes(pupils, ["08-check"], [], seed=3), TITLE).parts[0] for pupils in (11, 29, 36))
    assert all(question.right.estimate or question.right.of < 10 for question in few.questions)
    assert not any(question.fits for question in (*few.questions, *some.questions))
    assert any(question.fits for question in many.questions)
    for question in many.questions:
        assert not question.fits or question.fits.low <= question.fits.value <= question.fits.high


def full(pupils: int, name: str = "08-check", items: int = 14) -> list[tuple]:
    """Every pupil answers every question."""
    dice = random.Random(4)
    return [row(f"p{pupil}", name, item, answer(item, dice.random() < pupil / pupils, dice))
            for item in load(name).items[:items] for pupil in range(pupils)]  # fmt: skip


def test_reliability_needs_thirty_pupils_eight_questions_and_no_pacing():
    assert of_rows(full(30), TITLE).parts[0].alpha.value > 0.5
    assert of_rows(full(29), TITLE).parts[0].alpha is None
    assert of_rows(full(30, items=7), TITLE).parts[0].alpha is None
    assert of_rows(full(30, items=8), TITLE).parts[0].alpha is not None
    assert of_rows(full(30), TITLE, ["08-check"]).parts[0].alpha is None


def before_and_after(pupils: int, before: int, after: int) -> list[tuple]:
    """One question before a lesson and after it; the first are right."""
    item = load("08-think").items[0]
    return [row(f"p{pupil}", quiz, item, answer(item, pupil < right, DICE))
            for quiz, right in (("08-think", before), ("08-check", after)) for pupil in range(pupils)]  # fmt: skip


@pytest.mark.parametrize(
    ("pupils", "before", "after", "gain"),
    [
        (20, 10, 15, 0.5), (40, 34, 37, 0.5), (40, 20, 10, -0.5),
        (19, 10, 15, None), (40, 35, 38, None), (20, 10, 20, None),
    ],  # fmt: skip
)
def test_a_gain_is_given_where_it_says_something(pupils, before, after, gain):
    (comparison,) = of_rows(before_and_after(pupils, before, after), TITLE).comparisons
    change = comparison.all.change
    assert (change.pupils, change.before, change.after) == (pupils, before, after)
    assert change.difference.value == pytest.approx((after - before) / pupils)
    assert change.gain is None if gain is None else change.gain.value == pytest.approx(gain)


def test_before_must_come_before_after():
    turned = before_and_after(20, 10, 15)[::-1]
    assert of_rows(turned, TITLE).comparisons == ()


def test_the_first_and_the_last_quiz_are_matched_by_their_pairs():
    report = of_rows(list(votes(24, ["00-before", "13-after"], [])), TITLE)
    (comparison,) = report.comparisons
    assert comparison.name == "course" and comparison.all.questions == 20
    assert {row.name for row in comparison.claims} >= {"C01", "C15", "C23"}
    assert sum(row.questions for row in comparison.lessons) == 20


def test_what_talking_did_is_not_mixed_with_what_the_lesson_did():
    names = [comparison.name for comparison in of_rows(list(votes(24)), TITLE, ["08-check"]).comparisons]
    assert names == ["lesson", "talk"]


def test_each_item_has_the_lesson_that_teaches_it():
    items = {item.id: item for item in load("00-before").items}
    assert lesson_of(items["before-soldiers"], "00-before") == "05"
    assert lesson_of(load("01-think").items[0], "01-think") == "01"


# --- Questions to look at again ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pupils", "right", "sure", "word"),
    [
        (20, 20, 0, "Very easy"), (20, 3, 0, "Very hard"), (20, 10, 8, "8 of 20 were sure and wrong"),
        (40, 38, 0, "Nobody chose"),
    ],  # fmt: skip
)
def test_why_to_look_again(pupils, right, sure, word):
    assert any(word in reason for reason in reasons(first(class_of(pupils, right, sure=sure))))


def test_under_ten_nothing_is_called_easy_or_hard():
    assert reasons(first(class_of(9, 9))) == []


def test_a_question_that_the_best_get_wrong_is_told():
    items = load("08-check").items
    rows = [row(f"p{pupil}", "08-check", item, answer(item, (pupil < 15) == (place == 0), random.Random(0)))
            for place, item in enumerate(items) for pupil in range(30)]  # fmt: skip
    told = " ".join(reasons(first(rows)))
    assert "Who did well on the rest did worse here" in told and "more of the upper third chose it" in told


# --- What leaves the machine's memory ---------------------------------------------------------------------------------


def test_no_pupil_is_named_or_listed():
    page, text = for_class(votes(pupils=31), TITLE, ["08-check"])
    assert "pupil-" not in page and "pupil-" not in text


def test_the_same_answers_make_the_same_report():
    assert for_class(votes(pupils=33), TITLE) == for_class(votes(pupils=33), TITLE)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_comes_from_outside_is_only_text(text):
    rows = [*class_of(12, 6), ("a", text, text, text, json.dumps(text), 1, 1.0, "2026-03-03T09:00:00.000Z", 1)]
    rows += [("b", rows[0][1], rows[0][2], "08-check", json.dumps(text), 1, 1.0, "2026-03-03T09:00:00.000Z", 1)]
    page, table_ = for_class(rows, text)
    assert "<script" not in page and "<img" not in page and "onload" not in re.sub(r"&lt;.*?&gt;", "", page)
    assert page.count("</style>") == 1 and page.count("</title>") == 1
    for cells in csv.reader(io.StringIO(table_)):
        assert not any(cell[:1] in ("=", "+", "@", "\t", "\r") or re.match(r"-[^0-9]|-\d+\+", cell) for cell in cells)
