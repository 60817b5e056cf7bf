"""Read `data/*.csv`: the numbers that lessons, charts and models show, each with its source.

A table opens with comment lines: one or more on what it holds and which table or figure it comes from, then one for
each column of numbers with its unit, `# mpa [MPa]: pressure in the disc`. Columns named so are read as numbers (an
empty cell as None); all others stay text. Every row names its `source`, a key of `references.bib`, and its `status`:
`verified` (read in the source or in a public copy of it) or `derived` (worked out or chosen by us, as `note` says).
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lumbar.errors import Fault, FaultyFile, shown, unknown
from lumbar.evidence.references import references

DATA = Path(__file__).parent / "data"
STATUSES = ("verified", "derived")
NEEDED = ("source", "status")
UNIT = re.compile(r"(\w+) \[([^\]]*)\]:")
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")

Cell = str | float | None


@dataclass(frozen=True)
class Table:
    """One table. `rows` are dicts by column name; `units` holds the unit of each column of numbers."""

    name: str
    about: str
    units: dict[str, str]
    rows: tuple[dict[str, Cell], ...]

    @property
    def columns(self) -> dict[str, list[Cell]]:
        """Each column's cells, from the first row to the last."""
        return {name: [row[name] for row in self.rows] for name in (self.rows[0] if self.rows else ())}

    def where(self, **cells: Cell) -> tuple[dict[str, Cell], ...]:
        """The rows that hold these cells: `table("quoted").where(source="lorenz1983")`."""
        return tuple(row for row in self.rows if all(row[name] == cell for name, cell in cells.items()))


@dataclass(frozen=True)
class Lines:
    """A table's text taken apart: its comments, its column names, and its rows with their line numbers."""

    comments: list[str]
    header: list[str]
    header_line: int
    rows: list[tuple[int, list[str]]]

    @property
    def units(self) -> dict[str, str]:
        return {found[1]: found[2] for comment in self.comments if (found := UNIT.match(comment))}


def names() -> list[str]:
    """The names of all tables."""
    return sorted(path.stem for path in DATA.glob("*.csv"))


def table(name: str) -> Table:
    """The table `data/<name>.csv`; `UnknownName` where there is none, `FaultyFile` with all its faults."""
    if name not in names():
        raise unknown("table", name, names())
    return load(DATA / f"{name}.csv")


@cache
def load(path: Path) -> Table:
    """Read and check one table."""
    lines = _read(path)
    faults = [Fault(shown(path), *rest) for rest in _wrong(lines)]
    if faults:
        raise FaultyFile(faults)
    about = " ".join(comment for comment in lines.comments if not UNIT.match(comment))
    rows = tuple(_row(lines, cells) for _, cells in lines.rows)
    return Table(path.stem, about, lines.units, rows)


def _read(path: Path) -> Lines:
    try:
        text = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise FaultyFile([Fault(shown(path), 1, "file", "", "it is not UTF-8 text", "Save it as UTF-8.")]) from error
    start = next((i for i, line in enumerate(text) if not line.startswith("#")), len(text))
    comments = [line.removeprefix("#").strip() for line in text[:start]]
    reader = csv.reader(text[start:], skipinitialspace=True)
    cells = [(start + reader.line_num, row) for row in reader if row]
    header = [name.strip() for name in cells[0][1]] if cells else []
    return Lines(comments, header, cells[0][0] if cells else 1, cells[1:])


def _row(lines: Lines, cells: list[str]) -> dict[str, Cell]:
    return {
        name: (float(cell) if cell else None) if name in lines.units else cell
        for name, cell in zip(lines.header, map(str.strip, cells), strict=True)
    }


def _wrong(lines: Lines) -> Iterator[tuple[int, str, str, str, str]]:
    """(line, row, column, problem, mend) of everything wrong in one table."""
    yield from _wrong_head(lines)
    for line, cells in lines.rows:
        row = f"row {cells[0]!r}"
        if len(cells) != len(lines.header):
            problem = f"it has {len(cells)} cells, the header has {len(lines.header)}"
            yield line, row, "", problem, "Add or take out commas; put a text that holds a comma in double quotes."
            continue
        for column, cell in zip(lines.header, map(str.strip, cells), strict=True):
            yield from ((line, row, column, *rest) for rest in _wrong_cell(lines, column, cell))


def _wrong_head(lines: Lines) -> Iterator[tuple[int, str, str, str, str]]:
    if not any(not UNIT.match(comment) for comment in lines.comments):
        yield 1, "header", "", "no comment says what the table holds", "Begin with “# what, from where in the paper”."
    for name in NEEDED:
        if name not in lines.header:
            yield lines.header_line, "header", name, f"there is no column {name!r}", "Add the column."
    for name in sorted({name for name in lines.header if lines.header.count(name) > 1}):
        yield lines.header_line, "header", name, "two columns have this name", "Rename one."
    for name in lines.units.keys() - set(lines.header):
        yield 1, "header", name, "its unit is named but there is no such column", "Mend the name, or drop the comment."
    for name in _unitless(lines):
        yield lines.header_line, "header", name, "its numbers have no unit", f"Add “# {name} [unit]: what it is”."


def _unitless(lines: Lines) -> list[str]:
    """The columns that hold nothing but numbers and are not declared as numbers."""
    rows = [[cell.strip() for cell in cells] for _, cells in lines.rows if len(cells) == len(lines.header)]
    columns = dict(zip(lines.header, zip(*rows, strict=True), strict=False))
    numbers = {name for name, cells in columns.items() if any(cells) and all(NUMBER.fullmatch(c) for c in cells if c)}
    return sorted(numbers - lines.units.keys())


def _wrong_cell(lines: Lines, column: str, cell: str) -> Iterator[tuple[str, str]]:
    if column == "source" and cell not in references():
        yield str(unknown("reference", cell, references())), "Use a key of references.bib, or add the reference there."
    if column == "status" and cell not in STATUSES:
        yield f"{cell!r} is not a status", "Write verified or derived; what is neither stays out."
    if column in lines.units and cell and not NUMBER.fullmatch(cell):
        yield f"{cell!r} is not a number", "Write digits with a point, such as -0.25, or leave the cell empty."
