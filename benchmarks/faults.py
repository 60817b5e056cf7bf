"""`kill -9` in the middle of a vote, ten times: whether an acknowledged answer was lost, or one counted twice.

60 phones answer as fast as the class server lets them. After each death the server is started anew, and each phone
sends again, under the same id, the answer whose acknowledgement it did not hear.
"""

import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

from harness import ROOT, Row, seconds
from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from lumbar.classroom.store import Vote, connect

sys.path.insert(0, str(ROOT / "tests" / "classroom"))
from cluster import Cluster  # noqa: E402

PHONES, DEATHS, WITHIN = 60, 10, 240
BURST = 5  # answers that the server takes from one phone at once
LUMBAR = "import sys; from lumbar.cli import main; sys.exit(main())"
COMMAND = ["class", "--port", "0", "--no-browser"]


def measure() -> list[Row]:
    """None lost and none doubled, on SQLite and on PostgreSQL."""
    with _cluster() as cluster, cluster.database() as url:
        return [_row("SQLite", None), _row("PostgreSQL", url)]


def _row(name: str, database: str | None) -> Row:
    with TemporaryDirectory() as folder:
        story = asyncio.run(asyncio.wait_for(_story(Path(folder), database), WITHIN))
    return Row(
        f"{DEATHS} times `kill -9` in the middle of a vote, {name}",
        f"{story.lost} of {story.acknowledged} acknowledged answers lost, {story.doubled} doubled",
        "",
        "",
        "none lost, none doubled",
        story.acknowledged > 0 and story.counted and not story.lost and not story.doubled,
        f"{PHONES} phones; {story.again} answers sent again, {story.there} of which were kept before; the class was "
        f"back after {seconds(story.back)} (median), with {'right' if story.counted else '**wrong**'} counts",
    )


@contextmanager
def _cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    try:
        yield cluster
    finally:
        cluster.remove()


@dataclass(frozen=True)
class Story:
    """What came of it: numbers of answers, seconds until the class was back, whether the teacher sees right counts."""

    acknowledged: int
    lost: int
    doubled: int
    again: int
    there: int
    back: float
    counted: bool


async def _story(folder: Path, database: str | None) -> Story:
    dice, store = random.Random(0), connect(database or str(folder / "classes.sqlite"))
    server, there, back = Server(folder, database), 0, []
    try:
        items = await server.open_vote()
        phones = [Phone([item for item in items if item["kind"] == "one"], random.Random(n)) for n in range(PHONES)]
        await asyncio.gather(*(phone.join(server) for phone in phones))
        for _ in range(DEATHS):
            await _until_killed(server, phones, dice.randrange(PHONES * (BURST - 1)))
            kept = {vote.id for vote in await store.votes(server.code)}
            there += sum(phone.waiting["id"] in kept for phone in phones if phone.waiting)
            start = time.perf_counter()
            server = Server(folder, database)
            back.append(time.perf_counter() - start)
        await asyncio.gather(*(phone.send_again(server) for phone in phones))
        return _judged(phones, await store.votes(server.code), await server.counts(), there, median(back))
    finally:
        server.kill()


async def _until_killed(server: "Server", phones: list["Phone"], after: int) -> None:
    """All phones answer; once so many answers were acknowledged, the server dies."""
    enough = _acknowledged(phones) + after
    answering = [asyncio.ensure_future(phone.answer(server)) for phone in phones]
    while _acknowledged(phones) <= enough and not all(task.done() for task in answering):
        await asyncio.sleep(0)
    server.kill()
    await asyncio.gather(*answering)


def _acknowledged(phones: list["Phone"]) -> int:
    return sum(len(phone.acknowledged) for phone in phones)


def _judged(phones: list["Phone"], kept: list[Vote], counts: dict[str, int], there: int, back: float) -> Story:
    times = Counter(vote.id for vote in kept)
    found = {vote.id: (vote.learner, vote.item, vote.sure, vote.ms) for vote in kept}
    sent = {id: (phone.learner, *what) for phone in phones for id, what in phone.acknowledged.items()}
    lost = sum(found.get(id) != what for id, what in sent.items())
    doubled = sum(number - 1 for number in times.values()) + len(times.keys() - sent.keys())
    right = Counter(item for _, item in {(vote.learner, vote.item) for vote in kept})
    return Story(len(sent), lost, doubled, sum(phone.again for phone in phones), there, back, counts == right)


class Server:
    """A class server in a process of its own, ready to answer."""

    def __init__(self, folder: Path, database: str | None):
        command = [sys.executable, "-c", LUMBAR, *COMMAND, *(["--database", database] if database else [])]
        environment = os.environ | {"LUMBAR_DATA": str(folder)}
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        said = ""
        for line in self._process.stdout:
            said += line
            if "To stop" in line:
                break
        self.address, self.code, self.key = re.search(r"(http://[^/\s]+)/teach/(\w+)#(\w+)", said).groups()
        self._client = AsyncHTTPClient(force_instance=True, max_clients=2 * PHONES)

    async def ask(self, method: str, path: str, bearer: str = "", body: dict | None = None) -> dict:
        """The answer in JSON. Raises `HTTPClientError`, and `OSError` as a connection does that breaks."""
        head = {"Authorization": f"Bearer {bearer}"}
        sent = json.dumps(body) if body is not None else None
        answer = await self._client.fetch(self.address + path, method=method, headers=head, body=sent)
        return json.loads(answer.body)

    async def open_vote(self) -> list[dict]:
        """Let the class answer a quiz, each at their own speed; its questions, as the phones see them."""
        path = f"/api/teach/{self.code}"
        await self.ask("POST", path, self.key, {"do": "choose", "quiz": "08-check", "mode": "open"})
        return (await self.ask("POST", path, self.key, {"do": "vote"}))["items"]

    async def counts(self) -> dict[str, int]:
        """How many have answered each question, by the teacher's page."""
        answered = (await self.ask("GET", f"/api/teach/{self.code}", self.key))["answered"]
        return {item: counts["votes"] for item, counts in answered.items() if counts["votes"]}

    def kill(self) -> None:
        """As the system kills it: it gets no chance to tidy up."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._process.stdout.close()


@dataclass
class Phone:
    """One pupil's: `waiting` is the answer that it was not told of, `acknowledged` what it was told is kept, by id."""

    items: list[dict]
    dice: random.Random
    token: str = ""
    learner: str = ""
    waiting: dict | None = None
    acknowledged: dict[str, tuple] = field(default_factory=dict)
    again: int = 0

    async def join(self, server: Server) -> None:
        """Join the class, after those who join at the same time."""
        while not self.token:
            try:
                joined = await server.ask("POST", "/api/join", body={"code": server.code})
                self.token, self.learner = joined["token"], joined["learner"]
            except HTTPClientError as error:
                if error.code != 429:
                    raise
                await asyncio.sleep(0.5)

    async def answer(self, server: Server) -> None:
        """Answer until the server dies, or takes no more for now."""
        try:
            await self.send_again(server)
            for _ in range(BURST - 1):
                self.waiting = self._made()
                await self._send(server)
        except HTTPClientError as error:
            if error.code not in (429, 599):
                raise
        except OSError:  # it is dead
            pass

    async def send_again(self, server: Server) -> None:
        """Send what was not acknowledged, if there is any."""
        if self.waiting:
            self.again += 1
            await self._send(server)

    async def _send(self, server: Server) -> None:
        vote = self.waiting
        told = await server.ask("POST", f"/api/class/{server.code}/votes", self.token, vote)
        if told["kept"] == vote["id"]:
            self.acknowledged[vote["id"]] = vote["item"], vote["sure"], vote["ms"]
            self.waiting = None

    def _made(self) -> dict:
        item = self.dice.choice(self.items)
        return {
            "id": str(uuid4()),
            "item": item["id"],
            "item_version": item["version"],
            "round": 1,
            "response": self.dice.randrange(len(item["options"])),
            "sure": self.dice.random() < 0.5,
            "ms": self.dice.randrange(60_000),
        }
