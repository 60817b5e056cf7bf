"""Lumbar: a free, executable course on low back pain.

A lesson needs five verbs: `quiz`, `explore`, `figure`, `claim` and `sources`.
"""

from lumbar.evidence import claim, sources
from lumbar.explore import explore
from lumbar.figures import figure
from lumbar.quiz import quiz

__all__ = ["claim", "explore", "figure", "quiz", "sources"]
