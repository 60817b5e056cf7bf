"""What a verb leaves in a cell: HTML for people who see it, plain text for everything else."""

import base64
from dataclasses import dataclass
from html import escape

# How Jupyter names a widget's view in an output, and the saved state of all widgets in a notebook.
VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


@dataclass(frozen=True, repr=False)
class Output:
    """A cell output as `text/html` and `text/plain`, without ids that change from run to run."""

    html: str
    text: str

    def _repr_mimebundle_(self, **_) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text


def picture(svg: str, alt: str, title: str, legend: str, width: int) -> str:
    """A picture of at most `width` px with its caption, as HTML that keeps its alt text everywhere; `legend` is HTML."""
    data, stop = base64.b64encode(svg.encode()).decode(), "" if title.endswith("?") else "."
    return (
        f'<figure class="lumbar-figure" style="margin: 1em 0">'
        f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}" '
        f'style="width: {width}px; max-width: 100%; height: auto">'
        f'<figcaption style="max-width: {width}px; margin-top: 0.4em"><strong>{escape(title)}{stop}</strong> '
        f"{legend}</figcaption></figure>"
    )
