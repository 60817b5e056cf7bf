"""The Markdown of questions: a small safe subset, made into HTML here so that the page has only to show it."""

import re
from functools import cache

from markdown_it import MarkdownIt

TAG = re.compile(r"<[A-Za-z/!?]")
LINK = re.compile(r"https?://|[0-9]{2}-[a-z0-9-]+\.ipynb")
RULES = ("backticks", "emphasis", "entity", "escape", "link", "list", "newline")


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False}).enable(RULES)


def checked(text: str) -> str:
    """The text itself; `ValueError` with its mend where it is empty, or has HTML, a picture, or a link we do not allow."""
    if not text.strip():
        raise ValueError("the text is empty -> Write the text, or take the key out if it is optional.")
    if TAG.search(text):
        raise ValueError("it has raw HTML -> Write it as Markdown; a lone < needs a space after it.")
    if "![" in text:
        raise ValueError("it has a picture -> Show pictures with a label item or in the lesson.")
    for target in re.findall(r"\]\(\s*<?([^)\s>]*)", text):
        if not LINK.match(target):
            raise ValueError(f"it links to {target!r} -> Link to https://… or to a lesson such as 00-start-here.ipynb.")
    return text


def html(text: str) -> str:
    """Safe HTML: what is not of the subset stands there as it was typed. One paragraph comes without its `<p>`."""
    made = _markdown().render(text).strip()
    return made[3:-4] if made.count("<p>") == 1 and made.startswith("<p>") and made.endswith("</p>") else made


def inline(text: str) -> str:
    """The same for a text within a line, such as an option."""
    return _markdown().renderInline(" ".join(text.split()))


def plain(text: str) -> str:
    """The text without its marks, for a fallback that is read as plain text."""
    tokens = _markdown().parseInline(" ".join(text.split()))[0].children or []
    return "".join(" " if token.type == "softbreak" else token.content for token in tokens)
