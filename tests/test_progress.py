"""Situations a learner's progress must survive, told by a Page that hands over what was answered."""

import csv
import io
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from forked import drop_root, in_another_process
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbar import progress
from lumbar.quiz.grade import mark
from lumbar.quiz.items import One, Option


class Page:
    """One open notebook: makes attempts and hands them over."""

    def attempt(self, item="c16-rub", **changes):
        fields = {"item": item, "item_version": "v1", "quiz": "08-check", "response": 1, "sure": True}
        return {"id": str(uuid4()), **fields, "score": 0.5, "ms": 1200, "at": "2026-03-01T10:00:00.000Z"} | changes

    def hand_over(self, *attempts, items=()):
        return json.loads(progress.exchange(json.dumps({"attempts": attempts, "items": items})))


@pytest.fixture
def page():
    return Page()


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LUMBAR_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def no_bank(monkeypatch, home):
    monkeypatch.setattr(progress, "_bank", dict)


def stored_ids():
    return [attempt["id"] for attempt in progress.history()]


def is_sound():
    with closing(sqlite3.connect(progress.path())) as database:
        return database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


# Ordinary days


def test_what_is_handed_over_is_kept_and_comes_back_newest_last(page):
    later, earlier = page.attempt(at="2026-03-02T10:00:00Z"), page.attempt(at="2026-03-01T10:00:00+01:00")
    answer = page.hand_over(later, earlier, page.attempt(item="other"), items=["c16-rub"])
    assert len(answer["kept"]) == 3 and answer["refused"] == [] and answer["note"] == ""
    assert [attempt["id"] for attempt in answer["history"]] == [earlier["id"], later["id"]]
    assert answer["history"][0]["at"] == "2026-03-01T09:00:00.000Z"


def test_every_kind_of_response_comes_back_as_it_was(page):
    responses = [2, [0, 3], [2, None, 0], "37,5", "", None, "Rücken „ja“", "\ud83d"]
    page.hand_over(
        *[page.attempt(response=response, at=f"2026-03-01T10:00:0{i}Z") for i, response in enumerate(responses)]
    )
    assert [attempt["response"] for attempt in progress.history()] == responses


def test_handed_over_twice_is_stored_once(page):
    attempt = page.attempt()
    assert page.hand_over(attempt)["kept"] == page.hand_over(attempt)["kept"] == [attempt["id"]]
    assert stored_ids() == [attempt["id"]]


def test_another_answer_under_the_same_id_is_refused_and_the_first_stays(page):
    first = page.attempt(response=1)
    page.hand_over(first)
    answer = page.hand_over(first | {"response": 2})
    assert answer["kept"] == [] and answer["refused"][0]["id"] == first["id"]
    assert progress.history()[0]["response"] == 1


def test_one_learner_has_one_id_whatever_the_page_says(page):
    page.hand_over(page.attempt(learner="someone"), page.attempt())
    assert {attempt["learner"] for attempt in progress.history()} == {progress.learner()}


@pytest.mark.parametrize(
    "change",
    [{"id": ""}, {"id": 7}, {"item": None}, {"sure": 1}, {"score": 2}, {"score": True}, {"ms": -1}, {"ms": 1.5},
     {"at": "yesterday"}, {"at": "2026-03-01T10:00:00"}, {"response": "x" * 30_000}, {"quiz": "a\nb"}],
)  # fmt: skip
def test_a_faulty_attempt_is_refused_and_its_neighbours_are_kept(page, change):
    good, bad = page.attempt(), page.attempt() | change
    answer = page.hand_over(bad, good)
    assert answer["kept"] == [good["id"]] and len(answer["refused"]) == 1 and answer["refused"][0]["why"]


@pytest.mark.parametrize(
    "payload", ["", "[]", "null", "7", '{"attempts": 3}', '{"items": [NaN]}', '{"attempts": [NaN]}']
)
def test_a_payload_that_is_none_never_raises(payload):
    answer = json.loads(progress.exchange(payload))
    assert answer["kept"] == [] and answer["note"]


# The question was rewritten, or Python marks otherwise


QUESTION = One(
    id="c16-rub", kind="one", objective="08.2", level="apply", ask="Do they rub?", why="Because.",
    options=[Option(text="Yes", feedback="No."), Option(text="No", right=True, feedback="Yes.")],
)  # fmt: skip


@pytest.fixture
def bank(monkeypatch):
    monkeypatch.setattr(progress, "_bank", lambda: {QUESTION.id: QUESTION})


def test_an_answer_to_an_older_wording_stays_and_is_marked(page, bank):
    old, gone = page.attempt(), page.attempt(item="taken-out")
    history = page.hand_over(old, gone, items=["c16-rub", "taken-out"])["history"]
    assert [(attempt["changed"], attempt["score"]) for attempt in history] == [(True, 0.5), (False, 0.5)]


def test_python_marks_the_answer_itself(page, bank):
    page.hand_over(page.attempt(item_version=QUESTION.version, response=1, score=0.0))
    assert [(attempt["changed"], attempt["score"]) for attempt in progress.history()] == [(False, 1.0)]


def test_an_answer_that_python_cannot_mark_keeps_the_mark_of_the_page(page, bank, monkeypatch):
    monkeypatch.setattr(sys.modules[mark.__module__], "mark", None)
    page.hand_over(page.attempt(item_version=QUESTION.version, score=0.25))
    assert progress.history()[0]["score"] == 0.25


# The learner's own data


def test_json_export_holds_everything(page):
    page.hand_over(page.attempt(), page.attempt())
    assert json.loads(progress.export("json"))["attempts"] == progress.history()


@pytest.mark.parametrize("trap", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_csv_export_holds_no_formula(page, trap):
    page.hand_over(page.attempt(quiz=trap, item=trap))
    (row,) = csv.DictReader(io.StringIO(progress.export("csv")))
    assert row["quiz"] == row["item"] == f"'{trap}"


def test_deleting_leaves_nothing(page, home):
    page.hand_over(page.attempt(quiz="a-quiz-to-forget"))
    damage(b"not a database")
    page.hand_over(page.attempt(quiz="a-quiz-to-forget"))
    learner = progress.learner()
    assert progress.delete() == 1
    assert progress.history() == [] and progress.learner() != learner and progress.set_aside() == []
    assert not any(b"a-quiz-to-forget" in file.read_bytes() for file in home.iterdir())


# Two notebooks, and a kernel that dies

HAND_OVER = """
import json, sys
from lumbar import progress
progress._bank = dict
for number in range(int(sys.argv[2])):
    attempt = dict(id=f"{sys.argv[1]}-{number}", item="c16-rub", item_version="v1", quiz="08-check", response=number,
                   sure=True, score=0.5, ms=1, at="2026-03-01T10:00:00Z")
    for id in json.loads(progress.exchange(json.dumps({"attempts": [attempt]})))["kept"]:
        print(id, flush=True)
"""


def notebook(name, count):
    command = [sys.executable, "-c", HAND_OVER, name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def test_two_notebooks_at_once_lose_nothing():
    notebooks = [notebook(name, 60) for name in ("one", "two", "three")]
    acknowledged = [id for each in notebooks for id in each.communicate(timeout=60)[0].split()]
    assert len(acknowledged) == 180 and sorted(stored_ids()) == sorted(acknowledged)


def test_kernels_killed_while_they_write_lose_nothing_acknowledged_and_double_nothing():
    acknowledged = []
    for death in range(15):
        kernel = notebook(f"kernel-{death}", 10_000)
        acknowledged.append(kernel.stdout.readline().strip())
        time.sleep(0.003 * death)
        kernel.send_signal(signal.SIGKILL)
        acknowledged += kernel.communicate(timeout=20)[0].split()
    stored = stored_ids()
    assert is_sound() and progress.set_aside() == []
    assert set(acknowledged) <= set(stored) and len(stored) == len(set(stored))
    assert len(stored) <= len(acknowledged) + 15  # at most the one that each death interrupted


# A file that cannot be used


def damage(content, at=0):
    with open(progress.path(), "r+b") as file:
        file.seek(at)
        file.write(content)


@pytest.mark.parametrize("how", ["header", "middle", "cut short", "another kind of file"])
def test_a_damaged_file_is_set_aside_whole_and_a_fresh_one_begun(page, home, how):
    page.hand_over(*[page.attempt() for _ in range(300)])
    size = progress.path().stat().st_size
    if how == "cut short":
        os.truncate(progress.path(), size // 2)
    elif how == "another kind of file":
        progress.path().write_text("Dear diary, " * 99)
    else:
        damage(b"\xff" * 3000, at=0 if how == "header" else size // 2)
    damaged = progress.path().read_bytes()

    attempt = page.attempt()
    answer = page.hand_over(attempt, items=["c16-rub"])
    (aside,) = progress.set_aside()
    assert answer["kept"] == [attempt["id"]] and stored_ids() == [attempt["id"]]
    assert aside.read_bytes() == damaged and str(aside) in answer["note"]
    assert page.hand_over(page.attempt())["note"] == "", "once is enough"


def test_two_damaged_files_on_one_day_are_both_set_aside(page):
    for _ in range(2):
        page.hand_over(page.attempt())
        damage(b"not a database")
    page.hand_over(page.attempt())
    assert len(progress.set_aside()) == 2


def test_two_notebooks_meet_a_damaged_file_at_once(page):
    page.hand_over(page.attempt())
    damage(b"not a database")
    notebooks = [notebook(name, 20) for name in ("one", "two", "three")]
    acknowledged = [id for each in notebooks for id in each.communicate(timeout=60)[0].split()]
    assert len(progress.set_aside()) == 1
    assert len(acknowledged) == 60 and sorted(stored_ids()) == sorted(acknowledged)


def test_the_learner_reads_where_the_old_file_is_when_answers_are_kept_again(page, monkeypatch):
    page.hand_over(page.attempt())
    damage(b"not a database")
    with monkeypatch.context() as patch:
        full_disk(patch)
        assert page.hand_over(page.attempt())["kept"] == []
    (aside,) = progress.set_aside()
    answer = page.hand_over(page.attempt())
    assert len(answer["kept"]) == 1 and str(aside) in answer["note"]


def test_another_program_holds_the_file(page, monkeypatch):
    page.hand_over(page.attempt())
    monkeypatch.setattr(progress, "WAIT", 0.05)
    with closing(sqlite3.connect(progress.path(), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert_not_kept(page, "Another program is using your progress file")
    assert len(page.hand_over(page.attempt())["kept"]) == 1


def full_disk(patch):
    connect = sqlite3.connect

    def small(*args, **options):
        database = connect(*args, **options)
        database.execute("PRAGMA max_page_count=4")
        return database

    patch.setattr(progress.sqlite3, "connect", small)


def test_the_disk_is_full(page, monkeypatch):
    first = page.attempt()
    page.hand_over(first)
    with monkeypatch.context() as patch:
        full_disk(patch)
        answer = json.loads(progress.exchange(json.dumps({"attempts": [page.attempt() for _ in range(200)]})))
    assert answer["kept"] == [] and answer["note"].startswith("The disk is full, so your answers stay in this browser")
    assert stored_ids() == [first["id"]] and is_sound()


def test_the_file_may_grow_no_further(page):
    page.hand_over(page.attempt())
    full = stored_ids()
    answer = in_another_process(
        lambda: page.hand_over(*[page.attempt() for _ in range(500)]),
        before=lambda: (
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
            resource.setrlimit(resource.RLIMIT_FSIZE, (24_000, 24_000)),
        ),
    )
    assert answer["kept"] == [] and answer["note"]
    assert stored_ids() == full and is_sound() and progress.set_aside() == []


def test_the_folder_cannot_be_written(page, monkeypatch):
    with tempfile.TemporaryDirectory() as name:  # not tmp_path, which another user cannot even enter
        home = Path(name)
        monkeypatch.setenv("LUMBAR_DATA", name)
        page.hand_over(page.attempt())
        before = stored_ids()
        progress.path().chmod(0o444)
        home.chmod(0o555)
        answer = in_another_process(lambda: page.hand_over(page.attempt()), before=drop_root)
        home.chmod(0o755)
        assert stored_ids() == before
    assert answer["kept"] == [] and answer["note"].startswith(f"The folder {home} cannot be written")


def test_the_folder_cannot_be_made(page, home):
    home.write_text("a file where the folder should be")
    assert_not_kept(page, f"The folder {home} cannot be written")


def test_the_file_is_from_a_newer_course(page):
    page.hand_over(page.attempt())
    with closing(sqlite3.connect(progress.path())) as database:
        database.execute("PRAGMA user_version=99")
    assert_not_kept(page, "Your progress file was written by a newer version of this course")
    assert progress.set_aside() == []


def assert_not_kept(page, reason):
    answer = page.hand_over(page.attempt())
    assert answer["kept"] == [] and answer["note"].startswith(reason)
    assert "Traceback" not in answer["note"] and answer["note"].endswith("works as before.")


# Any order of events


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 2)), max_size=12))
def test_the_first_answer_under_an_id_is_the_one_that_counts(tmp_path, events):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LUMBAR_DATA", str(tmp_path / str(uuid4())))
        page, first = Page(), {}
        for id, response in events:
            answer = page.hand_over(page.attempt(id=id, response=response))
            assert (answer["kept"] == [id]) == (first.setdefault(id, response) == response)
        assert {attempt["id"]: attempt["response"] for attempt in progress.history()} == first
