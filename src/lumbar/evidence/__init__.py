"""The evidence: claims with their verdicts, the references behind them, and the tables of numbers.

The verbs `claim` and `sources` show them in a lesson; `check` lists every fault of every file.
"""

from lumbar.output import Output

__all__ = ["check", "claim", "sources"]


def claim(id: str, verdict: bool = False) -> Output:
    """Show what the document says (`claim("C16")`), or that with its verdict (`claim("C16", verdict=True)`).

    Raises `UnknownName` when there is no such claim.
    """
    from lumbar.evidence import cards, claims

    found = claims.claim_of(id)
    return cards.verdict_card(found) if verdict else cards.claim_card(found)


def sources(*names: str) -> Output:
    """A numbered list of the references behind these claims; the key of a reference may stand among the ids.

    `sources("C15", "C16", "wilke1999")`. Raises `UnknownName` for a name that is neither.
    """
    from lumbar.errors import unknown
    from lumbar.evidence import cards
    from lumbar.evidence.claims import claims
    from lumbar.evidence.references import references

    keys: set[str] = set()
    for name in names:
        if name not in claims() and name not in references():
            raise unknown("claim or reference", name, [*claims(), *references()])
        keys.update(claims()[name].sources if name in claims() else [name])
    return cards.source_list(sorted((references()[key] for key in keys), key=lambda source: source.text.casefold()))


def check() -> list:
    """Every `Fault` of the references, the claims and the tables; an empty list when all is well."""
    from functools import partial

    from lumbar.errors import FaultyFile
    from lumbar.evidence import claims, references, tables

    loads = [references.references, claims.claims, *(partial(tables.table, name) for name in tables.names())]
    faults = set()
    for load in loads:
        try:
            load()
        except FaultyFile as error:
            faults.update(error.faults)
    return sorted(faults)
