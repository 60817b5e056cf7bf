"""What the cells of the lessons showed when the course was built: the wheel carries the built notebooks.

A browser's own Python has few of the packages that the course is made with. There, `stand_in` lets the verbs answer
from what was saved, and `lumbar.missing` speaks for the cells that cannot be run.
"""

import ast
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, wraps
from html import escape
from typing import Any

from lumbar import course
from lumbar.output import VIEW, WIDGET_STATE, Output

NAMES = {"numpy": "NumPy", "matplotlib": "Matplotlib", "yaml": "PyYAML"}


def stand_in() -> None:
    """Let the verbs of lessons, and the cells of the notebook that runs this Python, answer from what was saved."""
    import lumbar
    from lumbar import missing, review

    for module, names in ((lumbar, lumbar.__all__), (review, ("results", "review", "plan"))):
        for name in names:
            setattr(module, name, saved_first(getattr(module, name)))
    missing.listen()


def saved_first(verb: Callable[..., Any]) -> Callable[..., Any]:
    """The verb, but it looks first whether a lesson has this very call; where a package is missing, it says so."""

    @wraps(verb)
    def answer(*args, **kwargs) -> Any:
        given = [*map(repr, args), *(f"{name}={value!r}" for name, value in kwargs.items())]
        call = f"{verb.__name__}({', '.join(given)})"
        if found := cells().get(plain(ast.parse(call))):
            return found.shown()
        try:
            return verb(*args, **kwargs)
        except ModuleNotFoundError as error:
            return sentence(f"{call} needs {title(error.name or '')}, which this Python does not have.")

    return answer


@dataclass(frozen=True)
class Saved:
    """What one cell showed: `data` by MIME type, and the `widgets` of its notebook by id."""

    data: dict[str, Any]
    widgets: dict[str, dict[str, Any]]

    @property
    def output(self) -> Output:
        """The readable form."""
        text = "".join(self.data["text/plain"])
        return Output("".join(self.data.get("text/html", f"<pre>{escape(text)}</pre>")), text)

    def shown(self) -> Any:
        """The same again: the widget, where it was one."""
        return _widget(self.data[VIEW]["model_id"]) if VIEW in self.data else self.output


@cache
def cells() -> dict[str, Saved]:
    """Each cell of the built notebooks that shows something, by its `plain` code."""
    files = sorted(course.folder("notebooks").glob("*.ipynb"))
    return dict(cell for file in files for cell in _cells_of(json.loads(file.read_bytes())))


def _cells_of(notebook: dict) -> Iterator[tuple[str, Saved]]:
    widgets = notebook["metadata"].get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            yield plain(ast.parse("".join(cell["source"]))), Saved(output["data"], widgets)


def plain(code: ast.Module) -> str:
    """Code as Python itself would write it, so that quotes and spaces make no difference."""
    return ast.unparse(code)


@cache
def _widget(model: str) -> Any:
    """The one widget of that id in this kernel, however often it is shown."""
    from lumbar.revived import RevivedWidget

    saved = next(saved for saved in cells().values() if saved.data.get(VIEW, {}).get("model_id") == model)
    return RevivedWidget(model, saved.widgets, saved.output)


def title(package: str) -> str:
    """How a package is called in a sentence."""
    name = package.partition(".")[0]
    return NAMES.get(name, name)


def sentence(text: str) -> Output:
    """One sentence as an output."""
    return Output(f"<p>{escape(text)}</p>", text)
