"""An author makes a mistake in a lesson: what they are told, and that nothing is built from it."""

from pathlib import Path

import pytest

from lumbar import lesson
from lumbar.errors import FaultyFile

HEAD = "---\nkernelspec:\n  display_name: Python 3\n  language: python\n  name: python3\n---\n\n"
BONES = "\n\n".join(f"## {section}\n\nSome words." for section in lesson.SECTIONS)


class Author:
    """Writes `lessons/01-your-lower-back.md` into a folder of their own and has it checked."""

    def __init__(self, folder: Path):
        self.path = folder / "01-your-lower-back.md"

    def writes(self, body: str, title: str = "# Your lower back\n\n") -> list[str]:
        self.path.write_text(HEAD + title + body + "\n", encoding="utf-8")
        try:
            lesson.compose(self.path)
        except FaultyFile as error:
            return [str(fault) for fault in error.faults]
        return []


@pytest.fixture
def author(tmp_path) -> Author:
    return Author(tmp_path)


def code(source: str) -> str:
    return f"\n\n```{{code-cell}} ipython3\n{source}\n```\n"


def test_a_sound_lesson_has_no_fault(author):
    assert author.writes(BONES + code('claim("C16")')) == []


def test_a_figure_that_does_not_exist_offers_the_nearest(author):
    (fault,) = author.writes(BONES + code('figure("motion-segmnt")'))
    line = author.path.read_text().splitlines().index('figure("motion-segmnt")') + 1
    assert f":{line}: lesson, figure:" in fault and "motion-segment" in fault


def test_each_fault_is_told_once_and_all_are_told_together(author):
    faults = author.writes(BONES + code('quiz("nothing")') + code('claim("C99")') + "\nSee [@nobody1900].")
    assert len(faults) == 3
    assert ["quiz" in fault or "claim" in fault or "@nobody1900" in fault for fault in faults] == [True] * 3


def test_a_missing_section_is_named(author):
    (fault,) = author.writes(BONES.replace("## Try it", "## Try that"))
    assert "“Try it” is missing" in fault


def test_sections_in_another_order_are_told(author):
    swapped = BONES.replace("## Try it", "## X").replace("## Key points", "## Try it").replace("## X", "## Key points")
    assert "another order" in author.writes(swapped)[0]


def test_a_lesson_without_a_title_is_told(author):
    assert "does not begin with its title" in author.writes(BONES, title="")[0]


def test_a_long_cell_is_told(author):
    (fault,) = author.writes(BONES + code("a = 1\nb = 2\nc = 3\nd = 4"))
    assert "at most 3 lines" in fault


def test_a_cell_that_is_not_python_is_told_with_its_line(author):
    (fault,) = author.writes(BONES + code("a = 1\nfigure("))
    assert f":{author.path.read_text().splitlines().index('figure(') + 1}:" in fault


def test_a_link_to_a_heading_that_is_not_there_is_told(author):
    (fault,) = author.writes(BONES + "\n\n[help](00-start-here.ipynb#when-to-get-hlp)")
    assert "when-to-get-help-now" in fault


def test_a_link_to_a_lesson_that_is_not_written_is_told(author):
    (fault,) = author.writes(BONES + "\n\n[later](99-never.ipynb)")
    assert "There" in fault or "99-never" in fault


def test_a_file_that_is_not_text_is_told(author):
    author.path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FaultyFile, match="cannot be read"):
        lesson.compose(author.path)


def test_a_head_that_lacks_something_is_told(author):
    author.path.write_text("---\nkernelspec:\n  name: python3\n---\n\n# Your lower back\n", encoding="utf-8")
    with pytest.raises(FaultyFile, match="display_name"):
        lesson.compose(author.path)


def test_a_citation_becomes_a_linked_short_name(author):
    assert author.writes(BONES + "\n\nIt stayed the same [@lorenz1983]." + code('sources("lorenz1983")')) == []
    prose = "".join(cell.source for cell in lesson.compose(author.path).cells if cell.cell_type == "markdown")
    assert "[Lorenz" in prose and "[@" not in prose


def test_a_source_that_is_cited_and_not_listed_is_told(author):
    (fault,) = author.writes(BONES + "\n\nIt stayed the same [@lorenz1983]." + code('sources("C15")'))
    assert "cited, but not listed: lorenz1983" in fault


def test_cell_ids_are_readable_and_never_twice(author):
    author.writes(BONES + code('claim("C16")') + code('claim("C16")'))
    ids = [cell.id for cell in lesson.compose(author.path).cells]
    assert "claim-C16" in ids and "claim-C16-2" in ids and len(ids) == len(set(ids))
