"""A class at work: its room, its pupils and their votes, and who listens.

What changes is kept in the store first and shown then, so a restart finds the class as everyone saw it.
"""

import asyncio
import hashlib
import secrets
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import uuid4

from lumbar.classroom import masks, quizzes, views
from lumbar.classroom.names import pseudonym
from lumbar.classroom.room import Quiz, Refused, Room, Unclear, admit, do
from lumbar.classroom.store import Class_, Conflict, NotKept, Pupil, Store, Vote
from lumbar.classroom.store import Refused as NotStored
from lumbar.classroom.tally import Votes
from lumbar.quiz.grade import mark

STREAMS = 2  # of one phone, or one teacher's key
POLLED = 12  # seconds after which a phone that asks, rather than listens, counts as gone
CHANGES = 60  # answers of one pupil to one question, at most
LONGEST = 24 * 60 * 60 * 1000  # milliseconds over a question that are told apart


class Stream:
    """One that listens: `news` is set when there is something newer, and `is_open` unset when it has to go."""

    def __init__(self) -> None:
        self.news = asyncio.Event()
        self.is_open = True

    def close(self) -> None:
        self.is_open = False
        self.news.set()


class Streams:
    """Who listens, by name; of more than two under one name the oldest has to go."""

    def __init__(self) -> None:
        self._all: dict[str, list[Stream]] = {}

    def open(self, name: str) -> Stream:
        own = self._all.setdefault(name, [])
        if len(own) >= STREAMS:
            own.pop(0).close()
        own.append(Stream())
        return own[-1]

    def drop(self, name: str, stream: Stream) -> None:
        own = self._all.get(name, [])
        if stream in own:
            own.remove(stream)
        if not own:
            self._all.pop(name, None)

    def tell(self) -> None:
        for own in self._all.values():
            for stream in own:
                stream.news.set()

    def close(self, name: str | None = None) -> None:
        for each in [name] if name else [*self._all]:
            for stream in self._all.pop(each, []):
                stream.close()

    def names(self) -> set[str]:
        return set(self._all)


class Hall:
    """A class, with what it takes to run it. `now` tells the time as text, `clock` seconds; `most` pupils find room."""

    def __init__(self, klass: Class_, pupils: list[Pupil], votes: list[Vote], store: Store, now: Callable[[], str],
                 clock: Callable[[], float], most: int):  # fmt: skip
        self.code, self._class, self._most = klass.code, klass, most
        self._store, self._now, self._clock = store, now, clock
        room = replace(Room.from_state(klass.state), ended=klass.ended is not None)
        self.quiz = _found(room)
        self.room = room if self.quiz else replace(room, quiz=None, phase="waiting", at=0, round=0)
        self.votes = Votes(votes)
        self.pupils = {pupil.learner: pupil for pupil in pupils}
        self._learners = {pupil.token: pupil.learner for pupil in pupils}
        self._names = {pupil.name for pupil in pupils}
        self._polled: dict[str, float] = {}
        self._commanding = asyncio.Lock()
        self._answering: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.listeners, self.teachers = Streams(), Streams()
        self.trouble = ""
        self.used = clock()
        self._views: dict[str, views.View] = {}
        self._told: dict | None = None
        self._phase, self._online = self.room.phase_at(now()), 0

    # What is seen

    def view(self) -> views.View:
        """The pupils' snapshot."""
        self._follow_clock()
        return self._view("pupil", self._pupils_snapshot)

    def teachers_view(self) -> views.View:
        """The teacher's snapshot."""
        self._follow_clock()
        return self._view("teacher", self._teachers_snapshot)

    def mine(self, learner: str) -> dict:
        """What this pupil has answered."""
        return views.mine(self.room, self.quiz, self.votes, learner)

    def _view(self, whose: str, snapshot: Callable[[], dict]) -> views.View:
        if whose not in self._views:
            self._views[whose] = views.View.of(snapshot())
        return self._views[whose]

    def _pupils_snapshot(self) -> dict:
        """Counts stay as they were when the answer came out: from two of them one could tell who was forgotten."""
        snapshot = views.pupil(self.code, self.room, self.quiz, self.votes, self._now())
        self._told = snapshot["told"] and (self._told or snapshot["told"])
        return snapshot | {"told": self._told}

    def _teachers_snapshot(self) -> dict:
        people = {"pupils": len(self.pupils), "online": self._online}
        people |= {"trouble": self.trouble} if self.trouble else {}
        return views.teacher(self.code, self.room, self.quiz, self.votes, self._now(), people)

    def _changed(self, for_all: bool = False) -> None:
        self._views.pop("teacher", None)
        self.teachers.tell()
        if for_all:
            self._views.clear()
            self.listeners.tell()

    # The teacher

    async def command(self, command: dict) -> None:
        """Do what the teacher says. Raises `Refused`, `NotKept`; then nothing has changed."""
        if isinstance(command.get("quiz"), str):
            await asyncio.to_thread(_load, command["quiz"])  # reading it the first time takes a moment
        async with self._commanding:
            now = self._now()
            room = do(self.room, self.quiz, command, now, quizzes.load)
            klass = replace(self._class, state=room.state(), ended=now if room.ended else None)
            try:
                await self._keep(self._store.save(klass))
            except NotStored:
                raise _gone() from None
            self._told = None
            self.room, self._class = room, klass
            self.quiz = quizzes.load(room.quiz) if room.quiz else None
            self._changed(for_all=True)

    # Pupils

    def learner(self, token: str) -> str | None:
        """Whose token this is."""
        return self._learners.get(_hash(token))

    def check_open(self) -> None:
        """Raises `Refused` where nobody can join now."""
        if self.room.ended:
            raise Refused("ended", "This class has ended.")
        if self.room.locked:
            raise Refused("locked", "This class is not open to newcomers now. Ask your teacher to let you in.")
        if len(self._names) >= self._most:
            raise Refused("full", f"This class is full: it has room for {self._most}.")

    async def join(self, token: str) -> Pupil:
        """A new pupil, whose phone alone has this token. Raises `Refused`, `NotKept`."""
        self.check_open()
        name = pseudonym(self._names)
        pupil = Pupil(uuid4().hex, self.code, _hash(token), name, self._now())
        self._names.add(name)
        try:
            await self._keep(self._store.add(pupil))
        except BaseException as error:
            self._names.discard(name)
            raise _gone() if isinstance(error, NotStored) else error
        self.pupils[pupil.learner], self._learners[pupil.token] = pupil, pupil.learner
        self._changed()
        return pupil

    async def forget(self, learner: str) -> int:
        """Forget a pupil and all their votes; how many votes. Raises `NotKept`."""
        async with self._answering[learner]:
            count = await self._keep(self._store.forget(learner))
            if pupil := self.pupils.pop(learner, None):
                self._learners.pop(pupil.token, None)
                self._names.discard(pupil.name)
            self.votes.forget(learner)
        self._answering.pop(learner, None)
        self.listeners.close(learner)
        self._changed()
        return count

    def polled(self, learner: str) -> None:
        """This pupil's phone asks rather than listens."""
        self._polled[learner] = self._clock()

    # Votes

    async def vote(self, learner: str, sent: dict) -> dict:
        """Keep a vote; what is told of it, if anything may be. Raises `Refused`, `NotKept`."""
        async with self._answering[learner]:
            if learner not in self.pupils:
                raise Refused("unknown-pupil", "This phone is not in the class any more. Join again.")
            if before := self.votes.sent(learner, sent["id"]):
                return self._again(before, sent)
            item = self._admitted(learner, sent)
            vote = self._marked(learner, item, sent)
            await self._kept(vote)
            self.votes.add(vote)
        self._changed()
        return views.told(self.room, self.quiz, item, vote) if self.quiz and self.quiz.name == vote.quiz else {}

    def _admitted(self, learner: str, sent: dict) -> dict:
        item = admit(self.room, self.quiz, sent["item"], sent["round"], self._now())
        if sent["item_version"] != masks.veiled_version(item, self.room.seed):
            raise Refused("changed", "This question has changed since your page was loaded. Load the page again.")
        if self.votes.count(learner, self.quiz.name, item["id"]) >= CHANGES:
            raise Refused("once", "You have changed this often enough: your last answer stays.")
        if self.room.mode == "exam" and self.votes.last(self.quiz.name, item, learner):
            raise Refused("once", "You have answered this already. In a test the first answer counts.")
        return item

    def _marked(self, learner: str, item: dict, sent: dict) -> Vote:
        response, ms = self._canonical(item, sent["response"]), min(sent["ms"], LONGEST)
        score = mark(item, response).score
        return Vote(sent["id"], learner, item["id"], item["version"], self.quiz.name, response, sent["sure"], score, ms,
                    self._now(), self.code, sent["round"])  # fmt: skip

    def _canonical(self, item: dict, response: Any) -> Any:
        try:
            return masks.canonical(item, masks.arrangement(item, self.room.seed), response)
        except masks.Unfit:
            raise Refused("unfit", "This is no answer to the question. Load the page again, and answer it.") from None

    async def _kept(self, vote: Vote) -> None:
        try:
            await self._keep(self._store.keep(vote))
        except Conflict:
            raise _conflict() from None
        except NotStored:
            raise Refused("unknown-pupil", "This phone is not in the class any more. Join again.") from None

    def _again(self, before: Vote, sent: dict) -> dict:
        """What was told of a vote that comes a second time, since the phone did not hear that it was kept."""
        quiz = quizzes.load(before.quiz)
        item = next((item for item in quiz.items if item["id"] == before.item), None)
        wanted = (before.item, before.round, bool(before.sure))
        if not item or (sent["item"], sent["round"], sent["sure"]) != wanted:
            raise _conflict()
        if self._canonical(item, sent["response"]) != before.response:
            raise _conflict()
        return views.told(self.room, quiz, item, before) if self.quiz and quiz.name == self.quiz.name else {}

    # Time, and the database

    async def tick(self) -> None:
        """Look after what changes by itself: the clock of a test, phones that come and go, a database in trouble."""
        self._follow_clock()
        online = len(self.listeners.names() | self._asking())
        if online != self._online:
            self._online = online
            self._changed()
        if self.trouble:
            with suppress(NotKept, NotStored):
                async with self._commanding:  # or an older state might be kept after a newer one
                    await self._keep(self._store.save(self._class))

    @property
    def is_idle(self) -> bool:
        """Whether nobody listens or asks."""
        return not (self.listeners.names() or self.teachers.names() or self._asking() or self.trouble)

    def close(self) -> None:
        """Let everyone go who listens."""
        self.listeners.close()
        self.teachers.close()

    def _asking(self) -> set[str]:
        since = self._clock() - POLLED
        self._polled = {learner: at for learner, at in self._polled.items() if at > since}
        return set(self._polled)

    def _follow_clock(self) -> None:
        phase = self.room.phase_at(self._now())
        if phase != self._phase:
            self._phase = phase
            self._changed(for_all=True)

    async def _keep(self, work: Awaitable) -> Any:
        try:
            result = await work
        except NotKept as error:
            self._in_trouble(str(error))
            raise
        self._in_trouble("")
        return result

    def _in_trouble(self, sentence: str) -> None:
        if sentence != self.trouble:
            self.trouble = sentence
            self._changed()


def new_room() -> Room:
    """The room of a class that begins."""
    return Room(secrets.token_hex(16))


def _found(room: Room) -> Quiz | None:
    """The quiz that the class was at; none where the course has it, or that question of it, no more."""
    try:
        quiz = quizzes.load(room.quiz) if room.quiz else None
    except Unclear:
        return None
    return quiz if quiz and room.at < len(quiz.items) else None


def _load(name: str) -> None:
    try:
        quizzes.load(name)
    except Unclear:
        pass  # told when the command is done


def _gone() -> Refused:
    return Refused("unknown-code", "This class is no longer here: its data was deleted.")


def _conflict() -> Refused:
    return Refused("conflict", "Another answer was kept under this id before; that one stays.")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
