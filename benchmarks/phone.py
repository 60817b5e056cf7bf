"""A phone that opens a page for the first time: a slow processor, a slow network, and an empty cache."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from harness import chromium
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

SLOWDOWN = 4
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
PATIENCE_MS = 60_000
IMAGES = "_images/"
# Once a frame, until it worked: answer the first question of the first quiz, say how sure, press the button.
ANSWER = """
requestAnimationFrame(function answer() {
    const quiz = document.querySelector(".lumbar-quiz");
    const estimate = quiz?.querySelector(".lq-question input[type=range]");
    if (estimate) estimate.dispatchEvent(new Event("input"));
    else quiz?.querySelector(".lq-question input")?.click();
    quiz?.querySelector(".lq-commit input")?.click();
    quiz?.querySelector(".lq-commit button")?.click();
    requestAnimationFrame(quiz?.querySelector(".lq-say:is(.lq-right, .lq-partly, .lq-wrong, .lq-kept)")
        ? () => { window.answered = performance.now(); } : answer);
});
"""


@dataclass(frozen=True)
class Visit:
    """Seconds until the first quiz had answered (infinite: it never did), and the bytes received, by address."""

    answered: float
    received: dict[str, int]

    @property
    def bytes(self) -> int:
        """All of it but figures that are files of their own."""
        return sum(size for address, size in self.received.items() if IMAGES not in address)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Chromium."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium() or None, args=arguments)
        yield browser
        browser.close()


@contextmanager
def fresh(browser: Browser) -> Iterator[Page]:
    """A page that remembers nothing."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def visit(page: Page, address: str, slow: bool = True) -> Visit:
    """Open a page, and answer its first quiz as soon as it lets us."""
    session = page.context.new_cdp_session(page)
    received = _watch(session)
    if slow:
        session.send("Network.emulateNetworkConditions", NETWORK)
        slow_down(session)
    page.add_init_script(ANSWER)
    page.goto(address, timeout=PATIENCE_MS)
    answered = _answered(page)
    page.wait_for_load_state("networkidle")
    return Visit(answered, received)


def slow_down(session: CDPSession) -> None:
    """Give the page a slow processor."""
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})


def _watch(session: CDPSession) -> dict[str, int]:
    """What the page has received, by address: fills up while it loads."""
    addresses, received = {}, {}

    def asks(event: dict) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def has(event: dict) -> None:
        address = addresses[event["requestId"]]
        received[address] = received.get(address, 0) + event["encodedDataLength"]

    session.on("Network.requestWillBeSent", asks)
    session.on("Network.loadingFinished", has)
    session.send("Network.enable")
    return received


def _answered(page: Page) -> float:
    # Asked again and again from here: a page with a strict policy lets nobody wait inside it.
    while page.evaluate("performance.now()") < PATIENCE_MS:
        if at := page.evaluate("window.answered"):
            return at / 1000
        page.wait_for_timeout(100)
    return float("inf")
