"""A class as it stands: what is shown, which vote is open, who answered what. No clock, no input, no output.

In *pace* the class sees the question that the teacher shows, in *open* everyone goes at their own speed, and an *exam*
is open with a time window, one attempt each, and nothing told.

    pace:        waiting → shown → voting → closed → talk → voting (round 2) → closed → revealed
    open, exam:  waiting → voting → closed (→ revealed, in open)

Times are text as in the records: `2026-03-02T08:15:00.000Z`, so they sort as they follow.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

MODES = ("pace", "open", "exam")
LONGEST = 7 * 24 * 60  # minutes of a test, at most


class Refused(Exception):
    """The class does not take this now. `code` names why for the page, the message says it to the person."""

    def __init__(self, code: str, why: str):
        super().__init__(why)
        self.code = code


class NotNow(Refused):
    """This command does not fit the state of the class."""

    def __init__(self, why: str):
        super().__init__("not-now", why)


class Unclear(Refused):
    """This command lacks something, or it is none."""

    def __init__(self, why: str):
        super().__init__("unclear", why)


@dataclass(frozen=True)
class Quiz:
    """What a class needs of a quiz: its items as pages, in order, and the blank plates that they ask about."""

    name: str
    title: str
    feedback: str
    items: tuple[dict, ...]
    plates: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Room:
    """The state of a class. `past` holds by "quiz/item" how far the class got: [last round, whether revealed]."""

    seed: str
    mode: str = "pace"
    quiz: str | None = None
    phase: str = "waiting"
    at: int = 0
    round: int = 0
    bars: bool = False
    locked: bool = False
    ended: bool = False
    since: str | None = None
    until: str | None = None
    minutes: float | None = None
    past: dict[str, list] = field(default_factory=dict)
    modes: dict[str, str] = field(default_factory=dict)

    def state(self) -> dict:
        """The room as plain JSON, for the store."""
        return asdict(self)

    @classmethod
    def from_state(cls, state: dict) -> "Room":
        return cls(**{key: value for key, value in state.items() if key in cls.__dataclass_fields__})

    def is_told(self, quiz: Quiz, item: str) -> bool:
        """Whether a pupil who has answered this item may know what is right."""
        if self.mode == "exam":
            return False
        is_out = self.past.get(f"{quiz.name}/{item}", (0, False))[1]
        return is_out or (self.mode == "open" and (quiz.feedback == "now" or self.phase == "revealed"))

    def phase_at(self, now: str) -> str:
        """The phase by the clock: a test opens and closes by itself."""
        if self.mode != "exam" or self.phase != "voting":
            return self.phase
        if self.since and now < self.since:
            return "waiting"
        return "closed" if self.until and now >= self.until else "voting"


# Commands: each gives the room as it is afterwards, or raises `NotNow` or `Unclear`


def do(room: Room, quiz: Quiz | None, command: dict, now: str, load: Callable[[str], Quiz]) -> Room:
    """The room after this command of the teacher's. `quiz` is the one that is chosen, `load` finds another."""
    act = COMMANDS.get(command.get("do")) if isinstance(command.get("do"), str) else None
    if act is None:
        raise Unclear(f"There is no such command. There are: {', '.join(COMMANDS)}.")
    if room.ended:
        raise NotNow("This class has ended.")
    if act is _choose:
        return _choose(room, load, command, now)
    if act in FREE:
        return act(room, command)
    if quiz is None:
        raise NotNow("Choose a quiz first.")
    return act(room, quiz, command, now)


def _choose(room: Room, load: Callable[[str], Quiz], command: dict, now: str) -> Room:
    mode = command.get("mode", "pace")
    if mode not in MODES or not isinstance(command.get("quiz"), str):
        raise Unclear("Say which quiz, and whether it is at your pace, open, or a test.")
    if room.phase_at(now) == "voting":
        raise NotNow("Close the vote first.")
    quiz = load(command["quiz"])
    before = room.modes.get(quiz.name, mode)
    if mode != before:
        raise NotNow("This class has answered this quiz in another way. Choose another one, or start a new class.")
    since, until, minutes = _window(command, now) if mode == "exam" else (None, None, None)
    chosen = replace(room, quiz=quiz.name, mode=mode, phase="waiting", at=0, round=0)
    chosen = replace(chosen, since=since, until=until, minutes=minutes)
    return replace(chosen, phase="voting", round=1, modes=room.modes | {quiz.name: mode}) if since else chosen


def _window(command: dict, now: str) -> tuple[str | None, str | None, float | None]:
    """When a test opens and closes. Minutes are counted from now for `from`, and from the opening for `until`."""
    since, until = command.get("from"), command.get("until")
    opens = None if since is None else _moment(since, now)
    closes = None if until is None else _moment(until, opens or now)
    if closes and opens and closes <= opens:
        raise Unclear("The test would close before it opens. Give a later time to close.")
    if closes and closes <= now:
        raise Unclear("The test would be over already. Give later times.")
    if _is_minutes(until) and not opens:
        return None, None, until
    return opens, closes, None


def _is_minutes(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _moment(given: Any, start: str) -> str:
    return _after(start, given) if _is_minutes(given) else _time(given)


def _after(time: str, minutes: float) -> str:
    if not 0 <= minutes <= LONGEST:
        raise Unclear("Give a number of minutes from 0 to 10080, which is a week.")
    return _written(datetime.fromisoformat(time) + timedelta(minutes=minutes))


def _time(text: Any) -> str:
    try:
        time = datetime.fromisoformat(text)
        if time.tzinfo and 2000 <= time.year < 2200:
            return _written(time.astimezone(UTC))
    except (ValueError, TypeError, OverflowError):
        pass
    raise Unclear("Give the time as in 2026-03-02T08:15:00Z, or a number of minutes.")


def _written(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _show(room: Room, quiz: Quiz, command: dict, now: str) -> Room:
    _only_in_pace(room)
    _not_voting(room)
    at = command.get("at")
    if not isinstance(at, int) or isinstance(at, bool) or not 0 <= at < len(quiz.items):
        raise Unclear(f"There is no such question: give a number from 0 to {len(quiz.items) - 1}.")
    last, revealed = room.past.get(_key(quiz, at), (0, False))
    return replace(room, at=at, round=last, phase="revealed" if revealed else "closed" if last else "shown")


def _next(room: Room, quiz: Quiz, command: dict, now: str) -> Room:
    at = 0 if room.phase == "waiting" else room.at + 1
    if at >= len(quiz.items):
        raise NotNow("This is the last question of the quiz.")
    return _show(room, quiz, {"at": at}, now)


def _previous(room: Room, quiz: Quiz, command: dict, now: str) -> Room:
    if room.at == 0:
        raise NotNow("This is the first question of the quiz.")
    return _show(room, quiz, {"at": room.at - 1}, now)


def _vote(room: Room, quiz: Quiz, command: dict, now: str) -> Room:
    if room.mode != "pace":
        return _open(room, quiz, now)
    if room.phase not in ("shown", "talk"):
        raise NotNow(WHY_NO_VOTE[room.phase])
    opened = replace(room, phase="voting", round=room.round + 1, modes=room.modes | {quiz.name: "pace"})
    return _noted(opened, quiz)


def _open(room: Room, quiz: Quiz, now: str) -> Room:
    if room.phase_at(now) != "waiting":
        is_open = room.phase_at(now) == "voting"
        raise NotNow("It is open already." if is_open else "It is closed. Choose a quiz to go on.")
    opened = replace(room, phase="voting", round=1, modes=room.modes | {quiz.name: room.mode})
    if room.mode != "exam":
        return opened
    until = room.until if room.minutes is None else _after(now, room.minutes)
    if until and until <= now:
        raise NotNow("The time of this test is over. Choose it again with a new time.")
    return replace(opened, since=now, until=until)


def _close(room: Room, quiz: Quiz, command: dict, now: str) -> Room:
    if room.phase != "voting":
        raise NotNow("No vote is open.")
    return replace(room, phase="closed")


def _talk(room: Room, quiz: Quiz, command: dict, now: str) -> Room:
    _only_in_pace(room)
    if room.phase != "closed":
        raise NotNow("Let them vote first, and close the vote. Then it is time to talk.")
    return replace(room, phase="talk")


def _reveal(room: Room, quiz: Quiz, command: dict, now: str) -> Room:
    if room.mode == "exam":
        raise NotNow("A test tells nothing to the class. Its results are in your report.")
    _not_voting(room)
    if room.phase in ("waiting", "revealed"):
        raise NotNow("Nothing is shown yet." if room.phase == "waiting" else "The answer is out already.")
    shown = replace(room, phase="revealed")
    return _noted(shown, quiz) if room.mode == "pace" else shown


def _bars(room: Room, command: dict) -> Room:
    return replace(room, bars=_yes_or_no(command, "shown"))


def _lock(room: Room, command: dict) -> Room:
    return replace(room, locked=_yes_or_no(command, "locked"))


def _end(room: Room, command: dict) -> Room:
    return replace(room, ended=True, phase="closed" if room.phase == "voting" else room.phase)


COMMANDS: dict[str, Callable] = {
    "choose": _choose, "show": _show, "vote": _vote, "close": _close, "talk": _talk, "reveal": _reveal, "next": _next,
    "previous": _previous, "bars": _bars, "lock": _lock, "end": _end,
}  # fmt: skip
FREE = (_bars, _lock, _end)  # at any time
WHY_NO_VOTE = {
    "waiting": "Show a question first.",
    "voting": "The vote is open already.",
    "closed": "This vote is closed. Give them time to talk, then they can vote again.",
    "revealed": "The answer is out, so there is nothing left to vote on.",
}


def _key(quiz: Quiz, at: int) -> str:
    return f"{quiz.name}/{quiz.items[at]['id']}"


def _noted(room: Room, quiz: Quiz) -> Room:
    return replace(room, past=room.past | {_key(quiz, room.at): [room.round, room.phase == "revealed"]})


def _only_in_pace(room: Room) -> None:
    if room.mode != "pace":
        raise NotNow("Everyone goes at their own speed now. Choose the quiz at your pace for that.")


def _not_voting(room: Room) -> None:
    if room.phase == "voting":
        raise NotNow("Close the vote first.")


def _yes_or_no(command: dict, name: str) -> bool:
    if not isinstance(command.get(name), bool):
        raise Unclear(f"Say whether with “{name}”: true or false.")
    return command[name]


# Votes


def admit(room: Room, quiz: Quiz | None, item: str, round: Any, now: str) -> dict:
    """The page of the item, if it can be voted on in this round now. Raises `Refused` with the reason for the pupil."""
    if room.ended:
        raise Refused("ended", "This class has ended.")
    known = {page["id"]: page for page in quiz.items} if quiz else {}
    if item not in known or (room.mode == "pace" and item != quiz.items[room.at]["id"]):
        raise Refused("closed", "The class has moved on to another question.")
    if room.mode == "exam" and room.phase == "voting":
        _in_time(room, now)
    if room.phase != "voting":
        waits = room.phase in ("waiting", "shown")
        raise Refused("closed", "The vote is not open yet." if waits else "The vote is closed: this came too late.")
    if round != room.round:
        raise Refused("closed", "This was for an earlier vote. Vote again on the question as it is shown now.")
    return known[item]


def _in_time(room: Room, now: str) -> None:
    if room.since and now < room.since:
        raise Refused("early", "The test has not begun yet.")
    if room.until and now >= room.until:
        raise Refused("late", "The time of the test is over.")
