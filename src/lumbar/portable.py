"""One's answers as a file, the same for the notebooks and the web pages: `web/front/answers.js` is its other half.

`{"format": "lumbar-progress", "version": 1, "attempts": [attempt, …], "plan": {part: text}}`; the plan may be missing.
Older files hold `attempts` alone.
"""

import json
from pathlib import Path
from typing import Any

FORMAT, VERSION = "lumbar-progress", 1
LARGEST, MOST = 5_000_000, 50_000  # bytes of a file, and answers in it
LONGEST = 20_000  # characters of a response, or of one part of a plan
NEWER = "This file was written by a newer version of this course: bring the course up to date, then try again."


class NotTaken(ValueError):
    """The file cannot be taken in. The message says why, in sentences; nothing was changed."""

    def __init__(self, why: str):
        super().__init__(f"{why} Nothing was changed.")


def write(attempts: list[dict[str, Any]], plan: dict[str, str]) -> str:
    """The text of such a file."""
    data = {"format": FORMAT, "version": VERSION, "attempts": attempts} | ({"plan": plan} if plan else {})
    return json.dumps(data, indent=1) + "\n"


def read(file: Path) -> tuple[list, dict[str, str]]:
    """The file's attempts, each still to be checked, and its plan. Raises `NotTaken`, and `OSError` as reading does."""
    if file.stat().st_size > LARGEST:
        raise NotTaken("This file is larger than 5 MB: that is too large for a progress file.")
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"), parse_constant=no_number)
    except (ValueError, RecursionError):
        raise NotTaken("This file is damaged, or it is not a progress file of this course.") from None
    _check_kind(data if isinstance(data, dict) else {})
    if len(data["attempts"]) > MOST:
        raise NotTaken("This file holds more than 50,000 answers: that is too many for a progress file.")
    return data["attempts"], _plan(data.get("plan", {}))


def _check_kind(data: dict[str, Any]) -> None:
    version, ours = data.get("version", VERSION), data.get("format", FORMAT) == FORMAT
    if ours and isinstance(version, int) and version > VERSION:
        raise NotTaken(NEWER)
    if not ours or version is True or version != VERSION or not isinstance(data.get("attempts"), list):
        raise NotTaken("This is not a progress file of this course.")


def _plan(plan: Any) -> dict[str, str]:
    if not isinstance(plan, dict) or not all(isinstance(text, str) and len(text) <= LONGEST for text in plan.values()):
        raise NotTaken("The plan in this file cannot be read.")
    return plan


def weight(response: Any) -> int:
    """How many characters a response takes; too many where it has no end of lists in lists."""
    try:
        return len(json.dumps(response, ensure_ascii=False, separators=(",", ":")))
    except RecursionError:
        return LONGEST + 1


def no_number(text: str) -> None:
    """Refuse NaN and its like, which JSON does not know."""
    raise ValueError(f"{text} is not a number")
