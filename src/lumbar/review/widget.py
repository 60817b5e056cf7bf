"""The widget of lesson 13: it reads the learner's attempts in the page, and asks a kernel only for what to review."""

import json
from pathlib import Path

from ipywidgets import widget_serialization
from traitlets import Instance, Unicode

from lumbar.output import Output
from lumbar.widgets import Code, CourseWidget, code

HERE = Path(__file__).parent
FALLBACK = {
    "results": "Your answers before and after the course, side by side.",
    "review": "What to review today, and what comes later.",
    "plan": "Your plan for your back, on one page.",
}


class ReviewWidget(CourseWidget):
    """One view of the end of the course: "results", "review" or "plan"; `data` is what it needs, as JSON.

    `quiz` is the quiz's own front end, which reads what the browser keeps and asks the questions that are due.
    """

    view = Unicode().tag(sync=True)
    data = Unicode().tag(sync=True)
    quiz = Instance(Code).tag(sync=True, **widget_serialization)

    def __init__(self, view: str, data: list):
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        super().__init__(HERE, "review", view=view, data=text, quiz=code(HERE.parent / "quiz", "quiz"))

    def fallback(self) -> Output:
        """What would stand here. The plan can be filled in on paper as well."""
        asked = [entry["ask"] for entry in json.loads(self.data)] if self.view == "plan" else []
        words = FALLBACK[self.view]
        rows = "".join(f"<li><p>{ask}</p><p>&nbsp;</p></li>" for ask in asked)
        return Output(f"<section><p>{words}</p>{rows and f'<ol>{rows}</ol>'}</section>", "\n".join([words, *asked]))
