"""Five learners on a real JupyterHub: each has the course at once, answers with nothing run, and keeps their own."""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from lacking import lacks
from school import PROXY, School, school
from scrolling import scrolls_until

from lumbar.quiz.items import load

NAMES = ("amina", "bela", "chen", "dana", "emil")
NUMBER, ITEM = next((place, item) for place, item in enumerate(load("00-check").items, 1) if item.kind == "one")
CHOSEN = dict(zip(NAMES, [0, 1, 2, 3, 0], strict=True))  # each an option
PATIENCE = 120_000  # ms


class Learner:
    """Someone with a browser, on the hub's first lesson, who runs no cell."""

    def __init__(self, page, hub: School, name: str):
        self.page, self.hub, self.name = page, hub, name

    def logs_in(self) -> None:
        """Up to the moment when the hub begins to start their server."""
        self.page.goto(f"{self.hub.address}/hub/login")
        self.page.get_by_label("Username").fill(self.name)
        self.page.get_by_role("button", name="Sign in").click()

    def logs_out(self) -> None:
        self.page.goto(f"{self.hub.address}/hub/logout")
        self.page.get_by_label("Username").wait_for(timeout=PATIENCE)

    def sees_the_first_lesson(self) -> None:
        self.page.locator(".jp-Notebook .jp-Cell", has_text="Start here").first.wait_for(timeout=PATIENCE)

    def quiz(self):
        """The lesson's second quiz, at the question. JupyterLab attaches what is on the screen, and drops it again."""
        self.sees_the_first_lesson()
        quiz = self.page.locator(".lumbar-quiz", has_text="Check yourself").first
        question = quiz.get_by_role("button", name=re.compile(f"^Question {NUMBER}:"))
        scrolls_until(self.page, lambda: quiz.is_visible() and self.clicks(question), PATIENCE)
        return quiz

    def clicks(self, control) -> bool:
        """Whether it could be clicked before JupyterLab took it away."""
        from playwright.sync_api import TimeoutError

        with suppress(TimeoutError):
            control.click(timeout=3000)
            return True
        return False

    def answers(self, option: int) -> None:
        quiz = self.quiz()
        quiz.get_by_role("radio", name=ITEM.options[option].text, exact=True).check()
        quiz.get_by_role("radio", name="Sure", exact=True).check()
        quiz.get_by_role("button", name="Check").click()
        quiz.get_by_text("Your answer:").wait_for(timeout=PATIENCE)

    def finds_answered(self) -> list[int]:
        """The option that the page shows as theirs, or none."""
        quiz = self.quiz()
        mine = quiz.get_by_role("listitem").filter(has_text="Your answer:")
        return [i for i, option in enumerate(ITEM.options) if mine.filter(has_text=option.text).count()]

    def keeps(self) -> list[dict]:
        """The attempts in their file, once there are any."""
        until = time.monotonic() + PATIENCE / 1000
        while not (kept := self.hub.kept(self.name)) and time.monotonic() < until:
            self.page.wait_for_timeout(200)
        return kept


@pytest.fixture(scope="module")
def hub() -> Iterator[School]:
    if not PROXY.exists() or not shutil.which("node"):
        lacks("there is no JupyterHub's proxy in build/hub (run make test, with Node.js and npm)")
    with school() as running:
        yield running


@pytest.fixture(scope="module")
def learners(browser, hub) -> Iterator[dict[str, Learner]]:
    """All five, each with a browser of their own, in the first lesson."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in NAMES]
    everyone = {name: Learner(context.new_page(), hub, name) for name, context in zip(NAMES, contexts, strict=True)}
    for learner in everyone.values():
        learner.logs_in()
    for learner in everyone.values():
        learner.sees_the_first_lesson()
    yield everyone
    for context in contexts:
        context.close()


def test_each_answers_with_nothing_run_and_keeps_that_answer_alone(learners):
    for name, learner in learners.items():
        learner.answers(CHOSEN[name])
    kept = {name: learner.keeps() for name, learner in learners.items()}
    assert {name: [(each["item"], each["response"]) for each in rows] for name, rows in kept.items()} == {
        name: [(ITEM.id, str(option))] for name, option in CHOSEN.items()
    }
    assert len({rows[0]["learner"] for rows in kept.values()}) == len(NAMES)


def test_after_a_reload_each_finds_their_own_answer(learners):
    for name in NAMES[:2]:
        learners[name].page.reload()
    assert {name: learners[name].finds_answered() for name in NAMES[:2]} == {name: [CHOSEN[name]] for name in NAMES[:2]}


def test_on_a_shared_computer_nobody_finds_or_keeps_the_answer_of_who_was_there_before(learners, hub):
    before = learners["chen"]
    before.logs_out()
    after = Learner(before.page, hub, "dana")
    after.logs_in()
    assert after.finds_answered() == [CHOSEN["dana"]]
    stored = after.page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('lumbar:attempt:'))")
    assert {key.removeprefix("lumbar:attempt:") for key in stored} <= {each["id"] for each in hub.kept("dana")}
    assert [each["response"] for each in hub.kept("dana")] == [str(CHOSEN["dana"])]


def test_a_learner_who_logs_in_again_loses_no_answer_that_still_waits_in_the_browser(learners):
    learner = learners["emil"]
    learner.page.evaluate("localStorage.setItem('lumbar:attempt:waiting', '{}')")
    learner.logs_out()
    learner.logs_in()
    learner.sees_the_first_lesson()
    assert learner.page.evaluate("localStorage.getItem('lumbar:attempt:waiting')") == "{}"
