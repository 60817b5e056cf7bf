"""The teacher's guide: plans that fit the hour and the lesson, and answers that come from the bank and nowhere else."""

import re

import pytest

from lumbar import course, key, lesson
from lumbar.evidence.claims import claims
from lumbar.explore.registry import explorers
from lumbar.figures import plate
from lumbar.quiz.items import load, names
from lumbar.quiz.texts import html, plain
from lumbar.trace import _shown, trace

PAGE = course.folder("lessons") / f"{course.GUIDE}.md"
TEXT = PAGE.read_text(encoding="utf-8")
PLAN = re.compile(r"^### In (45|90) minutes\n\n((?:- .+\n)+)", re.MULTILINE)
STEP = re.compile(r"- \*\*(\d+) min\*\* (\S.*)")
TITLE = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
QUESTION = re.compile(r"question (\d+) of `([\w-]+)` \(“([^”]+)”\)")
PARTS = ("In 45 minutes", "In 90 minutes", "What they tend to believe", "Three prompts", "On the board", "Answers")
ALL = pytest.mark.parametrize("entry", course.LESSONS, ids=lambda entry: entry.number)
PLANS = [(entry, minutes) for entry in course.LESSONS for minutes in (45, 90)]
EVERY_PLAN = pytest.mark.parametrize(("entry", "minutes"), PLANS, ids=lambda value: getattr(value, "number", value))


def part(entry: course.Lesson) -> str:
    """What the guide says on one lesson."""
    return TEXT.partition(f"\n## {entry.number} · {entry.title}\n")[2].partition("\n## ")[0]


def steps(entry: course.Lesson, minutes: int) -> list[tuple[int, str]]:
    """A plan's steps: minutes, and what is done."""
    (plan,) = [found[2] for found in PLAN.finditer(part(entry)) if int(found[1]) == minutes]
    return [(int(step[1]), step[2]) for step in map(STEP.fullmatch, plan.splitlines())]


def in_the_lesson(entry: course.Lesson) -> dict[str, list[str]]:
    return _shown(PAGE.with_name(f"{entry.file}.md"))


@ALL
def test_each_lesson_has_its_parts_in_order_and_leads_to_its_page(entry):
    headings = re.findall(r"^### (.+)$", part(entry), flags=re.MULTILINE)
    assert tuple(headings) == PARTS
    assert f"({entry.file}.ipynb)" in part(entry)


@EVERY_PLAN
def test_the_minutes_of_a_plan_add_up(entry, minutes):
    assert sum(spent for spent, _ in steps(entry, minutes)) == minutes


@EVERY_PLAN
def test_a_plan_names_plates_and_explorers_as_its_lesson_does(entry, minutes):
    shown = in_the_lesson(entry)
    movable = {explorers()[name].title for name in shown.get("explore", [])}
    drawn = {plate(name).title for name in shown.get("figure", [])}
    said = " ".join(what for _, what in steps(entry, minutes))
    named = set(TITLE.findall(said))
    assert named <= movable | drawn
    assert set(re.findall(r"[Ee]xplorer \*([^*]+)\*", said)) == named & movable
    assert bool(named & movable) == bool(movable)


@EVERY_PLAN
def test_a_plan_uses_every_quiz_of_its_lesson_and_no_other(entry, minutes):
    said = " ".join(what for _, what in steps(entry, minutes))
    assert set(re.findall(r"`([\w-]+)`", said)) == set(in_the_lesson(entry)["quiz"])


def test_a_question_is_named_by_its_number_and_its_own_words():
    found = QUESTION.findall(TEXT)
    assert len(found) == len(re.findall(r"question \d+ of", TEXT)) > 40
    for number, quiz, words in found:
        assert plain(load(quiz).items[int(number) - 1].ask).lstrip("“").startswith(words.lstrip("“")), (number, quiz)


@ALL
def test_a_vote_between_two_votes_is_on_one_choice(entry):
    """To send pupils to somebody who chose something else, there must be something else to choose."""
    for _, quiz_name, _ in QUESTION.findall(part(entry)):
        assert quiz_name in names()
    for line in part(entry).splitlines():
        if "Vote, talk, vote" in line:
            for number, quiz, _ in QUESTION.findall(line.partition("Vote, talk, vote")[2]):
                assert load(quiz).items[int(number) - 1].kind == "one", line


@ALL
def test_each_lesson_has_three_prompts_and_a_small_board(entry):
    prompts = part(entry).partition("### Three prompts")[2].partition("\n### ")[0]
    assert re.findall(r"^(\d)\. \*", prompts, flags=re.MULTILINE) == ["1", "2", "3"]
    (board,) = re.findall(r"^```text\n(.*?)^```", part(entry), flags=re.MULTILINE | re.DOTALL)
    assert max(map(len, board.splitlines())) <= 32, "it would not fit a telephone"


@ALL
def test_each_lesson_has_the_keys_of_its_quizzes(entry):
    asked = [name for name in in_the_lesson(entry)["quiz"] if not name.endswith("-think")]
    assert re.findall(r'^key\("([\w-]+)"\)$', part(entry), flags=re.MULTILINE) == asked


@pytest.mark.parametrize("name", names())
def test_a_key_is_folded_and_tells_each_question_with_its_answer(name):
    shown = key(name)
    assert shown.html.startswith("<details") and " open" not in shown.html.partition(">")[0]
    for item in load(name).items:
        assert html(item.ask) in shown.html and html(item.why) in shown.html and plain(item.why)[:50] in shown.text
        for option in getattr(item, "options", ()):
            assert html(option.text) in shown.html
            assert option.right or html(option.feedback) in shown.html


def test_a_key_is_told_in_plain_text_without_markup():
    text = key("01-check").text
    assert not re.search(r"</?[a-z]+[ >]|&[a-z]+;", text)
    assert text.splitlines()[0] == "Answers to 01-check"


def test_the_warning_signs_are_those_of_lesson_00():
    """Both pages change together: each sign of the one, by its leading words, is on the other."""
    signs = (
        "pass water", "hard to start or to hold", "water or stools", "between", "sex organs", "both legs", "blow",
        "fever", "shivering", "bruise or graze", "small fall", "steroid tablets", "cancer", "night after night",
        "month",
    )  # fmt: skip
    first = (PAGE.parent / "00-start-here.md").read_text(encoding="utf-8").partition("The same list in words")[2]
    guide = TEXT.partition("## When a pupil tells you of a warning sign")[2].partition("\n## ")[0]
    assert [sign for sign in signs if sign not in first.partition("</details>")[0] or sign not in guide] == []
    assert "00-start-here.ipynb#when-to-get-help-now" in guide


def test_it_is_a_page_of_the_course_and_no_lesson():
    assert PAGE in lesson.paths() and course.GUIDE not in {entry.file for entry in course.LESSONS}
    assert [chain.claim.id for chain in trace()] == list(claims())
    assert "[Glossary]" in lesson.compose(PAGE).cells[-1].source
