"""A lesson's page on a phone: what it fetches, and when its quiz answers, beside the same lesson in a Sphinx book."""

import time
from statistics import median

import book
import edition
from harness import Row, kilobytes, seconds
from phone import NETWORK, SLOWDOWN, browsing, fresh, visit
from playwright.sync_api import Browser
from serving import Server, serving

from lumbar import course

BYTES, ANSWERED = 200e3, 1.5
OURS, THEIRS = 5, 3


def measure() -> list[Row]:
    """At most 200 KB, and an answer within 1.5 s."""
    ours, theirs = edition.site().folder, edition.stock().folder
    with browsing() as browser, serving(ours) as site, serving(theirs) as stock, serving(book.network()) as network:
        for page in theirs.glob("*.html"):
            book.ask_instead(page, network.address)

        def opened(server: Server, lesson: str, slow: bool = True):
            with fresh(browser) as page:
                return visit(page, f"{server.address}/{lesson}.html", slow)

        first = {lesson.file: opened(site, lesson.file) for lesson in course.LESSONS}
        largest = max(first, key=lambda lesson: first[lesson].bytes)
        slowest = max(first, key=lambda lesson: first[lesson].answered)
        beside = opened(stock, largest, slow=False).bytes - book.drawn_in(theirs / f"{largest}.html")
        answers = median(opened(site, slowest).answered for _ in range(OURS))
        their_answers = median(opened(stock, slowest).answered for _ in range(THEIRS))
        later = _kept_for_later(browser, site, largest)
    return [_size(largest, first[largest].bytes, beside, later), _answer(slowest, answers, their_answers)]


def _kept_for_later(browser: Browser, site: Server, lesson: str) -> int:
    """The bytes that the service worker fetches behind the first page."""
    before, seen = site.sent, -1
    with fresh(browser) as page:
        received = sum(visit(page, f"{site.address}/{lesson}.html", slow=False).received.values())
        while seen != site.sent:
            seen = site.sent
            time.sleep(2)
    return max(0, seen - before - received)


def _size(lesson: str, ours: int, theirs: int, later: int) -> Row:
    return Row(
        "a lesson's page without its figures, first visit",
        kilobytes(ours),
        f"the book theme: {kilobytes(theirs)}",
        f"{ours / theirs:.2f} times",
        "at most 200 KB",
        ours <= BYTES,
        f"with gzip, the largest, {lesson}; then {kilobytes(later)} in the background, to work offline",
    )


def _answer(lesson: str, ours: float, theirs: float) -> Row:
    return Row(
        "a phone opens a lesson → its quiz has answered",
        seconds(ours),
        f"the book theme: {seconds(theirs) if theirs < float('inf') else 'never'}",
        f"{theirs / ours:.0f} times faster",
        "within 1.5 s",
        ours <= ANSWERED,
        f"processor {SLOWDOWN} times slower, {NETWORK['downloadThroughput'] * 8 / 1e6:g} Mbit/s, "
        f"{NETWORK['latency']} ms away, the slowest lesson, {lesson}; medians of {OURS} and {THEIRS}",
    )
