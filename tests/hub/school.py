"""A real JupyterHub with its proxy, as `deploy/hub` sets it up, over a git repository of the lessons."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError

from lumbar import course

ROOT = Path(__file__).resolve().parents[2]
PROXY = ROOT / "build" / "hub" / "node_modules" / ".bin" / "configurable-http-proxy"
PATIENCE = 90  # seconds


@dataclass(frozen=True)
class School:
    """A running hub: its address, and the folder with the learners' homes."""

    folder: Path
    address: str

    def progress(self, name: str) -> Path:
        """Where the answers of the learner of that name lie."""
        return self.folder / name / ".local" / "share" / "lumbar" / "progress.sqlite"

    def kept(self, name: str) -> list[dict]:
        """The attempts in that learner's file; none as long as there is no file."""
        if not self.progress(name).exists():
            return []
        with closing(sqlite3.connect(self.progress(name))) as file:
            file.row_factory = sqlite3.Row
            return [dict(row) for row in file.execute("SELECT * FROM attempt ORDER BY at")]

    def processes(self, name: str = "") -> list[int]:
        """The processes that belong to that learner, or to the hub and anyone of it."""
        mark = str(self.folder / name).encode()
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if mark in _environment(pid)]


@contextmanager
def school() -> Iterator[School]:
    """A hub that is up, and nothing left of it afterwards."""
    # Not pytest's own folder: sockets in the learners' homes bear no long path.
    with TemporaryDirectory(prefix="hub", dir="/tmp", ignore_cleanup_errors=True) as folder:
        with _running(Path(folder)) as hub:
            yield hub


@contextmanager
def _running(folder: Path) -> Iterator[School]:
    ports = _free_ports(3)
    settings = {
        "LUMBAR_COURSE": _repository(folder / "course").as_uri(),
        "LUMBAR_TEST_FOLDER": str(folder),
        "LUMBAR_TEST_PORTS": json.dumps(ports),
    }
    command = [sys.executable, "-m", "jupyterhub", "--config", Path(__file__).with_name("jupyterhub_config.py")]
    running = School(folder, f"http://127.0.0.1:{ports[0]}")
    with open(folder / "hub.log", "w") as log:
        hub = subprocess.Popen(command, cwd=folder, env=os.environ | settings, stdout=log, stderr=log)
    try:
        _until_up(running, hub)
        yield running
    finally:
        _stop(running, hub)


def _repository(folder: Path) -> Path:
    """What the page tells a school to pull from: the built lessons alone, on the branch `course`."""
    shutil.copytree(course.folder("notebooks"), folder, ignore=shutil.ignore_patterns(".*"))
    author = ["-c", "user.name=Author", "-c", "user.email=author@example.org"]
    for step in (["init", "-q", "-b", "course"], ["add", "."], [*author, "commit", "-q", "-m", "The lessons"]):
        subprocess.run(["git", "-C", folder, *step], check=True)
    return folder


def _free_ports(count: int) -> list[int]:
    with ExitStack() as open_ones:
        probes = [open_ones.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def _until_up(running: School, hub: subprocess.Popen) -> None:
    """Wait for the login page: the proxy answers long before the hub does."""
    until = time.monotonic() + PATIENCE
    while hub.poll() is None and time.monotonic() < until:
        with suppress(URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{running.address}/hub/login", timeout=5).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"The hub did not come up:\n{(running.folder / 'hub.log').read_text()[-3000:]}")


def _stop(running: School, hub: subprocess.Popen) -> None:
    """End the hub, which ends its proxy and the learners' servers, and then what it leaves."""
    hub.send_signal(signal.SIGTERM)
    for ending in (signal.SIGTERM, signal.SIGKILL, None):
        if not (left := _after(20, running, hub)):
            return
        for pid in left if ending else ():
            with suppress(ProcessLookupError):
                os.kill(pid, ending)
    raise RuntimeError(f"The hub left processes behind: {left}")


def _after(seconds: float, running: School, hub: subprocess.Popen) -> list[int]:
    """The processes that are still there after that time; none as soon as there are none."""
    until = time.monotonic() + seconds
    while (left := running.processes()) and time.monotonic() < until:
        hub.poll()
        time.sleep(0.1)
    hub.poll()
    return left


def _environment(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""
