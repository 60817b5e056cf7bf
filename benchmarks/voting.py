"""A class votes: 500 pupils join and vote within 5 seconds, 5 rounds, each with a stream open; and 2,000 of them.

Server and pupils are in processes of their own, each with a core where the system lets us, on this machine alone.
"""

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psutil
from crowd import cores_apart, processor_time
from harness import ROOT, Row, seconds

from lumbar.classroom import serve

PUPILS, MANY, WITHIN, ROUNDS = 500, 2000, 5, 5
QUIZ = "08-check"
PATIENCE = 30  # seconds for any one answer


@dataclass
class Class:
    """What was seen of a class: seconds for each vote and to the right bars in each round, and what the server took."""

    votes: list[float] = field(default_factory=list)
    wanted: int = 0
    bars: list[float] = field(default_factory=list)
    core: float = 0.0
    memory: float = 0.0

    @property
    def tail(self) -> float:
        """Seconds within which 99 of 100 votes were acknowledged."""
        return quantiles(self.votes, n=100)[98]


def measure() -> list[Row]:
    """Every vote acknowledged, p99 under 50 ms, bars within 1 s, a quarter of a core; 2,000 pupils under 200 ms."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "classes.sqlite"
        ours, many = _class(str(file), PUPILS), _class(str(file), MANY)
    with _postgres() as url:
        beside = _class(url, PUPILS) if url else None
    who = f"{PUPILS} pupils, {ROUNDS} rounds"
    how = f"they join and vote within {WITHIN} s, each with a stream open; beside it, the same on PostgreSQL"
    return [
        _row(f"{who}: votes acknowledged", ours, beside, _acknowledged, "every one", _is_whole, how),
        _row(f"{who}: a vote", ours, beside, _times, "99 of 100 within 50 ms", lambda seen: seen.tail < 0.05,
             "acknowledged after COMMIT"),
        _row(f"{who}: the teacher's bars", ours, beside, lambda seen: seconds(max(seen.bars)),
             "right within 1 s of the last vote", lambda seen: max(seen.bars) < 1, "the slowest round"),
        _row(f"{who}: the server", ours, beside, _taken, "under 25 % of a core", lambda seen: seen.core < 0.25,
             "processor time, and memory"),
        _row(f"{MANY} pupils, {ROUNDS} rounds", many, None, _times, "every vote, 99 of 100 within 200 ms",
             lambda seen: _is_whole(seen) and seen.tail < 0.2, f"{_acknowledged(many)}; {_taken(many)}"),
    ]  # fmt: skip


def _row(what, ours: Class, beside: Class | None, told, promise: str, kept, how: str) -> Row:
    return Row(what, told(ours), told(beside) if beside else "", "", promise, kept(ours), how)


def _is_whole(seen: Class) -> bool:
    return len(seen.votes) == seen.wanted and len(seen.bars) == ROUNDS


def _acknowledged(seen: Class) -> str:
    return f"{len(seen.votes)} of {seen.wanted}"


def _times(seen: Class) -> str:
    return f"half within {seconds(median(seen.votes))}, 99 of 100 within {seconds(seen.tail)}"


def _taken(seen: Class) -> str:
    return f"{seen.core:.0%} of a core, {seen.memory / 2**20:.0f} MiB"


@contextmanager
def _postgres() -> Iterator[str]:
    """The address of an empty database on a PostgreSQL of our own; "" where there is none on this machine."""
    sys.path.append(str(ROOT / "tests" / "classroom"))
    from cluster import Cluster, Missing

    try:
        cluster = Cluster()
    except Missing:
        yield ""
        return
    try:
        with cluster.database() as url:
            yield url
    finally:
        cluster.remove()


def _class(database: str, pupils: int) -> Class:
    """A class of so many, from joining to the last round."""
    serve.allow_many_files()
    serve.collect_rarely()  # here, too, or the voters' own pauses would count as the server's
    command = [sys.executable, str(Path(__file__).with_name("holding.py")), database, str(pupils)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        address, code, key = server.stdout.readline().split()
        with cores_apart(server.pid):
            return asyncio.run(_rounds(Place(address, code), key, psutil.Process(server.pid), pupils))
    finally:
        server.kill()
        server.wait()


@dataclass(frozen=True)
class Place:
    """Where the class is."""

    address: str
    code: str


class Line:
    """A connection that is kept: one request after the other."""

    def __init__(self, place: Place, key: str = ""):
        self.place, self.key = place, key
        self._host = urlsplit(place.address)

    async def open(self) -> "Line":
        self.answers, self.asks = await asyncio.open_connection(self._host.hostname, self._host.port)
        return self

    async def ask(self, method: str, path: str, body: dict | None = None) -> dict:
        """The answer. Raises ValueError for a refusal."""
        await self.send(method, path, body)
        head = await self.head()
        length = next(int(line[15:]) for line in head.lower().splitlines() if line.startswith("content-length:"))
        answer = json.loads(await self.answers.readexactly(length))
        if not head.startswith("HTTP/1.1 200 "):
            raise ValueError(answer)
        return answer

    async def send(self, method: str, path: str, body: dict | None = None) -> None:
        sent = json.dumps(body).encode() if body is not None else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host.netloc}", f"Content-Length: {len(sent)}"]
        lines += [f"Authorization: Bearer {self.key}"] if self.key else []
        self.asks.write("\r\n".join([*lines, "", ""]).encode() + sent)
        await self.asks.drain()

    async def head(self) -> str:
        return (await self.answers.readuntil(b"\r\n\r\n")).decode("latin-1")

    async def snapshots(self, path: str):
        """The snapshots of a stream."""
        await self.send("GET", path)
        await self.head()
        while line := await self.answers.readline():
            if line.startswith(b"data:"):
                yield json.loads(line[5:])


class Voter:
    """A pupil: joins, listens, and votes when it is their turn."""

    def __init__(self, place: Place):
        self.place, self.path = place, f"/api/class/{place.code}"
        self.seen: dict = {}
        self.news = asyncio.Event()

    async def join(self) -> None:
        self.line = await Line(self.place).open()
        self.line.key = (await self.line.ask("POST", "/api/join", {"code": self.place.code}))["token"]
        self.listening = asyncio.create_task(self._listen(await Line(self.place, self.line.key).open()))

    async def _listen(self, line: Line) -> None:
        async for self.seen in line.snapshots(f"{self.path}/events"):
            self.news.set()

    async def vote(self, at: int, number: int) -> tuple[float, int]:
        """Vote on the question at that place; the seconds until it was acknowledged, and what was voted."""
        while self.seen.get("phase") != "voting" or self.seen["at"] != at:
            self.news.clear()
            await self.news.wait()
        item, place = self.seen["item"], random.randrange(len(self.seen["item"]["options"]))
        vote = {"id": f"{number}-{at}", "item": item["id"], "item_version": item["version"], "round": 1}
        start = time.perf_counter()
        await self.line.ask("POST", f"{self.path}/votes", vote | {"response": place, "sure": True, "ms": 900})
        return time.perf_counter() - start, place


async def _rounds(place: Place, key: str, process: psutil.Process, pupils: int) -> Class:
    seen, teacher = Class(wanted=pupils * ROUNDS), await Line(place, key).open()
    path = f"/api/teach/{place.code}"
    bars = Bars(await Line(place, key).open(), f"{path}/events")
    voters = [Voter(place) for _ in range(pupils)]
    await teacher.ask("POST", path, {"do": "choose", "quiz": QUIZ})
    before, start = processor_time(process), time.perf_counter()
    for at in await _with_options(teacher, path):
        await teacher.ask("POST", path, {"do": "show", "at": at})
        await teacher.ask("POST", path, {"do": "vote"})
        turns = (_turn(voter, number, at, pupils) for number, voter in enumerate(voters))
        done = [vote for vote in await asyncio.gather(*turns) if vote]
        seen.votes += [taken for taken, _ in done]
        seen.bars += await bars.until([place for _, place in done])
        await teacher.ask("POST", path, {"do": "close"})
        seen.memory = max(seen.memory, process.memory_info().rss)
    seen.core = (processor_time(process) - before) / (time.perf_counter() - start)
    for task in [bars.listening, *(voter.listening for voter in voters)]:
        task.cancel()
    return seen


async def _with_options(teacher: Line, path: str) -> list[int]:
    """The places of the first questions that have four options."""
    found, at = [], 0
    while len(found) < ROUNDS:
        item = (await teacher.ask("POST", path, {"do": "show", "at": at}))["item"]
        found += [at] if item["kind"] == "one" and len(item["options"]) == 4 else []
        at += 1
    return found


async def _turn(voter: Voter, number: int, at: int, pupils: int) -> tuple[float, int] | None:
    """Join if need be, and vote, at a moment of one's own; None where that failed."""
    await asyncio.sleep(WITHIN * number / pupils)
    try:
        async with asyncio.timeout(PATIENCE):
            if not voter.seen:
                await voter.join()
            return await voter.vote(at, number)
    except (OSError, EOFError, ValueError, TimeoutError):
        return None


class Bars:
    """The teacher's page."""

    def __init__(self, line: Line, path: str):
        self.seen: dict = {}
        self.news = asyncio.Event()
        self.listening = asyncio.create_task(self._listen(line, path))

    async def _listen(self, line: Line, path: str) -> None:
        async for self.seen in line.snapshots(path):
            self.news.set()

    async def until(self, places: list[int]) -> list[float]:
        """The seconds until the bars show these votes; nothing where they never do."""
        start = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                while not self._are_right(places):
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            return []
        return [time.perf_counter() - start]

    def _are_right(self, places: list[int]) -> bool:
        counted = self.seen.get("counts", {}).get("1")
        wanted = [0] * len(self.seen.get("order", []))
        if counted and len(wanted) == len(counted["tally"]):
            for place in places:
                wanted[self.seen["order"][place]] += 1
        return bool(counted) and counted["tally"] == wanted and counted["votes"] == len(places)
