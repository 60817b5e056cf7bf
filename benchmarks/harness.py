"""What every measure shares: a row of the results, medians of alternating runs, and the machine they ran on."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
PACKAGES = (
    "jupyterlab", "ipykernel", "ipywidgets", "anywidget", "matplotlib", "numpy", "jupyterquiz", "sphinx", "myst-nb",
    "sphinx-book-theme", "playwright",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One promise, measured: `ours`, `beside` and `ratio` in words with units, and whether it was kept."""

    what: str
    ours: str
    beside: str
    ratio: str
    promise: str
    kept: bool
    how: str


def alternate(ours: Callable[[], float], beside: Callable[[], float], runs: int) -> tuple[float, float]:
    """Medians of `runs` of each, taken in turn so that both meet the same weather."""
    times = [(ours(), beside()) for _ in range(runs)]
    return median(time for time, _ in times), median(time for _, time in times)


def seconds(value: float) -> str:
    """A duration in s or ms with three digits."""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"


def kilobytes(value: float) -> str:
    """A size in KB of 1000 bytes."""
    return f"{value / 1000:.3g} KB" if value < 1e6 else f"{value / 1e6:.3g} MB"


def chromium() -> str:
    """The system's Chromium, or "" for Playwright's own."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""


def machine() -> list[str]:
    """The machine and the versions, a line each."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    browser = (
        [subprocess.run([chromium(), "--version"], capture_output=True, text=True).stdout.strip()] if chromium() else []
    )
    return [
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB of memory",
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        ", ".join([*browser, *(f"{name} {version(name)}" for name in PACKAGES)]),
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = (
        [line.split(":")[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        if info.exists()
        else []
    )
    return names[0] if names else platform.processor() or platform.machine()


def python(code: str, *arguments: str, **options) -> subprocess.CompletedProcess:
    """Run Python code in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True, **options
    )
