"""A lesson as its author wrote it: `lessons/NN-name.md`, checked, and turned into a notebook that has not been run."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import nbformat
from jupytext.myst import MystMetadataParsingError, myst_to_notebook

from lumbar import course
from lumbar.errors import Fault, FaultyFile, UnknownName, shown, unknown

SECTIONS = (
    "What do you think?",
    "The document says",
    "How it would work",
    "Try it",
    "What research says",
    "Check yourself",
    "In a group",
    "Key points",
    "Sources",
    "In Python",
)
OTHER_SHAPES = {"00-start-here", "13-final-quiz", *course.ASIDE}  # these teach no claim of their own
MOST_LINES = 3
HEADING = re.compile(r"^(#{1,4}) +(.+?) *$", re.MULTILINE)
CITATION = re.compile(r"\[@([\w-]+(?:; *@[\w-]+)*)\]")
LINK = re.compile(r"\]\((?P<file>[\w-]*\.ipynb)?(?:#(?P<heading>[^)\s]+))?\)")


@dataclass(frozen=True)
class Cell:
    """One cell: `kind` is "markdown" or "code", `line` the line of the lesson on which it begins."""

    kind: str
    source: str
    line: int

    def line_of(self, position: int) -> int:
        """The line of the lesson for a position in the cell's text."""
        return self.line + self.source.count("\n", 0, position)


@dataclass
class Text:
    """A lesson's file, read. `fault` collects; nothing is raised before the whole lesson has been looked at."""

    path: Path
    cells: list[Cell]
    faults: list[Fault] = field(default_factory=list)

    @property
    def headings(self) -> list[str]:
        """The headings of all levels, in order, as they are written."""
        prose = (cell.source for cell in self.cells if cell.kind == "markdown")
        return [match[2] for source in prose for match in HEADING.finditer(source)]

    def fault(self, line: int, key: str, problem: str, mend: str) -> None:
        """Remember one thing that is wrong."""
        self.faults.append(Fault(shown(self.path), line, "lesson", key, problem, mend))


def paths() -> list[Path]:
    """The lessons that are written, in the order of the course, and the pages beside them."""
    names = (*(entry.file for entry in course.LESSONS), *course.ASIDE)
    return [path for name in names if (path := course.folder("lessons") / f"{name}.md").exists()]


def read(path: Path) -> Text:
    """The lesson's cells with their lines; `FaultyFile` where the file is not text that jupytext can read."""
    try:
        written = path.read_text(encoding="utf-8")
        notebook = myst_to_notebook(written, add_source_map=True)
    except (UnicodeDecodeError, MystMetadataParsingError, nbformat.ValidationError, ValueError) as error:
        said = str(error).splitlines()[0]
        mend = "Save it as UTF-8 and compare its first lines and its code cells with another lesson."
        raise FaultyFile([Fault(shown(path), 1, "lesson", "", f"it cannot be read: {said}", mend)]) from error
    begins = [_begin(written.splitlines(), mapped) for mapped in notebook.metadata.pop("source_map")]
    return Text(path, [Cell(cell.cell_type, cell.source, line) for cell, line in zip(notebook.cells, begins)])


def compose(path: Path) -> nbformat.NotebookNode:
    """The lesson as a notebook ready to be executed.

    Raises `FaultyFile` with one fault for each unknown name, dead link, over-long cell or missing section.
    """
    text = read(path)
    check(text)
    if text.faults:
        raise FaultyFile(text.faults)
    notebook = nbformat.v4.new_notebook(metadata=METADATA)
    names = _Names()
    for cell in text.cells:
        if cell.kind == "code":
            folded = {"jupyter": {"source_hidden": True}}
            notebook.cells.append(nbformat.v4.new_code_cell(cell.source, id=names.code(cell.source), metadata=folded))
        else:
            source = LINK.sub(_link_in_notebook(text), CITATION.sub(_cite, cell.source))
            notebook.cells.append(nbformat.v4.new_markdown_cell(source, id=names.prose(cell.source)))
    notebook.cells.append(nbformat.v4.new_markdown_cell(_way_on(path), id="way-on"))
    return notebook


METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def check(text: Text) -> None:
    """Look at the whole lesson and leave each fault in `text.faults`."""
    _check_sections(text)
    for cell in text.cells:
        if cell.kind == "code":
            _check_code(text, cell)
        else:
            _check_citations(text, cell)
            _check_links(text, cell)
    _check_sources(text)


def calls(cell: Cell) -> Iterator[tuple[str, ast.Call]]:
    """The verbs that a code cell calls, each with its call."""
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _known():
            yield node.func.id, node


def _known() -> dict[str, Callable[[], Iterable[str]]]:
    from lumbar.evidence.claims import claims
    from lumbar.evidence.references import references
    from lumbar.explore import names as explorers
    from lumbar.figures import names as figures
    from lumbar.quiz.items import names as quizzes

    return {
        "claim": claims,
        "sources": lambda: [*claims(), *references()],
        "explore": explorers,
        "figure": figures,
        "quiz": quizzes,
        "key": quizzes,
    }


def _check_sections(text: Text) -> None:
    if not text.cells or not text.cells[0].source.startswith("# "):
        text.fault(1, "title", "the lesson does not begin with its title", "Begin with a line “# Title”.")
    if text.path.stem in OTHER_SHAPES:
        return
    found = [heading for heading in text.headings if heading in SECTIONS]
    for missing in (section for section in SECTIONS if section not in found):
        text.fault(1, missing, f"the section “{missing}” is missing", f"Add “## {missing}” in its place.")
    if len(found) == len(SECTIONS) and found != list(SECTIONS):
        text.fault(1, "sections", "the sections stand in another order", f"Order them: {', '.join(SECTIONS)}.")


def _check_code(text: Text, cell: Cell) -> None:
    try:
        ast.parse(cell.source)
    except SyntaxError as error:
        text.fault(cell.line + (error.lineno or 1) - 1, "code", f"it is not Python: {error.msg}", "Mend the cell.")
        return
    if cell.source.strip().count("\n") >= MOST_LINES:
        mend = "Move the logic into the package and call it here."
        text.fault(cell.line, "code", f"a cell has at most {MOST_LINES} lines", mend)
    for verb, call in calls(cell):
        for argument in call.args:
            _check_name(text, cell.line + call.lineno - 1, verb, argument)


def _check_name(text: Text, line: int, verb: str, argument: ast.expr) -> None:
    names = list(_known()[verb]())
    if isinstance(argument, ast.Constant) and argument.value not in names:
        text.fault(line, verb, *_sentences(unknown(verb, argument.value, names)))


def _check_citations(text: Text, cell: Cell) -> None:
    from lumbar.evidence.references import references

    for match in CITATION.finditer(cell.source):
        for key in _keys(match):
            if key not in references():
                line = cell.line_of(match.start())
                text.fault(line, f"@{key}", *_sentences(unknown("reference", key, references())))


def _check_sources(text: Text) -> None:
    """Whatever the prose cites stands in the lesson's list of sources."""
    from lumbar.evidence.claims import claims
    from lumbar.evidence.references import references

    shown_names = [
        (argument.value, cell.line)
        for cell in text.cells
        if cell.kind == "code" and _parses(cell)
        for verb, call in calls(cell)
        if verb == "sources"
        for argument in call.args
    ]
    known = claims()
    listed = {key for name, _ in shown_names for key in (known[name].sources if name in known else [name])}
    cited = {key for cell in text.cells for match in CITATION.finditer(cell.source) for key in _keys(match)}
    if missing := sorted(cited & set(references()) - listed):
        line = max((line for _, line in shown_names), default=1)
        text.fault(line, "sources", f"cited, but not listed: {', '.join(missing)}", "Add them to the call of `sources`.")


def _parses(cell: Cell) -> bool:
    try:
        ast.parse(cell.source)
    except SyntaxError:
        return False
    return True


def _check_links(text: Text, cell: Cell) -> None:
    for match in LINK.finditer(cell.source):
        try:
            _target(text, match)
        except UnknownName as error:
            text.fault(cell.line_of(match.start()), "link", *_sentences(error))


def _sentences(error: UnknownName) -> tuple[str, str]:
    problem, _, mend = str(error).partition(". ")
    return problem[:1].lower() + problem[1:], mend


def _target(text: Text, match: re.Match) -> str:
    """Where a link leads in a notebook; `UnknownName` where there is no such lesson or heading."""
    file, heading = match["file"] or "", match["heading"]
    lessons = {path.with_suffix(".ipynb").name: path for path in paths()}
    if file and file not in lessons:
        raise unknown("lesson", file, lessons)
    if not heading:
        return file
    there = _headings(lessons[file], lessons[file].stat().st_mtime_ns) if file else text.headings
    headings = {_slug(entry): entry for entry in there}
    if heading not in headings:
        raise unknown("heading", heading, headings)
    return f"{file}#{headings[heading].replace(' ', '-')}"  # JupyterLab keeps a heading's capitals in its anchor


@cache
def _headings(path: Path, changed: int) -> list[str]:
    """The headings of a lesson that links lead to; read once, until it has changed."""
    return read(path).headings


def _link_in_notebook(text: Text) -> Callable[[re.Match], str]:
    return lambda match: f"]({_target(text, match)})"


def _keys(citation: re.Match) -> list[str]:
    return [key.strip().removeprefix("@") for key in citation[1].split(";")]


def _cite(citation: re.Match) -> str:
    from lumbar.evidence.references import references

    known = (references()[key] for key in _keys(citation))
    return f"({'; '.join(f'[{entry.short}]({entry.url})' if entry.url else entry.short for entry in known)})"


def _way_on(path: Path) -> str:
    """The last cell of each page: to the lesson before, the next one, to help and to the glossary."""
    written = [entry for entry in course.LESSONS if (path.parent / f"{entry.file}.md").exists()]
    here = next((i for i, entry in enumerate(written) if entry.file == path.stem), None)
    before, after = ([], []) if here is None else (written[:here][-1:], written[here + 1 :][:1])
    ways = [f"← [{entry.title}]({entry.file}.ipynb)" for entry in before]
    ways.append("[When to get help now](00-start-here.ipynb#When-to-get-help-now)")
    if path.stem != course.GLOSSARY:
        ways.append(f"[Glossary]({course.GLOSSARY}.ipynb)")
    ways += [f"[{entry.title}]({entry.file}.ipynb) →" for entry in after]
    return "---\n\n" + " · ".join(ways)


def _begin(lines: list[str], mapped: int) -> int:
    """The line, from 1, on which a cell's text begins: the source map, from 0, may point at blank lines before it."""
    return next(i for i in range(mapped, len(lines)) if lines[i].strip()) + 1


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


class _Names:
    """Readable cell ids, each once in a notebook: after the call of a code cell, after the heading of a text."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.heading = "start"

    def code(self, source: str) -> str:
        return self._free(re.sub(r"[^A-Za-z0-9]+", "-", source.splitlines()[-1]).strip("-"))

    def prose(self, source: str) -> str:
        if match := HEADING.search(source):
            self.heading = _slug(match[2])
        return self._free(self.heading)

    def _free(self, name: str) -> str:
        name, count = name[:56].strip("-") or "cell", 1
        while (free := name if count == 1 else f"{name}-{count}") in self.taken:
            count += 1
        self.taken.add(free)
        return free
