"""What a class learned: `lumbar report`, from its votes or from a folder of progress files that pupils exported."""

from collections.abc import Collection, Iterable
from pathlib import Path

from lumbar.errors import unknown
from lumbar.report import folder
from lumbar.report.findings import Report, of_rows
from lumbar.report.page import page
from lumbar.report.table import table

__all__ = ["Report", "for_class", "newest", "page", "report", "table"]


def report(source: str | Path, database: str | None = None) -> Report:
    """The report on a class, by its code, or on a folder of progress files.

    Raises `UnknownName` for a code that is not in the database, the database's own `NotKept`, and `OSError` for a
    folder that cannot be opened.
    """
    if isinstance(source, Path):
        found = folder.read(source)
        title = f"Answers from the folder “{folder.shown(source.resolve().name)}”"
        return of_rows(found.rows(), title, troubles=found.troubles, in_class=False)
    from lumbar.classroom.store import answers

    return of_rows(answers(source, database), f"Class {source}", _paced(source, database))


def for_class(rows: Iterable[tuple], title: str, paced: Collection[str] = ()) -> tuple[str, str]:
    """The report on a class, as one HTML page and as CSV text, for the class server.

    `rows` are votes as `classroom.store.answers` gives them, oldest first: (learner, item, item_version, quiz, response
    as JSON text, sure, score, at, round). `title` stands at the top, such as "Class 7K3FA"; it is escaped here. `paced`
    names the quizzes whose questions the teacher showed one by one: there the last vote of a round counts, elsewhere
    the first, unless the quiz keeps what is right for later. No rows make a page that says so.

    The page carries its own style and policy, so it is a file to save and open, not a page to show inside another:
    answer with `Content-Disposition: attachment`, and let the teacher's page hand it on with `<a download>`. Its
    `<style>` would be refused under the server's own Content-Security-Policy. Send the CSV as UTF-8 with a BOM
    (`.encode("utf-8-sig")`), or a spreadsheet takes it for something else.
    """
    made = of_rows(rows, title, paced)
    return page(made), table(made)


def newest(database: str | None = None) -> str | None:
    """The code of the class that was made last; None where there is none."""
    return next(reversed(_classes(database)), None)


def _paced(code: str, database: str | None) -> set[str]:
    """The quizzes that the teacher asked question by question; `UnknownName` where there is no such class."""
    state = _classes(database)
    if code not in state:
        raise unknown("class or folder", code, state)
    return {quiz for quiz, mode in state[code].get("modes", {}).items() if mode == "pace"}


def _classes(database: str | None) -> dict[str, dict]:
    """The state of each class by its code, oldest first."""
    import asyncio

    from lumbar.classroom.store import connect

    return {entry.code: entry.state for entry in asyncio.run(connect(database).classes())}
