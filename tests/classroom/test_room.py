"""A class as it stands: which commands fit when, which votes are taken, and how they are counted."""

from dataclasses import replace

import pytest

from lumbar.classroom import quizzes, views
from lumbar.classroom.room import NotNow, Quiz, Refused, Room, Unclear, admit, do
from lumbar.classroom.store import Vote
from lumbar.classroom.tally import Votes, counts, moves

NOW, LATER, MUCH_LATER = (f"2026-03-02T08:{minute}:00.000Z" for minute in (15, 35, 55))
QUIZ, LATER_QUIZ = "08-check", "08-think"


@pytest.fixture
def room() -> Room:
    return Room("seed")


def after(room: Room, *commands: str | dict, now: str = NOW) -> Room:
    for command in commands:
        command = {"do": command} if isinstance(command, str) else command
        quiz = quizzes.load(room.quiz) if room.quiz else None
        room = do(room, quiz, command, now, quizzes.load)
    return room


def choose(mode: str = "pace", quiz: str = QUIZ, **more) -> dict:
    return {"do": "choose", "quiz": quiz, "mode": mode, **more}


def show(at: int) -> dict:
    return {"do": "show", "at": at}


def quiz_of(room: Room) -> Quiz:
    return quizzes.load(room.quiz)


def cast(item: dict, learner: str, response, round: int = 1, sure: bool = False, id: str = "") -> Vote:
    from lumbar.quiz.grade import mark

    score = mark(item, response).score
    id = id or f"{learner}{round}"
    return Vote(id, learner, item["id"], item["version"], QUIZ, response, sure, score, 5, NOW, "7K3FA", round)


# Pace


def test_vote_talk_and_vote_again(room):
    room = after(room, choose(), "next")
    assert (room.phase, room.at, room.round) == ("shown", 0, 0)
    room = after(room, "vote", "close")
    assert (room.phase, room.round) == ("closed", 1)
    room = after(room, "talk", "vote")
    assert (room.phase, room.round) == ("voting", 2)
    assert after(room, "close", "reveal").phase == "revealed"


def test_a_question_that_is_shown_again_stands_as_it_was_left(room):
    room = after(room, choose(), show(0), "vote", "close", "reveal", "next", "vote", "close", "previous")
    assert (room.at, room.phase, room.round) == (0, "revealed", 1)
    room = after(room, "next")
    assert (room.at, room.phase, room.round) == (1, "closed", 1)
    assert after(room, "next").phase == "shown"


@pytest.mark.parametrize(("before", "command", "sentence"), [
    ([], "next", "Choose a quiz first."),
    ([choose()], "vote", "Show a question first."),
    ([choose()], "reveal", "Nothing is shown yet."),
    ([choose(), "next"], "close", "No vote is open."),
    ([choose(), "next"], "talk", "Let them vote first, and close the vote. Then it is time to talk."),
    ([choose(), "next"], "previous", "This is the first question of the quiz."),
    ([choose(), "next", "vote"], "vote", "The vote is open already."),
    ([choose(), "next", "vote"], "next", "Close the vote first."),
    ([choose(), "next", "vote"], "reveal", "Close the vote first."),
    ([choose(), "next", "vote"], choose("open"), "Close the vote first."),
    ([choose(), "next", "vote", "close"], "vote",
     "This vote is closed. Give them time to talk, then they can vote again."),
    ([choose(), "next", "reveal"], "vote", "The answer is out, so there is nothing left to vote on."),
    ([choose(), "next", "reveal"], "reveal", "The answer is out already."),
    ([choose(), show(13)], "next", "This is the last question of the quiz."),
    ([choose("open")], "next", "Everyone goes at their own speed now. Choose the quiz at your pace for that."),
    ([choose("open"), "vote"], "vote", "It is open already."),
    ([choose("open"), "vote", "close"], "vote", "It is closed. Choose a quiz to go on."),
    ([choose("exam"), "vote", "close"], "reveal", "A test tells nothing to the class. Its results are in your report."),
    (["end"], choose(), "This class has ended."),
])  # fmt: skip
def test_what_does_not_fit_is_refused_with_a_sentence(room, before, command, sentence):
    room = after(room, *before)
    with pytest.raises(NotNow) as refusal:
        after(room, command)
    assert (str(refusal.value), refusal.value.code) == (sentence, "not-now")


@pytest.mark.parametrize("command", [
    {"do": "dance"}, {"do": None}, {"do": ["vote"]}, {}, choose(quiz=7), choose("quick"),
    choose(quiz="no-such-quiz"), choose(["pace"]),
    show(14), show(-1), show(True), show(1.0), show("1"), {"do": "show"}, {"do": "bars"},
    {"do": "bars", "shown": 1}, {"do": "lock"},
    choose("exam", until="soon"), choose("exam", until=-5), choose("exam", until=10**400), choose("exam", until=True),
    choose("exam", **{"from": LATER, "until": NOW}), choose("exam", until="2026-03-02T08:35:00"),
    choose("exam", until=0),
    choose("exam", **{"from": "9999-12-31T23:59:59-14:00"}), choose("exam", **{"from": []}),
])  # fmt: skip
def test_what_is_no_command_is_refused(room, command):
    room = after(room, choose())
    with pytest.raises(Unclear):
        after(room, command)


def test_a_room_comes_back_from_its_state_as_it_was(room):
    room = after(room, choose(), "next", "vote", "close", {"do": "bars", "shown": True}, {"do": "lock", "locked": True})
    assert Room.from_state(room.state()) == room
    assert Room.from_state({**room.state(), "of a later version": 1}) == room


# Which votes are taken


def refusal(room: Room, item: int = 0, round: int = 1, now: str = NOW) -> str:
    quiz = quiz_of(room)
    with pytest.raises(Refused) as refused:
        admit(room, quiz, quiz.items[item]["id"], round, now)
    return refused.value.code


def test_only_the_vote_that_is_open_is_taken(room):
    room = after(room, choose(), "next")
    assert refusal(room) == "closed"
    room = after(room, "vote")
    assert admit(room, quiz_of(room), quiz_of(room).items[0]["id"], 1, NOW) == quiz_of(room).items[0]
    assert refusal(room, item=1) == "closed"
    assert refusal(room, round=2) == "closed"
    assert refusal(after(room, "close")) == "closed"
    assert refusal(after(room, "close", "talk", "vote"), round=1) == "closed"
    assert refusal(after(room, "end")) == "ended"


def test_open_takes_every_question_of_the_quiz(room):
    room = after(room, choose("open"), "vote")
    for item in quiz_of(room).items:
        assert admit(room, quiz_of(room), item["id"], 1, NOW) == item
    assert refusal(after(room, "close")) == "closed"


def test_a_test_opens_and_closes_by_the_clock(room):
    room = after(room, choose("exam", **{"from": LATER, "until": MUCH_LATER}))
    assert [room.phase_at(now) for now in (NOW, LATER, MUCH_LATER)] == ["waiting", "voting", "closed"]
    assert refusal(room, now=NOW) == "early"
    assert refusal(room, now=MUCH_LATER) == "late"
    assert admit(room, quiz_of(room), quiz_of(room).items[3]["id"], 1, LATER)


def test_minutes_are_counted_from_the_opening(room):
    room = after(room, choose("exam", until=20))
    assert room.until is None and refusal(room) == "closed"
    room = after(room, "vote", now=LATER)
    assert (room.since, room.until) == (LATER, MUCH_LATER)
    both = after(Room("seed"), choose("exam", **{"from": 20, "until": 20}))
    assert (both.since, both.until) == (LATER, MUCH_LATER)


def test_a_test_does_not_mix_with_what_was_answered_otherwise(room):
    voted = after(room, choose(), "next", "vote", "close")
    with pytest.raises(NotNow):
        after(voted, choose("exam"))
    tested = after(room, choose("exam"), "vote", "close")
    assert after(tested, choose("exam", until=20)).phase == "waiting"
    with pytest.raises(NotNow):
        after(tested, choose("open"))


# What is told


def is_told(room: Room) -> bool:
    return room.is_told(quiz_of(room), quiz_of(room).items[0]["id"])


def test_nothing_is_told_before_its_time(room):
    pace = after(room, choose(), "next", "vote", "close")
    assert not is_told(pace)
    assert is_told(after(pace, "reveal")) and is_told(after(pace, "reveal", "next"))
    assert is_told(after(room, choose("open"), "vote"))
    later = after(room, choose("open", LATER_QUIZ), "vote", "close")
    assert not is_told(later) and is_told(after(later, "reveal"))
    assert not is_told(after(room, choose("exam"), "vote", "close"))


# Counting


def item_of(kind: str) -> dict:
    names = ("00-before", "08-check", "01-check", "13-after", "00-check")
    return next(item for name in names for item in quizzes.load(name).items if item["kind"] == kind)


def test_both_rounds_are_counted_and_who_moved_where(room):
    item = quizzes.load(QUIZ).items[0]
    right = next(i for i, option in enumerate(item["options"]) if option.get("right"))
    wrong = (right + 1) % len(item["options"])
    answers = zip("abcde", [right, wrong, wrong, right, wrong], strict=True)
    again = zip("abcd", [right, right, wrong, wrong], strict=True)
    votes = Votes([cast(item, name, response, sure=name == "a") for name, response in answers])
    for name, response in again:
        votes.add(cast(item, name, response, round=2))
    first, second = votes.of(QUIZ, item).values()
    assert counts(item, first.values())["tally"][wrong] == 3
    counted = counts(item, first.values())
    assert (counted["votes"], counted["sure"], counted["right"]) == (5, 1, 2)
    moved = moves(item, first, second)
    assert moved["right"] == [[1, 1], [1, 1]]
    assert (moved["options"][wrong][right], moved["options"][right][wrong], moved["options"][wrong][wrong]) == (1, 1, 1)
    assert sum(map(sum, moved["options"])) == 4


def test_the_last_vote_of_a_round_counts_and_the_first_where_it_was_told():
    item = quizzes.load(QUIZ).items[0]
    votes = Votes([cast(item, "a", 0, id="1"), cast(item, "a", 1, id="2")])
    assert [vote.response for vote in votes.of(QUIZ, item)[1].values()] == [1]
    assert [vote.response for vote in votes.of(QUIZ, item, first=True)[1].values()] == [0]
    assert votes.last(QUIZ, item, "a").id == "2" and votes.sent("a", "1").response == 0


def test_votes_on_an_item_as_it_read_before_are_not_counted():
    item = quizzes.load(QUIZ).items[0]
    votes = Votes([cast(item, "a", 0), replace(cast(item, "b", 1), item_version="older")])
    assert list(votes.of(QUIZ, item)[1]) == ["a"]
    assert votes.last(QUIZ, item, "b") is None


def test_a_pupil_who_is_forgotten_counts_nowhere():
    item = quizzes.load(QUIZ).items[0]
    votes = Votes([cast(item, "a", 0), cast(item, "b", 1), cast(item, "a", 1, round=2)])
    votes.forget("a")
    assert {round: list(cast) for round, cast in votes.of(QUIZ, item).items()} == {1: ["b"]}
    assert votes.sent("a", "a1") is None and votes.last(QUIZ, item, "a") is None


def test_each_kind_has_its_tally():
    several, order, match, number = (item_of(kind) for kind in ("several", "order", "match", "number"))
    tally = counts(several, [cast(several, "a", [0, 1]), cast(several, "b", [1])])["tally"]
    assert tally[:3] == [1, 2, 0]
    parts = list(range(len(order["parts"])))
    tally = counts(order, [cast(order, "a", parts), cast(order, "b", [parts[1], parts[0], *parts[2:]])])["tally"]
    assert (tally[0][:2], tally[1][:2], tally[2][2]) == ([1, 1], [1, 1], 2)
    tally = counts(match, [cast(match, "a", [0, None, *[1] * (len(match["pairs"]) - 2)])])["tally"]
    assert (tally[0][0], sum(tally[1])) == (1, 0)
    ends = [cast(number, "a", str(number["min"])), cast(number, "b", str(number["max"]))]
    bins = counts(number, ends)["tally"]["bins"]
    assert (bins[0][2], bins[-1][2], len(bins) <= 12) == (1, 1, True)
    assert (bins[0][0], bins[-1][1]) == (number["min"], number["max"])


def test_pupils_get_counts_of_five_votes_or_more_and_only_when_the_answer_is_out(room):
    item = quizzes.load(QUIZ).items[0]
    four, five = (Votes([cast(item, name, 0) for name in names]) for names in ("abcd", "abcde"))
    closed = after(room, choose(), "next", "vote", "close")
    assert views.pupil("7K3FA", closed, quiz_of(closed), five, NOW)["told"] is None
    out = after(closed, "reveal")
    assert views.pupil("7K3FA", out, quiz_of(out), four, NOW)["told"]["counts"] == {}
    assert views.pupil("7K3FA", out, quiz_of(out), five, NOW)["told"]["counts"]["1"]["votes"] == 5
    teachers = views.teacher("7K3FA", closed, quiz_of(closed), four, NOW, {})
    assert teachers["counts"]["1"]["votes"] == 4
