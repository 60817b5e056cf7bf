"""A teacher collects the progress files of a class: what is sound is counted once, what is not is told file by file."""

import asyncio
import json
import os
import random
from pathlib import Path
from uuid import uuid4

import pytest
from simulated import answer, votes

from lumbar import cli, portable
from lumbar.quiz.items import load
from lumbar.report import page, report

AT = "2026-03-03T09:00:00.000Z"


class Pupil:
    """Answers at home, and exports a file."""

    def __init__(self, right: bool = True):
        self.right, self.attempts = right, []

    def answers(self, name: str = "08-check", count: int = 5, at: str = AT) -> "Pupil":
        for item in load(name).items[:count]:
            self.attempts.append({
                "id": str(uuid4()), "learner": "", "item": item.id, "item_version": item.version, "quiz": name,
                "response": answer(item, self.right, random.Random(1)), "sure": True, "score": 1.0, "ms": 9, "at": at,
            })  # fmt: skip
        return self

    def exports(self, file: Path) -> Path:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(portable.write(self.attempts, {}), encoding="utf-8")
        return file


def told(folder: Path) -> dict[str, str]:
    return {trouble.file: trouble.why for trouble in report(folder).troubles}


def test_each_file_is_a_pupil(tmp_path):
    for name in ("ada", "ben", "cleo"):
        Pupil(right=name != "ben").answers().exports(tmp_path / f"{name}.json")
    made = report(tmp_path)
    assert (made.pupils, made.answers, made.troubles) == (3, 15, ())
    assert {(question.right.count, question.right.of) for question in made.parts[0].questions} == {(2, 3)}


def test_work_handed_in_with_a_folder_for_each_pupil_is_read(tmp_path):
    for name in ("ada", "ben"):
        Pupil().answers().exports(tmp_path / name / "progress.json")
    assert report(tmp_path).pupils == 2


def test_the_same_file_twice_counts_once(tmp_path):
    pupil = Pupil().answers()
    pupil.exports(tmp_path / "ada.json")
    pupil.exports(tmp_path / "ada (1).json")
    made = report(tmp_path)
    assert (made.pupils, made.answers) == (1, 5)
    assert told(tmp_path) == {"ada.json": "All its answers are in another file too: they count once."}


def test_a_pupils_older_and_newer_file_are_one_pupil(tmp_path):
    pupil = Pupil().answers("08-think", 2)
    pupil.exports(tmp_path / "monday.json")
    pupil.answers("08-check", 3).exports(tmp_path / "friday.json")
    made = report(tmp_path)
    assert (made.pupils, made.answers, made.troubles[0].file) == (1, 5, "monday.json")


def test_two_files_that_a_third_brings_together_are_one_pupil(tmp_path):
    home, school = Pupil().answers("08-think", 2), Pupil().answers("08-check", 2)
    home.exports(tmp_path / "a.json")
    school.exports(tmp_path / "b.json")
    home.attempts += school.attempts
    home.exports(tmp_path / "c.json")
    assert report(tmp_path).pupils == 1


def test_the_first_try_counts_whatever_file_it_is_in(tmp_path):
    pupil = Pupil(right=True).answers(count=1, at="2026-03-05T09:00:00.000Z")
    pupil.exports(tmp_path / "a.json")
    pupil.right = False
    pupil.answers(count=1, at="2026-03-04T09:00:00+02:00").exports(tmp_path / "b.json")
    assert report(tmp_path).parts[0].questions[0].right.count == 0


def test_a_file_cannot_mark_itself(tmp_path):
    pupil = Pupil(right=False).answers()
    assert all(attempt["score"] == 1 for attempt in pupil.attempts)
    pupil.exports(tmp_path / "a.json")
    assert not any(question.right.count for question in report(tmp_path).parts[0].questions)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("half.json", b'{"format": "lumbar-progress", "attem', "This file is damaged, or it is not"),
        ("photo.json", bytes(range(256)), "This file is damaged, or it is not"),
        ("deep.json", b"[" * 100_000, "This file is damaged, or it is not"),
        ("other.json", b'{"name": "x"}', "This is not a progress file of this course."),
        ("list.json", b"[1, 2]", "This is not a progress file of this course."),
        ("answers.csv", b"id,learner\n", "pupils export theirs as .json."),
        ("empty.json", b"", "This file is empty."),
        ("none.json", b'{"format": "lumbar-progress", "version": 1, "attempts": []}', "It holds no answers."),
        ("newer.json", b'{"format": "lumbar-progress", "version": 2, "attempts": []}', "a newer version of this"),
        ("huge.json", b" " * 5_000_001, "larger than 5 MB"),
        ("odd.json", b'{"attempts": [{"id": 1}, 7]}', "2 of its 2 answers cannot be counted. The first: its id"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path, name, content, why):
    Pupil().answers().exports(tmp_path / "ada.json")
    (tmp_path / name).write_bytes(content)
    made = report(tmp_path)
    assert made.pupils == 1 and [trouble.file for trouble in made.troubles] == [name]
    assert why in made.troubles[0].why and "Nothing was changed" not in made.troubles[0].why
    assert name in page(made) and 'href="#files"' in page(made)


def test_sound_answers_of_a_file_count_beside_unsound_ones(tmp_path):
    pupil = Pupil().answers()
    pupil.attempts[2]["response"] = "no option"
    pupil.attempts[3]["sure"] = "yes"
    pupil.exports(tmp_path / "ada.json")
    made = report(tmp_path)
    assert made.answers == 3
    assert made.troubles[0].why.startswith("2 of its 5 answers cannot be counted. The first: its response does not fit")


def test_hidden_files_links_to_nothing_and_pipes_stop_nobody(tmp_path):
    Pupil().answers().exports(tmp_path / "ada.json")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere.json")
    os.mkfifo(tmp_path / "pipe.json")
    assert told(tmp_path) == {"gone.json": "This is no file.", "pipe.json": "This is no file."}


def test_a_name_that_cannot_be_shown_is_shown_in_part(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\n<b>.json")).write_bytes(b"")
    made = report(tmp_path)
    assert made.troubles[0].file == "??<b>.json"
    assert "??&lt;b&gt;.json" in page(made)


# --- The command ------------------------------------------------------------------------------------------------------


def test_the_command_writes_a_page_and_a_table(tmp_path, capsys):
    Pupil().answers().exports(tmp_path / "class" / "ada.json")
    (tmp_path / "class" / "bad.json").write_text("x")
    into, table = tmp_path / "report.html", tmp_path / "report.csv"
    assert cli.main(["report", str(tmp_path / "class"), "--into", str(into), "--csv", str(table)]) == 0
    told = capsys.readouterr()
    assert "“class”: 1 pupil, 5 answers." in told.out and str(into) in told.out and str(table) in told.out
    assert told.err == "bad.json: This file is damaged, or it is not a progress file of this course.\n"
    assert into.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert table.read_bytes().startswith(b"\xef\xbb\xbfquiz,place,item")


def test_a_file_in_place_of_a_folder_is_refused(tmp_path, capsys):
    file = Pupil().answers().exports(tmp_path / "ada.json")
    assert cli.main(["report", str(file)]) == 1
    assert capsys.readouterr().err == f"{file} is no folder. Put the pupils' progress files into one, and name that.\n"


@pytest.fixture
def database(tmp_path) -> Path:
    """A class of 12 on the disk; of its two quizzes one is open and tells later what is right, and one is paced."""
    store = pytest.importorskip("lumbar.classroom.store")
    path = tmp_path / "classes.sqlite"

    async def fill() -> None:
        kept = store.connect(str(path))
        await kept.make(store.Class_("7K3FA", AT, None, {"modes": {"08-think": "open", "08-check": "pace"}}))
        await asyncio.gather(*(kept.add(store.Pupil(f"pupil-{n}", "7K3FA", f"t{n}", f"n{n}", AT)) for n in range(12)))
        for n, (learner, *asked, response, sure, score, at, round) in enumerate(votes(pupils=12)):
            given = (json.loads(response), bool(sure), score, 9, at, "7K3FA", round)
            await kept.keep(store.Vote(str(n), learner, *asked, *given))
        await kept.close()

    asyncio.run(fill())
    return path


def test_the_newest_class_is_reported(database, tmp_path, capsys):
    into = tmp_path / "out.html"
    assert cli.main(["report", "--database", str(database), "--into", str(into)]) == 0
    assert "Class 7K3FA: 12 pupils" in capsys.readouterr().out
    text = into.read_text(encoding="utf-8")
    assert text.count("each pupil’s last vote of a round counts") == 1
    assert text.count("the last answer to each") == 1  # 08-think is open, and tells nothing before it closes


def test_a_code_may_be_typed_in_small_letters(database, tmp_path):
    assert cli.main(["report", "7k3fa", "--database", str(database), "--into", str(tmp_path / "out.html")]) == 0


def test_an_unknown_code_is_told(database, capsys):
    assert cli.main(["report", "AAAAA", "--database", str(database)]) == 1
    assert capsys.readouterr().err == "There is no class or folder called 'AAAAA'. There are: 7K3FA.\n"


def test_no_class_at_all_is_told(tmp_path, capsys):
    pytest.importorskip("lumbar.classroom.store")
    assert cli.main(["report", "--database", str(tmp_path / "new.sqlite")]) == 1
    assert "There is no class yet. Start one with: lumbar class." in capsys.readouterr().err


def test_a_database_that_is_damaged_is_told(tmp_path, capsys):
    pytest.importorskip("lumbar.classroom.store")
    (tmp_path / "bad.sqlite").write_bytes(b"no database " * 200)
    assert cli.main(["report", "7K3FA", "--database", str(tmp_path / "bad.sqlite")]) == 1
    assert "Traceback" not in (told := capsys.readouterr().err) and len(told.splitlines()) == 1
