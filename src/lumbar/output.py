"""What a verb leaves in a cell: HTML for people who see it, plain text for everything else."""

from dataclasses import dataclass

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
