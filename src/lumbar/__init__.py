"""Lumbar: a free, executable course on low back pain.

A lesson needs five verbs: `quiz`, `explore`, `figure`, `claim` and `sources`. A teacher needs a sixth: `key`.
"""

import sys

from lumbar.evidence import claim, sources
from lumbar.explore import explore
from lumbar.figures import figure
from lumbar.quiz import key, quiz

__all__ = ["claim", "explore", "figure", "key", "quiz", "sources"]

if sys.platform == "emscripten":  # a browser's own Python, which has few of our packages
    from lumbar import saved

    saved.stand_in()
