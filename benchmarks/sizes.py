"""How large the built lessons are."""

from harness import Row, kilobytes

from lumbar import course

LESSON, ALL = 1.5e6, 12e6


def measure() -> list[Row]:
    """Each lesson under 1.5 MB, all under 12 MB."""
    sizes = {path.stem: path.stat().st_size for path in course.folder("notebooks").glob("*.ipynb")}
    largest = max(sizes, key=sizes.get)
    total = sum(sizes.values())
    files = f"{len(course.LESSONS)} lessons and the glossary"
    return [
        Row(
            "the largest lesson's file",
            kilobytes(sizes[largest]),
            "",
            "",
            "under 1.5 MB",
            sizes[largest] < LESSON,
            largest,
        ),
        Row("all lessons' files", kilobytes(total), "", "", "under 12 MB", total < ALL, files),
    ]
