"""The lumbar spine from above, as on a CT scan: front at the top. One vertebra, and the disc with what lies behind it.

Millimetres; the origin is the middle of the body, x to the side, y to the front. Halves are drawn once and mirrored.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch

from lumbar.figures.style import (
    BONE, BONE_DEEP, BONE_LIGHT, BONE_LINE, BONE_SHADE, CARTILAGE, CARTILAGE_LINE, DISC, DISC_LINE, DISC_RING, FAT,
    FLUID, LIGAMENT, LIGAMENT_LINE, NERVE, NERVE_LIGHT, NERVE_LINE, NUCLEUS, QUIET, Page, cord, plate, shape, solid,
)

# Right halves, from the front midline round to the back midline.
_BODY = [
    (0, 17.6), (9, 17.0), (18, 12.6), (23.6, 5.0), (24.8, -2.5), (22.6, -9.5), (17.0, -15.2), (9.0, -17.2),
    (0, -15.8),
]
_CANAL = [(0, -16.2), (7.5, -17.0), (11.2, -19.8), (10.6, -24.0), (5.6, -30.2), (0, -33.4)]
_ARCH = [
    (12.0, -12.0), (19.6, -13.2), (20.6, -18.0), (24.0, -20.6), (32.0, -22.4), (40.0, -25.6), (46.0, -29.6),
    (47.2, -32.4), (44.6, -34.0), (36.0, -31.6), (28.6, -30.2), (25.0, -31.4), (23.0, -35.6), (19.0, -37.6),
    (14.4, -36.0), (10.0, -37.6), (5.6, -41.0), (3.8, -46.0), (3.0, -56.0), (4.2, -65.0), (3.6, -71.0), (0, -72.6),
]
_SURFACE = [(15.0, -22.6), (19.3, -26.4), (20.9, -31.0), (20.2, -36.0)]  # superior facet: looks backwards and inwards
_SUPERIOR = [*_SURFACE, (22.4, -37.6), (25.8, -34.6), (27.4, -28.6), (24.8, -23.2), (19.8, -20.4), (15.4, -20.6)]
_INFERIOR = [  # half of lamina, inferior process and spinous process of the bone above
    (0, -34.4), (6.0, -32.6), (10.8, -28.8), (13.0, -25.6), (14.6, -25.2), (17.6, -28.2), (19.0, -31.8),
    (18.5, -36.0), (16.4, -38.6), (11.6, -38.8), (7.0, -40.6), (4.2, -46.0), (3.2, -56.0), (4.4, -65.0), (3.6, -71.0),
    (0, -72.6),
]
_FLAVUM = [
    (0, -33.2), (6.0, -31.2), (10.0, -27.4), (13.2, -22.2), (15.0, -22.4), (13.6, -26.4), (11.0, -29.4), (6.0, -33.0),
    (0, -34.8),
]
_FAT = [
    (0, -14.0), (10, -15.5), (18, -11.0), (27, -9.5), (32.5, -13.5), (29, -19.5), (22, -21.5), (14, -23), (8, -31),
    (0, -34),
]
_ROOT = [  # cut across, where it leaves between disc and facet joint
    (23.2, -16.4), (24.0, -14.2), (26.6, -12.9), (29.2, -13.6), (29.8, -16.0), (28.2, -18.2), (25.4, -18.6),
]
_NEXT_ROOT = [(8.2, -20.0), (8.8, -18.8), (10.2, -18.7), (11.2, -19.8), (10.8, -21.2), (9.2, -21.4)]
_THICK = [0.5, 1.1, 1.1, 0.5]  # of the cartilage along a facet


def mirrored(half: list[tuple[float, float]]) -> np.ndarray:
    """A closed outline from its right half, which runs from the front midline to the back midline."""
    right = np.asarray(half, float)
    left = right[::-1] * (-1, 1)
    on_axis = np.isclose(left[:, 0], 0)
    return np.vstack([right, left[~on_axis]])


def both(points: list[tuple[float, float]]) -> list[np.ndarray]:
    """The same points on the right and, mirrored, on the left."""
    right = np.asarray(points, float)
    return [right, right * (-1, 1)]


def body_outline(grow: float = 0.0) -> np.ndarray:
    """The outline of a vertebral body or disc, `grow` mm larger all round."""
    points = mirrored(_BODY)
    size = np.abs(points).max(axis=0)
    return points * (size + grow) / size


def disc_from_above(axes: Axes, *, part: str = "annulus", rings: int = 6) -> PathPatch:
    """Draw a disc cut across: rings of the annulus around the nucleus, which lies a little behind the middle."""
    whole = shape(axes, body_outline(0.8), DISC, DISC_LINE, part=part)
    for k in range(1, rings + 1):
        t = k / (rings + 1)
        ring = body_outline(0.8) * (1 - 0.47 * t, 1 - 0.5 * t) + (0, -1.4 * t)
        shape(axes, ring, None, DISC_RING, width=0.8, detail=True)
    shape(axes, body_outline() * (0.52, 0.48) + (0, -1.8), NUCLEUS, DISC_RING, part="nucleus")
    return whole


def dural_sac(axes: Axes, *, part: str = "nerve-sac", grow: float = 1.0) -> None:
    """Draw the sac of nerve roots in the canal, with its roots."""
    middle = np.array((0, -23.6))
    edge = mirrored([(0, -17.6), (5.4, -18.6), (8.0, -22.0), (6.4, -26.4), (0, -29.6)])
    shape(axes, middle + (edge - middle) * grow, NERVE_LIGHT, NERVE_LINE, part=part)
    roots = [(5.2, -21.2), (5.4, -24.0), (3.2, -26.4), (1.2, -27.6), (2.6, -24.0), (3.0, -20.8), (0, -25.4), (0, -22.4)]
    for x, y in {*roots, *((-x, y) for x, y in roots)}:
        circle = [(x + 0.85 * np.cos(a), y + 0.85 * np.sin(a)) for a in np.arange(0, 2 * np.pi, np.pi / 3)]
        shape(axes, circle, NERVE, NERVE_LINE, width=0.4, part=part, detail=True)


def vertebra_from_above(axes: Axes) -> None:
    """Draw one vertebra from above: arch with its processes, then the body (part ids body, arch, facet-…)."""
    arch = np.vstack([np.asarray(_ARCH), (np.asarray(_ARCH)[::-1] * (-1, 1))[1:]])
    solid(axes, arch, BONE, BONE_SHADE, BONE_LINE, light=(-1.2, 1.8), part="arch", corners=(0, -1))
    shape(axes, mirrored(_CANAL), FAT, BONE_LINE, part="canal")
    dural_sac(axes)
    for process, surface, side in zip(both(_SUPERIOR), both(_SURFACE), ("left", "right"), strict=True):
        solid(axes, process, BONE_LIGHT, BONE_SHADE, BONE_LINE, light=(-0.8, 1.2), part=f"superior-process-{side}")
        cord(axes, surface + (0, 1.0), [0.9, 2.0, 2.0, 0.9], CARTILAGE, CARTILAGE_LINE, width=0.6, part=f"facet-{side}")
    solid(axes, body_outline(), BONE, BONE_SHADE, BONE_LINE, light=(-0.8, 1.4), part="body")
    shape(axes, body_outline() * 0.86, BONE_LIGHT, BONE_DEEP, width=0.5, part="body")


def behind_the_disc(axes: Axes) -> None:
    """Draw what lies behind a disc, cut across: canal, nerve roots, facet joints, laminae and spinous process."""
    shape(axes, mirrored(_FAT), FAT, None, detail=True)
    for name, outline in (("nerve-root", _ROOT), ("next-root", _NEXT_ROOT)):
        for nerve, side in zip(both(outline), ("left", "right"), strict=True):
            shape(axes, nerve, NERVE, NERVE_LINE, part=f"{name}-{side}")
    dural_sac(axes)
    for joint in both([(13.5, -22.0), (22.6, -21.0), (24.0, -38.0), (21.0, -40.6), (16.0, -40.0), (12.0, -30.0)]):
        shape(axes, joint, LIGAMENT, LIGAMENT_LINE, width=0.6, detail=True)
    shape(axes, mirrored(_FLAVUM), LIGAMENT, LIGAMENT_LINE, width=0.6, part="ligament")
    solid(axes, mirrored(_INFERIOR), BONE, BONE_SHADE, BONE_LINE, light=(-1.2, 1.6), part="upper-bone")
    for process, side in zip(both(_SUPERIOR), ("left", "right"), strict=True):
        solid(axes, process, BONE_LIGHT, BONE_SHADE, BONE_LINE, light=(-0.8, 1.2), part=f"lower-bone-{side}")
    for gap in both([*_SURFACE, *_INFERIOR[4:8][::-1]]):
        shape(axes, gap, FLUID, None, detail=True, corners=(0, 3, 4, 7))
    for outer, inner, side in zip(both(_SURFACE), both(_INFERIOR[4:8]), ("left", "right"), strict=True):
        for line in (outer - (0.3 * np.sign(outer[0, 0]), 0), inner):
            cord(axes, line, _THICK, CARTILAGE, CARTILAGE_LINE, width=0.5, part=f"facet-joint-{side}")


def _front_and_back(page: Page, axes: Axes) -> None:
    for word, y in (("front", 22), ("back", -77)):
        page.note(axes, word, (0, y), align="center", colour=QUIET, italic=True)


@plate(
    "vertebra-from-above",
    title="One vertebra from above",
    alt="A lumbar vertebra from above, front at the top. The large kidney-shaped body lies in front, behind it the "
    "ring of bone around the spinal canal, with a process to each side, a spinous process to the back, and a facet "
    "on each side that looks backwards and inwards.",
    legend="The body in front carries weight. The ring of bone behind it shelters the nerves, and its processes are "
    "levers for muscles. The two facets (blue) meet those of the vertebra above.",
    use="Trace the way of a nerve: from the canal, between body and facet, out to the side.",
    size=(127, 106),
)
def vertebra_from_above_plate(page: Page) -> None:
    axes = page.anatomy((-65, 65), (-80, 25))
    vertebra_from_above(axes)
    _front_and_back(page, axes)
    page.label(axes, "Body: carries\nweight", (12, 6), (40, 16))
    page.label(axes, "Canal with the\nsac of nerves", (-4, -22), (-37, 7), align="right")
    page.label(axes, "Pedicle", (-18.4, -17.0), (-48, -8), align="right")
    page.label(axes, "Transverse\nprocess", (40, -28.5), (56, -14), align="center")
    page.label(axes, "Facet, looks back\nand inwards", (20.2, -30.5), (30, -46), accent=True)
    page.label(axes, "Lamina", (-10, -34.6), (-32, -50), align="right")
    page.label(axes, "Spinous process", (0, -60), (22, -64))


@plate(
    "disc-cross-section",
    title="A disc cut across, seen from above",
    alt="A disc from above: rings of tough fibre around a soft core. Behind it lies the canal with the sac of nerves, "
    "and in its front corners the roots that leave one level lower. The roots that leave here are cut across at the "
    "outer back edges of the disc. Behind them lie the facet joints: the lower bone outside and in front, the upper "
    "inside and behind.",
    legend="The rings cross like the plies of a tyre and hold the soft core. Right behind the disc run the nerves. The "
    "root that leaves here has left the sac higher up; it passes between the edge of the disc and the facet joint. "
    "The next root is on its way to the level below.",
    use="Ask which neighbours a disc has behind it, and which way it would have to bulge to reach a nerve root.",
    size=(127, 106),
)
def disc_cross_section(page: Page) -> None:
    axes = page.anatomy((-64, 66), (-80, 25))
    behind_the_disc(axes)
    disc_from_above(axes)
    _front_and_back(page, axes)
    page.label(axes, "Tough rings\n(annulus)", (-19, 7), (-38, 17), align="right")
    page.label(axes, "Soft core\n(nucleus)", (7, 1), (36, 14), accent=True)
    page.label(axes, "Nerve root\nthat leaves here", (27.4, -15.2), (37, -5))
    page.label(axes, "Root for the\nlevel below", (-9.7, -20), (-39, -4), align="right")
    page.label(axes, "Sac of nerves\nin the canal", (-3, -26.4), (-36, -19), align="right")
    page.label(axes, "Facet joint", (20, -31.5), (38, -26))
    page.label(axes, "Upper bone", (14, -35), (34, -48))
    page.label(axes, "Lower bone", (-24.5, -30), (-36, -36), align="right")
    page.label(axes, "Spinous process", (0, -62), (18, -66))
