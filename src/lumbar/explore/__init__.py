"""Figures with sliders: matplotlib drawings, sampled once over their sliders, that the page then moves by itself."""

from typing import Any

__all__ = ["explore", "names"]


def explore(name: str) -> Any:
    """The explorer `name` as a widget that needs no kernel once it is shown.

    Raises `lumbar.errors.UnknownName`, with the nearest names, where there is none of that name, and
    `lumbar.explore.sampler.FaultyExplorer` where its drawing changes its structure between two settings.
    """
    from lumbar.explore.registry import find
    from lumbar.explore.widget import ExplorerWidget

    return ExplorerWidget(find(name))


def names() -> list[str]:
    """The names of all explorers."""
    from lumbar.explore.registry import explorers

    return sorted(explorers())
