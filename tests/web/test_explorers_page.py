"""Every explorer on its page: each slider and button by keyboard, with picture and words as Python has them."""

import json
import re

import pytest
from test_quiz_page import no_sideways_scroll

from lumbar.course import LESSONS
from lumbar.explore.registry import explorers, find

STATE = re.compile(r'<script type="application/json" id="lumbar-state">(.*?)</script>', re.S)
FILMS = [name for name, entry in explorers().items() if any(slider.play for slider in entry.sliders)]
REST_MS, STEP_MS = 600, 1600  # until a screen reader is told; until a film goes on one step for who wants little motion


class Learner:
    """Somebody at the keyboard, in front of one explorer."""

    def __init__(self, page, entry):
        self.page, self.entry = page, entry
        self.root = page.get_by_role("region", name=entry.title, exact=True)
        self.sliders = self.root.get_by_role("slider").all()

    def press(self, name: str, key: str = "Enter"):
        button = self.root.get_by_role("button", name=name, exact=True)
        button.press(key)
        return button

    def at(self) -> tuple[int, ...]:
        return tuple(int(slider.input_value()) for slider in self.sliders)

    def picture(self) -> str:
        return self.root.locator("svg").first.inner_html()

    def sees(self, at: tuple[int, ...]) -> None:
        """The sliders stand there, and the page says of it what Python says: to the eye at once, to the ear soon."""
        assert self.at() == at
        texts = [slider.texts[stop] for slider, stop in zip(self.entry.sliders, at, strict=True)]
        assert [slider.get_attribute("aria-valuetext") for slider in self.sliders] == texts
        words = spaced(self.entry.say(**self.entry.values(at)))
        assert spaced(self.root.locator(".explore-said").inner_text()) == words
        self.page.clock.run_for(REST_MS)
        assert spaced(self.root.get_by_role("status").inner_text()) == words

    def moves(self, i: int) -> tuple[int, ...]:
        """The slider one stop on, or back where there is none; where the sliders then stand."""
        on = self.entry.start[i] + 1 < len(self.entry.sliders[i].texts)
        self.sliders[i].press("ArrowRight" if on else "ArrowLeft")
        return (*self.entry.start[:i], self.entry.start[i] + (1 if on else -1), *self.entry.start[i + 1 :])


def spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def visit(browser, served):
    """`visit(lesson, width=1280)`: its page in a browser that wants little motion, with a clock that we wind."""
    contexts = []

    def visit(lesson: str, width: int = 1280):
        screen = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=screen, reduced_motion="reduce", service_workers="block"))
        page = contexts[-1].new_page()
        page.clock.install()
        page.goto(f"{served}{lesson}.html")
        page.locator("html.is-ready").wait_for(state="attached")
        return page

    yield visit
    for context in contexts:
        context.close()


def shown(site, lesson: str) -> list[str]:
    """The names of the explorers on a page."""
    state = STATE.search((site / f"{lesson}.html").read_text(encoding="utf-8"))
    saved = json.loads(state[1]).values() if state else ()
    return [widget["state"]["explorer"]["name"] for widget in saved if widget["kind"] == "explore"]


def test_every_explorer_stands_on_a_page(site):
    assert sorted(name for entry in LESSONS for name in shown(site, entry.file)) == sorted(explorers())


@pytest.mark.parametrize("lesson", [entry.file for entry in LESSONS[1:-1]])
def test_sliders_and_buttons_move_picture_and_words(visit, site, lesson):
    page = visit(lesson)
    for name in shown(site, lesson):
        me = Learner(page, find(name))
        first, start = me.picture(), me.entry.start
        me.sees(start)
        for i in range(len(me.sliders)):
            me.sees(me.moves(i))
            assert me.picture() != first, f"{name}: slider {i + 1} leaves the picture as it is"
            me.press("Start again")
        for preset in me.entry.presets:
            assert me.press(preset).get_attribute("aria-pressed") == "true"
            me.sees(me.entry.setting(preset))
        me.press("Start again")
        me.sees(start)
        assert me.picture() == first


@pytest.mark.parametrize("name", FILMS)
def test_a_film_goes_step_by_step_for_who_wants_little_motion(visit, site, name):
    me = Learner(visit(next(entry.file for entry in LESSONS if name in shown(site, entry.file))), find(name))
    i = next(i for i, slider in enumerate(me.entry.sliders) if slider.play)
    me.press("Play")
    begun = me.at()[i]
    me.page.clock.run_for(STEP_MS)
    assert me.at()[i] == begun + 1
    me.press("Pause")
    me.page.clock.run_for(3 * STEP_MS)
    me.sees((*me.entry.start[:i], begun + 1, *me.entry.start[i + 1 :]))


def test_tab_leads_through_an_explorer_in_order_and_it_fits_a_telephone(visit):
    page = visit("08-from-tension-to-joints", width=360)
    controls = page.get_by_role("region", name=find("facet-load").title).locator("input, button")
    controls.first.focus()
    for control in controls.all():
        assert control.evaluate("control => control === document.activeElement")
        page.keyboard.press("Tab")
    assert no_sideways_scroll(page)
