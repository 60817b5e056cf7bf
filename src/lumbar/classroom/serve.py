"""Open a class on this machine: find a port and the addresses, tell the teacher, and serve until it is stopped."""

import asyncio
import errno
import gc
import hashlib
import signal
import socket
import sys
import time
import webbrowser
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from tornado.http1connection import HTTP1ServerConnection
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets

from lumbar.classroom import address
from lumbar.classroom.hall import Hall
from lumbar.classroom.room import Refused
from lumbar.classroom.school import School, secret
from lumbar.classroom.server import OURSELVES, READ, Site, application
from lumbar.classroom.store import NotKept, answers, connect
from lumbar.progress import folder

PORTS = 20  # tried, one after the other
SOCKETS = 400  # of one address: a phone, or a class behind one router
SPARE = 100  # files that are not connections
FILES = 8192  # open at once: one for each phone, and some
A_DAY = 24 * 60 * 60
FRESH = 5  # seconds for which the machine's addresses are taken to stay
LISTENING = {"idle_connection_timeout": 30, "body_timeout": 20, "max_header_size": 16_384, "max_body_size": READ}

ONE_ONLY = "A class server is running already. Stop it with Ctrl-C first, or name another --database."


class NotOpened(Exception):
    """The class cannot be opened; the message is a sentence for the teacher."""


@dataclass(frozen=True)
class Options:
    """How to open a class.

    A test is open for `minutes`, from the moment `at` where one is named. `host` is the name under which a proxy serves
    us by https, `keep` is in days.
    """

    lan: bool = False
    port: int = 8765
    quiz: str | None = None
    mode: str = "pace"
    minutes: float | None = None
    at: datetime | None = None
    database: str | None = None
    browser: bool = True
    new: bool = False
    keep: float = 30
    school: bool = False
    host: str | None = None


def run(options: Options) -> None:
    """Serve a class until Ctrl-C. Raises `NotOpened`."""
    allow_many_files()
    collect_rarely()
    with alone(options.database):
        try:
            kept = asyncio.run(_serve(options))
        except (NotKept, Refused) as trouble:
            raise NotOpened(str(trouble)) from None
    print(f"\nThe server has stopped. {_what_is_left(kept)}")


def listed(database: str | None = None) -> list[str]:
    """A line for each class. Raises `NotOpened`."""
    return asyncio.run(_with_store(database, _lines))


def deleted(code: str, database: str | None = None) -> int:
    """Delete a class and all that belongs to it; how many votes. Raises `NotOpened`."""
    async def delete(store):
        known = {klass.code for klass in await store.classes()}
        found = address.code_of(code)
        if found not in known:
            raise NotOpened(f"There is no class {code}. There are: {', '.join(sorted(known)) or 'none'}.")
        return await store.delete(found)

    with alone(database, "A class server is running. Delete the class on your own page there, or stop it with Ctrl-C."):
        return asyncio.run(_with_store(database, delete))


async def _with_store(database: str | None, work: Callable):
    try:
        store = connect(database)
        try:
            return await work(store)
        finally:
            await store.close()
    except NotKept as trouble:
        raise NotOpened(str(trouble)) from None


async def _lines(store) -> list[str]:
    lines = []
    for klass in await store.classes():
        pupils, votes = len(await store.pupils(klass.code)), len(await store.votes(klass.code))
        ended = f"ended {_shown(klass.ended)}" if klass.ended else "not ended"
        lines.append(f"{klass.code}  made {_shown(klass.made)}  {ended}  {pupils} pupils  {votes} answers")
    return lines


def _shown(time: str) -> str:
    return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")


# Serving


async def _serve(options: Options) -> set[str]:
    """Serve until told to stop; the codes of the classes that are kept then."""
    store = connect(options.database)
    school = School(store, secret())
    try:
        await school.start()
        if options.keep and (old := await school.sweep(options.keep)):
            print(f"Deleted {len(old)} class{'es' if len(old) > 1 else ''} older than {options.keep:g} days.")
        hall = None if options.school else await _class(school, options)
        await _listen(school, hall, options, listening(options))
        return school.codes
    finally:
        await store.close()


async def _class(school: School, options: Options) -> Hall:
    """The class to go on with, at the quiz that was asked for; or a new one. Raises `Refused`; then none was made."""
    going_on = None if options.new else await school.newest()
    hall = going_on or await school.make()
    if not options.quiz or (hall.room.quiz, hall.room.mode) == (options.quiz, options.mode):
        return hall
    times = {"from": options.at and options.at.isoformat(), "until": options.minutes}
    try:
        await hall.command({"do": "choose", "quiz": options.quiz, "mode": options.mode, **times})
    except Refused:
        if not going_on:
            await school.delete(hall.code)
        raise
    return hall


async def _listen(school: School, hall: Hall | None, options: Options, sockets: list) -> None:
    places = Places(sockets[0].getsockname()[1], options)
    site = Site(school, places.addresses, places.hosts, options.lan, _report(options.database), bool(options.host))
    server = Server(application(site), **LISTENING)
    server.add_sockets(sockets)
    minding = asyncio.create_task(mind(school, options.keep))
    stopped = _stopping()  # before anybody can know that we are here
    _greet(school, hall, places, options)
    try:
        await _wait_for(stopped)
    finally:
        minding.cancel()
        server.stop()
        school.close()
        await server.close_all_connections()
        if options.keep == 0:
            await (school.delete(hall.code) if hall else school.sweep(0))


class Server(HTTPServer):
    """Takes no more connections than it can have open, and few from one phone: else one could keep all others out."""

    def initialize(self, *args, **options) -> None:
        super().initialize(*args, **options)
        self._open: Counter[str] = Counter()
        self._most = open_files() - SPARE

    def handle_stream(self, stream: IOStream, address: tuple) -> None:
        phone = address[0]
        if self._open.total() >= self._most or (phone not in OURSELVES and self._open[phone] >= SOCKETS):
            stream.close()
            return
        self._open[phone] += 1
        super().handle_stream(stream, address)

    def on_close(self, server_conn: HTTP1ServerConnection) -> None:
        super().on_close(server_conn)
        self._open -= Counter([server_conn.context.address[0]])


async def mind(school: School, keep: float) -> None:
    """Once a second, see to the classes; once a day, delete the old ones. Trouble with the database passes."""
    swept = time.monotonic()
    while True:
        await asyncio.sleep(1)
        with suppress(Exception):  # nothing may end this: a test closes by it
            await school.tick()
            if keep and time.monotonic() - swept > A_DAY:
                swept = time.monotonic()
                await school.sweep(keep)


def _stopping() -> asyncio.Event:
    """Set when we are told to stop."""
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows, where Ctrl-C cancels us instead
            asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    return stopped


async def _wait_for(stopped: asyncio.Event) -> None:
    with suppress(asyncio.CancelledError):
        while not stopped.is_set():
            with suppress(TimeoutError):  # wakes up, so that Windows notices Ctrl-C
                await asyncio.wait_for(stopped.wait(), 1)


def listening(options: Options) -> list[socket.socket]:
    """What we listen on: this machine alone unless more was asked for. A port that is taken gives way to the next."""
    place = "0.0.0.0" if options.lan else "127.0.0.1"
    for port in range(options.port, options.port + PORTS) if options.port else [0]:
        try:
            return bind_sockets(port, place)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise NotOpened(f"The {PORTS} ports from {options.port} on are taken. Give another one with --port.")


def collect_rarely() -> None:
    """Python looks through all that it holds for what nobody needs; with 2,000 pupils, votes wait for that up to 0.6 s."""
    gc.freeze()
    gc.set_threshold(50_000, 5, 100)


def allow_many_files() -> None:
    """Raise the soft limit of open files, which is 256 on some systems."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def open_files() -> int:
    """How many files and connections we can have open at once."""
    try:
        import resource
    except ModuleNotFoundError:
        return FILES
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return FILES if soft == resource.RLIM_INFINITY else soft


def _report(database: str | None) -> Callable:
    from lumbar.report import for_class

    async def report(hall: Hall) -> tuple[str, str]:
        in_pace = {quiz for quiz, mode in hall.room.modes.items() if mode == "pace"}
        return await asyncio.to_thread(for_class, answers(hall.code, database), f"Class {hall.code}", in_pace)

    return report


@contextmanager
def alone(database: str | None, why: str = ONE_ONLY) -> Iterator[None]:
    """Keep a second server away from the same classes: each would miss what the other hears. Raises `NotOpened`."""
    is_file = not (database and "://" in database)
    place = str(Path(database).expanduser().resolve()) if database and is_file else database or ""
    name = hashlib.sha256(place.encode()).hexdigest()[:8]
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder() / f"class-{name}.lock", "ab") as file:
        if not _locked(file):
            raise NotOpened(why)
        yield


def _locked(file: BinaryIO) -> bool:
    """Whether the file is ours until we end. True as well where a network drive knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


# Addresses


class Places:
    """Under which addresses the server is reached; those of the machine are looked up anew, since a laptop moves."""

    def __init__(self, port: int, options: Options):
        self.port, self._options = port, options
        self._found: list[str] = []
        self._at = -FRESH

    def addresses(self) -> list[str]:
        """For pupils, the likeliest first."""
        if self._options.host:
            return [f"https://{self._options.host}"]
        return [f"http://{ip}:{self.port}" for ip in self._local() or ["127.0.0.1"]]

    def hosts(self) -> set[str]:
        """The names by which a page may ask."""
        own = {"127.0.0.1", "localhost", "::1", *self._local()}
        return own | ({self._options.host.lower()} if self._options.host else set())

    def own(self) -> str:
        """For the teacher, on this machine."""
        return f"https://{self._options.host}" if self._options.host else f"http://127.0.0.1:{self.port}"

    def _local(self) -> list[str]:
        if not self._options.lan:
            return []
        if time.monotonic() - self._at >= FRESH:
            self._found, self._at = address.local(), time.monotonic()
        return self._found


# What the teacher is told


def _greet(school: School, hall: Hall | None, places: Places, options: Options) -> None:
    if hall:
        page = f"{places.own()}/teach/{hall.code}#{school.key(hall.code)}"
        _invite(hall.code, places.addresses())
        print(f"Your own page, with a key that is yours alone:\n\n    {page}\n")
    else:
        page = f"{places.own()}/teach#{school.school_key()}"
        print(f"Teachers make their classes here, with a key that is theirs alone:\n\n    {page}\n")
    print(_reach(places, options))
    print("To stop, press Ctrl-C here.", flush=True)
    if options.browser:
        webbrowser.open(page)


def _invite(code: str, addresses: list[str]) -> None:
    join = f"{addresses[0]}/{code}"
    print(f"The class is open. Pupils join at\n\n    {join}\n\nor type the code {code} at {addresses[0]}\n")
    if sys.stdout.isatty():
        with suppress(UnicodeEncodeError):
            print(address.qr_lines(join))
    if addresses[1:]:
        print("If that address does not open on a phone, this machine has others:\n")
        print("".join(f"    {other}/{code}\n" for other in addresses[1:]))


def _reach(places: Places, options: Options) -> str:
    if options.host:
        whom = "the network" if options.lan else "this machine alone"
        return f"It listens to {whom}; a proxy serves it as {places.own()}."
    if not options.lan:
        return "Only this machine can reach it so far. To let phones in, start it with: lumbar class --lan"
    return (
        "Everyone in this network can reach it now.\n"
        "Open the join address on your own phone first. If it does not open there:\n"
        "  - let this program through the firewall of this machine, if it asks;\n"
        "  - see that the phone is in the same Wi-Fi as this machine;\n"
        "  - many school and guest networks keep their devices apart: then use a hotspot or a small router of your own."
    )


def _what_is_left(kept: set[str]) -> str:
    if not kept:
        return "No class is kept."
    return f"Kept: {', '.join(sorted(kept))}. Go on as you began; `lumbar class --list` shows more."

