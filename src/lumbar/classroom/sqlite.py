"""Classes in one file on the teacher's own disk."""

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from lumbar.classroom.store import UNFIT, NotKept, Refused

WAIT = 3  # seconds that one writer waits while another one writes
MARK = 0x4C424152  # "LBAR" in the file's header: a file of ours
NETWORK = {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "fuse.sshfs", "afs"}

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
TAKEN = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
FORBIDDEN = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)


class _Connection(sqlite3.Connection):
    """Knows which file it opened, and whether that was read through."""

    file: tuple[int, int]
    sound = False


class Sqlite:
    """The file and its ways; see `store.Database`."""

    begin = begin_alone = "BEGIN IMMEDIATE"
    number = "INTEGER PRIMARY KEY"

    def __init__(self, path: Path):
        self.path = path
        self._was_there = False

    def open(self) -> _Connection:
        """Opens the file, or makes it: but not in place of one that was there a moment ago."""
        if not self._was_there and not self.path.exists():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
        self._was_there = True
        file = self._file()
        connection = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None, factory=_Connection)
        try:
            connection.file = file
            self._see_whose(connection)
            self._set_up(connection)
            return connection
        except BaseException:
            connection.close()
            raise

    def check(self, connection: _Connection) -> None:
        """Reads the whole file once, since damage may lie where nobody looks today; and sees that it is still there."""
        if not connection.sound and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise self._damaged()
        connection.sound = True
        if self._file() != connection.file:  # SQLite would go on writing into a deleted file
            raise self._gone()

    def version(self, connection: _Connection) -> int:
        """From the file's header."""
        return connection.execute("PRAGMA user_version").fetchone()[0]

    def stamp(self, connection: _Connection, version: int) -> None:
        """There too."""
        connection.execute(f"PRAGMA application_id={MARK}")
        connection.execute(f"PRAGMA user_version={version}")

    def rows(self, connection: _Connection, statement: str, values: list) -> Iterator[tuple]:
        """SQLite reads them as they are asked for."""
        return connection.execute(statement, values)

    def clean(self, connection: _Connection) -> bool:
        """Rewrites the file, since `secure_delete` misses the copies that moved rows leave behind; empties the log."""
        connection.execute("PRAGMA busy_timeout=100")  # votes wait behind this
        cleaned = self._empty_log(connection)
        if cleaned:
            connection.execute("VACUUM")
            cleaned = self._empty_log(connection)
        connection.execute(f"PRAGMA busy_timeout={WAIT * 1000:.0f}")
        return cleaned

    def reason(self, error: Exception) -> Exception:
        """By SQLite's own codes, https://www.sqlite.org/rescode.html."""
        if isinstance(error, NotKept | Refused):
            return error
        if isinstance(error, sqlite3.OperationalError | OSError) or type(error) is sqlite3.DatabaseError:
            return self._trouble(error)
        return Refused(UNFIT)

    def _see_whose(self, connection: _Connection) -> None:
        """Nothing is written to a file with tables that are not ours."""
        asked = "SELECT application_id, (SELECT count(*) FROM sqlite_master) FROM pragma_application_id"
        mark, tables = connection.execute(asked).fetchone()
        if tables and mark != MARK:
            raise NotKept(f"The file {self.path} belongs to another program: choose another one with --database.")

    def _set_up(self, connection: _Connection) -> None:
        # A write-ahead log lets others read while one writes, but takes shared memory, which network drives have not.
        asked = "DELETE" if _on_network(self.path) else "WAL"
        (mode,) = connection.execute(f"PRAGMA journal_mode={asked}").fetchone()
        # The log is on the disk at each COMMIT with FULL; a rollback journal needs the folder's sync too, with EXTRA.
        connection.execute(f"PRAGMA synchronous={'FULL' if mode == 'wal' else 'EXTRA'}")
        connection.execute("PRAGMA fullfsync=ON")  # or macOS leaves it in the drive's own memory
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA foreign_keys=ON")

    def _empty_log(self, connection: _Connection) -> bool:
        """False where somebody still reads what is in it."""
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def _trouble(self, error: Exception) -> NotKept:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code in DAMAGED:
            return self._damaged()
        if code in TAKEN:
            return NotKept(f"Another program is using {self.path}: close it, and votes are kept again.")
        if code == sqlite3.SQLITE_FULL or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
            return NotKept("The disk is full: make room on it, and votes are kept again.")
        if code in FORBIDDEN or isinstance(error, OSError):
            return NotKept(f"The folder {self.path.parent} cannot be written: choose another one with --database.")
        if code == sqlite3.SQLITE_IOERR:
            return NotKept(f"The disk with {self.path} takes nothing more: see whether it is full or broken.")
        return NotKept(f"The file {self.path} cannot be used ({error}).")

    def _file(self) -> tuple[int, int]:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            raise self._gone() from None
        return found.st_dev, found.st_ino

    def _gone(self) -> NotKept:
        return NotKept(f"The file {self.path} is gone: put it back, and votes are kept again.")

    def _damaged(self) -> NotKept:
        return NotKept(f"The file {self.path} is damaged: move it elsewhere, and start the class again.")


def _on_network(path: Path) -> bool:
    """Whether the file is on another machine, as far as this one's list of drives tells."""
    import psutil

    place = path.resolve()
    drives = [drive for drive in psutil.disk_partitions(all=True) if place.is_relative_to(drive.mountpoint)]
    nearest = max(drives, key=lambda drive: len(drive.mountpoint), default=None)
    if nearest is None:
        return str(place).startswith("\\\\")
    return nearest.fstype.lower() in NETWORK or "remote" in nearest.opts
