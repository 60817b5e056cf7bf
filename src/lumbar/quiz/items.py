"""The question bank: what a quiz file may say, and how it is read.

A quiz is `bank/<name>.yaml`. Begin a file with this line, and an editor completes and checks it as you write:

    # yaml-language-server: $schema=schema.json

`python -m lumbar.quiz.items` writes `schema.json` anew from the classes here.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationInfo
from pydantic import field_validator, model_validator

from lumbar.course import LESSONS
from lumbar.errors import Fault, FaultyFile, UnknownName, unknown
from lumbar.located import Document, check, read
from lumbar.quiz.texts import checked, html, inline

BANK = Path(__file__).parent / "bank"
KINDS = ("one", "several", "order", "match", "label", "number")


def _known_claim(claim: str) -> str:
    return _one_of("claim", claim, {name for lesson in LESSONS for name in lesson.claims})


def _known_objective(objective: str) -> str:
    return _one_of("objective", objective, {name for lesson in LESSONS for name in lesson.objective_ids})


def _known_source(key: str) -> str:
    from lumbar.evidence.references import references

    return _one_of("reference", key, references())


def _one_of(kind: str, name: str, names: Any) -> str:
    if name not in names:
        problem, _, mend = str(unknown(kind, name, names)).partition(". ")
        raise ValueError(f"{problem} -> {mend}")
    return name


Text = Annotated[str, AfterValidator(checked)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Claim = Annotated[str, AfterValidator(_known_claim)]
Objective = Annotated[str, AfterValidator(_known_objective)]
Source = Annotated[str, AfterValidator(_known_source)]


class Strict(BaseModel):
    """A mapping in which every key is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Strict):
    """One answer to choose. `feedback` says why it tempts, and why it is right or wrong."""

    text: Text
    right: bool = False
    feedback: Text

    def page(self) -> dict:
        return {"text": inline(self.text), "feedback": html(self.feedback)} | ({"right": True} if self.right else {})


class Part(Strict):
    """One part of a sequence. `feedback` is shown when it stands in a wrong place."""

    text: Text
    feedback: Text

    def page(self) -> dict:
        return {"text": inline(self.text), "feedback": html(self.feedback)}


class Pair(Strict):
    """Two things that belong together. `feedback` is shown when the pair was matched wrongly."""

    left: Text
    right: Text
    feedback: Text

    def page(self) -> dict:
        return {"left": inline(self.left), "right": inline(self.right), "feedback": html(self.feedback)}


class Spot(Strict):
    """A part of a plate to be named. `where` is what a screen reader says in place of the name."""

    part: str
    where: Text
    text: Text
    feedback: Text

    def page(self) -> dict:
        texts = {"where": inline(self.where), "text": inline(self.text), "feedback": html(self.feedback)}
        return {"part": self.part} | texts


class Distance(Strict):
    """What is said to a number that is too low, too high, or within the tolerance."""

    low: Text
    high: Text
    close: Text

    def page(self) -> dict:
        return {name: html(text) for name, text in self}


class Item(Strict):
    """What every question has. `id` is permanent: progress and results hang on it."""

    id: Name
    claims: list[Claim] = []
    objective: Objective | None = None
    level: Literal["remember", "understand", "apply", "judge"]
    ask: Text
    hint: Text | None = None
    why: Text
    sources: list[Source] = []

    @model_validator(mode="after")
    def _tests_something(self) -> "Item":
        if not self.claims and not self.objective:
            raise ValueError("it names neither a claim nor an objective -> Add `claims` or `objective`.")
        return self

    @property
    def version(self) -> str:
        """A short hash of what the question means. Feedback, hints and sources may change without changing it."""
        meaning = json.dumps(self._meaning(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(meaning.encode()).hexdigest()[:10]

    def page(self) -> dict:
        """The item as the page needs it: plain JSON, with its texts as safe HTML."""
        texts = {"ask": html(self.ask), "hint": self.hint and html(self.hint), "why": html(self.why)}
        head = {"id": self.id, "version": self.version, "kind": self.kind, **texts, "sources": self._cited()}
        return {key: value for key, value in (head | self._answers()).items() if value not in (None, [])}

    def _cited(self) -> list[list]:
        from lumbar.evidence.references import references

        found = [references()[key] for key in self.sources]
        return [[reference.short, reference.url] for reference in found]

    def _meaning(self) -> list:
        raise NotImplementedError

    def _answers(self) -> dict:
        raise NotImplementedError


class Choice(Item):
    """A question with options to choose from."""

    options: list[Option] = Field(min_length=2)

    @field_validator("options")
    @classmethod
    def _differ(cls, options: list[Option]) -> list[Option]:
        return _no_repeats(options, "option")

    def _meaning(self) -> list:
        return [self.kind, self.ask, [[option.text, option.right] for option in self.options]]

    def _answers(self) -> dict:
        return {"options": [option.page() for option in self.options]}


class One(Choice):
    """Choose one."""

    kind: Literal["one"]

    @field_validator("options")
    @classmethod
    def _one_right(cls, options: list[Option]) -> list[Option]:
        count = sum(option.right for option in options)
        if count != 1:
            raise ValueError(f"{count} options are right -> Mark exactly one with `right: true`, or use `kind: several`.")
        return options


class Several(Choice):
    """Choose all that are right."""

    kind: Literal["several"]

    @field_validator("options")
    @classmethod
    def _two_right(cls, options: list[Option]) -> list[Option]:
        count = sum(option.right for option in options)
        if count < 2:
            raise ValueError(f"{count} option{'s are' if count != 1 else ' is'} right -> Mark at least two, or use `kind: one`.")
        return options


class Order(Item):
    """Put the parts in order. Equal texts may change places."""

    kind: Literal["order"]
    parts: list[Part] = Field(min_length=3)

    def _meaning(self) -> list:
        return [self.kind, self.ask, [part.text for part in self.parts]]

    def _answers(self) -> dict:
        return {"parts": [part.page() for part in self.parts]}


class Match(Item):
    """Find what belongs together."""

    kind: Literal["match"]
    pairs: list[Pair] = Field(min_length=2)
    decoys: list[Text] = []

    def _meaning(self) -> list:
        return [self.kind, self.ask, [[pair.left, pair.right] for pair in self.pairs], self.decoys]

    def _answers(self) -> dict:
        return {"pairs": [pair.page() for pair in self.pairs], "decoys": [inline(decoy) for decoy in self.decoys]}


class Label(Item):
    """Name the parts of a plate."""

    kind: Literal["label"]
    plate: Name
    parts: list[Spot] = Field(min_length=2)
    decoys: list[Text] = []

    def _meaning(self) -> list:
        return [self.kind, self.ask, self.plate, [[spot.part, spot.text] for spot in self.parts], self.decoys]

    def _answers(self) -> dict:
        parts = [spot.page() for spot in self.parts]
        return {"plate": self.plate, "parts": parts, "decoys": [inline(decoy) for decoy in self.decoys]}


class Number(Item):
    """Estimate a number. Full marks within `tolerance` of the answer, none from `zero_at` on, and evenly less between."""

    kind: Literal["number"]
    answer: float
    unit: Text
    min: float
    max: float
    step: float = Field(1, gt=0)
    tolerance: float = Field(ge=0)
    zero_at: float = Field(gt=0)
    feedback: Distance

    @field_validator("max")
    @classmethod
    def _holds_the_answer(cls, top: float, info: ValidationInfo) -> float:
        if not {"min", "answer"} <= info.data.keys():
            return top
        low, answer = info.data["min"], info.data["answer"]
        if not low <= answer <= top or low == top:
            raise ValueError(f"the answer {answer:g} is not on a scale from {low:g} to {top:g} -> Widen `min` and `max`.")
        return top

    @field_validator("zero_at")
    @classmethod
    def _beyond_tolerance(cls, zero_at: float, info: ValidationInfo) -> float:
        if zero_at <= info.data.get("tolerance", 0):
            raise ValueError("no marks are left within the tolerance -> Make `zero_at` larger than `tolerance`.")
        return zero_at

    def _meaning(self) -> list:
        return [self.kind, self.ask, self.unit, self.answer, self.min, self.max, self.tolerance, self.zero_at]

    def _answers(self) -> dict:
        names = ("answer", "min", "max", "step", "tolerance", "zero_at")
        numbers = {name: int(value) if (value := getattr(self, name)) == int(value) else value for name in names}
        return numbers | {"unit": inline(self.unit), "feedback": self.feedback.page()}


class Repeat(Strict):
    """Stands for an item that is defined in another quiz of the bank."""

    repeat: Name


def _no_repeats(entries: list, kind: str) -> list:
    texts = [entry.text for entry in entries]
    for text in texts:
        if texts.count(text) > 1:
            raise ValueError(f"the {kind} {text!r} stands twice -> Keep one of them.")
    return entries


def _kind(data: Any) -> str | None:
    if isinstance(data, dict):
        return "repeat" if "repeat" in data else data.get("kind")
    return getattr(data, "kind", "repeat")


Entry = Annotated[
    Annotated[One, Tag("one")] | Annotated[Several, Tag("several")] | Annotated[Order, Tag("order")]
    | Annotated[Match, Tag("match")] | Annotated[Label, Tag("label")] | Annotated[Number, Tag("number")]
    | Annotated[Repeat, Tag("repeat")],
    Discriminator(
        _kind,
        custom_error_type="kind",
        custom_error_message=f"`kind` is missing or unknown -> Write one of {', '.join(KINDS)}, or `repeat: <id>` alone.",
    ),
]


class QuizFile(Strict):
    """One file of the bank. With `feedback: later`, answers are kept without saying what is right."""

    title: Text
    feedback: Literal["now", "later"] = "now"
    items: list[Entry] = Field(min_length=1)


@dataclass(frozen=True)
class Quiz:
    """A quiz with its repeats resolved."""

    name: str
    title: str
    feedback: str
    items: tuple[Item, ...]


def names(folder: Path = BANK) -> list[str]:
    """The names of all quizzes, sorted."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def load(name: str, folder: Path = BANK) -> Quiz:
    """The quiz of that name.

    Raises `UnknownName` where there is none, and `FaultyFile` with one fault for each thing that is wrong.
    """
    if name not in names(folder):
        raise unknown("quiz", name, names(folder))
    document, file = _read(folder, name)
    others = _repeated(folder, file)
    faults = [*_unknown_repeats(document, file, others), *_twice([(document, file)]), *_plate_faults(document, file)]
    if faults:
        raise FaultyFile(faults)
    resolved = (others[entry.repeat] if isinstance(entry, Repeat) else entry for entry in file.items)
    return Quiz(name, file.title, file.feedback, tuple(resolved))


def bank(folder: Path = BANK) -> dict[str, Item]:
    """Every item by its id, in the order of the files. Raises `FaultyFile` for the first faulty file, or for repeated ids."""
    files = [_read(folder, name) for name in names(folder)]
    if faults := list(_twice(files)):
        raise FaultyFile(faults)
    return {entry.id: entry for _, file in files for entry in _own(file)}


def faults(folder: Path = BANK) -> list[Fault]:
    """Everything that is wrong in any file of the bank."""
    found: set[Fault] = set()
    for attempt in (*(partial(load, name) for name in names(folder)), bank):
        try:
            attempt(folder)
        except FaultyFile as error:
            found.update(error.faults)
    return sorted(found)


def schema() -> dict:
    """The JSON schema of a quiz file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **QuizFile.model_json_schema()}


def write_schema() -> None:
    """Write `bank/schema.json`, which editors read."""
    text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    (BANK / "schema.json").write_text(text, encoding="utf-8")


def _read(folder: Path, name: str) -> tuple[Document, QuizFile]:
    path = folder / f"{name}.yaml"
    return _read_once(path, path.stat().st_mtime_ns)


@cache
def _read_once(path: Path, changed: int) -> tuple[Document, QuizFile]:
    document = read(path)
    return document, check(document, QuizFile)


def _repeated(folder: Path, file: QuizFile) -> dict[str, Item]:
    """The items that the file repeats, by id. The files that have them are read, not the whole bank, which takes a while."""
    wanted = {entry.repeat for entry in file.items if isinstance(entry, Repeat)}
    texts = {name: (folder / f"{name}.yaml").read_text(encoding="utf-8") for name in names(folder)} if wanted else {}
    holding = [name for name, text in texts.items() if any(f"id: {each}" in text for each in wanted)]
    found = {entry.id: entry for name in holding for entry in _own(_read(folder, name)[1])}
    return found if wanted <= found.keys() else bank(folder)


def _own(file: QuizFile) -> list[Item]:
    return [entry for entry in file.items if isinstance(entry, Item)]


def _unknown_repeats(document: Document, file: QuizFile, known: dict[str, Item]) -> Iterator[Fault]:
    for index, entry in enumerate(file.items):
        if isinstance(entry, Repeat) and entry.repeat not in known:
            problem, _, mend = str(unknown("item", entry.repeat, known)).partition(". ")
            yield document.fault(("items", index, "repeat"), problem, mend)


def _twice(files: list[tuple[Document, QuizFile]]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for document, file in files:
        for index, entry in enumerate(file.items):
            if isinstance(entry, Repeat):
                continue
            if entry.id in seen:
                problem = f"the id {entry.id!r} is already used in {seen[entry.id]}"
                yield document.fault(("items", index, "id"), problem, "Give this item an id of its own.")
            seen[entry.id] = document.path.name


def _plate_faults(document: Document, file: QuizFile) -> Iterator[Fault]:
    for index, entry in enumerate(file.items):
        if not isinstance(entry, Label):
            continue
        parts = part_ids(entry.plate)
        if parts is None:
            yield document.fault(("items", index, "plate"), *_no_plate(entry.plate))
            continue
        for place, spot in enumerate(entry.parts):
            if spot.part not in parts:
                problem, _, mend = str(unknown("part", spot.part, parts)).partition(". ")
                yield document.fault(("items", index, "parts", place, "part"), f"{problem} on {entry.plate!r}", mend)


def part_ids(plate: str) -> set[str] | None:
    """The ids of the parts on a plate; None where there is no such plate."""
    from lumbar.figures import blank

    try:
        return set(re.findall(r'\bid="([^"]+)"', blank(plate)))
    except UnknownName:
        return None


def _no_plate(name: str) -> tuple[str, str]:
    from lumbar.figures import names as plates

    problem, _, mend = str(unknown("figure", name, plates())).partition(". ")
    return problem, mend


if __name__ == "__main__":
    write_schema()
