"""When a question comes back: Python and the page give the same days for the same answers."""

import json
import subprocess
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from lumbar.review import schedule
from lumbar.web import bank

SHARED = Path(__file__).parents[1] / "review"
FRONT = Path(bank.__file__).parent / "front"
GIVEN = json.loads((SHARED / "cases.json").read_text(encoding="utf-8"))
COURSE, CASES = GIVEN["course"], GIVEN["cases"]
HISTORIES = json.loads((SHARED / "histories.json").read_text(encoding="utf-8"))
FIELDS = ("item", "item_version", "quiz", "at", "score", "sure")


@pytest.fixture(scope="module")
def page(node, packed) -> dict:
    """What the page works out: an answer for each case, and the days of each history."""
    command = [node, SHARED / "run.mjs", packed("schedule"), SHARED]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def zone(monkeypatch):
    """`zone("Asia/Kathmandu")`: the learner is there."""

    def be_in(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()
        assert name == "UTC" or time.timezone, f"this machine does not know the time in {name}"

    yield be_in
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def course(monkeypatch):
    """The small course of the cases, in place of the real one."""
    lessons = {quiz: (items, lesson) for lesson in COURSE["lessons"] for quiz, items in lesson["quizzes"].items()}
    titles = {item: lesson["title"] for items, lesson in lessons.values() for item, _ in items}
    monkeypatch.setattr(schedule, "names", lambda: list(lessons))
    feedback = {quiz: "later" if quiz in COURSE["later"] else "now" for quiz in lessons}
    monkeypatch.setattr(schedule, "load", lambda quiz: SimpleNamespace(feedback=feedback[quiz]))
    asked = {item: (SimpleNamespace(id=item, page=lambda item=item: item), title) for item, title in titles.items()}
    monkeypatch.setattr(schedule, "_bank", lambda: asked)


def versions(course: dict) -> dict:
    quizzes = [items for lesson in course["lessons"] for items in lesson["quizzes"].values()]
    return {item: version for items in quizzes for item, version in items}


def attempt(row: list) -> dict:
    made = dict(zip(FIELDS, row, strict=True))
    return made | {"changed": versions(COURSE).get(made["item"], made["item_version"]) != made["item_version"]}


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["why"] for case in CASES])
def test_a_situation_has_one_answer(number, page, course, zone):
    case = CASES[number]
    zone(case["zone"])
    found = schedule._answer(schedule.schedule(map(attempt, case["attempts"])), date.fromisoformat(case["today"]))
    assert {"ids": found["items"], "due": found["due"], "later": found["later"]} == case["answer"]
    assert page["answers"][number] == case["answer"]


def test_hundreds_of_reviews_fall_on_the_same_days(page, course, zone):
    zone("UTC")
    wanted = [[day for *_, day in tries] for tries in HISTORIES]
    assert sum(map(len, wanted)) > 400
    assert page["days"] == wanted
    assert [_days(tries) for tries in HISTORIES] == wanted


def _days(tries: list[list]) -> list[str]:
    made = [attempt(["poster", "v1", "04-check", *rest]) for *rest, _ in tries]
    return [schedule.schedule(made[: count + 1])[0].day.isoformat() for count in range(len(made))]


def test_the_bank_and_its_index_hold_the_same_items():
    held = bank.bank()
    assert {name: item["version"] for name, item in held["items"].items()} == versions(bank.index())
    assert {item["plate"] for item in held["items"].values() if "plate" in item} == set(held["plates"])


def test_the_bank_is_a_script_that_cannot_be_read_otherwise(node):
    run = "let text = ''; for await (const part of process.stdin) text += part;" \
        "(0, eval)(text); console.log(JSON.stringify(globalThis.lumbarBank));"  # fmt: skip
    command = [node, "--input-type=module", "-e", run]
    done = subprocess.run(command, input=bank.script(), capture_output=True, text=True, encoding="utf-8")
    assert json.loads(done.stdout) == bank.bank()
