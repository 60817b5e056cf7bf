"""Brightspace's CSV and Blackboard's text read back, and texts that would be formulas in a spreadsheet."""

import csv
import io
import re
from functools import cache

import pytest

from lumbar.export import blackboard, brightspace
from lumbar.export.tables import GUARD, cell
from lumbar.export.words import flat, sides, silent
from lumbar.quiz.grade import mark
from lumbar.quiz.items import Item, Quiz, bank
from lumbar.quiz.texts import html, plain

ITEMS = list(bank().values())
EVERY = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
HOSTILE = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1:A9)", "=cmd|' /C calc'!A0", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1",
    '"=1', "'=1", '","=1', 'a",=1', "a;=1", "a; =1", "a\t=1", "a|=1", "a,+1", "＝1+1", "＠SUM(1)", "－1", "＋1",
    "\x00=1", "a\x0b=1", "\u2028=1", '=HYPERLINK("http://example.org","x")', "-", "=", "\u200b=1",
)  # fmt: skip
SIGNS = "=+-@＝＋－＠\t\r\n"


def quiz(*items: Item) -> Quiz:
    return Quiz("08-check", "Check yourself", "now", items)


def rows(*items: Item) -> list[list[str]]:
    """The rows of the CSV file, less its remark."""
    data = brightspace.write([quiz(*items)], "0.1.0", False).files["08-check.csv"]
    assert data.startswith(b"\xef\xbb\xbf//")
    return [*csv.reader(io.StringIO(data.decode("utf-8-sig")))][1:]


def lines(*items: Item) -> list[list[str]]:
    data = blackboard.write([quiz(*items)], "0.1.0", False).files["08-check.txt"].decode()
    return [line.split("\t") for line in data.split("\r\n")[:-1]]


@cache
def steps(item_id: str) -> list[float]:
    item = bank()[item_id]
    return [round(item.min + step * item.step, 6) for step in range(round((item.max - item.min) / item.step) + 1)]


@EVERY
def test_brightspace_gets_the_question_its_key_and_what_is_said(item):
    found = rows(item)
    assert all(len(row) == 5 for row in found) and found[-1] == [""] * 5
    fields = {row[0]: row[1] for row in found if row[0]}
    assert fields["NewQuestion"] == {"one": "MC", "several": "MS", "order": "O", "number": "SA"}.get(item.kind, "M")
    assert fields["ID"] == f"{item.id}-{item.version}" and fields["QuestionText"].startswith(flat(html(item.ask)))
    assert fields.get("Hint") == (flat(html(item.hint)) if item.hint else None)
    assert flat(html(item.why)) in fields["Feedback"]
    BRIGHTSPACE[item.kind](item, found, fields["Feedback"])


def options(item, found, told):
    weight = 100 if item.kind == "one" else 1
    wanted = {(str(o.right * weight), plain(o.text), "", flat(html(o.feedback))) for o in item.options}
    assert {tuple(row[1:]) for row in found if row[0] == "Option"} == wanted


def in_order(item, found, told):
    wanted = [[plain(part.text), "NOT HTML", flat(html(part.feedback)), ""] for part in item.parts]
    assert [row[1:] for row in found if row[0] == "Item"] == wanted


def matches(item, found, told):
    choices = {row[1]: row[2] for row in found if row[0] == "Choice"}
    pairs = [(row[2], choices[row[1]]) for row in found if row[0] == "Match"]
    assert pairs == asked(item)
    assert sorted(choices.values()) == sorted({name for _, name in pairs} | {plain(decoy) for decoy in item.decoys})
    entries = item.pairs if item.kind == "match" else item.parts
    assert all(flat(html(entry.feedback)) in told for entry in entries)


def answers(item, found, told):
    given = {row[2]: int(row[1]) for row in found if row[0] == "Answer"}
    page = item.page()
    for value in steps(item.id):
        for text in (f"{value:g}", f"{value:g}".replace(".", ",")):
            assert given.get(text, 0) == pytest.approx(100 * mark(page, text).score, abs=0.51)
    assert all(flat(html(text)) in told for _, text in item.feedback)


def asked(item) -> list[tuple[str, str]]:
    numbered = item.kind == "label"
    pairs = enumerate(sides(item), 1)
    return [(f"{n}. {plain(side)}" if numbered else plain(side), plain(name)) for n, (side, name) in pairs]


BRIGHTSPACE = {
    "one": options, "several": options, "order": in_order, "match": matches, "label": matches, "number": answers,
}  # fmt: skip


@EVERY
def test_blackboard_gets_the_question_and_its_key_on_one_line(item):
    (found,) = lines(item)
    kinds = {"one": "MC", "several": "MA", "order": "ORD", "number": "NUM"}
    assert found[0] == kinds.get(item.kind, "MAT") and found[1].startswith(flat(html(item.ask)))
    fields = found[2:]
    if item.kind in ("one", "several"):
        given = dict(zip(fields[::2], fields[1::2], strict=True))
        assert given == {plain(o.text): "correct" if o.right else "incorrect" for o in item.options}
    elif item.kind == "order":
        assert fields == [plain(part.text) for part in item.parts]
    elif item.kind == "number":
        answer, tolerance = map(float, fields)
        page = item.page()
        within = [value for value in steps(item.id) if abs(value - answer) <= tolerance + 1e-9]
        assert within == [value for value in steps(item.id) if mark(page, str(value)).right]
    else:
        assert [*zip(fields[::2], fields[1::2], strict=True)] == asked(item)


def test_what_blackboard_cannot_carry_is_named():
    lost = blackboard.write([quiz(*ITEMS)], "0.1.0", False).lost
    decoys = next(ids for sentence, ids in lost.items() if "decoys" in sentence)
    assert decoys == [item.id for item in ITEMS if getattr(item, "decoys", [])]
    assert next(len(ids) for sentence, ids in lost.items() if sentence.startswith("Feedback")) == len(ITEMS)


def test_a_name_that_fits_twice_is_left_out_of_blackboard_and_named():
    item = next(item for item in ITEMS if item.kind == "match")
    twice = item.model_copy(update={"pairs": [*item.pairs, item.pairs[0].model_copy(update={"left": "another"})]})
    made = blackboard.write([quiz(twice)], "0.1.0", False)
    assert made.files["08-check.txt"] == b""
    assert next(ids for sentence, ids in made.lost.items() if sentence.startswith("Left out")) == [item.id]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_however_a_spreadsheet_cuts_the_file(text):
    option = next(item for item in ITEMS if item.kind == "several")
    choices = [o.model_copy(update={"text": f"{text}{i}", "feedback": text}) for i, o in enumerate(option.options)]
    bad = option.model_copy(update={"ask": text, "hint": text, "why": text, "options": choices})
    pair = next(item for item in ITEMS if item.kind == "match")
    pairs = [p.model_copy(update={"left": text, "right": f"{text}{i}"}) for i, p in enumerate(pair.pairs)]
    worse = pair.model_copy(update={"ask": text, "pairs": pairs, "decoys": [text]})
    csv_file = brightspace.write([quiz(bad, worse)], "0.1.0", False).files["08-check.csv"].decode("utf-8-sig")
    text_file = blackboard.write([quiz(bad, worse)], "0.1.0", False).files["08-check.txt"].decode()
    for data in (csv_file, text_file):
        for delimiter in ",;\t|":
            for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
                for row in csv.reader(io.StringIO(data, newline=""), delimiter=delimiter, quoting=quoting):
                    starts = [found.strip(" \"'\u00a0")[:1] for found in row]
                    assert not {*starts} & {*SIGNS}, (delimiter, row)
    assert all(len(row) == 5 for row in csv.reader(io.StringIO(csv_file)))
    assert all(line.count("\t") >= 3 for line in text_file.split("\r\n")[:-1]) and text_file.count("\n") == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_a_guarded_text_reads_as_it_did(text):
    seen = re.sub("[\x00-\x1f\x7f\u2028\ufeff]", " ", text)
    assert " ".join(cell(text).replace(GUARD, "").split()) == " ".join(seen.replace(GUARD, "").split())


def test_the_banks_own_texts_need_no_guard():
    for item in ITEMS:
        assert GUARD not in str(rows(item)) + str(lines(item))


def test_an_exam_has_no_feedback_and_no_hint():
    for item in ITEMS:
        found = rows(silent(item))
        assert not {"Hint", "Feedback"} & {row[0] for row in found}
        assert not any(row[4] for row in found)
