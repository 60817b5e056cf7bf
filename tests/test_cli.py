"""The `lumbar` command as a person at a keyboard meets it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from dataclasses import replace

import nbformat
import pytest

from lumbar import cli, course, progress
from lumbar.errors import Fault, FaultyFile
from lumbar.trace import trace


@pytest.fixture(autouse=True)
def own_folders(monkeypatch, tmp_path):
    for name in ("LUMBAR_DATA", "LUMBAR_HOME", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def answers():
    attempt = {"item": "c16-rub", "item_version": "v1", "quiz": "08-check", "response": 1, "sure": True, "score": 1}
    progress.store([attempt | {"id": str(i), "ms": 9, "at": f"2026-03-01T10:00:0{i}Z"} for i in range(3)])


# Sentences, not tracebacks


@pytest.mark.parametrize(
    "error, sentence",
    [
        (
            FaultyFile([Fault("a.yaml", 3, "c16", "ask", "it is empty", "Ask something.")]),
            "a.yaml:3: c16, ask: it is empty.",
        ),
        (progress.NotKept("The disk is full"), "The disk is full."),
        (PermissionError(13, "Permission denied", "/home/a/Lumbar"), "/home/a/Lumbar: Permission denied."),
        (KeyboardInterrupt(), "Stopped."),
    ],
)
def test_an_error_is_a_sentence_and_exit_1(monkeypatch, capsys, error, sentence):
    def fail(options):
        raise error

    monkeypatch.setattr(cli, "_open", fail)
    assert cli.main([]) == 1
    assert sentence in capsys.readouterr().err


def test_the_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    shown = capsys.readouterr().out
    assert all(f"\n    {name} " in shown for name in ("open", "build", "figures", "items", "trace", "check", "data"))


@pytest.mark.parametrize("arguments", [["nonsense"], ["data"], ["data", "show", "extra"], ["build", "--nonsense"]])
def test_a_wrong_word_is_explained(arguments, capsys):
    with pytest.raises(SystemExit):
        cli.main(arguments)
    assert "usage: lumbar" in capsys.readouterr().err


def test_a_lesson_that_does_not_exist(capsys):
    assert cli.main(["build", "99"]) == 1
    assert "There is no lesson called '99'" in capsys.readouterr().err


# Answers


def test_data_show(answers, capsys):
    assert cli.main(["data", "show"]) == 0
    shown = capsys.readouterr().out
    assert "3 answers to 1 questions" in shown and str(progress.path()) in shown
    assert "2026-03-01 10:00  100%  sure    c16-rub" in shown


def test_data_export_prints_json(answers, capsys):
    assert cli.main(["data", "export"]) == 0
    assert len(json.loads(capsys.readouterr().out)["attempts"]) == 3


@pytest.mark.parametrize("name", ["mine.json", "mine.CSV"])
def test_data_export_to_a_file(answers, tmp_path, name):
    assert cli.main(["data", "export", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_text(encoding="utf-8-sig").count("c16-rub") == 3


def test_data_export_to_a_kind_of_file_that_is_none(answers, tmp_path, capsys):
    assert cli.main(["data", "export", str(tmp_path / "mine.xls")]) == 1
    assert "should end in .json or .csv" in capsys.readouterr().err


@pytest.mark.parametrize("said, left", [("no", 3), ("", 3), ("yes", 0)])
def test_data_delete_asks_first(answers, monkeypatch, said, left):
    monkeypatch.setattr("builtins.input", lambda question: said)
    assert cli.main(["data", "delete"]) == (1 if left else 0)
    assert len(progress.history()) == left


def test_data_delete_yes_does_not_ask(answers):
    assert cli.main(["data", "delete", "--yes"]) == 0
    assert progress.history() == []


# Looking into the course


def test_items_are_json_lines(capsys):
    assert cli.main(["items"]) == 0
    items = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert items and all({"id", "version", "kind", "ask", "level"} <= set(item) for item in items)
    assert len({item["id"] for item in items}) == len(items)


def test_the_course_has_no_fault(capsys):
    assert cli.main(["check"]) == 0, capsys.readouterr().err


def test_trace_names_every_claim(capsys):
    cli.main(["trace"])
    shown = capsys.readouterr().out
    assert all(f"\nC{number:02} " in f"\n{shown}" for number in range(1, 24))


def test_trace_fails_for_a_gap_and_names_it(monkeypatch, capsys):
    chains = [replace(chain, figures=()) if chain.claim.id == "C16" else chain for chain in trace()]
    monkeypatch.setattr("lumbar.trace.trace", lambda: chains)
    assert cli.main(["trace"]) == 1
    assert "C16 lacks its figure in lesson 08" in capsys.readouterr().err


def test_figures_are_written(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules["lumbar.figures"], "names", lambda: ["the-chain"])
    assert cli.main(["figures", str(tmp_path / "figures")]) == 0
    assert sorted(path.name for path in (tmp_path / "figures").iterdir()) == ["README.md", "the-chain.svg"]


# Opening


@pytest.fixture
def lumbar():
    """Starts `lumbar` with arguments; what it has said by the time its address stands there, and the address."""
    started = []

    def start(*arguments):
        command = [sys.executable, "-c", "import sys; from lumbar.cli import main; sys.exit(main())", *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        started.append(process)
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        return process, said

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def address(said):
    return re.search(r"http://\S+", said)[0]


@pytest.mark.skipif(not list(course.folder("notebooks").glob("00*")), reason="no lesson has been built")
def test_without_a_screen_the_address_is_printed_and_leads_to_lesson_00(lumbar, free_port, tmp_path):
    process, said = lumbar("--port", str(free_port))
    assert f"localhost:{free_port}/lab/tree/00-start-here.ipynb?token=" in said and str(tmp_path) in said
    with urllib.request.urlopen(address(said)) as page:
        assert page.status == 200 and "announcements" in page.read().decode()
    copies = sorted(path.name for path in (tmp_path / "lumbar_home").glob("*.ipynb"))
    assert copies == sorted(path.name for path in course.folder("notebooks").glob("*.ipynb"))
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0


@pytest.mark.skipif(not list(course.folder("notebooks").glob("00*")), reason="no lesson has been built")
def test_a_port_in_use_is_passed_over(lumbar):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        said = lumbar("--no-browser", "--port", str(taken))[1]
    assert f":{taken}/" not in address(said)
    with urllib.request.urlopen(address(said)) as page:
        assert page.status == 200


def test_a_copy_of_the_course_without_lessons_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(course, "folder", lambda name: tmp_path / "empty")
    assert cli.main([]) == 1
    assert capsys.readouterr().err.startswith("This copy of the course has no built lessons.")


def test_a_working_folder_that_cannot_be_made(monkeypatch, tmp_path, capsys):
    (tmp_path / "lumbar_home").write_text("a file")
    assert cli.main([]) == 1
    assert "lumbar_home" in capsys.readouterr().err


def test_an_update_beside_an_edit_is_told(monkeypatch, tmp_path, capsys):
    lessons = tmp_path / "course"
    lessons.mkdir()
    monkeypatch.setattr(course, "folder", lambda name: lessons)
    monkeypatch.setattr(cli, "FIRST_LESSON", "never.ipynb")
    for text in ("first", "second"):
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)]), lessons / "08-a.ipynb")
        cli.main([])
        mine = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("mine")])
        nbformat.write(mine, tmp_path / "lumbar_home" / "08-a.ipynb")
    assert "Yours stays; the new one is" in capsys.readouterr().out


@pytest.mark.parametrize(
    "platform, variables, screen",
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
        ("darwin", {"SSH_CONNECTION": "1"}, False),
        ("win32", {}, True),
    ],
)
def test_whether_there_is_a_screen(monkeypatch, platform, variables, screen):
    monkeypatch.setattr(os, "environ", variables)
    monkeypatch.setattr(sys, "platform", platform)
    assert cli._has_screen() == screen


def test_the_command_starts_quickly():
    """No command loads matplotlib, ipywidgets or pydantic before it needs them."""
    code = "import sys, lumbar.cli; print(*{'matplotlib', 'ipywidgets', 'pydantic', 'numpy'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""
