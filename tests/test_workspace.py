"""What happens to a learner's copy of the lessons, told by an Author who publishes and a Learner who works."""

import json

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from lumbar import workspace

LESSON = "08-from-tension-to-joints.ipynb"
NEW = "08-from-tension-to-joints (new).ipynb"


class Author:
    """Publishes built lessons into the course."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()

    def publishes(self, text, name=LESSON, output="drawn"):
        cells = [nbformat.v4.new_markdown_cell(text, id="prose"), nbformat.v4.new_code_cell("quiz()", id="quiz")]
        cells[1].outputs = [nbformat.v4.new_output("display_data", {"text/html": output, "text/plain": output})]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), self.folder / name)


class Learner:
    """Opens the course, reads, runs, edits and deletes in their own folder."""

    def __init__(self, folder, author):
        self.folder, self.author = folder, author

    def opens_the_course(self):
        changes = workspace.sync(self.folder, self.author.folder)
        return [(change.what, change.file.name) for change in changes]

    def reads(self, name=LESSON):
        return nbformat.read(self.folder / name, as_version=4).cells[0].source

    def edits(self, text, name=LESSON):
        self.changes(name, lambda notebook: notebook.cells[0].update(source=text))

    def runs_and_saves(self, name=LESSON):
        def run(notebook):
            notebook.cells[1].update(execution_count=7, outputs=[], metadata={"jupyter": {"source_hidden": False}})
            notebook.metadata["language_info"] = {"name": "python", "version": "3.13"}
            notebook.cells.append(nbformat.v4.new_code_cell(""))

        self.changes(name, run)

    def changes(self, name, how):
        notebook = nbformat.read(self.folder / name, as_version=4)
        how(notebook)
        nbformat.write(notebook, self.folder / name)

    def deletes(self, name=LESSON):
        (self.folder / name).unlink()

    def trusts(self, name=LESSON):
        return NotebookNotary().check_signature(nbformat.read(self.folder / name, as_version=4))

    def files(self):
        return sorted(path.name for path in self.folder.iterdir() if not path.name.startswith("."))


@pytest.fixture
def author(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    author = Author(tmp_path / "course")
    author.publishes("first")
    return author


@pytest.fixture
def learner(tmp_path, author):
    return Learner(tmp_path / "Lumbar", author)


def test_the_first_time_lessons_are_given_and_trusted(learner):
    assert learner.opens_the_course() == [("given", LESSON)]
    assert learner.reads() == "first" and learner.trusts()


def test_the_second_time_nothing_changes(learner):
    learner.opens_the_course()
    assert learner.opens_the_course() == []


def test_an_update_reaches_a_lesson_that_was_not_touched(author, learner):
    learner.opens_the_course()
    author.publishes("second")
    assert learner.opens_the_course() == [("updated", LESSON)]
    assert learner.reads() == "second" and learner.trusts()


def test_an_update_reaches_a_lesson_that_was_only_run_and_saved(author, learner):
    learner.opens_the_course()
    learner.runs_and_saves()
    author.publishes("second")
    assert learner.opens_the_course() == [("updated", LESSON)]
    assert learner.reads() == "second"


def test_an_update_of_pictures_alone_reaches_the_learner(author, learner):
    learner.opens_the_course()
    author.publishes("first", output="drawn better")
    assert learner.opens_the_course() == [("updated", LESSON)]


def test_what_was_run_stays_while_the_course_does_not_change(learner):
    learner.opens_the_course()
    learner.runs_and_saves()
    assert learner.opens_the_course() == []
    assert len(nbformat.read(learner.folder / LESSON, as_version=4).cells) == 3


def test_an_edited_lesson_stays_and_the_new_one_is_put_beside_it_once(author, learner):
    learner.opens_the_course()
    learner.edits("my notes")
    author.publishes("second")
    assert learner.opens_the_course() == [("beside", NEW)]
    assert learner.reads() == "my notes" and learner.reads(NEW) == "second" and learner.trusts(NEW)
    assert learner.opens_the_course() == []
    learner.deletes(NEW)
    assert learner.opens_the_course() == [], "no thanks is an answer"


def test_a_later_update_replaces_the_offer_that_was_not_edited(author, learner):
    learner.opens_the_course()
    learner.edits("my notes")
    for text in ("second", "third"):
        author.publishes(text)
        assert learner.opens_the_course() == [("beside", NEW)]
    assert learner.files() == [NEW, LESSON] and learner.reads(NEW) == "third"


def test_notes_in_both_copies_are_both_kept(author, learner):
    learner.opens_the_course()
    learner.edits("my notes")
    author.publishes("second")
    learner.opens_the_course()
    learner.edits("more notes", NEW)
    author.publishes("third")
    learner.opens_the_course()
    second = "08-from-tension-to-joints (new 2).ipynb"
    assert [learner.reads(name) for name in (LESSON, NEW, second)] == ["my notes", "more notes", "third"]


def test_an_edit_taken_back_is_no_edit(author, learner):
    learner.opens_the_course()
    learner.edits("my notes")
    learner.edits("first")
    author.publishes("second")
    assert learner.opens_the_course() == [("updated", LESSON)]


def test_a_deleted_lesson_comes_back_fresh(learner):
    learner.opens_the_course()
    learner.edits("my notes")
    learner.deletes()
    assert learner.opens_the_course() == [("given", LESSON)]
    assert learner.reads() == "first"


def test_a_new_lesson_joins_the_others(author, learner):
    learner.opens_the_course()
    author.publishes("discs", "09-from-tension-to-discs.ipynb")
    assert learner.opens_the_course() == [("given", "09-from-tension-to-discs.ipynb")]


def test_the_learners_other_files_are_left_alone(author, learner):
    learner.folder.mkdir()
    (learner.folder / "diary.ipynb").write_text("mine")
    (learner.folder / LESSON).write_text("not even a notebook")
    assert learner.opens_the_course() == [("beside", NEW)]
    assert (learner.folder / LESSON).read_text() == "not even a notebook"
    assert (learner.folder / "diary.ipynb").read_text() == "mine"


def test_a_file_that_was_changed_is_not_trusted_by_us(author, learner):
    learner.opens_the_course()
    learner.edits("<script>", LESSON)
    author.publishes("second")
    learner.opens_the_course()
    assert not learner.trusts()


@pytest.mark.parametrize("ledger", ["", "{", "[]", '{"x": 1}'])
def test_a_lost_ledger_costs_no_edit(author, learner, ledger):
    learner.opens_the_course()
    (learner.folder / workspace.LEDGER).write_text(ledger)
    assert learner.opens_the_course() == [("updated", LESSON)], "the same lesson: taken up again"
    learner.edits("my notes")
    (learner.folder / workspace.LEDGER).write_text(ledger)
    author.publishes("second")
    learner.opens_the_course()
    assert learner.reads() == "my notes" and learner.reads(NEW) == "second"


def test_stopped_half_way_the_next_time_finishes(author, learner, monkeypatch):
    learner.opens_the_course()
    author.publishes("second")
    with monkeypatch.context() as patch:
        patch.setattr(workspace, "_sign", lambda files: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            learner.opens_the_course()
    learner.opens_the_course()
    assert learner.files() == [LESSON] and learner.reads() == "second" and learner.trusts()


def test_the_folder_is_where_the_learner_says(monkeypatch, tmp_path):
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "course"))
    assert workspace.home() == tmp_path / "course"
    monkeypatch.delenv("LUMBAR_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert workspace.home() == tmp_path / "Lumbar"


def test_the_ledger_holds_no_text_of_the_learner(learner):
    learner.opens_the_course()
    ledger = json.loads((learner.folder / workspace.LEDGER).read_text())
    assert set(ledger[LESSON]) == {"version", "cells"}


def test_on_a_hub_a_copy_that_git_brings_is_trusted_and_another_notebook_is_not(author, learner, monkeypatch):
    author.publishes("first")
    monkeypatch.setattr(workspace.course, "folder", lambda name: author.folder)
    workspace.trust()
    learner.folder.mkdir(exist_ok=True)
    (learner.folder / LESSON).write_bytes((author.folder / LESSON).read_bytes())
    assert learner.trusts()
    (learner.folder / LESSON).write_bytes((author.folder / LESSON).read_bytes().replace(b"drawn", b"other"))
    assert not learner.trusts()
