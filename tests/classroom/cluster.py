"""A PostgreSQL of our own for a while: Debian's, in a temporary folder, reached through a socket there."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote
from uuid import uuid4


class Missing(Exception):
    """There is no PostgreSQL on this machine."""


class Cluster:
    """One server with any number of databases; remove it when done. With `sync`, commits reach the disk."""

    def __init__(self, sync: bool = True):
        self._sync = "on" if sync else "off"
        self._programs = _programs()
        self._folder = Path(mkdtemp(prefix="lumbar-postgres-", dir="/tmp"))  # short: a socket's path has 107 signs
        self._user = _user()
        if self._user:
            os.chown(self._folder, *self._user)
        self._run("initdb", "--auth=trust", "--username=lumbar", "--no-sync", "--no-instructions")
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-c listen_addresses= -c unix_socket_directories={self._folder} -c fsync={self._sync}"
        self._run("pg_ctl", "start", "--wait", "--timeout=60", f"--log={self._folder}/log", f"--options={options}")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: "fast" as a service is stopped, "immediate" as by a power cut."""
        self._run("pg_ctl", "stop", "--wait", "--timeout=60", f"--mode={mode}")

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a new, empty database."""
        name = f"class_{uuid4().hex}"
        ask(self.url("postgres"), f"CREATE DATABASE {name}")
        yield self.url(name)
        ask(self.url("postgres"), f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        """The address of the database of that name."""
        return f"postgresql://lumbar@/{name}?host={quote(str(self._folder), safe='')}"

    def remove(self) -> None:
        """Stop it, and delete its folder."""
        try:
            self.stop("immediate")
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        """Raises `RuntimeError` with what it said."""
        command = [str(self._programs / program), f"--pgdata={self._folder}/data", *arguments]
        rights = dict(zip(("user", "group"), self._user, strict=True), extra_groups=[]) if self._user else {}
        with open(self._folder / "said", "w+b") as said:  # no pipe: the server would keep it open
            streams = {"stdin": subprocess.DEVNULL, "stdout": said, "stderr": subprocess.STDOUT}
            done = subprocess.run(command, cwd=self._folder, timeout=90, **streams, **rights)
            said.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program} failed: {said.read().decode(errors='replace')} {self._log()}")

    def _log(self) -> str:
        log = self._folder / "log"
        return log.read_text()[-2000:] if log.exists() else ""


def ask(url: str, *statements: str) -> None:
    """Run statements in the database at that address."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def _programs() -> Path:
    """The folder of PostgreSQL's programs. Raises `Missing`."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = shutil.which("initdb") or (debian and debian[-1])
    if not found:
        raise Missing("there is no PostgreSQL")
    return Path(found).resolve().parent


def _user() -> tuple[int, int] | None:
    """Who is to run it in root's place, since PostgreSQL refuses root; None for whoever runs this."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: (entry.pw_uid, entry.pw_gid) for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]
