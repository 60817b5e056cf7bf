"""A learner on the built pages: the keyboard, every kind of question, and what the screen shows."""

import re

import pytest
from test_quiz_page import Learner, axe, no_sideways_scroll

from lumbar.course import LESSONS
from lumbar.quiz.texts import plain

TimeoutError = pytest.importorskip("playwright.sync_api").TimeoutError

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
    const isOutlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    return at !== document.body && isOutlined && bottom > 0 && top < innerHeight;
}"""
FOCUS = """() => {
    const at = document.activeElement, { top, bottom } = at.getBoundingClientRect();
    return `${at.outerHTML.slice(0, 90)} at ${top} to ${bottom} of ${innerHeight}`;
}"""
CONTROLS = "all => all.map(each => each.type === 'radio' || each.type === 'checkbox' ? each.checked : each.value)"


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
            where = self.page.evaluate(FOCUS)
            raise AssertionError(f"after {key} on {name!r} the focus is not seen: {where}") from None

    def goes_to(self, item) -> None:
        number = [each.id for each in self.asked.items].index(item.id) + 1
        self.press("button", re.compile(f"^Question {number}:"))

    def keeps(self, sure: bool = True) -> None:
        self.choose("radio", "Sure" if sure else "Not sure")
        self.press("button", "Keep my answer")

    def sees(self) -> tuple:
        """The question as it stands: its words in their order, and what its controls are set to."""
        controls = self.quiz.locator("input, select").evaluate_all(CONTROLS)
        return self.quiz.locator(".lq-head, .lq-body, .lq-after").all_inner_texts(), controls

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


def answer(me: Learner, item, right: bool) -> None:
    """Answer the question that is open, rightly or as wrongly as can be."""
    ANSWERS[item.kind](me, item, right)


def choose(me: Learner, item, right: bool) -> None:
    for option in item.options:
        if option.right == right:
            me.choose("radio" if item.kind == "one" else "checkbox", plain(option.text))
            if item.kind == "one":
                return


def arrange(me: Learner, item, right: bool) -> None:
    texts = [plain(part.text) for part in item.parts]
    me.arrange(*(texts if right else reversed(texts)))


def name_each(me: Learner, item, right: bool) -> None:
    """Wrongly: each gets the name of the next."""
    if item.kind == "match":
        asked, wanted = zip(*((plain(pair.left), plain(pair.right)) for pair in item.pairs), strict=True)
    else:
        asked = [f"Part {i}: {plain(part.where)}" for i, part in enumerate(item.parts, 1)]
        wanted = [plain(part.text) for part in item.parts]
    for place, part in enumerate(asked):
        me.select(part, wanted[place if right else (place + 1) % len(wanted)])


def estimate(me: Learner, item, right: bool) -> None:
    far = item.min if item.answer - item.min > item.max - item.answer else item.max
    me.type(f"{item.answer if right else far:g}".replace(".", ","))


ANSWERS = {
    "one": choose, "several": choose, "order": arrange, "match": name_each, "label": name_each, "number": estimate,
}  # fmt: skip


def lesson(quiz) -> str:
    """The name of the page on which that quiz stands."""
    return next(entry.file for entry in LESSONS if entry.number == quiz.name[:2])
