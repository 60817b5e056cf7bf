"""Where a class and its votes live, on SQLite or PostgreSQL.

One thread writes. It takes all that waits, commits it in one transaction and only then tells those who wait, so a
vote that was acknowledged is on the disk. What the two databases do not share is in `sqlite.py` and `postgres.py`.
"""

import asyncio
import json
import math
import queue
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Any, Protocol

from lumbar.progress import folder

VERSION = 1  # of the tables
GROUP = 500  # most pieces of work in one transaction
LINE = 5000  # most that wait for the writer
WAIT = 15  # seconds that a caller waits for the commit
LONG_WAIT = 300  # for what deletes
PAUSE, NEVER = 1, math.inf  # seconds until what was deleted is overwritten where a reader was in the way
UNFIT = "This cannot be kept: its class or its pupil is gone, or it is not as it should be."

# `{number}` is the order in which votes were kept, which each database counts in its own way.
TABLES = """
CREATE TABLE IF NOT EXISTS class (code TEXT PRIMARY KEY, made TEXT NOT NULL, ended TEXT, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pupil (
    learner TEXT PRIMARY KEY, class TEXT NOT NULL REFERENCES class, token TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    joined TEXT NOT NULL, UNIQUE (learner, class));
CREATE INDEX IF NOT EXISTS pupil_class ON pupil (class);
CREATE TABLE IF NOT EXISTS attempt (
    number {number}, id TEXT NOT NULL, learner TEXT NOT NULL, item TEXT NOT NULL, item_version TEXT NOT NULL,
    quiz TEXT NOT NULL, response TEXT NOT NULL, sure INTEGER NOT NULL CHECK (sure IN (0, 1)),
    score DOUBLE PRECISION NOT NULL CHECK (score BETWEEN 0 AND 1), ms BIGINT NOT NULL, at TEXT NOT NULL,
    class TEXT NOT NULL, round INTEGER NOT NULL,
    UNIQUE (learner, id), FOREIGN KEY (learner, class) REFERENCES pupil (learner, class));
CREATE INDEX IF NOT EXISTS attempt_class ON attempt (class, number);
"""
VOTE = "id, learner, item, item_version, quiz, response, sure, score, ms, at, class, round"
SAME = "item, item_version, quiz, round, response, sure"  # what makes two votes of one id the same

MAKE = "INSERT INTO class (code, made, ended, state) VALUES (?, ?, ?, ?) ON CONFLICT (code) DO NOTHING"
SAVE = "UPDATE class SET ended = ?, state = ? WHERE code = ?"  # never brings back what was deleted
ADD = "INSERT INTO pupil (learner, class, token, name, joined) VALUES (?, ?, ?, ?, ?) ON CONFLICT (learner) DO NOTHING"
KEEP = f"""INSERT INTO attempt ({VOTE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (learner, id) DO NOTHING"""
KEPT = f"SELECT {SAME} FROM attempt WHERE learner = ? AND id = ?"
CLASSES = "SELECT code, made, ended, state FROM class ORDER BY made, code"
PUPILS = "SELECT learner, class, token, name, joined FROM pupil WHERE class = ? ORDER BY joined, learner"
VOTES = f"SELECT {VOTE} FROM attempt WHERE class = ? ORDER BY number"
ANSWERS = """SELECT learner, item, item_version, quiz, response, sure, score, at, round FROM attempt
WHERE class = ? ORDER BY number"""


@dataclass(frozen=True)
class Class_:
    """A class: its code, when it was made and ended (UTC, as text), and the state of its room."""

    code: str
    made: str
    ended: str | None
    state: dict


@dataclass(frozen=True)
class Pupil:
    """A pupil of a class: public random id, the SHA-256 of their token, their pseudonym, when they joined."""

    learner: str
    class_: str
    token: str
    name: str
    joined: str


@dataclass(frozen=True)
class Vote:
    """One answer of one pupil; `response` in the bank's own indices, `score` from 0 to 1, `at` in UTC."""

    id: str
    learner: str
    item: str
    item_version: str
    quiz: str
    response: Any
    sure: bool
    score: float
    ms: int
    at: str
    class_: str
    round: int


class NotKept(Exception):
    """The database cannot be used now; the message is a sentence for the teacher: what is wrong, how to mend it."""


class Conflict(Exception):
    """Another answer was kept under this id before; that one stays."""


class Refused(ValueError):
    """This cannot be kept, now or later: a vote without its pupil or class, or a value that is none."""


class Database(Protocol):
    """What SQLite and PostgreSQL do each in their own way; both take SQL with `?` for a value."""

    begin: str  # the statement that begins a transaction which writes
    begin_alone: str  # the same where nobody else may do so meanwhile
    number: str  # the column that counts votes in the order in which they were kept

    def open(self) -> Any:
        """A connection that commits each statement by itself, or what `begin` to COMMIT holds together."""

    def check(self, connection: Any) -> None:
        """Raise where the database behind this connection is damaged or gone."""

    def version(self, connection: Any) -> int:
        """The version of the tables, 0 where there are none."""

    def stamp(self, connection: Any, version: int) -> None:
        """Write down the version of the tables."""

    def rows(self, connection: Any, statement: str, values: list) -> Iterator[tuple]:
        """The rows, without holding them all in memory."""

    def clean(self, connection: Any) -> bool:
        """Overwrite what was deleted; False where that has to wait for somebody who still reads it."""

    def reason(self, error: Exception) -> Exception:
        """`NotKept` where the database is in trouble, `Refused` where only this piece of work is."""


def connect(url: str | None = None) -> "Store":
    """The store at that address: `postgresql://…`, a file of SQLite, or None for `classes.sqlite` in the data folder.

    Nothing is opened yet. Raises `NotKept` where the address cannot be read or psycopg is missing.
    """
    return Store(_database(url))


def answers(code: str, url: str | None = None) -> Iterator[tuple]:
    """All answers of a class in the order in which they were kept, read as they are asked for. Raises `NotKept`.

    Each is (learner, item, item_version, quiz, response as JSON text, sure, score, at, round).
    """
    return _read(_database(url), ANSWERS, [code])


class Store:
    """Classes, pupils and votes. Whatever returns from here is on the disk; each method raises `NotKept`."""

    def __init__(self, database: Database):
        self._database = database
        self._writer = _Writer(database)

    async def classes(self) -> list[Class_]:
        """All classes, oldest first."""
        return [Class_(*row[:3], json.loads(row[3])) for row in await self._rows(CLASSES)]

    async def make(self, klass: Class_) -> None:
        """Keep a new class. Raises `Refused` where there is one of that code."""
        row = [klass.code, klass.made, klass.ended, _json(klass.state)]
        await self._writer.do(lambda connection: _one_row(connection.execute(MAKE, row)))

    async def save(self, klass: Class_) -> None:
        """Keep what has changed of a class. Raises `Refused` where it was deleted."""
        row = [klass.ended, _json(klass.state), klass.code]
        await self._writer.do(lambda connection: _one_row(connection.execute(SAVE, row)))

    async def add(self, pupil: Pupil) -> None:
        """Keep a pupil of a class that is kept; a second time changes nothing. Raises `Refused`."""
        await self._writer.do(lambda connection: connection.execute(ADD, astuple(pupil)).rowcount)

    async def pupils(self, code: str) -> list[Pupil]:
        """The pupils of a class in the order in which they joined."""
        return [Pupil(*row) for row in await self._rows(PUPILS, code)]

    async def keep(self, vote: Vote) -> bool:
        """Keep a vote of a pupil who is kept; False where the same was kept before. Raises `Conflict`, `Refused`."""
        row = {field.name: getattr(vote, field.name) for field in fields(vote)}
        row |= {"response": _json(vote.response), "sure": int(vote.sure)}
        return await self._writer.do(lambda connection: _keep(connection, row))

    async def votes(self, code: str) -> list[Vote]:
        """The votes of a class in the order in which they were kept."""
        return await asyncio.to_thread(lambda: [_vote(row) for row in _read(self._database, VOTES, [code])])

    async def forget(self, learner: str) -> int:
        """Delete a pupil and their votes; how many votes."""
        return await self._delete(("attempt", "learner"), ("pupil", "learner"), name=learner)

    async def delete(self, code: str) -> int:
        """Delete a class, its pupils and its votes; how many votes."""
        return await self._delete(("attempt", "class"), ("pupil", "class"), ("class", "code"), name=code)

    async def close(self) -> None:
        """Commit what waits, and let go of the database."""
        await asyncio.to_thread(self._writer.close)

    async def _delete(self, *places: tuple[str, str], name: str) -> int:
        def work(connection: Any) -> int:
            statements = (f"DELETE FROM {table} WHERE {key} = ?" for table, key in places)
            return [connection.execute(statement, [name]).rowcount for statement in statements][0]

        return await self._writer.do(work, deletes=True)

    async def _rows(self, statement: str, *values: str) -> list[tuple]:
        return await asyncio.to_thread(lambda: list(_read(self._database, statement, list(values))))


# The writer


@dataclass(frozen=True)
class _Job:
    """A piece of work within a transaction, and where its outcome goes."""

    work: Callable[[Any], Any]
    deletes: bool
    outcome: Future


class _Writer:
    """The one thread that writes, with the one connection through which it does."""

    def __init__(self, database: Database):
        self._database = database
        self._waiting: queue.Queue[_Job | None] = queue.Queue(LINE)
        self._connection: Any = None
        self._overwrite_at = NEVER
        self._thread: Thread | None = None
        self._starting = Lock()

    async def do(self, work: Callable[[Any], Any], deletes: bool = False) -> Any:
        """What `work` returns, once it is committed; an exception that it returns is raised. Raises `NotKept`."""
        job = _Job(work, deletes, Future())
        self._start()
        try:
            self._waiting.put_nowait(job)
            return await asyncio.wait_for(asyncio.wrap_future(job.outcome), LONG_WAIT if deletes else WAIT)
        except queue.Full:
            raise NotKept("Answers come in faster than the database can keep them: wait a moment.") from None
        except TimeoutError:
            raise NotKept("The database does not answer: see whether its machine and its disk still work.") from None

    def close(self) -> None:
        """Commit what waits, and end the thread; one that waits for a database in vain is left to itself."""
        with self._starting:
            if self._thread and self._thread.is_alive():
                with suppress(queue.Full):
                    self._waiting.put(None, timeout=WAIT)
                self._thread.join(WAIT)

    def _start(self) -> None:
        with self._starting:
            if not (self._thread and self._thread.is_alive()):
                self._thread = Thread(target=self._run, name="votes", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        ended = False
        while not ended:
            group = self._group()
            ended = None in group
            self._commit([job for job in group if job and job.outcome.set_running_or_notify_cancel()])
            if monotonic() >= self._overwrite_at or (ended and self._overwrite_at != NEVER):
                self._overwrite()
        self._disconnect()

    def _group(self) -> list[_Job | None]:
        """All that waits, or what comes next; nothing where there is still something to overwrite."""
        group = []
        with suppress(queue.Empty):
            group.append(self._waiting.get(timeout=None if self._overwrite_at == NEVER else PAUSE))
            while len(group) < GROUP:
                group.append(self._waiting.get_nowait())
        return group

    def _commit(self, group: list[_Job]) -> None:
        """Commit these together, but for those that the database refuses: they must not cost the others theirs."""
        while group:
            outcomes, fresh = [], self._connection is None
            try:
                self._transact(group, outcomes)
                return self._tell(group, outcomes)
            except Exception as error:
                why = self._database.reason(error)
            if isinstance(why, Refused) and len(outcomes) < len(group):
                self._undo()
                group.pop(len(outcomes)).outcome.set_exception(why)
                continue
            self._disconnect()
            if fresh:  # else the connection may have died while nothing was written: once more with another one
                for job in group:
                    job.outcome.set_exception(why)
                return None

    def _tell(self, group: list[_Job], outcomes: list) -> None:
        told = sorted(zip(group, outcomes, strict=True), key=lambda each: each[0].deletes)
        for job, outcome in told:
            if job.deletes and self._overwrite_at == NEVER:  # votes were told before: this takes a while
                self._overwrite()
            if isinstance(outcome, Exception):
                job.outcome.set_exception(outcome)
            else:
                job.outcome.set_result(outcome)

    def _transact(self, group: list[_Job], outcomes: list) -> None:
        if not self._connection:
            self._connection = _opened(self._database)
        self._database.check(self._connection)
        self._connection.execute(self._database.begin)
        for job in group:
            outcomes.append(job.work(self._connection))
        self._connection.execute("COMMIT")

    def _overwrite(self) -> None:
        """Take what was deleted out of the files, or try again later."""
        self._overwrite_at = monotonic() + PAUSE
        try:
            self._connection = self._connection or _opened(self._database)
            if self._database.clean(self._connection):
                self._overwrite_at = NEVER
        except Exception:  # what was deleted is: only its traces stay for now
            self._disconnect()

    def _undo(self) -> None:
        try:
            self._connection.execute("ROLLBACK")
        except Exception:
            self._disconnect()

    def _disconnect(self) -> None:
        if self._connection:
            with suppress(Exception):
                self._connection.close()
            self._connection = None


# The databases


def _database(url: str | None) -> Database:
    if url and url.startswith(("postgresql:", "postgres:")):
        from lumbar.classroom.postgres import Postgres

        return Postgres(url)
    if url and "://" in url:  # it may hold a password: it is not repeated
        raise NotKept("There is no such kind of database here: give the name of a file, or postgresql://….")
    path = Path(url).expanduser() if url else folder() / "classes.sqlite"
    if path.is_dir():
        raise NotKept(f"There is a folder at {path}: give the name of a file in it.")
    from lumbar.classroom.sqlite import Sqlite

    return Sqlite(path)


def _opened(database: Database) -> Any:
    """A connection to tables that are there. Raises as the database does, or `NotKept` where they are too new."""
    connection = database.open()
    try:
        if (found := database.version(connection)) > VERSION:
            raise NotKept("These classes were written by a newer version of the course: update it, then start again.")
        if found < VERSION:
            _make_tables(database, connection)
        return connection
    except BaseException:
        connection.close()
        raise


def _make_tables(database: Database, connection: Any) -> None:
    connection.execute(database.begin_alone)
    for statement in TABLES.format(number=database.number).split(";")[:-1]:
        connection.execute(statement)
    database.stamp(connection, VERSION)
    connection.execute("COMMIT")


def _read(database: Database, statement: str, values: list) -> Iterator[tuple]:
    """The rows, through a connection of their own, so that nobody's vote waits for them."""
    try:
        with closing(_opened(database)) as connection:
            yield from database.rows(connection, statement, values)
    except Exception as error:
        raise database.reason(error) from error


# Rows


def _one_row(done: Any) -> Refused | None:
    return None if done.rowcount else Refused(UNFIT)


def _keep(connection: Any, row: dict[str, Any]) -> bool | Conflict:
    if connection.execute(KEEP, list(row.values())).rowcount:
        return True
    kept = connection.execute(KEPT, [row["learner"], row["id"]]).fetchone()
    same = kept == tuple(row[name] for name in SAME.split(", "))
    return False if same else Conflict("Another answer was kept under this id before.")


def _vote(row: tuple) -> Vote:
    vote = Vote(*row)
    return replace(vote, response=json.loads(vote.response), sure=bool(vote.sure))


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
