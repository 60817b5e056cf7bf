"""The slides of a lesson: one file, read back as a teacher's browser shows it, with every other host out of reach."""

import json
import re
from pathlib import Path

import pytest

from lumbar import cli, course, slides
from lumbar.evidence.claims import claims
from lumbar.quiz.items import Number, load
from lumbar.slides import deck, prose, votes

NUMBERS = [lesson.number for lesson in course.LESSONS]


def made(number: str) -> deck.Deck:
    return deck.read(course.folder("notebooks") / f"{course.lesson(number).file}.ipynb", number)


# --- What stands in the file -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", NUMBERS)
def test_every_lesson_has_its_parts_as_slides(number):
    lesson, found = course.lesson(number), made(number)
    ids = [slide.id for slide in found.slides]
    assert len(ids) == len(set(ids))
    assert ids[0] == "title" and ids[-1] == "help" and ids.count("key-points") == 1
    source = json.loads((course.folder("notebooks") / f"{lesson.file}.ipynb").read_text(encoding="utf-8"))
    calls = ["".join(cell["source"]) for cell in source["cells"] if cell["cell_type"] == "code"]
    figures = re.findall(r'^figure\("([\w-]+)"\)', "\n".join(calls), re.MULTILINE)
    assert {f"figure-{name}" for name in figures} <= set(ids)
    assert set(found.explorers) == set(re.findall(r'^explore\("([\w-]+)"\)', "\n".join(calls), re.MULTILINE))
    for claim in lesson.claims:
        assert {claim, f"{claim}-case", f"{claim}-vote", f"{claim}-verdict"} <= set(ids)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_notes_hold_the_whole_prose(number):
    lesson = course.lesson(number)
    source = json.loads((course.folder("notebooks") / f"{lesson.file}.ipynb").read_text(encoding="utf-8"))
    notes = " ".join(slide.notes for slide in made(number).slides)
    for cell in source["cells"][2:-1]:
        if cell["id"] == "in-python":
            break
        if cell["cell_type"] == "markdown":
            for idea in prose.ideas("".join(cell["source"])):
                assert not idea.blocks or idea.notes in notes, idea.heading


def test_the_same_lesson_gives_the_same_bytes(tmp_path):
    first, second = slides.slides("04", tmp_path / "a.html"), slides.slides("04", tmp_path / "b.html")
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size < 2_000_000


def test_the_file_asks_for_nothing_and_runs_no_script_but_its_own():
    text = slides.page(made("04"), "04")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-") and "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.partition("style-src")[0]
    assert not re.search(r'<(?:script|img|link|iframe)[^>]+(?:src|href)="(?!data:)', text)
    assert not re.search(r'<[a-z][^>]* on[a-z]+="', text.partition("<main")[2].partition("</main>")[0])


def test_letters_stand_as_on_the_handout_and_give_nothing_away():
    for name in ("08-check", "00-before"):
        quiz = load(name)
        for slide in votes.quiz_slides(quiz):
            if "question" in slide.kind:
                assert "✓" not in slide.body + slide.notes and 'class="right"' not in slide.body


def test_a_quiz_that_keeps_its_answers_for_later_has_no_answer_slide():
    kinds = [slide.kind for slide in votes.quiz_slides(load("08-think"))]
    assert not any("answer" in kind for kind in kinds)
    assert "Then you get the answers" in list(votes.quiz_slides(load("08-think")))[-1].body


def test_ranges_cover_the_scale_and_hold_the_answer():
    items = [item for number in NUMBERS for name in (f"{number}-check",) if number != "13" for item in load(name).items]
    for item in (item for item in items if isinstance(item, Number)):
        ranges = votes._ranges(item)
        assert ranges[0][0] == item.min and ranges[-1][1] == item.max and 2 <= len(ranges) <= 5
        assert all(after[0] > before[1] for before, after in zip(ranges, ranges[1:]))
        assert votes._number_told(item).count('<li class="right">') == 1


# --- Prose -----------------------------------------------------------------------------------------------------------


def test_a_bold_beginning_becomes_the_heading():
    (idea,) = prose.ideas("**Step 1: a muscle can only pull.** It holds on to two bones.")
    assert (idea.heading, idea.level) == ("Step 1: a muscle can only pull", 4)
    assert prose.key_blocks(idea)[0].shown == "It holds on to two bones."
    assert "<strong>Step 1" in idea.notes


def test_a_sentence_brings_the_one_it_leans_on():
    first, found = "In all, three tests were made with it.", ["The load stayed.", "So the share fell (Lorenz 1983)."]
    text = f"{first} One squeezed. {' '.join(found)} More was tried. Much more."
    assert prose.key_sentences(text) == [first, *found]


def test_what_points_at_the_next_picture_stays_in_the_notes():
    (idea,) = prose.ideas("They stand upright. The next picture shows how. Follow the arrows.")
    assert prose.key_blocks(idea)[0].shown == "They stand upright."
    assert "Follow the arrows" in idea.notes


def test_sentences_are_not_cut_inside_marks_or_brackets():
    text = "He said: “Go. Now.” <em>Then. There.</em> (See L4/5. And L5.) End."
    assert prose.sentences(text) == ["He said: “Go. Now.”", "<em>Then. There.</em>", "(See L4/5. And L5.)", "End."]


def test_links_lead_to_the_web_or_to_the_help_slide_or_nowhere():
    help_ = "[help](00-start-here.ipynb#When-to-get-help-now)"
    (idea,) = prose.ideas(f"See [A](01-a.ipynb), [B](https://b.example) and {help_}.")
    assert re.findall(r'href="([^"]+)"', idea.notes) == ["https://b.example", "#/help"]
    assert re.findall(r'href="([^"]+)"', idea.blocks[0].shown) == ["#/help"]


# --- The command -----------------------------------------------------------------------------------------------------


def test_the_command_writes_into_a_folder_and_says_where(tmp_path, capsys):
    assert cli.main(["slides", "04", "--into", str(tmp_path)]) == 0
    assert (tmp_path / "04-resting-positions-slides.html").exists()
    assert "04-resting-positions-slides.html" in capsys.readouterr().out


def test_without_a_number_the_lessons_are_listed(capsys):
    assert cli.main(["slides"]) == 0
    assert "08  From tension to the joints" in capsys.readouterr().out


def test_trouble_is_told_in_a_sentence(tmp_path, capsys, monkeypatch):
    assert cli.main(["slides", "99"]) == 1
    assert "99" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert cli.main(["slides", "04", "--into", str(tmp_path / "file" / "deck.html")]) == 1
    assert "cannot be written" in capsys.readouterr().err
    monkeypatch.setattr(course, "folder", lambda name: tmp_path)
    assert cli.main(["slides", "04"]) == 1
    assert capsys.readouterr().err == "Lesson 04 is not built yet. Build it with: lumbar build 04\n"


# --- In a browser, from the disk -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("slides")
    for number in ("01", "08"):
        slides.slides(number, folder / f"{number}.html")
    return folder


@pytest.fixture
def opened(browser, files):
    """`opened(number, width, height)` opens a deck; at the end nothing was asked of a host, and no error was logged."""
    contexts, faults = [], []

    def open_(number="08", width=1280, height=720, search="", **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.route(re.compile("^https?:"), lambda route: (faults.append(route.request.url), route.abort()))
        page = context.new_page()
        page.on("console", lambda message: message.type in ("error", "warning") and faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto((files / f"{number}.html").as_uri() + search)
        page.wait_for_selector("body[data-ready]")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not faults


WALK = """(wide) => {
  const faults = [];
  Reveal.slide(0, 0);
  for (let left = Reveal.getTotalSlides(); left--; Reveal.next()) {
    const slide = Reveal.getCurrentSlide();
    const counts = (e) => !e.closest('aside, svg, .explore-hidden') && e.offsetWidth;
    const shown = [...slide.querySelectorAll('*')].filter(counts);
    const box = slide.getBoundingClientRect();
    const sides = shown.map((e) => e.getBoundingClientRect());
    const isOut = (side) => side.right > box.right + 1 || side.left < box.left - 1;
    if (sides.some(isOut)) faults.push(`${slide.id}: too wide`);
    const texts = shown.filter((e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    const least = Math.min(...texts.map((e) => parseFloat(getComputedStyle(e).fontSize)));
    if (least < (wide ? 24 : 15)) faults.push(`${slide.id}: type of ${least} px`);
    if (wide && slide.scrollHeight > slide.clientHeight + 1) faults.push(`${slide.id}: too high`);
  }
  return { faults, last: Reveal.isLastSlide() };
}"""

GO = """(id) => { const at = Reveal.getIndices(document.getElementById(id)); Reveal.slide(at.h, at.v); }"""


@pytest.mark.parametrize("number", ("01", "08"))
def test_every_slide_fits_every_screen(opened, number):
    page = opened(number)
    for width, height in ((1280, 720), (1920, 1080), (1024, 768), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        fitted = "([w]) => innerWidth === w && Reveal.getConfig().width === (w < 700 ? w : 1280)"
        page.wait_for_function(fitted, arg=[width])
        assert page.evaluate(WALK, width > 700) == {"faults": [], "last": True}


def test_a_clicker_goes_through_the_slides_and_back(opened):
    page = opened()
    for key, place in (("PageDown", 1), ("Space", 2), ("ArrowRight", 3), ("PageUp", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        assert page.evaluate("Reveal.getSlidePastCount()") == place


def test_an_explorer_moves_and_a_clicker_leaves_its_slider(opened):
    page = opened()
    page.evaluate(GO, "explore-facet-load")
    said = page.locator("#explore-facet-load .explore-said")
    before = said.text_content()
    slider = page.get_by_role("slider", name="Extra tension in the back muscles")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert said.text_content() != before and page.evaluate("Reveal.getCurrentSlide().id") == "explore-facet-load"
    page.keyboard.press("PageDown")
    assert page.evaluate("Reveal.getCurrentSlide().id") != "explore-facet-load"


def test_an_answer_comes_with_the_next_step_and_not_in_the_overview(opened):
    page = opened()
    page.evaluate(GO, "08-check-c15-bare-spine")
    answer = page.locator("#answer-c15-bare-spine .mark")
    assert not answer.is_visible()
    page.keyboard.press("o")
    page.wait_for_function("Reveal.isOverview()")
    assert not answer.is_visible()
    page.keyboard.press("o")
    page.wait_for_function("!Reveal.isOverview()")
    page.keyboard.press("PageDown")
    assert answer.is_visible() and "Right" in answer.text_content()


def test_notes_show_below_the_slide_and_in_a_window(opened):
    page = opened()
    notes = page.get_by_role("complementary", name="Presenter notes")
    assert not notes.is_visible()
    page.keyboard.press("n")
    assert notes.is_visible() and "After this lesson you can" in notes.text_content()
    box = page.locator(".slides").bounding_box()
    assert box["y"] + box["height"] <= notes.bounding_box()["y"] + 1
    page.keyboard.press("n")
    assert not notes.is_visible()
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    window = popup.value
    assert "After this lesson you can" in window.locator("main").text_content()
    window.keyboard.press("PageDown")
    assert page.evaluate("Reveal.getCurrentSlide().id") == "before"
    assert "Before we begin" in window.locator("h1").text_content()


def test_a_picture_can_be_enlarged_and_the_deck_turned_dark(opened):
    page = opened(color_scheme="dark")
    assert page.locator("body[data-jp-theme-light=false]").count() == 1
    page.keyboard.press("d")
    assert page.locator("body[data-jp-theme-light=true]").count() == 1
    page.evaluate(GO, "figure-chain-to-joints")
    page.keyboard.press("z")
    image = page.locator("#enlarged img")
    assert image.get_attribute("alt") and image.bounding_box()["width"] > 1200
    page.keyboard.press("Escape")
    assert not image.is_visible()
    page.keyboard.press("ArrowRight")
    assert page.locator("section.present.beside img").evaluate("(image) => image.complete && image.naturalWidth > 0")


def test_a_handout_has_a_page_for_each_slide(opened):
    page = opened("01", search="?print-pdf")
    page.wait_for_function("document.querySelectorAll('.pdf-page').length > 60")
    slides_there = page.evaluate("document.querySelectorAll('.slides section[id]').length")
    assert page.evaluate("document.querySelectorAll('.pdf-page').length") == slides_there


@pytest.mark.parametrize("dark", (False, True))
def test_no_serious_barrier(opened, dark):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(color_scheme="dark" if dark else "light")
    for slide in ("title", "C16-verdict", "explore-facet-load", "08-check-c16-scan-report", "answer-c15-brace"):
        page.evaluate(GO, slide)
        found = axe.run(page).response["violations"]
        assert not [fault for fault in found if fault["impact"] in ("serious", "critical")], slide


def test_every_claim_has_a_place_in_a_deck():
    shown = {claim for lesson in course.LESSONS for claim in lesson.claims}
    assert shown == set(claims())
