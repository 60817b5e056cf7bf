"""Which items an export held, so that a later one can hold what is new since.

`{"format": "lumbar-items", "course": "0.1.0", "items": [{"id", "version", "kind", "content"}, …]}`. `version` changes
with what a question means, `content` with any word of it. `versions/` keeps one such file for each version of the
course; `python -m lumbar.export` writes the one of this version.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from lumbar.quiz.items import Item, bank

FORMAT = "lumbar-items"
VERSIONS = Path(__file__).parent / "versions"
LARGEST = 5_000_000  # bytes of a manifest


class NotKnown(ValueError):
    """There is nothing to compare with; the message says why, in sentences."""


@dataclass(frozen=True)
class Changes:
    """Ids of items: new since then, changed in meaning, reworded only in what is said after the answer, and gone."""

    since: str
    new: tuple[str, ...]
    changed: tuple[str, ...]
    reworded: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def touched(self) -> set[str]:
        """The ids of the items to bring in anew."""
        return {*self.new, *self.changed, *self.reworded}


def course_version() -> str:
    """The version of the course, such as "0.1.0"."""
    return version("lumbar")


def write(items: Iterable[Item]) -> str:
    """The manifest of these items, as JSON with an item on each line."""
    lines = ",\n".join(f"  {json.dumps(_entry(item))}" for item in items)
    return f'{{"format": "{FORMAT}", "course": "{course_version()}", "items": [\n{lines}\n]}}\n'


def _entry(item: Item) -> dict[str, str]:
    content = json.dumps(item.model_dump(), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()[:10]
    return {"id": item.id, "version": item.version, "kind": item.kind, "content": digest}


def compare(items: Iterable[Item], since: str) -> Changes:
    """What has changed since `since`: a version of the course, or the path of an earlier export's manifest.

    Raises `NotKnown` where there is no such version or file.
    """
    name, before = _read(since)
    now = {item.id: _entry(item) for item in items}
    kept = {key for key in now if key in before}
    changed = {key for key in kept if now[key]["version"] != before[key]["version"]}
    reworded = {key for key in kept - changed if now[key]["content"] != before[key]["content"]}
    gone = before.keys() - bank().keys()
    return Changes(name, *(tuple(sorted(ids)) for ids in (now.keys() - kept, changed, reworded, gone)))


def known() -> list[str]:
    """The versions of the course that `versions/` has the items of."""
    return sorted(path.stem for path in VERSIONS.glob("*.json"))


def _read(since: str) -> tuple[str, dict[str, dict[str, str]]]:
    path = VERSIONS / f"{since}.json" if since in known() else Path(since)
    if path.is_dir():
        path /= "manifest.json"
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("too large")
        return _checked(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise NotKnown(_unknown(since)) from None
    except OSError as error:
        raise NotKnown(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NotKnown(
            f"{path} is damaged, or it is no list of questions of this course. Give the manifest.json that was written "
            f"beside an earlier export, or a version: {', '.join(known())}."
        ) from None


def _checked(data: dict) -> tuple[str, dict[str, dict[str, str]]]:
    if data["format"] != FORMAT:
        raise ValueError("another format")
    entries = {entry["id"]: {name: str(entry[name]) for name in ("version", "content")} for entry in data["items"]}
    return str(data["course"])[:40], entries


def _unknown(since: str) -> str:
    return (
        f"There is no version {since!r} of the course, and no file of that name. The versions known here: "
        f"{', '.join(known()) or 'none'}. Or give the manifest.json that was written beside an earlier export."
    )


def release() -> Path:
    """Keep the items of this version of the course for later exports to compare with; the path written."""
    path = VERSIONS / f"{course_version()}.json"
    path.write_text(write(bank().values()), encoding="utf-8")
    return path
