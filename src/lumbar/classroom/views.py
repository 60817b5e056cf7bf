"""What the class and its teacher see: snapshots of a room as plain JSON, all but the time of sending."""

import hashlib
import json
from dataclasses import dataclass

from lumbar.classroom import masks
from lumbar.classroom.room import Quiz, Room
from lumbar.classroom.tally import Votes, counts, moves

ENOUGH = 5  # votes; with fewer, counts could tell the class who chose what


@dataclass(frozen=True)
class View:
    """A snapshot, written once for all who get it."""

    text: bytes
    tag: str

    @classmethod
    def of(cls, snapshot: dict) -> "View":
        text = json.dumps(snapshot, ensure_ascii=False, separators=(",", ":")).encode()
        return cls(text, f'"{hashlib.sha256(text).hexdigest()[:20]}"')

    def at(self, now: str) -> bytes:
        """The snapshot with the time of sending, to which a page sets its clock."""
        return self.text[:-1] + f',"now":"{now}"}}'.encode()


def pupil(code: str, room: Room, quiz: Quiz | None, votes: Votes, now: str) -> dict:
    """What every pupil of the class gets: nothing that tells what is right before it is out, and nobody's answers."""
    phase = room.phase_at(now)
    seen = _seen(room, quiz, phase)
    masked = [masks.masked(item, masks.arrangement(item, room.seed), room.seed) for item in seen]
    in_pace = room.mode == "pace"
    is_secret = room.mode == "exam" and phase == "waiting"  # the bank is free for all to read
    told = in_pace and phase == "revealed" and seen
    return {
        "code": code, "mode": room.mode, "quiz": None if is_secret else room.quiz,
        "title": None if is_secret else quiz and quiz.title, "phase": phase,
        "round": room.round, "at": room.at, "of": len(quiz.items) if quiz else 0,
        "locked": room.locked, "ended": room.ended, "from": room.since, "until": room.until,
        "item": masked[0] if in_pace and masked else None, "items": [] if in_pace else masked,
        "plates": _plates(quiz, seen, room.seed),
        "told": _told(room, seen[0]) | {"counts": _counts(room, quiz, votes, seen[0], ENOUGH)} if told else None,
    }  # fmt: skip


def teacher(code: str, room: Room, quiz: Quiz | None, votes: Votes, now: str, people: dict) -> dict:
    """What the teacher gets besides: the whole item, the counts of each round, and who moved where.

    `people` is `{"pupils", "online"}`, and `"trouble"` where the database gives some.
    """
    snapshot = pupil(code, room, quiz, votes, now) | people | {"bars": room.bars}
    item = quiz.items[room.at] if snapshot["item"] else None
    ballots = [*_ballots(room, quiz, votes, item).values()] if item else []
    return snapshot | {
        "quiz": room.quiz, "title": quiz and quiz.title,
        "item": item and masks.veiled(item, room.seed),
        "order": masks.arrangement(item, room.seed) if item else [],
        "counts": _counts(room, quiz, votes, item) if item else {},
        "moves": moves(item, *ballots[-2:]) if len(ballots) > 1 else None,
        **(_handed_in(room, quiz, votes) if quiz and room.mode != "pace" else {"answered": {}}),
    }


def mine(room: Room, quiz: Quiz | None, votes: Votes, learner: str) -> dict:
    """A pupil's own last votes in this quiz, each with what may be told of it by now."""
    last = [(item, votes.last(quiz.name, item, learner)) for item in quiz.items] if quiz else []
    given = {item["id"]: _own(room, quiz, item, vote) for item, vote in last if vote}
    return {"votes": given, "done": [*given]}


def told(room: Room, quiz: Quiz, item: dict, vote) -> dict:
    """`{"told": …}` with the whole item and the pupil's own score, or {} as long as nothing may be told."""
    return {"told": _told(room, item) | {"score": vote.score}} if room.is_told(quiz, item["id"]) else {}


def _own(room: Room, quiz: Quiz, item: dict, vote) -> dict:
    out = told(room, quiz, item, vote)
    order = masks.arrangement(item, room.seed)
    response = vote.response if out else masks.displayed(item, order, vote.response)
    return {"round": vote.round, "response": response, "sure": bool(vote.sure), "at": vote.at} | out


def _seen(room: Room, quiz: Quiz | None, phase: str) -> tuple[dict, ...]:
    if not quiz or phase == "waiting":
        return ()
    return (quiz.items[room.at],) if room.mode == "pace" else quiz.items


def _told(room: Room, item: dict) -> dict:
    return {"item": masks.veiled(item, room.seed), "order": masks.arrangement(item, room.seed)}


def _plates(quiz: Quiz | None, seen: tuple[dict, ...], seed: str) -> dict[str, str]:
    names = sorted({item["plate"] for item in seen if "plate" in item})
    return {name: masks.veiled_plate(name, quiz.plates[name], seed) for name in names}


def _ballots(room: Room, quiz: Quiz, votes: Votes, item: dict) -> dict:
    tells_at_once = room.modes.get(quiz.name) == "open" and quiz.feedback == "now"
    return votes.of(quiz.name, item, first=tells_at_once)


def _counts(room: Room, quiz: Quiz, votes: Votes, item: dict, enough: int = 0) -> dict:
    ballots = _ballots(room, quiz, votes, item)
    if not enough and room.round:
        ballots.setdefault(room.round, {})
    return {str(round): counts(item, cast.values()) for round, cast in ballots.items() if len(cast) >= enough}


def _handed_in(room: Room, quiz: Quiz, votes: Votes) -> dict:
    """The answers to each question, and how many pupils have answered all of them."""
    cast = {item["id"]: _ballots(room, quiz, votes, item).get(1, {}) for item in quiz.items}
    answered = {id: {"votes": len(of), "right": sum(v.score == 1 for v in of.values())} for id, of in cast.items()}
    return {"answered": answered, "finished": len(set.intersection(*map(set, cast.values())))}
