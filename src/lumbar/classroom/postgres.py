"""Classes on a school's PostgreSQL, for one server with many of them.

What is deleted leaves the tables at once; PostgreSQL overwrites it on the disk when it next vacuums, and its log and
its backups forget it in the school's own time.
"""

from collections.abc import Iterator

from lumbar.classroom.store import UNFIT, NotKept, Refused

try:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict
except ImportError as error:
    raise NotKept("A database on PostgreSQL needs psycopg: pip install 'lumbar[postgres]'") from error

PATIENCE = {  # unless the address says otherwise; seconds, and milliseconds for the last
    "connect_timeout": "5",
    "keepalives_idle": "30",
    "tcp_user_timeout": "10000",
    "application_name": "lumbar",
}
SYNC = "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
AT_ONCE = 2000  # rows that are fetched together
OURS = "Lumbar "  # the comment on a table of ours, before its version
SENTENCES = {  # by the class of SQLSTATE, or the whole, https://www.postgresql.org/docs/current/errcodes-appendix.html
    "53100": "The disk of {where} is full: make room on it, and votes are kept again.",
    "53300": "{where} has too many connections: close some, and votes are kept again.",
    "25": "{where} may only be read now: votes are kept again once it may be written.",
    "42501": "{where} does not let this user make or write tables: make the user its owner.",
    "57": "{where} was stopped: start it, and votes are kept again.",
}
REFUSED = "{where} refuses the server ({said}): look at the address given with --database."
OTHER = "{where} cannot be used ({said})."
DOWN = "{where} does not answer: see whether it runs; votes are kept again once it does."


class _Connection(psycopg.Connection):
    """Takes `?` for a value, as SQLite does."""

    def execute(self, query, params=None, **options):
        return super().execute(_translated(query), params, **options)


class Postgres:
    """The database and its ways; see `store.Database`."""

    begin = "BEGIN"
    begin_alone = "BEGIN; SELECT pg_advisory_xact_lock(hashtext('lumbar'))"
    number = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"

    def __init__(self, url: str):
        try:
            self._address = {**PATIENCE, **conninfo_to_dict(url)}
        except psycopg.Error:  # its message may hold a part of the password
            raise NotKept(
                "The address of the database cannot be read: it is like postgresql://name:password@host:5432/lumbar, "
                "with %2F for / and %40 for @ in a password."
            ) from None
        name, host = (self._address.get(part) for part in ("dbname", "host"))
        self._where = f"The database {name or self._address.get('user', '')} on {host or 'this machine'}"

    def open(self) -> psycopg.Connection:
        """Asks for commits that are on the disk where the server would promise less."""
        connection = _Connection.connect(**self._address, autocommit=True)
        connection.execute(SYNC)
        return connection

    def check(self, connection: psycopg.Connection) -> None:
        """PostgreSQL looks after its own files."""

    def version(self, connection: psycopg.Connection) -> int:
        """From the comment on a table."""
        comment = "SELECT coalesce(obj_description(to_regclass('attempt'), 'pg_class'), '')"
        (found,) = connection.execute(comment).fetchone()
        return int(found.removeprefix(OURS)) if found.startswith(OURS) else 0

    def stamp(self, connection: psycopg.Connection, version: int) -> None:
        """As the comment on a table."""
        connection.execute(f"COMMENT ON TABLE attempt IS '{OURS}{version}'")

    def rows(self, connection: psycopg.Connection, statement: str, values: list) -> Iterator[tuple]:
        """Through a cursor on the server."""
        with connection.transaction(), connection.cursor("rows") as cursor:
            cursor.itersize = AT_ONCE
            yield from cursor.execute(_translated(statement), values)

    def clean(self, connection: psycopg.Connection) -> bool:
        """PostgreSQL vacuums by itself."""
        return True

    def reason(self, error: Exception) -> Exception:
        """By SQLSTATE; what the server says may be shown, for it never names a password."""
        if isinstance(error, NotKept | Refused):
            return error
        state = getattr(error, "sqlstate", None) or ""
        if _is_unfit(error, state):
            return Refused(UNFIT)
        sentence = next((SENTENCES[key] for key in (state, state[:2]) if key in SENTENCES), None)
        said = error.diag.message_primary or str(error).partition("FATAL:")[2].split("\n")[0].strip()
        sentence = sentence or (DOWN if not said else OTHER if state else REFUSED)
        return NotKept(sentence.format(where=self._where, said=said))


def _is_unfit(error: Exception, state: str) -> bool:
    """Whether only this piece of work is at fault; a programming error without a state is psycopg's own, on a value."""
    if not isinstance(error, psycopg.Error) or isinstance(error, psycopg.IntegrityError | psycopg.DataError):
        return True
    return isinstance(error, psycopg.ProgrammingError) and not state


def _translated(statement: str) -> str:
    return statement.replace("?", "%s")
