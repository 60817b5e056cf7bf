"""What every platform is told in words: the question, the task, what is right and why, and where that comes from."""

import re
from collections.abc import Iterator
from html import escape

from lumbar.quiz.items import Choice, Item, Label, Match, Number, Option, Order
from lumbar.quiz.paper import by_alphabet
from lumbar.quiz.texts import html, inline, plain

TASKS = {
    "one": "Choose one.",
    "several": "Choose all that are right.",
    "order": "Put these in order.",
    "match": "Choose one for each.",
    "label": "Name each numbered part of the picture.",
}
SPARE = " Not every name is needed."
LESSON_LINK = re.compile(r'<a href="[0-9]{2}-[a-z0-9-]+\.(?:ipynb|html)">(.*?)</a>')
# What XML 1.0 does not allow, https://www.w3.org/TR/xml/#charsets.
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def silent(item: Item) -> Item:
    """The item as an exam asks it: nothing that teaches, neither hint nor feedback nor reasons nor sources."""
    update = {"hint": None, "why": "", "sources": []}
    for name in ("options", "parts", "pairs"):
        if hasattr(item, name):
            update[name] = [entry.model_copy(update={"feedback": ""}) for entry in getattr(item, name)]
    if isinstance(item, Number):
        update["feedback"] = item.feedback.model_copy(update=dict.fromkeys(("low", "high", "close"), ""))
    return item.model_copy(update=update)


def task(item: Item) -> str:
    """What to do, in plain words."""
    if isinstance(item, Number):
        return f"Write a number from {item.min:g} to {item.max:g}: … {plain(item.unit)}."
    return TASKS[item.kind] + (SPARE if getattr(item, "decoys", []) else "")


def asked(item: Item, task: str) -> str:
    """The question and the task as HTML."""
    return block(rich(item.ask)) + f"<p>{escape(task, quote=False)}</p>"


def explained(item: Item) -> str:
    """What is right and why, what there is to say on each part, and the sources, as HTML; empty in an exam."""
    told = [f"<li>{name}: {feedback}</li>" for name, feedback in parts_told(item)]
    return block(rich(item.why)) + (f"<ul>{''.join(told)}</ul>" if told else "") + _sources(item)


def parts_told(item: Item) -> list[tuple[str, str]]:
    """Where parts have feedback of their own, which few platforms know: each part and its feedback, as HTML."""
    if isinstance(item, Match):
        told = [(f"{inline(pair.left)} → {inline(pair.right)}", pair.feedback) for pair in item.pairs]
    else:
        numbered = isinstance(item, Label)
        parts = enumerate(getattr(item, "parts", []), 1)
        told = [(f"{n}. {inline(part.text)}" if numbered else inline(part.text), part.feedback) for n, part in parts]
    return [(name, rich(feedback)) for name, feedback in told if feedback]


def distances(item: Number) -> list[tuple[str, str]]:
    """What is said to a number that is close, too low or too high, each with its name, as HTML."""
    said = zip(("Close enough", "Too low", "Too high"), (item.feedback.close, item.feedback.low, item.feedback.high))
    return [(name, rich(feedback)) for name, feedback in said if feedback]


def sides(item: Item) -> list[tuple[str, str]]:
    """What is laid out in a fixed order, each with the name that belongs to it, in Markdown; none for other kinds."""
    if isinstance(item, Match):
        return [(pair.left, pair.right) for pair in item.pairs]
    return [(spot.where, spot.text) for spot in item.parts] if isinstance(item, Label) else []


def plain_sides(item: Match | Label) -> list[tuple[str, str]]:
    """The same in plain words, each side with its number where a picture shows it."""
    numbered = isinstance(item, Label)
    pairs = enumerate(sides(item), 1)
    return [(f"{n}. {plain(side)}" if numbered else plain(side), plain(name)) for n, (side, name) in pairs]


def offered(item: Match | Label) -> list[str]:
    """The names to choose from, each once, by the alphabet: no platform is sure to shuffle them."""
    return by_alphabet(item, list({*(name for _, name in sides(item)), *item.decoys}))


def options(item: Choice) -> list[Option]:
    """The options by the alphabet, so that their order tells nothing."""
    texts = by_alphabet(item, [option.text for option in item.options])
    return sorted(item.options, key=lambda option: texts.index(option.text))


def teaching(item: Item) -> Iterator[str]:
    """Each text of the item that is to be read only after answering."""
    entries = [entry for name in ("options", "parts", "pairs") for entry in getattr(item, name, [])]
    told = [item.hint, item.why, *(entry.feedback for entry in entries)]
    yield from filter(None, [*told, *(text for _, text in getattr(item, "feedback", []))])


def sources(item: Item) -> list[tuple[str, str | None]]:
    """Each source as authors and year, with its address."""
    from lumbar.evidence.references import references

    found = [references()[name] for name in item.sources]
    return [(reference.short, reference.url) for reference in found]


def _sources(item: Item) -> str:
    links = [f'<a href="{escape(url)}">{escape(short)}</a>' if url else escape(short) for short, url in sources(item)]
    return f"<p>{'Sources' if len(links) > 1 else 'Source'}: {', '.join(links)}</p>" if links else ""


def rich(text: str) -> str:
    """Markdown as HTML that stands alone: what would lead to a lesson's file stays as words."""
    return LESSON_LINK.sub(r"\1", html(text)) if text else ""


def block(text: str) -> str:
    """HTML as blocks."""
    return text if not text or re.match(r"<(p|ul|ol)>", text) else f"<p>{text}</p>"


def flat(text: str) -> str:
    """HTML as plain words on one line, for a format that has no other."""
    words = re.sub(r"<(?:/p|/li|br ?/?)>", " ", text)
    words = re.sub(r"<[^>]*>", "", words)
    for sign, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("&", "&amp;")):
        words = words.replace(entity, sign)
    return " ".join(words.split())


def marked(item: Item) -> bool:
    """Whether any text of the item has marks, such as emphasis or a link, which plain words lose."""
    return any("<" in rich(text) for text in [item.ask, *teaching(item), *_offers(item)])


def _offers(item: Item) -> list[str]:
    if isinstance(item, Choice | Order):
        return [entry.text for entry in getattr(item, "options", None) or item.parts]
    return [text for pair in sides(item) for text in pair] + getattr(item, "decoys", [])


def clean(text: str) -> str:
    """The text without signs that XML does not allow."""
    return NO_XML.sub("", text)


def amount(value: float) -> str:
    """A number as short as it can be, with no rounding that shows: 5.6, 27, -3."""
    return f"{round(value, 7):.10g}"
