"""What learners read: plain enough, never frightening, every figure told in words, every number from the evidence."""

import re
from functools import cache
from pathlib import Path

import nbformat
import pyphen
import pytest

from lumbar import course, lesson
from lumbar.evidence import tables

LESSONS = lesson.paths()
TEACHING = [path for path in LESSONS if path.stem not in lesson.OTHER_SHAPES]
FRIGHT = (
    "crumbl", "worn out", "worn-out", "wear and tear", "bone on bone", "bone-on-bone", "ruined", "shattered",
    "slipped out", "time bomb", "wheelchair", "deteriorat",
)
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SYLLABLES = pyphen.Pyphen(lang="en_US")
NUMBER = re.compile(r"(?<![\w.])[−-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\w)")
COUNTED_OUT_OF = {"100", "1,000"}


def prose(path: Path) -> str:
    """The lesson's running text: no code, drawings, tables, headings, list marks, links or citations."""
    kept = []
    for cell in lesson.read(path).cells:
        if cell.kind == "markdown":
            source = FENCED.sub("", cell.source)
            kept += [line for line in source.splitlines() if not line.startswith(("#", "|", "---"))]
    text = lesson.CITATION.sub("", "\n".join(kept))
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"[*_`>]|^\s*(?:[-*]|\d+\.) ", "", text, flags=re.MULTILINE)


def grade(text: str) -> float:
    """Flesch–Kincaid grade of a text."""
    sentences = [part for part in re.split(r"[.!?:]\s|\n\n|\n(?=[A-Z])", text) if re.search(r"[A-Za-z]", part)]
    words = re.findall(r"[A-Za-z’']+", text)
    syllables = sum(len(SYLLABLES.positions(word)) + 1 for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_reads_at_grade_eight_or_lower(path):
    assert grade(prose(path)) <= 8


def test_the_grade_tells_plain_from_learned():
    assert grade("The cat sat on the mat. It was warm.") < 3
    assert grade("Intervertebral degeneration is demonstrably prevalent in asymptomatic populations.") > 14


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_frightens_nobody(path):
    text = prose(path).lower()
    assert not [word for word in FRIGHT if word in text]


@pytest.mark.parametrize("path", TEACHING, ids=lambda path: path.stem)
def test_a_lesson_says_where_help_is(path):
    assert "00-start-here.ipynb#when-to-get-help-now" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_figure_is_told_in_words(path):
    notebook = nbformat.read(course.folder("notebooks") / f"{path.stem}.ipynb", as_version=4)
    shown = [o.data.get("text/html", "") for c in notebook.cells for o in c.get("outputs", []) if "data" in o]
    for tag in re.findall(r"<img[^>]*>", "".join(shown)):
        assert re.search(r'alt="[^"]{40,}"', tag), tag[:80]


@cache
def known_numbers(source: str) -> tuple[float, ...]:
    """Every number that the evidence's tables hold for one source."""
    found = []
    for name in tables.names():
        for row in tables.table(name).rows:
            if row.get("source") == source:
                found += [float(value) for value in row.values() if isinstance(value, (int, float))]
    return tuple(found)


def as_written(number: str) -> tuple[float, int]:
    plain = number.replace(",", "").replace("−", "-")
    return abs(float(plain)), len(plain.partition(".")[2])


def is_known(number: str, sources: list[str]) -> bool:
    value, decimals = as_written(number)
    known = [abs(known) for source in sources for known in known_numbers(source)]
    return number in COUNTED_OUT_OF or value in [round(each, decimals) for each in known]


def cited_paragraphs(path: Path) -> list[tuple[str, list[str]]]:
    cells = (cell.source for cell in lesson.read(path).cells if cell.kind == "markdown")
    paragraphs = [part for source in cells for part in re.split(r"\n\s*\n|\n(?=[-|])", source)]
    keys = [[k.strip("@ ") for match in lesson.CITATION.finditer(p) for k in match[1].split(";")] for p in paragraphs]
    return [(paragraph, sources) for paragraph, sources in zip(paragraphs, keys) if sources]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_number_beside_a_citation_is_in_the_evidence(path):
    strange = [
        (number, paragraph[:70])
        for paragraph, sources in cited_paragraphs(path)
        for number in NUMBER.findall(re.sub(r"\]\([^)]*\)|\[@[^\]]*\]|\bL\d\b|\bC\d\d\b", " ", paragraph))
        if not is_known(number, sources)
    ]
    assert not strange


@pytest.mark.parametrize("path", TEACHING, ids=lambda path: path.stem)
def test_no_number_in_what_research_says_stands_without_its_source(path):
    text = path.read_text(encoding="utf-8")
    section = text.partition("## What research says")[2].partition("\n## ")[0]
    section = re.sub(r"```.*?```|\]\([^)]*\)|\bC\d\d\b|\bL\d\b", "", section, flags=re.DOTALL)
    assert not [part[:90] for part in re.split(r"\n\s*\n", section) if re.search(r"\d", part) and "[@" not in part]
