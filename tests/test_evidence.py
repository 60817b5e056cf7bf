"""The evidence: what an author reads when a file is wrong, and what a learner may rely on when it is right."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lumbar.course import LESSONS
from lumbar.errors import FaultyFile, UnknownName
from lumbar.evidence import cards, check, claim, sources, tables
from lumbar.evidence.claims import claims
from lumbar.evidence.references import references

NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\w])")
ESTIMATES = ("value", "effect", "difference", "percent", "default")
BASES = (1, 10, 100)  # what people are counted against: "1 in 10", "35 in 100"


class Author:
    """Writes one file of the evidence and reads the faults that loading it gives."""

    def __init__(self, folder: Path):
        self.folder = folder

    def writes(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def faults(self, load, name: str, text: str) -> list:
        path = self.writes(name, text)
        with pytest.raises(FaultyFile) as caught:
            load(path)
        assert all(fault.file.endswith(name) and fault.mend for fault in caught.value.faults)
        return [(fault.line, fault.where, fault.key) for fault in caught.value.faults]


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)


GOOD_ENTRY = """@article{lorenz1983,
  author = {Lorenz, M and Patwardhan, A and Vanderby, R},
  year = {1983},
  title = {Load-bearing characteristics of lumbar facets},
  journal = {Spine},
  pmid = {6857384},
}
"""

GOOD_TABLE = """# What it holds. From table 1 of the paper.
# low [MPa]: pressure
what,low,source,status
standing,0.5,wilke1999,verified
"""

GOOD_CLAIM = """claims:
  - id: C16
    says: Joints rub.
    lesson: "08"
    verdict: untested
    certainty: very low
    best_case: It could be.
    finding: Nobody looked.
    change: Somebody looks.
    sources: [lorenz1983]
"""


class TestAFaultyReference:
    """`references.bib`"""

    def test_a_whole_one_is_loaded(self, author):
        found = references(author.writes("a.bib", GOOD_ENTRY))["lorenz1983"]
        assert found.short == "Lorenz 1983"
        assert found.text.startswith("Lorenz M, Patwardhan A, Vanderby R. Load-bearing")
        assert found.url == "https://pubmed.ncbi.nlm.nih.gov/6857384/"

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("  title = {Load-bearing characteristics of lumbar facets},\n", "", (1, "lorenz1983", "title")),
            ("  year = {1983},\n", "", (1, "lorenz1983", "year")),
            ("{1983},\n", "{about 1983},\n", (3, "lorenz1983", "year")),
            ("{6857384}", "{~6857384}", (6, "lorenz1983", "pmid")),
            ("journal", "jornal", (5, "lorenz1983", "jornal")),
            ("{lorenz1983", "{Lorenz1983", (1, "Lorenz1983", "key")),
            ("  journal = {Spine},\n", "", (1, "lorenz1983", "journal")),
        ],
    )
    def test_the_fault_stands_where_it_is(self, author, old, new, fault):
        assert fault in author.faults(references, "a.bib", GOOD_ENTRY.replace(old, new))

    def test_a_missing_comma_is_found_on_its_line(self, author):
        assert [line for line, *_ in author.faults(references, "a.bib", GOOD_ENTRY.replace("{1983},", "{1983}"))] == [4]

    def test_two_with_one_key_point_at_the_second(self, author):
        assert author.faults(references, "a.bib", GOOD_ENTRY * 2) == [(8, "lorenz1983", "key")]

    def test_each_fault_is_told_and_nothing_is_loaded(self, author):
        text = GOOD_ENTRY.replace("{1983}", "{83}").replace("{6857384}", "{PMID 1}")
        assert len(author.faults(references, "a.bib", text)) == 2

    def test_a_file_that_is_no_text_is_refused(self, author):
        path = author.writes("a.bib", "")
        path.write_bytes(b"\xff\xfe@")
        with pytest.raises(FaultyFile, match="UTF-8"):
            references(path)


class TestAFaultyTable:
    """`data/*.csv`"""

    def test_a_whole_one_is_loaded_with_its_numbers(self, author):
        table = tables.load(author.writes("a.csv", GOOD_TABLE))
        assert table.rows == ({"what": "standing", "low": 0.5, "source": "wilke1999", "status": "verified"},)
        assert (table.units, table.columns["low"]) == ({"low": "MPa"}, [0.5])
        assert table.about == "What it holds. From table 1 of the paper."

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("# What it holds. From table 1 of the paper.\n", "", (1, "header", "")),
            ("# low [MPa]: pressure\n", "", (2, "header", "low")),
            ("wilke1999", "wilke1998", (4, "row 'standing'", "source")),
            ("verified", "remembered", (4, "row 'standing'", "status")),
            ("0.5,", "0,5,", (4, "row 'standing'", "")),
            ("0.5,", "half,", (4, "row 'standing'", "low")),
            (",status", "", (3, "header", "status")),
            ("what,", "low,", (3, "header", "low")),
        ],
    )
    def test_the_fault_stands_where_it_is(self, author, old, new, fault):
        assert fault in author.faults(tables.load, "a.csv", GOOD_TABLE.replace(old, new))

    def test_a_misspelt_source_offers_the_nearest(self, author):
        with pytest.raises(FaultyFile, match="Did you mean .*wilke1999"):
            tables.load(author.writes("a.csv", GOOD_TABLE.replace("wilke1999", "wilke199")))

    def test_an_unknown_table_offers_the_nearest(self):
        with pytest.raises(UnknownName, match="disc-pressure"):
            tables.table("disc-presure")


class TestAFaultyClaim:
    """`claims.yaml`"""

    def test_a_whole_one_is_loaded(self, author):
        assert claims(author.writes("a.yaml", GOOD_CLAIM))["C16"].verdict == "untested"

    @pytest.mark.parametrize(
        ("old", "new", "line", "key"),
        [
            ("untested", "debunked", 5, "verdict"),
            ("very low", "tiny", 6, "certainty"),
            ('"08"', '"09"', 4, "lesson"),
            ("lorenz1983", "lorenz1984", 10, "0"),
            ("    finding: Nobody looked.\n", "", 2, "finding"),
            ("sources: [lorenz1983]", "sources: []", 10, "sources"),
            ("change:", "chance:", 9, "chance"),
        ],
    )
    def test_the_fault_stands_where_it_is(self, author, old, new, line, key):
        assert (line, "C16", key) in author.faults(claims, "a.yaml", GOOD_CLAIM.replace(old, new))

    def test_two_with_one_id_point_at_the_second(self, author):
        twice = GOOD_CLAIM + GOOD_CLAIM.removeprefix("claims:\n")
        assert author.faults(claims, "a.yaml", twice) == [(11, "C16", "id")]

    def test_an_unknown_claim_offers_the_nearest(self):
        with pytest.raises(UnknownName, match="C16"):
            claim("C166")


class TestTheCoursesOwnEvidence:
    def test_no_file_has_a_fault(self):
        assert check() == []

    def test_every_claim_of_every_lesson_is_graded_and_no_other(self):
        assert list(claims()) == sorted(id for lesson in LESSONS for id in lesson.claims)
        assert len(claims()) == 23

    def test_nothing_marked_as_from_memory_got_in(self):
        folder = Path(tables.__file__).parent
        for path in [*folder.glob("data/*.csv"), folder / "claims.yaml", folder / "references.bib"]:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\bM-[HML]\b|\bM:(high|med|low)|from memory|~\d|\{~", text), path.name

    def test_an_interval_holds_its_estimate(self):
        for name, low, value, high in _intervals():
            assert low <= value <= high, name

    def test_a_table_agrees_with_the_numbers_that_may_be_quoted(self):
        quoted = {(row["source"], row["value"]) for row in tables.table("quoted").rows}
        shares = tables.table("facet-arthritis-by-age").rows + tables.table("facet-arthritis-by-level").rows
        assert {(row["source"], row["percent"]) for row in shares} <= quoted

    @pytest.mark.parametrize("id", claims())
    def test_every_number_a_claim_names_stands_in_the_tables_of_its_sources(self, id):
        cells = [cell for row in _rows_of(claims()[id].sources) for cell in row.values()]
        known = [*BASES, *(abs(cell) for cell in cells if isinstance(cell, float))]
        text = f"{claims()[id].best_case} {claims()[id].finding}"
        named = [number.replace(",", "") for number in NUMBER.findall(text)]
        strange = [n for n in named if not any(round(k, len(n.partition(".")[2])) == float(n) for k in known)]
        assert not strange

    def test_every_quoted_number_says_where_it_was_found(self):
        for row in tables.table("quoted").rows:
            assert re.fullmatch(r"[ABCD] [1-9]\d*", row["dossier"]), row["what"]
            assert any(row[key] is not None for key in ("value", "low", "high")), row["what"]

    def test_every_reference_can_be_told_from_the_others(self):
        shorts = [entry.short for entry in references().values()]
        assert len(set(shorts)) == len(shorts)


def _rows_of(sources):
    return [row for name in tables.names() for row in tables.table(name).rows if row["source"] in sources]


def _intervals():
    for name in tables.names():
        for row in tables.table(name).rows:
            value = next((row[key] for key in ESTIMATES if key in row), None)
            if None not in (value, row.get("low"), row.get("high")):
                yield f"{name}: {row}", row["low"], value, row["high"]


class TestWhatALearnerSees:
    def test_the_claim_alone_does_not_give_the_verdict_away(self):
        for id, entry in claims().items():
            shown = claim(id)
            assert entry.says in shown.text
            assert entry.finding not in shown.html + shown.text
            assert "certainty" not in shown.html + shown.text

    def test_the_best_case_is_told_before_the_finding(self):
        for id, entry in claims().items():
            text = claim(id, verdict=True).text
            assert text.index(entry.best_case) < text.index(entry.finding) < text.index("Verdict:")

    def test_parts_are_graded_one_by_one(self):
        text = claim("C16", verdict=True).text
        assert [text.count(f"- {part.says}") for part in claims()["C16"].parts] == [1, 1, 1]

    def test_sources_are_listed_once_in_order_with_their_links(self):
        shown = sources("C15", "C16", "wilke1999")
        lines = shown.text.splitlines()
        assert len(lines) == len({*claims()["C15"].sources, *claims()["C16"].sources})
        assert lines == [f"{i}. {line.split('. ', 1)[1]}" for i, line in enumerate(lines, 1)]
        assert 'href="https://doi.org/10.1097/00007632-199904150-00005"' in shown.html

    def test_a_source_that_is_neither_claim_nor_reference_offers_the_nearest(self):
        with pytest.raises(UnknownName, match="lorenz1983"):
            sources("lorenz1938")

    def test_every_card_is_whole_html_without_ids_that_clash(self):
        for html in [claim(id, verdict=True).html for id in claims()] + [sources(*claims()).html]:
            page = Page()
            page.feed(html)
            assert page.open == [] and len(page.ids) == len(set(page.ids))

    def test_verdict_colours_can_be_read(self):
        for ink, paper in cards.TAGS.values():
            assert contrast(ink, paper) >= 7


class Page(HTMLParser):
    """Collects ids, and the tags that were opened and not closed."""

    def __init__(self):
        super().__init__()
        self.open, self.ids = [], []

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.ids += [value for name, value in attributes if name == "id"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
