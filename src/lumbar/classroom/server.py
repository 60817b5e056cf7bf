"""The HTTP interface of the classroom: what `openapi.json` describes, and the pages that use it.

Whoever asks says who they are with `Authorization: Bearer …`; there are no cookies. Every refusal is
`{"error": a sentence for the person, "code": a short name for the page}`.
"""

import asyncio
import hashlib
import json
import random
import re
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tornado.iostream import StreamClosedError
from tornado.netutil import is_valid_ip
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from lumbar import portable
from lumbar.classroom import quizzes
from lumbar.classroom.address import code_of, qr
from lumbar.classroom.hall import Hall, Stream
from lumbar.classroom.limits import Rates
from lumbar.classroom.room import Refused
from lumbar.classroom.school import School, matches
from lumbar.classroom.store import NotKept
from lumbar.classroom.views import View

HERE = Path(__file__).parent
FRONT = HERE / "front"
QUIZ = HERE.parent / "quiz"
LARGEST = 4096  # bytes of a body
READ = 999_999  # bytes of a body that are read, but not kept, so that its sender gets to hear that it is too large
OURSELVES = ("127.0.0.1", "::1")
# Not what the system calls them: there may be one that takes scripts for plain text, and no page works then.
KINDS_OF_FILE = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
HEARTBEAT = 15  # seconds
TEACHERS_PAUSE = 0.5  # seconds from one snapshot to the next, however fast votes come in
RETRY = (1000, 4000)  # milliseconds after which a phone that lost its stream should try again: not all at once

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "Lumbar",
}
STATUS = {
    "unclear": 400, "unknown-pupil": 401, "wrong-key": 401, "locked": 403, "full": 403, "early": 403, "late": 403,
    "foreign": 403, "unknown-code": 404, "unknown-page": 404, "no-such-method": 405, "not-now": 409, "closed": 409,
    "conflict": 409, "changed": 409, "once": 409, "ended": 410, "too-large": 413, "unfit": 422, "too-many": 429,
    "fault": 500, "not-kept": 503,
}  # fmt: skip
SENTENCES = {
    404: ("unknown-page", "There is no such page here. Check the address."),
    405: ("no-such-method", "This address cannot be used in that way."),
}
WHERE_KEYS_ARE = "Open the address that the class server prints at its start."
FAULT = ("fault", "Something went wrong in the class server. Try again; if it stays so, start it anew.")
ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
WORD = re.compile(r"[!-~]{1,120}")


class Site:
    """What the handlers share: the classes, the addresses under which we are reached, and how to make a report."""

    def __init__(self, school: School, addresses: Callable[[], list[str]], hosts: Callable[[], set[str]],
                 lan: bool = False, report: Callable[[Hall], Awaitable[tuple[str, str]]] | None = None,
                 proxied: bool = False):  # fmt: skip
        self.school, self.addresses, self.hosts, self.lan, self.report = school, addresses, hosts, lan, report
        self.proxied = proxied


@stream_request_body
class Handler(RequestHandler):
    """One request: checks where it comes from and how large it is, and answers in JSON."""

    tag: str | None = None
    trouble = "The class server cannot keep anything just now. Try again in a moment."

    def initialize(self, site: Site) -> None:
        self.site, self.school, self._body, self._is_early = site, site.school, b"", True

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        self._check_origin()
        length = self.request.headers.get("Content-Length", "")
        if length.isdigit() and len(length) > len(str(READ)):
            raise _too_large()
        self._is_early = False

    def data_received(self, chunk: bytes) -> None:
        self._body += chunk[: LARGEST + 1 - len(self._body)]

    def _check_origin(self) -> None:
        """Refuse whoever came by another name than ours, or from a page of somebody else's."""
        if _host(self.request.host) not in self.site.hosts():
            raise Refused("foreign", "The class is not at this address. Use the one that the teacher shows.")
        origin = self.request.headers.get("Origin")
        if self.request.method not in ("GET", "HEAD") and origin and origin.partition("://")[2] != self.request.host:
            raise Refused("foreign", "This was sent from another page than the class's own.")

    # What was sent

    def sent(self) -> dict:
        """The body, which has to be a JSON object. Raises `Refused`."""
        if len(self._body) > LARGEST:
            raise _too_large()
        try:
            sent = json.loads(self._body, parse_constant=portable.no_number)
        except (ValueError, RecursionError):
            sent = None
        if not isinstance(sent, dict):
            raise Refused("unclear", "This cannot be read: the body has to be a JSON object.")
        return sent

    def address(self) -> str:
        """Where the request comes from: of what a proxy tells, its last word counts, and only on this machine."""
        own = self.request.remote_ip
        told = ",".join(self.request.headers.get_list("X-Forwarded-For")).rpartition(",")[2].strip()
        return told if self.site.proxied and own in OURSELVES and is_valid_ip(told) else own

    def bearer(self) -> str:
        """The token or key that came with the request, or ""."""
        scheme, _, given = self.request.headers.get("Authorization", "").partition(" ")
        return given.strip() if scheme.lower() == "bearer" else ""

    async def pupil(self, code: str) -> tuple[Hall, str]:
        """The class, and the pupil who asks. Raises `Refused`, in the same words if there is no such class."""
        is_ours = self.school.is_token(self.bearer(), code.upper())
        hall = await self.school.hall(code.upper()) if is_ours else None
        learner = hall and hall.learner(self.bearer())
        if not learner:
            raise Refused("unknown-pupil", "This phone is not in that class. Join it with the code on the board.")
        return hall, learner

    async def teacher(self, code: str) -> Hall:
        """The class, if the teacher's key came with the request. Raises `Refused`."""
        if not matches(self.bearer(), self.school.key(code.upper())):
            raise Refused("wrong-key", f"This is not the key of that class. {WHERE_KEYS_ARE}")
        hall = await self.school.hall(code.upper())
        if hall is None:
            raise Refused("unknown-code", "This class is no longer here: its data was deleted.")
        return hall

    def principal(self) -> None:
        """Check for the key that may make classes. Raises `Refused`."""
        if not matches(self.bearer(), self.school.school_key()):
            raise Refused("wrong-key", f"This is not the school's key. {WHERE_KEYS_ARE}")

    def within(self, rates: Rates, learner: str) -> None:
        """Count this against the pupil's rate. Raises `Refused`."""
        if not rates.take(learner):
            raise Refused("too-many", "This came too fast. Your page tries again in a moment.")

    # What is answered

    def send(self, answer: Any) -> None:
        self.send_text(json.dumps(answer, ensure_ascii=False, separators=(",", ":")), "application/json")

    def send_text(self, text: str | bytes, kind: str) -> None:
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.finish(text)

    def send_view(self, view: View) -> None:
        """A snapshot; nothing but 304 to a page that has it."""
        self.tag = view.tag
        self.send_text(view.at(self.school.now()), "application/json")

    def compute_etag(self) -> str | None:
        return self.tag

    def log_exception(self, kind: type, error: BaseException, trace: Any) -> None:
        if not isinstance(error, Refused | NotKept | StreamClosedError | HTTPError):
            super().log_exception(kind, error, trace)

    def write_error(self, status_code: int, **about: Any) -> None:
        error = about.get("exc_info", (None, None, None))[1]
        if isinstance(error, Refused):
            code, why = error.code, str(error)
        elif isinstance(error, NotKept):
            code, why = "not-kept", self.not_kept(error)
        else:
            code, why = SENTENCES.get(status_code, FAULT if status_code >= 500 else ("unclear", "This cannot be read."))
        self.tag = None
        self.set_status(STATUS[code])
        if self._is_early:  # the rest of the request was not read: nothing else can come on this line
            self.set_header("Connection", "close")
        if code == "too-many":
            self.set_header("Retry-After", "1")
        self.send({"error": why, "code": code})

    def not_kept(self, error: NotKept) -> str:
        """What to say when the database is in trouble."""
        return self.trouble


class TeachersHandler(Handler):
    """A request of the teacher's, who can do something about the database."""

    def not_kept(self, error: NotKept) -> str:
        return str(error)


# Pages


class Page(Handler):
    """A page of `front/`, the same for every code: the page reads the code from its address."""

    def get(self, name: str) -> None:
        path = FRONT / name
        if not path.exists():
            raise HTTPError(404)
        self.send_text(path.read_bytes(), "text/html")


class HomePage(Page):
    def get(self) -> None:
        super().get("home.html")


class PupilsPage(Page):
    def get(self, code: str) -> None:
        super().get("pupil.html")


class TeachersPage(Page):
    def get(self, code: str) -> None:
        super().get("teacher.html")


class SchoolPage(Page):
    def get(self) -> None:
        super().get("school.html")


class Static(Handler):
    """A file of the pages. Which there are is listed, never looked up by what was asked for."""

    def get(self, name: str) -> None:
        path = static_files().get(name)
        if path is None:
            raise HTTPError(404)
        content = path.read_bytes()
        self.tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        self.set_header("Cache-Control", "no-cache")
        self.send_text(content, KINDS_OF_FILE[path.suffix])


def static_files() -> dict[str, Path]:
    """The files of the pages by name."""
    front = [path for path in FRONT.glob("*") if path.is_file() and path.suffix != ".html"] if FRONT.exists() else []
    return {path.name: path for path in [*front, QUIZ / "quiz.js", QUIZ / "quiz.css"]}


class Description(Handler):
    def get(self) -> None:
        self.send_text((HERE / "openapi.json").read_bytes(), "application/json")


# Pupils


class Join(Handler):
    async def post(self) -> None:
        """Join a class, or come back into it."""
        text = self.sent().get("code")
        if not isinstance(text, str):
            raise Refused("unclear", "Say which class: its code is missing.")
        code = code_of(text)
        hall = await self.school.hall(code) if code and self._is_known(code) else None
        if hall and (learner := hall.learner(self.bearer())):
            return self._send(hall.pupils[learner], self.bearer())
        hall = await self._found(code)
        hall.check_open()
        if not (self._is_one_of_many() and self.school.joins.take()):
            raise Refused("too-many", "Many are joining just now. Wait a moment, then try again.")
        token = self.school.token(code)
        pupil = await hall.join(token)
        self.school.tries.right(self.address())
        self._send(pupil, token)

    def _is_known(self, code: str) -> bool:
        return self.school.is_token(self.bearer(), code)

    def _is_one_of_many(self) -> bool:
        """An address in this network takes few places; a school behind a proxy has one for all."""
        address = self.address()
        return self.site.proxied or address in OURSELVES or self.school.knocks.take(address)

    async def _found(self, code: str | None) -> Hall:
        tries, address = self.school.tries, self.address()
        if not tries.open(address):
            raise Refused("too-many", "Too many wrong codes have been tried. Wait a minute, then type it again.")
        hall = await self.school.hall(code) if code else None
        if hall is None:
            tries.wrong(address)
            raise Refused("unknown-code", "There is no class with this code. Look at the board and type it once more.")
        return hall

    def _send(self, pupil: Any, token: str) -> None:
        self.send({"token": token, "learner": pupil.learner, "name": pupil.name, "code": pupil.class_})


class ClassNow(Handler):
    async def get(self, code: str) -> None:
        """The pupils' snapshot."""
        hall, learner = await self.pupil(code)
        self.within(self.school.asks, learner)
        hall.polled(learner)
        self.send_view(hall.view())


class Mine(Handler):
    async def get(self, code: str) -> None:
        """The pupil's own answers."""
        hall, learner = await self.pupil(code)
        self.within(self.school.asks, learner)
        self.send(hall.mine(learner))


class Ballot(Handler):
    trouble = "The class server cannot keep your answer just now. It stays on this phone and is sent again."

    async def post(self, code: str) -> None:
        """Vote."""
        hall, learner = await self.pupil(code)
        self.within(self.school.votes, learner)
        sent = _vote(self.sent())
        self.send({"kept": sent["id"]} | await hall.vote(learner, sent))


class Me(Handler):
    trouble = "The class server cannot delete anything just now, so nothing is deleted yet. Try again in a moment."

    async def delete(self, code: str) -> None:
        """Forget the pupil."""
        hall, learner = await self.pupil(code)
        if not self.school.leaves.take():
            raise Refused("too-many", "Many are leaving just now. Wait a moment, then try again.")
        self.send({"forgotten": await hall.forget(learner)})


def _vote(sent: dict) -> dict:
    """The fields of a vote, each of its type. Raises `Refused`."""
    for name, fits in FIELDS.items():
        if name not in sent or not fits(sent[name]):
            raise Refused("unclear", f"The answer cannot be kept: its “{name}” is missing or not as it should be.")
    return {name: sent[name] for name in FIELDS}


def _whole(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


FIELDS: dict[str, Callable[[Any], bool]] = {
    "id": lambda value: isinstance(value, str) and bool(ID.fullmatch(value)),
    "item": lambda value: isinstance(value, str) and bool(WORD.fullmatch(value)),
    "item_version": lambda value: isinstance(value, str) and bool(WORD.fullmatch(value)),
    "round": lambda value: _whole(value, 10**6),
    "response": lambda value: value is not None,
    "sure": lambda value: isinstance(value, bool),
    "ms": lambda value: _whole(value, 10**12),
}


# Streams


class Events(Handler):
    """Server-sent events: the newest snapshot, whenever there is news."""

    stream: Stream | None = None
    pause = 0.0

    async def listen(self, stream: Stream, view: Callable[[], View]) -> None:
        """Send until the page goes, or has to."""
        self.stream = stream
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Connection", "close")  # one that has to go lets go of its socket
        self.set_header("X-Accel-Buffering", "no")  # a proxy must not hold it back
        self.write(f"retry: {random.randint(*RETRY)}\n\n")
        try:
            while stream.is_open:
                stream.news.clear()
                await self._send(b"data: " + view().at(self.school.now()))
                await asyncio.sleep(self.pause)
                while not await _within(HEARTBEAT, stream.news):
                    await self._send(b":")
        except (StreamClosedError, TimeoutError):
            pass

    async def _send(self, event: bytes) -> None:
        self.write(event + b"\n\n")
        async with asyncio.timeout(2 * HEARTBEAT):
            await self.flush()

    def on_connection_close(self) -> None:
        if self.stream:
            self.stream.close()


class PupilsEvents(Events):
    async def get(self, code: str) -> None:
        hall, learner = await self.pupil(code)
        self.within(self.school.asks, learner)
        stream = hall.listeners.open(learner)
        try:
            await self.listen(stream, hall.view)
        finally:
            hall.listeners.drop(learner, stream)


class TeachersEvents(Events, TeachersHandler):
    pause = TEACHERS_PAUSE

    async def get(self, code: str) -> None:
        hall = await self.teacher(code)
        name = secrets.token_hex(8)  # each by itself, since a teacher may have many pages open
        stream = hall.teachers.open(name)
        try:
            await self.listen(stream, hall.teachers_view)
        finally:
            hall.teachers.drop(name, stream)


async def _within(seconds: float, event: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False


# The teacher


class Desk(TeachersHandler):
    async def get(self, code: str) -> None:
        """The teacher's snapshot."""
        self.send_view((await self.teacher(code)).teachers_view())

    async def post(self, code: str) -> None:
        """A command."""
        hall = await self.teacher(code)
        await hall.command(self.sent())
        self.send_view(hall.teachers_view())

    async def delete(self, code: str) -> None:
        """Delete the class and all its data."""
        await self.teacher(code)
        self.send({"deleted": await self.school.delete(code.upper())})


class Quizzes(TeachersHandler):
    async def get(self, code: str) -> None:
        await self.teacher(code)
        self.send(await asyncio.to_thread(quizzes.listed))


class Invitation(TeachersHandler):
    async def get(self, code: str) -> None:
        """How pupils find the class."""
        hall = await self.teacher(code)
        addresses = [f"{address}/{hall.code}" for address in self.site.addresses()]
        self.send({"addresses": addresses, "code": hall.code, "qr": qr(addresses[0]), "lan": self.site.lan})


class Report(TeachersHandler):
    async def get(self, code: str, ending: str | None) -> None:
        hall = await self.teacher(code)
        if self.site.report is None:
            raise HTTPError(404)
        html, csv = await self.site.report(hall)
        # A file to keep: as a page of ours it would have to do without the style that it carries.
        name = f"class-{hall.code}{ending or '.html'}"
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        if ending:
            self.send_text(csv.encode("utf-8-sig"), "text/csv")
        else:
            self.send_text(html, "text/html")


class Classes(TeachersHandler):
    async def get(self) -> None:
        """All classes of the school."""
        self.principal()
        known = await self.school.store.classes()
        self.send([{"code": klass.code, "made": klass.made, "ended": klass.ended} for klass in known])

    async def post(self) -> None:
        """Make a class."""
        self.principal()
        hall = await self.school.make()
        self.send({"code": hall.code, "key": self.school.key(hall.code)})


class Nothing(Handler):
    def get(self) -> None:
        raise HTTPError(404)

    head = post = delete = patch = put = options = get


CODE = r"([A-Za-z0-9]{5})"
ROUTES = [
    (r"/", HomePage),
    (r"/teach", SchoolPage),
    (rf"/teach/{CODE}", TeachersPage),
    (rf"/{CODE}", PupilsPage),
    (r"/static/([A-Za-z0-9._-]+)", Static),
    (r"/api/openapi\.json", Description),
    (r"/api/join", Join),
    (rf"/api/class/{CODE}", ClassNow),
    (rf"/api/class/{CODE}/events", PupilsEvents),
    (rf"/api/class/{CODE}/mine", Mine),
    (rf"/api/class/{CODE}/votes", Ballot),
    (rf"/api/class/{CODE}/me", Me),
    (r"/api/teach", Classes),
    (rf"/api/teach/{CODE}", Desk),
    (rf"/api/teach/{CODE}/events", TeachersEvents),
    (rf"/api/teach/{CODE}/quizzes", Quizzes),
    (rf"/api/teach/{CODE}/join", Invitation),
    (rf"/api/teach/{CODE}/report(\.csv)?", Report),
]


def application(site: Site) -> Application:
    """The web application. It writes no log: addresses are nobody's business."""
    settings = {"default_handler_class": Nothing, "default_handler_args": {"site": site}, "log_function": _no_log}
    return Application([(path, handler, {"site": site}) for path, handler in ROUTES], **settings)


def _no_log(handler: RequestHandler) -> None:
    pass


def _host(name: str) -> str | None:
    """The name or number of a host without its port."""
    try:
        return urlsplit(f"//{name}").hostname
    except ValueError:
        return None


def _too_large() -> Refused:
    return Refused("too-large", f"This is too large: at most {LARGEST} bytes.")
