"""A class in a test: a server in a thread of its own, its teacher, its pupils, and a clock that stands until moved."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count

import httpx

from lumbar.classroom import masks, quizzes, serve
from lumbar.classroom.school import School
from lumbar.classroom.server import Site, application
from lumbar.classroom.store import NotKept, connect

SECRET = b"a secret for tests only"
QUIZ = "08-check"
NUMBERS = count(1)


class Clock:
    """Ten past eight on a Monday in March, until it is moved."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> str:
        time = datetime(2026, 3, 2, 8, 10, tzinfo=UTC) + timedelta(seconds=self.seconds)
        return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def move(self, seconds: float) -> None:
        self.seconds += seconds


class Fragile:
    """A store whose database can be taken away: then whatever is asked of it fails in its own way."""

    def __init__(self, store):
        self._store, self.is_down = store, False

    def __getattr__(self, name: str):
        async def work(*values):
            if self.is_down and name != "close":
                raise NotKept("The disk is full: make room on it.")
            return await getattr(self._store, name)(*values)

        return work


class Server:
    """The class server at work. `ask` is a request to it; `answer` its JSON."""

    def __init__(self, url: str, room_for: int = 600, report=None):
        self.clock = Clock()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self.store = Fragile(connect(url))
        self.school = School(self.store, SECRET, room_for, self.clock.now, self.clock)
        self._http, self.port = self.do(self._start(report))
        self.address = f"http://127.0.0.1:{self.port}"
        self.web = httpx.Client(base_url=self.address, timeout=20)

    async def _start(self, report):
        await self.school.start()
        site = self.site = Site(self.school, lambda: [self.address], lambda: {"127.0.0.1"}, report=report)
        http = serve.Server(application(site), **serve.LISTENING)
        listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        listening.setblocking(False)
        http.add_sockets([listening])
        return http, listening.getsockname()[1]

    def do(self, work):
        """The result of a coroutine in the server's thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def tick(self) -> None:
        self.do(self.school.tick())

    def ask(self, method: str, path: str, key: str = "", **options) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return self.web.request(method, path, headers=headers | options.pop("headers", {}), **options)

    def stop(self) -> None:
        self.web.close()
        self.do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _stop(self) -> None:
        self._http.stop()
        self.school.close()
        await self._http.close_all_connections()
        await self.store.close()


class Teacher:
    """A teacher with a new class, or with one that is there."""

    def __init__(self, server: Server, code: str = ""):
        self.server = server
        self.code = code or server.do(server.school.make()).code
        self.key = server.school.key(self.code)
        self.path = f"/api/teach/{self.code}"

    def says(self, do: str, **command) -> httpx.Response:
        return self.server.ask("POST", self.path, self.key, json={"do": do, **command})

    def does(self, do: str, **command) -> dict:
        """What the teacher sees after a command that fits."""
        answer = self.says(do, **command)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def shows(self, at: int = 0, quiz: str = QUIZ) -> dict:
        """Choose a quiz at the teacher's pace, show a question and open the vote."""
        self.does("choose", quiz=quiz, mode="pace")
        self.does("show", at=at)
        return self.does("vote")

    def sees(self) -> dict:
        return self.server.ask("GET", self.path, self.key).json()


class Pupil:
    """A phone that joins and votes."""

    def __init__(self, teacher: Teacher):
        self.server, self.code = teacher.server, teacher.code
        self.path = f"/api/class/{self.code}"
        self.clock = teacher.server.clock
        joined = self.joins()
        assert joined.status_code == 200, joined.text
        self.token, self.learner, self.name = (joined.json()[name] for name in ("token", "learner", "name"))

    def joins(self, token: str = "") -> httpx.Response:
        return self.server.ask("POST", "/api/join", token, json={"code": self.code})

    def sees(self) -> dict:
        return self.server.ask("GET", self.path, self.token).json()

    def has(self) -> dict:
        return self.server.ask("GET", f"{self.path}/mine", self.token).json()

    def vote(self, response, at: int = 0, **changed) -> dict:
        """A vote on the item that is shown, or on that of the quiz at one's own speed."""
        seen = self.sees()
        item = seen["item"] or seen["items"][at]
        which = {"item": item["id"], "item_version": item["version"], "round": seen["round"]}
        return {"id": f"v{next(NUMBERS)}", **which, "response": response, "sure": True, "ms": 900, **changed}

    def sends(self, vote: dict) -> httpx.Response:
        self.clock.move(1)  # nobody is faster than that
        return self.server.ask("POST", f"{self.path}/votes", self.token, content=json.dumps(vote))

    def votes(self, response, at: int = 0, **changed) -> httpx.Response:
        return self.sends(self.vote(response, at, **changed))


def right_place(room, quiz: str, at: int) -> int:
    """At which place of the display the right option of an item stands."""
    item = quizzes.load(quiz).items[at]
    right = next(i for i, option in enumerate(item["options"]) if option.get("right"))
    return masks.arrangement(item, room.seed).index(right)


@contextmanager
def stream(server: Server, path: str, key: str) -> Iterator[Iterator[dict]]:
    """The snapshots that a stream brings, one after the other."""
    with server.web.stream("GET", path, headers={"Authorization": f"Bearer {key}"}) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream"), answer.read()
        yield (json.loads(line[5:]) for line in answer.iter_lines() if line.startswith("data:"))
