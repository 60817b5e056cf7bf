"""The end of the course: what has changed since the first quiz, what to review and when, and a plan on one page."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lumbar.review.widget import ReviewWidget

BEFORE, AFTER = "00-before", "13-after"
"""The two forms of the course's quiz, matched item by item."""


def results() -> "ReviewWidget":
    """The learner's answers to both forms, item by item, and what being sure was worth each time."""
    from lumbar.review.pairs import pairs
    from lumbar.review.widget import ReviewWidget

    return ReviewWidget("results", pairs())


def review() -> "ReviewWidget":
    """What is due for review today, asked here and now, and what comes later."""
    from lumbar.review.widget import ReviewWidget

    return ReviewWidget("review", [])


def plan() -> "ReviewWidget":
    """A page to fill in and print."""
    from lumbar.review.plan import headings
    from lumbar.review.widget import ReviewWidget

    return ReviewWidget("plan", headings())
