"""A widget made again from the state that a built notebook saved of it."""

from pathlib import Path
from typing import Any

from ipywidgets import widget_serialization
from traitlets import Any as AnyTrait

from lumbar.output import Output
from lumbar.widgets import Code, CourseWidget, code

HERE = Path(__file__).parent
REFERENCE = "IPY_MODEL_"


class RevivedWidget(CourseWidget):
    """A quiz, an explorer or a review with the traits it had, and the id: a notebook saved again finds its state."""

    def __init__(self, model: str, widgets: dict[str, dict[str, Any]], shown: Output):
        self._shown = shown
        state = {name: value for name, value in widgets[model]["state"].items() if not name.startswith("_")}
        values = {name: _revived(value, widgets) for name, value in state.items()}
        front = values.pop("code")
        own = {name: value for name, value in values.items() if not self.has_trait(name)}
        for name, value in own.items():
            extra = widget_serialization if isinstance(value, Code) else {}
            self.add_traits(**{name: AnyTrait().tag(sync=True, **extra)})
        super().__init__(HERE / front.name, front.name, model_id=model, **own)

    def fallback(self) -> Output:
        """What was saved for places that cannot show widgets."""
        return self._shown


def _revived(value: Any, widgets: dict[str, dict[str, Any]]) -> Any:
    """The value itself, or the front end that it refers to."""
    if not (isinstance(value, str) and value.startswith(REFERENCE)):
        return value
    name = widgets[value.removeprefix(REFERENCE)]["state"].get("name")
    return code(HERE / name, name) if name else None
