"""All classes of one server: their codes and keys, and the halls in which they are at work."""

import asyncio
import hmac
import os
import secrets
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lumbar.classroom.address import new_code
from lumbar.classroom.hall import Hall, new_room
from lumbar.classroom.limits import Bucket, Codes, Rates
from lumbar.classroom.store import Class_, NotKept, Store
from lumbar.progress import folder

ROOM_FOR = 600  # pupils in a class
SHORTEST = 24  # signs of a secret
PUT_AWAY = 600  # seconds after which a class that nobody has open goes out of memory


def now() -> str:
    """The time as the records have it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def secret() -> bytes:
    """The server's secret, from `LUMBAR_CLASS_SECRET` or else made once in the data folder. Raises `OSError`, `NotKept`."""
    if given := os.environ.get("LUMBAR_CLASS_SECRET"):
        if len(given) < SHORTEST:
            raise NotKept(f"LUMBAR_CLASS_SECRET is too short: give it {SHORTEST} signs or more, drawn at random.")
        return given.encode()
    path = folder() / "class.key"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _write_once(path, secrets.token_bytes(32))
    return path.read_bytes()


def _write_once(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all, unless another process was first."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        os.replace(part, path)
        return
    os.unlink(part)


class School:
    """The classes of a server. `room_for` is the most pupils of one class; `now` and `clock` tell the time."""

    def __init__(self, store: Store, secret: bytes, room_for: int = ROOM_FOR, now: Callable[[], str] = now,
                 clock: Callable[[], float] = time.monotonic):  # fmt: skip
        self.store, self._secret, self.room_for, self.now, self.clock = store, secret, room_for, now, clock
        self.codes: set[str] = set()
        self._halls: dict[str, Hall] = {}
        self._opening: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        # A whole class may come in at once; 20 a second is for what comes on top.
        self.joins = Bucket(20, room_for, clock)
        self.knocks = Rates(0.5, 40, clock)  # of one address: a phone, or a small class behind one router
        self.leaves = Bucket(1, 60, clock)
        self.tries = Codes(clock)
        self.votes = Rates(1, 5, clock)
        self.asks = Rates(5, 20, clock)

    # Keys

    def key(self, code: str) -> str:
        """The key of the class's teacher."""
        return self._signed(f"class {code}")

    def token(self, code: str) -> str:
        """A new token for a pupil of that class, which tells of itself that it is one."""
        once = secrets.token_urlsafe(16)
        return f"{once}.{self._signed(f'pupil {code} {once}')}"

    def is_token(self, token: str, code: str) -> bool:
        """Whether we gave this token out for that class: seen before anything is looked up, whose time would tell."""
        once, _, signed = token.partition(".")
        return matches(signed, self._signed(f"pupil {code} {once}"))

    def school_key(self) -> str:
        """The key that may make classes."""
        return self._signed("school")

    def _signed(self, what: str) -> str:
        return hmac.new(self._secret, what.encode(), "sha256").hexdigest()[:32]

    # Classes

    async def start(self) -> None:
        """Learn which classes there are. Raises `NotKept`."""
        self.codes = {klass.code for klass in await self.store.classes()}

    async def make(self) -> Hall:
        """A new class. Raises `NotKept`."""
        klass = Class_(new_code(self.codes), self.now(), None, new_room().state())
        self.codes.add(klass.code)
        try:
            await self.store.make(klass)
        except BaseException:
            self.codes.discard(klass.code)
            raise
        return await self.hall(klass.code)

    async def newest(self) -> Hall | None:
        """The newest class that has not ended. Raises `NotKept`."""
        running = [klass.code for klass in await self.store.classes() if klass.ended is None]
        return await self.hall(running[-1]) if running else None

    async def hall(self, code: str) -> Hall | None:
        """The class of that code, from the store if need be; None where there is none. Raises `NotKept`."""
        if code not in self.codes:
            return None
        async with self._opening[code]:
            if code in self.codes and code not in self._halls and (klass := await self._class(code)):
                pupils, votes = await self.store.pupils(code), await self.store.votes(code)
                self._halls[code] = Hall(klass, pupils, votes, self.store, self.now, self.clock, self.room_for)
            if hall := self._halls.get(code):
                hall.used = self.clock()
            return hall

    async def delete(self, code: str) -> int:
        """Delete a class and all that belongs to it; how many votes. Raises `NotKept`."""
        async with self._opening[code]:
            count = await self.store.delete(code)
            self.codes.discard(code)
            hall = self._halls.pop(code, None)
        self._opening.pop(code, None)
        if hall:
            hall.close()
        return count

    async def sweep(self, days: float) -> list[str]:
        """Delete the classes that ended, or else were made, longer ago than that; their codes. Raises `NotKept`."""
        before = datetime.fromisoformat(self.now()) - timedelta(days=days)
        old = [klass.code for klass in await self.store.classes() if await self._last(klass) < before]
        for code in old:
            await self.delete(code)
        return old

    async def tick(self) -> None:
        """Once a second: see to every class at work, and put away those that nobody has open."""
        for code, hall in [*self._halls.items()]:
            await hall.tick()
            if hall.is_idle and self.clock() - hall.used > PUT_AWAY:
                del self._halls[code]

    def close(self) -> None:
        """Let everyone go who listens."""
        for hall in self._halls.values():
            hall.close()

    async def _last(self, klass: Class_) -> datetime:
        """When something was last done in it."""
        if klass.ended:
            return datetime.fromisoformat(klass.ended)
        return max(map(datetime.fromisoformat, [klass.made, *(vote.at for vote in await self.store.votes(klass.code))]))

    async def _class(self, code: str) -> Class_ | None:
        return next((klass for klass in await self.store.classes() if klass.code == code), None)


def matches(given: str, wanted: str) -> bool:
    """Whether the two are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
