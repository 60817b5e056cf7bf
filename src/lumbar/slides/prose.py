"""A lesson's prose as slides: each idea gets a heading and its key sentences; the whole text goes into the notes.

An idea begins at a heading, or at a paragraph whose bold beginning is a sentence of its own ("**The best case.** …").
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from math import ceil

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

HELP = "#/help"  # the slide to which each link to “When to get help now” leads
FEW_WORDS = 60  # so short a text is shown as it is
READABLE = 28  # pixels of type on a slide 720 high
SHORT_ITEM = 130  # so many signs of a list's entry are shown as they are
LEAD = re.compile(r"<strong>(?P<text>[^<]{3,90}?)(?P<end>[.?!:]”?)</strong>\s*")
LEANS = re.compile(
    r"^[“‘(]*(So|But|And|Or|It|They|That|This|These|Those|Their|Its|He|She|Then|There|Once|Of the other|For all)\b"
)
SENTENCE_END = re.compile(r"[.?!](?:</\w+>)?[”’)]*(?:</\w+>)?\s+(?=(?:<\w+>)*[“‘(]*[A-Z0-9])")
TAG = re.compile(r"<(/?)\w+[^>]*>")
POINTS_ON = re.compile(r"\b(the|next|following) picture\b|^On the (left|right) you see|^Follow the arrows", re.I)
SAYS_WHO = re.compile(r"\([^()]*\b(19|20)\d\d[a-z]?\b[^()]*\)")
LEANS_ON_NEXT = re.compile(r"[?:][”’]?(</\w+>)?$")


@dataclass(frozen=True)
class Block:
    """A paragraph, list, table or quotation: HTML for the slide in `shown`, or in `items` for a list."""

    kind: str
    shown: str = ""
    items: tuple[str, ...] = ()
    start: int | None = None  # the first number of a numbered list


@dataclass(frozen=True)
class Idea:
    """What one slide is about. `level` is 2 or 3 for a lesson's own heading, 4 for a bold beginning, 0 for none."""

    heading: str = ""
    level: int = 0
    blocks: tuple[Block, ...] = ()
    notes: str = ""

    @property
    def words(self) -> int:
        """How many words its text has, without the heading."""
        return sum(len(bare(text).split()) for block in self.blocks for text in (block.shown, *block.items))

    @property
    def is_plain(self) -> bool:
        """Whether it is nothing but paragraphs."""
        return all(block.kind == "text" for block in self.blocks)


def ideas(source: str) -> list[Idea]:
    """The ideas of a cell's Markdown, in order."""
    found: list[_Open] = []
    for node in SyntaxTreeNode(_parser().parse(source)).children:
        if node.type == "heading":
            found.append(_Open(_inline(node), int(node.tag[1]), [], [_html(node)]))
            continue
        blocks = _blocks(node)
        lead = LEAD.match(blocks[0].shown) if blocks and blocks[0].kind == "text" else None
        if lead and not (lead.end() == len(blocks[0].shown) and found and found[-1].is_bare_heading):
            found.append(_Open(heading(lead), 4, [], []))
            blocks = [replace(blocks[0], shown=_capital(blocks[0].shown[lead.end() :]))]
        if not found:
            found.append(_Open("", 0, [], []))
        found[-1].notes.append(_html(node))
        found[-1].blocks += [block for block in blocks if block.shown or block.items]
    return [Idea(each.heading, each.level, tuple(each.blocks), "".join(each.notes)) for each in found]


@dataclass
class _Open:
    heading: str
    level: int
    blocks: list[Block]
    notes: list[str] = field(default_factory=list)

    @property
    def is_bare_heading(self) -> bool:
        return not self.blocks and self.level != 4


def heading(lead: re.Match) -> str:
    """A bold beginning as a heading."""
    return _capital(lead["text"] + (lead["end"] if lead["end"] not in (".", ":") else ""))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- What stands on the slide ----------------------------------------------------------------------------------------


def key_blocks(idea: Idea) -> list[Block]:
    """The idea's blocks cut down to their key sentences; a short text stays whole but for what points at a picture."""
    cut = _before_picture if idea.words <= FEW_WORDS else _cut
    return [block for block in map(cut, idea.blocks) if block.shown or block.items] or list(idea.blocks)


def _before_picture(block: Block) -> Block:
    return replace(block, shown=" ".join(_own(block.shown))) if block.kind == "text" else block


def _cut(block: Block) -> Block:
    if block.kind == "text":
        return replace(block, shown=" ".join(key_sentences(block.shown)))
    if block.kind == "list":
        return replace(block, items=tuple(map(_cut_item, block.items)))
    return block


def _cut_item(text: str) -> str:
    lead = LEAD.match(text)
    if len(bare(text)) <= SHORT_ITEM or not lead:
        return text
    told = key_sentences(text[lead.end() :])
    return f"{lead[0].strip()} {' '.join(told)}" if told else text


def key_sentences(text: str) -> list[str]:
    """Of a paragraph, the first sentence, the one that answers it if it asks, and each with bold words or a source.

    Without any of those, a longer paragraph also keeps its last sentence, the conclusion. A sentence that leans on the
    one before it brings that one along.
    """
    told = _own(text)
    kept = {i for i, sentence in enumerate(told) if "<strong>" in sentence or SAYS_WHO.search(sentence)}
    kept |= {i - 1 for i in kept if SAYS_WHO.search(told[i])}  # what was found often stands before its source
    if not kept and len(told) > 3:
        kept = {len(told) - 1}
    if told and (LEANS_ON_NEXT.search(told[0]) or len(bare(told[0]).split()) <= 6):
        kept.add(1)
    for i in range(len(told) - 1, 0, -1):
        if i in kept and LEANS.match(bare(told[i])):
            kept.add(i - 1)
    return [sentence for i, sentence in enumerate(told) if i == 0 or i in kept]


def _own(text: str) -> list[str]:
    """The sentences up to the one that points on to a picture: what follows it speaks of the picture."""
    every = sentences(text)
    return every[: next((i for i, sentence in enumerate(every) if POINTS_ON.search(bare(sentence))), len(every))]


def sentences(text: str) -> list[str]:
    """The sentences of a line of HTML; what a tag or a bracket holds together stays together."""
    cuts = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    found: list[str] = []
    for start, end in zip(cuts, cuts[1:]):
        piece = text[start:end]
        if found and not _is_closed(found[-1]):
            found[-1] += piece
        else:
            found.append(piece)
    return [sentence.strip() for sentence in found if sentence.strip()]


def _is_closed(text: str) -> bool:
    depth = sum(-1 if tag[1] else 1 for tag in TAG.finditer(text))
    return not depth and text.count("(") <= text.count(")") and text.count("“") <= text.count("”")


# --- What fits -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Room:
    """The room for text on a slide of 1280 × 720, in pixels."""

    width: int
    height: int

    def holds(self, blocks: list[Block]) -> bool:
        """Whether these blocks fit in type that can be read from the back row."""
        return sum(self._height(text) for block in blocks for text in (block.items or (block.shown,))) <= self.height

    def _height(self, text: str) -> float:
        """Of a paragraph or an entry, with the gap below; a letter is half as wide as high."""
        lines = ceil(len(bare(text)) * READABLE * 0.53 / (self.width - READABLE))
        return (lines * 1.35 + 0.6) * READABLE


def on_slides(blocks: list[Block], room: Room) -> Iterator[list[Block]]:
    """These blocks on as few slides as they need; a table stays whole."""
    for run in _runs(blocks):
        if any(block.kind == "table" for block in run):
            yield run
            continue
        pieces = _pieces(run)
        count = next((n for n in range(1, len(pieces)) if all(map(room.holds, _shares(pieces, n)))), len(pieces))
        yield from _shares(pieces, count)


def _runs(blocks: list[Block]) -> Iterator[list[Block]]:
    """What stands between the tables, and each table with the short texts around it."""
    runs: list[list[Block]] = [[]]
    for block in blocks:
        has_table = any(each.kind == "table" for each in runs[-1])
        is_short = block.kind == "text" and len(bare(block.shown)) <= SHORT_ITEM
        joins = is_short if has_table else block.kind != "table" or all(
            each.kind == "text" and len(bare(each.shown)) <= SHORT_ITEM for each in runs[-1]
        )
        if not joins:
            runs.append([])
        runs[-1].append(block)
    yield from filter(None, runs)


def _pieces(blocks: list[Block]) -> list[Block]:
    """Lists entry by entry: between these a slide may end."""
    return [piece for block in blocks for piece in (_entries(block) if block.kind == "list" else [block])]


def _entries(block: Block) -> Iterator[Block]:
    for i, item in enumerate(block.items):
        yield replace(block, items=(item,), start=None if block.start is None else block.start + i)


def _shares(pieces: list[Block], count: int) -> list[list[Block]]:
    """The pieces dealt out to so many slides, with about as many signs on each, lists joined again."""
    total = sum(map(_signs, pieces))
    shares: list[list[Block]] = [[] for _ in range(count)]
    done = 0
    for piece in pieces:
        shares[min(count - 1, int((done + _signs(piece) / 2) * count / total))].append(piece)
        done += _signs(piece)
    return [_joined(share) for share in shares if share]


def _signs(block: Block) -> int:
    return len(bare(block.shown or block.items[0])) + 40


def _joined(pieces: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for piece in pieces:
        if joined and piece.kind == joined[-1].kind == "list" and (piece.start is None) == (joined[-1].start is None):
            joined[-1] = replace(joined[-1], items=joined[-1].items + piece.items)
        else:
            joined.append(piece)
    return joined


def as_html(block: Block) -> str:
    """The block as it stands on a slide."""
    if block.kind == "list":
        entries = "".join(f"<li>{item}</li>" for item in block.items)
        return f"<ul>{entries}</ul>" if block.start is None else f'<ol start="{block.start}">{entries}</ol>'
    if block.kind == "quote":
        return f"<blockquote><p>{block.shown}</p></blockquote>"
    return block.shown if block.kind == "table" else f"<p>{block.shown}</p>"


# --- Markdown --------------------------------------------------------------------------------------------------------


@cache
def _parser() -> MarkdownIt:
    """HTML between the Markdown, such as `<details>`, folds text on a page; nothing is folded here."""
    parser = MarkdownIt("commonmark").enable("table")
    for kind in ("html_block", "html_inline"):
        parser.add_render_rule(kind, lambda *_: "")
    return parser


def _blocks(node: SyntaxTreeNode) -> list[Block]:
    if node.type == "paragraph":
        return [Block("text", _inline(node))]
    if node.type in ("bullet_list", "ordered_list"):
        start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        return [Block("list", items=tuple(_inline(item) for item in node.children), start=start)]
    if node.type == "blockquote":
        return [Block("quote", _inline(paragraph)) for paragraph in node.children]
    return [Block("table", _render(node, _inside))] if node.type == "table" else []


def _inline(node: SyntaxTreeNode) -> str:
    """The text of a heading, paragraph, list entry or quotation as one line of HTML, without links that lead away."""
    inlines = (inline for inline in node.walk() if inline.type == "inline")
    return " ".join(_render(inline, _inside) for inline in inlines).strip()


def _html(node: SyntaxTreeNode) -> str:
    """The whole of it for the notes: links into the web stay, others have nowhere to lead from here."""
    return _render(node, _address)


def _inside(address: str) -> str:
    return HELP if address.endswith("#When-to-get-help-now") else ""


def _address(address: str) -> str:
    return address if address.startswith("https://") else _inside(address)


def _render(node: SyntaxTreeNode, address: Callable[[str], str]) -> str:
    tokens = [_linked(token, address) for token in node.to_tokens()]
    return _parser().renderer.render(tokens, _parser().options, {}).replace("\n", " ").strip()


def _linked(token: Token, address: Callable[[str], str]) -> Token:
    """The token with each link's address as `address` tells it; without one the text stays, a lesson's in italics."""
    if not token.children:
        return token
    children, close = [], "link"
    for child in token.children:
        if child.type == "link_open":
            target = str(child.attrs["href"])
            to = address(target)
            close = "link" if to else "em" if ".ipynb" in target and not target.startswith("glossary") else ""
            outside = {"target": "_blank", "rel": "noopener"} if to.startswith("https://") else {}
            child = child.copy(attrs={"href": to, **outside})
        if child.type in ("link_open", "link_close") and close != "link":
            if close:
                children.append(child.copy(type=child.type.replace("link", "em"), tag="em", attrs={}))
            continue
        children.append(child)
    return token.copy(children=children)


def bare(html: str) -> str:
    """The text without its tags."""
    return TAG.sub("", html)
