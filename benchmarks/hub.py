"""What a learner on a hub takes of its memory: their server and kernel, with a lesson open and after running all of it.

Memory that processes share is counted in parts (PSS), as Linux tells it in `smaps_rollup`; USS leaves it out.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from harness import Row, chromium
from playwright.sync_api import sync_playwright

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "hub")]
from school import School, school  # noqa: E402
from test_hub import CHOSEN, NAMES, Learner  # noqa: E402

GUARANTEED = 256e6 / 2**20  # MiB: what deploy/hub/values.yaml sets aside for each learner


def measure() -> list[Row]:
    """A learner takes no more than what is set aside for them, also after running all of a lesson."""
    with school() as hub, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium() or None, args=arguments)
        learners = [Learner(browser.new_context().new_page(), hub, name) for name in NAMES]
        for learner in learners:
            learner.logs_in()
        for learner in learners:
            learner.answers(CHOSEN[learner.name])
            learner.keeps()
        hub_itself = _kib(hub.processes(), "Pss") - sum(_kib(hub.processes(name), "Pss") for name in NAMES)
        rows = [_row("a lesson open", hub, f"hub and proxy {_mib(hub_itself)}")]
        for learner in learners:
            _run_all(learner)
        return [*rows, _row("after running it all", hub, "with NumPy and matplotlib")]


def _run_all(learner: Learner) -> None:
    """Run every cell, as the menu does, and wait until the kernel has rested for a while."""
    state = learner.page.locator(".jp-StatusBar-Widget").filter(has_text=" | ").first
    for name in ("Run", "Run All Cells"):
        learner.page.get_by_role("menuitem", name=name, exact=True).click()
    rested = 0
    while rested < 20:
        learner.page.wait_for_timeout(250)
        rested = rested + 1 if "Idle" in state.inner_text() else 0


def _row(when: str, hub: School, more: str) -> Row:
    parts = [_kib(hub.processes(name), "Pss") for name in NAMES]
    own = [_kib(hub.processes(name), "Private_Clean", "Private_Dirty") for name in NAMES]
    return Row(
        f"memory of a learner on a hub, {when}",
        _mib(median(parts)),
        "",
        "",
        f"at most {GUARANTEED:.0f} MiB",
        max(parts) <= GUARANTEED * 1024,
        f"server and kernel, median of {len(NAMES)} at once (PSS), {_mib(max(parts))} at most; "
        f"{_mib(median(own))} of it nobody else's (USS); {more}",
    )


def _kib(processes: Iterable[int], *kinds: str) -> int:
    """The memory of those kinds that the processes hold between them."""
    lines = (line for pid in processes for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith(tuple(f"{kind}:" for kind in kinds)))


def _mib(kib: float) -> str:
    return f"{kib / 1024:.0f} MiB"
