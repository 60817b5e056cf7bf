"""A quiz file is read whole or not at all, and each fault in it is told with its place and its mend."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from lumbar.errors import FaultyFile, UnknownName
from lumbar.quiz import items, texts

SOUND = """\
title: A check
items:
  - id: first
    kind: one
    claims: [C16]
    level: apply
    ask: Which?
    options:
      - text: This
        right: true
        feedback: Yes.
      - text: That
        feedback: No.
    why: Because.
  - id: second
    kind: order
    objective: "08.1"
    level: understand
    ask: Which order?
    parts:
      - {text: one, feedback: First.}
      - {text: two, feedback: Second.}
      - {text: three, feedback: Third.}
    why: Because.
  - id: third
    kind: number
    claims: [C15]
    level: judge
    ask: How many?
    answer: 31
    unit: of 100 people
    min: 0
    max: 100
    tolerance: 5
    zero_at: 30
    feedback: {low: More., high: Fewer., close: Yes.}
    why: Because.
"""

# (what the author did, text to replace, by what, what stands on the line told, item, what the fault says, and its mend)
SLIPS = [
    ("forgot the question", "    ask: Which?\n", "", "id: first", "first", "field required", "Add this key."),
    ("misspelt a key", "    why: Because.\n  - id: second", "    wyh: Because.\n    why: Because.\n  - id: second", "wyh", "first", "extra inputs", "check its spelling"),
    ("marked two options right", "      - text: That\n", "      - text: That\n        right: true\n", "text: This", "first", "2 options are right", "exactly one"),
    ("marked no option right", "        right: true\n", "", "text: This", "first", "0 options are right", "exactly one"),
    ("gave an option no feedback", "        feedback: No.\n", "", "text: That", "first", "field required", "Add this key."),
    ("left a text empty", "why: Because.\n  - id: second", 'why: " "\n  - id: second', 'why: " "', "first", "empty", "Write the text"),
    ("wrote an option twice", "text: That", "text: This", "text: This", "first", "stands twice", "Keep one"),
    ("named a claim that is not there", "[C16]", "[C99]", "C99", "first", "no claim called 'C99'", ""),
    ("named an objective that is not there", '"08.1"', '"08.9"', "08.9", "second", "no objective called '08.9'", "Did you mean"),
    ("named a source that is not there", "    why: Because.\n  - id: second", "    why: Because.\n    sources: [nobody1900]\n  - id: second", "nobody1900", "first", "no reference called", ""),
    ("named neither claim nor objective", "    claims: [C16]\n", "", "id: first", "first", "neither a claim nor an objective", "Add `claims`"),
    ("invented a level", "level: apply", "level: guess", "guess", "first", "'remember'", "words listed"),
    ("invented a kind", "kind: order", "kind: sort", "id: second", "second", "`kind` is missing or unknown", "one, several"),
    ("wrote raw HTML", "ask: Which?", "ask: Which <b>one</b>?", "<b>", "first", "raw HTML", "Markdown"),
    ("wrote a script", "text: That", "text: <script>alert(1)</script>", "<script>", "first", "raw HTML", "Markdown"),
    ("linked to a script", "ask: Which?", "ask: '[Which](javascript:alert(1))?'", "javascript", "first", "links to", "https://"),
    ("put in a picture", "ask: Which?", "ask: '![Which](https://example.org/x.png)?'", "![", "first", "picture", "label item"),
    ("used an id twice", "id: second", "id: first", "id: first", "first", "already used", "an id of its own"),
    ("wrote an id with spaces", "id: second", "id: the second", "id: the second", "the second", "pattern", ""),
    ("put the answer off the scale", "answer: 31", "answer: 131", "max: 100", "third", "not on a scale from 0 to 100", "Widen"),
    ("left no room for partial marks", "zero_at: 30", "zero_at: 4", "zero_at: 4", "third", "within the tolerance", "larger"),
    ("wrote a number as a word", "min: 0", "min: none", "min: none", "third", "valid number", ""),
    ("gave an order two parts", "      - {text: three, feedback: Third.}\n", "", "text: one", "second", "at least 3", ""),
    ("repeated an item that is not there", "items:\n", "items:\n  - repeat: fist\n", "repeat: fist", "items", "no item called 'fist'", "first"),
    ("wrote a key twice", "    ask: Which?\n", "    ask: Which?\n    ask: What?\n", "ask: What?", "first", "stands twice", "Keep one"),
    ("broke the YAML", "ask: Which?", "ask: Which: one?", "Which: one?", "file", "", "colons"),
]  # fmt: skip


@pytest.fixture
def bank(tmp_path) -> Path:
    (tmp_path / "check.yaml").write_text(SOUND, encoding="utf-8")
    return tmp_path


def faults_of(bank: Path, text: str) -> list:
    (bank / "check.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FaultyFile) as raised:
        items.load("check", bank)
    return raised.value.faults


def test_a_sound_file_is_read(bank):
    quiz = items.load("check", bank)
    assert (quiz.name, quiz.title, quiz.feedback) == ("check", "A check", "now")
    assert [item.id for item in quiz.items] == ["first", "second", "third"]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip[0])
def test_a_slip_is_told_once_with_its_place_and_its_mend(bank, slip):
    _, old, new, there, owner, problem, mend = slip
    assert old in SOUND
    text = SOUND.replace(old, new, 1)
    faults = faults_of(bank, text)
    assert len(faults) == 1, faults
    fault = faults[0]
    assert problem in fault.problem.lower() or problem in fault.problem
    assert mend in fault.mend and fault.mend
    assert fault.file.endswith("check.yaml")
    assert fault.where == owner
    assert there in text.splitlines()[fault.line - 1], fault


def test_three_slips_give_three_faults(bank):
    text = SOUND.replace("ask: Which?", "").replace("answer: 31", "answer: many").replace("[C15]", "[C77]")
    assert [fault.where for fault in faults_of(bank, text)] == ["first", "third", "third"]


def test_a_quiz_that_does_not_exist_gets_an_offer(bank):
    with pytest.raises(UnknownName, match="Did you mean check"):
        items.load("chek", bank)


def test_a_repeat_is_the_item_itself(bank):
    (bank / "think.yaml").write_text("title: Before\nfeedback: later\nitems:\n  - repeat: first\n", encoding="utf-8")
    quiz = items.load("think", bank)
    assert quiz.feedback == "later"
    assert quiz.items == items.load("check", bank).items[:1]


def test_an_id_used_in_two_files_is_a_fault(bank):
    (bank / "other.yaml").write_text(SOUND, encoding="utf-8")
    with pytest.raises(FaultyFile, match="already used in check.yaml"):
        items.bank(bank)
    assert {"already used in check.yaml" in fault.problem for fault in items.faults(bank)} == {True}


def test_a_repeat_of_what_is_nowhere_is_a_fault_with_an_offer(bank):
    (bank / "think.yaml").write_text("title: Before\nitems:\n  - repeat: frist\n", encoding="utf-8")
    with pytest.raises(FaultyFile, match="Did you mean first"):
        items.load("think", bank)


def test_a_label_item_names_a_plate_and_parts_that_exist(bank):
    label = """\
title: Parts
items:
  - id: parts
    kind: label
    claims: [C16]
    level: remember
    ask: Name them.
    plate: motion-segment
    parts:
      - {part: disc, where: the pad, text: Disc, feedback: It is the pad.}
      - {part: dics, where: the other, text: Other, feedback: It is the other.}
    why: Because.
"""
    (fault,) = faults_of(bank, label)
    assert (fault.line, fault.key) == (11, "part") and "disc" in fault.mend
    (fault,) = faults_of(bank, label.replace("motion-segment", "motion-segmant"))
    assert (fault.line, fault.key) == (8, "plate") and "motion-segment" in fault.mend


def test_the_schema_for_editors_is_current():
    written = json.loads((items.BANK / "schema.json").read_text(encoding="utf-8"))
    assert written == items.schema(), "run `python -m lumbar.quiz.items`"


# The version of an item


def item(**changes) -> items.Item:
    data = yaml.safe_load(SOUND)["items"][0] | changes
    return items.QuizFile.model_validate({"title": "A", "items": [data]}).items[0]


words = some.text(alphabet="abcdefgh ", min_size=1).map(str.strip).filter(bool)


@given(words, words)
def test_the_version_changes_when_and_only_when_the_question_does(one, other):
    assert (item(ask=one).version == item(ask=other).version) == (one == other)


@given(words)
def test_the_version_stays_when_only_what_is_said_about_an_answer_changes(text):
    changed = item(why=text, hint=text, level="judge", claims=["C15"])
    assert changed.version == item().version


@given(words.filter(lambda text: text not in ("This", "That")))
def test_the_version_changes_with_an_option_and_with_what_is_right(text):
    this, that = {"text": "This", "right": True, "feedback": "Yes."}, {"text": "That", "feedback": "No."}
    other = [this, that | {"text": text}]
    swapped = [this | {"right": False}, that | {"right": True}]
    assert len({item().version, item(options=other).version, item(options=swapped).version}) == 3


# Texts


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("plain", "plain"),
        ("**strong** and *soft*", "<strong>strong</strong> and <em>soft</em>"),
        ("p < 0.05 & more", "p &lt; 0.05 &amp; more"),
        ("[a study](https://example.org)", '<a href="https://example.org">a study</a>'),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
    ],
)
def test_markdown_becomes_html(text, made):
    assert texts.html(text) == made


@given(some.text())
def test_no_text_injects_a_tag_or_a_script(text):
    for made in (texts.html(text), texts.inline(text)):
        tags = {tag.split(" ")[0].strip("/>") for tag in made.split("<")[1:] for tag in [tag.split(">")[0]]}
        assert tags <= {"p", "em", "strong", "code", "a", "ul", "ol", "li", "br"}
        assert "javascript:" not in made.lower() or 'href="javascript:' not in made.lower()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](data:text/html,1)",
        "[x]( JaVaScRiPt:alert(1))", "[x](<javascript:alert(1)>)", "![x](https://example.org/x.png)", "</p><svg onload=1>",
        "[x](//example.org)", "<!-- x -->", "",
    ],
)  # fmt: skip
def test_hostile_texts_are_refused_and_harmless(text):
    with pytest.raises(ValueError, match=" -> "):
        texts.checked(text)
    made = texts.html(text)
    assert "<script" not in made and "<img" not in made and "<svg" not in made and 'href="j' not in made.lower()
