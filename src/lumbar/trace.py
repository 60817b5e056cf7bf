"""Follow each claim through the course: document → lesson → figures → explorers → items → verdict → sources."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lumbar import course
from lumbar.evidence.claims import Claim, claims
from lumbar.lesson import calls, read

if TYPE_CHECKING:
    from lumbar.quiz.items import Item


@dataclass(frozen=True)
class Chain:
    """One claim with everything in the course that serves it.

    `cards` is how often its lesson shows the claim, or None where there is no such lesson; `items` maps the
    id of each item that asks about it to the quizzes that hold it, and `asked` are those in the lesson's own quizzes.
    """

    claim: Claim
    lesson: course.Lesson
    cards: int | None
    figures: tuple[str, ...]
    explorers: tuple[str, ...]
    items: dict[str, tuple[str, ...]]
    asked: tuple[str, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """The links that are missing, in words."""
        if self.cards is None:
            return (f"lesson {self.lesson.number}, {self.lesson.title}",)
        links = {"claim card": self.cards, "figure": self.figures, "explorer": self.explorers, "item": self.asked}
        return tuple(f"{link} in lesson {self.lesson.number}" for link, found in links.items() if not found)

    def __str__(self) -> str:
        links = {
            "lesson": f"{self.lesson.number} {self.lesson.title}",
            "figures": ", ".join(self.figures),
            "explorers": ", ".join(self.explorers),
            "items": ", ".join(f"{item} ({', '.join(quizzes)})" for item, quizzes in self.items.items()),
            "verdict": f"{self.claim.verdict} (certainty: {self.claim.certainty})",
            "sources": ", ".join(self.claim.sources),
            "missing": "; ".join(self.gaps),
        }
        return "\n".join([f"{self.claim.id} {self.claim.says}", *(f"  {k:10} {v}" for k, v in links.items() if v), ""])


def trace(lessons: Path | None = None) -> list[Chain]:
    """The chain of every claim, in order. `lessons` is the folder of the lessons' texts, the course's own by default.

    Raises `FaultyFile` where the claims, a lesson or a quiz cannot be read.
    """
    folder = lessons or course.folder("lessons")
    holders = _holders()
    return [_chain(claim, folder, holders) for claim in claims().values()]


def _chain(claim: Claim, folder: Path, holders: list[tuple[Item, tuple[str, ...]]]) -> Chain:
    lesson = course.lesson(claim.lesson)
    path = folder / f"{lesson.file}.md"
    shown = _shown(path) if path.exists() else {}
    items = {item.id: quizzes for item, quizzes in holders if claim.id in item.claims}
    return Chain(
        claim,
        lesson,
        cards=shown.get("claim", []).count(claim.id) if path.exists() else None,
        figures=_serving(claim, shown.get("figure", []), _figure_claims),
        explorers=_serving(claim, shown.get("explore", []), _explorer_claims),
        items=items,
        asked=tuple(id for id, quizzes in items.items() if {*quizzes} & {*shown.get("quiz", [])}),
    )


def _serving(claim: Claim, names: list[str], claims_of: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if claim.id in claims_of(name))


def _shown(path: Path) -> dict[str, list[str]]:
    """The names that a lesson's cells give to each verb: {"figure": ["facet-joint", …], "claim": ["C15", …], …}."""
    names: dict[str, list[str]] = {}
    for cell in read(path).cells:
        for verb, call in calls(cell) if cell.kind == "code" else ():
            names.setdefault(verb, []).extend(word.value for word in call.args if isinstance(word, ast.Constant))
    return names


def _holders() -> list[tuple[Item, tuple[str, ...]]]:
    """Each item of the bank with the names of the quizzes that ask it."""
    from lumbar.quiz.items import load, names

    quizzes = [load(name) for name in names()]
    items = {item.id: item for quiz in quizzes for item in quiz.items}
    return [(item, tuple(quiz.name for quiz in quizzes if item in quiz.items)) for item in items.values()]


def _figure_claims(name: str) -> Iterable[str]:
    from lumbar.figures import names, plate

    return plate(name).claims if name in names() else ()


def _explorer_claims(name: str) -> Iterable[str]:
    from lumbar.explore.registry import explorers

    return explorers()[name].claims if name in explorers() else ()
