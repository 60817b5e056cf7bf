"""What a clever pupil might try on a class, and what two who act at once might spoil."""

import asyncio
import json
import socket
import time
from contextlib import suppress

import httpx
import pytest
from actors import Pupil, Server, Teacher, right_place

from lumbar.classroom import hall, serve
from lumbar.classroom.serve import NotOpened, deleted
from lumbar.classroom.store import NotKept


@pytest.fixture
def server(tmp_path):
    server = Server(str(tmp_path / "classes.sqlite"))
    yield server
    server.stop()


@pytest.fixture
def teacher(server) -> Teacher:
    return Teacher(server)


def from_phone(server, number: int) -> dict:
    """The headers of a phone behind a proxy on this machine."""
    return {"X-Forwarded-For": f"192.0.2.200, 198.51.100.{number}"}


def joins(server, code: str, headers: dict | None = None):
    return server.ask("POST", "/api/join", json={"code": code}, headers=headers or {})


def comes_in(server) -> bool:
    """Whether somebody gets through, once the server has noticed that another one left."""
    for _ in range(50):
        with suppress(httpx.TransportError):
            return server.ask("GET", "/").status_code == 200
        time.sleep(0.1)
    return False


def test_a_command_brings_no_deleted_class_back(server, teacher):
    class_ = server.do(server.school.hall(teacher.code))

    async def at_once():
        await asyncio.gather(server.school.delete(teacher.code), class_.command({"do": "lock", "locked": True}),
                             return_exceptions=True)  # fmt: skip

    server.do(at_once())
    assert server.do(server.store.classes()) == []
    with pytest.raises(hall.Refused, match="deleted"):
        server.do(class_.command({"do": "lock", "locked": False}))
    with pytest.raises(hall.Refused, match="deleted"):
        server.do(class_.join("token"))


def test_what_looks_after_a_class_in_trouble_keeps_no_older_state(server, teacher):
    class_ = server.do(server.school.hall(teacher.code))
    server.store.is_down = True
    with pytest.raises(NotKept):
        server.do(class_.command({"do": "lock", "locked": True}))
    server.store.is_down = False

    async def at_once():
        await asyncio.gather(class_.command({"do": "lock", "locked": True}), class_.tick())

    server.do(at_once())
    assert server.do(server.store.classes())[0].state["locked"] is True


def test_no_class_is_deleted_behind_the_back_of_its_server(tmp_path):
    database = str(tmp_path / "classes.sqlite")
    with serve.alone(database), pytest.raises(NotOpened, match="on your own page there"):
        deleted("7K3FA", str(tmp_path / "." / "classes.sqlite"))


def test_a_code_is_not_told_by_what_a_made_up_token_makes_the_server_do(server, teacher, monkeypatch):
    asked = []
    monkeypatch.setattr(server.school, "hall", lambda code: asked.append(code))
    answer = server.ask("GET", f"/api/class/{teacher.code}", "made-up.token")
    assert answer.status_code == 401 and asked == []


def test_one_address_takes_few_places_and_the_class_stays_open(server, teacher, monkeypatch):
    monkeypatch.setattr("lumbar.classroom.server.OURSELVES", ())  # so that we count as a phone in the network
    codes = [joins(server, teacher.code).status_code for _ in range(44)]
    assert codes == [200] * 40 + [429] * 4
    server.clock.move(2)
    assert joins(server, teacher.code).status_code == 200


def test_a_class_that_is_over_or_locked_uses_up_nobody_s_turn(server, teacher):
    teacher.does("lock", locked=True)
    level = server.school.joins.level
    assert {joins(server, teacher.code).status_code for _ in range(5)} == {403}
    assert server.school.joins.level == level


def test_known_codes_do_not_pay_for_wrong_ones(server, teacher):
    teacher.does("end")
    tried = [joins(server, code).status_code for code in [teacher.code, "22222"] * 30]
    assert tried.count(404) <= 20 and tried[-1] == 429


def test_behind_a_proxy_the_last_address_counts_and_a_made_up_one_does_not(server, teacher):
    server.site.proxied = True
    for number in range(30):
        made_up = {"X-Real-Ip": f"203.0.113.{number}", "X-Forwarded-For": f"203.0.113.{number}, 198.51.100.7"}
        server.clock.move(1)
        answer = joins(server, "22222", made_up)
    assert answer.status_code == 429
    assert joins(server, teacher.code, from_phone(server, 8)).status_code == 200


def test_counts_tell_nothing_of_who_was_forgotten(server, teacher):
    pupils = [Pupil(teacher) for _ in range(6)]
    teacher.shows()
    for place, pupil in enumerate(pupils):
        pupil.votes(place % 4)
    teacher.does("close")
    teacher.does("reveal")
    before = pupils[0].sees()["told"]["counts"]
    server.ask("DELETE", f"{pupils[5].path}/me", pupils[5].token)
    assert pupils[0].sees()["told"]["counts"] == before
    assert teacher.sees()["counts"]["1"]["votes"] == 5


def test_an_answer_is_changed_often_enough(server, teacher, monkeypatch):
    monkeypatch.setattr(hall, "CHANGES", 3)
    pupil = Pupil(teacher)
    teacher.shows()
    codes = [pupil.votes(n % 4).status_code for n in range(4)]
    assert codes == [200, 200, 200, 409]
    assert sum(pupil.has()["votes"][id]["response"] == 2 for id in pupil.has()["votes"]) == 1


def test_a_quiz_is_answered_in_one_way_only(server, teacher):
    pupil = Pupil(teacher)
    teacher.shows()
    pupil.votes(right_place(server.do(server.school.hall(teacher.code)).room, "08-check", 0))
    teacher.does("close")
    teacher.does("reveal")
    assert teacher.says("choose", quiz="08-check", mode="open").json()["code"] == "not-now"


def test_a_test_that_waits_does_not_say_what_it_will_be_about(server, teacher):
    pupil = Pupil(teacher)
    teacher.does("choose", quiz="08-check", mode="exam", until=20)
    seen = pupil.sees()
    assert (seen["quiz"], seen["title"], seen["item"], seen["items"]) == (None, None, None, [])
    assert "08" not in json.dumps({name: seen[name] for name in ("quiz", "title", "items", "plates")})
    assert teacher.sees()["quiz"] == "08-check"


def test_sockets_that_say_nothing_keep_nobody_out(tmp_path, monkeypatch):
    monkeypatch.setattr(serve, "open_files", lambda: serve.SPARE + 8)
    server = Server(str(tmp_path / "classes.sqlite"))
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(12)]
    try:
        closed = 0
        for each in idle[8:]:  # those beyond what there is room for are let go at once
            each.settimeout(5)
            closed += each.recv(1) == b""
        assert closed == 4
        idle.pop(0).close()
        assert comes_in(server)
    finally:
        for each in idle:
            each.close()
        server.stop()


def test_a_stream_that_has_to_go_lets_go_of_its_socket(server, teacher):
    pupil = Pupil(teacher)
    with server.web.stream("GET", f"{pupil.path}/events", headers={"Authorization": f"Bearer {pupil.token}"}) as answer:
        assert answer.headers["Connection"] == "close"


def test_a_short_secret_is_refused(monkeypatch):
    from lumbar.classroom.school import secret

    monkeypatch.setenv("LUMBAR_CLASS_SECRET", "school")
    with pytest.raises(NotKept, match="too short"):
        secret()
