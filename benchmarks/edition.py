"""The sites that are compared: the web edition, and the same notebooks as a Sphinx book. Each is built once."""

import atexit
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import book
from harness import python

WEB = """
import sys
from pathlib import Path
from lumbar import course, web
web.build(Path(sys.argv[1]), course.folder("build") / "npm", live=sys.argv[2] == "live")
"""


@dataclass(frozen=True)
class Built:
    """A site in a folder, and the seconds that building it took."""

    folder: Path
    seconds: float


@cache
def site() -> Built:
    """The web edition, with its live notebooks."""
    return _timed("site", lambda folder: python(WEB, str(folder), "live"))


@cache
def pages() -> Built:
    """The web edition without the live notebooks."""
    return _timed("pages", lambda folder: python(WEB, str(folder), ""))


@cache
def stock() -> Built:
    """The book."""
    return _timed("book", book.build)


def _timed(name: str, build: Callable[[Path], object]) -> Built:
    place = TemporaryDirectory()
    atexit.register(place.cleanup)
    folder = Path(place.name) / name
    start = time.perf_counter()
    build(folder)
    return Built(folder, time.perf_counter() - start)
