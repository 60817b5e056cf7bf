"""A class that opens a lesson at once: 500 readers within half a minute, and what one core serves at most.

Each reader fetches the page, its scripts, styles and figures, and then all that the service worker keeps.
"""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

import edition
import psutil
from harness import Row, kilobytes, seconds
from serving import contents

READERS, WITHIN = 500, 30
AT_ONCE, SPAN = 8, 5
LESSON = "08-from-tension-to-joints"
# What a page shows and runs: its scripts, styles and pictures.
PARTS = re.compile(r'''
    <(?:script|img)\b[^>]*?\bsrc="([^":]+)" | <link\b[^>]*?\brel="(?:stylesheet|icon)"[^>]*?\bhref="([^":]+)"
''', re.VERBOSE)  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """One reader's opening of the lesson: seconds and bytes until all was there, and whether anything failed."""

    seconds: float
    bytes: int
    failed: bool


def measure() -> list[Row]:
    """No error."""
    folder = edition.site().folder
    files, course = _lesson(folder), _course(folder)
    with _server(folder) as (address, process):
        openings = asyncio.run(_class(address, files, course))
        before = processor_time(process)
        done = asyncio.run(_as_many_as_possible(address, files))
        rate = sum(not opening.failed for opening in done) / (processor_time(process) - before)
    each = max(opening.bytes for opening in openings)
    kept = sum(len(contents(folder / file)) for file in course)
    return [_readers(openings, len(files), each, kept), _core(rate, each)]


def _readers(openings: list[Opening], files: int, each: int, kept: int) -> Row:
    failed = sum(opening.failed for opening in openings)
    cuts = quantiles((opening.seconds for opening in openings), n=100)
    return Row(
        f"{READERS} readers open a lesson within {WITHIN} s",
        f"{failed} of them with an error" if failed else "no error",
        "",
        "",
        "no error",
        not failed,
        f"{LESSON} with all figures, {files} files, {kilobytes(each)}, then the whole course to keep, {kilobytes(kept)}"
        f"; half had the lesson in {seconds(cuts[49])}, 99 of 100 in {seconds(cuts[98])}",
    )


def _core(rate: float, each: int) -> Row:
    needed = READERS / WITHIN
    return Row(
        "one core serves",
        f"{rate:.0f} lessons a second",
        "",
        "",
        f"at least {needed:.0f}",
        rate >= needed,
        f"{kilobytes(rate * each)} a second, by a plain server in Python, {AT_ONCE} readers at a time; it follows that "
        f"{READERS} readers within {WITHIN} s ask {needed * each * 8 / 1e6:.0f} Mbit/s of their network",
    )


def _lesson(folder: Path) -> list[str]:
    """The lesson's page and what it shows and runs."""
    html = (folder / f"{LESSON}.html").read_text(encoding="utf-8")
    return [f"{LESSON}.html", *dict.fromkeys(src or href for src, href in PARTS.findall(html))]


def _course(folder: Path) -> list[str]:
    """All files of the course but the live notebooks."""
    names = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return [name for name in names if not name.startswith((".", "lite/"))]


@contextmanager
def _server(folder: Path) -> Iterator[tuple[tuple[str, int], psutil.Process]]:
    """The site served by a process with a core of its own; where it is, and the process."""
    command = [sys.executable, str(Path(__file__).with_name("serving.py")), str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    address = urlsplit(server.stdout.readline())
    try:
        with cores_apart(server.pid):
            yield (address.hostname, address.port), psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait()


@contextmanager
def cores_apart(process: int) -> Iterator[None]:
    """The process on one core and this one on the others, where the system lets us say so."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    ours = os.sched_getaffinity(0)
    first, *others = sorted(ours)
    for thread in psutil.Process(process).threads():
        os.sched_setaffinity(thread.id, {first})
    os.sched_setaffinity(0, others or {first})
    yield
    os.sched_setaffinity(0, ours)


def processor_time(process: psutil.Process) -> float:
    """The seconds of processor time it has had."""
    times = process.cpu_times()
    return times.user + times.system


async def _class(address: tuple[str, int], files: list[str], course: list[str]) -> list[Opening]:
    async def reader(number: int) -> Opening:
        await asyncio.sleep(number * WITHIN / READERS)
        return await _open(address, files, course)

    return await asyncio.gather(*map(reader, range(READERS)))


async def _as_many_as_possible(address: tuple[str, int], files: list[str]) -> list[Opening]:
    until = time.perf_counter() + SPAN

    async def reader() -> list[Opening]:
        done = []
        while time.perf_counter() < until:
            done.append(await _open(address, files))
        return done

    return sum(await asyncio.gather(*(reader() for _ in range(AT_ONCE))), [])


async def _open(address: tuple[str, int], files: list[str], later: Iterable[str] = ()) -> Opening:
    """Fetch the page and its parts over one connection, and then what is for later."""
    start, taken, size, failed = time.perf_counter(), 0.0, 0, False
    try:
        answers, asks = await asyncio.open_connection(*address)
        for file in files:
            size += await _fetch(answers, asks, file)
        taken = time.perf_counter() - start
        for file in later:
            await _fetch(answers, asks, file)
        asks.close()
    except (OSError, EOFError, ValueError):
        failed = True
    return Opening(taken or time.perf_counter() - start, size, failed)


async def _fetch(answers: asyncio.StreamReader, asks: asyncio.StreamWriter, file: str) -> int:
    """The bytes of the answer. Raises ValueError for any but a file."""
    asks.write(f"GET /{file} HTTP/1.1\r\nHost: lumbar\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = (await answers.readuntil(b"\r\n\r\n")).decode("latin-1")
    if not head.startswith("HTTP/1.1 200 "):
        raise ValueError(head.splitlines()[0])
    length = re.search(r"\bcontent-length: (\d+)", head, re.IGNORECASE)
    return len(head) + len(await answers.readexactly(int(length[1])))
