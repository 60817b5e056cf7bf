"""The explorer as a widget: the sampled picture in its state, `explore.js` to move it, a still for everywhere else."""

from html import escape
from pathlib import Path

from traitlets import Dict

from lumbar.explore.registry import Explorer
from lumbar.explore.sampler import Sample, sample
from lumbar.output import Output, picture
from lumbar.widgets import CourseWidget


class ExplorerWidget(CourseWidget):
    """One explorer with its sliders. `explorer` holds all that the page needs, as JSON data."""

    explorer = Dict().tag(sync=True)

    def __init__(self, entry: Explorer):
        self._entry, self._sample = entry, sample(entry)
        super().__init__(Path(__file__).parent, "explore", explorer=state(entry, self._sample))

    def fallback(self) -> Output:
        """The first setting as a still picture, and in words."""
        return still(self._entry, self._sample)


def state(entry: Explorer, found: Sample) -> dict:
    """What the page needs: the sampled picture, and the sliders, presets and words around it."""
    sliders = [
        {"label": slider.label, "texts": list(slider.texts), "start": slider.start, "play": slider.play}
        for slider in entry.sliders
    ]
    return {
        "name": entry.name,
        "title": entry.title,
        "alt": entry.alt,
        "leavesOut": entry.leaves_out,
        "sliders": sliders,
        "presets": [{"name": name, "at": list(entry.setting(name))} for name in entry.presets],
        **found.plain(),
    }


def still(entry: Explorer, found: Sample) -> Output:
    """The explorer at its first setting, for places that cannot show widgets."""
    said, width = found.said(entry.start), round(entry.size[0] * 6)
    legend = f"{escape(said)} <em>What this model leaves out:</em> {escape(entry.leaves_out)}"
    sliders = ", ".join(f"{slider.label}: {slider.texts[slider.start]}" for slider in entry.sliders)
    text = f"{entry.title}\n{entry.alt}\n{sliders}\n{said}\nWhat this model leaves out: {entry.leaves_out}"
    return Output(picture(found.picture, entry.alt, entry.title, legend, width), text)
