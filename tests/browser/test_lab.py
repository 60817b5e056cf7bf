"""The course in a real JupyterLab, opened with `lumbar`: everything is live before any cell has been run."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from scrolling import scrolls_until

from lumbar.quiz.items import bank, load

CHECK = load("08-check")
KINDS = ("one", "several", "order", "match", "label", "number")
LESSON = "08-from-tension-to-joints"
CHOICES = [item for item in CHECK.items if item.kind == "one"]  # each test answers its own
PATIENCE = 60_000  # ms


@dataclass
class Course:
    """A running `lumbar`, with its folders."""

    folder: Path
    address: str
    process: subprocess.Popen = field(repr=False)

    @property
    def progress(self) -> Path:
        return next((self.folder / "data").glob("*.sqlite*"))

    def kept(self) -> list[sqlite3.Row]:
        """The attempts in the learner's database; none as long as there is no database."""
        if not list((self.folder / "data").glob("*.sqlite*")):
            return []
        with closing(sqlite3.connect(self.progress)) as file:
            file.row_factory = sqlite3.Row
            return file.execute("SELECT * FROM attempt ORDER BY at").fetchall()

    def wait_for(self, item: str) -> sqlite3.Row:
        """The newest attempt on an item, once it has reached the database."""
        deadline = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < deadline:
            if found := [row for row in self.kept() if row["item"] == item]:
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(f"no attempt on {item} in the database; there are {[row['item'] for row in self.kept()]}")

    def kernels(self) -> list[int]:
        """The process ids of the running kernels."""
        listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True).stdout.splitlines()
        rows = [line.split(None, 2) for line in listed]
        return [int(pid) for pid, parent, args in rows if parent == str(self.process.pid) and "ipykernel" in args]


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Iterator[Course]:
    folder = tmp_path_factory.mktemp("learner")
    own = {"HOME": folder, "LUMBAR_HOME": folder / "lessons", "LUMBAR_DATA": folder / "data"}
    env = os.environ | {name: str(path) for name, path in own.items()} | {"JUPYTER_PLATFORM_DIRS": "0"}
    command = [Path(sys.executable).with_name("lumbar"), "open", "--no-browser", "--port", "8921"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
    yield Course(folder, address, process)
    process.send_signal(signal.SIGTERM)
    process.wait(20)


class Learner:
    """Someone with the course open in a browser, who uses the keyboard alone and runs no cell."""

    def __init__(self, page, course: Course):
        self.page, self.course = page, course

    def opens(self, lesson: str = LESSON) -> None:
        self.page.goto(self.course.address.replace("00-start-here", lesson) + "&reset")  # no tabs of an earlier visit
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for(state="attached", timeout=PATIENCE)
        if self.page.viewport_size["width"] < 600:
            self.page.keyboard.press("Control+b")  # put the file browser away

    def quiz(self, title: str = "Check yourself"):
        """The quiz of that title, scrolled into view: JupyterLab attaches what is on the screen."""
        quiz = self.page.locator(".lumbar-quiz", has_text=title).first
        self.finds(quiz)
        return quiz

    def finds(self, locator) -> None:
        """Scroll until it is there."""
        scrolls_until(self.page, lambda: locator.count() and locator.is_visible(), PATIENCE)
        locator.scroll_into_view_if_needed()

    def goes_to(self, item):
        self.press(self.quiz().get_by_role("button", name=re.compile(f"^Question {number_of(item)}:")), "Enter")
        return self.quiz()

    def press(self, control, *keys: str) -> None:
        control.focus()
        for key in keys:
            self.page.keyboard.press(key)

    def answers(self, item) -> None:
        """The right answer, by keyboard, with "Sure" and Check."""
        quiz = self.goes_to(item)
        ANSWERS[item.kind](self, quiz, item)
        self.press(quiz.get_by_role("radio", name="Sure", exact=True), "Space")
        self.press(quiz.get_by_role("button", name="Check"), "Enter")
        quiz.get_by_role("status").filter(has_text=re.compile("Right")).wait_for(timeout=PATIENCE)

    def cells(self) -> int:
        """How many cells the notebook has, as JupyterLab's status bar counts them."""
        return int(re.search(r"Cell \d+/(\d+)", self.page.locator("#jp-main-statusbar").inner_text())[1])


def words(html: str) -> str:
    return re.sub(r"[*_`]", "", html)


def choose(learner, quiz, item) -> None:
    role = "radio" if item.kind == "one" else "checkbox"
    for option in item.options:
        if option.right:
            learner.press(quiz.get_by_role(role, name=words(option.text), exact=True), "Space")


def order(learner, quiz, item) -> None:
    rows = quiz.locator("ol.lq-order > li")
    for place, part in enumerate(item.parts):
        row = rows.filter(has_text=words(part.text))
        up = row.get_by_role("button", name=re.compile("^Move up"))
        while rows.all_inner_texts().index(row.inner_text()) > place:
            learner.press(up, "Enter")


def pick(learner, quiz, item) -> None:
    names = [pair.right for pair in item.pairs] if item.kind == "match" else [part.text for part in item.parts]
    for select, name in zip(quiz.get_by_role("combobox").all(), names, strict=True):
        select.focus()
        select.select_option(label=words(name))


def type_number(learner, quiz, item) -> None:
    box = quiz.get_by_role("textbox")
    box.focus()
    box.press("Control+a")
    learner.page.keyboard.type(f"{item.answer:g}".replace(".", ","))
    learner.page.keyboard.press("Tab")


ANSWERS = {"one": choose, "several": choose, "order": order, "match": pick, "label": pick, "number": type_number}


@pytest.fixture
def learner(browser, course) -> Iterator[Learner]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Learner(context.new_page(), course)
    context.close()


def first_of(kind: str):
    return next(item for item in CHECK.items if item.kind == kind)


def number_of(item) -> int:
    return [each.id for each in CHECK.items].index(item.id) + 1


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_answered_by_keyboard_and_kept_with_no_cell_run(kind, learner, course):
    learner.opens()
    item = first_of(kind)
    learner.answers(item)
    kept = course.wait_for(item.id)
    assert (kept["score"], kept["sure"], kept["item_version"]) == (1, 1, bank()[item.id].version)


def test_no_key_pressed_in_a_quiz_reaches_the_notebook(learner):
    learner.opens()
    quiz = learner.goes_to(CHOICES[6])
    before = learner.cells()
    controls = quiz.locator("a, button, input, select, summary").all()
    assert len(controls) > 10
    for control in controls:
        learner.press(control, "x", "d", "d", "b", "ArrowDown")
    learner.page.wait_for_timeout(300)
    assert learner.cells() == before


def test_answers_and_drafts_are_there_after_a_reload(learner):
    learner.opens()
    item, draft = CHOICES[4:6]
    learner.answers(item)
    learner.press(learner.goes_to(draft).get_by_role("radio").first, "Space")
    learner.page.reload()
    quiz = learner.quiz()
    assert quiz.get_by_role("radio").first.is_checked()
    assert quiz.get_by_role("button", name=f"Question {number_of(item)}: right").count() == 1


def test_a_dead_kernel_stops_no_quiz_and_loses_no_answer(learner, course):
    learner.opens()
    first, second = CHOICES[1:3]
    learner.answers(first)
    course.wait_for(first.id)
    for pid in course.kernels():
        os.kill(pid, signal.SIGKILL)
    notice = learner.page.locator(".jp-Dialog", has_text="Kernel Restarting")
    notice.wait_for(timeout=PATIENCE)
    learner.press(notice.get_by_role("button", name="Ok"), "Enter")
    learner.answers(second)  # while it is coming back
    course.wait_for(second.id)  # JupyterLab restarts a kernel that dies, and the page hands over what waited


def test_without_any_kernel_the_answer_waits_in_the_page(learner, course):
    learner.opens()
    item = CHOICES[3]
    learner.quiz()
    learner.page.route("**/api/kernels/**", lambda route: route.abort())
    learner.page.evaluate("""async () => {
        const token = new URLSearchParams(location.search).get('token') ?? JSON.parse(
            document.getElementById('jupyter-config-data').textContent).token;
        const headers = { Authorization: `token ${token}` };
        for (const session of await (await fetch('/api/sessions', { headers })).json())
            await fetch(`/api/sessions/${session.id}`, { method: 'DELETE', headers });
    }""")
    learner.answers(item)
    stored = learner.page.evaluate("() => Object.entries(localStorage).filter(([k]) => k.startsWith('lumbar:attempt:'))")
    assert item.id in [json.loads(value)["item"] for _, value in stored]
    learner.page.unroute("**/api/kernels/**")
    learner.opens()
    learner.quiz()
    course.wait_for(item.id)


def test_a_slider_moves_its_picture_with_no_cell_run(learner):
    learner.opens()
    slider = learner.page.locator(".lumbar-explore input[type=range]").first
    learner.finds(slider)
    explorer = learner.page.locator(".lumbar-explore").first
    before, said = explorer.locator("svg").first.inner_html(), explorer.get_by_role("status").first.inner_text()
    learner.press(slider, "ArrowRight", "ArrowRight", "ArrowRight")
    learner.page.wait_for_timeout(800)
    assert explorer.locator("svg").first.inner_html() != before
    assert explorer.get_by_role("status").first.inner_text() != said


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_outputs_of_the_course_have_no_serious_fault_for_axe(dark, learner):
    from axe_playwright_python.sync_playwright import Axe

    learner.opens()
    if dark:
        learner.page.get_by_text("Settings", exact=True).click()
        learner.page.get_by_text("Theme", exact=True).hover()
        learner.page.get_by_text("JupyterLab Dark", exact=True).click()
        learner.page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
    for selector in ('section[aria-label^="Claim"]', ".lumbar-explore", ".lumbar-quiz"):
        learner.finds(learner.page.locator(selector).first)
        found = Axe().run(learner.page, context=selector).response["violations"]
        grave = [(each["id"], each["nodes"]) for each in found if each["impact"] in ("serious", "critical")]
        assert not grave


@pytest.mark.parametrize("width", [360, 1280])
def test_no_output_is_wider_than_the_page(width, browser, course):
    """Each output in a column as wide as the screen, since JupyterLab's own side bars take what they take."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    learner = Learner(context.new_page(), course)
    learner.opens("01-your-lower-back")
    for selector in (".lumbar-figure", ".lumbar-explore", ".lumbar-quiz"):
        output = learner.page.locator(selector).first
        learner.finds(output)
        assert output.evaluate("e => { e.style.width = innerWidth + 'px'; return e.scrollWidth <= innerWidth }"), selector
    context.close()
