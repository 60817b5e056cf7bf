"""A body from the waist down, in centimetres above the ground, and where pain from a root is felt on its left leg."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from lumbar.figures.above import mirrored
from lumbar.figures.style import BLUE, GREEN, ORANGE, SKIN, SKIN_LINE, Point, cord, shape, stroke

ROOTS = {"L4": BLUE, "L5": ORANGE, "S1": GREEN}

_OUTSIDE = [
    (0, 104), (12.4, 104), (14.2, 97), (17.2, 88), (18.2, 80), (17.6, 72), (15.8, 61), (13.7, 52), (13.0, 46),
    (13.2, 41), (14.0, 35), (13.2, 27), (11.3, 17), (10.6, 11), (11.0, 8),
]
_INSIDE = [
    (7.2, 8.6), (7.4, 12), (6.6, 20), (5.0, 29), (4.6, 36), (5.4, 42), (5.2, 47), (4.4, 54), (2.4, 65), (0.8, 75),
    (0, 77.5),
]
_FOOT = {
    "front": [(12.2, 4), (14.8, 0.8), (13.4, -1.0), (9.0, -1.6), (6.6, -0.8), (6.8, 3.0)],
    "back": [(12.6, 3), (14.0, 0.6), (12, -0.4), (10.8, -1.0), (8.6, -1.4), (7.0, -0.4), (7.0, 4)],
}
_SIDE = [  # of the left leg, facing left
    (-9.0, 104), (-10.6, 95), (-10.0, 86), (-10.6, 77), (-9.8, 65), (-8.0, 54), (-7.4, 48.5), (-6.0, 43), (-5.4, 36),
    (-4.4, 26), (-3.4, 15), (-3.6, 9.4), (-8.0, 5.8), (-14.0, 3.4), (-17.4, 1.4), (-16.6, -0.8), (-8, -1.0), (0, -1.2),
    (5.0, -1.0), (6.2, 1.6), (5.2, 6), (3.6, 12), (4.2, 20), (6.8, 29), (7.4, 36), (5.4, 43), (4.8, 48), (6.4, 56),
    (8.4, 66), (9.6, 75), (11.6, 79.5), (14.2, 86), (13.6, 92), (10.2, 98), (8.6, 104),
]
_LINES = {
    "front": [[(6.2, 50.5), (7.0, 45.6), (9.4, 43.8), (11.8, 45.8), (12.2, 50.5)]],
    "back": [
        [(0, 95), (0, 80)], [(1.0, 77.4), (5, 75.6), (10, 75.8), (14.4, 78.6)], [(6.2, 46.8), (9, 45.6), (12, 46.8)],
    ],
    "side": [[(9.6, 76.4), (6.0, 76.2), (3, 78)], [(-7.6, 50), (-4.6, 48.6), (-4.8, 44.6), (-6.2, 43)]],
}
_PATHS: dict[str, dict[str, list[tuple[float, float, float]]]] = {  # x, y and width of where it is felt
    "front": {
        "L4": [(14.0, 78, 5.0), (12.8, 66, 6.0), (10.6, 55, 6.4), (8.8, 46, 6.0), (7.0, 36, 3.8), (7.6, 22, 2.8),
               (8.2, 12, 2.2)],
        "L5": [(13.2, 43, 3.0), (12.8, 34, 4.0), (11.4, 22, 3.6), (9.8, 10, 3.4), (10, 3.4, 5), (8.6, -0.6, 3.4)],
    },
    "side": {
        "L4": [(-7.4, 78, 4.5), (-7.4, 66, 5.0), (-6.6, 56, 4.0), (-6.4, 49, 3.0)],
        "L5": [(8.0, 91, 5.5), (3.0, 80, 6.0), (-0.4, 66, 6.5), (-0.8, 52, 6.0), (-1.0, 38, 6.0), (-0.6, 24, 4.4),
               (-1.0, 12, 3.6), (-6.0, 5.8, 3.6), (-12, 3.4, 3.0), (-15.4, 2.0, 2.4)],
        "S1": [(12.0, 86, 6.0), (7.6, 73, 5.0), (5.6, 60, 4.4), (4.2, 48, 3.6), (5.4, 37, 4.8), (4.0, 22, 3.2),
               (3.4, 9, 3.4), (2.6, 1.6, 3.4), (-4, 0.2, 2.4), (-12, 0.2, 2.2)],
    },
    "back": {
        "L5": [(9.0, 92, 6.0), (14.0, 80, 6.0), (14.8, 68, 5.4), (13.2, 55, 4.6), (12.2, 46, 3.6), (13.0, 36, 4.0),
               (11.8, 24, 3.4)],
        "S1": [(7.0, 87, 6.5), (8.4, 74, 7.0), (8.6, 60, 7.0), (9.0, 47, 5.4), (9.0, 36, 6.4), (9.2, 22, 4.4),
               (9.2, 10, 3.2), (9.6, 2, 5.0), (10.4, -0.8, 5.0)],
    },
}


def outline_of(view: str) -> np.ndarray:
    """The skin from the waist down: both legs from the "front" and "back", the left leg from its outer "side"."""
    return np.array(_SIDE) if view == "side" else mirrored([*_OUTSIDE, *_FOOT[view], *_INSIDE])


def body(axes: Axes, view: str, at: Point = (0.0, 0.0)) -> None:
    """Draw the legs from the "front", "side" or "back", their ground at `at`, and the paths of pain on the left leg."""
    waist = (0, -1) if view == "side" else (1, -1)
    skin = shape(axes, outline_of(view) + at, SKIN, SKIN_LINE, width=1.0, corners=waist)
    side = -1 if view == "back" else 1
    for line in _LINES[view]:
        for mirror in (1,) if view == "side" else (1, -1):
            stroke(axes, np.array(line) * (mirror, 1) + at, SKIN_LINE, width=0.6, inside=skin)
    for root, path in _PATHS[view].items():
        *middle, width = np.array(path).T
        points = np.stack(middle, 1) * (side, 1) + at
        look = dict(line=None, inside=skin, corners=())
        cord(axes, points, width, ROOTS[root], alpha=0.4, detail=True, **look)
        cord(axes, points, width * 0.55, ROOTS[root], alpha=0.55, part=f"{root}-{view}", **look)


def beside(view: str, root: str, step: int) -> Point:
    """A point on the path of a root, for a label."""
    x, y, _ = _PATHS[view][root][step]
    return (-x if view == "back" else x, y)
