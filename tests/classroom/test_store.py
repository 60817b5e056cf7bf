"""What a class's votes must survive, on SQLite and on PostgreSQL: a Classroom keeps them and reads them back."""

import asyncio
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import traceback
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cluster import ask
from forked import drop_root, in_another_process

from lumbar import progress
from lumbar.classroom import store as votes_store
from lumbar.classroom.store import Class_, Conflict, NotKept, Pupil, Refused, Vote, answers, connect

AT = "2026-03-01T10:00:00.000Z"


class Classroom:
    """A class of pupils and the store that keeps them."""

    def __init__(self, url, code="7K3FA", pupils=("ann", "ben")):
        self.url, self.code = url, code
        self.store, self._runner = connect(url), asyncio.Runner()
        if pupils:
            self.ask(self.store.make(Class_(code, AT, None, {"phase": "waiting"})))
        for name in pupils:
            self.ask(self.store.add(Pupil(name, code, f"hash of {name}", f"Blue {name}", AT)))

    def ask(self, *work):
        """What these return or raise, all asked at once; one alone raises."""

        async def together():
            return await asyncio.gather(*work, return_exceptions=len(work) > 1)

        outcomes = self._runner.run(together())
        return outcomes if len(work) > 1 else outcomes[0]

    def vote(self, id, learner="ann", **changes):
        made = Vote(id, learner, "c16-rub", "v1", "08-check", 1, True, 0.5, 1200, AT, self.code, 1)
        return replace(made, **changes)

    def keep(self, *votes):
        return self.ask(*map(self.store.keep, votes))

    def kept(self):
        """The votes as a server reads them that has just started."""
        return self.ask(connect(self.url).votes(self.code))

    def ids(self):
        return [vote.id for vote in self.kept()]

    def together(self, *votes, meanwhile=lambda: None):
        """The outcomes of votes that come while the writer is busy, so that it takes them in one group."""

        async def work():
            begun, let_go = threading.Event(), threading.Event()
            busy = asyncio.ensure_future(self.store._writer.do(lambda connection: (begun.set(), let_go.wait(10))))
            await asyncio.to_thread(begun.wait, 10)
            sent = [asyncio.ensure_future(self.store.keep(vote)) for vote in votes]
            await asyncio.sleep(0)  # by now they wait
            meanwhile()
            let_go.set()
            return (await asyncio.gather(busy, *sent, return_exceptions=True))[1:]

        return self._runner.run(work())

    def leave(self):
        self.ask(self.store.close())
        self._runner.close()


@pytest.fixture
def classroom(database):
    made = Classroom(database.url)
    yield made
    made.leave()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "classes" / "classes.sqlite"


@pytest.fixture
def on_file(file):
    """A classroom on SQLite, for what only a file can suffer."""
    made = Classroom(str(file))
    yield made
    made.leave()


def name_of(url):
    """The name in the address of a database."""
    return urlsplit(url).path[1:]


def sentence(raised):
    """The plain sentence that a teacher reads."""
    text = str(raised.value)
    assert text[0].isupper() and text.endswith((".", "'")) and "\n" not in text and "Traceback" not in text
    return text


# Ordinary days


def test_votes_come_back_as_they_were_in_the_order_in_which_they_were_kept(classroom):
    responses = [2, [0, 3], [2, None, 0], "37,5", "", None, {"höhe": "„ja“"}, "\ud83d", "\0"]
    sent = [classroom.vote(f"v{9 - n}", response=response, sure=n % 2 == 0) for n, response in enumerate(responses)]
    assert [classroom.keep(vote) for vote in sent] == [True] * len(sent)
    assert classroom.kept() == sent


def test_times_in_milliseconds_and_marks_keep_all_their_digits(classroom):
    vote = classroom.vote("v1", ms=10**12, score=1 / 3)
    classroom.keep(vote)
    assert classroom.kept() == [vote]


def test_a_class_comes_back_as_it_was_last_saved(classroom):
    ended = Class_("7K3FA", AT, "2026-03-01T11:00:00.000Z", {"phase": "revealed", "seed": [1, 2]})
    other = Class_("AAAAA", "2026-02-01T11:00:00.000Z", None, {})
    classroom.ask(classroom.store.save(ended))
    classroom.ask(classroom.store.make(other))
    assert classroom.ask(classroom.store.classes()) == [other, ended], "oldest first"


def test_pupils_come_back_once(classroom):
    cat = Pupil("cat", "7K3FA", "hash of cat", "Red cat", "2026-03-01T09:00:00.000Z")
    for _ in range(2):
        classroom.ask(classroom.store.add(cat))
    found = classroom.ask(classroom.store.pupils("7K3FA"))
    assert [pupil.learner for pupil in found] == ["cat", "ann", "ben"] and found[0] == cat
    assert classroom.ask(classroom.store.pupils("AAAAA")) == []


def test_the_report_reads_every_answer(classroom):
    classroom.keep(classroom.vote("v1", response=[0, 2]), classroom.vote("v2", "ben", round=2, sure=False))
    assert sorted(answers("7K3FA", classroom.url)) == [
        ("ann", "c16-rub", "v1", "08-check", "[0, 2]", 1, 0.5, AT, 1),
        ("ben", "c16-rub", "v1", "08-check", "1", 0, 0.5, AT, 2),
    ]
    assert list(answers("AAAAA", classroom.url)) == []


# Sent again


def test_the_same_vote_counts_once(classroom):
    vote = classroom.vote("v1")
    assert classroom.keep(vote) is True
    assert classroom.keep(replace(vote, ms=9, at="2026-03-01T10:00:07.000Z")) is False
    assert classroom.kept() == [vote]


@pytest.mark.parametrize(
    "change",
    [{"response": 2}, {"response": "1"}, {"sure": False}, {"round": 2}, {"item": "c16-b"}, {"item_version": "v2"},
     {"quiz": "08-start"}],
    ids=str,
)  # fmt: skip
def test_another_answer_under_the_same_id_is_refused_and_the_first_stays(classroom, change):
    vote = classroom.vote("v1")
    classroom.keep(vote)
    with pytest.raises(Conflict):
        classroom.keep(replace(vote, **change))
    assert classroom.kept() == [vote]


def test_two_pupils_may_have_the_same_id(classroom):
    assert classroom.keep(classroom.vote("v1"), classroom.vote("v1", "ben")) == [True, True]


def test_the_same_vote_and_another_answer_come_in_one_group(classroom):
    vote = classroom.vote("v1")
    first, again, other, neighbour = classroom.together(vote, vote, replace(vote, response=7), classroom.vote("v2"))
    assert (first, again, neighbour) == (True, False, True) and isinstance(other, Conflict)
    assert classroom.ids() == ["v1", "v2"]


FAULTS = [
    {"learner": "stranger"},
    {"class_": "AAAAA"},
    {"item": "\ud83d"},
    {"score": 1.5},
    {"score": float("nan")},
    {"ms": 2**70},
    {"quiz": None},
    {"at": object()},
]


@pytest.mark.parametrize("change", FAULTS, ids=str)
def test_one_bad_vote_in_a_group_costs_the_others_nothing(classroom, change):
    bad = classroom.vote("bad", **change)
    outcomes = classroom.together(bad, classroom.vote("v1"), bad, classroom.vote("v2"), bad)
    assert [outcome for outcome in outcomes if outcome is True] == [True, True]
    assert [type(outcome) for outcome in outcomes[::2]] == [Refused] * 3
    assert sorted(classroom.ids()) == ["v1", "v2"]


def test_a_vote_is_of_the_pupils_own_class(classroom):
    other = Classroom(classroom.url, "AAAAA", pupils=("cat",))
    with pytest.raises(Refused):
        classroom.keep(classroom.vote("v1", "cat"))
    assert classroom.ids() == []
    other.leave()


# Acknowledged means committed


class Commits:
    """A connection whose commits can be held back, or fail."""

    def __init__(self, connection, commit):
        self._connection, self._commit = connection, commit

    def execute(self, statement, *values):
        if statement == "COMMIT":
            self._commit()
        return self._connection.execute(statement, *values)

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def __setattr__(self, name, value):
        super().__setattr__(name, value) if name.startswith("_") else setattr(self._connection, name, value)


def commit_by(classroom, commit):
    opened = classroom.store._writer
    opened._connection = Commits(opened._connection, commit)


def test_nobody_is_told_before_the_commit(classroom):
    reached, let_go = threading.Event(), threading.Event()
    commit_by(classroom, lambda: (reached.set(), let_go.wait(10)))

    async def work():
        sent = asyncio.ensure_future(classroom.store.keep(classroom.vote("v1")))
        assert await asyncio.to_thread(reached.wait, 10)
        seen = await connect(classroom.url).votes("7K3FA")
        told = sent.done()
        let_go.set()
        return told, seen, await sent

    assert classroom.ask(work()) == (False, [], True)
    assert classroom.ids() == ["v1"]


def test_a_connection_that_dies_at_the_commit_is_replaced(classroom):
    def die():
        classroom.store._writer._connection._connection.close()

    commit_by(classroom, die)
    assert classroom.together(classroom.vote("v1"), classroom.vote("v2")) == [True, True]
    assert classroom.ids() == ["v1", "v2"]


def test_what_waits_is_committed_when_the_store_closes(classroom):
    async def work():
        sent = [asyncio.ensure_future(classroom.store.keep(classroom.vote(f"v{n}"))) for n in range(50)]
        await asyncio.sleep(0)
        await classroom.store.close()
        return await asyncio.gather(*sent)

    assert classroom.ask(work()) == [True] * 50
    assert len(classroom.ids()) == 50
    assert classroom.keep(classroom.vote("later")) is True, "a closed store opens again"


def test_a_phone_that_goes_away_leaves_the_writer_at_work(classroom):
    async def work():
        sent = [asyncio.ensure_future(classroom.store.keep(classroom.vote(f"v{n}"))) for n in range(20)]
        await asyncio.sleep(0)
        for task in sent[::2]:
            task.cancel()
        return await asyncio.gather(*sent, return_exceptions=True)

    outcomes = classroom.ask(work())
    assert outcomes[1::2] == [True] * 10
    assert classroom.keep(classroom.vote("later")) is True
    assert {f"v{n}" for n in range(1, 20, 2)} <= set(classroom.ids())


def test_a_writer_that_hangs_keeps_nobody_from_stopping(database, monkeypatch):
    classroom, let_go = Classroom(database.url), threading.Event()
    monkeypatch.setattr(votes_store, "WAIT", 0.3)
    with pytest.raises(NotKept) as raised:
        classroom.ask(classroom.store._writer.do(lambda connection: let_go.wait(20)))
    assert "does not answer" in sentence(raised)
    classroom.ask(classroom.store.close())
    assert not let_go.is_set()
    let_go.set()


def test_more_than_can_wait_is_turned_away_at_once(database, monkeypatch):
    monkeypatch.setattr(votes_store, "LINE", 10)
    classroom = Classroom(database.url)
    outcomes = classroom.together(*[classroom.vote(f"v{n}") for n in range(15)])
    assert Counter(map(type, outcomes)) == {bool: 10, NotKept: 5}
    assert len(classroom.ids()) == 10
    classroom.leave()


# A database in trouble


def test_a_database_that_goes_and_comes_back(classroom, database):
    assert classroom.keep(classroom.vote("before")) is True
    database.stop()
    try:
        for _ in range(2):
            with pytest.raises(NotKept) as raised:
                classroom.keep(classroom.vote("meanwhile"))
            assert "votes are kept again" in sentence(raised)
        with pytest.raises(NotKept):
            classroom.ask(classroom.store.votes("7K3FA"))
    finally:
        database.start()
    assert classroom.keep(classroom.vote("after")) is True
    assert classroom.ids() == ["before", "after"]


def test_a_crash_of_postgresql_between_two_votes_is_not_even_noticed(cluster, postgres):
    classroom = Classroom(postgres)
    assert classroom.keep(classroom.vote("v1")) is True
    cluster.stop("immediate")
    cluster.start()
    assert classroom.keep(classroom.vote("v2")) is True
    assert classroom.ids() == ["v1", "v2"]
    classroom.leave()


def test_a_database_that_goes_before_a_group_keeps_none_of_it(classroom, database):
    try:
        outcomes = classroom.together(*[classroom.vote(f"v{n}") for n in range(200)], meanwhile=database.stop)
    finally:
        database.start()
    assert {type(outcome) for outcome in outcomes} == {NotKept}
    assert classroom.ids() == []


@contextmanager
def held(database):
    """The database held by another program."""
    if database.kind == "sqlite":
        with closing(sqlite3.connect(database.url, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("COMMIT")
    else:
        import psycopg

        with psycopg.connect(database.url) as other:
            other.execute("LOCK TABLE attempt")
            yield


def test_another_program_holds_the_database(classroom, database, monkeypatch):
    monkeypatch.setattr("lumbar.classroom.sqlite.WAIT", 0.05)
    monkeypatch.setattr(votes_store, "WAIT", 0.5)
    classroom.ask(classroom.store.close())
    with held(database):
        with pytest.raises(NotKept) as raised:
            classroom.keep(classroom.vote("v1"))
        assert "Another program" in sentence(raised) or "does not answer" in sentence(raised)
    monkeypatch.setattr(votes_store, "WAIT", 15)
    assert classroom.keep(classroom.vote("v1")) in (True, False) and classroom.keep(classroom.vote("v2"))
    assert classroom.ids() == ["v1", "v2"]


def test_a_database_from_a_newer_course_is_left_alone(classroom, database):
    classroom.ask(classroom.store.close())
    if database.kind == "sqlite":
        with closing(sqlite3.connect(database.url)) as other:
            other.execute("PRAGMA user_version=99")
    else:
        ask(database.url, "COMMENT ON TABLE attempt IS 'Lumbar 99'")
    for work in (classroom.store.keep(classroom.vote("v1")), classroom.store.classes()):
        with pytest.raises(NotKept) as raised:
            classroom.ask(work)
        assert "newer version" in sentence(raised)


def test_the_disk_of_the_file_is_full(on_file, monkeypatch):
    on_file.keep(on_file.vote("before"))
    on_file.ask(on_file.store.close())
    connect_to = sqlite3.connect

    def small(*args, **options):
        connection = connect_to(*args, **options)
        connection.execute("PRAGMA max_page_count=14")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr("lumbar.classroom.sqlite.sqlite3.connect", small)
        outcomes = on_file.together(*[on_file.vote(f"v{n}", item="x" * 500) for n in range(100)])
        (told,) = {str(outcome) for outcome in outcomes}
        assert told == "The disk is full: make room on it, and votes are kept again."
        on_file.ask(on_file.store.close())
    assert on_file.keep(on_file.vote("after")) is True
    assert on_file.ids() == ["before", "after"]


def test_the_disk_of_postgresql_is_full(postgres):
    classroom = Classroom(postgres)
    ask(
        postgres,
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
        "CREATE TRIGGER no_room BEFORE INSERT ON attempt FOR EACH ROW EXECUTE FUNCTION full_disk()",
    )
    with pytest.raises(NotKept) as raised:
        classroom.keep(classroom.vote("v1"))
    assert "is full: make room" in sentence(raised)
    ask(postgres, "DROP TRIGGER no_room ON attempt")
    assert classroom.keep(classroom.vote("v2")) is True and classroom.ids() == ["v2"]
    classroom.leave()


def test_postgresql_may_only_be_read(postgres):
    classroom = Classroom(postgres)
    classroom.keep(classroom.vote("v1"))
    classroom.ask(classroom.store.close())
    ask(postgres, f"ALTER DATABASE {name_of(postgres)} SET default_transaction_read_only = on")
    with pytest.raises(NotKept) as raised:
        classroom.keep(classroom.vote("v2"))
    assert "may only be read now" in sentence(raised) and classroom.ids() == ["v1"]
    classroom.leave()


def test_the_file_may_grow_no_further(file):
    Classroom(str(file)).leave()

    def fill():
        classroom = Classroom(str(file), pupils=())
        votes = [classroom.vote(f"v{n}", item="x" * 2000) for n in range(100)]
        return [str(outcome) for vote in votes for outcome in classroom.together(vote)]

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    told = in_another_process(fill, before=small)
    assert told[0] == "True" and "takes nothing more" in told[-1]
    assert Classroom(str(file), pupils=()).ids() == [f"v{n}" for n, text in enumerate(told) if text == "True"]


def test_the_folder_cannot_be_written():
    with tempfile.TemporaryDirectory() as name:  # not tmp_path, which another user cannot even enter
        file = Path(name) / "classes.sqlite"
        classroom = Classroom(str(file))
        classroom.keep(classroom.vote("v1"))
        classroom.leave()
        file.chmod(0o444)
        file.parent.chmod(0o555)

        def vote():
            with pytest.raises(NotKept) as raised:
                Classroom(str(file), pupils=()).keep(classroom.vote("v2"))
            return sentence(raised)

        told = in_another_process(vote, before=drop_root)
        file.parent.chmod(0o755)
        assert told == f"The folder {name} cannot be written: choose another one with --database."
        assert Classroom(str(file), pupils=()).ids() == ["v1"]


def test_the_folder_cannot_be_made(file):
    file.parent.write_text("a file where the folder should be")
    with pytest.raises(NotKept) as raised:
        Classroom(str(file))
    assert "cannot be written" in sentence(raised)


@pytest.mark.parametrize("how", ["header", "middle", "cut short", "another kind of file"])
def test_a_damaged_file_is_named_and_left_as_it_is(on_file, file, how):
    on_file.together(*[on_file.vote(f"v{n}") for n in range(300)])
    on_file.ask(on_file.store.close())
    size = file.stat().st_size
    if how == "cut short":
        os.truncate(file, size // 2)
    elif how == "another kind of file":
        file.write_text("Dear diary, " * 99)
    else:
        with file.open("r+b") as damaged:
            damaged.seek(0 if how == "header" else size // 2)
            damaged.write(b"\xff" * 3000)
    before = file.read_bytes()
    with pytest.raises(NotKept) as raised:
        on_file.keep(on_file.vote("v1"))
    assert f"The file {file} is damaged" in sentence(raised)
    assert file.read_bytes() == before


def test_a_file_of_another_program_is_left_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv("LUMBAR_DATA", str(tmp_path))
    progress.learner()
    before = progress.path().read_bytes()
    with pytest.raises(NotKept) as raised:
        Classroom(str(progress.path()))
    assert "belongs to another program" in sentence(raised)
    assert progress.path().read_bytes() == before


def test_a_file_that_is_taken_away_takes_no_vote_with_it(on_file, file):
    on_file.keep(on_file.vote("v1"))
    on_file.ask(on_file.store.close())
    copy = file.read_bytes()
    on_file.keep(on_file.vote("v2"))
    file.unlink()
    with pytest.raises(NotKept) as raised:
        on_file.keep(on_file.vote("v3"))
    assert sentence(raised) == f"The file {file} is gone: put it back, and votes are kept again."
    assert not file.exists(), "no empty file in its place"
    for journal in file.parent.iterdir():
        journal.unlink()
    file.write_bytes(copy)
    assert on_file.keep(on_file.vote("v3")) is True
    assert on_file.ids() == ["v1", "v3"]


def test_with_no_address_the_file_is_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LUMBAR_DATA", str(tmp_path / "data"))
    Classroom(None).leave()
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["classes.sqlite"]
    assert (tmp_path / "data" / "classes.sqlite").stat().st_mode & 0o77 == 0, "nobody else may read it"


# How the file is written


def pragma(classroom, name):
    return classroom.ask(
        classroom.store._writer.do(lambda connection: connection.execute(f"PRAGMA {name}").fetchone()[0])
    )


def test_each_commit_reaches_the_disk(on_file):
    assert pragma(on_file, "journal_mode") == "wal" and pragma(on_file, "synchronous") == 2
    assert pragma(on_file, "secure_delete") == 1 and pragma(on_file, "foreign_keys") == 1


def assert_rollback_journal(file):
    classroom = Classroom(str(file))
    classroom.keep(classroom.vote("v1"), classroom.vote("v2"))
    assert pragma(classroom, "journal_mode") == "delete" and pragma(classroom, "synchronous") == 3
    assert sorted(classroom.ids()) == ["v1", "v2"]
    assert classroom.ask(classroom.store.delete("7K3FA")) == 2
    classroom.leave()


def test_where_there_is_no_shared_memory_the_file_has_a_rollback_journal(file, monkeypatch):
    connect_to = sqlite3.connect
    monkeypatch.setattr(
        "lumbar.classroom.sqlite.sqlite3.connect",
        lambda path, **options: connect_to(f"file:{path}?vfs=unix-dotfile", uri=True, **options),
    )
    assert_rollback_journal(file)


def test_on_a_network_drive_the_file_has_a_rollback_journal(file, monkeypatch):
    import psutil

    here = psutil.disk_partitions(all=True)[0]
    drives = [here._replace(mountpoint="/", fstype="ext4", opts="rw"),
              here._replace(mountpoint=str(file.parents[1]), fstype="nfs4", opts="rw")]  # fmt: skip
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: drives)
    assert_rollback_journal(file)


# Deleted means gone


def test_a_deleted_class_leaves_nothing_and_the_others_all(classroom):
    other = Classroom(classroom.url, "AAAAA", pupils=("cat",))
    other.keep(other.vote("v1", "cat"))
    classroom.keep(classroom.vote("v1"), classroom.vote("v2"), classroom.vote("v1", "ben"))
    assert classroom.ask(classroom.store.delete("7K3FA")) == 3
    assert [klass.code for klass in classroom.ask(classroom.store.classes())] == ["AAAAA"]
    assert classroom.ask(classroom.store.pupils("7K3FA")) == [] == classroom.kept()
    assert other.ids() == ["v1"] and len(other.ask(other.store.pupils("AAAAA"))) == 1
    assert classroom.ask(classroom.store.delete("7K3FA")) == 0
    with pytest.raises(Refused):
        classroom.keep(classroom.vote("a late one"))
    other.leave()


def test_a_forgotten_pupil_leaves_nothing_and_the_others_all(classroom):
    classroom.keep(classroom.vote("v1"), classroom.vote("v2"), classroom.vote("v3", "ben"))
    assert classroom.ask(classroom.store.forget("ann")) == 2
    assert classroom.ids() == ["v3"]
    assert [pupil.learner for pupil in classroom.ask(classroom.store.pupils("7K3FA"))] == ["ben"]
    with pytest.raises(Refused):
        classroom.keep(classroom.vote("a late one"))


def bytes_of(folder):
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_no_trace_of_forgotten_pupils_is_in_any_file(file):
    dice = random.Random(0)  # a draw in which SQLite's secure_delete alone leaves an answer behind
    names = [f"{dice.getrandbits(128):032x}" for _ in range(24)]
    pupils = {name: f"{dice.getrandbits(128):032x}" for name in names}
    classroom = Classroom(str(file), pupils=pupils)
    order = [name for _ in range(20) for name in dice.sample(names, len(names))]
    classroom.together(*[
        classroom.vote(f"{dice.getrandbits(128):032x}", name, response=f"{name[::-1]}{'x' * dice.randrange(1500)}")
        for name in order
    ])  # fmt: skip
    for name in names[1:]:
        assert classroom.ask(classroom.store.forget(name)) == 20
    left = bytes_of(file.parent)
    assert names[0].encode() in left and names[0][::-1].encode() in left, "what is kept can be found so"
    assert [name for name in names[1:] if name.encode() in left or name[::-1].encode() in left] == []
    assert len(classroom.ids()) == 20
    classroom.leave()


def test_no_trace_of_a_deleted_class_is_in_any_file(on_file, file):
    on_file.together(*[on_file.vote(f"v{n}", response="an answer to forget") for n in range(500)])
    assert b"an answer to forget" in bytes_of(file.parent)
    on_file.ask(on_file.store.delete("7K3FA"))
    left = bytes_of(file.parent)
    assert not any(word in left for word in (b"an answer to forget", b"7K3FA", b"Blue ann", b"hash of ann"))


def test_what_somebody_still_reads_is_overwritten_when_they_have_done(on_file, file):
    on_file.keep(on_file.vote("v1", response="an answer to forget"), on_file.vote("v2"))
    reader = answers("7K3FA", str(file))
    next(reader)
    assert on_file.ask(on_file.store.delete("7K3FA")) == 2
    assert b"an answer to forget" in bytes_of(file.parent), "the reader holds it"
    reader.close()
    wait_until(lambda: b"an answer to forget" not in bytes_of(file.parent))


def wait_until(true):
    waiting = threading.Event()
    for _ in range(200):
        if true():
            return
        waiting.wait(0.1)
    pytest.fail("it did not come true in 20 seconds")


# Several servers, and one that is killed

SERVER = """
import asyncio, json, sys
from contextlib import suppress
from lumbar.classroom.store import Class_, Pupil, Refused, Vote, connect

async def main(url, pupils, count, begin):
    store = connect(url)
    with suppress(Refused):  # another one was first
        await store.make(Class_("7K3FA", "2026", None, {}))
    async def pupil(name):
        await store.add(Pupil(name, "7K3FA", "hash of " + name, name, "2026"))
        for number in range(begin.get(name, 0), count):
            vote = Vote(f"{name}-{number}", name, "c16-rub", "v1", "08-check", number, True, 0.5, 1, "2026", "7K3FA", 1)
            await store.keep(vote)
            sys.stdout.write(f"{name} {number}\\n")
            sys.stdout.flush()
    await asyncio.gather(*map(pupil, pupils))
    await store.close()

asyncio.run(main(*json.loads(sys.argv[1])))
"""


def server(url, pupils, count, begin=None):
    """A process that keeps `count` votes of each pupil and prints each when it is acknowledged."""
    told = json.dumps([url, pupils, count, begin or {}])
    return subprocess.Popen([sys.executable, "-c", SERVER, told], stdout=subprocess.PIPE, text=True)


def acknowledged(lines):
    return [(name, int(number)) for name, number in (line.split() for line in lines if line.endswith("\n"))]


def assert_all_kept_once(url, pupils, count):
    kept = Classroom(url, pupils=()).kept()
    assert Counter(vote.id for vote in kept) == {f"{name}-{n}": 1 for name in pupils for n in range(count)}
    assert all(vote.id == f"{vote.learner}-{vote.response}" for vote in kept)


def test_several_find_no_tables_at_once(database):
    async def work():
        return await asyncio.gather(*[connect(database.url).classes() for _ in range(12)])

    assert asyncio.run(work()) == [[]] * 12


def test_servers_that_start_at_once_on_one_new_database_lose_nothing(database):
    groups = [[f"{letter}{n}" for n in range(4)] for letter in "ab"] + [["shared"]] * 2
    servers = [server(database.url, pupils, 40) for pupils in groups]
    said = [process.communicate(timeout=120)[0] for process in servers]
    assert [len(text.splitlines()) for text in said] == [160, 160, 40, 40]
    assert_all_kept_once(database.url, [*groups[0], *groups[1], "shared"], 40)
    if database.kind == "sqlite":
        with closing(sqlite3.connect(database.url)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_server_killed_while_it_writes_loses_nothing_acknowledged_and_doubles_nothing(database):
    pupils, count, begin, said = [f"p{n}" for n in range(12)], 60, {}, set()
    for death in range(5):
        process = server(database.url, pupils, count, begin)
        lines = [process.stdout.readline() for _ in range(1 + 30 * death)]
        process.send_signal(signal.SIGKILL)
        said |= set(acknowledged([*lines, *process.stdout]))
        process.wait()
        kept = {vote.id for vote in Classroom(database.url, pupils=()).kept()}
        assert {f"{name}-{number}" for name, number in said} <= kept
        # Each phone sends again what it had no answer to.
        begin = {name: max((n for other, n in said if other == name), default=-1) + 1 for name in pupils}
    assert server(database.url, pupils, count, begin).wait(timeout=60) == 0
    assert_all_kept_once(database.url, pupils, count)


# The address


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://teacher:s3cr3t@127.0.0.1:1/lumbar",
        "postgresql://teacher:s3cr3t@no-such-host.invalid/lumbar",
        "postgresql://teacher:s3cr3t/x@127.0.0.1/lumbar",
        "postgresql://teacher:s3cr3t%zz@127.0.0.1/lumbar",
        "postgresql://teacher@127.0.0.1/lumbar?pasword=s3cr3t",
        "postgresql://teacher:s3cr3t@127.0.0.1:x/lumbar",
        "postgres://127.0.0.1:1/lumbar?password=s3cr3t",
    ],
)
def test_no_sentence_tells_the_password(url):
    with pytest.raises(NotKept) as raised:
        Classroom(url)
    told = sentence(raised)
    assert "does not answer" in told or "cannot be read" in told
    assert "s3cr3t" not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("url", ["mysql://teacher:s3cr3t@127.0.0.1/lumbar", "sqlite:///classes.sqlite", "{folder}"])
def test_an_address_that_is_none_makes_no_file(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotKept) as raised:
        connect(url.format(folder=tmp_path))
    assert "give the name of a file" in sentence(raised) and "s3cr3t" not in sentence(raised)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_database_is_named(cluster):
    with pytest.raises(NotKept) as raised:
        Classroom(cluster.url("nowhere"))
    assert sentence(raised).startswith("The database nowhere on /")
    assert '(database "nowhere" does not exist): look at the address' in sentence(raised)


def test_a_user_without_rights_is_told_whose_they_are(postgres):
    guest = f"guest_of_{name_of(postgres)}"
    ask(postgres, f"CREATE ROLE {guest} LOGIN", "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    with pytest.raises(NotKept) as raised:
        Classroom(postgres.replace("lumbar@", f"{guest}@"))
    assert "make the user its owner" in sentence(raised)


def test_without_psycopg_the_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "lumbar.classroom.postgres", raising=False)
    for ask in (connect, lambda url: answers("7K3FA", url)):
        with pytest.raises(NotKept) as raised:
            ask("postgresql://127.0.0.1/lumbar")
        assert sentence(raised) == "A database on PostgreSQL needs psycopg: pip install 'lumbar[postgres]'"


# Large classes

READ = """
import sys
from psutil import Process
from lumbar.classroom.store import answers
list(answers("AAAAA", sys.argv[1]))  # what reading takes at all
before = Process().memory_info().rss
for count, row in enumerate(answers("7K3FA", sys.argv[1]), 1):
    if count == 50_000:
        print(Process().memory_info().rss - before)
print(count)
"""
FILL = """INSERT INTO attempt (id, learner, item, item_version, quiz, response, sure, score, ms, at, class, round)
WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 100000)
SELECT 'v' || n, 'ann', 'c16-rub', 'v1', '08-check', '1', 1, 0.5, 1200, '2026-03-01T10:00:00.000Z', '7K3FA', 1
FROM count"""


def test_a_report_reads_100_000_answers_in_little_memory(classroom):
    classroom.ask(classroom.store._writer.do(lambda connection: connection.execute(FILL).rowcount))
    done = subprocess.run([sys.executable, "-c", READ, classroom.url], capture_output=True, text=True, check=True)
    taken, count = map(int, done.stdout.split())
    assert count == 100_000 and taken < 10e6  # one that holds them all takes over 20 MB
