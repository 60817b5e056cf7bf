"""Exports as a teacher meets them: the command, its folder, what it says, and what has changed since last time."""

import base64
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from xml.etree import ElementTree

import pytest

from lumbar import cli
from lumbar.export import LOST, PLATFORMS, NotKnown, NotWritten, export, manifest
from lumbar.export.words import block, flat, silent, teaching
from lumbar.quiz.items import Choice, bank, load, names
from lumbar.quiz.paper import by_form, key, questions
from lumbar.quiz.texts import html

ITEMS = list(bank().values())
EVERY = pytest.mark.parametrize("platform", PLATFORMS)


@pytest.fixture
def lumbar(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(["export", *arguments])
        return code, *capsys.readouterr()

    return run


def contents(folder) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@EVERY
def test_the_command_writes_a_quiz_and_says_what_is_lost(platform, lumbar, tmp_path):
    code, out, err = lumbar(platform, "08-check")
    assert (code, err) == (0, "")
    files = contents(tmp_path / f"lumbar-{platform}")
    assert f"Wrote 14 questions to lumbar-{platform}" in out
    lost = files[LOST].decode()
    told = re.findall(r"^- (.*?)(?: \(\d+ questions?\))?$", out, re.MULTILINE)
    assert told and all(f"- {sentence}" in lost for sentence in told)
    listed = json.loads(files["manifest.json"])
    wanted = [{"id": i.id, "version": i.version, "kind": i.kind} for i in load("08-check").items]
    assert [{name: entry[name] for name in ("id", "version", "kind")} for entry in listed["items"]] == wanted
    assert listed["course"] == manifest.course_version()


def test_the_same_bank_gives_the_same_bytes(tmp_path):
    script = (
        "import sys; from pathlib import Path; from lumbar.export import PLATFORMS, export\n"
        "for name in PLATFORMS: export(name, ['00-before', '01-check', '10-check'], Path(sys.argv[1], name))"
    )
    made = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        subprocess.run([sys.executable, "-c", script, str(tmp_path / seed)], check=True, env=environment)
        made.append({name: sha256(data).hexdigest() for name, data in contents(tmp_path / seed).items()})
    assert made[0] == made[1] and {name.split("/")[0] for name in made[0]} == {*PLATFORMS}


def test_the_whole_bank_has_each_question_once(tmp_path):
    said = export("moodle", into=tmp_path)
    assert said.count == len(ITEMS) == len(json.loads((tmp_path / "manifest.json").read_text())["items"])
    assert "08-think" in str(said)


def test_a_quiz_that_only_repeats_can_still_be_had_by_its_name(tmp_path):
    assert export("brightspace", ["08-think"], tmp_path).count == 3
    assert (tmp_path / "08-think.csv").exists()


@EVERY
def test_an_exam_says_where_its_keys_are_and_teaches_nothing(platform, lumbar, tmp_path):
    code, out, _ = lumbar(platform, "01-check", "--exam")
    files = contents(tmp_path / f"lumbar-{platform}-exam")
    assert code == 0 and ("key" in out.lower())
    told = [flat(html(text)) for item in load("01-check").items for text in teaching(item)]
    sheets = [data for name, data in files.items() if re.search(r"(\.xml|\.zip|\.csv|\.txt|-[AB]\.html)$", name)]
    assert sheets
    for data in sheets:
        shown = flat(flat(data.decode("utf-8-sig", "replace")))  # a zip is not packed: its texts can be read
        assert not [text for text in told if text in shown]


def test_an_exam_asks_the_same_questions():
    for item in ITEMS:
        bare = silent(item)
        assert bare.version == item.version and not [*teaching(bare)] and not bare.sources


# --- Since -----------------------------------------------------------------------------------------------------------


def test_what_has_not_changed_is_not_written_again(lumbar, tmp_path):
    lumbar("moodle", "08-check", "--into", "old")
    code, out, _ = lumbar("moodle", "08-check", "--since", "old/manifest.json")
    assert code == 0 and "No question has changed, so nothing was written." in out
    assert not (tmp_path / "lumbar-moodle-changes").exists()


def test_new_changed_and_reworded_questions_are_written_and_gone_ones_named(lumbar, tmp_path):
    lumbar("moodle", "08-check", "--into", "old")
    path = tmp_path / "old" / "manifest.json"
    data = json.loads(path.read_text())
    new, changed, reworded, *_ = data["items"]
    data["items"].remove(new)
    changed["version"], reworded["content"] = "0" * 10, "0" * 10
    data["items"].append({"id": "an-old-one", "version": "1", "kind": "one", "content": "1"})
    path.write_text(json.dumps(data))
    _, out, _ = lumbar("moodle", "08-check", "--since", "old")
    assert "1 new, 1 changed in meaning, 1 reworded." in out and "by hand: an-old-one." in out
    root = ElementTree.parse(tmp_path / "lumbar-moodle-changes" / "lumbar-moodle.xml").getroot()
    written = {found.findtext("name/text") for found in root if found.get("type") != "category"}
    assert {name.removesuffix("-twin") for name in written} == {new["id"], changed["id"], reworded["id"]}
    assert len(json.loads((tmp_path / "lumbar-moodle-changes" / "manifest.json").read_text())["items"]) == 14


def test_on_paper_a_quiz_with_a_change_stays_whole(tmp_path):
    export("paper", ["08-check", "09-check"], tmp_path / "old")
    path = tmp_path / "old" / "manifest.json"
    data = json.loads(path.read_text())
    data["items"][0]["version"] = "0"
    path.write_text(json.dumps(data))
    said = export("paper", ["08-check", "09-check"], tmp_path / "new", since=str(path))
    assert said.count == 14 and {name[:8] for name in said.files if name.endswith("html")} == {"08-check"}


def test_a_version_of_the_course_can_be_named(lumbar):
    _, out, err = lumbar("moodle", "--since", manifest.course_version())
    assert "0 new, 0 changed in meaning, 0 reworded" in out and not err


def test_the_items_of_this_version_are_kept():
    kept = (manifest.VERSIONS / f"{manifest.course_version()}.json").read_text(encoding="utf-8")
    assert kept == manifest.write(ITEMS), "The bank has changed: give the course a new version, or python -m lumbar.export"


DAMAGED = (
    "", "{}", "[]", "null", '{"format": "lumbar-items"}', "[" * 100_000, "\ud800".encode("utf-8", "surrogatepass"),
    '{"format": "lumbar-items", "course": "1", "items": [1]}',
)  # fmt: skip


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_manifest_is_a_sentence(text, lumbar, tmp_path):
    (tmp_path / "m.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    code, out, err = lumbar("moodle", "--since", "m.json")
    assert code == 1 and not out and err.startswith("m.json is damaged, or it is no list of questions of this course.")


def test_an_unknown_version_is_a_sentence(lumbar):
    code, _, err = lumbar("moodle", "--since", "0.0.7")
    assert code == 1 and "There is no version '0.0.7' of the course" in err and manifest.course_version() in err
    with pytest.raises(NotKnown):
        export("moodle", since="../nothing")


# --- What goes wrong -------------------------------------------------------------------------------------------------


def test_an_unknown_quiz_is_a_sentence_with_the_nearest_name(lumbar, tmp_path):
    code, out, err = lumbar("moodle", "08-chek")
    assert code == 1 and not out and "There is no quiz called '08-chek'. Did you mean 08-check" in err
    assert not [*tmp_path.iterdir()]


def test_a_folder_that_cannot_be_written_to_is_a_sentence(lumbar, tmp_path):
    (tmp_path / "taken").write_text("a file")
    code, out, err = lumbar("moodle", "08-check", "--into", "taken/here")
    assert code == 1 and not out
    assert err.startswith("The files cannot be written to taken/here: ") and "--into" in err
    assert len(err.splitlines()) == 1
    with pytest.raises(NotWritten):
        export("paper", ["08-check"], tmp_path / "taken")


def test_the_command_knows_every_platform(capsys):
    with pytest.raises(SystemExit):
        cli.main(["export", "--help"])
    assert f"{{{','.join(PLATFORMS)}}}" in capsys.readouterr().out


# --- Paper -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_a_printed_quiz_has_two_forms_and_a_key_with_reasons(name, tmp_path):
    export("paper", [name], tmp_path)
    quiz = load(name)
    forms = {form: (tmp_path / f"{name}-{form}.html").read_text(encoding="utf-8") for form in "AB"}
    told = (tmp_path / f"{name}-key.html").read_text(encoding="utf-8")
    assert forms["A"] != forms["B"]
    for form, page in forms.items():
        asked = questions(quiz, arrange=by_form(form))
        assert re.sub(r'src="[^"]*"', "", asked) in re.sub(r'src="[^"]*"', "", page)
        assert key([replace(quiz, feedback="now")], by_form(form)) in told
        assert not [text for item in quiz.items for text in teaching(item) if html(text) in page]
        assert not re.search(r'(src|href)="(?!data:|https://)', page + told)
        for picture in re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', page):
            ElementTree.fromstring(base64.b64decode(picture))
    for item in quiz.items:
        assert html(item.why) in told
        if isinstance(item, Choice):
            assert all(html(option.feedback) in told for option in item.options if not option.right)


def test_printed_pages_fit_a4(browser, tmp_path):
    export("paper", ["01-check"], tmp_path)
    page = browser.new_page(viewport={"width": 660, "height": 900})  # A4 less its margins, at 96 pixels to an inch
    page.emulate_media(media="print")
    for name in ("01-check-A", "01-check-key"):
        page.goto((tmp_path / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 660
        sizes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", page.pdf(prefer_css_page_size=True))
        assert len(sizes) >= 3
        assert {tuple(round(float(points) / 72 * 25.4) for points in size) for size in sizes} == {(210, 297)}
    page.close()


# --- Words -----------------------------------------------------------------------------------------------------------


def test_plain_words_keep_signs_and_lose_marks():
    assert flat(html("a < b & *c*, “d”")) == "a < b & c, “d”"
    assert flat(html("one\n\ntwo")) == "one two"
    assert block("a") == "<p>a</p>" and block("<p>a</p><p>b</p>") == "<p>a</p><p>b</p>" and block("") == ""
