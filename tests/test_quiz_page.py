"""The quiz on a plain page, from saved state alone: every kind by keyboard, its states, what it keeps, and who can use it.

Controls are found by role and name, so a test that passes shows that the names are there.
"""

import json
import re
from types import SimpleNamespace

import pytest

from lumbar.quiz import items
from lumbar.quiz.widget import QuizWidget

HEAD = {"claims": ["C16"], "level": "apply", "why": "Because it was measured.", "sources": ["kalichman2008"]}
QUESTIONS = {
    "one": {
        "ask": "Which joint?",
        "hint": "Think of the back.",
        "options": [
            {"text": "Facet joint", "right": True, "feedback": "It lies behind."},
            {"text": "Hip joint", "feedback": "It lies below."},
            {"text": "Knee joint", "feedback": "It lies far below."},
        ],
    },
    "several": {
        "ask": "Which of these squeeze?",
        "options": [
            {"text": "Weight", "right": True, "feedback": "It presses."},
            {"text": "Muscles", "right": True, "feedback": "They pull."},
            {"text": "Skin", "feedback": "It gives way."},
        ],
    },
    "order": {
        "ask": "From top to bottom?",
        "parts": [
            {"text": "Neck", "feedback": "It is at the top."},
            {"text": "Chest", "feedback": "It is in the middle."},
            {"text": "Loin", "feedback": "It is at the bottom."},
        ],
    },
    "match": {
        "ask": "What does what?",
        "pairs": [
            {"left": "Disc", "right": "carries load", "feedback": "It is a cushion."},
            {"left": "Nerve", "right": "carries signals", "feedback": "It is a cable."},
        ],
        "decoys": ["makes blood"],
    },
    "label": {
        "ask": "Name these.",
        "plate": "motion-segment",
        "parts": [
            {"part": "disc", "where": "the pad in front", "text": "Disc", "feedback": "It is the pad."},
            {"part": "nerve-root", "where": "the cord in the window", "text": "Nerve root", "feedback": "It leaves there."},
        ],
        "decoys": ["Rib"],
    },
    "number": {
        "ask": "How many of 100?",
        "answer": 31, "unit": "of 100 people", "min": 0, "max": 100, "tolerance": 5, "zero_at": 30,
        "feedback": {"low": "It is more.", "high": "It is fewer.", "close": "Yes, about a third."},
    },
}  # fmt: skip


def widget(*kinds: str, feedback: str = "now", **changes) -> QuizWidget:
    data = [HEAD | {"id": f"q-{kind}", "kind": kind} | QUESTIONS[kind] | changes for kind in kinds]
    file = items.QuizFile.model_validate({"title": "Check yourself", "feedback": feedback, "items": data})
    return QuizWidget(items.Quiz("test", file.title, file.feedback, tuple(file.items)))


class Learner:
    """Somebody at the keyboard. Nothing here uses the mouse."""

    def __init__(self, page, quiz=None):
        self.page = page
        self.quiz = quiz or page.locator(".lumbar-quiz").first
        self.status = self.quiz.get_by_role("status").first

    def reach(self, control) -> None:
        control.focus()

    def press(self, role: str, name: str, key: str = "Enter") -> None:
        self.reach(self.quiz.get_by_role(role, name=name, exact=True))
        self.page.keyboard.press(key)

    def choose(self, role: str, name: str) -> None:
        self.press(role, name, "Space")

    def check(self, sure: bool = True) -> None:
        self.choose("radio", "Sure" if sure else "Not sure")
        self.press("button", "Check")

    def select(self, name: str, text: str) -> None:
        control = self.quiz.get_by_role("combobox", name=name, exact=True)
        self.reach(control)
        self.page.keyboard.press("Home")
        for _ in range(control.locator("option").count()):
            if control.evaluate("node => node.selectedOptions[0].text") == text:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} does not offer {text}")

    def arrange(self, *texts: str) -> None:
        for place, text in enumerate(texts):
            while self.order().index(text) > place:
                self.press("button", f"Move up: {text}")
            if place == 0 and self.order()[0] == text:  # an order that is right from the start has not been touched yet
                self.press("button", f"Move down: {text}")
                self.press("button", f"Move up: {text}")

    def type(self, text: str) -> None:
        self.press("textbox", re.compile("^Your estimate"), "Control+a")
        self.page.keyboard.type(text)

    def order(self) -> list[str]:
        return self.quiz.locator("ol .lq-text").all_inner_texts()

    def answer(self, kind: str, right: bool) -> None:
        match kind:
            case "one":
                self.choose("radio", "Facet joint" if right else "Hip joint")
            case "several":
                for name in ("Weight", "Muscles" if right else "Skin"):
                    self.choose("checkbox", name)
            case "order":
                self.arrange(*(("Neck", "Chest", "Loin") if right else ("Loin", "Chest", "Neck")))
            case "match":
                self.select("Disc", "carries load" if right else "makes blood")
                self.select("Nerve", "carries signals" if right else "makes blood")
            case "label":
                self.select("Part 1: the pad in front", "Disc" if right else "Rib")
                self.select("Part 2: the cord in the window", "Nerve root" if right else "Rib")
            case "number":
                self.type("33,5" if right else "90")


@pytest.fixture
def learner(show):
    return lambda *args, **options: Learner(show(*args, **options))


def axe(page, part: str | None = None, rules: list[str] | None = None) -> list[str]:
    """What axe finds serious or critical, by all its rules or these, on the page or in the part that a selector names."""
    axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")
    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    found = axe_playwright.Axe().run(page, part, options).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] in ("serious", "critical")]


def no_sideways_scroll(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_kind_by_keyboard_wrong_then_right(learner, kind, dark):
    me = learner([widget(kind)], dark=dark, width=320 if dark else 1280)
    page = me.page
    assert axe(page) == [] and no_sideways_scroll(page)

    me.answer(kind, right=False)
    me.check()
    assert me.status.inner_text().strip("✕◑ \n").startswith(("Not quite.", "Partly right"))
    assert page.get_by_text("Because it was measured.").is_visible()
    assert page.get_by_role("link", name="Kalichman 2008").is_visible()
    assert page.get_by_role("button", name="Question 1: not right yet").or_(
        page.get_by_role("button", name="Question 1: partly right")
    ).is_visible()
    assert axe(page) == [] and no_sideways_scroll(page)

    me.press("button", "Try again")
    assert page.evaluate("document.activeElement.textContent") == "Question 1 of 1"
    me.answer(kind, right=True)
    me.check(sure=False)
    assert "Right, though you were not sure." in me.status.inner_text()
    assert axe(page) == [] and no_sideways_scroll(page)

    me.press("button", "See your result →")
    assert page.get_by_text("1 of 1 right").is_visible()
    assert page.get_by_text("At first you were sure and wrong on 1: look at these again.").is_visible()
    assert axe(page) == [] and no_sideways_scroll(page)
    assert page.faults == []


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_control_is_kept_from_the_shortcuts_of_the_notebook(learner, kind):
    me = learner([widget(kind)])
    for _ in range(2):
        unguarded = me.page.evaluate("""[...document.querySelectorAll(
            ".lumbar-quiz :is(a, button, input, select, textarea, summary, [tabindex], [contenteditable])")]
            .filter((node) => node.dataset.lmSuppressShortcuts !== "true").map((node) => node.outerHTML)""")
        assert unguarded == []
        if me.page.get_by_role("button", name="Check").count():
            me.answer(kind, right=False)
            me.check()


@pytest.mark.parametrize("kind", QUESTIONS)
def test_targets_are_large_enough_for_a_finger(learner, kind):
    me = learner([widget(kind)], width=360)
    small = me.page.evaluate("""[...document.querySelectorAll(".lumbar-quiz :is(button, select, summary, label, [type=text], [type=range])")]
        .filter((node) => { const { width, height } = node.getBoundingClientRect(); return Math.min(width, height) < 43.9; })
        .map((node) => node.outerHTML)""")
    assert small == []


def test_choosing_is_not_answering(learner):
    me = learner([widget("one")])
    me.press("button", "Check")
    assert me.status.inner_text() == "Give an answer first."
    me.choose("radio", "Hip joint")
    me.page.keyboard.press("ArrowDown")
    me.page.keyboard.press("Enter")
    assert me.status.inner_text() == ""
    me.press("button", "Check")
    assert me.status.inner_text() == "Choose how sure you are."
    assert me.page.get_by_text("It lies below.").count() == 0


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1 200", "Type a number"), ("1,200", "Type a number"), ("a third", "Type a number"),
        ("120", "Choose a number from 0 to 100."), ("   ", "Give an answer first."),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_read_stays_and_is_explained(learner, typed, told):
    me = learner([widget("number")])
    me.page.get_by_role("textbox").fill(typed)
    me.check()
    assert me.status.inner_text().startswith(told)
    assert me.page.get_by_role("textbox").input_value() == typed


def test_slider_and_field_follow_each_other(learner):
    me = learner([widget("number")])
    slider, field = me.page.get_by_role("slider"), me.page.get_by_role("textbox")
    slider.focus()
    slider.press("ArrowRight")
    assert (field.input_value(), slider.get_attribute("aria-valuetext")) == ("51", "51 of 100 people")
    field.fill("37,0")
    assert (slider.input_value(), slider.get_attribute("aria-valuetext")) == ("37", "37,0 of 100 people")


def test_an_order_by_pointer(learner):
    me = learner([widget("order")])
    first, last = me.order()[0], me.page.locator(".lq-grip").last
    grip = me.page.locator(".lq-grip").first.bounding_box()
    end = last.bounding_box()
    me.page.mouse.move(grip["x"] + 9, grip["y"] + 9)
    me.page.mouse.down()
    me.page.mouse.move(end["x"] + 9, end["y"] + end["height"] - 2, steps=4)
    me.page.mouse.up()
    assert me.order()[-1] == first
    assert me.status.inner_text() == f"“{first}” is now 3 of 3."


def test_a_marker_leads_to_its_name(learner):
    me = learner([widget("label")])
    marker = me.page.get_by_role("button", name="Part 2: the cord in the window")
    marker.focus()
    marker.press("Enter")
    assert me.page.evaluate("document.activeElement.ariaLabel") == "Part 2: the cord in the window"
    box, picture = marker.bounding_box(), me.page.locator(".lq-plate").bounding_box()
    assert picture["x"] < box["x"] + 22 < picture["x"] + picture["width"]


def test_a_reload_keeps_the_order_the_answer_and_what_is_under_way(learner):
    me = learner([widget("one", "several")])
    options = me.page.locator("label.lq-option").all_inner_texts()
    me.answer("one", right=False)
    me.page.reload()
    me.page.locator("label.lq-option").last.wait_for()
    assert me.page.locator("label.lq-option").all_inner_texts() == options
    assert me.page.get_by_role("radio", name="Hip joint").is_checked()
    me.check()
    me.page.reload()
    assert "Not quite." in me.status.inner_text() and me.page.get_by_text("It lies below.").is_visible()
    me.press("button", "Next →")
    me.choose("checkbox", "Skin")
    me.page.reload()
    assert me.page.get_by_role("checkbox", name="Skin").is_checked()


def test_misses_are_reviewed_and_a_new_start_keeps_the_history(learner):
    me = learner([widget("one", "several", "number")])
    for kind, right in (("one", False), ("several", True), ("number", False)):
        me.answer(kind, right)
        me.check()
        me.page.get_by_role("button", name="Next →").or_(me.page.get_by_role("button", name="See your result →")).press("Enter")
    assert me.page.get_by_text("1 of 3 right").is_visible()
    me.press("button", "Review your misses (2)")
    me.answer("one", right=True)
    me.check()
    me.press("button", "Next →")
    me.answer("number", right=True)
    me.check()
    me.press("button", "See your result →")
    assert me.page.get_by_text("3 of 3 right").is_visible()
    me.press("button", "Start again")
    assert me.page.get_by_text("0 of 3 answered").is_visible()
    assert me.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('lumbar:attempt:')).length") == 5


def test_answers_are_kept_without_a_verdict_when_feedback_comes_later(learner):
    me = learner([widget("one", feedback="later")])
    me.answer("one", right=False)
    me.choose("radio", "Sure")
    me.press("button", "Keep my answer")
    assert "Kept." in me.status.inner_text()
    text = me.page.locator("main").inner_text()
    assert not [word for word in ("Not quite", "right answer", "It lies", "measured", "Kalichman") if word in text]
    assert axe(me.page) == []


def test_an_answer_to_a_question_that_has_changed_is_asked_again(learner):
    old = {"id": "old", "item": "q-one", "item_version": "0", "quiz": "test", "response": 0, "sure": True, "at": "2020-01-01T00:00:00Z"}
    script = f"localStorage.setItem('lumbar:attempt:old', {json.dumps(json.dumps(old))})"
    me = learner([widget("one")], script=script)
    assert me.page.get_by_text("This question has changed since you answered it.").is_visible()
    assert me.page.get_by_role("button", name="Question 1: open").is_visible()


BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
SPOILT = "localStorage.setItem('lumbar:quiz:test', '{oops'); localStorage.setItem('lumbar:attempt:x', 'oops');"


@pytest.mark.parametrize(("script", "note"), [(BLOCKED, True), (FULL, True), (SPOILT, False)], ids=["blocked", "full", "spoilt"])
def test_the_quiz_goes_on_where_the_browser_stores_nothing(learner, script, note):
    me = learner([widget("one")], script=script)
    me.answer("one", right=True)
    me.check()
    assert "Right." in me.status.inner_text()
    assert me.page.get_by_text("your answers last until you close it").is_visible() == note
    assert me.page.faults == []


# With a kernel, played by the page

KERNEL = """
window.asked = [];
window.testKernel = { requestExecute: ({ code, silent, user_expressions }) => {
  const python = user_expressions.lumbar;
  const request = JSON.parse(JSON.parse(python.slice(python.indexOf(".exchange(") + 10, -2)));
  window.asked.push({ code, silent, python, request });
  const answer = ANSWER;
  return { done: Promise.resolve({ content: { user_expressions: { lumbar: { data: { "text/plain": JSON.stringify(answer) } } } } }) };
} };
"""
KEEPS = KERNEL.replace("ANSWER", "{ kept: request.attempts.map((each) => each.id), refused: [], history: [], note: '' }")
HASTE = "const slow = setTimeout; window.setTimeout = (run, ms) => slow(run, ms > 5000 ? ms / 100 : ms);"
KEPT = """() => Object.keys(localStorage).filter((key) => key.startsWith('lumbar:attempt:'))
    .some((key) => JSON.parse(localStorage.getItem(key)).kept)"""


def test_an_attempt_goes_to_the_kernel_and_is_not_sent_again(learner):
    me = learner([widget("one", ask='Quote " and \\ and “this” \u2028?')], script=KEEPS)
    me.answer("one", right=True)
    me.check()
    me.page.wait_for_function("window.asked.length === 2")
    first, second = me.page.evaluate("window.asked")
    assert (first["code"], first["silent"], first["request"]) == ("", True, {"attempts": [], "items": ["q-one"]})
    (attempt,) = second["request"]["attempts"]
    assert set(attempt) == {"id", "learner", "item", "item_version", "quiz", "response", "sure", "score", "ms", "at"}
    assert (attempt["item"], attempt["response"], attempt["sure"], attempt["score"]) == ("q-one", 0, True, 1)
    stored = me.page.evaluate(f"JSON.parse(localStorage.getItem('lumbar:attempt:{attempt['id']}'))")
    assert stored["kept"] is True


def test_a_long_name_is_whole_under_its_select_on_a_telephone_and_after_a_reload(learner):
    long = "carries load, most of it when you bend"
    pairs = [{"left": "Disc", "right": long, "feedback": "Yes."}, {"left": "Nerve", "right": "signals", "feedback": "Yes."}]
    me = learner([widget("match", pairs=pairs)], width=360)
    me.select("Disc", long)
    me.select("Nerve", "signals")
    under = "row => getComputedStyle(row, '::after').content"
    for _ in range(2):
        first, second = me.quiz.locator(".lq-pair").all()
        assert long in first.evaluate(under) and long not in second.evaluate(under)
        me.page.reload()
        me.page.locator("body[data-ready]").wait_for()
    assert no_sideways_scroll(me.page) and not axe(me.page)


def test_what_the_page_asks_is_python_that_answers(monkeypatch, tmp_path, learner):
    monkeypatch.setenv("LUMBAR_DATA", str(tmp_path))
    script = KERNEL.replace("ANSWER", "{}")
    me = learner([widget("one")], script=script)
    me.answer("one", right=True)
    me.check()
    me.page.wait_for_function("window.asked.length === 2")
    answer = json.loads(eval(me.page.evaluate("window.asked[1].python"))._repr_mimebundle_()["text/plain"])
    assert (len(answer["kept"]), len(answer["history"]), answer["note"]) == (1, 1, "")


def test_answers_given_elsewhere_show_and_a_note_is_told(learner):
    version = json.loads(widget("one").items)[0]["version"]
    there = {"id": "there", "item": "q-one", "item_version": version, "quiz": "test", "response": 1, "sure": True, "at": "2026-01-01T00:00:00Z"}
    note = "The progress file is locked, so your answers stay in this browser for now."
    script = KERNEL.replace("ANSWER", json.dumps({"kept": [], "refused": [], "history": [there], "note": note}))
    me = learner([widget("one")], script=script)
    me.page.get_by_text("It lies below.").wait_for()
    assert me.page.get_by_text(note).is_visible()


def test_a_kernel_that_fails_costs_no_answer(learner):
    me = learner([widget("one")], script="window.testKernel = { requestExecute: () => { throw new Error('dead'); } };")
    me.answer("one", right=True)
    me.check()
    assert "Right." in me.status.inner_text()
    assert me.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('lumbar:attempt:')).length") == 1
    assert me.page.faults == []


def test_an_answer_whose_receipt_is_lost_is_handed_over_again(learner):
    loses = """const keeps = testKernel.requestExecute;
    testKernel.requestExecute = (message) => {
      const receipt = keeps(message);
      return asked.length < 3 ? { done: new Promise(() => {}) } : receipt;
    };"""
    me = learner([widget("one")], script=HASTE + KEEPS + loses)
    me.answer("one", right=True)
    me.check()
    me.page.wait_for_function(KEPT)
    sent = [each["request"]["attempts"] for each in me.page.evaluate("asked")]
    assert sent[-1] and len({attempt["id"] for attempts in sent for attempt in attempts}) == 1


def test_an_answer_is_handed_over_while_its_quiz_is_off_the_screen(learner):
    away = """const keeps = testKernel.requestExecute;
    testKernel.requestExecute = (message) => {
      window.tries = (window.tries ?? 0) + 1;
      if (!window.back) throw new Error("no connection");
      return keeps(message);
    };"""
    me = learner([widget("one")], script=HASTE + KEEPS + away)
    me.answer("one", right=True)
    me.check()
    me.page.evaluate("document.querySelector('.lumbar-quiz').parentNode.remove()")
    tries = me.page.evaluate("window.tries")
    me.page.wait_for_function(f"window.tries > {tries + 1}")
    me.page.evaluate("window.back = true")
    me.page.wait_for_function(KEPT)


def test_without_a_kernel_to_ask_the_widget_hands_over(monkeypatch, tmp_path):
    monkeypatch.setenv("LUMBAR_DATA", str(tmp_path))
    quiz = widget("one")
    attempt = {"id": "a", "learner": "", "item": "q-one", "item_version": "x", "quiz": "test", "response": 0, "sure": True,
               "score": 1, "ms": 5, "at": "2026-01-01T00:00:00.000Z"}  # fmt: skip
    quiz.outbox = {"attempts": [attempt], "items": ["q-one"], "at": 1}
    assert quiz.kept["kept"] == ["a"]


# What is stored


def test_hostile_texts_are_shown_as_they_were_typed(learner, monkeypatch):
    hostile = "<img src=x onerror=window.injected=1><script>window.injected=1</script>"
    evil = SimpleNamespace(**{name: hostile for name in ("ask", "text", "feedback", "why")})
    monkeypatch.setattr(items, "checked", lambda text: text)
    quiz = widget("one")
    options = [{"text": items.inline(evil.text), "feedback": items.html(evil.feedback), "right": it} for it in (True, False)]
    texts = {"ask": items.html(evil.ask), "why": items.html(evil.why), "options": options}
    quiz.items = json.dumps([json.loads(quiz.items)[0] | texts])
    me = learner([quiz])
    me.page.get_by_role("radio").first.focus()
    me.page.keyboard.press("Space")
    me.check()
    assert me.page.evaluate("window.injected") is None
    assert me.page.locator(".lumbar-quiz :is(img, script)").count() == 0
    assert hostile in me.page.locator(".lumbar-quiz").inner_text()


def test_the_fallback_asks_everything_and_answers_nothing():
    bundle = widget(*QUESTIONS)._repr_mimebundle_()
    for kind in ("text/html", "text/plain"):
        said = bundle[kind]
        assert all(QUESTIONS[name]["ask"] in said for name in QUESTIONS)
        assert not [word for word in ("measured", "It lies", "about a third", "Think of") if word in said]
        assert said.index("Chest") < said.index("Loin") < said.index("Neck"), "not the right order"
    assert "object at 0x" not in bundle["text/plain"]


def test_the_stored_code_and_questions_are_small():
    quizzes = [QuizWidget(items.load(name)) for name in items.names()] or [widget(*QUESTIONS)]
    code = quizzes[0].code
    assert len((code.esm + code.css).encode()) < 30_000
    questions = [json.dumps(question, ensure_ascii=False) for quiz in quizzes for question in json.loads(quiz.items)]
    assert sum(len(question.encode()) for question in questions) / len(questions) < 2000
