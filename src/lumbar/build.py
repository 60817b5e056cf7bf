"""Turn lessons into notebooks: executed, with pictures and widget state inside, the same bytes every time."""

import asyncio
import os
import uuid
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

from lumbar import course, lesson
from lumbar.errors import Fault, FaultyFile, shown
from lumbar.output import WIDGET_STATE

SECONDS_A_CELL = 120
QUIET = Config(KernelManager={"transport_encryption": "auto"})  # or each kernel warns of the lack


def build(numbers: Sequence[str] = (), into: Path | None = None) -> list[Path]:
    """Build the lessons of those numbers ("08", or a page beside them, "glossary"), or all that are written; returns what changed.

    Raises `FaultyFile` with the faults of every lesson looked at; then no notebook is written.
    """
    wanted = {number if number in course.ASIDE else course.lesson(number).file for number in numbers}
    chosen = [path for path in lesson.paths() if not numbers or path.stem in wanted]
    notebooks = _compose(chosen)
    asyncio.run(_execute(chosen, notebooks))
    into = into or course.folder("notebooks")
    into.mkdir(exist_ok=True)
    targets = [into / f"{path.stem}.ipynb" for path in chosen]
    return [target for target, notebook in zip(targets, notebooks) if _write(target, notebook)]


def _compose(chosen: list[Path]) -> list[nbformat.NotebookNode]:
    notebooks, faults = [], []
    for path in chosen:
        try:
            notebooks.append(lesson.compose(path))
        except FaultyFile as error:
            faults += error.faults
    if faults:
        raise FaultyFile(faults)
    return notebooks


async def _execute(chosen: list[Path], notebooks: list[nbformat.NotebookNode]) -> None:
    """Run the notebooks, as many at once as there are processors."""
    free = asyncio.Semaphore(os.cpu_count() or 1)

    async def run(path: Path, notebook: nbformat.NotebookNode) -> list[Fault]:
        async with free:
            client = NotebookClient(
                notebook, timeout=SECONDS_A_CELL, record_timing=False, store_widget_state=True, config=QUIET
            )
            try:
                await client.async_execute()
            except CellExecutionError as error:
                return [_failure(path, notebook, error)]
        return []

    faults = await asyncio.gather(*(run(path, notebook) for path, notebook in zip(chosen, notebooks)))
    if any(faults):
        raise FaultyFile(fault for found in faults for fault in found)


def _failure(path: Path, notebook: nbformat.NotebookNode, error: CellExecutionError) -> Fault:
    failed = next(
        cell for cell in notebook.cells for output in cell.get("outputs", []) if output.output_type == "error"
    )
    source = failed.source
    line = next((cell.line for cell in lesson.read(path).cells if cell.source == source), 1)
    return Fault(shown(path), line, "lesson", failed.id, f"{error.ename}: {error.evalue}", "Mend the cell or its file.")


def _write(target: Path, notebook: nbformat.NotebookNode) -> bool:
    text = nbformat.writes(_normal(target.stem, notebook)) + "\n"
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return False
    target.write_text(text, encoding="utf-8")
    return True


def _normal(name: str, notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take out what differs from run to run: widget ids, execution counts of machines, trailing metadata."""
    text = nbformat.writes(notebook)
    for place, model in enumerate(_models(notebook)):
        text = text.replace(model, uuid.uuid5(uuid.NAMESPACE_URL, f"{name}/{place}").hex)
    notebook = nbformat.reads(text, as_version=4)
    state = notebook.metadata.get("widgets", {})
    notebook.metadata = nbformat.from_dict(lesson.METADATA | ({"widgets": state} if _models(notebook) else {}))
    return notebook


def _models(notebook: nbformat.NotebookNode) -> list[str]:
    """The widget ids in the order in which the kernel made them."""
    return list(notebook.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {}))
