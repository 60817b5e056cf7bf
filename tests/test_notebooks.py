"""The committed notebooks are what their lessons build, whole, and light enough. (nbval runs them cell by cell.)"""

import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from lumbar import course, lesson
from lumbar.build import build
from lumbar.output import WIDGET_STATE

LESSONS = lesson.paths()
MEGABYTE = 1_000_000


def notebook_of(path: Path) -> Path:
    return course.folder("notebooks") / f"{path.stem}.ipynb"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("notebooks")
    with ThreadPoolExecutor() as pool:  # the browser tests leave an event loop running in this thread
        pool.submit(build, into=folder).result()
    return folder


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_building_a_lesson_again_changes_no_byte(path, rebuilt):
    assert (rebuilt / f"{path.stem}.ipynb").read_bytes() == notebook_of(path).read_bytes(), "run `lumbar build`"


def test_there_is_no_notebook_without_a_lesson():
    assert {path.stem for path in course.folder("notebooks").glob("*.ipynb")} == {path.stem for path in LESSONS}


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_code_cell_is_folded_short_and_has_its_output(path):
    for cell in nbformat.read(notebook_of(path), as_version=4).cells:
        if cell.cell_type != "code":
            continue
        assert cell.metadata.jupyter.source_hidden, cell.id
        assert cell.source.count("\n") < lesson.MOST_LINES, cell.id
        assert cell.outputs or cell.source.startswith(("from ", "import ")), f"{cell.id} has no output"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_output_can_be_read_as_plain_text_and_every_widget_has_its_state(path):
    notebook = nbformat.read(notebook_of(path), as_version=4)
    state = notebook.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.output_type == "execute_result", f"{cell.id}: {output.output_type}"
            assert output.data["text/plain"].strip() and " at 0x" not in output.data["text/plain"], cell.id
            view = output.data.get("application/vnd.jupyter.widget-view+json")
            assert view is None or (view["model_id"] in state and output.data["text/html"]), cell.id


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_notebook_names_no_machine_and_no_time(path):
    text = notebook_of(path).read_text(encoding="utf-8")
    here = (str(Path.home()), tempfile.gettempdir(), str(course.folder("notebooks").parent), "iopub", '"version": "3.')
    assert not [word for word in here if word in text]


def test_lessons_are_light():
    sizes = {path.stem: notebook_of(path).stat().st_size for path in LESSONS}
    assert max(sizes.values()) < 1.5 * MEGABYTE, sizes
    assert sum(sizes.values()) < 12 * MEGABYTE, sizes


def test_the_quiz_code_stands_once_in_a_notebook():
    for path in LESSONS:
        state = json.loads(notebook_of(path).read_text())["metadata"].get("widgets", {}).get(WIDGET_STATE, {})
        codes = [model["state"]["esm"] for model in state.get("state", {}).values() if "esm" in model["state"]]
        assert len(codes) == len(set(codes)), path.stem
