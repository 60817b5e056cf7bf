"""A QTI package read back: what Canvas would ask, mark and say is what the bank holds."""

import io
import itertools
import re
import zipfile
from pathlib import Path

import pytest

from lumbar.export import canvas, pictures
from lumbar.export.words import rich, sides, silent
from lumbar.quiz.grade import mark
from lumbar.quiz.items import Item, Quiz, bank, load
from lumbar.quiz.texts import inline, plain

etree = pytest.importorskip("lxml.etree")
ITEMS = list(bank().values())
EVERY = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
GRAMMAR = Path(__file__).parent / "qti.rng"
NS = {"q": canvas.QTI}


def package(*items: Item, exam: bool = False) -> zipfile.ZipFile:
    made = canvas.write([Quiz("08-check", "Check yourself", "now", items)], "0.1.0", exam)
    return zipfile.ZipFile(io.BytesIO(made.files["lumbar-canvas.zip"]))


def root(*items: Item):
    return etree.fromstring(package(*items).read("08-check/08-check.xml"))


def texts(element, path: str) -> list[str]:
    return [found.text or "" for found in element.iterfind(path, NS)]


def text(element, path: str) -> str:
    return element.findtext(path, "", NS)


def holds(condition, given: dict[str, list[str]]) -> bool:
    """Whether a condition of the file holds for these answers, as QTI 1.2 says."""
    tag = etree.QName(condition).localname
    inner = [holds(child, given) for child in condition] if tag in ("conditionvar", "and", "or", "not") else []
    if inner:
        return {"or": any(inner), "not": not inner[0]}.get(tag, all(inner))
    if tag == "other":
        return True
    values = given.get(condition.get("respident"), [])
    if tag == "varequal":
        return condition.text in values
    limit = float(condition.text)
    return all(float(value) >= limit if tag == "vargte" else float(value) <= limit for value in values)


def outcome(item, given: dict[str, list[str]]) -> tuple[float, list[str]]:
    """The score out of 1 and the names of the comments shown."""
    score, shown = 0.0, []
    for condition in item.iterfind(".//q:respcondition", NS):
        if not holds(condition.find("q:conditionvar", NS), given):
            continue
        change = condition.find("q:setvar", NS)
        if change is not None:
            score = float(change.text) + (score if change.get("action") == "Add" else 0)
        shown += [comment.get("linkrefid") for comment in condition.iterfind("q:displayfeedback", NS)]
        if condition.get("continue") == "No":
            break
    return score / 100, shown


@EVERY
def test_a_question_asks_marks_and_tells_what_the_bank_holds(item):
    found = root(item).find(".//q:item", NS)
    assert found.get("ident") == f"lumbar-{item.id}-{item.version}"
    assert rich(item.ask) in text(found, "q:presentation/q:material/q:mattext")
    told = found.findall("q:itemfeedback", NS)
    comments = {comment.get("ident"): text(comment, "q:flow_mat/q:material/q:mattext") for comment in told}
    assert rich(item.why) in comments["general_fb"]
    linked = {link.get("linkrefid") for link in found.iterfind(".//q:displayfeedback", NS)}
    assert linked == {*comments}
    READ[item.kind](item, found, comments)


def choices(item, found, comments):
    labels = found.findall(".//q:response_label", NS)
    shown = {label.get("ident"): text(label, "q:material/q:mattext") for label in labels}
    assert sorted(shown.values()) == sorted(inline(option.text) for option in item.options)
    place = {ident: next(i for i, o in enumerate(item.options) if inline(o.text) == shown[ident]) for ident in shown}
    for ident, i in place.items():
        assert rich(item.options[i].feedback) in comments[f"{ident}_fb"]
        assert f"{ident}_fb" in outcome(found, {"response1": [ident]})[1]
    sizes = [1] if item.kind == "one" else range(1, len(place) + 1)
    page = item.page()
    for picked in itertools.chain.from_iterable(itertools.combinations(place, size) for size in sizes):
        response = [place[ident] for ident in picked]
        right = mark(page, response if item.kind == "several" else response[0]).right
        assert outcome(found, {"response1": [*picked]})[0] == right


def pairs(item, found, comments):
    responses = found.findall(".//q:response_lid", NS)
    lefts = [text(response, "q:material/q:mattext") for response in responses]
    menus = [
        {text(name, "q:material/q:mattext"): name.get("ident") for name in menu.iterfind(".//q:response_label", NS)}
        for menu in responses
    ]
    if item.kind == "order":
        wanted = [(str(place), plain(part.text)) for place, part in enumerate(item.parts, 1)]
        assert [*menus[0]] != [name for _, name in wanted]
    else:
        number = itertools.count(1)
        start = (lambda: f"{next(number)}. ") if item.kind == "label" else lambda: ""
        wanted = [(start() + plain(left), plain(right)) for left, right in sides(item)]
    assert lefts == [left for left, _ in wanted]
    assert all({*menu} == {*(name for _, name in wanted), *map(plain, getattr(item, "decoys", []))} for menu in menus)
    right = {response.get("ident"): [menu[name]] for response, menu, (_, name) in zip(responses, menus, wanted)}
    assert outcome(found, right)[0] == pytest.approx(1, abs=1e-3)
    first = responses[0].get("ident")
    wrong = next(ident for ident in menus[0].values() if [ident] != right[first])
    assert outcome(found, right | {first: [wrong]})[0] == pytest.approx(1 - 1 / len(wanted), abs=1e-3)
    entries = getattr(item, "parts", None) or item.pairs
    assert all(rich(entry.feedback) in comments["general_fb"] for entry in entries)


def numbers(item, found, comments):
    assert rich(item.feedback.close) in comments["correct_fb"]
    wrong = comments["general_incorrect_fb"]
    assert f"Too low: {rich(item.feedback.low)}" in wrong and f"Too high: {rich(item.feedback.high)}" in wrong
    steps, page = range(round((item.max - item.min) / item.step) + 1), item.page()
    for value in (round(item.min + step * item.step, 6) for step in steps):
        score, shown = outcome(found, {"response1": [str(value)]})
        assert score == mark(page, str(value)).right
        assert shown[-1] == ("correct_fb" if score else "general_incorrect_fb")


READ = {"one": choices, "several": choices, "order": pairs, "match": pairs, "label": pairs, "number": numbers}


def test_packages_of_all_quizzes_follow_the_grammar_and_a_broken_one_does_not():
    grammar = etree.RelaxNG(etree.parse(GRAMMAR))
    for quiz in map(load, ("00-before", "01-check", "08-check", "13-after")):
        made = etree.fromstring(package(*quiz.items).read("08-check/08-check.xml"))
        assert grammar.validate(made), grammar.error_log
        made.find(".//q:resprocessing", NS).append(etree.SubElement(made, f"{{{canvas.QTI}}}setvar"))
        assert not grammar.validate(made)


def test_the_package_lists_every_file_once_and_holds_the_pictures():
    archive = package(*(item for item in ITEMS if item.kind == "label"))
    manifest = etree.fromstring(archive.read("imsmanifest.xml"))
    listed = [file.get("href") for file in manifest.iter(f"{{{canvas.CONTENT}}}file")]
    assert sorted([*listed, "imsmanifest.xml"]) == sorted(archive.namelist())
    identifiers = [resource.get("identifier") for resource in manifest.iter(f"{{{canvas.CONTENT}}}resource")]
    assert len({*identifiers}) == len(identifiers)
    for item in ITEMS:
        if item.kind == "label":
            shown = text(root(item), ".//q:presentation/q:material/q:mattext")
            address = re.search('src="%24IMS-CC-FILEBASE%24/([^"]+)"', shown)[1]
            assert archive.read(address) == pictures.picture(item, canvas.SHARPNESS).data
    assert all(entry.date_time == (1980, 1, 1, 0, 0, 0) for entry in archive.infolist())


def test_identifiers_stand_once():
    idents = [item.get("ident") for item in root(*ITEMS).iterfind(".//q:item", NS)]
    assert len({*idents}) == len(ITEMS)
    for item in root(*ITEMS).iterfind(".//q:item", NS):
        for scope in (*item.iterfind(".//q:render_choice", NS), item.find("q:presentation", NS)):
            inner = [child.get("ident") for child in scope if child.get("ident")]
            assert len({*inner}) == len(inner)


def test_an_exam_has_its_keys_and_nothing_that_teaches():
    for item in ITEMS:
        made = etree.fromstring(package(silent(item), exam=True).read("08-check/08-check.xml"))
        assert made.find(".//q:itemfeedback", NS) is None and made.find(".//q:displayfeedback", NS) is None
        assert made.find(".//q:setvar", NS) is not None
        assert rich(item.why) not in etree.tostring(made, encoding="unicode")
