"""Moodle XML read back as Moodle reads it: the same questions, the same marks, the same words."""

import base64
import io
import itertools
import re
from xml.etree import ElementTree

import matplotlib.image
import numpy as np
import pytest

from lumbar.export import moodle, pictures
from lumbar.export.words import rich, sides, silent
from lumbar.figures import plate
from lumbar.figures.spots import _outline, spots
from lumbar.quiz.grade import mark
from lumbar.quiz.items import Item, Number, Order, Quiz, Several, bank, load, names
from lumbar.quiz.texts import inline, plain

ITEMS = list(bank().values())
EVERY = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
LABELS = pytest.mark.parametrize("item", [item for item in ITEMS if item.kind == "label"], ids=lambda item: item.id)


def written(*items: Item, exam: bool = False) -> ElementTree.Element:
    package = moodle.write([Quiz("08-check", "Check yourself", "now", items)], "0.1.0", exam)
    return ElementTree.fromstring(package.files["lumbar-moodle.xml"])


def question(item: Item, twin: bool = False) -> ElementTree.Element:
    found = [entry for entry in written(item) if entry.get("type") != "category"]
    return found[1 if twin else 0]


def said(element: ElementTree.Element, path: str) -> str:
    return element.find(f"{path}/text").text or ""


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def unwrapped(text: str) -> str:
    """Feedback without the paragraph it was put into."""
    return text.removeprefix("<p>").removesuffix("</p>") if text.count("<p>") == 1 else text


@EVERY
def test_a_question_has_what_every_question_needs(item):
    found = question(item)
    assert said(found, "name") == item.id
    assert found.findtext("idnumber") == f"{item.id}-{item.version}"
    assert rich(item.ask) in said(found, "questiontext") and rich(item.why) in said(found, "generalfeedback")
    tags = [tag.findtext("text") for tag in found.findall("tags/tag")]
    assert {*item.claims, item.level, *item.sources} <= {*tags}
    hints = [unwrapped(said(found, "hint"))] if item.hint else []
    assert hints == ([rich(item.hint)] if item.hint else []) and (found.find("hint") is not None) == bool(item.hint)


@EVERY
def test_moodle_gives_the_mark_that_the_course_gives(item):
    found, page = question(item), item.page()
    for response, given, close in RESPONSES[item.kind](item, found):
        assert given == pytest.approx(mark(page, response).score, abs=close), response


def choices(item, found):
    answers = found.findall("answer")
    shares = {answer.findtext("text"): float(answer.get("fraction")) for answer in answers}
    assert found.findtext("single") == str(item.kind == "one").lower()
    assert {abs(share) for share in shares.values()} <= {float(fraction) for fraction in moodle.FRACTIONS}
    assert sum(share for share in shares.values() if share > 0) == pytest.approx(100, abs=1e-3)
    for option in item.options:
        answer = next(answer for answer in answers if answer.findtext("text") == inline(option.text))
        assert unwrapped(said(answer, "feedback")) == rich(option.feedback)
    places = range(len(item.options))
    sizes = [1] if item.kind == "one" else [1, 2, 3, len(places)]
    for picked in itertools.chain.from_iterable(itertools.combinations(places, size) for size in sizes):
        total = max(0, sum(shares[inline(item.options[i].text)] for i in picked)) / 100
        yield ([*picked] if item.kind == "several" else picked[0]), total, 1e-6


def ordering(item, found):
    assert found.findtext("gradingtype") == "RELATIVE_NEXT_EXCLUDE_LAST" and found.findtext("selecttype") == "ALL"
    texts = [answer.findtext("text") for answer in found.findall("answer")]
    assert texts == [inline(part.text) for part in item.parts]
    told = said(found, "generalfeedback")
    assert all(rich(part.feedback) in told for part in item.parts)
    places = [*range(len(texts))]
    for response in (places, places[::-1], places[1:] + places[:1], [places[1], places[0], *places[2:]]):
        yield response, sum(b == a + 1 for a, b in itertools.pairwise(response)) / (len(places) - 1), 1e-9


def matching(item, found):
    pairs = [(sub.findtext("text") or "", unescaped(said(sub, "answer"))) for sub in found.findall("subquestion")]
    wanted = [(left, right) for left, right in pairs if left]
    assert [left for left, _ in wanted] == [inline(left) for left, _ in sides(item)]
    assert [right for left, right in pairs if not left] == [plain(decoy) for decoy in item.decoys]
    told = said(found, "generalfeedback")
    assert all(rich(pair.feedback) in told for pair in item.pairs)
    offered = [plain(name) for name in (*(right for _, right in sides(item)), *item.decoys)]
    for response in (range(len(wanted)), [len(offered) - 1] * len(wanted), [0] * len(wanted)):
        right = sum(offered[i] == name for i, (_, name) in zip(response, wanted, strict=True))
        yield [*response], right / len(wanted), 1e-9


def dragging(item, found):
    drags = {drag.findtext("no"): unescaped(drag.findtext("text")) for drag in found.findall("drag")}
    drops = [drags[drop.findtext("choice")] for drop in found.findall("drop")]
    assert drops == [plain(spot.text) for spot in item.parts]
    assert {*drags.values()} == {plain(text) for text in (*(spot.text for spot in item.parts), *item.decoys)}
    assert all(rich(spot.feedback) in said(found, "generalfeedback") for spot in item.parts)
    assert all(inline(spot.where) in said(found, "questiontext") for spot in item.parts)
    names = [plain(spot.text) for spot in item.parts]
    for response in itertools.permutations(range(len(names))):
        yield [*response], sum(names[i] == drop for i, drop in zip(response, drops)) / len(drops), 1e-9


def numerical(item, found):
    def fitting(value):  # the first that fits, as Moodle looks
        return next(a for a in found.findall("answer") if a.findtext("text") == "*" or near(a, value))

    def near(answer, value):
        return abs(value - float(answer.findtext("text"))) <= float(answer.findtext("tolerance")) + 1e-9

    assert said(fitting(item.answer), "feedback") == f"<p>{rich(item.feedback.close)}</p>"
    beyond = item.tolerance + (item.zero_at - item.tolerance) / 2
    for value, text in ((item.answer - beyond, item.feedback.low), (item.answer + beyond, item.feedback.high)):
        if item.min <= value <= item.max:
            assert said(fitting(value), "feedback") == f"<p>{rich(text)}</p>"
    page = item.page()
    for value in np.linspace(item.min - 1, item.max + 1, 173):
        exact = mark(page, f"{value:.9f}").score
        assert (exact == 1) == (fitting(value).get("fraction") == "100")
        yield f"{value:.9f}", float(fitting(value).get("fraction")) / 100, 0.1
    yield f"{item.answer:.9f}", float(fitting(item.answer).get("fraction")) / 100, 0


RESPONSES = {
    "one": choices, "several": choices, "order": ordering, "match": matching, "label": dragging, "number": numerical,
}  # fmt: skip


@LABELS
def test_a_twin_asks_the_same_with_menus(item):
    found = question(item, twin=True)
    assert found.get("type") == "matching" and found.findtext("idnumber").endswith(f"{item.version}-twin")
    pairs = [(sub.findtext("text") or "", unescaped(said(sub, "answer"))) for sub in found.findall("subquestion")]
    wanted = [(f"{n}. {inline(spot.where)}", plain(spot.text)) for n, spot in enumerate(item.parts, 1)]
    assert pairs == [*wanted, *(("", plain(decoy)) for decoy in item.decoys)]
    file = found.find("questiontext/file")
    assert f'src="@@PLUGINFILE@@/{file.get("name")}"' in said(found, "questiontext")
    assert base64.b64decode(file.text) == pictures.picture(item).data


@LABELS
def test_a_marker_belongs_where_the_number_stands_and_the_number_on_its_part(item, monkeypatch):
    found = question(item)
    shown = pixels(base64.b64decode(found.findtext("file")))
    height, width = shown.shape[:2]
    assert width <= 600 and height <= 400
    circles = [[int(n) for n in re.split("[,;]", drop.findtext("coords"))] for drop in found.findall("drop")]
    parts = tuple(spot.part for spot in item.parts)
    drawn, near = np.abs(shown - without_numbers(item, parts, monkeypatch)).sum(axis=2), pictures.RING + 2
    for x, y, reach in circles:
        ys, xs = np.nonzero(drawn[y - near : y + near + 1, x - near : x + near + 1])
        assert abs((xs.min() + xs.max()) / 2 - near) <= 1.5 and abs((ys.min() + ys.max()) / 2 - near) <= 1.5
        assert reach >= pictures.RING
    for one, other in itertools.combinations(circles, 2):
        assert np.hypot(one[0] - other[0], one[1] - other[1]) > one[2] + other[2]
    entry = plate(item.plate)
    page = entry.page(bare=True)
    for part, (x, y) in zip(parts, spots(entry, parts)):
        assert _outline(page, part).contains_point((x, page.height * 72 / 25.4 - y)), part


def pixels(data: bytes) -> np.ndarray:
    return matplotlib.image.imread(io.BytesIO(data))[:, :, :3]


def without_numbers(item, parts, monkeypatch) -> np.ndarray:
    with monkeypatch.context() as patch:
        patch.setattr(pictures, "_ring", lambda *_: None)
        return pixels(pictures._drawn.__wrapped__(item.plate, parts, 1).data)


def test_every_question_of_the_bank_has_an_identifier_of_its_own_in_a_category_of_its_lesson():
    package = moodle.write([load(name) for name in names() if not name.endswith("-think")], "0.1.0", False)
    root = ElementTree.fromstring(package.files["lumbar-moodle.xml"])
    paths = [said(entry, "category") for entry in root if entry.get("type") == "category"]
    assert len({*paths}) == len(paths) and "top/Lumbar 0.1.0/08 From tension to the joints" in paths
    identifiers = [entry.findtext("idnumber") for entry in root if entry.get("type") != "category"]
    twins = [name for name in identifiers if name.endswith("-twin")]
    assert len({*identifiers}) == len(identifiers) == len(ITEMS) + len(twins)
    assert len(twins) == sum(item.kind == "label" for item in ITEMS)


def test_in_an_exam_nothing_teaches_and_nothing_else_changes():
    for item in ITEMS:
        root = written(silent(item), exam=True)
        text = ElementTree.tostring(root, encoding="unicode")
        assert root.find(".//hint") is None and not any(e.findtext("text") for e in root.iter("generalfeedback"))
        assert not any(e.findtext("text") for e in root.iter("feedback")) and "exam/" in text
        answers = [q.findall("answer") for q in (root[1], question(item))]
        exam, practice = ([(a.findtext("text"), a.get("fraction")) for a in found] for found in answers)
        assert exam == practice


def test_marks_that_moodle_does_not_know_are_left_out_and_said():
    item = next(item for item in ITEMS if isinstance(item, Several))
    options = [item.options[0].model_copy(update={"text": f"Option {i}", "right": i < 11}) for i in range(13)]
    many = item.model_copy(update={"options": options})
    package = moodle.write([Quiz("08-check", "Check", "now", (many,))], "0.1.0", False)
    assert b"Option 1" not in package.files["lumbar-moodle.xml"]
    assert [ids for sentence, ids in package.lost.items() if sentence.startswith("Left out")] == [[item.id]]


def test_a_tolerance_wider_than_the_scale_still_gets_full_marks_on_all_of_it():
    item = next(item for item in ITEMS if isinstance(item, Number))
    wide = item.model_copy(update={"answer": 2.0, "min": 0.0, "max": 50.0, "tolerance": 5.0, "zero_at": 20.0})
    tried = RESPONSES["number"](wide, question(wide))
    given = [(float(response), given, mark(wide.page(), response).score) for response, given, _ in tried]
    assert [score for value, score, _ in given if 0 <= value <= 7] == [1] * sum(0 <= value <= 7 for value, *_ in given)
    assert all(abs(score - exact) <= 0.1 for _, score, exact in given)


def test_parts_with_the_same_words_are_said_to_be_lost():
    item = next(item for item in ITEMS if isinstance(item, Order))
    same = item.model_copy(update={"parts": [*item.parts, item.parts[0]]})
    lost = moodle.write([Quiz("08-check", "Check", "now", (same,))], "0.1.0", False).lost
    assert [ids for sentence, ids in lost.items() if sentence.startswith("Parts with the same")] == [[item.id]]
