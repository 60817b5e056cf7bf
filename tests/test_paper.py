"""A quiz on paper: each question can be answered with a pen, only the key tells the answer, and the key is right."""

import base64
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lumbar import web
from lumbar.quiz.items import Choice, Item, Label, Match, Number, Order, Quiz, bank, load, names
from lumbar.quiz.texts import html, inline
from lumbar.quiz.paper import by_alphabet, by_form, key, plates, questions

ITEMS = list(bank().values())
EVERY = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
QUIZZES = [load(name) for name in names()]
CSS = Path(web.__file__).parent / "theme" / "lumbar" / "paper.css"
LIGHT = "--ink:#1d2730;--quiet:#53606c;--line:#cdd5dc;--edge:#7b8894;--card:#fff;--soft:#f3f6f8;--hue:#0b5d7b"
DARK = "--ink:#e7ecf0;--quiet:#aab6c0;--line:#3d4750;--edge:#8895a1;--card:#1b2025;--soft:#252c33;--hue:#86cbe6"


def quiz_of(*items: Item, **how) -> Quiz:
    return replace(Quiz("a-quiz", "A quiz", "now", items), **how)


def tree(text: str) -> ElementTree.Element:
    """The HTML, which has to be well-formed."""
    return ElementTree.fromstring(text)


def find(text: str, name: str) -> list[ElementTree.Element]:
    return [element for element in tree(text).iter() if name in element.get("class", "").split()]


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def shown(text: str) -> str:
    """What a reader sees of that HTML."""
    return words(tree(f"<p>{text}</p>"))


def offered(item: Item, arrange=by_alphabet) -> list[str]:
    """What stands on paper to choose from, or to put in order."""
    return [words(entry) for entry in find(questions(quiz_of(item), arrange=arrange), "paper-options")[0]]


def sides(item: Match | Label) -> list[tuple[str, str]]:
    """What belongs together."""
    if isinstance(item, Match):
        return [(pair.left, pair.right) for pair in item.pairs]
    return [(spot.where, spot.text) for spot in item.parts]


def texts_that_teach(item: Item) -> list[str]:
    """What a learner is to read only after answering."""
    entries = [entry for name in ("options", "parts", "pairs") for entry in getattr(item, name, [])]
    marks = [entry.feedback for entry in entries] + [text for _, text in getattr(item, "feedback", [])]
    return [text for text in [item.why, item.hint, *marks] if text]


@EVERY
def test_every_item_has_room_to_answer_it_with_a_pen(item):
    text = questions(quiz_of(item))
    lines, boxes, offers = (find(text, f"paper-{name}") for name in ("line", "box", "options"))
    assert len(boxes) == (len(item.options) if isinstance(item, Choice) else 0) + 2  # sure, not sure
    if isinstance(item, Match | Label):
        assert len(lines) == len(sides(item))
        assert len(offers[0]) == len({name for _, name in sides(item)} | {*item.decoys})
    if isinstance(item, Order):
        assert len(lines) == len(item.parts)
    if isinstance(item, Number):
        assert len(lines) == 1 and inline(item.unit) in text and f"from {item.min:g} to {item.max:g}" in text


@EVERY
def test_a_question_tells_nothing_of_its_answer(item):
    text = questions(quiz_of(item))
    assert not [told for told in texts_that_teach(item) if html(told) in text]
    assert not re.search(r'right"|wrong"|[✓✕◑]|style=| id=', text)


def test_parts_to_put_in_order_never_stand_in_the_right_one():
    for item in ITEMS:
        if isinstance(item, Order):
            for arrange in (by_alphabet, by_form("A"), lambda item, texts: texts):
                assert offered(item, arrange) != [shown(inline(part.text)) for part in item.parts], item.id


def test_the_right_option_has_no_favourite_place():
    places = Counter()
    for item in ITEMS:
        if item.kind == "one" and len(item.options) == 4:
            places[re.search(r"<b>([A-Z])</b>", key([quiz_of(item)]))[1]] += 1
    assert set(places) == set("ABCD")
    assert max(places.values()) < 0.4 * places.total()


@EVERY
def test_the_key_names_all_that_is_right_and_why(item):
    text = key([quiz_of(item)])
    assert html(item.why) in text
    if isinstance(item, Choice):
        for option in item.options:
            assert (f" {inline(option.text)}</li>" in words_of_right(text)) == option.right
            assert (html(option.feedback) in text) == (not option.right)
    if isinstance(item, Order):
        assert [words(entry) for entry in find(text, "paper-order")[0]] == [part.text for part in item.parts]
    if isinstance(item, Match | Label):
        for side, name in sides(item):
            assert re.search(rf"{re.escape(inline(side))} → <b>[A-Z]</b> {re.escape(inline(name))}<", text)
    if isinstance(item, Number):
        assert f"<b>{item.answer:g}</b> {inline(item.unit)}." in text


def words_of_right(text: str) -> str:
    return re.search(r'<ul class="paper-found">(.*?)</ul>', text)[1]


@pytest.mark.parametrize("arrange", [by_alphabet, by_form("A"), by_form("B")])
def test_the_key_gives_the_letters_under_which_the_options_stand(arrange):
    for item in ITEMS:
        if isinstance(item, Order | Number):
            continue
        right = re.search(r'paper-right">(.*?)</div>', key([quiz_of(item)], arrange))[1]
        told = re.findall(r"<b>([A-Z])</b> (.*?)</li>", right)
        assert told
        for letter, name in told:
            assert offered(item, arrange)["ABCDEFGHIJ".index(letter)] == shown(name), item.id


def test_two_forms_differ_and_each_is_always_the_same():
    quiz = load("08-check")
    one, other = (questions(quiz, arrange=by_form(form)) for form in "AB")
    assert one != other and one == questions(quiz, arrange=by_form("A"))
    assert plates([quiz]) == plates([quiz]) and key([quiz]) == key([quiz])


def test_numbers_on_offer_stand_by_size():
    mixed = ["20 points", "About 3", "About 20", "3 points"]
    assert by_alphabet(ITEMS[0], mixed) == ["3 points", "20 points", "About 3", "About 20"]


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda quiz: quiz.name)
def test_questions_are_numbered_as_in_the_quiz_and_answers_as_the_questions(quiz):
    asked = find(questions(quiz), "paper-questions")[0]
    assert [words(find_one(entry, "paper-ask")) for entry in asked] == [shown(html(item.ask)) for item in quiz.items]
    if quiz.feedback == "now":
        told = find(key([quiz]), "paper-answers")[0]
        assert [words(find_one(entry, "paper-why")) for entry in told] == [shown(html(item.why)) for item in quiz.items]


def find_one(parent: ElementTree.Element, name: str) -> ElementTree.Element:
    return next(element for element in parent.iter() if element.get("class") == name)


@pytest.mark.parametrize("name", ["00-before", "08-think"])
def test_answers_that_come_later_are_not_in_the_key(name):
    quiz = load(name)
    text = key([quiz])
    assert quiz.title in text and re.search("comes later|Their answers stand there", text)
    assert not [told for item in quiz.items for told in texts_that_teach(item) if html(told) in text]
    assert html(quiz.items[0].why) in key([replace(quiz, feedback="now")])


def test_headings_begin_below_the_lesson_and_go_down_by_one():
    text = questions(load("01-check")) + key([load("01-check")])
    assert re.findall(r"<(h\d)", text) == ["h3", "h2", "h3"]


def test_sources_are_links_and_links_to_lessons_lead_to_pages():
    (item,) = [item for item in load("08-check").items if item.id == "c17-headline"]
    assert re.search(r'Source: <a href="https://doi.org/[^"]+">Rubinstein 2019</a>', key([quiz_of(item)]))
    linked = item.model_copy(update={"why": "See [lesson 03](03-rest-or-stay-active.ipynb)."})
    assert '<a href="03-rest-or-stay-active.html">' in key([quiz_of(linked)])


@EVERY
def test_no_text_of_an_item_becomes_markup(item):
    evil = '<script>alert("1")</script>'
    spoilt = {"ask": evil, "why": evil}
    for name, fields in (("options", ("text", "feedback")), ("pairs", ("left", "right")), ("parts", ("text", "where"))):
        if entries := getattr(item, name, []):
            first = {field: f"{evil}{field}" for field in fields if hasattr(entries[0], field)}
            spoilt[name] = [entries[0].model_copy(update=first), *entries[1:]]
    if isinstance(item, Number):
        spoilt["unit"] = evil
    quiz = quiz_of(item.model_copy(update=spoilt), title=evil)
    text = questions(quiz, lambda name: f'{name}?"{evil}') + key([quiz])
    assert "<script" not in text and "&lt;script" in text
    assert {element.tag for element in tree(f"<div>{text}</div>").iter()} <= {
        "div", "section", "h2", "h3", "ol", "ul", "li", "p", "span", "b", "a", "img", "em", "strong", "code",
    }  # fmt: skip


def test_each_label_item_has_its_plate_with_numbers_and_no_names():
    labels = [item for item in ITEMS if isinstance(item, Label)]
    pictures = plates(QUIZZES)
    assert set(pictures) == {f"paper-{item.id}.svg" for item in labels}
    for item in labels:
        picture = pictures[f"paper-{item.id}.svg"]
        drawn = tree(picture)
        numbers = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
        assert numbers == [str(number) for number in range(1, len(item.parts) + 1)]
        assert not [spot.part for spot in item.parts if f'"{spot.part}"' in picture]
        (image,) = tree(questions(quiz_of(item), "pictures/{}".format)).iter("img")
        assert image.get("src") == f"pictures/paper-{item.id}.svg" and "numbered parts" in image.get("alt")
        size = [float(image.get(side)) / float(drawn.get(side).removesuffix("pt")) for side in ("width", "height")]
        assert size == pytest.approx([4 / 3, 4 / 3], rel=0.01)


@pytest.mark.parametrize("name", ["01-check", "06-check", "10-check"])
def test_a_number_on_paper_stands_where_it_stands_on_the_screen(show, name):
    from lumbar.figures import blank, plate
    from lumbar.figures.spots import spots
    from lumbar.quiz.widget import QuizWidget

    item = next(item for item in load(name).items if isinstance(item, Label))
    page = show([QuizWidget(quiz_of(item))], width=700)
    page.wait_for_function("document.querySelector('.lq-marker')?.style.left")
    markers = page.evaluate("""() => {
      const frame = document.querySelector('.lq-plate svg').getBoundingClientRect();
      return [...document.querySelectorAll('.lq-marker')].map((marker) => {
        const { x, y, width, height } = marker.getBoundingClientRect();
        return [x + width / 2 - frame.x, y + height / 2 - frame.y, frame.width, frame.height];
      });
    }""")
    left, top, width, height = map(float, re.search(r'viewBox="([^"]+)"', blank(item.plate))[1].split())
    found = spots(plate(item.plate), [spot.part for spot in item.parts])
    for (x, y), (across, down, wide, tall) in zip(found, markers, strict=True):
        scale = min(wide / width, tall / height)  # the picture is centred in its frame
        place = (wide / 2 + (x - left - width / 2) * scale, tall / 2 + (y - top - height / 2) * scale)
        assert place == pytest.approx((across, down), abs=2)


@pytest.fixture
def leaf(browser):
    """`leaf(width, colours)` opens a page with the questions and the key of a quiz of every kind."""
    quiz = load("01-check")
    pictures = {name: base64.b64encode(svg.encode()).decode() for name, svg in plates([quiz]).items()}
    body = questions(quiz, lambda name: f"data:image/svg+xml;base64,{pictures[name]}") + key([quiz])
    context = browser.new_context()

    def leaf(width: int, colours: str):
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.set_content(
            f'<!doctype html><html lang="en"><head><title>A quiz</title><style>:root {{{colours}}}'
            "body { margin: 12px; background: var(--card); color: var(--ink); font: 1rem/1.55 system-ui }"
            "a { color: var(--hue) }"
            f"{CSS.read_text()}</style></head><body><main><h1>A lesson</h1><h2>Questions</h2>{body}</main>"
        )
        return page

    yield leaf
    context.close()


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_it_reads_well_on_a_telephone(leaf, colours):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = leaf(360, colours)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not [fault["id"] for fault in axe.run(page).response["violations"]]


def test_in_print_it_is_black_on_white_and_the_key_begins_a_page(leaf):
    page = leaf(700, DARK)
    page.emulate_media(media="print")
    style = "(name) => getComputedStyle(document.querySelector(name))"
    assert page.evaluate(f"({style})('.paper-ask').color") == "rgb(0, 0, 0)"
    assert page.evaluate(f"({style})('.paper-key').breakBefore") == "page"
    assert page.evaluate(f"({style})('.paper-questions > li').breakInside") == "avoid"
