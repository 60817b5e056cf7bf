"""Quizzes on the pages of the web edition: each kind by keyboard through all its states, and what stays after a reload."""

import json
import re

import pytest
from playwright.sync_api import TimeoutError
from test_quiz_page import Learner, axe, no_sideways_scroll

from lumbar.quiz.items import KINDS, load, names
from lumbar.quiz.texts import plain

CHECKS = [load(name) for name in names() if name.endswith("-check")]
STATE = re.compile(r'(<script type="application/json" id="lumbar-state">)(.*?)(</script>)', re.S)
WHERE = """control => {
    const at = document.activeElement;
    if (at === control) return "here";
    if (at.type === "radio" && at.name === control.name) return "group";
    return at.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_PRECEDING ? "before" : "after";
}"""
KEYS = {"group": "ArrowDown", "before": "Shift+Tab", "after": "Tab"}
FOCUS_IS_SEEN = """() => {
    const at = document.activeElement, { top, bottom } = at.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    return at !== document.body && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && bottom > 0 && top < innerHeight;
}"""
FOCUS = """() => {
    const at = document.activeElement, { top, bottom } = at.getBoundingClientRect();
    return `${at.outerHTML.slice(0, 90)} at ${top} to ${bottom} of ${innerHeight}`;
}"""
CONTROLS = "all => all.map(each => each.type === 'radio' || each.type === 'checkbox' ? each.checked : each.value)"
ATTEMPTS = "Object.keys(localStorage).filter(key => key.startsWith('lumbar:attempt:')).map(key => JSON.parse(localStorage[key]))"


class Reader(Learner):
    """A learner on the page of a lesson, who comes to everything with Tab and always sees where the focus is."""

    def __init__(self, page, served: str, quiz):
        self.page, self.address = page, served + lesson(quiz) + ".html"
        self.turns_to(quiz)

    def turns_to(self, quiz) -> None:
        self.asked, self.card = quiz, f'section.lumbar-quiz[aria-label="{quiz.title}"]'
        super().__init__(self.page, self.page.locator(self.card))

    def opens(self) -> None:
        self.page.goto(self.address)
        self.goes_to_the_quiz()

    def reloads(self) -> None:
        self.page.reload()
        self.goes_to_the_quiz()

    def goes_to_the_quiz(self) -> None:
        """By a link to its heading, so that the first Tab is not far from it."""
        self.quiz.wait_for()
        heading = self.page.locator("section[id]").filter(has=self.quiz).last.get_attribute("id")
        self.page.evaluate(f"location.hash = ''; location.hash = '#{heading}'")

    def reach(self, control) -> None:
        wanted = control.element_handle()
        for _ in range(300):
            if (at := self.page.evaluate(WHERE, wanted)) == "here":
                return
            self.page.keyboard.press(KEYS[at])
        raise AssertionError(f"no Tab leads to {control}")

    def press(self, role: str, name: str, key: str = "Enter") -> None:
        super().press(role, name, key)
        try:
            self.page.wait_for_function(FOCUS_IS_SEEN, timeout=3000)
        except TimeoutError:
            raise AssertionError(f"after {key} on {name!r} the focus is not seen: {self.page.evaluate(FOCUS)}") from None

    def goes_to(self, item) -> None:
        number = [each.id for each in self.asked.items].index(item.id) + 1
        self.press("button", self.quiz.get_by_role("button", name=re.compile(f"^Question {number}:")).get_attribute("aria-label"))

    def answers(self, item, right: bool) -> None:
        ANSWERS[item.kind](self, item, right)

    def keeps(self, sure: bool = True) -> None:
        self.choose("radio", "Sure" if sure else "Not sure")
        self.press("button", "Keep my answer")

    def sees(self) -> tuple:
        """The question as it stands: its words in their order, and what its controls are set to."""
        return self.quiz.locator(".lq-head, .lq-body, .lq-after").all_inner_texts(), self.quiz.locator("input, select").evaluate_all(CONTROLS)

    def verdict(self) -> str:
        return self.status.inner_text().strip("✓✕◑● \n")

    def finds_it_usable(self) -> None:
        """For axe, in dark colours too, on a wide and on a narrow screen, and with text twice as large."""
        assert axe(self.page, self.card) == []
        self.page.evaluate("document.documentElement.dataset.jpThemeLight = 'false'")
        assert axe(self.page, self.card, ["color-contrast"]) == []
        self.page.evaluate("document.documentElement.dataset.jpThemeLight = 'true'")
        for width, text in ((1280, 200), (360, 100), (360, 200)):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate(f"document.documentElement.style.fontSize = '{text}%'")
            assert self.quiz.evaluate("card => card.scrollWidth <= card.clientWidth"), f"at {width} px, text {text} %"
            assert no_sideways_scroll(self.page), f"at {width} px, text {text} %"
        self.page.evaluate("document.documentElement.style.fontSize = ''")


def choose(me: Reader, item, right: bool) -> None:
    for option in item.options:
        if option.right == right:
            me.choose("radio" if item.kind == "one" else "checkbox", plain(option.text))
            if item.kind == "one":
                return


def arrange(me: Reader, item, right: bool) -> None:
    texts = [plain(part.text) for part in item.parts]
    me.arrange(*(texts if right else reversed(texts)))


def name_each(me: Reader, item, right: bool) -> None:
    """Wrongly: each gets the name of the next."""
    if item.kind == "match":
        asked, wanted = zip(*((plain(pair.left), plain(pair.right)) for pair in item.pairs), strict=True)
    else:
        asked = [f"Part {i}: {plain(part.where)}" for i, part in enumerate(item.parts, 1)]
        wanted = [plain(part.text) for part in item.parts]
    for place, part in enumerate(asked):
        me.select(part, wanted[place if right else (place + 1) % len(wanted)])


def estimate(me: Reader, item, right: bool) -> None:
    far = item.min if item.answer - item.min > item.max - item.answer else item.max
    me.type(f"{item.answer if right else far:g}".replace(".", ","))


ANSWERS = {"one": choose, "several": choose, "order": arrange, "match": name_each, "label": name_each, "number": estimate}


def lesson(quiz) -> str:
    from lumbar.course import LESSONS

    return next(entry.file for entry in LESSONS if entry.number == quiz.name[:2])


def example(kind: str):
    """A quiz and a question of that kind in it; each kind from another lesson."""
    quizzes = CHECKS[2 * KINDS.index(kind) :]
    return next((quiz, item) for quiz in quizzes for item in quiz.items if item.kind == kind)


def with_a_changed_question(html: str, quiz, item) -> str:
    """The page as a later edition might have it: that question now asks something else."""

    def edited(found: re.Match) -> str:
        saved = json.loads(found[2])
        state = next(each["state"] for each in saved.values() if each["state"].get("quiz") == quiz.name)
        questions = json.loads(state["items"])
        next(each for each in questions if each["id"] == item.id).update(version="later", ask="And what of this?")
        state["items"] = json.dumps(questions)
        return found[1] + json.dumps(saved).replace("<", "\\u003c") + found[3]

    changed, count = STATE.subn(edited, html)
    assert count == 1
    return changed


@pytest.fixture
def visit(browser, served):
    """`visit(quiz)`: a reader who has opened that quiz in a fresh browser."""
    contexts = []

    def visit(quiz) -> Reader:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce"))
        page = contexts[-1].new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        me = Reader(page, served, quiz)
        me.opens()
        return me

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_by_keyboard_untouched_wrong_restored_retried_right_and_changed(visit, kind):
    quiz, item = example(kind)
    me = visit(quiz)
    me.goes_to(item)
    me.finds_it_usable()

    me.answers(item, right=False)
    under_way = me.sees()
    me.reloads()
    assert me.sees() == under_way
    me.check()
    assert me.verdict().startswith(("Not quite.", "Partly right:"))
    me.finds_it_usable()
    wrong = me.sees()
    me.reloads()
    assert me.sees() == wrong
    me.finds_it_usable()

    me.press("button", "Try again")
    me.finds_it_usable()
    me.answers(item, right=True)
    me.check(sure=False)
    assert me.verdict() == "Right, though you were not sure."
    me.finds_it_usable()
    right = me.sees()
    me.reloads()
    assert me.sees() == right

    later = with_a_changed_question(me.page.request.get(me.address).text(), quiz, item)
    me.page.route(me.address, lambda route: route.fulfill(body=later, content_type="text/html"))
    me.reloads()
    assert me.quiz.get_by_text("This question has changed since you answered it.").is_visible()
    assert me.quiz.get_by_text("And what of this?").is_visible()
    me.check()
    assert me.verdict() == "Give an answer first.", "the old answer must not stand on the new question"
    me.finds_it_usable()
    assert [attempt["score"] == 1 for attempt in sorted(me.page.evaluate(ATTEMPTS), key=lambda each: each["at"])] == [False, True]
    assert me.page.faults == []


def test_a_guess_before_the_lesson_is_remembered_after_it(visit):
    before, after = load("01-think"), load("01-check")
    shared = next(item for item in before.items if item.kind == "number")
    me = visit(before)
    me.goes_to(shared)
    me.answers(shared, right=False)
    me.keeps()
    me.turns_to(after)
    me.goes_to(shared)
    me.answers(shared, right=True)
    me.check()
    assert me.quiz.get_by_text("Before the lesson, your answer was not right yet.").is_visible()


def test_the_first_quiz_keeps_every_kind_of_answer_and_gives_none_away(visit):
    quiz = load("00-before")
    me = visit(quiz)
    for kind in KINDS:
        item = next(each for each in quiz.items if each.kind == kind)
        me.goes_to(item)
        me.answers(item, right=False)
        me.keeps()
        assert me.verdict() == "Kept. What is right comes later in the course."
        assert not [word for word in ("not right", "The right", plain(item.why)[:40]) if word in me.quiz.inner_text()]
        me.finds_it_usable()
        kept = me.sees()
        me.press("button", "Change my answer")
        me.keeps()
        me.reloads()
        assert me.sees() == kept
    me.goes_to(quiz.items[-1])
    me.press("button", "See your result →")
    assert me.quiz.get_by_text(f"6 of {len(quiz.items)} kept").is_visible()
    me.finds_it_usable()
    assert len(me.page.evaluate(ATTEMPTS)) == 12, "a change replaces no answer that was kept"
    assert me.page.faults == []
