"""Each built lesson, whole, on a plain page: everyone can use it, light and dark, and nothing is wider than a telephone."""

import json

import pytest
from test_quiz_page import axe, no_sideways_scroll

from lumbar import course

NOTEBOOKS = sorted(course.folder("notebooks").glob("*.ipynb"))
DARK = "main a { color: #8cf } img { max-width: 100% }"  # what any host's theme does


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_lesson_has_no_barrier_and_fits_a_telephone(show, path, dark):
    text = path.read_text(encoding="utf-8")
    page = show(json.loads(text), dark=dark, width=360)
    if dark:
        page.add_style_tag(content=DARK)
    assert page.faults == []
    assert page.locator("h1").count() == 1
    assert page.locator(".lumbar-quiz, .lumbar-explore").count() == text.count('"application/vnd.jupyter.widget-view+json"')
    assert axe(page) == []
    assert no_sideways_scroll(page)
