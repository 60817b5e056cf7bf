"""From the address to the first question that can be answered, beside JupyterLab opening an empty notebook."""

import time

from answer import to_view
from harness import Row, alternate, seconds
from lab import BESIDE, OURS, Lab, lab, lesson, notebook

RUNS = 5


def measure() -> Row:
    """At most 1.5 times an empty notebook."""
    with lab(lesson("-think"), notebook("")) as running:
        for warm in (_open_lesson, _open_empty):
            warm(running)
        ours, empty = alternate(lambda: _open_lesson(running), lambda: _open_empty(running), RUNS)
    ratio = ours / empty
    return Row(
        "opening a lesson → the first answerable question",
        seconds(ours),
        f"an empty notebook: {seconds(empty)}",
        f"{ratio:.2f} times",
        "at most 1.5 times",
        ratio <= 1.5,
        f"in a fresh browser context each time, scrolling to the question, medians of {RUNS}",
    )


def _open_lesson(running: Lab) -> float:
    return _open(running, OURS, lambda page: to_view(page, page.locator(".lumbar-quiz fieldset input:enabled").first))


def _open_empty(running: Lab) -> float:
    return _open(running, BESIDE, lambda page: page.locator(".jp-Notebook .jp-Cell .cm-content").first.wait_for())


def _open(running: Lab, name: str, until) -> float:
    page = running.page()
    start = time.perf_counter()
    page.goto(running.url(name))
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    until(page)
    taken = time.perf_counter() - start
    page.context.close()
    return taken
