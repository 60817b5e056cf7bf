"""Write histories.json anew: invented learners, always the same, and the days on which Python has their items due.

`python tests/review/generate.py`, for when the scheduler itself is meant to change. The time zone is UTC.
"""

import json
import os
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lumbar.review import schedule

COUNT = 60
GAPS = {"minutes": 90, "hours": 30, "days": 12, "weeks": 9, "years": 1.5}  # the longest gap of each sort
HOURS = {"minutes": 1 / 60, "hours": 1, "days": 24, "weeks": 168, "years": 8766}


def history(dice: random.Random) -> list[list]:
    """One item's tries as `[at, score, sure, due]`, where `due` is the day that follows from the tries so far."""
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(525_600))
    tries: list[list] = []
    for _ in range(dice.randrange(1, 16)):
        stamp = f"{at:%Y-%m-%dT%H:%M:%S}.{dice.randrange(1000):03}Z"
        tries.append([stamp, dice.choice([0, 0.5, 1, 1, 1, 1]), dice.random() < 0.7])
        sort = dice.choice(["minutes", "hours", "hours", "days", "days", "weeks", "weeks", "years"])
        at += timedelta(hours=dice.uniform(0.02, GAPS[sort] * HOURS[sort]))
    return [[*tries[i], due(tries[: i + 1])] for i in range(len(tries))]


def due(tries: list[list]) -> str:
    about = {"item": "a", "quiz": "08-check"}
    (found,) = schedule.schedule(about | {"at": at, "score": score, "sure": sure} for at, score, sure in tries)
    return found.day.isoformat()


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    time.tzset()
    dice = random.Random(20261122)
    lines = ",\n".join(json.dumps(history(dice), separators=(",", ":")) for _ in range(COUNT))
    Path(__file__).with_name("histories.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
