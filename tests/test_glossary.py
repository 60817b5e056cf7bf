"""The glossary: every term once, from A to Z, and within reach of every lesson."""

import re

import pytest

from lumbar import course, lesson

PAGE = course.folder("lessons") / f"{course.GLOSSARY}.md"
TERMS = re.findall(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
TEACHING = [path for path in lesson.paths() if path.stem not in lesson.OTHER_SHAPES]


def test_each_term_stands_once_in_the_order_of_the_alphabet():
    assert sorted(set(TERMS), key=str.casefold) == TERMS


@pytest.mark.parametrize("path", TEACHING, ids=lambda path: path.stem)
def test_a_lesson_links_its_new_terms(path):
    assert len(set(re.findall(r"\(glossary\.ipynb#([\w-]+)\)", path.read_text(encoding="utf-8")))) >= 2


@pytest.mark.parametrize("path", [path for path in lesson.paths() if path != PAGE], ids=lambda path: path.stem)
def test_every_page_ends_with_a_way_to_it(path):
    assert f"[Glossary]({course.GLOSSARY}.ipynb)" in lesson.compose(path).cells[-1].source
