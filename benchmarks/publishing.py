"""Building the site from built notebooks, beside the same notebooks as a Sphinx book."""

import edition
from harness import Row, kilobytes, seconds


def measure() -> Row:
    """Under 60 s."""
    ours, theirs = edition.site(), edition.stock()
    size, other = (sum(file.stat().st_size for file in built.folder.rglob("*") if file.is_file()) for built in (ours, theirs))
    return Row(
        "`lumbar web`, the site from built notebooks",
        seconds(ours.seconds),
        f"the book theme: {seconds(theirs.seconds)}",
        f"{ours.seconds / theirs.seconds:.2f} times",
        "under 60 s",
        ours.seconds < 60,
        f"{kilobytes(size)} beside {kilobytes(other)}",
    )
