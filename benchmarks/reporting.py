"""A report on a class's answers, up to a million of them: how long the whole command takes, and its memory.

The answers are drawn by chance, some pupils knowing more than others; each size is read from a database of its own.
"""

import asyncio
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from harness import Row, kilobytes, seconds

from lumbar.classroom.store import VOTE, Class_, Pupil, connect
from lumbar.quiz.grade import mark
from lumbar.quiz.items import Item, load, names

CODE, AT = "BENCH", "2026-03-03T09:00:00.000Z"
QUESTIONS = 200
PUPILS = (50, 500, 5000)
TIME, MEMORY = 30, 1e9
WRONG = 40  # different wrong answers to one question

# `ru_maxrss` is in KB on Linux and in bytes on a Mac.
REPORT = """
import resource, sys
from lumbar.cli import main
failed = main(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_maxrss * (1 if sys.platform == "darwin" else 1024), used.ru_utime + used.ru_stime)
sys.exit(failed)
"""


@dataclass(frozen=True)
class Run:
    """One report: seconds that passed, seconds of processor time, and the most bytes in memory."""

    seconds: float
    processor: float
    memory: float


def measure() -> list[Row]:
    """A million answers in under 30 s and 1 GB, and ten times the answers in at most ten times the processor time."""
    with TemporaryDirectory() as folder:
        taken = {pupils: _report(Path(folder), pupils) for pupils in PUPILS}
    sizes = ", ".join(f"{pupils * QUESTIONS:,} answers {_told(run)}" for pupils, run in taken.items())
    few, some, most = taken.values()
    steps = (some.processor / few.processor, most.processor / some.processor)
    return [
        Row(
            f"`lumbar report`, {PUPILS[-1] * QUESTIONS:,} answers",
            f"{seconds(most.seconds)}, {kilobytes(most.memory)} of memory",
            "",
            "",
            f"under {TIME} s and 1 GB",
            most.seconds < TIME and most.memory < MEMORY,
            f"{PUPILS[-1]:,} pupils × {QUESTIONS} questions from SQLite to page and table, with the start of Python; "
            "resident memory, the most at any time",
        ),
        Row(
            "`lumbar report`, ten times the answers",
            " and ".join(f"{step:.1f} times" for step in steps) + " the processor time",
            "",
            "",
            "at most 10 times",
            max(steps) <= 10,
            sizes,
        ),
    ]


def _told(run: Run) -> str:
    return f"{seconds(run.seconds)} ({seconds(run.processor)} of processor time), {kilobytes(run.memory)}"


def _report(folder: Path, pupils: int) -> Run:
    database = folder / f"{pupils}.sqlite"
    _fill(database, pupils)
    command = ["report", CODE, "--database", database, "--into", folder / "report.html", "--csv", folder / "report.csv"]
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", REPORT, *command], check=True, capture_output=True, text=True)
    taken = time.perf_counter() - start
    memory, processor = map(float, done.stdout.split()[-2:])
    return Run(taken, processor, memory)


def _fill(database: Path, pupils: int) -> None:
    asyncio.run(_make_class(database, pupils))
    connection = sqlite3.connect(database)
    with connection:
        connection.executemany(f"INSERT INTO attempt ({VOTE}) VALUES ({','.join('?' * 12)})", _votes(pupils))
    connection.close()


async def _make_class(database: Path, pupils: int) -> None:
    store = connect(str(database))
    await store.make(Class_(CODE, AT, None, {}))
    for start in range(0, pupils, 500):
        numbers = map(str, range(start, min(start + 500, pupils)))
        await asyncio.gather(*(store.add(Pupil(f"pupil {number}", CODE, number, number, AT)) for number in numbers))
    await store.close()


def _votes(pupils: int) -> Iterator[tuple]:
    """Each pupil's answer to each question, pupil by pupil."""
    dice = np.random.default_rng(pupils)
    asked = list(islice(_questions(dice), QUESTIONS))
    hard = dice.normal(0, 1, len(asked))
    for pupil, able in enumerate(dice.normal(0.5, 1, pupils)):
        right = dice.random(len(asked)) < 1 / (1 + np.exp(hard - able))
        sure, wrong = dice.random(len(asked)) < 0.5, dice.integers(1, WRONG, len(asked))
        for place, (quiz, item, version, answers) in enumerate(asked):
            response, score = answers[0 if right[place] else wrong[place] % len(answers)]
            at = f"2026-03-{1 + pupil % 28:02}T09:{place // 60:02}:{place % 60:02}.000Z"
            yield f"{place}", f"pupil {pupil}", item, version, quiz, response, int(sure[place]), score, 0, at, CODE, 1


def _questions(dice: np.random.Generator) -> Iterator[tuple]:
    """Quiz, item and version of each question, and answers to it with their marks, the right one first."""
    for name in names():
        for item in load(name).items:
            page = item.page()
            answers = [_right(item), *(_some(item, dice) for _ in range(WRONG))]
            told = {json.dumps(answer): mark(page, answer).score for answer in answers}
            yield name, item.id, item.version, list(told.items())


def _right(item: Item):
    if item.kind == "number":
        return f"{item.answer:g}"
    if item.kind in ("one", "several"):
        right = [place for place, option in enumerate(item.options) if option.right]
        return right if item.kind == "several" else right[0]
    return list(range(len(item.pairs if item.kind == "match" else item.parts)))


def _some(item: Item, dice: np.random.Generator):
    if item.kind == "number":
        return f"{dice.uniform(item.min, item.max):.1f}"
    if item.kind in ("one", "several"):
        chosen = int(dice.integers(len(item.options)))
        return [chosen] if item.kind == "several" else chosen
    return dice.permutation(_right(item)).tolist()
