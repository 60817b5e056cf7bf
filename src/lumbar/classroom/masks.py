"""An item as a class may see it before the answer is out, and what comes back turned into the bank's own terms.

Pages are plain JSON as `Item.page()` gives them. An arrangement is a permutation: the index in the bank file at each
place of the display. It is of the options, of the parts to put in order, or of the names on offer (the right ones and
then the decoys); for a number it is empty. The class's seed decides it, so everyone sees the same.
"""

import hmac
import re
from typing import Any

from lumbar.quiz.grade import mark

SECRET = ("hint", "why", "sources", "answer", "tolerance", "zero_at", "feedback")
LONGEST = 40  # signs of a number
ID = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')


class Unfit(ValueError):
    """This response is no answer to the item."""


def arrangement(item: dict, seed: str) -> list[int]:
    """The order in which a class with that seed sees the item; for parts to put in order, never the right one."""
    order = sorted(range(_count(item)), key=lambda i: _drawn(seed, f"{item['id']} {i}"))
    if item["kind"] == "order" and mark(item, order).right:
        order = [*order[1:], order[0]]
    return order


def masked(item: dict, order: list[int], seed: str) -> dict:
    """The item with nothing that tells what is right, and with what it offers in the order of the display.

    Names to match are dealt out blindly over pairs and decoys: they are on offer, and say nothing.
    """
    shown = {key: value for key, value in veiled(item, seed).items() if key not in SECRET}
    if "options" in item:
        shown["options"] = [{"text": item["options"][i]["text"]} for i in order]
    elif item["kind"] == "order":
        shown["parts"] = [{"text": item["parts"][i]["text"]} for i in order]
    elif names := names_of(item):
        key, name = ("parts", "text") if "plate" in item else ("pairs", "right")
        dealt = [names[i] for i in order]
        shown[key] = [_bare(row, name, text) for row, text in zip(shown[key], dealt, strict=False)]
        shown |= {"decoys": dealt[len(item[key]):]} if "decoys" in item else {}
    return shown


def veiled(item: dict, seed: str) -> dict:
    """The whole item, except for two names that would tell a searching mind what is right before it is out.

    The version is a hash of the item with its answer, and few enough answers are possible to try them all; the parts of
    a plate bear their names as ids. Both are replaced, here and in `veiled_plate`, so that they still fit one another.
    """
    shown = item | {"version": veiled_version(item, seed)}
    if "plate" in item:
        shown["parts"] = [part | {"part": _veiled_id(item["plate"], part["part"], seed)} for part in item["parts"]]
    return shown


def veiled_version(item: dict, seed: str) -> str:
    """The item's version as this class knows it."""
    return _drawn(seed, f"version {item['id']} {item['version']}")[:10]


def veiled_plate(name: str, svg: str, seed: str) -> str:
    """The plate with ids that say nothing. They begin with its name, as `quiz.widget.plates` makes them."""
    def veil(found: re.Match) -> str:
        return f"{found[1]}{name}-{_veiled_id(name, found[2].removeprefix(f'{name}-'), seed)}"

    return ID.sub(veil, svg)


def canonical(item: dict, order: list[int], response: Any) -> Any:
    """A response to the masked item in the bank's indices, in one form for equal answers. Raises `Unfit`."""
    kind = item["kind"]
    if kind == "number":
        answer = response.strip(" ") if isinstance(response, str) and len(response) <= LONGEST else None
    elif kind == "one":
        answer = _index(order, response)
    else:
        if not isinstance(response, list) or len(response) > len(order):
            raise Unfit
        answer = [None if i is None and kind in ("match", "label") else _index(order, i) for i in response]
        answer = _settled(item, answer)
    if not mark(item, answer).answered:
        raise Unfit
    return answer


def displayed(item: dict, order: list[int], answer: Any) -> Any:
    """The other way round: a canonical response in the indices of the masked item."""
    if item["kind"] == "number":
        return answer
    place = {index: at for at, index in enumerate(order)}
    if item["kind"] == "one":
        return place[answer]
    places = [place.get(index) for index in answer]
    return sorted(places) if item["kind"] == "several" else places


def names_of(item: dict) -> list[str]:
    """What a match or label offers, as grade.py counts it: the right names, then the decoys; [] for other kinds."""
    rows, name = (item.get("pairs"), "right") if item["kind"] == "match" else (item.get("parts"), "text")
    return [row[name] for row in rows] + item.get("decoys", []) if item["kind"] in ("match", "label") else []


def _settled(item: dict, answer: list) -> list:
    if item["kind"] == "several":
        return sorted(set(answer))
    if names := names_of(item):
        return [None if i is None else names.index(names[i]) for i in answer]  # equal names are one answer
    return answer


def _count(item: dict) -> int:
    if item["kind"] == "number":
        return 0
    return len(names_of(item) or item.get("options") or item["parts"])


def _index(order: list[int], place: Any) -> int:
    if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < len(order):
        raise Unfit
    return order[place]


def _bare(row: dict, name: str, text: str) -> dict:
    return {key: value for key, value in row.items() if key != "feedback"} | {name: text}


def _veiled_id(plate: str, part: str, seed: str) -> str:
    return "p" + _drawn(seed, f"part {plate} {part}")[:8]


def _drawn(seed: str, what: str) -> str:
    return hmac.new(seed.encode(), what.encode(), "sha256").hexdigest()
