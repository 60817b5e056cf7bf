"""A quiz as a widget: its questions and answers in saved state, so that it works with no kernel at all."""

import json
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from traitlets import Dict, Unicode, observe

from lumbar.output import Output
from lumbar.quiz.items import Choice, Item, Label, Match, Number, Order, Quiz
from lumbar.quiz.texts import html, inline, plain
from lumbar.widgets import CourseWidget

TASKS = {
    "one": "Choose one.",
    "several": "Choose all that are right.",
    "order": "Put these in order.",
    "match": "Choose one for each.",
    "label": "Name the parts of the picture.",
    "number": "Estimate a number.",
}


class QuizWidget(CourseWidget):
    """The widget of one quiz.

    `outbox` and `kept` hand answers over in hosts that give the page no kernel to ask: what the page puts into the
    one, `lumbar.progress.exchange` answers in the other.
    """

    quiz = Unicode().tag(sync=True)
    title = Unicode().tag(sync=True)
    feedback = Unicode().tag(sync=True)
    items = Unicode().tag(sync=True)  # JSON in one line: as a tree, a notebook would save more indentation than text
    plates = Dict().tag(sync=True)
    outbox = Dict().tag(sync=True)
    kept = Dict().tag(sync=True)

    def __init__(self, source: Quiz):
        self._source = source
        super().__init__(
            Path(__file__).parent,
            "quiz",
            quiz=source.name,
            title=source.title,
            feedback=source.feedback,
            items=json.dumps([item.page() for item in source.items], ensure_ascii=False, separators=(",", ":")),
            plates=plates(source.items),
        )

    @observe("outbox")
    def _hand_over(self, change: dict) -> None:
        if change["new"]:
            from lumbar.progress import exchange

            self.kept = json.loads(exchange(json.dumps(change["new"])))

    def fallback(self) -> Output:
        """The questions without their answers. What is on offer stands in the order of the alphabet, which tells nothing."""
        source = self._source
        asked = [(html(item.ask), plain(item.ask), TASKS[item.kind], _given(item), _offered(item)) for item in source.items]
        entries = "".join(
            f"<li><p>{ask} <em>{task}</em></p>{_listed(given)}{_listed(offered)}</li>" for ask, _, task, given, offered in asked
        )
        lines = [source.title]
        for number, (_, ask, task, given, offered) in enumerate(asked, 1):
            lines += ["", f"{number}. {ask} {task}", *(f"   - {plain(text)}" for text in [*given, *offered])]
        return Output(f"<section><h3>{escape(source.title)}</h3><ol>{entries}</ol></section>", "\n".join(lines))


def plates(items: Iterable[Item]) -> dict[str, str]:
    """The blank plates that these items ask about, by name."""
    names = sorted({item.plate for item in items if isinstance(item, Label)})
    if not names:
        return {}
    return {name: _plate(name) for name in names}


def _plate(name: str) -> str:
    """The blank plate, fit to stand in a page beside others: parts are found by id, and its style is its own."""
    from lumbar.figures import blank

    # A style sheet inside one picture would style every other one too, and the web pages allow none.
    svg = re.sub(r"<style[^>]*>[^<]*</style>", "", blank(name)).replace("<svg ", '<svg stroke-linejoin="round" ', 1)
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", svg)


def _given(item: Item) -> list[str]:
    """What the question lays out in a fixed order."""
    if isinstance(item, Match):
        return [pair.left for pair in item.pairs]
    if isinstance(item, Label):
        return [spot.where for spot in item.parts]
    if isinstance(item, Number):
        return [f"From {item.min:g} to {item.max:g} {item.unit}"]
    return []


def _offered(item: Item) -> list[str]:
    """What the question offers to choose from or to arrange, in alphabetical order."""
    if isinstance(item, Choice):
        return sorted({option.text for option in item.options}, key=str.casefold)
    if isinstance(item, Match):
        return sorted({*(pair.right for pair in item.pairs), *item.decoys}, key=str.casefold)
    if isinstance(item, Label):
        return sorted({*(spot.text for spot in item.parts), *item.decoys}, key=str.casefold)
    if isinstance(item, Order):
        return sorted((part.text for part in item.parts), key=str.casefold)
    return []


def _listed(texts: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{inline(text)}</li>' for text in texts)}</ul>" if texts else ""
