"""The live notebooks: what goes into them, what Python says where packages are missing, and the whole in a browser."""

import ast
import json
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from lumbar import missing, progress, saved
from lumbar.web import NotBuilt, lite

INFO = {"abi_version": "2026_0", "arch": "wasm32", "platform": "emscripten_5_0_3", "python": "3.14.2"}
LESSON = "08-from-tension-to-joints"
NEEDS_NUMPY = "This cell needs NumPy, which this Python does not have"
NUMPY = "from lumbar.models.load import compression\nstrong = compression(tension=0.02)"


# What goes in


def test_the_lock_names_only_what_is_there(wheel):
    made = lite.lock(INFO, [wheel("course", needs=["numpy", "Typing_Extensions>=4"]), wheel("typing_extensions")])
    assert set(made["packages"]) == {"course", "typing-extensions"}
    assert made["packages"]["course"]["depends"] == ["typing-extensions"]


def test_a_need_of_another_system_is_none_here(wheel):
    needs = ['pexpect; sys_platform != "emscripten"', 'six; sys_platform == "emscripten"', 'nose; extra == "test"']
    made = lite.lock(INFO, [wheel("shell", needs=needs), wheel("pexpect"), wheel("six"), wheel("nose")])
    assert made["packages"]["shell"]["depends"] == ["six"]


def test_a_package_is_found_by_what_it_imports_as(wheel):
    files = ["thing/__init__.py", "one.py", "Python_Thing-1.0.data/x/y.py"]
    made = lite.lock(INFO, [wheel("Python_Thing", files=files)])
    assert made["packages"]["python-thing"]["imports"] == ["one", "thing"]


def test_numpy_goes_in_where_its_wheel_is_at_hand(wheel):
    numpy = wheel("numpy", tag="cp314-cp314-pyemscripten_2026_0_wasm32")
    made = lite.lock(INFO, [numpy, wheel("lumbar", needs=["numpy"])])
    assert made["packages"]["lumbar"]["depends"] == ["numpy"]


def test_a_wheel_for_another_system_is_refused_by_name(wheel):
    with pytest.raises(NotBuilt, match="numpy-1.0-cp314-cp314-manylinux.*is not for the browser's Python"):
        lite.lock(INFO, [wheel("numpy", tag="cp314-cp314-manylinux_2_28_x86_64")])


def test_a_damaged_wheel_is_refused_by_name(tmp_path):
    damaged = tmp_path / "numpy-1.0-py3-none-any.whl"
    damaged.write_bytes(b"half a wheel")
    with pytest.raises(NotBuilt, match="numpy-1.0-py3-none-any.whl cannot be read"):
        lite.lock(INFO, [damaged])


def test_a_folder_of_wheels_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NotBuilt, match="There is no folder .*elsewhere"):
        lite.build(tmp_path / "lite", tmp_path, tmp_path / "elsewhere")


def test_the_copy_of_a_lesson_is_trusted_and_knows_its_python():
    made = lite.notebook(lite.course.folder("notebooks") / f"{LESSON}.ipynb")
    assert all(cell["metadata"]["trusted"] for cell in made["cells"])
    assert made["metadata"]["kernelspec"]["name"] == "python"


@pytest.fixture
def wheel(tmp_path):
    """`wheel("name", needs=[…])` is a small wheel of that name."""

    def make(name: str, needs: list[str] = (), files: list[str] = (), tag: str = "py3-none-any") -> Path:
        path = tmp_path / f"{name}-1.0-{tag}.whl"
        about = "\n".join(["Metadata-Version: 2.1", f"Name: {name}", *(f"Requires-Dist: {need}" for need in needs), ""])
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"{name}-1.0.dist-info/METADATA", about)
            for file in files or [f"{name}/__init__.py"]:
                archive.writestr(file, "")
        return path

    return make


# A Python that lacks packages


@pytest.fixture
def shell(monkeypatch) -> Iterator[InteractiveShell]:
    """An IPython that has not got NumPy, and looks at each cell first."""
    for name in [name for name in sys.modules if name.startswith(("lumbar.models", "numpy"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [_NoNumPy, *sys.meta_path])
    shell = InteractiveShell()
    shell.ast_transformers.append(missing.Missing(shell.user_ns))
    yield shell
    shell.cleanup()


class _NoNumPy:
    @staticmethod
    def find_spec(name: str, *_) -> None:
        if name.partition(".")[0] == "numpy":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def test_a_cell_that_needs_numpy_says_so_and_raises_nothing(shell):
    ran = shell.run_cell(NUMPY)
    assert ran.success and ran.result.text == f"{NEEDS_NUMPY}."


def test_a_cell_of_a_lesson_shows_what_it_showed_when_the_course_was_built(shell):
    cells = json.loads((saved.course.folder("notebooks") / f"{LESSON}.ipynb").read_bytes())["cells"]
    cell = next(cell for cell in cells if "import compression" in "".join(cell["source"]))
    ran = shell.run_cell("".join(cell["source"]) + "  # run by a learner")
    lead, result = ran.result.text.split("\n", 1)
    assert lead == f"{NEEDS_NUMPY}; when the course was built, it showed this:"
    assert result == "".join(cell["outputs"][0]["data"]["text/plain"])


def test_a_later_cell_that_needs_what_was_never_made_says_the_same(shell):
    shell.run_cell(NUMPY)
    for cell in ("compression(tension=0.05)", "twice = 2 * strong", "twice"):
        ran = shell.run_cell(cell)
        assert ran.success and "needs NumPy" in ran.result.text, cell


def test_a_name_that_the_learner_makes_is_theirs(shell):
    shell.run_cell(NUMPY)
    shell.run_cell("strong = 7")
    assert shell.run_cell("strong + 1").result == 8


def test_other_cells_run_as_ever(shell):
    assert shell.run_cell("import json\njson.loads('[1]')").result == [1]
    assert isinstance(shell.run_cell("1 / 0").error_in_exec, ZeroDivisionError)
    assert isinstance(shell.run_cell("from lumbar.models.laod import compression").error_in_exec, ModuleNotFoundError)


def test_a_cell_that_asks_first_is_left_alone(shell):
    ran = shell.run_cell("try:\n    import numpy\nexcept ImportError:\n    numpy = None\nnumpy is None")
    assert ran.result is True


def test_a_verb_shows_what_its_lesson_shows():
    assert saved.saved_first(_without("claim"))("C15").text.startswith("C15. The document says: ")
    assert "<img alt=" in saved.saved_first(_without("figure"))("facet-joint").html
    assert "The best case" in saved.saved_first(_without("claim"))("C15", verdict=True).text


def test_a_quiz_is_made_again_with_its_questions_and_its_id():
    quiz = saved.saved_first(_without("quiz"))("08-check")
    assert quiz.title == "Check yourself" and len(json.loads(quiz.items)) == 14
    assert quiz.model_id == saved.cells()["quiz('08-check')"].data[saved.VIEW]["model_id"]
    assert saved.saved_first(_without("quiz"))("08-check") is quiz


def test_every_widget_of_the_course_can_be_made_again():
    widgets = [cell for cell, entry in saved.cells().items() if saved.VIEW in entry.data]
    assert len(widgets) > 40
    for cell in widgets:
        state = saved.cells()[cell].shown().get_state()
        assert all(state[name] for name in ("code", "_esm")), cell


def test_a_verb_with_nothing_saved_says_what_is_missing():
    said = saved.saved_first(_without("sources"))("wilke1999")
    assert said.text == "sources('wilke1999') needs pybtex, which this Python does not have."


def test_every_code_cell_of_every_lesson_has_its_answer():
    """Run All meets no cell that this Python could not speak for: it shows something saved, or only makes names."""
    for path in sorted(saved.course.folder("notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_bytes())["cells"]:
            if cell["cell_type"] == "code" and cell["outputs"]:
                assert saved.plain(ast.parse("".join(cell["source"]))) in saved.cells()


def _without(verb: str):
    """That verb where a package is missing."""

    def fails(*_, **__):
        raise ModuleNotFoundError("No module named 'pybtex'", name="pybtex")

    fails.__name__ = verb
    return fails


def test_a_store_that_vanishes_keeps_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setenv("LUMBAR_DATA", str(tmp_path))
    answer = json.loads(progress.exchange(json.dumps({"attempts": [{"id": "a"}], "items": []})))
    assert answer == {"kept": [], "refused": [], "history": [], "note": ""}
    assert not list(tmp_path.iterdir())


# In a browser

PATIENCE = 75_000  # ms, for Python to start on a busy machine
COUNT = len(json.loads((saved.course.folder("notebooks") / f"{LESSON}.ipynb").read_bytes())["cells"])

KEPT = """name => new Promise((tell) => {
  indexedDB.open('JupyterLite Storage - /lumbar/lite/').onsuccess = ({ target: { result } }) => {
    const files = result.transaction('files').objectStore('files');
    files.getKey(name).onsuccess = ({ target }) => tell(Boolean(target.result));
  };
})"""  # whether JupyterLite keeps a copy of that notebook


@pytest.fixture
def learner(browser, live) -> Iterator:
    """A page on which no other host can be reached; `learner.asked` lists the addresses it asks for."""
    rules = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
    system = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", rules]
    alone = browser.browser_type.launch(executable_path=system, args=arguments)
    page = alone.new_page()
    page.asked, page.faults = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    alone.close()


def opened(page, live: str, lesson: str = LESSON) -> None:
    page.goto(f"{live}lite/notebooks/index.html?path={lesson}.ipynb")
    page.locator(".jp-Notebook").wait_for(timeout=PATIENCE)


def run_all(page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    for status in ("busy", "idle"):
        shown = page.locator(f".jp-Notebook-ExecutionIndicator[data-status={status}]")
        shown.wait_for(state="attached", timeout=PATIENCE)


def asked_of_python(page) -> bool:
    return any("/static/pyodide/" in address for address in page.asked)


def test_a_lesson_is_live_before_python_and_runs_to_its_end_without_numpy(learner, live):
    opened(learner, live)
    first = learner.get_by_role("radio").first
    first.wait_for(timeout=PATIENCE)
    learner.wait_for_function(f"document.querySelectorAll('.jp-Cell').length === {COUNT}", timeout=PATIENCE)
    assert learner.locator("figure.lumbar-figure img[alt]").first.evaluate("image => image.naturalWidth") > 0

    # The keys that move and delete cells are the quiz's own while it has the focus.
    first.focus()
    for key in ("ArrowDown", "ArrowUp", "x", "d", "d", "a"):
        learner.keyboard.press(key)
    assert learner.locator(".jp-Cell").count() == COUNT
    assert first.is_checked()

    learner.get_by_role("radio", name="Not sure").first.check()
    learner.get_by_role("button", name="Keep my answer").first.click()
    learner.get_by_text("1 of 3 answered").first.wait_for()
    kept = learner.evaluate("Object.entries(localStorage).find(([key]) => key.startsWith('lumbar:attempt:'))[1]")
    assert json.loads(kept)["quiz"] == "08-think" and not json.loads(kept).get("kept")
    assert not asked_of_python(learner)

    run_all(learner)
    sentence = learner.get_by_text(f"{NEEDS_NUMPY}; when the course was built, it showed this:")
    sentence.nth(2).wait_for(state="attached", timeout=PATIENCE)
    assert asked_of_python(learner)
    assert "[*]" not in learner.locator(".jp-Notebook").text_content()
    assert not learner.locator("[data-mime-type='application/vnd.jupyter.error'], [data-mime-type$=stderr]").count()
    assert learner.get_by_text("1 of 3 answered").count()  # the quiz that Python made again knows the answer
    assert learner.evaluate("key => localStorage[key]", f"lumbar:attempt:{json.loads(kept)['id']}") == kept

    learner.get_by_role("link", name="The lesson’s page").click()
    learner.get_by_text("1 of 3 answered").first.wait_for()
    assert learner.url == f"{live}{LESSON}.html"
    assert not [address for address in learner.asked if not re.match(f"{re.escape(live)}|blob:|data:", address)]
    assert not learner.faults


def test_a_lesson_that_was_run_and_saved_comes_back_with_its_quizzes(learner, live):
    opened(learner, live, "04-resting-positions")
    learner.get_by_role("radio").first.wait_for(timeout=PATIENCE)
    run_all(learner)
    learner.keyboard.press("Control+s")
    learner.wait_for_function(KEPT, arg="04-resting-positions.ipynb")
    opened(learner, live, "04-resting-positions")
    learner.get_by_role("radio").first.wait_for(timeout=PATIENCE)
    assert not learner.get_by_text("Error displaying widget").count()


def test_reviews_are_worked_out_in_the_live_notebook_as_on_the_page(learner, live):
    item = lite.bank.index()["lessons"][8]["quizzes"]["08-check"][0]
    attempt = {"id": "a", "learner": "", "item": item[0], "item_version": item[1], "quiz": "08-check", "response": 0,
               "sure": True, "score": 0, "ms": 1000, "at": "2026-01-05T10:00:00.000Z"}  # fmt: skip
    learner.goto(live)
    learner.evaluate("([id, text]) => localStorage.setItem(`lumbar:attempt:${id}`, text)", ["a", json.dumps(attempt)])
    opened(learner, live, "13-final-quiz")
    learner.get_by_role("button", name="Review 1 question now").wait_for(timeout=PATIENCE)
    assert not asked_of_python(learner)


def test_a_link_to_another_lesson_leads_to_its_live_notebook(learner, live):
    opened(learner, live, "13-final-quiz")
    with learner.context.expect_page() as other:
        learner.get_by_role("link", name="When to get help now").last.click()
    assert other.value.url == f"{live}lite/notebooks/index.html?path=00-start-here.ipynb#When-to-get-help-now"
    other.value.get_by_role("heading", name="When to get help now").wait_for(timeout=PATIENCE)


def test_where_python_cannot_start_a_sentence_says_so_and_the_lesson_stays_as_it_was(learner, live):
    learner.context.route("**/pyodide.mjs", lambda route: route.abort())
    opened(learner, live)
    learner.get_by_role("radio").first.wait_for(timeout=PATIENCE)
    run_all(learner)
    said = learner.get_by_text("Python could not start here")
    assert said.count() == 1  # in the one cell that shows nothing of its own
    assert "[*]" not in learner.locator(".jp-Notebook").text_content()
    assert learner.get_by_role("radio").first.is_enabled()
    assert learner.locator("figure.lumbar-figure img[alt]").count() > 5
