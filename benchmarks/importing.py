"""Importing lumbar beside importing numpy, each in a fresh Python."""

from harness import Row, alternate, python, seconds

RUNS = 15
CODE = "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"


def measure() -> Row:
    """At most twice numpy's time."""
    ours, numpy = alternate(lambda: _seconds("lumbar"), lambda: _seconds("numpy"), RUNS)
    ratio = ours / numpy
    return Row(
        "`import lumbar`",
        seconds(ours),
        f"`import numpy`: {seconds(numpy)}",
        f"{ratio:.2f} times",
        "at most 2 times",
        ratio <= 2,
        f"in a fresh Python, medians of {RUNS}",
    )


def _seconds(module: str) -> float:
    return float(python(CODE.format(module)).stdout)
