"""A class that opens a lesson at once: 500 readers within half a minute, and what one core serves at most."""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

import edition
import psutil
from harness import Row, kilobytes, seconds

READERS, WITHIN = 500, 30
AT_ONCE, SPAN = 8, 5
LESSON = "08-from-tension-to-joints"
# What a page shows and runs: its scripts, styles and pictures.
PARTS = re.compile(r'<(?:script|img)\b[^>]*?\bsrc="([^":]+)"|<link\b[^>]*?\brel="(?:stylesheet|icon)"[^>]*?\bhref="([^":]+)"')


@dataclass(frozen=True)
class Opening:
    """One reader's opening of the lesson: seconds until all was there, the bytes, and whether anything failed."""

    seconds: float
    bytes: int
    failed: bool


def measure() -> list[Row]:
    """No error."""
    folder = edition.site().folder
    html = (folder / f"{LESSON}.html").read_text(encoding="utf-8")
    parts = dict.fromkeys(f"/{src or href}" for src, href in PARTS.findall(html))
    files = [f"/{LESSON}.html", *parts]
    with _server(folder) as (address, process):
        openings = asyncio.run(_class(address, files))
        before = _processor(process)
        done = asyncio.run(_as_many_as_possible(address, files))
        spent = _processor(process) - before
    failed = sum(opening.failed for opening in openings)
    cuts = quantiles((opening.seconds for opening in openings), n=100)
    each = max(opening.bytes for opening in openings)
    rate = len(done) / spent
    return [
        Row(
            f"{READERS} readers open a lesson within {WITHIN} s",
            f"{failed or 'no'} error{'s' * (failed > 1)}",
            "",
            "",
            "no error",
            failed == 0,
            f"{LESSON}, {len(files)} files with all its figures, {kilobytes(each)}, one connection each; half had all of it in "
            f"{seconds(cuts[49])}, 99 of 100 in {seconds(cuts[98])}",
        ),
        Row(
            "one core serves",
            f"{rate:.0f} openings a second",
            "",
            "",
            f"at least {READERS / WITHIN:.0f}",
            rate >= READERS / WITHIN,
            f"{kilobytes(rate * each)} a second, by a plain server in Python, {AT_ONCE} readers at a time; from this follows "
            f"that {READERS} readers within {WITHIN} s need {READERS * each * 8 / WITHIN / 1e6:.0f} Mbit/s of their Wi-Fi",
        ),
    ]


@contextmanager
def _server(folder: Path) -> Iterator[tuple[tuple[str, int], psutil.Process]]:
    """The site served by a process with a core of its own; where it is, and the process."""
    command = [sys.executable, str(Path(__file__).with_name("serving.py")), str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    address = urlsplit(server.stdout.readline())
    try:
        with _cores_apart(server.pid):
            yield (address.hostname, address.port), psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _cores_apart(process: int) -> Iterator[None]:
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


def _processor(process: psutil.Process) -> float:
    """The seconds of processor time it has had."""
    times = process.cpu_times()
    return times.user + times.system


async def _class(address: tuple[str, int], files: list[str]) -> list[Opening]:
    async def reader(number: int) -> Opening:
        await asyncio.sleep(number * WITHIN / READERS)
        return await _open(address, files)

    return await asyncio.gather(*map(reader, range(READERS)))


async def _as_many_as_possible(address: tuple[str, int], files: list[str]) -> list[Opening]:
    until = time.perf_counter() + SPAN

    async def reader() -> list[Opening]:
        done = []
        while time.perf_counter() < until:
            done.append(await _open(address, files))
        return done

    return sum(await asyncio.gather(*(reader() for _ in range(AT_ONCE))), [])


async def _open(address: tuple[str, int], files: list[str]) -> Opening:
    """Fetch the page and then its parts over one connection."""
    start, size = time.perf_counter(), 0
    try:
        answers, asks = await asyncio.open_connection(*address)
        for file in files:
            asks.write(f"GET {file} HTTP/1.1\r\nHost: {address[0]}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            size += await _answer(answers)
        asks.close()
    except (OSError, EOFError, ValueError):
        return Opening(time.perf_counter() - start, size, True)
    return Opening(time.perf_counter() - start, size, False)


async def _answer(answers: asyncio.StreamReader) -> int:
    """Read one answer; its bytes. Raises ValueError for anything but a file."""
    head = (await answers.readuntil(b"\r\n\r\n")).decode("latin-1")
    if not head.startswith("HTTP/1.1 200 "):
        raise ValueError(head.splitlines()[0])
    length = re.search(r"\bcontent-length: (\d+)", head, re.IGNORECASE)
    return len(head) + len(await answers.readexactly(int(length[1])))
