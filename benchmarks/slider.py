"""One step of a slider to the changed picture: our explorer beside `interact` with a simple matplotlib figure."""

import time
from statistics import median

from answer import to_view
from harness import Row, seconds
from lab import BESIDE, OURS, lab, lesson, notebook
from playwright.sync_api import Locator, Page

STEPS = 15
INTERACT = """
%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import interact
x = np.linspace(0, 10)
@interact(lean=(0, 30))
def draw(lean=5):
    figure, (left, right) = plt.subplots(1, 2)
    left.plot(x, np.sin(x + lean), x, np.cos(x + lean))
    right.bar(["a", "b", "c"], [lean, 2 * lean, 30 - lean])
    plt.show()
"""
# From the key to the change of the picture. `interact` puts a new image in, or a new address on the old one.
WATCH = """(picture, laidOut) => {
    window.steps = [];
    let start = null;
    document.addEventListener("keydown", () => { start = performance.now(); }, true);
    const shows = ({ target, addedNodes }) => target.closest?.("svg, img")
        || [...addedNodes].some((node) => node.matches?.("img") || node.querySelector?.("img"));
    new MutationObserver((changes) => {
        if (start === null || !changes.some(shows)) return;
        if (laidOut) picture.getBoundingClientRect();
        window.steps.push(performance.now() - start);
        start = null;
    }).observe(picture, { childList: true, subtree: true, attributes: true, characterData: true });
}"""


def measure() -> Row:
    """Fifteen times faster than `interact`, step by step with the arrow key."""
    with lab(lesson("explore("), notebook(INTERACT)) as running:
        page = running.open(OURS)
        explorer = page.locator(".lumbar-explore").first
        to_view(page, explorer)
        ours = step(explorer.get_by_role("slider").first, explorer)
        page = running.open(BESIDE)
        running.run_all(page)
        output = page.locator(".jp-OutputArea").first
        output.locator("img").first.wait_for()
        theirs = step(output.get_by_role("slider").first, output)
    ratio = theirs / ours
    return Row(
        "a slider's step → the changed picture",
        seconds(ours),
        f"`interact` + matplotlib: {seconds(theirs)}",
        f"{ratio:.0f} times faster",
        "15 times faster",
        ratio >= 15,
        f"in JupyterLab, with the arrow key, medians of {STEPS}; theirs draws two curves and three bars",
    )


def step(slider: Locator, picture: Locator, rest: int = 300, laid_out: bool = False) -> float:
    """The seconds of a step with the arrow key, median, with so many milliseconds' rest after each."""
    page = slider.page
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(rest)
    picture.evaluate(WATCH, laid_out)
    for count in range(STEPS):
        # There and back, since ours may have fewer stops; waiting makes each step one step.
        page.keyboard.press("ArrowLeft" if count % 2 else "ArrowRight")
        _until(page, "window.steps.length", count + 1)
        page.wait_for_timeout(rest)
    return median(page.evaluate("window.steps")) / 1000


def _until(page: Page, value: str, least: int) -> None:
    """Asked from here: a page with a strict policy lets nobody wait inside it."""
    until = time.monotonic() + 10
    while page.evaluate(value) < least:
        if time.monotonic() > until:
            raise TimeoutError(f"{value} stays under {least}")
        page.wait_for_timeout(10)
