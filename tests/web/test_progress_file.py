"""One's answers as a file: the page and `lumbar data import` take in the same, refuse the same, and say the same."""

import json
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from lumbar import cli, portable, progress

HERE = Path(__file__).parent
GIVEN = HERE / "progress_cases.json"
LONG = re.compile(r'"x\*(\d+)"')
SHARED = json.loads(LONG.sub(lambda found: f'"{"x" * int(found[1])}"', GIVEN.read_text(encoding="utf-8")))
ITEMS, CASES = SHARED["items"], SHARED["cases"]
NAMED = {case["why"]: case.get("file") for case in CASES}


@pytest.fixture(scope="module")
def run(node, packed):
    """`run(*arguments)`: what the page's side prints."""

    def run(*arguments) -> str:
        command = [node, HERE / "progress.mjs", packed("answers"), GIVEN, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="module")
def page(run) -> dict:
    """What the page makes of each case, and of the situations that only a browser knows."""
    return json.loads(run())


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("LUMBAR_DATA", str(tmp_path / "data"))
    bank = {name: SimpleNamespace(version=item["version"], page=lambda item=item: item) for name, item in ITEMS.items()}
    monkeypatch.setattr(progress, "_bank", lambda: bank)


def exported() -> dict:
    """What Python would export, without what is its own: the learner's id, and marks on former wordings."""
    data = json.loads(progress.export("json"))
    attempts = [{name: attempt[name] for name in progress.FIELDS} | {"learner": ""} for attempt in data["attempts"]]
    return data | {"attempts": attempts}


@pytest.fixture
def file(tmp_path):
    """`file(case)`: the file of that case."""

    def write(case: dict) -> Path:
        content = case.get("file")
        if "many" in case:
            content = content | {"attempts": [0] * case["many"]}
        path = tmp_path / "mine.json"
        path.write_text(case.get("text", json.dumps(content)), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["why"] for case in CASES])
def test_both_take_in_the_same(number, page, file):
    case, found = CASES[number], page["cases"][number]
    progress.take_in(file({"file": {"attempts": case["kept"], "plan": case["written"]}}))
    before = exported()
    if "says" in case:
        with pytest.raises(portable.NotTaken) as refused:
            progress.take_in(file(case))
        assert str(refused.value) == case["says"] and exported() == before
        assert found == {"says": case["says"], "changed": False}
        return
    new, known, plan = progress.take_in(file(case))
    assert {"new": new, "known": known, "plan": plan} == case["took"] == found["took"]
    assert exported() == found["then"]
    assert found["then"] | case.get("then", {}) == found["then"]


def test_a_browser_without_room_keeps_what_it_had(page):
    *tight, roomy = page["rooms"]
    assert tight == [{"says": "This browser has no room for these answers. Nothing was changed.", "changed": False}] * 4
    assert roomy["took"] == {"new": 4, "known": 0, "plan": True}  # one of them in place of a spoilt entry


def test_spoilt_entries_are_passed_over_and_the_export_can_be_taken_in(page):
    assert page["spoilt"] == [["a", 9], ["b", 0]]
    assert page["own"] == {"new": 0, "known": 2, "plan": False}
    assert page["elsewhere"] == {"new": 2, "known": 0, "plan": False}


def test_deleting_leaves_the_theme_and_what_is_not_ours(page):
    assert page["deleted"] == [1, json.dumps([["lumbar:theme", "dark"], ["other", "x"]], separators=(",", ":"))]


def test_a_chosen_file_that_is_too_large_or_no_text(page, tmp_path):
    assert page["marked"] == "{}"  # some editors put a mark before the text
    for name, size, content in (("huge", 5_000_001, b""), ("binary", 3, b"\xff\xfe\x00")):
        path = tmp_path / name
        path.write_bytes(content.ljust(size, b" "))
        with pytest.raises(portable.NotTaken) as refused:
            progress.take_in(path)
        assert str(refused.value) == page[name]


def test_there_and_back_again(run, tmp_path):
    """From the notebooks to the pages and to another machine's notebooks: every answer, and the plan."""
    everything = [attempt for why in ("each kind of question", "a broken letter") for attempt in NAMED[why]["attempts"]]
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    first.write_text(json.dumps({"attempts": everything, "plan": {"matters": "the stairs"}}))
    progress.take_in(first)
    here = exported()
    assert len(here["attempts"]) == 5
    first.write_text(progress.export("json"), encoding="utf-8")
    second.write_text(run(first), encoding="utf-8")
    progress.delete()
    assert progress.take_in(second) == (5, 0, True)
    assert exported() == here and progress.take_in(first) == (0, 5, False)


# The command


def test_data_import_tells_what_came_of_it(tmp_path, capsys):
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(NAMED["one answer"] | {"plan": {"matters": "the stairs"}}))
    assert cli.main(["data", "import", str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "New answers: 1. Here already: 0.",
        "The plan in this file is kept for your next export; only the web pages show it.",
    ]
    assert cli.main(["data", "import", str(path)]) == 0
    assert capsys.readouterr().out == "New answers: 0. Here already: 1.\n"


@pytest.mark.parametrize(
    "name, says", [("mine.json", "This is not a progress file"), ("missing.json", "No such file"), (".", "directory")]
)
def test_data_import_of_what_is_none_is_a_sentence(name, says, tmp_path, capsys):
    (tmp_path / "mine.json").write_text("{}")
    assert cli.main(["data", "import", str(tmp_path / name)]) == 1
    told = capsys.readouterr()
    assert says in told.err and told.out == "" and progress.history() == []
