"""On a lesson's page: from Check to the feedback, and from a slider's step to the changed picture."""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import edition
from answer import answer_ours, quiz_on
from harness import Row, seconds
from phone import SLOWDOWN, browsing, fresh, slow_down
from playwright.sync_api import Browser, Page
from serving import Server, serving
from slider import STEPS, step

from lumbar import course

RUNS = 15
ANSWERED, STEPPED = 0.005, 0.008
LARGEST = "08-from-tension-to-joints"
REST_MS = 30


def measure() -> list[Row]:
    """Under 5 ms and under 8 ms."""
    with browsing() as browser, serving(edition.site().folder) as site:
        answers = [_answer(browser, site, slow) for slow in (False, True)]
        steps = {}
        for lesson in course.LESSONS:
            with _opened(browser, site, lesson.file) as page:
                for place in range(page.locator(".lumbar-explore").count()):
                    steps[lesson.file, place] = _step(page, place)
        lesson, place = max(steps, key=steps.get)
        with _opened(browser, site, lesson, slow=True) as page:
            on_a_phone = _step(page, place, laid_out=True)
    return [
        _row("answer → feedback, on the page", *answers, ANSWERED, f"{LARGEST}, medians of {RUNS}"),
        _row("a slider's step → the changed picture, on the page", steps[lesson, place], on_a_phone, STEPPED,
             f"the slowest of {len(steps)}, in {lesson}, medians of {STEPS}"),
    ]  # fmt: skip


def _answer(browser: Browser, site: Server, slow: bool) -> float:
    with _opened(browser, site, LARGEST, slow) as page:
        card = quiz_on(page)
        return median(answer_ours(card, laid_out=slow) for _ in range(RUNS))


def _step(page: Page, place: int, laid_out: bool = False) -> float:
    explorer = page.locator(".lumbar-explore").nth(place)
    return step(explorer.get_by_role("slider").first, explorer, REST_MS, laid_out)


@contextmanager
def _opened(browser: Browser, site: Server, lesson: str, slow: bool = False) -> Iterator[Page]:
    with fresh(browser) as page:
        page.goto(f"{site.address}/{lesson}.html")
        page.locator("html.is-ready").wait_for()
        if slow:
            slow_down(page.context.new_cdp_session(page))
        yield page


def _row(what: str, ours: float, on_a_phone: float, limit: float, how: str) -> Row:
    slow = f"{seconds(on_a_phone)} until laid out with a processor {SLOWDOWN} times slower"
    return Row(what, seconds(ours), "", "", f"under {seconds(limit)}", ours < limit, f"{how}; {slow}")
