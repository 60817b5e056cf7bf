"""What a learner answered, kept on their own machine: attempts in one SQLite file.

The page hands its attempts over with `exchange`; what that says is kept has reached the disk. `export` and `take_in`
carry answers to another machine, or between the notebooks and the web pages.
The file lies in the user's data folder, or in the folder that `LUMBAR_DATA` names. Nothing here talks to a network.
"""

import csv
import errno
import io
import json
import math
import os
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from lumbar import portable

FIELDS = ("id", "learner", "item", "item_version", "quiz", "response", "sure", "score", "ms", "at")
SENT = ("item", "item_version", "quiz", "response", "sure", "ms", "at")  # what makes two attempts of one id the same
VERSION = 1  # of the tables
WAIT = 3  # seconds that one notebook waits while another one writes
CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
TIME = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{CLOCK}:[0-5][0-9]([.][0-9]{{1,6}})?(Z|[+-]{CLOCK})")

TABLES = """
CREATE TABLE IF NOT EXISTS attempt (
    id TEXT PRIMARY KEY, learner TEXT NOT NULL, item TEXT NOT NULL, item_version TEXT NOT NULL, quiz TEXT NOT NULL,
    response TEXT NOT NULL, sure INTEGER NOT NULL, score REAL NOT NULL, ms INTEGER NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS attempt_item ON attempt (item, at);
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

Attempt = dict[str, Any]
Result = TypeVar("Result")


class NotKept(Exception):
    """The progress file cannot be read or written; the message says why, as a clause without a full stop."""


class Damaged(sqlite3.DatabaseError):
    """The progress file is not a sound database."""


class Refused(ValueError):
    """This attempt cannot be stored, now or later; the message says why."""


# The verbs


def exchange(payload: str) -> str:
    """Store the page's attempts and answer with what is known of its items. Never raises.

    `payload` is JSON: `{"attempts": [attempt, …], "items": [item id, …]}`. The answer is JSON: `kept` (ids that are on
    the disk), `refused` (`{"id", "why"}`), `history` (attempts on those items, newest last; `changed` where the item
    has been rewritten since) and `note`, one plain sentence for the learner when something is wrong, else "".
    """
    answer = {"kept": [], "refused": [], "history": [], "note": ""}
    if sys.platform == "emscripten":
        return json.dumps(answer)  # a browser's own Python forgets its files: the page keeps the answers
    try:
        asked = json.loads(payload, parse_constant=portable.no_number)
        _bank()  # reading it takes a moment: before the file is locked, not while
        answer |= _in_database(lambda database: _exchange(database, asked.get("attempts", []), asked.get("items", [])))
    except NotKept as trouble:
        answer["note"] = f"{trouble}, so your answers stay in this browser for now; the quiz works as before."
    except Exception as error:  # the page can do nothing with a traceback
        answer["note"] = f"Your answers stay in this browser for now, because of a fault in the course ({error!r})."
    return json.dumps(answer)


def store(attempts: Iterable[Attempt]) -> tuple[list[str], list[dict[str, Any]]]:
    """Store attempts; the ids that are kept, and those refused with their reason. Raises `NotKept`."""
    sent = list(attempts)
    return _in_database(lambda database: _store(database, sent))


def history(items: Iterable[str] | None = None) -> list[Attempt]:
    """The attempts on those items, or all of them, newest last. Raises `NotKept`."""
    names = None if items is None else list(items)
    return _in_database(lambda database: _history(database, names))


def learner() -> str:
    """The learner's random id, made once for this progress file. Raises `NotKept`."""
    return _in_database(_learner)


def export(form: str) -> str:
    """All attempts as text: "json" to take in elsewhere, or "csv" safe to open in a spreadsheet. Raises `NotKept`."""
    attempts, plan = _in_database(lambda database: (_history(database, None), _plan(database)))
    if form == "json":
        return portable.write(attempts, plan)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([*FIELDS, "changed"])
    for attempt in attempts:
        row = attempt | {"response": _json(attempt["response"])}
        table.writerow([_cell(row[name]) for name in (*FIELDS, "changed")])
    return out.getvalue()


def take_in(file: Path) -> tuple[int, int, bool]:
    """Store the answers of an exported file, all or none. Raises `NotTaken`, `NotKept`, and `OSError` as reading does.

    How many were new, how many were here before, and whether the file brought some of a plan. The web pages show the
    plan: here it waits for the next export, and what is here of it already stays.
    """
    attempts, plan = portable.read(file)
    return _in_database(lambda database: _take_in(database, attempts, plan))


def delete() -> int:
    """Delete all attempts, the learner's id and what was set aside; how many attempts there were. Raises `NotKept`."""
    count = _in_database(_empty)
    try:
        for old in set_aside():
            old.unlink(missing_ok=True)
    except OSError as error:
        raise _reason(error) from error
    return count


def folder() -> Path:
    """Where the progress file lies."""
    if chosen := os.environ.get("LUMBAR_DATA"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("lumbar", appauthor=False)


def path() -> Path:
    """The progress file."""
    return folder() / "progress.sqlite"


def set_aside() -> list[Path]:
    """Damaged progress files (and their journals) that were put out of the way, oldest first."""
    return sorted(folder().glob("progress-damaged-*"))


# One transaction


def _in_database(work: Callable[[sqlite3.Connection], Result]) -> Result:
    """The result of `work` in one transaction: on the disk when this returns, and nothing of it otherwise."""
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            return _transaction(work)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
        _put_aside()
        return _transaction(work)
    except (sqlite3.Error, OSError) as error:
        raise _reason(error) from error


def _transaction(work: Callable[[sqlite3.Connection], Result]) -> Result:
    with closing(sqlite3.connect(path(), timeout=WAIT, isolation_level=None)) as database:
        # A rollback journal, since school home folders are often on NFS. EXTRA is FULL plus a sync of the folder:
        # without it a power cut may bring the deleted journal back, and that undoes what was acknowledged.
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("PRAGMA synchronous=EXTRA")
        database.execute("PRAGMA secure_delete=ON")
        database.execute("BEGIN IMMEDIATE")
        try:
            _prepare(database)
            result = work(database)
            database.execute("COMMIT")
            return result
        except BaseException:
            with suppress(sqlite3.Error):
                database.execute("ROLLBACK")
            raise


def _prepare(database: sqlite3.Connection) -> None:
    if (found := database.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise Damaged(found)
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise NotKept("Your progress file was written by a newer version of this course")
    if version < VERSION:
        for statement in TABLES.split(";"):
            database.execute(statement)
        database.execute(f"PRAGMA user_version={VERSION}")


# What goes wrong


def _is_damage(error: sqlite3.Error) -> bool:
    return isinstance(error, Damaged) or _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", None) or 0


def _reason(error: Exception) -> NotKept:
    code = _code(error) & 0xFF if isinstance(error, sqlite3.Error) else 0
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return NotKept("Another program is using your progress file")
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return NotKept("The disk is full")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM) or isinstance(error, OSError):
        return NotKept(f"The folder {folder()} cannot be written")
    return NotKept(f"Your progress file cannot be used ({error})")


def _put_aside() -> None:
    """Rename the damaged file, unless another notebook has just done so."""
    with closing(sqlite3.connect(folder() / "progress.lock", timeout=WAIT, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        if _is_sound():
            return
        aside = _free_name()
        # The journal first: a journal left behind would be played into the fresh file.
        journal = path().with_name(path().name + "-journal")
        if journal.exists():
            journal.rename(aside.with_name(aside.name + "-journal"))
        path().rename(aside)


def _is_sound() -> bool:
    try:
        _transaction(lambda database: None)
    except sqlite3.DatabaseError as error:
        if _is_damage(error):
            return False
        raise
    return True


def _free_name() -> Path:
    stem = f"progress-damaged-{date.today().isoformat()}"
    count, name = 1, folder() / f"{stem}.sqlite"
    while name.exists():
        count, name = count + 1, folder() / f"{stem}-{count + 1}.sqlite"
    return name


def _news(database: sqlite3.Connection) -> str:
    """A sentence on the files set aside that the learner has not yet been told of."""
    aside = {old.name for old in set_aside() if old.suffix == ".sqlite"}
    told = set(json.loads(_about(database, "told", lambda: "[]")))
    if not aside - told:
        return ""
    database.execute("UPDATE about SET value = ? WHERE key = 'told'", [json.dumps(sorted(aside))])
    names = " and ".join(str(folder() / name) for name in sorted(aside - told))
    return f"Your progress file was damaged: it was set aside as {names}, and a new one keeps your answers from now on."


# Inside the transaction


def _exchange(database: sqlite3.Connection, attempts: list, items: list[str]) -> dict[str, Any]:
    kept, refused = _store(database, attempts)
    return {"kept": kept, "refused": refused, "history": _history(database, items), "note": _news(database)}


def _store(database: sqlite3.Connection, attempts: list) -> tuple[list[str], list[dict[str, Any]]]:
    kept, refused = [], []
    for sent in attempts:
        try:
            kept.append(_keep(database, _checked(sent)))
        except Refused as why:
            refused.append({"id": sent.get("id") if isinstance(sent, dict) else None, "why": str(why)})
    return kept, refused


def _keep(database: sqlite3.Connection, attempt: Attempt) -> str:
    row = database.execute("SELECT * FROM attempt WHERE id = ?", [attempt["id"]]).fetchone()
    if row is None:
        row = attempt | {
            "learner": _learner(database),
            "score": _score(attempt),
            "response": _json(attempt["response"]),
        }
        database.execute(f"INSERT INTO attempt VALUES ({','.join('?' * len(FIELDS))})", [row[name] for name in FIELDS])
    elif any(_attempt(row)[name] != attempt[name] for name in SENT):
        raise Refused("another answer was kept under this id before")
    return attempt["id"]


def _take_in(database: sqlite3.Connection, attempts: list, plan: dict[str, str]) -> tuple[int, int, bool]:
    before, faults = _count(database), {}
    for number, sent in enumerate(attempts, 1):
        try:
            _keep(database, _fitting(_checked(sent)))
        except Refused as why:
            faults[number] = why
    if faults:
        raise portable.NotTaken(_told(faults, len(attempts)))
    new = _count(database) - before
    return new, len(attempts) - new, _add_to_plan(database, plan)


def _told(faults: dict[int, Refused], count: int) -> str:
    number, why = next(iter(faults.items()))
    more = f" {len(faults) - 1} more cannot be kept either." if len(faults) > 1 else ""
    return f"Answer {number} of {count} in this file cannot be kept: {why}.{more}"


def _plan(database: sqlite3.Connection) -> dict[str, str]:
    return json.loads(_about(database, "plan", lambda: "{}"))


def _add_to_plan(database: sqlite3.Connection, plan: dict[str, str]) -> bool:
    here = _plan(database)
    parts = {part: words for part, words in plan.items() if words and not here.get(part)}  # what is written here stays
    database.execute("UPDATE about SET value = ? WHERE key = 'plan'", [_json(here | parts)])
    return bool(parts)


def _count(database: sqlite3.Connection) -> int:
    return database.execute("SELECT count(*) FROM attempt").fetchone()[0]


def _history(database: sqlite3.Connection, items: list[str] | None) -> list[Attempt]:
    among, names = ("", []) if items is None else ("WHERE item IN (SELECT value FROM json_each(?))", [_json(items)])
    rows = database.execute(f"SELECT * FROM attempt {among} ORDER BY at, rowid", names)
    return [attempt | {"changed": _changed(attempt)} for attempt in map(_attempt, rows)]


def _learner(database: sqlite3.Connection) -> str:
    return _about(database, "learner", lambda: str(uuid4()))


def _about(database: sqlite3.Connection, key: str, first: Callable[[], str]) -> str:
    database.execute("INSERT OR IGNORE INTO about VALUES (?, ?)", [key, first()])
    return database.execute("SELECT value FROM about WHERE key = ?", [key]).fetchone()[0]


def _empty(database: sqlite3.Connection) -> int:
    count = _count(database)
    database.execute("DELETE FROM attempt")
    database.execute("DELETE FROM about")
    return count


def _attempt(row: tuple) -> Attempt:
    attempt = dict(zip(FIELDS, row, strict=True))
    return attempt | {"response": json.loads(attempt["response"]), "sure": bool(attempt["sure"])}


# One attempt


def _checked(sent: Any) -> Attempt:
    """The attempt with its fields checked and its time in UTC, or `Refused`."""
    if not isinstance(sent, dict):
        raise Refused("it is not an attempt")
    for name, fits in CHECKS.items():
        if not fits(sent.get(name)):
            raise Refused(f"its {name} is missing or not as it should be")
    if portable.weight(sent.get("response")) > portable.LONGEST:
        raise Refused("its response is too long")
    return {name: sent.get(name) for name in FIELDS} | {"at": _utc(sent["at"])}


def _fitting(attempt: Attempt) -> Attempt:
    """The attempt, or `Refused` where the course has its question and the response is no answer to it."""
    mark = _mark(attempt)
    if mark and not mark.answered:
        raise Refused("its response does not fit the question")
    return attempt


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 200 and value.isprintable()


def _is_number(value: Any, most: float) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and 0 <= value <= most
    )


CHECKS: dict[str, Callable[[Any], bool]] = {
    "id": _is_name,
    "item": _is_name,
    "item_version": _is_name,
    "quiz": _is_name,
    "sure": lambda value: isinstance(value, bool),
    "score": lambda value: _is_number(value, 1),
    "ms": lambda value: isinstance(value, int) and _is_number(value, 10**12),
    "at": lambda value: isinstance(value, str) and _utc(value) is not None,
}


def _utc(text: str) -> str | None:
    """The time in UTC; None where it is none, or too far from now for a calendar to go on from."""
    with suppress(ValueError, OverflowError, TypeError):  # TypeError: it does not look like a time
        at = datetime.fromisoformat(TIME.fullmatch(text)[0]).astimezone(UTC)
        if 1970 <= at.year < 2200:
            return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return None


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _cell(value: Any) -> Any:
    # A spreadsheet runs text that begins like a formula.
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else value


# The bank, for records


@cache
def _bank() -> dict[str, Any]:
    """The items by id; none where the bank cannot be read, since a fault in a question must not cost an answer."""
    try:
        from lumbar.quiz.items import bank

        return bank()
    except Exception:
        return {}


def _score(attempt: Attempt) -> float:
    """Python's own mark where the course has this version of the item, else the page's."""
    mark = _mark(attempt)
    return mark.score if mark else attempt["score"]


def _mark(attempt: Attempt) -> Any:
    """Python's mark; None where the course does not have this version of the item, or cannot mark it."""
    if attempt["item"] in _bank() and not _changed(attempt):
        from lumbar.quiz.grade import mark

        with suppress(Exception):
            return mark(_bank()[attempt["item"]].page(), attempt["response"])
    return None


def _changed(attempt: Attempt) -> bool:
    """Whether the item reads otherwise now than when this was answered."""
    item = _bank().get(attempt["item"])
    return item is not None and item.version != attempt["item_version"]
