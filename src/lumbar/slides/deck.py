"""A built notebook as slides: one stack for each section of the lesson."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args

from lumbar.evidence.cards import TAGS
from lumbar.evidence.claims import Verdict, claim_of
from lumbar.output import VIEW, WIDGET_STATE
from lumbar.quiz.items import load
from lumbar.quiz.paper import LETTERS
from lumbar.slides import prose
from lumbar.slides.prose import Block, Idea, Room
from lumbar.slides.slide import FIGURE, Slide, image, kicker, listed, shape, text_of
from lumbar.slides.votes import quiz_slides

CALL = re.compile(r"^(\w+)\((.*)\)$", re.DOTALL)
LEFT_OUT = ("In Python",)  # nobody needs this part to follow the lesson
IN_FULL = ("Key points",)
ONE_EACH = ("In a group",)
MERGED_WORDS = 32  # so short a text before a picture goes into the picture's notes
LARGEST = 38  # pixels of type; the page makes it smaller where a text is long
LONG_CAPTION = 250  # signs; from then on a caption gets more room
WIDE = 1.6  # from this shape on, a picture has its caption below instead of beside it


@dataclass
class Deck:
    """The slides of a lesson, in stacks by section, and the saved state of its explorers by name."""

    title: str
    stacks: list[list[Slide]] = field(default_factory=list)
    explorers: dict[str, dict] = field(default_factory=dict)

    @property
    def slides(self) -> list[Slide]:
        """All slides, in order."""
        return [slide for stack in self.stacks for slide in stack]


def read(path: Path, number: str) -> Deck:
    """The slides of that built notebook."""
    return _Reader(json.loads(path.read_text(encoding="utf-8")), number).read()


class _Reader:
    """Goes through the cells; `section` and `part` are the headings it is under, `held` a text still to be shown."""

    def __init__(self, notebook: dict, number: str):
        self.cells = [cell for cell in notebook["cells"] if cell["id"] != "way-on"]
        self.saved = notebook["metadata"].get("widgets", {}).get(WIDGET_STATE, {"state": {}})["state"]
        self.number = number
        self.section = self.part = ""
        self.held = Idea()
        self.picture: _Picture | None = None  # the one that stood just before
        self.taken: set[str] = set()

    def read(self) -> Deck:
        title, *others = prose.ideas("".join(self.cells[0]["source"]))
        self.deck = Deck(prose.bare(title.heading))
        self.deck.stacks.append([])
        self.section = title.heading
        self._title(others)
        for cell, after in zip(self.cells[1:], [*self.cells[2:], None]):
            if cell["cell_type"] == "markdown":
                self._prose(cell, after)
            elif self.section not in LEFT_OUT:
                self._code(cell)
        self._help()
        self.deck.stacks = [stack for stack in self.deck.stacks if stack]
        return self.deck

    def _add(self, slide: Slide) -> None:
        """Put the slide on the pile, under an address that no other has."""
        address, count = slide.id, 1
        while address in self.taken:
            count += 1
            address = f"{slide.id}-{count}"
        self.taken.add(address)
        self.deck.stacks[-1].append(replace(slide, id=address))

    def _place(self, *more: str) -> str:
        return kicker(self.section, self.part, *more)

    # --- Text

    def _title(self, ideas: list[Idea]) -> None:
        blocks = [block for idea in ideas for block in idea.blocks]
        goals = next(block for block in blocks if block.kind == "list")
        at = blocks.index(goals)
        body = (
            f'<div class="front"><p class="kicker">Lumbar · Lesson {self.number}</p><h1>{self.section}</h1>'
            f'<p class="minutes">{ideas[0].heading}</p></div>'
            f'<div class="goals"><h2>{blocks[at - 1].shown} …</h2>{prose.as_html(goals)}</div>{KEYS}'
        )
        notes = "".join(idea.notes for idea in ideas)
        self._add(Slide("title", "title", body, notes))
        if rest := blocks[at + 1 :]:
            self._text("before", Idea("Before we begin", 2, tuple(rest), notes), kicker(self.section))

    def _prose(self, cell: dict, after: dict | None) -> None:
        ideas = prose.ideas("".join(cell["source"]))
        for i, idea in enumerate(ideas):
            place = self._enter(idea)
            if self.section in LEFT_OUT:
                continue
            if not idea.blocks:
                self.held = idea
            elif i == len(ideas) - 1 and _is_picture(after) and idea.is_plain and idea.words <= MERGED_WORDS:
                self.held = idea
            elif self.section in ONE_EACH:
                self._one_each(cell["id"], idea)
            else:
                self._text(cell["id"], self._with_held(idea), place)
            if idea.blocks:
                self.picture = None

    def _enter(self, idea: Idea) -> str:
        """Take note of the headings; the line above this idea's slide."""
        if idea.level == 2:
            self.deck.stacks.append([])
            self.section, self.part = idea.heading, ""
            return kicker(text_of(self.deck.title))
        if idea.level == 3:
            self.part = idea.heading
            return kicker(self.section)
        return self._place()

    def _with_held(self, idea: Idea) -> Idea:
        """The idea, after a heading or a picture's text for which no picture came."""
        held, self.held = self.held, Idea()
        return replace(idea, notes=held.notes + idea.notes) if held.blocks else idea

    def _text(self, name: str, idea: Idea, place: str) -> None:
        blocks = list(idea.blocks) if self.section in IN_FULL else prose.key_blocks(idea)
        beside = self.picture if not idea.heading and not any(block.kind == "table" for block in blocks) else None
        heading = f"<h2>{idea.heading}</h2>" if idea.heading else ""
        for share in prose.on_slides(blocks, _room(idea.heading, beside and beside.shape)):
            text = f'<div class="text" data-fit="{LARGEST}">{"".join(map(prose.as_html, share))}</div>'
            if any(block.kind == "table" for block in share):
                self._add(Slide(name, "text table", place + heading + text, idea.notes))
            elif beside:
                body = f'<div class="plate">{beside.copy}</div><div class="said">{text}</div>'
                self._add(Slide(name, "beside", body, idea.notes))
            else:
                self._add(Slide(name, "text", place + heading + text, idea.notes))

    def _one_each(self, name: str, idea: Idea) -> None:
        """Each entry of a list alone, in full: what a class reads and does together."""
        for block in idea.blocks:
            for item in block.items or (block.shown,):
                lead = prose.LEAD.match(item)
                heading = prose.heading(lead) if lead else self.section
                text = Block("text", item[lead.end() :] if lead else item)
                place = kicker(self.section) if lead else kicker(text_of(self.deck.title))
                self._text(name, Idea(heading, 4, (text,), idea.notes), place)

    # --- What the code cells show

    def _code(self, cell: dict) -> None:
        call = CALL.match("".join(cell["source"]).strip())
        if not call or not cell["outputs"]:
            return
        verb, given = call[1], json.loads(f"[{call[2].replace(', verdict=True', '')}]")
        held, self.held, self.picture = self.held, Idea(), None
        if verb == "claim":
            slides = _verdict(given[0]) if "verdict=True" in call[2] else [_claim(given[0])]
        elif verb == "figure":
            slides = [self._figure(given[0], _html(cell), held)]
        elif verb == "explore":
            slides = [self._explorer(given[0], cell, held)]
        elif verb == "quiz":
            slides = list(quiz_slides(load(given[0])))
        elif verb == "sources":
            slides = [_sources(given, _html(cell))]
        else:
            slides = [self._alone(cell, held)]
        for slide in slides:
            self._add(slide)

    def _figure(self, name: str, html: str, held: Idea) -> Slide:
        found = FIGURE.search(html)
        address, alt, caption = found["address"], found["alt"], found["caption"].replace("?.<", "?<")
        svg = base64.b64decode(address.partition(",")[2]).decode()
        self.picture = _Picture(shape(svg), image(svg, "", alt, name))
        heading = f"<h2>{held.heading}</h2>" if held.level == 4 else ""
        is_long = len(prose.bare(heading + caption)) > LONG_CAPTION
        look = "plate-slide wide" if shape(svg) >= WIDE else f"plate-slide{' long' if is_long else ''}"
        told = f'<div class="caption" data-fit="27">{heading}<p>{caption}</p></div>'
        body = f'<div class="plate" data-plate="{name}">{image(svg, address, alt)}</div>{told}'
        return Slide(f"figure-{name}", look, body, f"{held.notes}<p><b>In the picture:</b> {alt}</p>")

    def _explorer(self, name: str, cell: dict, held: Idea) -> Slide:
        model = next(output["data"][VIEW]["model_id"] for output in cell["outputs"] if VIEW in output["data"])
        explorer = self.deck.explorers[name] = self.saved[model]["state"]["explorer"]
        notes = f"{held.notes}<p><b>What this model leaves out:</b> {text_of(explorer['leavesOut'])}</p>"
        body = f'<div class="explorer" data-explorer="{name}"></div><p class="how">{LEFT_UNSAID}</p>'
        return Slide(f"explore-{name}", "explore", body, notes)

    def _alone(self, cell: dict, held: Idea) -> Slide:
        """What works with a learner's own answers: on a slide it can only be told."""
        head, *lines = "".join(cell["outputs"][0]["data"]["text/plain"]).splitlines()
        entries = listed([text_of(line) for line in lines], "ol")
        text = f'<div class="text" data-fit="{LARGEST}"><p>{text_of(head)}</p>{entries}<p>{ALONE}</p></div>'
        return Slide(cell["id"], "text", self._place() + text, held.notes)

    def _help(self) -> None:
        """The last slide of each lesson, to which its links lead: which signs should not wait."""
        from lumbar.figures import figure

        self.deck.stacks.append([])
        self.section, self.part = "Always at hand", ""
        self._add(replace(self._figure("get-help-now", figure("get-help-now").html, Idea()), id="help"))


LEFT_UNSAID = "The notes (N) say what this leaves out."
ALONE = "Each learner sees this in the lesson itself, with their own answers."
KEYS = (
    '<p class="keys"><kbd>Space</kbd> on <kbd>←</kbd> back <kbd>N</kbd> notes <kbd>S</kbd> notes in a window '
    "<kbd>O</kbd> overview <kbd>Z</kbd> enlarge a picture <kbd>F</kbd> full screen <kbd>D</kbd> dark or light "
    "<kbd>B</kbd> black <kbd>?</kbd> all keys</p>"
)


@dataclass(frozen=True)
class _Picture:
    """The picture that a text may stand beside."""

    shape: float
    copy: str


def _is_picture(cell: dict | None) -> bool:
    return bool(cell) and cell["cell_type"] == "code" and "".join(cell["source"]).startswith(("figure(", "explore("))


def _room(heading: str, beside: float | None) -> Room:
    """The room for text under that heading, or beside a picture of that shape."""
    if beside:
        return Room(1280 - 136 - round(min(600, 600 * beside)), 560)
    lines = -(-len(prose.bare(heading)) // 48)
    return Room(1168, 480 - 50 * lines)


def _html(cell: dict) -> str:
    return "".join(cell["outputs"][0]["data"]["text/html"])


# --- Claims, verdicts and sources ------------------------------------------------------------------------------------


def _claim(name: str) -> Slide:
    says = text_of(claim_of(name).says)
    body = f'<blockquote class="claim" data-fit="64"><p>{says}</p></blockquote>'
    return Slide(name, "claim", kicker(name, "The document says") + body, CLAIM_NOTES)


def _verdict(name: str) -> Iterator[Slide]:
    """What speaks for a claim and what was found; a vote on the verdict; the verdict."""
    claim = claim_of(name)
    says = f'<p class="says">{text_of(claim.says)}</p>'
    sides = (("The best case for it", claim.best_case), ("What was found", claim.finding))
    columns = "".join(f"<div><h2>{head}</h2><p>{text_of(text)}</p></div>" for head, text in sides)
    place = f"{name} · The document says"
    yield Slide(f"{name}-case", "case", f'{kicker(place)}{says}<div class="columns" data-fit="32">{columns}</div>')
    scale = zip(LETTERS, get_args(Verdict))
    words = "".join(f'<li><b class="card">{letter}</b>{_tag(word)}</li>' for letter, word in scale)
    choice = f'<ul class="verdicts" data-fit="38">{words}</ul><p class="how">{VERDICT_VOTE}</p>'
    vote = f"<h2>Which verdict would you give?</h2>{choice}"
    yield Slide(f"{name}-vote", "question verdict", f"{kicker(place)}{says}{vote}", VERDICT_NOTES)
    parts = listed([f"{text_of(part.says)}: {_grade(part.verdict, part.certainty)}" for part in claim.parts])
    grade = f'<p class="grade">{_grade(claim.verdict, claim.certainty)}</p>'
    change = f'<p class="change"><b>What would change it.</b> {text_of(claim.change)}</p>'
    told = f'<div class="told" data-fit="32">{says}{grade}{parts}{change}</div>'
    yield Slide(f"{name}-verdict", "answer verdict", kicker(name, "The verdict") + told)


CLAIM_NOTES = "<p>Ask: who has heard this before, and from whom? The verdict comes later.</p>"
VERDICT_VOTE = "Show its card, or so many fingers: one for A, two for B."
VERDICT_NOTES = (
    "<p>A verdict is about the evidence, never about the people who hold the view. Let two who differ "
    "give their reasons. The verdict is on the next slide.</p>"
)


def _tag(verdict: str) -> str:
    ink, paper = TAGS[verdict]
    return f'<b class="tag" style="color: {ink}; background: {paper}">{verdict}</b>'


def _grade(verdict: str, certainty: str) -> str:
    return f"{_tag(verdict)} <span>certainty: {certainty}</span>"


def _sources(names: list[str], html: str) -> Slide:
    """The short names on the slide, the full list in the notes."""
    from lumbar.evidence.claims import claims
    from lumbar.evidence.references import references

    keys = {key for name in names for key in (claims()[name].sources if name in claims() else [name])}
    short = sorted((references()[key].short for key in keys), key=str.casefold)
    entries = " · ".join(f"<span>{text_of(name)}</span>" for name in short)
    told = "In full: in the presenter notes, and in the lesson."
    body = f'<h2>Sources</h2><p class="sources">{entries}</p><p class="how">{told}</p>'
    return Slide("sources", "text", body, html)
