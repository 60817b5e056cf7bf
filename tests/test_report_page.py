"""The report in a browser: it reads on a phone, in the dark and on paper, runs nothing and fetches nothing."""

from collections.abc import Callable, Iterator

import pytest
from simulated import TITLE, votes

from lumbar.report import for_class


@pytest.fixture
def opened(browser, tmp_path) -> Iterator[Callable]:
    """`opened(html, width=…, dark=…)` opens a report as a file; `faults` are errors, `asked` what it asked for."""
    contexts = []

    def open_(html: str, width: int = 1280, dark: bool = False):
        file = tmp_path / "report.html"
        file.write_text(html, encoding="utf-8")
        scheme = "dark" if dark else "light"
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme))
        page = contexts[-1].new_page()
        page.faults, page.asked = [], []
        page.on("console", lambda message: page.faults.append(message.text))
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("dialog", lambda dialog: (page.faults.append(dialog.message), dialog.dismiss()))
        page.goto(file.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def report() -> str:
    """A lesson's questions before it and after it: every kind, each other one talked over."""
    return for_class(votes(34), TITLE, ["08-check"])[0]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_reaches_beyond_the_screen(opened, report, width):
    page = opened(report, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    beyond = "(all) => all.filter((e) => e.getBoundingClientRect().right > innerWidth).length"
    assert page.locator("main *").evaluate_all(beyond) == 0


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False)])
def test_it_has_no_barrier(opened, report, width, dark):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
    page = opened(report, width, dark)
    found = axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def test_it_runs_nothing_and_fetches_nothing(opened, report):
    page = opened(report)
    assert page.faults == [] and len(page.asked) == 1
    assert page.locator("script, link, img, iframe, form").count() == 0


def test_hostile_texts_run_nothing(opened):
    text = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>"
    rows = [*votes(12, ["08-think"], []), ("a", text, text, text, '"x"', 1, 1.0, "2026-03-03T09:00:00.000Z", 1)]
    page = opened(for_class(rows, text)[0])
    assert page.faults == [] and page.locator("script, img, svg[onload]").count() == 0
    assert page.locator("h1").inner_text() == text and page.title().startswith(text)


def test_each_link_leads_somewhere(opened, report):
    page = opened(report)
    links = page.locator("a[href^='#']")
    assert links.evaluate_all("(all) => all.filter((a) => !document.getElementById(a.hash.slice(1))).length") == 0
    others = page.locator("a:not([href^='#'])").evaluate_all("(links) => links.map((a) => a.href)")
    assert all(address.startswith("https://") for address in others)
    ids = page.locator("[id]").evaluate_all("(elements) => elements.map((e) => e.id)")
    assert len(ids) == len(set(ids))


def test_the_first_screen_says_it_in_words(opened, report):
    words = opened(report).locator("header").inner_text()
    for said in ("34 pupils", "Easiest:", "Hardest:", "Before and after a lesson:", "Before and after talking:"):
        assert said in words


def test_it_prints_on_plain_pages(opened, report):
    page = opened(report, dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    pdf = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 595" in pdf or b"/MediaBox [0 0 594" in pdf
