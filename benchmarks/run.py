"""Measure every promise beside what a user would pick instead, and write RESULTS.md.

`make bench` runs all; `python benchmarks/run.py importing sizes` prints those alone and writes nothing.
"""

import datetime
import sys
from importlib import import_module
from pathlib import Path

from harness import Row, machine

MEASURES = (
    "answer", "stored", "slider", "opening", "sizes", "building", "importing", "starting",
    "publishing", "page", "touch", "crowd", "voting", "faults", "reporting", "hub",
)  # fmt: skip


def main(names: list[str]) -> int:
    """Run the measures of those names, or all; 1 when a promise was broken."""
    rows = [row for name in names or MEASURES for row in _rows(name)]
    if not names:
        (Path(__file__).parent / "RESULTS.md").write_text(_results(rows), encoding="utf-8")
    return 0 if all(row.kept for row in rows) else 1


def _rows(name: str) -> list[Row]:
    found = import_module(name).measure()
    rows = found if isinstance(found, list) else [found]
    for row in rows:
        print(_line(row), flush=True)
    return rows


def _line(row: Row) -> str:
    kept = "kept" if row.kept else "**broken**"
    return f"| {' | '.join([row.what, row.ours, row.beside, row.ratio, row.promise, kept, row.how])} |"


def _results(rows: list[Row]) -> str:
    head = [
        "# What we promise about speed and size, measured",
        "",
        f"Measured on {datetime.date.today()} in one run of `make bench`.",
    ]
    head += [
        "Ratios are the promise where one is named; times are this machine's.",
        "",
        *(f"- {line}" for line in machine()),
        "",
    ]
    table = ["| what | Lumbar | beside | ratio | promise | | how |", "|---|---|---|---|---|---|---|", *map(_line, rows)]
    return "\n".join([*head, *table, ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
