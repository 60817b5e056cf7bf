"""Looking for something in a lesson that JupyterLab shows: it draws what is on the screen, and drops it again."""

import time
from collections.abc import Callable

# A screen further, and from the end to the top again: what is drawn late has been passed by.
ONWARD = """panel => panel.scrollTop + panel.clientHeight + 5 < panel.scrollHeight
    ? panel.scrollBy(0, 600) : panel.scrollTo(0, 0)"""


def scrolls_until(page, found: Callable[[], bool], ms: int) -> None:
    """Go through the lesson until `found()`, for so many milliseconds at most."""
    panel = page.locator(".jp-WindowedPanel-outer").first
    until = time.monotonic() + ms / 1000
    while not found():
        assert time.monotonic() < until, "what was looked for is nowhere in the lesson"
        panel.evaluate(ONWARD)
        page.wait_for_timeout(150)
