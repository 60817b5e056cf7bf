"""From the click on "Check" to the feedback: our quiz beside one of ipywidgets with a Python callback."""

from statistics import median

from harness import Row, seconds
from lab import BESIDE, OURS, executed, lab, notebook
from playwright.sync_api import Error, Locator

RUNS = 15
OUR_QUIZ = 'from lumbar import quiz; quiz("01-check")'
QUIZ_IN_PYTHON = """
from IPython.display import display
import ipywidgets
options = ipywidgets.RadioButtons(options=["one", "two"])
check, feedback = ipywidgets.Button(description="Check"), ipywidgets.HTML()
tries = []
def mark(button):
    tries.append(options.value)
    feedback.value = f"<p class=feedback>Answer {len(tries)}: {'right' if options.value == 'one' else 'not quite'}.</p>"
check.on_click(mark)
display(options, check, feedback)
"""
# From the click to the change of the text that carries the feedback, as the page's own clock and observer see it;
# if asked, until the page is laid out anew.
CLICK = """([button, feedback, laidOut]) => new Promise((done, fail) => {
    const start = performance.now();
    const seen = new MutationObserver(() => {
        if (!feedback.textContent.trim()) return;
        if (laidOut) feedback.getBoundingClientRect();
        seen.disconnect();
        done(performance.now() - start);
    });
    seen.observe(feedback, { childList: true, subtree: true, characterData: true });
    setTimeout(() => fail(new Error("no feedback")), 5000);
    button.click();
})"""
# A screen further down, and from the end back to the top: what was passed may have been drawn only since.
DOWN = """panel => panel.scrollTop + panel.clientHeight >= panel.scrollHeight - 1
    ? panel.scrollTo(0, 0) : panel.scrollBy(0, panel.clientHeight / 2)"""


def measure() -> list[Row]:
    """Ten times faster than a Python callback, and no slower when there is no kernel."""
    with lab(executed(OUR_QUIZ), notebook(QUIZ_IN_PYTHON)) as running:
        ours = quiz_on(running.open(OURS))
        page = running.open(BESIDE)
        running.run_all(page)
        theirs = page.locator(".jp-OutputArea").first
        theirs.get_by_role("button", name="Check").wait_for()
        page_marks = median(answer_ours(ours) for _ in range(RUNS))
        python_marks = median(_answer_theirs(theirs) for _ in range(RUNS))
        running.kill_kernels()
        for left in (ours.page, page):
            _close_dialog(left)
        alone = median(answer_ours(ours) for _ in range(RUNS))
        dead = _or_never(lambda: _answer_theirs(theirs))
    ratio = python_marks / page_marks
    return [
        Row(
            "answer → feedback",
            seconds(page_marks),
            f"ipywidgets with a callback: {seconds(python_marks)}",
            f"{ratio:.0f} times faster",
            "10 times faster",
            ratio >= 10,
            f"in JupyterLab, from the click to the change on the page, medians of {RUNS}",
        ),
        Row("the same when the kernel is gone", seconds(alone), dead, "", "works", alone < 1, f"median of {RUNS}"),
    ]


def quiz_on(page) -> Locator:
    """The quiz that says at once what is right, at a question with one right option."""
    quiz = page.locator(".lumbar-quiz").filter(has_text="Check yourself").first
    to_view(page, quiz)
    for step in quiz.get_by_role("navigation").get_by_role("button").all():
        step.click()
        if quiz.get_by_text("Choose one.").count():
            return quiz
    raise LookupError("the quiz has no question with one right option")


def to_view(page, target: Locator) -> None:
    """Scroll down until JupyterLab, which draws only the cells in view, has drawn the target."""
    panel = page.locator(".jp-WindowedPanel-outer").first
    for _ in range(400):
        if target.count():
            target.scroll_into_view_if_needed()
            return
        panel.evaluate(DOWN)
        page.wait_for_timeout(50)
    raise LookupError("the notebook does not show it")


def _close_dialog(page) -> None:
    """JupyterLab asks which kernel to take in place of the one that is gone: none."""
    page.wait_for_timeout(1500)
    if page.locator(".jp-Dialog").count():
        page.keyboard.press("Escape")
        page.locator(".jp-Dialog").wait_for(state="detached")


def answer_ours(quiz: Locator, laid_out: bool = False) -> float:
    """Answer the question in view; the seconds to the feedback, or until that is laid out."""
    again = quiz.get_by_role("button", name="Try again")
    if again.count():
        again.click()
    quiz.locator(".lq-question input[type=radio], fieldset input[type=radio]").first.check()
    quiz.get_by_role("radio", name="Sure", exact=True).check()
    return _time(quiz.get_by_role("button", name="Check"), quiz.get_by_role("status").first, laid_out)


def _answer_theirs(output: Locator) -> float:
    return _time(output.get_by_role("button", name="Check"), output.locator(".widget-html").last)


def _time(button: Locator, feedback: Locator, laid_out: bool = False) -> float:
    return button.page.evaluate(CLICK, [button.element_handle(), feedback.element_handle(), laid_out]) / 1000


def _or_never(answer) -> str:
    try:
        return f"ipywidgets: {seconds(answer())}"
    except Error:
        return "ipywidgets: never"
