"""Explorers on a plain page, from their saved state alone: by mouse, by keyboard, for eyes and for screen readers."""

import json
import re
from xml.etree import ElementTree

import pytest

from lumbar.explore.registry import Explorer, find, steps
from lumbar.explore.widget import ExplorerWidget

PICTURE = """svg => [svg, ...svg.querySelectorAll("*")].map(e => [
    e.tagName, e.childElementCount ? "" : e.textContent,
    Object.fromEntries([...e.attributes].map(a => [a.name, a.value]).filter(([name]) => !OWN.includes(name))),
])""".replace("OWN", '["id", "role", "aria-label", "focusable", "xmlns"]')
STEP = """([name, steps]) => {
    const input = document.querySelector(`input[aria-label="${name}"]`), times = [];
    for (let i = 0; i < steps; i++) {
        const start = performance.now();
        input.value = i % (Number(input.max) + 1);
        input.dispatchEvent(new Event("input", { bubbles: true }));
        document.body.getBoundingClientRect();
        times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[steps / 2];
}"""


@pytest.fixture(scope="module")
def facets():
    return ExplorerWidget(find("facet-load"))


@pytest.fixture(scope="module")
def posture():
    return ExplorerWidget(find("load-and-posture"))


def region(page, widget):
    return page.get_by_role("region", name=widget.explorer["title"])


def pictured(root):
    """What the page's picture is made of, ids made plain again."""
    found = root.locator("svg").evaluate(PICTURE)
    return json.loads(re.sub(r"lb-\w{5,8}-(?=g?\d)", "lb-id-", json.dumps(found)))


def plain(words):
    """Words on the page with ordinary spaces."""
    return words.inner_text().replace("\N{NO-BREAK SPACE}", " ")


def expected(widget, at):
    root = ElementTree.fromstring(widget._sample.frame(at))
    for element in root.iter():
        element.attrib.pop("id", None)
    return [[e.tag.rpartition("}")[2], "" if len(e) else e.text or "", dict(e.attrib)] for e in root.iter()]


def test_the_page_shows_the_first_setting_as_python_drew_it(show, facets):
    page = show([facets])
    assert pictured(region(page, facets)) == expected(facets, facets._entry.start)
    assert not page.faults


def test_a_key_moves_the_slider_the_picture_and_the_words(show, facets):
    page = show([facets])
    root = region(page, facets)
    slider = root.get_by_role("slider", name="Extra tension")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "5 % of their most"
    assert pictured(root) == expected(facets, (5, 1))
    assert plain(root.locator(".explore-said")) == facets._sample.said((5, 1))


def test_a_screen_reader_is_told_once_the_slider_rests(show, facets):
    page = show([facets])
    told = region(page, facets).get_by_role("status")
    before = told.inner_text()
    page.get_by_role("slider", name="Extra tension").press("End")
    assert told.inner_text() == before
    page.wait_for_timeout(700)
    assert plain(told) == facets._sample.said((10, 1))


def test_a_preset_sets_all_sliders_and_start_again_puts_them_back(show, posture):
    page = show([posture])
    root = region(page, posture)
    button = root.get_by_role("button", name="Lean and lift")
    button.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    sliders = root.get_by_role("slider").all()
    assert [slider.get_attribute("aria-valuetext") for slider in sliders] == ["30°", "20 kg", "40 cm"]
    assert pictured(root) == expected(posture, (6, 4, 2))
    root.get_by_role("button", name="Start again").click()
    assert button.get_attribute("aria-pressed") == "false"
    assert pictured(root) == expected(posture, posture._entry.start)


def test_two_explorers_share_a_page_without_sharing_ids(show, facets, posture):
    page = show([facets, posture])
    ids = page.evaluate("[...document.querySelectorAll('svg [id]')].map(e => e.id)")
    assert len(ids) == len(set(ids)) > 2
    page.get_by_role("slider", name="Lean forward").press("End")
    assert pictured(region(page, facets)) == expected(facets, facets._entry.start)


def test_every_control_keeps_its_keys_from_the_notebook(show, facets):
    page = show([facets])
    controls = page.locator("input, button")
    assert controls.count() == 9
    assert controls.evaluate_all("all => all.every(e => e.dataset.lmSuppressShortcuts === 'true')")


def test_time_can_be_played_and_paused(show):
    entry = Explorer(
        "clock", "A clock", "A number that counts the hours.", (steps("t", "Time", 0, 2, 1, " h", play=True),),
        lambda page, t: page.note(page.ink, f"{t:g} h", (20, 20)), lambda t: f"{t:g} hours.", "minutes", size=(60, 40),
    )  # fmt: skip
    page = show([ExplorerWidget(entry)])
    slider = page.get_by_role("slider", name="Time")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").wait_for()
    page.wait_for_function("document.querySelector('input').value === '2'")
    page.get_by_role("button", name="Play").click()
    assert slider.input_value() == "0"
    slider.press("ArrowRight")
    page.get_by_role("button", name="Play").wait_for()
    assert slider.input_value() == "1"


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(show, facets, posture, dark):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = show([facets, posture], dark=dark)
    page.get_by_role("button", name="Very tense", exact=True).click()
    found = axe.run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


def test_a_narrow_telephone_needs_no_sideways_scrolling(show, facets, posture):
    page = show([facets, posture], width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    heights = "all => all.map(e => e.getBoundingClientRect().height)"
    assert min(page.locator("input, button").evaluate_all(heights)) >= 44


def test_a_step_is_quick(show, facets, posture):
    page = show([facets, posture])
    for name in ("Extra tension in the back muscles", "Lean forward", "Weight in your hands"):
        assert page.evaluate(STEP, [name, 40]) < 8


def test_the_saved_widget_carries_its_still_and_no_code(facets):
    bundle = facets._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == facets.model_id
    assert 'alt="Two vertebrae' in bundle["text/html"] and bundle["text/plain"].startswith("Does a tight muscle press")
    assert len(facets._esm) < 1500
