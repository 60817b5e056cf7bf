"""QTI 1.2 for Canvas: a zip with an assessment for each quiz, and the pictures that they show.

What Canvas reads of QTI 1.2 is told by its importer, github.com/instructure/qti, and by github.com/gpoore/text2qti.
"""

import io
import zipfile
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from lumbar.export.package import Package, losses
from lumbar.export.pictures import picture
from lumbar.export.words import (
    amount, asked, block, clean, distances, explained, offered, options, plain_sides, rich, task,
)  # fmt: skip
from lumbar.quiz.items import Choice, Item, Label, Match, Number, Order, Quiz, Several
from lumbar.quiz.paper import by_alphabet
from lumbar.quiz.texts import inline, plain

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
CONTENT = "http://www.imsglobal.org/xsd/imscp_v1p1"
TYPES = {
    "one": "multiple_choice_question", "several": "multiple_answers_question", "number": "numerical_question",
    "order": "matching_question", "match": "matching_question", "label": "matching_question",
}  # fmt: skip
PLACES = "Give each place its part: 1 is the first."
SHARPNESS = 2  # pixels of a picture for each that it takes on the page
LOST = (
    (
        "Becomes “give each place its part”: the file has no kind for putting things in order that Canvas takes in. "
        "A mark then counts right places, where the course counts right neighbours.",
        lambda item: isinstance(item, Order),
    ),
    (
        "Becomes a menu for each numbered part of a picture, in place of naming parts on the picture.",
        lambda item: isinstance(item, Label),
    ),
    (
        "What is said on each part stands in the general comment, which shows after the whole question.",
        lambda item: isinstance(item, Order | Match | Label) and explained(item),
    ),
    (
        "Partial marks for a number are lost: within the tolerance it is right, else wrong.",
        lambda item: isinstance(item, Number),
    ),
    (
        "What is said to a number that is too low or too high stands together in the comment for wrong answers.",
        lambda item: isinstance(item, Number) and distances(item),
    ),
    (
        "The file says all or nothing for several right options. Canvas decides by itself on partial marks.",
        lambda item: isinstance(item, Several),
    ),
    ("Hints are lost: Canvas has none.", lambda item: item.hint),
)  # fmt: skip
RULES = (
    "Claim, objective and level of a question are not in the file.",
    "“Sure or not sure” is not in the file: Canvas does not ask for it.",
)


def write(quizzes: Iterable[Quiz], version: str, exam: bool) -> Package:
    """One zip with these quizzes, the same bytes each time, and what it could not carry."""
    quizzes = list(quizzes)
    items = [item for quiz in quizzes for item in quiz.items]
    images = {_address(item): picture(item, SHARPNESS).data for item in items if isinstance(item, Label)}
    files = {f"{quiz.name}/{quiz.name}.xml": _xml(_assessment(quiz, exam)) for quiz in quizzes}
    whole = {"imsmanifest.xml": _xml(_manifest(quizzes, images, version)), **files, **images}
    return Package({"lumbar-canvas.zip": _zip(whole)}, {rule: [] for rule in RULES} | losses(items, LOST))


def _zip(files: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on Windows
            archive.writestr(entry, files[name])  # stored, since what deflate makes depends on zlib's version
    return raw.getvalue()


def _xml(root: Element) -> bytes:
    indent(root, " ")
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n").encode()


def _manifest(quizzes: list[Quiz], images: dict[str, bytes], version: str) -> Element:
    root = Element("manifest", {"xmlns": CONTENT, "identifier": f"lumbar-{version}"})
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "IMS Content"
    SubElement(metadata, "schemaversion").text = "1.1.3"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for quiz in quizzes:
        _resource(resources, f"lumbar-{quiz.name}", "imsqti_xmlv1p2", f"{quiz.name}/{quiz.name}.xml")
    for address in sorted(images):
        _resource(resources, address.replace("/", "-"), "webcontent", address)
    return root


def _resource(resources: Element, name: str, kind: str, address: str) -> None:
    resource = SubElement(resources, "resource", identifier=name, type=kind, href=address)
    SubElement(resource, "file", href=address)


def _assessment(quiz: Quiz, exam: bool) -> Element:
    root = Element("questestinterop", xmlns=QTI)
    title = f"{quiz.name[:2]} {quiz.title}"
    ident = f"lumbar-{quiz.name}{'-exam' if exam else ''}"
    assessment = SubElement(root, "assessment", ident=ident, title=clean(title))
    section = SubElement(assessment, "section", ident="root_section")
    for item in quiz.items:
        _item(section, item)
    return root


def _item(section: Element, item: Item) -> None:
    entry = SubElement(section, "item", ident=f"lumbar-{item.id}-{item.version}", title=item.id)
    metadata = SubElement(SubElement(entry, "itemmetadata"), "qtimetadata")
    for label, value in (("question_type", TYPES[item.kind]), ("points_possible", "1")):
        pair = SubElement(metadata, "qtimetadatafield")
        SubElement(pair, "fieldlabel").text = label
        SubElement(pair, "fieldentry").text = value
    presentation = SubElement(entry, "presentation")
    _material(presentation, asked(item, PLACES if isinstance(item, Order) else task(item)) + _shown(item))
    marking = SubElement(entry, "resprocessing")
    score = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
    SubElement(SubElement(marking, "outcomes"), "decvar", score)
    comments = {"general_fb": explained(item)} | KINDS[item.kind](presentation, marking, item)
    if comments["general_fb"]:
        marking.insert(1, _comment("general_fb"))
    for ident, text in comments.items():
        if text:
            _material(SubElement(SubElement(entry, "itemfeedback", ident=ident), "flow_mat"), block(text))


def _shown(item: Item) -> str:
    if not isinstance(item, Label):
        return ""
    image = picture(item, SHARPNESS)
    size = f'width="{image.width // SHARPNESS}" height="{image.height // SHARPNESS}"'
    alt = f"A picture with {len(item.parts)} numbered parts."
    return f'<p><img src="%24IMS-CC-FILEBASE%24/{_address(item)}" alt="{alt}" {size}/></p>'


def _address(item: Label) -> str:
    return f"pictures/{item.id}.png"


def _choice(presentation: Element, marking: Element, item: Choice) -> dict[str, str]:
    several = isinstance(item, Several)
    idents = [f"a{place}" for place in range(1, len(item.options) + 1)]
    answers = {ident: inline(option.text) for ident, option in zip(idents, options(item))}
    _menu(presentation, "response1", answers, "Multiple" if several else "Single")
    comments = {f"{ident}_fb": rich(option.feedback) for ident, option in zip(idents, options(item))}
    for ident in idents:
        if comments[f"{ident}_fb"]:
            marking.append(_comment(f"{ident}_fb", answer=ident))
    right = SubElement(marking, "respcondition", {"continue": "No"})
    holds = SubElement(right, "conditionvar")
    if several:
        holds = SubElement(holds, "and")
    for ident, option in zip(idents, options(item)):
        if option.right or several:
            _equal(holds if option.right else SubElement(holds, "not"), "response1", ident)
    _score(right, "Set", 100)
    return comments


def _pairs(presentation: Element, marking: Element, item: Item) -> dict[str, str]:
    """A menu for each left side, and a share of the mark for each right choice."""
    pairs, names = _laid_out(item)
    for number, (left, right) in enumerate(pairs, 1):
        answers = {f"m{place}": name for place, name in enumerate(names, 1)}
        _menu(presentation, f"response_{number}", answers, "Single", left)
        gained = SubElement(marking, "respcondition")
        _equal(SubElement(gained, "conditionvar"), f"response_{number}", f"m{names.index(right) + 1}")
        _score(gained, "Add", 100 / len(pairs))
    return {}


def _laid_out(item: Item) -> tuple[list[tuple[str, str]], list[str]]:
    """What stands on the left, each with the name that belongs to it, and all names on offer, in plain words."""
    if isinstance(item, Order):
        texts = [part.text for part in item.parts]
        pairs, names = [(str(place), plain(text)) for place, text in enumerate(texts, 1)], by_alphabet(item, texts)
    else:
        pairs, names = plain_sides(item), offered(item)
    return pairs, list(dict.fromkeys(map(plain, names)))


def _number(presentation: Element, marking: Element, item: Number) -> dict[str, str]:
    response = SubElement(presentation, "response_str", ident="response1", rcardinality="Single")
    SubElement(SubElement(response, "render_fib", fibtype="Decimal"), "response_label", ident="answer1")
    right = SubElement(marking, "respcondition", {"continue": "No"})
    either = SubElement(SubElement(right, "conditionvar"), "or")
    _equal(either, "response1", amount(item.answer))
    both = SubElement(either, "and")
    low, high = max(item.min, item.answer - item.tolerance), min(item.max, item.answer + item.tolerance)
    for tag, value in (("vargte", low), ("varlte", high)):
        SubElement(both, tag, respident="response1").text = amount(value)
    _score(right, "Set", 100)
    said = dict(distances(item))
    wrong = "".join(f"<p>{name}: {text}</p>" for name, text in said.items() if name != "Close enough")
    if said:
        SubElement(right, "displayfeedback", feedbacktype="Response", linkrefid="correct_fb")
        marking.append(_comment("general_incorrect_fb"))
    return {"correct_fb": said.get("Close enough", ""), "general_incorrect_fb": wrong}


def _menu(presentation: Element, ident: str, answers: dict[str, str], cardinality: str, left: str = "") -> None:
    response = SubElement(presentation, "response_lid", ident=ident, rcardinality=cardinality)
    if left:
        _material(response, left, "text/plain")
    choices, kind = SubElement(response, "render_choice"), "text/plain" if left else "text/html"
    for answer, text in answers.items():
        _material(SubElement(choices, "response_label", ident=answer), text, kind)


def _material(parent: Element, text: str, kind: str = "text/html") -> None:
    SubElement(SubElement(parent, "material"), "mattext", texttype=kind).text = clean(text)


def _comment(ident: str, answer: str | None = None) -> Element:
    """Show the feedback `ident` when that answer is chosen; without one, always."""
    shown = Element("respcondition", {"continue": "Yes"})
    holds = SubElement(shown, "conditionvar")
    if answer is None:
        SubElement(holds, "other")
    else:
        _equal(holds, "response1", answer)
    SubElement(shown, "displayfeedback", feedbacktype="Response", linkrefid=ident)
    return shown


def _equal(parent: Element, response: str, value: str) -> None:
    SubElement(parent, "varequal", respident=response).text = value


def _score(condition: Element, action: str, value: float) -> None:
    SubElement(condition, "setvar", action=action, varname="SCORE").text = f"{value:.2f}".rstrip("0").rstrip(".")


KINDS: dict[str, Callable[[Element, Element, Item], dict[str, str]]] = {
    "one": _choice, "several": _choice, "order": _pairs, "match": _pairs, "label": _pairs, "number": _number,
}  # fmt: skip
