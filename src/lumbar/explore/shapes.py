"""Straight-edged paths for the explorers' drawings."""

from collections.abc import Iterable

from matplotlib.path import Path


def polygon(corners: Iterable[tuple[float, float]]) -> Path:
    """A closed path through corners (n × 2)."""
    corners = list(corners)
    return Path([*corners, corners[0]], closed=True)


def rectangle(left: float, bottom: float, width: float, height: float) -> Path:
    """An upright rectangle."""
    right, top = left + width, bottom + height
    return polygon([(left, bottom), (right, bottom), (right, top), (left, top)])
