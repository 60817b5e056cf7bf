"""How claims and sources look in a lesson: HTML that reads in light and dark, and the same as plain text."""

from collections.abc import Iterable
from html import escape

from lumbar.evidence.claims import Claim, Part
from lumbar.evidence.references import Reference, references
from lumbar.output import Output

# Each verdict's own pair of colours, at least 7:1 against each other, so that a card reads on any page.
TAGS = {
    "supported": ("#0b4f3a", "#d3f0e2"),
    "partly supported": ("#24502a", "#e3efc9"),
    "contested": ("#5a4100", "#fbeab5"),
    "untested": ("#3d4450", "#e3e7ee"),
    "contradicted": ("#6e2410", "#fbdccf"),
}
CARD = "border-left:4px solid #6f8fb5;padding:2px 0 2px 16px;margin:12px 0;max-width:44em"
SMALL = "margin:4px 0;font-size:0.9em"


def claim_card(claim: Claim) -> Output:
    """The claim alone, without its verdict."""
    html = f'<section aria-label="Claim {claim.id}" style="{CARD}">{_says(claim)}</section>'
    return Output(html, f"{claim.id}. The document says: {claim.says}")


def verdict_card(claim: Claim) -> Output:
    """The claim with its best case, finding, verdict, certainty and what would change it."""
    rows = [
        ("The best case for it", escape(claim.best_case)),
        ("What was found", escape(claim.finding)),
        ("Verdict", _grade(claim) + _parts(claim.parts)),
        ("What would change it", escape(claim.change)),
        ("Sources", ", ".join(_link(references()[key]) for key in claim.sources)),
    ]
    body = "".join(f'<div style="margin:6px 0"><strong>{name}.</strong> {text}</div>' for name, text in rows)
    html = f'<section aria-label="Claim {claim.id} and its verdict" style="{CARD}">{_says(claim)}{body}</section>'
    return Output(html, _verdict_text(claim))


def source_list(sources: Iterable[Reference]) -> Output:
    """A numbered list of references, each with its link."""
    sources = list(sources)
    items = "".join(f'<li style="margin:4px 0">{_full(source)}</li>' for source in sources)
    html = f'<ol aria-label="Sources" style="max-width:44em;padding-left:2em">{items}</ol>'
    lines = [" ".join(filter(None, [f"{i}.", source.text, source.url])) for i, source in enumerate(sources, 1)]
    return Output(html, "\n".join(lines))


def _says(claim: Claim) -> str:
    return (
        f'<p style="{SMALL}">{claim.id} · The document says</p>'
        f'<p style="margin:4px 0;font-size:1.15em">{escape(claim.says)}</p>'
    )


def _grade(graded: Claim | Part) -> str:
    ink, paper = TAGS[graded.verdict]
    tag = f"color:{ink};background-color:{paper};padding:1px 8px;border-radius:4px;font-weight:bold"
    return f'<span style="{tag}">{graded.verdict}</span> (certainty: {graded.certainty})'


def _parts(parts: tuple[Part, ...]) -> str:
    if not parts:
        return ""
    items = "".join(f"<li>{escape(part.says)}: {_grade(part)}</li>" for part in parts)
    return f'<ul aria-label="Part by part" style="margin:4px 0">{items}</ul>'


def _link(source: Reference) -> str:
    name = escape(source.short)
    return f'<a href="{escape(source.url)}" title="{escape(source.text)}">{name}</a>' if source.url else name


def _full(source: Reference) -> str:
    shown = escape(source.url.removeprefix("https://")) if source.url else ""
    link = f' <a href="{escape(source.url)}">{shown}</a>' if source.url else ""
    return f"{escape(source.text)}{link}"


def _verdict_text(claim: Claim) -> str:
    parts = [f"  - {part.says}: {part.verdict} (certainty: {part.certainty})" for part in claim.parts]
    return "\n".join(
        [
            f"{claim.id}. The document says: {claim.says}",
            f"The best case for it: {claim.best_case}",
            f"What was found: {claim.finding}",
            f"Verdict: {claim.verdict} (certainty: {claim.certainty})",
            *parts,
            f"What would change it: {claim.change}",
            "Sources: " + ", ".join(references()[key].short for key in claim.sources),
        ]
    )
