"""Read `claims.yaml`: what the document says, and what the evidence says about it."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from lumbar.course import LESSONS
from lumbar.errors import FaultyFile, unknown
from lumbar.evidence.references import Source, references
from lumbar.located import Document, check, read

CLAIMS = Path(__file__).parent / "claims.yaml"

Verdict = Literal["supported", "partly supported", "contested", "untested", "contradicted"]
Certainty = Literal["high", "moderate", "low", "very low"]
Text = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """Nothing in the file goes unread: an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(Strict):
    """One part of a claim that is graded by itself."""

    says: Text
    verdict: Verdict
    certainty: Certainty


class Claim(Strict):
    """One claim. `says` is the document's idea in our words, `change` what would change the verdict."""

    id: Annotated[str, Field(pattern=r"^C\d\d$")]
    says: Text
    lesson: str
    verdict: Verdict
    certainty: Certainty
    best_case: Text
    finding: Text
    change: Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    parts: tuple[Part, ...] = ()

    @field_validator("lesson")
    @classmethod
    def stands_in_the_syllabus(cls, number: str, info: ValidationInfo) -> str:
        """The lesson must be the one that the syllabus gives to this claim."""
        teachers = [lesson.number for lesson in LESSONS if info.data.get("id") in lesson.claims]
        if number not in teachers:
            raise ValueError(f"the syllabus teaches this claim in {teachers or 'no lesson'} -> Mend it here or there.")
        return number


class Book(Strict):
    """The whole file."""

    claims: tuple[Claim, ...]


@cache
def claims(path: Path = CLAIMS) -> dict[str, Claim]:
    """All claims by id, in order.

    Raises `FaultyFile` with every fault of the file, and loads none of it then.
    """
    references()  # a fault in references.bib is told as such, not as a claim with an unknown source
    document = read(path)
    book = check(document, Book)
    if twice := _twice(document, book):
        raise FaultyFile(twice)
    return {claim.id: claim for claim in book.claims}


def claim_of(id: str) -> Claim:
    """The claim of that id; `UnknownName` where there is none."""
    if id not in claims():
        raise unknown("claim", id, claims())
    return claims()[id]


def _twice(document: Document, book: Book) -> list:
    ids = [claim.id for claim in book.claims]
    return [
        document.fault(("claims", place, "id"), "another claim has this id", "Give each claim its own id.")
        for place, id in enumerate(ids)
        if id in ids[:place]
    ]
