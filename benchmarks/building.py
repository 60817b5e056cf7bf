"""Building all lessons beside executing as many empty notebooks, and the memory of a lesson's kernel."""

import subprocess
import sys
import time
from tempfile import TemporaryDirectory

import psutil
from harness import Row, alternate, kilobytes, seconds

from lumbar import lesson

RUNS = 3
BUILD = "import sys; from pathlib import Path; from lumbar.build import build; build(into=Path(sys.argv[1]))"
EMPTY = """
import asyncio
import nbformat
from lumbar import lesson
from lumbar.build import _execute
chosen = lesson.paths()
asyncio.run(_execute(chosen, [nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("pass")]) for _ in chosen]))
"""


def measure() -> list[Row]:
    """At most 4 times as long, and under 500 MB a kernel."""
    peaks = []
    ours, empty = alternate(lambda: _build(peaks), lambda: _seconds([EMPTY], []), RUNS)
    ratio, count = ours / empty, len(lesson.paths())
    return [
        Row(
            f"`lumbar build`, {count} notebooks",
            seconds(ours),
            f"{count} empty notebooks: {seconds(empty)}",
            f"{ratio:.2f} times",
            "at most 4 times",
            ratio <= 4,
            f"as many at once in both, medians of {RUNS}",
        ),
        Row(
            "memory of a kernel that builds a lesson",
            kilobytes(max(peaks)),
            "",
            "",
            "under 500 MB",
            max(peaks) < 500e6,
            "resident, the highest seen of any",
        ),
    ]


def _build(peaks: list[float]) -> float:
    with TemporaryDirectory() as folder:
        return _seconds([BUILD, folder], peaks)


def _seconds(arguments: list[str], peaks: list[float]) -> float:
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", *arguments])
    while process.poll() is None:
        peaks += _kernels(process.pid)
        time.sleep(0.1)
    if process.returncode:
        raise RuntimeError("the build failed")
    return time.perf_counter() - start


def _kernels(parent: int) -> list[float]:
    """The resident memory, in bytes, of each kernel that the process runs."""
    found = []
    try:
        for child in psutil.Process(parent).children(recursive=True):
            found.append(child.memory_info().rss)
    except psutil.NoSuchProcess:
        pass
    return found
