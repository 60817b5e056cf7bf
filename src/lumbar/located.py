"""Read YAML and remember on which line each key stands, so that an error can point at it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from lumbar.errors import Fault, FaultyFile, shown

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Key = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Document:
    """YAML data with the line of each key: `lines[("items", 3, "ask")]` is where item 3's question stands."""

    path: Path
    data: Any
    lines: dict[Key, int]

    def line(self, key: Key) -> int:
        """The line of the key, or of the nearest thing around it that stands in the file."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def fault(self, key: Key, problem: str, mend: str) -> Fault:
        """A fault at that key; `where` becomes the id of the entry around it."""
        return Fault(shown(self.path), self.line(key), self._owner(key), str(key[-1]) if key else "", problem, mend)

    def _owner(self, key: Key) -> str:
        owner, node = "", self.data
        for part in key:
            try:
                node = node[part]
            except (KeyError, IndexError, TypeError):
                break
            if isinstance(node, dict) and "id" in node:
                owner = str(node["id"])
        return owner or (str(key[0]) if key else "")


def read(path: Path) -> Document:
    """Read one YAML file.

    Raises `FaultyFile` when the file is not UTF-8 or not YAML, or when a key stands twice.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=Loader)
    except UnicodeDecodeError as error:
        raise FaultyFile([Fault(shown(path), 1, "file", "", "it is not UTF-8 text", "Save it as UTF-8.")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read as YAML"
        mend = "Check the indentation, the quotes and the colons just above that line."
        raise FaultyFile([Fault(shown(path), mark.line + 1 if mark else 1, "file", "", problem, mend)]) from error
    if root is None:
        return Document(path, {}, {})
    document = Document(path, _plain(root), {key: node.start_mark.line + 1 for key, node in _walk(root)})
    twice = [
        document.fault((*key, name), f"the key {name!r} stands twice", "Keep one of the two.")
        for key, node in _walk(root)
        if isinstance(node, yaml.MappingNode)
        for name in _repeated([child.value for child, _ in node.value])
    ]
    if twice:
        raise FaultyFile(twice)
    return document


def check(document: Document, model: type[Model]) -> Model:
    """The document as a `model`, or `FaultyFile` with one fault for each thing that the model refuses."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise FaultyFile(_fault(document, entry) for entry in error.errors()) from error


MENDS = {
    "missing": "Add this key.",
    "extra_forbidden": "Take the key out, or check its spelling.",
    "string_type": "Write it as text; put it in quotes if it looks like a number.",
    "literal_error": "Use one of the words listed.",
    "value_error": "See the rule named here.",
}


def _fault(document: Document, entry: Any) -> Fault:
    # Pydantic puts the tag of a union into the location; the file has no such key.
    key = tuple(part for i, part in enumerate(entry["loc"]) if not _is_tag(document, entry["loc"], i))
    problem = entry["msg"].removeprefix("Value error, ")
    problem, _, mend = problem.partition(" -> ")
    return document.fault(key, problem[:1].lower() + problem[1:], mend or MENDS.get(entry["type"], "Mend this value."))


def _is_tag(document: Document, loc: Key, index: int) -> bool:
    return isinstance(loc[index], str) and index > 0 and isinstance(loc[index - 1], int) and (
        index + 1 < len(loc) or loc[: index + 1] not in document.lines
    ) and loc[index] in {"one", "several", "order", "match", "label", "number", "repeat"}


def _walk(node: yaml.Node, key: Key = ()) -> Iterator[tuple[Key, yaml.Node]]:
    yield key, node
    if isinstance(node, yaml.MappingNode):
        for name, child in node.value:
            yield from _walk(child, (*key, name.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _walk(child, (*key, index))


def _plain(root: yaml.Node) -> Any:
    loader = Loader("")
    try:
        return loader.construct_document(root)
    finally:
        loader.dispose()


def _repeated(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
