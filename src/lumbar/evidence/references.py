"""Read `references.bib`: who found what, where it can be looked up, and how the course names it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from pybtex.bibtex.utils import split_name_list
from pybtex.database import InvalidNameString, Person
from pybtex.database.input.bibtex import LowLevelParser
from pybtex.scanner import PybtexSyntaxError
from pydantic import AfterValidator

from lumbar.errors import Fault, FaultyFile, shown, unknown

BIB = Path(__file__).parent / "references.bib"

NEEDED = ("author", "title", "year")
PLACE = ("journal", "booktitle", "publisher", "institution", "howpublished")
FIELDS = {*NEEDED, *PLACE, "volume", "number", "pages", "doi", "pmid", "pmcid", "url", "note", "shortauthor"}
FORMS = {
    "year": (r"\d{4}", "four digits, such as 1983"),
    "doi": (r"10\.\d{4,9}/\S+", "a bare DOI, such as 10.1136/bmj.l689"),
    "pmid": (r"\d{1,8}", "digits only, such as 6857384"),
    "pmcid": (r"PMC\d+", "PMC and digits, such as PMC5021904"),
    "url": (r"https://\S+", "an address that starts with https://"),
}
KEY = re.compile(r"[a-z]+\d{4}[a-z]?")
MOST_AUTHORS = 6
person = cache(Person)  # each name is looked at three times, and taking it apart is slow


@dataclass(frozen=True)
class Reference:
    """One source. `short` names it in prose ("Lorenz 1983"), `text` is the full line, `url` leads to it, if known."""

    key: str
    short: str
    text: str
    url: str | None


@dataclass(frozen=True)
class Entry:
    """One entry as it stands in the file; `lines` maps each field to its line, "" to the first line."""

    key: str
    fields: dict[str, str]
    lines: dict[str, int]


@cache
def references(path: Path = BIB) -> dict[str, Reference]:
    """All references by key, in the order of the file.

    Raises `FaultyFile` with every fault of the file, and loads none of it then.
    """
    entries, faults = _read(path)
    for entry in entries:
        faults += [Fault(shown(path), line, entry.key, *rest) for line, *rest in _wrong(entry)]
    faults += _twice(path, entries)
    if faults:
        raise FaultyFile(faults)
    return {entry.key: Reference(entry.key, _short(entry), _line(entry), _url(entry)) for entry in entries}


def reference(key: str) -> Reference:
    """The reference of that key; `UnknownName` where there is none."""
    if key not in references():
        raise unknown("reference", key, references())
    return references()[key]


def known(key: str) -> str:
    """The key itself, for pydantic to check; a `ValueError` that says how to mend it where no reference has it."""
    if key not in references():
        offer = str(unknown("reference", key, references()))
        raise ValueError(f"{offer} -> Use a key of references.bib, or add the reference there.")
    return key


Source = Annotated[str, AfterValidator(known)]


def _read(path: Path) -> tuple[list[Entry], list[Fault]]:
    faults: list[Fault] = []

    def note(error: PybtexSyntaxError) -> None:
        where = parser.current_entry_key or "file"
        mend = "Check braces, commas and quotes there and just above."
        faults.append(Fault(shown(path), error.lineno or 1, where, parser.current_field_name or "", _said(error), mend))

    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise FaultyFile([Fault(shown(path), 1, "file", "", "it is not UTF-8 text", "Save it as UTF-8.")]) from error
    parser = LowLevelParser(text, handle_error=note)
    return list(_entries(parser, faults)), faults


def _said(error: PybtexSyntaxError) -> str:
    return "it cannot be read as BibTeX: " + str(error).split(": ", 1)[-1]


def _entries(parser: LowLevelParser, faults: list[Fault]) -> Iterator[Entry]:
    """The entries that could be read whole; the parser reports the others to `faults`."""
    before = 0
    for _, body in parser:
        start, whole = parser.command_start, len(faults) == before
        before = len(faults)
        if whole and len(body) == 2 and isinstance(body[1], list):
            key, fields = body
            source = parser.text[start : parser.pos]
            first = parser.text.count("\n", 0, start) + 1
            lines = {name.lower(): first + _line_of(name, source) for name, _ in fields} | {"": first}
            yield Entry(key, {name.lower(): " ".join("".join(value).split()) for name, value in fields}, lines)


def _line_of(field: str, source: str) -> int:
    found = re.search(rf"[{{,]\s*({re.escape(field)})\s*=", source)
    return source.count("\n", 0, found.start(1)) if found else 0


def _wrong(entry: Entry) -> Iterator[tuple[int, str, str, str]]:
    """(line, key, problem, mend) of everything wrong in one entry."""
    if not KEY.fullmatch(entry.key):
        yield entry.lines[""], "key", "the key is not name and year", "Write it like lorenz1983 or flor1992b."
    for field in NEEDED:
        if not entry.fields.get(field):
            yield entry.lines[""], field, f"it has no {field}", "Add the field."
    if not any(entry.fields.get(field) for field in PLACE):
        yield entry.lines[""], "journal", "it does not say where it appeared", f"Add one of: {', '.join(PLACE)}."
    for field, value in entry.fields.items():
        line = entry.lines[field]
        if field not in FIELDS:
            yield line, field, "no reference has this field", "Take the field out, or check its spelling."
        elif field in FORMS and not re.fullmatch(FORMS[field][0], value):
            yield line, field, f"{value!r} is not a {field}", f"Write {FORMS[field][1]}, or leave the field out."
    yield from _nameless(entry)


def _nameless(entry: Entry) -> Iterator[tuple[int, str, str, str]]:
    for name in split_name_list(entry.fields.get("author", "")):
        try:
            surname = person(name).last_names
        except InvalidNameString:
            surname = []
        if not surname:
            mend = "Write Family, Initials; join with “and”."
            yield entry.lines["author"], "author", f"{name!r} is not a name", mend


def _twice(path: Path, entries: list[Entry]) -> list[Fault]:
    first: dict[str, int] = {}
    faults = []
    for entry in entries:
        if entry.key in first:
            problem = f"the key stands twice, first on line {first[entry.key]}"
            faults.append(Fault(shown(path), entry.lines[""], entry.key, "key", problem, "Keep one, or rename one."))
        first.setdefault(entry.key, entry.lines[""])
    return faults


def _names(entry: Entry) -> list[tuple[str, str]]:
    """(family name, initials) of each author."""
    people = (person(name) for name in split_name_list(entry.fields["author"]))
    return [(" ".join(p.prelast_names + p.last_names).strip("{}"), " ".join(p.first_names)) for p in people]


def _short(entry: Entry) -> str:
    families = [family for family, _ in _names(entry)]
    name = entry.fields.get("shortauthor") or " & ".join(families if len(families) == 2 else families[:1])
    letter = entry.key[-1] if entry.key[-1].isalpha() else ""
    return f"{name.removesuffix(' & others')} {entry.fields['year']}{letter}"


def _line(entry: Entry) -> str:
    fields = entry.fields
    issue = f"({fields['number']})" if "number" in fields else ""
    place = next(fields[field] for field in PLACE if field in fields)
    numbers = f";{fields['volume']}{issue}" if "volume" in fields else f";{issue}" if issue else ""
    pages = f":{fields['pages'].replace('--', '–')}" if "pages" in fields else ""
    note = f" {fields['note']}." if "note" in fields else ""
    title = fields["title"].strip("{}").rstrip(".")
    return f"{_authors(entry)}. {title}. {place} {fields['year']}{numbers}{pages}.{note}"


def _authors(entry: Entry) -> str:
    names = [f"{family} {initials}".strip() for family, initials in _names(entry)]
    if len(names) > MOST_AUTHORS:
        names = [*names[:3], "others"]
    return ", ".join(names[:-1]) + " and others" if names[-1] == "others" else ", ".join(names)


def _url(entry: Entry) -> str | None:
    fields = entry.fields
    if "doi" in fields:
        return "https://doi.org/" + quote(fields["doi"], safe="/:;()")
    if "pmid" in fields:
        return f"https://pubmed.ncbi.nlm.nih.gov/{fields['pmid']}/"
    if "pmcid" in fields:
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{fields['pmcid']}/"
    return fields.get("url")
