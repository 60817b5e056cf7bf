"""The class server at work: situations of a lesson, and what somebody might try."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from actors import QUIZ, Pupil, Server, Teacher, right_place, stream

from lumbar import cli
from lumbar.classroom import quizzes, serve
from lumbar.classroom.address import new_code
from lumbar.classroom.server import HEADERS, ROUTES

LATER = "08-think"
EVIL = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE attempt; --",
    "=HYPERLINK(\"http://x\")", "../../etc/passwd",
    "\x00", "\u202e", "\ud800", "{{7*7}}", "%00", "\r\nSet-Cookie: a=b", "𝕏" * 40, "A" * 5000,
]  # fmt: skip


def refused(answer: httpx.Response) -> tuple[int, str]:
    """The status and code of a refusal, which is a sentence."""
    told = answer.json()
    assert told.keys() == {"error", "code"} and re.fullmatch(r"[A-ZÄÖÜ].*[.]", told["error"], re.DOTALL), told
    return answer.status_code, told["code"]


def room_of(teacher: Teacher):
    return teacher.server.do(teacher.server.school.hall(teacher.code)).room


# A lesson


def test_a_class_joins_votes_talks_votes_again_and_sees_the_answer(teacher):
    pupils = [Pupil(teacher) for _ in range(6)]
    assert len({pupil.name for pupil in pupils}) == 6
    assert pupils[0].sees()["phase"] == "waiting"
    teacher.shows()
    right = right_place(room_of(teacher), QUIZ, 0)
    wrong = (right + 1) % 4
    for pupil, place in zip(pupils, [right, wrong, wrong, wrong, wrong, right], strict=True):
        assert pupil.votes(place).json().keys() == {"kept"}
    first = teacher.does("close")["counts"]["1"]
    assert (first["votes"], first["right"], first["sure"]) == (6, 2, 6)
    assert pupils[0].sees()["told"] is None and '"told":' not in json.dumps(pupils[0].has())
    teacher.does("talk")
    teacher.does("vote")
    for pupil, place in zip(pupils[:5], [right, right, right, right, wrong], strict=True):
        pupil.votes(place)
    seen = teacher.does("close")
    assert seen["counts"]["2"]["right"] == 4 and seen["moves"]["right"] == [[1, 3], [0, 1]]
    teacher.does("reveal")
    told = pupils[1].sees()["told"]
    assert told["item"]["options"][told["order"][right]]["right"] is True
    assert told["counts"]["2"]["votes"] == 5
    mine = pupils[1].has()["votes"][told["item"]["id"]]
    assert (mine["told"]["score"], mine["response"]) == (1, told["order"][right])
    assert teacher.does("next")["phase"] == "shown" and pupils[0].sees()["told"] is None


def test_open_tells_each_pupil_at_once(teacher):
    pupil = Pupil(teacher)
    teacher.does("choose", quiz=QUIZ, mode="open")
    assert pupil.sees()["items"] == []
    teacher.does("vote")
    right = right_place(room_of(teacher), QUIZ, 0)
    told = pupil.votes(right).json()["told"]
    assert told["score"] == 1 and told["item"]["why"]
    pupil.votes((right + 1) % 4)  # it was told: this one is kept, but does not count
    assert teacher.sees()["answered"][told["item"]["id"]] == {"votes": 1, "right": 1}
    assert teacher.sees()["finished"] == 0  # there are more questions
    assert pupil.has()["done"] == [told["item"]["id"]]


def test_a_quiz_for_later_tells_nothing_before_the_reveal(teacher):
    pupil = Pupil(teacher)
    teacher.does("choose", quiz=LATER, mode="open")
    teacher.does("vote")
    assert pupil.votes(1).json().keys() == {"kept"}
    assert all("told" not in vote for vote in pupil.has()["votes"].values())
    teacher.does("close")
    teacher.does("reveal")
    assert all("told" in vote for vote in pupil.has()["votes"].values())


def test_a_test_has_one_attempt_and_a_time_and_tells_nothing(teacher):
    pupil, clock = Pupil(teacher), teacher.server.clock
    teacher.does("choose", quiz=QUIZ, mode="exam", until=20)
    assert pupil.sees()["items"] == []
    teacher.does("vote")
    first = pupil.vote(0)
    assert pupil.sends(first).json() == {"kept": first["id"]}
    assert pupil.sends(first).json() == {"kept": first["id"]}
    assert refused(pupil.votes(1)) == (409, "once")
    second = pupil.vote(2, at=1)
    clock.move(20 * 60)
    assert pupil.sees()["phase"] == "closed"
    assert refused(pupil.sends(second)) == (403, "late")
    assert refused(teacher.says("reveal")) == (409, "not-now")
    assert '"told":' not in json.dumps(pupil.has()) and '"right": true' not in json.dumps(pupil.sees()["items"])


def test_a_test_that_has_not_begun_shows_no_question(teacher):
    pupil, clock = Pupil(teacher), teacher.server.clock
    teacher.does("choose", quiz=QUIZ, mode="exam", until=20, **{"from": 5})
    seen = pupil.sees()
    assert (seen["phase"], seen["items"], seen["plates"]) == ("waiting", [], {})
    clock.move(5 * 60)
    assert pupil.sees()["phase"] == "voting"
    vote = pupil.vote(0)
    clock.move(-60)
    assert refused(pupil.sends(vote)) == (403, "early")


def test_the_first_of_two_answers_sent_at_once_is_the_one_of_a_test(teacher):
    pupil = Pupil(teacher)
    teacher.does("choose", quiz=QUIZ, mode="exam")
    teacher.does("vote")
    votes = [pupil.vote(i) for i in range(4)]
    with ThreadPoolExecutor(4) as phones:
        codes = sorted(answer.status_code for answer in phones.map(pupil.sends, votes))
    assert codes == [200, 409, 409, 409]


# Votes that come late, twice, or from an old page


def test_a_vote_that_is_sent_again_counts_once_even_after_the_close(teacher):
    pupil = Pupil(teacher)
    teacher.shows()
    vote = pupil.vote(2)
    assert pupil.sends(vote).status_code == 200
    teacher.does("close")
    assert pupil.sends(vote).json() == {"kept": vote["id"]}
    assert teacher.sees()["counts"]["1"]["votes"] == 1
    teacher.does("next")
    assert pupil.sends(vote).json() == {"kept": vote["id"]}


def test_an_id_that_comes_with_another_answer_is_refused(teacher):
    pupil = Pupil(teacher)
    teacher.shows()
    vote = pupil.vote(2)
    pupil.sends(vote)
    for change in ({"response": 1}, {"sure": False}, {"round": 2}, {"item": "c15-brace"}):
        assert refused(pupil.sends(vote | change)) == (409, "conflict")
    assert pupil.has()["votes"][vote["item"]]["response"] == 2


def test_votes_that_do_not_fit_the_moment_are_told_why(teacher):
    pupil = Pupil(teacher)
    teacher.does("choose", quiz=QUIZ)
    teacher.does("next")
    vote = pupil.vote(0, round=1)
    assert refused(pupil.sends(vote)) == (409, "closed")
    teacher.does("vote")
    assert refused(pupil.sends(vote | {"item": "c15-brace"})) == (409, "closed")
    assert refused(pupil.sends(vote | {"round": 2})) == (409, "closed")
    assert refused(pupil.sends(vote | {"item_version": "0000000000"})) == (409, "changed")
    assert refused(pupil.sends(vote | {"response": 4})) == (422, "unfit")
    teacher.does("close")
    assert refused(pupil.sends(vote)) == (409, "closed")
    teacher.does("end")
    assert refused(pupil.sends(vote)) == (410, "ended")
    assert refused(pupil.joins()) == (410, "ended")
    assert pupil.sees()["ended"] is True


def test_a_restart_loses_nothing(tmp_path):
    url = str(tmp_path / "classes.sqlite")
    before = Server(url)
    teacher = Teacher(before)
    pupils = [Pupil(teacher) for _ in range(3)]
    teacher.shows()
    sent = pupils[0].vote(1)
    pupils[0].sends(sent)
    pupils[1].votes(1)
    seen, page = teacher.sees(), pupils[0].sees()
    before.stop()
    after = Server(url)
    try:
        teacher.server = after
        for pupil in pupils:
            pupil.server, pupil.clock = after, after.clock
        assert teacher.key == after.school.key(teacher.code)
        assert {**teacher.sees(), "now": 0, "online": 0} == {**seen, "now": 0, "online": 0}
        assert {**pupils[0].sees(), "now": 0} == {**page, "now": 0}
        assert pupils[0].sends(sent).json() == {"kept": sent["id"]}
        assert pupils[2].votes(2).status_code == 200
        assert teacher.sees()["counts"]["1"]["votes"] == 3
        assert pupils[1].joins(pupils[1].token).json()["learner"] == pupils[1].learner
    finally:
        after.stop()


# Trouble with the database


def test_a_full_disk_costs_no_vote_and_the_teacher_is_told(teacher):
    pupil, store = Pupil(teacher), teacher.server.store
    teacher.shows()
    vote = pupil.vote(1)
    store.is_down = True
    assert refused(pupil.sends(vote)) == (503, "not-kept")
    assert teacher.sees()["trouble"] == "The disk is full: make room on it."
    assert teacher.sees()["counts"]["1"]["votes"] == 0
    answer = teacher.says("close")
    assert refused(answer) == (503, "not-kept") and "make room" in answer.json()["error"]
    assert teacher.sees()["phase"] == "voting"
    assert refused(pupil.joins()) == (503, "not-kept")
    store.is_down = False
    teacher.server.tick()
    assert "trouble" not in teacher.sees()
    assert pupil.sends(vote).json() == {"kept": vote["id"]}
    assert teacher.sees()["counts"]["1"]["votes"] == 1 and teacher.sees()["pupils"] == 1


def test_a_server_that_starts_without_its_database_says_so(tmp_path):
    (tmp_path / "classes.sqlite").mkdir()
    with pytest.raises(serve.NotOpened, match=r"[.]$"):
        serve.listed(str(tmp_path / "classes.sqlite"))


# Joining, coming back, going


def test_who_comes_back_is_the_same_pupil_even_when_the_class_is_locked(teacher):
    pupil = Pupil(teacher)
    teacher.does("lock", locked=True)
    assert refused(pupil.joins()) == (403, "locked")
    back = pupil.joins(pupil.token).json()
    assert back == {"token": pupil.token, "learner": pupil.learner, "name": pupil.name, "code": pupil.code}
    teacher.does("lock", locked=False)
    assert pupil.joins("another").json()["learner"] != pupil.learner


def test_a_pupil_who_wants_to_be_forgotten_is(teacher):
    pupil, other = Pupil(teacher), Pupil(teacher)
    teacher.shows()
    pupil.votes(0)
    other.votes(0)
    answer = teacher.server.ask("DELETE", f"{pupil.path}/me", pupil.token)
    assert answer.json() == {"forgotten": 1}
    assert refused(teacher.server.ask("GET", pupil.path, pupil.token)) == (401, "unknown-pupil")
    seen = teacher.sees()
    assert (seen["pupils"], seen["counts"]["1"]["votes"]) == (1, 1)
    assert teacher.server.do(teacher.server.store.votes(teacher.code))[0].learner == other.learner


def test_a_class_that_is_deleted_is_gone(teacher):
    pupil = Pupil(teacher)
    teacher.shows()
    pupil.votes(0)
    assert teacher.server.ask("DELETE", teacher.path, teacher.key).json() == {"deleted": 1}
    assert refused(teacher.server.ask("GET", teacher.path, teacher.key)) == (404, "unknown-code")
    assert refused(teacher.server.ask("GET", pupil.path, pupil.token)) == (401, "unknown-pupil")
    assert refused(pupil.joins()) == (404, "unknown-code")
    assert teacher.server.do(teacher.server.store.classes()) == []


def test_a_full_class_takes_nobody_more(tmp_path):
    server = Server(str(tmp_path / "classes.sqlite"), room_for=3)
    try:
        teacher = Teacher(server)
        pupils = [Pupil(teacher) for _ in range(3)]
        server.clock.move(5)
        assert refused(pupils[0].joins()) == (403, "full")
        server.ask("DELETE", f"{pupils[0].path}/me", pupils[0].token)
        assert pupils[0].joins().status_code == 200
    finally:
        server.stop()


def test_a_school_makes_its_classes_with_its_key(server):
    key = server.school.school_key()
    made = server.ask("POST", "/api/teach", key).json()
    assert made["key"] == server.school.key(made["code"])
    assert [klass["code"] for klass in server.ask("GET", "/api/teach", key).json()] == [made["code"]]
    for method in ("GET", "POST"):
        assert refused(server.ask(method, "/api/teach", made["key"])) == (401, "wrong-key")


def test_old_classes_are_swept_away(server):
    old, ended, new = Teacher(server), Teacher(server), None
    ended.does("end")
    server.clock.move(31 * 24 * 3600)
    new = Teacher(server)
    assert sorted(server.do(server.school.sweep(30))) == sorted([old.code, ended.code])
    assert server.school.codes == {new.code}


def test_a_class_that_nobody_has_open_goes_out_of_memory_and_comes_back(teacher):
    pupil = Pupil(teacher)
    teacher.shows()
    pupil.votes(1)
    teacher.server.clock.move(3600)
    teacher.server.tick()
    assert not teacher.server.school._halls
    assert teacher.sees()["counts"]["1"]["votes"] == 1 and pupil.has()["done"]


# Streams


def test_a_stream_brings_what_changes(teacher):
    pupil = Pupil(teacher)
    with stream(teacher.server, f"{pupil.path}/events", pupil.token) as seen:
        assert next(seen)["phase"] == "waiting"
        teacher.shows()
        assert next(snapshot for snapshot in seen if snapshot["phase"] == "voting")["item"]
    with stream(teacher.server, f"{teacher.path}/events", teacher.key) as seen:
        assert next(seen)["counts"]["1"]["votes"] == 0
        pupil.votes(1)
        assert next(snapshot for snapshot in seen if snapshot["counts"]["1"]["votes"])["counts"]["1"]["votes"] == 1


def test_a_stream_ends_when_the_test_does(teacher):
    pupil = Pupil(teacher)
    teacher.does("choose", quiz=QUIZ, mode="exam", until=1)
    teacher.does("vote")
    with stream(teacher.server, f"{pupil.path}/events", pupil.token) as seen:
        assert next(seen)["phase"] == "voting"
        teacher.server.clock.move(60)
        teacher.server.tick()
        assert next(seen)["phase"] == "closed"


def test_of_three_streams_of_a_phone_the_oldest_ends(teacher):
    pupil = Pupil(teacher)
    path = f"{pupil.path}/events"
    with stream(teacher.server, path, pupil.token) as oldest, stream(teacher.server, path, pupil.token) as second:
        next(oldest), next(second)
        with stream(teacher.server, path, pupil.token) as third:
            assert next(third) and list(oldest) == []
            teacher.shows()
            assert next(second)["quiz"] and next(third)["quiz"]


def test_who_listens_or_asks_is_online(teacher):
    listens, asks, _ = (Pupil(teacher) for _ in range(3))
    asks.sees()
    with stream(teacher.server, f"{listens.path}/events", listens.token) as seen:
        next(seen)
        teacher.server.tick()
        assert (teacher.sees()["online"], teacher.sees()["pupils"]) == (2, 3)
    teacher.server.clock.move(20)
    wait_for(lambda: teacher.server.tick() or teacher.sees()["online"] == 0)


def test_a_snapshot_is_made_once_for_all_who_get_it(teacher, monkeypatch):
    from lumbar.classroom import views

    made = []
    monkeypatch.setattr(views, "pupil", lambda *a, pupil=views.pupil: made.append(1) or pupil(*a))
    pupils = [Pupil(teacher) for _ in range(5)]
    teacher.shows()
    made.clear()
    bodies = {re.sub(r',"now":.*', "", teacher.server.ask("GET", pupil.path, pupil.token).text) for pupil in pupils}
    assert len(bodies) == 1 and len(made) == 1


def test_what_is_at_hand_is_not_sent_again(teacher):
    pupil = Pupil(teacher)
    for path, key in ((pupil.path, pupil.token), (teacher.path, teacher.key)):
        tag = teacher.server.ask("GET", path, key).headers["ETag"]
        teacher.server.clock.move(1)
        again = teacher.server.ask("GET", path, key, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
    teacher.shows()
    assert teacher.server.ask("GET", pupil.path, pupil.token, headers={"If-None-Match": tag}).status_code == 200


def wait_for(is_so, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


# What somebody might try


def test_every_answer_has_the_headers_that_keep_pages_safe(teacher):
    pupil, ask = Pupil(teacher), teacher.server.ask
    answers = [
        ask("GET", "/"), ask("GET", f"/{teacher.code}"), ask("GET", "/nothing/here"), ask("GET", "/static/quiz.js"),
        ask("GET", pupil.path, pupil.token), ask("PUT", "/api/join"), ask("GET", pupil.path),
        ask("POST", "/api/join", content="{"), ask("POST", "/api/join", content="a" * 5000), ask("GET", "/%ff%ff%ff"),
    ]  # fmt: skip
    for answer in answers:
        for name, value in HEADERS.items():
            if name != "Cache-Control":
                assert answer.headers[name] == value, answer
        cached = "no-cache" if answer.request.url.path.startswith("/static/") else "no-store"
        assert answer.headers["Cache-Control"] == cached
        assert "Set-Cookie" not in answer.headers
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe-eval" not in policy


def test_only_our_own_name_and_our_own_pages_may_ask(teacher):
    for host in ("evil.example", "evil.example:8765", "127.0.0.1.evil.example", "[::2]", "127.0.0.2"):
        assert refused(teacher.server.ask("GET", teacher.path, teacher.key, headers={"Host": host})) == (403, "foreign")
    other_port = f"http://127.0.0.1:{teacher.server.port + 1}"
    for origin in ("http://evil.example", "null", other_port, "https://127.0.0.1.evil.example"):
        for method, path in (("POST", teacher.path), ("DELETE", teacher.path), ("POST", "/api/join")):
            answer = teacher.server.ask(method, path, teacher.key, headers={"Origin": origin})
            assert refused(answer) == (403, "foreign")
    own, lock = {"Origin": teacher.server.address}, {"do": "lock", "locked": True}
    assert teacher.server.ask("POST", teacher.path, teacher.key, headers=own, json=lock).status_code == 200


def test_nothing_is_told_without_the_key_or_with_another_class_s(teacher):
    other = Teacher(teacher.server)
    pupil = Pupil(teacher)
    nowhere, school = f"/api/teach/{new_code({teacher.code, other.code})}", teacher.server.school.school_key()
    for key in ("", other.key, teacher.key[:-1], teacher.key + "0", pupil.token, school, "ü"):
        for path in ("", "/events", "/quizzes", "/join", "/report", "/report.csv"):
            assert refused(teacher.server.ask("GET", teacher.path + path, headers=bearer(key))) == (401, "wrong-key")
        for method in ("POST", "DELETE"):
            answer = teacher.server.ask(method, teacher.path, headers=bearer(key), json={"do": "end"})
            assert refused(answer) == (401, "wrong-key")
        assert refused(teacher.server.ask("GET", nowhere, headers=bearer(key))) == (401, "wrong-key")
    assert not room_of(teacher).ended


def bearer(key: str) -> dict:
    return {"Authorization": f"Bearer {key}".strip().encode()}


def test_a_token_is_good_for_its_class_alone(teacher):
    other = Teacher(teacher.server)
    pupil = Pupil(teacher)
    for code in (other.code, new_code(())):
        for method, path in (("GET", ""), ("GET", "/events"), ("GET", "/mine"), ("DELETE", "/me"), ("POST", "/votes")):
            answer = teacher.server.ask(method, f"/api/class/{code}{path}", pupil.token)
            assert refused(answer) == (401, "unknown-pupil")


def test_the_token_and_the_address_are_kept_nowhere(tmp_path):
    server = Server(str(tmp_path / "classes.sqlite"))
    teacher = Teacher(server)
    pupil = Pupil(teacher)
    teacher.shows()
    pupil.votes(0)
    server.stop()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert pupil.name.encode() in kept
    assert pupil.token.encode() not in kept and teacher.key.encode() not in kept and b"127.0.0.1" not in kept


def test_pupils_see_nobody_s_answers(teacher):
    pupils = [Pupil(teacher) for _ in range(6)]
    teacher.shows()
    for pupil in pupils:
        pupil.votes(0, sure=False)
    for command in ("close", "reveal"):
        teacher.does(command)
        seen = json.dumps([pupils[0].sees(), pupils[0].has()])
        for other in pupils[1:]:
            assert other.learner not in seen and other.name not in seen and other.token not in seen


def test_codes_cannot_be_walked_through(teacher):
    clock = teacher.server.clock
    pupil = Pupil(teacher)
    tried = []
    for _ in range(40):
        clock.move(0.2)
        tried.append(teacher.server.ask("POST", "/api/join", json={"code": new_code({teacher.code})}))
    assert [refused(answer) for answer in tried[:20]] == [(404, "unknown-code")] * 20
    assert {refused(answer) for answer in tried[20:]} == {(429, "too-many")}
    assert tried[-1].headers["Retry-After"]
    assert refused(pupil.joins()) == (429, "too-many")
    assert pupil.joins(pupil.token).status_code == 200  # who is in comes back all the same
    clock.move(60)
    assert pupil.joins().status_code == 200


def test_one_phone_cannot_flood(teacher):
    pupil = Pupil(teacher)
    teacher.shows()
    path = f"{pupil.path}/votes"
    votes = [pupil.vote(0) for _ in range(7)]
    codes = [teacher.server.ask("POST", path, pupil.token, json=vote).status_code for vote in votes]
    assert codes == [200] * 5 + [429] * 2
    assert teacher.sees()["counts"]["1"]["votes"] == 1
    asked = [teacher.server.ask("GET", pupil.path, pupil.token).status_code for _ in range(30)]
    assert asked[0] == 200 and asked[-1] == 429


@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b"null", b"7", b'"vote"', b"\xff\xfe", b"[" * 4000, b'{"a":' * 700, b'{"code": NaN}',
    b'{"code": Infinity}', b'{"code": -Infinity, "id": 1}', b"{}" * 2, b"\x00",
])  # fmt: skip
def test_a_body_that_is_no_json_object_is_refused(teacher, body):
    pupil = Pupil(teacher)
    targets = [("/api/join", ""), (f"{pupil.path}/votes", pupil.token), (teacher.path, teacher.key)]
    for path, key in targets:
        assert refused(teacher.server.ask("POST", path, key, content=body)) == (400, "unclear")


def test_a_body_that_is_too_large_is_refused_whether_or_not_it_says_so(teacher):
    pupil = Pupil(teacher)
    large = json.dumps({"code": "A" * 5000}).encode()
    for content in (large, iter([large[:3000], large[3000:]])):
        assert refused(teacher.server.ask("POST", "/api/join", content=content)) == (413, "too-large")
    answer = teacher.server.ask("POST", f"{pupil.path}/votes", pupil.token, content=b" " * 100_000)
    assert refused(answer) == (413, "too-large")


def test_fields_of_a_wrong_type_are_refused(teacher):
    pupil = Pupil(teacher)
    teacher.shows()
    vote = pupil.vote(0)
    wrong = {
        "id": [None, 7, "", "a" * 65, "a b", "a\n", "\u202ea", ["a"]], "item": [None, 7, "", "a" * 121, {}],
        "item_version": [None, 7, "", []], "round": [None, "1", True, -1, 1.5, 10**30, 1.0],
        "sure": [None, 0, 1, "true"], "ms": [None, -1, "5", True, 1.5, 10**13], "response": [None],
    }  # fmt: skip
    for name, values in wrong.items():
        for value in values:
            assert refused(pupil.sends(vote | {name: value})) == (400, "unclear"), (name, value)
        assert refused(pupil.sends({key: value for key, value in vote.items() if key != name})) == (400, "unclear")


@pytest.mark.parametrize("text", EVIL)
def test_hostile_strings_get_nowhere(teacher, text):
    pupil = Pupil(teacher)
    teacher.shows()
    vote = pupil.vote(0)
    values = (text, [text], {text: text})
    votes = [vote | {name: value} for name in ("id", "item", "item_version", "response") for value in values]
    choose = {"do": "choose", "quiz": QUIZ, "mode": "exam"}
    commands = [{"do": text}, *(choose | {name: text} for name in ("quiz", "mode", "until"))]
    answers = [
        *map(pupil.sends, votes),
        *(teacher.server.ask("POST", teacher.path, teacher.key, content=json.dumps(command)) for command in commands),
        teacher.server.ask("POST", "/api/join", content=json.dumps({"code": text})),
    ]
    for answer in answers:
        assert 400 <= answer.status_code < 500, answer.text
        refused(answer)
        assert answer.headers["Content-Type"] == "application/json" and "Set-Cookie" not in answer.headers
    assert teacher.sees()["counts"]["1"]["votes"] == 0


def test_files_are_found_by_name_and_nothing_else_is(server):
    assert "javascript" in server.ask("GET", "/static/quiz.js").headers["Content-Type"]
    for name in ("..", "../server.py", "%2e%2e%2fserver.py", "..%2fserver.py", "pupil.html", "", "a/../quiz.js"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
            line.sendall(f"GET /static/{name} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 404 "), name


def test_get_changes_nothing(teacher):
    pupil = Pupil(teacher)
    teacher.shows()
    before = teacher.sees()
    for path, _ in ROUTES:
        path = re.sub(r"\(.*?\)[?]?$", "quiz.js", path) if "static" in path else path.replace(r"(\.csv)?", "")
        path = path.replace(r"([A-Za-z0-9]{5})", teacher.code).replace("\\", "")
        if not path.endswith(("/events", "/report")):
            for key in (pupil.token, teacher.key, teacher.server.school.school_key()):
                assert teacher.server.ask("GET", path, key).status_code in (200, 401, 404, 405)
    assert {**teacher.sees(), "now": 0} == {**before, "now": 0}


# The pages


def test_the_pages_are_there(server):
    code = new_code(())
    for path in ("/", f"/{code}", f"/{code.lower()}", "/teach", f"/teach/{code}"):
        answer = server.ask("GET", path)
        assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/html; charset=utf-8"
        for name in re.findall(r'(?:src|href)="/static/([^"]+)"', answer.text):
            assert server.ask("GET", f"/static/{name}").status_code == 200, name


def test_the_teacher_gets_quizzes_and_the_way_in(teacher):
    listed = teacher.server.ask("GET", f"{teacher.path}/quizzes", teacher.key).json()
    names = [quiz["name"] for lesson in listed for quiz in lesson["quizzes"]]
    assert len(names) == len(set(names)) == 27 and {lesson["lesson"] for lesson in listed} >= {"00", "08", "13"}
    counts = {quiz["name"]: quiz["count"] for lesson in listed for quiz in lesson["quizzes"]}
    assert counts == {name: len(quizzes.load(name).items) for name in names}
    way = teacher.server.ask("GET", f"{teacher.path}/join", teacher.key).json()
    assert way["addresses"] == [f"{teacher.server.address}/{teacher.code}"] and way["qr"].startswith("<svg ")
    assert teacher.key not in json.dumps(way)


def test_every_question_of_the_course_can_be_shown_and_voted_on(teacher):
    """Each kind once: the page's own indices go in, a mark comes out."""
    pupil, kinds = Pupil(teacher), set()
    for quiz in ("00-before", "08-check", "01-check"):
        for at, item in enumerate(quizzes.load(quiz).items):
            if item["kind"] in kinds:
                continue
            kinds.add(item["kind"])
            teacher.shows(at, quiz)
            answer = {
                "one": 0, "several": [0], "order": [*range(len(item.get("parts", [])))],
                "number": f"{item.get('answer')}",
                "match": [0] * len(item.get("pairs", [])), "label": [0] * len(item.get("parts", [])),
            }[item["kind"]]  # fmt: skip
            assert pupil.votes(answer).status_code == 200, item
            assert teacher.does("close")["counts"]["1"]["votes"] == 1
            teacher.does("reveal")
            assert pupil.has()["votes"][item["id"]]["told"]["item"]["id"] == item["id"]
    assert kinds == {"one", "several", "order", "match", "label", "number"}


def test_the_report_is_a_file_to_keep(tmp_path):
    url = str(tmp_path / "classes.sqlite")
    server = Server(url, report=serve._report(url))
    try:
        teacher = Teacher(server)
        pupil = Pupil(teacher)
        teacher.shows()
        pupil.votes(0)
        page, table = (server.ask("GET", f"{teacher.path}/{name}", teacher.key) for name in ("report", "report.csv"))
        assert page.text.startswith("<!doctype html>") and teacher.code in page.text
        assert table.content.startswith(b"\xef\xbb\xbf") and "c15-bare-spine" in table.text
        for answer in (page, table):
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert pupil.token not in answer.text and pupil.name not in answer.text
    finally:
        server.stop()


# `lumbar class`


def lumbar(*arguments: str, folder: Path, **options) -> subprocess.Popen:
    code = "import sys; from lumbar.cli import main; sys.exit(main())"
    env = {**os.environ, "LUMBAR_DATA": str(folder), "PYTHONUNBUFFERED": "1"}
    env.pop("LUMBAR_CLASS_SECRET", None)
    command = [sys.executable, "-c", code, "class", *arguments]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)


def greeting(process: subprocess.Popen) -> str:
    """What is printed until the server is up."""
    text = ""
    while "To stop, press Ctrl-C here." not in text:
        line = process.stdout.readline()
        assert line, text
        text += line
    return text


def test_the_command_opens_a_class_and_goes_on_with_it_after_it_was_killed(tmp_path):
    first = lumbar("--no-browser", "--port", "0", "--quiz", QUIZ, folder=tmp_path)
    try:
        told = greeting(first)
        address, code, key = re.search(r"(http://127\.0\.0\.1:\d+)/teach/(\w+)#(\w+)", told).groups()
        assert f"{address}/{code}" in told and "Only this machine can reach it so far." in told
        joined = httpx.post(f"{address}/api/join", json={"code": code}, timeout=20).json()
        mine, own = ({"Authorization": f"Bearer {each}"} for each in (joined["token"], key))
        for do in ("next", "vote"):
            httpx.post(f"{address}/api/teach/{code}", json={"do": do}, headers=own, timeout=20)
        item = httpx.get(f"{address}/api/class/{code}", headers=mine, timeout=20).json()["item"]
        vote = {"id": "a", "item": item["id"], "item_version": item["version"], "round": 1, "response": 0}
        vote |= {"sure": True, "ms": 5}
        kept = httpx.post(f"{address}/api/class/{code}/votes", json=vote, headers=mine, timeout=20)
        assert kept.json() == {"kept": "a"}
        assert (tmp_path / "class.key").stat().st_mode & 0o777 == 0o600
    finally:
        first.kill()
        first.communicate()
    second = lumbar("--no-browser", "--port", "0", folder=tmp_path)
    try:
        again = greeting(second)
        address = re.search(r"http://127\.0\.0\.1:\d+", again)[0]
        assert f"/teach/{code}#{key}" in again
        kept = httpx.post(f"{address}/api/class/{code}/votes", json=vote, headers=mine, timeout=20)
        assert kept.json() == {"kept": "a"}
        seen = httpx.get(f"{address}/api/teach/{code}", headers=own, timeout=20).json()
        assert (seen["phase"], seen["counts"]["1"]["votes"]) == ("voting", 1)
        third = lumbar("--no-browser", folder=tmp_path)
        assert "A class server is running already." in third.communicate(timeout=60)[0] and third.returncode == 1
    finally:
        second.send_signal(signal.SIGINT)
        rest, _ = second.communicate(timeout=60)
    assert second.returncode == 0 and f"Kept: {code}." in rest and "Traceback" not in rest


def test_a_quiz_that_is_not_there_leaves_no_class_behind(tmp_path):
    started = lumbar("--no-browser", "--quiz", "08-chek", folder=tmp_path)
    assert "Did you mean 08-check" in started.communicate(timeout=60)[0] and started.returncode == 1
    assert serve.listed(str(tmp_path / "classes.sqlite")) == []


def test_a_test_opens_at_the_time_that_was_named(tmp_path):
    soon = (datetime.now() + timedelta(minutes=3)).astimezone().replace(second=0, microsecond=0)
    timed = ("--exam", "--minutes", "20", "--at", soon.strftime("%Y-%m-%dT%H:%M"))
    started = lumbar("--no-browser", "--port", "0", "--quiz", QUIZ, *timed, folder=tmp_path)
    try:
        address, code, key = re.search(r"(http://127\.0\.0\.1:\d+)/teach/(\w+)#(\w+)", greeting(started)).groups()
        seen = httpx.get(f"{address}/api/teach/{code}", headers={"Authorization": f"Bearer {key}"}, timeout=20).json()
    finally:
        started.kill()
        started.communicate()
    times = [datetime.fromisoformat(seen[name]) for name in ("from", "until")]
    assert (seen["phase"], times) == ("waiting", [soon, soon + timedelta(minutes=20)])


@pytest.mark.parametrize(("wish", "sentence"), [
    (("--exam", "--at", "soon"), "'soon' is no time. Write it like 10:15"),
    (("--exam", "--at", "2020-01-01T10:15"), "2020-01-01T10:15 is over. Give a time to come"),
    (("--at", "10:15"), "--minutes and --at are for a test: add --exam"),
    (("--open", "--minutes", "20"), "--minutes and --at are for a test: add --exam"),
])  # fmt: skip
def test_a_time_that_cannot_be_is_told(wish, sentence, capsys):
    assert cli.main(["class", "--quiz", QUIZ, *wish]) == 1
    assert sentence in capsys.readouterr().err


def test_a_port_that_is_taken_gives_way_to_the_next():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sockets = serve.listening(serve.Options(port=port))
        found = sockets[0].getsockname()
        for each in sockets:
            each.close()
    assert found[0] == "127.0.0.1" and port < found[1] < port + serve.PORTS


def test_the_network_is_only_served_when_asked_for(monkeypatch):
    monkeypatch.setattr(serve.address, "local", lambda: ["192.168.178.23", "10.0.0.5"])
    places = serve.Places(8765, serve.Options(lan=True))
    assert places.addresses() == ["http://192.168.178.23:8765", "http://10.0.0.5:8765"]
    assert places.hosts() == {"127.0.0.1", "localhost", "::1", "192.168.178.23", "10.0.0.5"}
    assert serve.Places(8765, serve.Options()).addresses() == ["http://127.0.0.1:8765"]
    behind = serve.Places(8765, serve.Options(host="Class.school.example"))
    assert behind.addresses() == ["https://Class.school.example"] and "class.school.example" in behind.hosts()
    told = serve._reach(places, serve.Options(lan=True))
    assert "on your own phone first" in told and "Everyone in this network" in told


def test_classes_are_listed_and_deleted_by_one_command(tmp_path):
    database = str(tmp_path / "classes.sqlite")
    server = Server(database)
    teacher = Teacher(server)
    pupil = Pupil(teacher)
    teacher.shows()
    pupil.votes(0)
    server.stop()
    assert re.fullmatch(rf"{teacher.code}  made 2026-03-02 .* 1 pupils  1 answers", serve.listed(database)[0])
    with pytest.raises(serve.NotOpened, match="There is no class 22222. There are: "):
        serve.deleted("22222", database)
    assert serve.deleted(teacher.code.lower(), database) == 1
    assert serve.listed(database) == []


def test_keep_0_leaves_nothing(tmp_path):
    running = lumbar("--no-browser", "--port", "0", "--keep", "0", folder=tmp_path)
    greeting(running)
    running.send_signal(signal.SIGTERM)
    rest, _ = running.communicate(timeout=60)
    assert running.returncode == 0 and "No class is kept." in rest
    assert serve.listed(str(tmp_path / "classes.sqlite")) == []
