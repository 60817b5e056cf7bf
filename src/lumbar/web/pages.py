"""A built notebook as Sphinx is to read it: each widget a place to mount it, each plate a file, each quiz also on paper."""

import base64
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lumbar.output import VIEW, WIDGET_STATE
from lumbar.quiz import paper
from lumbar.quiz.items import Quiz, load

IMAGES = "_images"
CALL = re.compile(r'^(figure|explore|quiz)\("([\w-]+)"')
KEY = re.compile(r"^key\(")
EMBEDDED = re.compile(r'src="data:image/svg\+xml;base64,([^"]+)"')
VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
KINDS = {"items": "quiz", "explorer": "explore", "view": "review"}  # by the trait that only this kind has
HOST_ONLY = {"code", "layout", "outbox", "kept", "tooltip", "tabbable"}  # what a page has no use for


@dataclass
class Page:
    """One page: the notebook for Sphinx, the pictures it shows (file name → SVG), and the saved state of its widgets.

    `folded` holds what Sphinx is not to read, so that its search cannot tell it: answers, by the place to put them.
    """

    name: str
    notebook: dict[str, Any]
    pictures: dict[str, str] = field(default_factory=dict)
    widgets: dict[str, dict] = field(default_factory=dict)
    quizzes: list[Quiz] = field(default_factory=list)
    folded: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The answers to its quizzes as HTML; "" where it has none."""
        return paper.key(self.quizzes) if self.quizzes else ""


def page(path: Path) -> Page:
    """The page of that built notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    saved = notebook["metadata"].pop("widgets", {}).get(WIDGET_STATE, {"state": {}})["state"]
    made = Page(path.stem, notebook)
    cells = [_cell(made, cell, saved) for cell in notebook["cells"]]
    notebook["cells"] = [cell for cell in cells if cell]
    return made


def _cell(made: Page, cell: dict, saved: dict) -> dict | None:
    """The cell as the page shows it; none where the page has it elsewhere, or where it shows nothing."""
    if cell["cell_type"] == "markdown":
        return None if cell["id"] == "way-on" else cell
    hidden = cell["metadata"].get("jupyter", {}).get("source_hidden")
    if hidden and not cell["outputs"]:
        return None
    has_html = any("text/html" in output["data"] for output in cell["outputs"])  # else the code is what it is about
    cell["metadata"] = {"tags": ["remove-input"]} if hidden and has_html else {}
    for output in cell["outputs"]:
        output["data"] = _data(made, "".join(cell["source"]), output["data"], saved)
    return cell


def _data(made: Page, source: str, data: dict, saved: dict) -> dict:
    """What the page shows of an output: its HTML, or its text where it has none."""
    if "text/html" not in data:
        return {"text/plain": data["text/plain"]}
    html = _with_files(made, source, "".join(data["text/html"]))
    if KEY.match(source):
        html = _kept_back(made, html)
    if VIEW in data:
        html = _mount(made, data[VIEW]["model_id"], html, saved)
    return {"text/html": html}


def _kept_back(made: Page, html: str) -> str:
    """The place where those answers come in; the search's extracts leave out what has the class headerlink."""
    place = f'<div data-folded="{len(made.folded)}"></div>'
    made.folded[place] = html.replace('class="lumbar-answers"', 'class="lumbar-answers headerlink"')
    return place


def _with_files(made: Page, source: str, html: str) -> str:
    """The pictures in that HTML as files, which are fetched when they come into view."""
    call = CALL.match(source)

    def file(found: re.Match) -> str:
        svg = base64.b64decode(found[1]).decode()
        name = f"{call[2]}.svg" if call[1] == "figure" else f"{call[1]}-{call[2]}.svg"
        made.pictures[name] = svg
        width, height = (round(float(side)) for side in VIEW_BOX.search(svg).groups())
        return f'src="{IMAGES}/{name}" width="{width}" height="{height}" loading="lazy"'

    return EMBEDDED.sub(file, html)


def _mount(made: Page, model: str, html: str, saved: dict) -> str:
    """A place for the widget, with its readable version for paper and for browsers without scripts."""
    state = {name: value for name, value in saved[model]["state"].items() if name[0] != "_" and name not in HOST_ONLY}
    kind = next(KINDS[name] for name in KINDS if name in state)
    if kind == "quiz":
        html = _on_paper(made, load(state["quiz"]))
    made.widgets[model] = {"kind": kind, "state": {name: state[name] for name in state if not _is_code(state[name])}}
    return (
        f'<div class="lumbar-widget" data-widget="{model}"><div class="lumbar-live"></div>'
        f'<div class="lumbar-paper">{html}</div></div>'
    )


def _on_paper(made: Page, quiz: Quiz) -> str:
    made.quizzes.append(quiz)
    made.pictures |= paper.plates([quiz])
    return paper.questions(quiz)


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("IPY_MODEL_")


def anchor(title: str) -> str:
    """A heading's anchor as JupyterLab makes it: the lessons' links are written for both."""
    return title.replace(" ", "-")


LISTED = re.compile(r"^- \[(.+)\]\(.+\.svg\)$", re.MULTILINE)
PICTURE = re.compile(r"^(!\[.*\]\((.+\.svg)\))$", re.MULTILINE)


def gallery(path: Path) -> str:
    """The gallery of `lumbar figures` as a page: its list leads to each plate, and each plate to its file."""
    text = LISTED.sub(lambda found: f"- [{found[1]}](<#{anchor(found[1])}>)", path.read_text(encoding="utf-8"))
    return PICTURE.sub(rf'\1\n\n<a href="{IMAGES}/\2">The picture alone, to save or print</a>', text)
