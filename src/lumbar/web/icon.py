"""The icon on a phone's home screen: a motion segment in three flat colours, from the vertebrae of the plates."""

from pathlib import Path

from lumbar.figures.bones import pair

SEA, BONE, DISC = "#0b5d7b", "#f6eeda", "#8fd0e8"
SIZES = (192, 512)  # px: what browsers ask of a site that can be installed
SIDE = 142  # mm: room around the segment, since phones cut icons into circles


def draw(into: Path) -> None:
    """Write `icon-….png` in each size into the folder `into`."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(1, 1), facecolor=SEA)
    _segment(figure.add_axes((0, 0, 1, 1)))
    for size in SIZES:
        figure.savefig(into / f"icon-{size}.png", dpi=size, metadata={"Software": None})


def _segment(axes) -> None:
    """One bone on another, bent forward a little, and the disc between them, in a square around their middle."""
    from lumbar.figures.spine import disc_outline

    upper, lower = pair(flexion=8)
    _fill(axes, disc_outline(upper, lower), DISC)
    for bone in (upper, lower):
        for part in (bone.spinous_process(), bone.arch(), bone.body()):
            _fill(axes, part, BONE)
    box = axes.dataLim
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    axes.set(xlim=(x - SIDE / 2, x + SIDE / 2), ylim=(y - SIDE / 2, y + SIDE / 2))
    axes.set_axis_off()


def _fill(axes, points, colour: str) -> None:
    from matplotlib.patches import PathPatch

    from lumbar.figures.drawing import curve

    # The line closes the hairline between a bone and its disc.
    axes.add_patch(PathPatch(curve(points), facecolor=colour, edgecolor=colour, linewidth=0.4))
