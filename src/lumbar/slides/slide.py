"""One slide, and what several kinds of slides are made of."""

import re
from dataclasses import dataclass
from html import escape

FIGURE = re.compile(
    r'<img alt="(?P<alt>[^"]*)" src="(?P<address>[^"]+)".*<figcaption[^>]*>(?P<caption>.*)</figcaption>'
)
VIEW_BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class Slide:
    """One slide: `id` is its address in the file, `kind` its look; `body` and `notes`, for the presenter, are HTML."""

    id: str
    kind: str
    body: str
    notes: str = ""

    def html(self) -> str:
        """The slide as reveal.js reads it."""
        notes = f'<aside class="notes">{self.notes}</aside>' if self.notes else ""
        return f'<section id="{self.id}" class="slide {self.kind}">{self.body}{notes}</section>'


def kicker(*words: str) -> str:
    """The small line on top that says where in the lesson we are."""
    return f'<p class="kicker">{" · ".join(filter(None, words))}</p>'


def image(svg: str, address: str, alt: str, copy_of: str = "") -> str:
    """A picture that knows its shape; `copy_of` names the picture on an earlier slide whose data it shares."""
    width, height = (float(side) for side in VIEW_BOX.search(svg).groups())
    source = f'data-copy="{copy_of}"' if copy_of else f'src="{address}"'
    shape = f'width="{round(width)}" height="{round(height)}" style="--shape: {width / height:.3f}"'
    return f'<img {source} alt="{alt}" {shape}>'


def shape(svg: str) -> float:
    """How many times as wide as high a picture is."""
    width, height = (float(side) for side in VIEW_BOX.search(svg).groups())
    return width / height


def listed(entries: list[str], tag: str = "ul") -> str:
    """A list; "" for none."""
    return f"<{tag}>{''.join(f'<li>{entry}</li>' for entry in entries)}</{tag}>" if entries else ""


def text_of(html: str) -> str:
    """Text with its special signs made safe for HTML."""
    return escape(html, quote=False)
