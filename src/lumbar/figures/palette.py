"""Colours and type of every picture.

The colours are told apart by lightness as well as by hue, so that they survive colour blindness and a grey printer.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib.style

PAPER = "#FFFFFF"
INK = "#1F2A37"  # labels, leaders
QUIET = "#566170"  # second voice: units, sources, what is not the point (6:1 on PAPER)
RULE = "#CBD2DA"  # grid lines, frames
WASH = "#F2F5F8"  # the ground of a panel
ACCENT = "#0F5FA8"  # what the plate is about (6:1 on PAPER)
ACCENT_WASH = "#D6E6F5"

BONE, BONE_LIGHT, BONE_SHADE, BONE_DEEP, BONE_LINE = "#F1E3C3", "#FAF3E1", "#E0CB9F", "#CBB181", "#7C6440"
CARTILAGE, CARTILAGE_LINE = "#A9C6D6", "#4F7A92"
DISC, DISC_RING, NUCLEUS, DISC_LINE = "#B4CDD3", "#86A8B2", "#E3F0EF", "#507582"
LIGAMENT, LIGAMENT_LINE = "#DCD6C6", "#978E78"
MUSCLE, MUSCLE_LIGHT, MUSCLE_FIBRE, MUSCLE_LINE = "#C4736A", "#DB9A90", "#A5544D", "#7A3A36"
NERVE, NERVE_LIGHT, NERVE_LINE = "#F2C744", "#FBE49A", "#94700F"
FLUID = "#D9EEF6"  # joint fluid
SYNOVIUM, SYNOVIUM_LINE = "#EBBBAE", "#B06E5F"  # the lining of a joint
WARM, WARM_LIGHT, WARM_LINE = "#E8824F", "#F7C7A3", "#A84A1B"  # inflamed: warm, never gore
FAT, FAT_LINE = "#F7E7B4", "#C2A558"
SKIN, SKIN_LINE = "#F0D2BC", "#A9765A"
ARTERY, VEIN = "#C9564F", "#6C8CBF"

BLUE, ORANGE, GREEN, PURPLE, OCHRE = "#0072B2", "#C24E00", "#00795A", "#8A4A86", "#8F6A00"  # data, each legible as type
DATA = (BLUE, ORANGE, GREEN, PURPLE, OCHRE)
VERDICT = {
    "supported": "#0B6B4F",
    "partly supported": "#2C6E9B",
    "contested": "#8A6100",
    "untested": "#5B6470",
    "contradicted": "#A33244",
}

# Type, in points: 1 pt is 1 px where a page of 127 mm is shown 360 px wide.

SMALL, LABEL, HEADING = 8.5, 9.0, 10.5
FONTS = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif'
LINE_WIDTH = 0.8

MM = 72 / 25.4  # points in a millimetre
_HOUSE = {
    "font.family": "DejaVu Sans",  # wider than what FONTS offers first, so what fits here fits on the screen
    "font.size": LABEL,
    "text.color": INK,
    "axes.unicode_minus": True,
    "path.simplify": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "lumbar",
}


@contextmanager
def house() -> Iterator[None]:
    """matplotlib as this course sets it, whatever the learner's own settings; wrap drawing and saving in it."""
    with _no_tidying(), matplotlib.style.context("default"), matplotlib.rc_context(_HOUSE):
        yield


@contextmanager
def _no_tidying() -> Iterator[None]:
    """No search for garbage meanwhile: a drawing is thousands of small objects, and they all live on until it is done."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
