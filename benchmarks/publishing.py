"""Building the site from built notebooks, beside the same notebooks as a Sphinx book."""

from pathlib import Path

import edition
from harness import Row, kilobytes, seconds


def measure() -> Row:
    """Under 60 s."""
    pages, ours, theirs = edition.pages(), edition.site(), edition.stock()
    return Row(
        "`lumbar web`, the site from built notebooks",
        seconds(ours.seconds),
        f"the book theme: {seconds(theirs.seconds)}",
        f"{ours.seconds / theirs.seconds:.2f} times",
        "under 60 s",
        ours.seconds < 60,
        f"once each; ours with the live notebooks, without them {seconds(pages.seconds)}; "
        f"{_size(ours.folder)}, {_size(pages.folder)} and theirs {_size(theirs.folder)}",
    )


def _size(folder: Path) -> str:
    return kilobytes(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()))
