"""The pages of a class in real browsers before the real server: a wall, and phones that vote and lose their network."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

pytest.importorskip("playwright.sync_api")

from screens import PATIENCE, QUIZ, Phone, Program, Wall, asked, finds_nothing_wrong, no_sideways_scroll

KINDS = {"one": 0, "order": 2, "several": 3, "number": 4, "label": 5, "match": 11}
HOSTILE = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> Iterator[Program]:
    running = Program(tmp_path_factory.mktemp("classes"))
    yield running
    running.is_killed()


@pytest.fixture
def screen(browser) -> Iterator[Callable]:
    """`screen(width, height)` is a page with a browser's memory of its own; no page may have stumbled at the end."""
    contexts, faults = [], []

    def screen(width: int = 360, height: int = 740):
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        return page

    yield screen
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def wall(screen, program) -> Wall:
    return Wall(screen(1280, 720), program)


@pytest.fixture
def phone(screen, wall) -> Callable:
    return lambda **options: Phone(screen(), wall, **options)


def right(item) -> int:
    return next(i for i, option in enumerate(item.options) if option.right)


# A vote


def test_vote_talk_vote_again_and_reveal_by_keyboard(wall, phone):
    item = asked(0)
    one, two = phone(), phone()
    assert wall.page.url.endswith(f"/teach/{wall.code}"), "the key has left the address"
    wall.chooses(QUIZ)
    one.reads("You are in")
    finds_nothing_wrong(one.page)
    wall.steps("Show the first question", "Open the vote")
    one.reads("Vote now")
    finds_nothing_wrong(one.page)
    one.votes(item, right=True)
    two.votes(item, right=False, sure=False)
    wall.counts(2, 2)
    assert wall.page.locator(".lq-meter").count() == 0, "the bars are hidden until they are asked for"
    wall.page.keyboard.press("b")
    wall.page.locator(".lq-meter").first.wait_for()
    finds_nothing_wrong(wall.page)

    wall.steps("Close the vote")
    one.reads("The vote is closed")
    wall.steps("Talk to your neighbour")
    one.reads("Talk to your neighbour")
    one.hears("This is your vote.")
    finds_nothing_wrong(one.page)
    wall.steps("Vote again")
    two.reads("Vote again")
    assert two.quiz.get_by_role("radio", checked=True).count() == 1, "the first vote is filled in, the sureness is not"
    two.votes(item, right=True)
    one.says(True)
    one.press("button", "Send my vote")
    wall.counts(2, 2)
    wall.sees("1 changed their vote, 1 kept it.")
    before = wall.page.locator("#stage").inner_html()
    assert "Right" not in before and item.why[:20] not in before, "nothing tells before the reveal"

    wall.steps("Close the vote", "Reveal the answer")
    wall.sees("Right: 1 of 2 at first, 2 of 2 after talking. 1 moved from wrong to right, 0 the other way.")
    two.reads("The answer")
    two.hears("Right.")
    assert wall.page.locator(".lq-row.lq-right .lq-tag").all_inner_texts() == ["✓ Right"]
    bars = wall.page.locator(".lq-row.lq-right .lq-meter b").all_inner_texts()
    assert bars == ["1", "2"], "both votes side by side"
    finds_nothing_wrong(wall.page)
    finds_nothing_wrong(two.page)
    wall.steps("Next question")
    two.reads("Read the question")


def test_the_heading_and_the_question_change_together(wall, phone):
    me = phone()
    wall.shows(0)
    me.votes(asked(0), right=True)
    for command, heading in {"close": "The vote is closed", "talk": "Talk to your neighbour"}.items():
        wall.does(command)
        me.reads(heading)
    held = []
    me.page.route("**/mine", lambda route: held.append(route))
    with me.page.expect_request("**/mine"):
        wall.does("vote")
    me.page.wait_for_timeout(300)
    me.reads("Talk to your neighbour")
    held.pop().continue_()
    me.reads("Vote again")
    assert me.quiz.get_by_role("radio", checked=True).count() == 1, "the first vote is filled in"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_voted_on_counted_and_told(wall, phone, kind):
    item = asked(KINDS[kind])
    me, other = phone(), phone()
    wall.shows(KINDS[kind])
    me.reads("Vote now")
    me.votes(item, right=True)
    other.reads("Vote now")
    other.votes(item, right=False)
    wall.counts(2, 2)
    wall.page.keyboard.press("b")
    wall.page.locator(".lq-meter, .lq-matrix, .lq-bin").first.wait_for()
    finds_nothing_wrong(wall.page)
    finds_nothing_wrong(me.page)
    assert "Right" not in wall.stage()
    wall.steps("Close the vote")
    other.reads("The vote is closed")
    other.hears("This is your vote.")
    wall.expects("Talk to your neighbour")
    wall.page.keyboard.press("r")
    wall.sees("Right: 1 of 2.")
    me.hears("Right.")
    other.reads("The answer")
    other.page.locator(".lq-explain").wait_for()
    assert "Right" in wall.stage()
    for page in (wall.page, other.page):
        finds_nothing_wrong(page)


def test_an_update_that_changes_nothing_leaves_the_question_alone(wall, phone):
    me = phone()
    wall.does("choose", quiz=QUIZ, mode="pace")
    wall.does("show", at=4)
    me.reads("Read the question")
    me.type("37")
    me.page.evaluate("document.querySelector('.lq-question').dataset.marked = 'yes'")
    me.press("textbox", re.compile("^Your estimate"), "ArrowLeft")
    wall.does("vote")
    me.reads("Vote now")
    wall.does("lock", locked=True)
    at = me.page.evaluate("[document.activeElement.value, document.activeElement.selectionStart]")
    assert at == ["37", 1]
    assert me.page.locator(".lq-question[data-marked=yes]").count() == 1


def test_a_vote_can_be_changed_until_it_closes(wall, phone):
    item = asked(0)
    me = phone()
    wall.shows(0)
    me.votes(item, right=True)
    me.answers(item, right=False)
    me.hears("Not sent yet: your vote before this change still counts.")
    me.press("button", "Send my change")
    me.hears("Your vote is in.")
    wall.counts(1, 1)
    wall.does("close")
    wall.does("reveal")
    me.hears("Not quite. You were sure, so look at it again.")


def test_who_did_not_vote_is_told_what_is_right(wall, phone):
    me = phone()
    for kind in KINDS:
        wall.shows(KINDS[kind])
        me.reads("Vote now")
        wall.does("close")
        me.hears("You have not voted on this question.")
        wall.does("reveal")
        me.reads("The answer")
        me.page.locator(".lq-explain").wait_for()


# Reloads, restarts, bad networks


def test_a_reload_brings_everything_back_in_each_phase(wall, phone):
    item = asked(0)
    me = phone()
    name = me.page.locator("#who").inner_text()
    wall.shows(0)
    me.reads("Vote now")
    me.answers(item, right=True)
    me.page.reload()
    me.reads("Vote now")
    assert me.quiz.get_by_role("radio", checked=True).count() == 1, "what was laid out is still there"
    me.says(True)
    me.press("button", "Send my vote")
    me.hears("Your vote is in.")
    phases = [("", "Vote now", "Close the vote"), ("close", "The vote is closed", "Talk to your neighbour"),
              ("talk", "Talk to your neighbour", "Vote again"), ("vote", "Vote again", "Close the vote")]  # fmt: skip
    for command, heading, step in phases:
        if command:
            wall.does(command)
        me.page.reload()
        wall.page.reload()
        me.reads(heading)
        wall.expects(step)
        me.hears({"": "Your vote is in.", "vote": "Think about what you talked about"}.get(command, "This is your vote."))
    wall.does("close")
    wall.does("reveal")
    me.page.reload()
    me.hears("Right.")
    assert me.page.locator("#who").inner_text() == name


def test_a_server_that_dies_in_the_middle_of_a_vote_loses_nothing(wall, phone, program):
    item = asked(0)
    early, late = phone(), phone()
    wall.shows(0)
    early.votes(item, right=True)
    late.reads("Vote now")
    late.answers(item, right=True)
    late.says(True)
    program.is_killed()
    late.press("button", "Send my vote")
    late.hears("No connection just now. Your answer is kept on this phone and goes out by itself.")
    program.starts()
    late.hears("Your vote is in. You can change it until the vote closes.")
    wall.counts(2, 2)
    early.hears("Your vote is in.")
    assert late.page.locator("#line").inner_text() == ""


def test_a_vote_on_its_way_survives_a_reload_without_network_and_counts_once(wall, phone):
    item = asked(0)
    me = phone()
    wall.shows(0)
    me.reads("Vote now")
    sent = []
    me.page.route("**/votes", lambda route: (sent.append(route.request.post_data_json["id"]), route.abort()))
    me.answers(item, right=True)
    me.says(True)
    me.press("button", "Send my vote")
    me.hears("No connection just now.")
    me.page.unroute("**/votes")
    me.page.reload()
    me.hears("Your vote is in.")
    wall.counts(1, 1)
    assert len(set(sent)) == 1


def test_a_vote_that_comes_too_late_is_told_so(wall, phone):
    item = asked(0)
    me = phone()
    wall.shows(0)
    me.reads("Vote now")
    me.page.route("**/votes", lambda route: route.abort())
    me.answers(item, right=True)
    me.says(True)
    me.press("button", "Send my vote")
    me.hears("No connection just now.")
    wall.does("close")
    me.reads("The vote is closed")
    me.page.unroute("**/votes")
    me.hears("The vote is closed: this came too late.")
    me.hears("You have not voted on this question.")


def test_where_streams_do_not_get_through_the_page_asks(wall, phone):
    me = phone(joins=False)
    me.page.route("**/events", lambda route: route.abort())
    me.joins()
    wall.shows(0)
    me.reads("Vote now")
    me.votes(asked(0), right=True)


# At one's own speed


def test_open_mode_gives_feedback_and_lets_one_try_again(wall, phone):
    item = asked(0, "08-check")
    me = phone()
    wall.chooses("08-check", "Open")
    wall.steps("Open it")
    me.reads("At your own speed")
    finds_nothing_wrong(me.page)
    me.answers(item, right=False)
    me.says(True)
    me.press("button", "Send my answer")
    me.hears("Not quite.")
    me.page.get_by_text("Trying again is for yourself: your first answer counts.").wait_for()
    me.press("button", "Try again")
    me.answers(item, right=True)
    me.check()
    me.hears("Right.")
    wall.sees("1 of 1")
    me.page.reload()
    me.hears("Not quite.")
    finds_nothing_wrong(me.page)
    wall.steps("Close it")
    me.reads("The quiz is closed")


def test_a_test_gives_one_attempt_and_tells_nothing(wall, phone):
    first, second = asked(0), asked(1)
    me = phone()
    wall.chooses(QUIZ, "Test")
    wall.steps("Open it")
    me.page.get_by_text("You have one attempt. You cannot change this answer afterwards.").wait_for()
    assert re.fullmatch(r"(20:00|19:\d\d) left, until .+", me.page.locator("#time").inner_text())
    assert me.page.get_by_text("Hint").count() == 0
    finds_nothing_wrong(me.page)
    me.answers(first, right=False)
    me.says(False)
    me.press("button", "Send my answer")
    me.hears("Your answer is in. It stays as it is.")
    assert me.quiz.get_by_role("button", name=re.compile("again|Change")).count() == 0
    assert me.page.get_by_role("button", name="Question 1: answered").is_visible()
    me.press("button", "Next →")
    me.answers(second, right=True)
    me.page.reload()
    me.page.get_by_role("button", name="Question 1: answered").wait_for()
    wall.sees("1 of 1")
    assert not [line for line in wall.page.locator(".lq-meter").all_inner_texts() if "right" in line]
    finds_nothing_wrong(wall.page)
    wall.steps("Close it")
    me.reads("The test is over")
    assert me.quiz.get_by_role("button", name="Send my answer").count() == 0


def test_a_test_that_opens_by_itself_is_announced(wall, phone):
    me = phone()
    wall.picks(QUIZ, "Test")
    opens, use = wall.page.get_by_label("Opens by itself at"), wall.page.get_by_role("button", name="Use this quiz")
    finds_nothing_wrong(wall.page)
    opens.fill("2020-01-01T10:15")
    use.press("Enter")
    wall.page.locator("#choose-told", has_text="The test would be over already. Give later times.").wait_for()
    soon = (datetime.now() + timedelta(minutes=3)).replace(second=0)
    opens.fill(soon.isoformat(timespec="minutes"))
    use.press("Enter")
    wall.expects("It opens by itself")
    me.reads("The test has not begun")
    told = [wall.page.locator("#votes").inner_text(), me.page.locator("#hint").inner_text()]
    assert [re.search(r"(\d+):(\d+)", each)[2] for each in told] == [f"{soon:%M}"] * 2
    assert me.quiz.count() == 0, "no question is shown yet"


# What goes wrong, and who may see what


def test_an_unknown_code_a_locked_class_and_one_that_is_over_are_told_plainly(wall, phone, program):
    nobody = phone(joins=False)
    nobody.page.goto(f"{program.address}/ZZZZZ")
    nobody.page.get_by_role("button", name="Join").press("Enter")
    nobody.hears("no class")
    me, late = phone(), phone(joins=False)
    wall.does("lock", locked=True)
    late.page.get_by_role("button", name="Join").press("Enter")
    late.hears("not open to newcomers")
    wall.does("end")
    me.reads("This class is over")
    late.page.get_by_role("button", name="Join").press("Enter")
    late.hears("ended")
    finds_nothing_wrong(late.page)


def test_a_code_is_typed_on_the_first_page(wall, screen, program):
    page = screen()
    page.goto(program.address)
    page.get_by_role("button", name="Go on").press("Enter")
    assert page.get_by_role("status").inner_text() == "Type the code that stands on the board."
    finds_nothing_wrong(page)
    page.get_by_role("textbox").fill("7k")
    page.keyboard.press("Enter")
    assert page.get_by_role("status").inner_text() == "A code has 5 letters or digits, such as 7K3FA."
    page.get_by_role("textbox").fill(f" {wall.code[:3].lower()} {wall.code[3:].lower()} ")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{wall.code}")


def test_forget_me_asks_and_then_forgets(wall, phone):
    me = phone()
    wall.shows(0)
    me.votes(asked(0), right=True)
    wall.counts(1, 1)
    me.page.get_by_role("button", name="Forget me").press("Enter")
    finds_nothing_wrong(me.page)
    me.page.keyboard.press("Escape")
    me.page.get_by_role("button", name="Forget me").press("Enter")
    me.page.get_by_role("button", name="Delete my answers").press("Enter")
    me.page.get_by_role("heading", name="Join a class").wait_for()
    wall.counts(0, 0)
    assert me.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('lumbar:class'))") == []


def test_nothing_that_comes_back_can_act(wall, phone):
    me = phone(joins=False)
    me.page.evaluate("key => localStorage.setItem(key, '{\"token\": {}, \"drafts\": [')", f"lumbar:class:{wall.code}")
    me.page.reload()
    me.page.route("**/api/join", lambda route: route.fulfill(status=403, json={"error": HOSTILE, "code": "locked"}))
    me.page.get_by_role("button", name="Join").press("Enter")
    me.hears(HOSTILE)

    def christened(route):
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"name": HOSTILE})

    me.page.unroute("**/api/join")
    me.page.route("**/api/join", christened)
    me.page.get_by_role("button", name="Join").press("Enter")
    me.page.locator("#who", has_text="onerror").wait_for()
    wall.shows(4)
    me.reads("Vote now")
    me.type(HOSTILE)
    me.says(True)
    me.press("button", "Send my vote")
    me.hears("Type a number such as 37.5 or 37,5.")
    assert me.page.evaluate("window.pwned") is None and me.page.locator("img, main script").count() == 0


# The wall


def test_trouble_with_the_database_is_told_in_a_banner(wall):
    trouble = "The disk is full: make room on it."

    def troubled(route):
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"trouble": trouble})

    wall.page.route("**/events", lambda route: route.abort())
    wall.page.route(re.compile(f"/api/teach/{wall.code}$"), troubled)
    wall.page.reload()
    wall.page.locator("#line", has_text=trouble).wait_for()
    finds_nothing_wrong(wall.page)


def test_without_its_key_the_wall_shows_nothing(wall, screen, program):
    page = screen(1280, 720)
    page.goto(f"{program.address}/teach/{wall.code}")
    assert page.get_by_role("alert").first.inner_text().startswith("This page needs the whole address")
    page.goto("about:blank")
    page.goto(f"{program.address}/teach/{wall.code}#0123456789abcdef0123456789abcdef")
    page.locator("#trouble", has_text="This is not the key of that class.").wait_for()


def test_panels_open_and_close_by_their_keys_which_can_be_switched_off(wall):
    for key, title in {"j": "Join the class", "c": "Choose a quiz", "m": "This class", "?": "Keys"}.items():
        wall.page.keyboard.press(key)
        panel = wall.page.get_by_role("dialog", name=title)
        panel.wait_for()
        finds_nothing_wrong(wall.page)
        wall.page.get_by_role("button", name="Close").press("Escape")
        panel.wait_for(state="hidden")
    wall.page.keyboard.press("?")
    wall.page.get_by_role("checkbox", name="Use these keys").press("Space")
    wall.page.keyboard.press("Escape")
    wall.page.keyboard.press("j")
    assert wall.page.locator("dialog[open]").count() == 0


def test_a_button_that_was_clicked_leaves_the_space_bar_to_the_next_step(wall):
    wall.does("choose", quiz=QUIZ, mode="pace")
    wall.steps("Show the first question", "Open the vote")
    wall.page.get_by_role("button", name="Show bars").click()
    wall.page.get_by_role("button", name="Hide bars").wait_for()
    wall.steps("Close the vote")
    wall.expects("Talk to your neighbour")
    assert wall.page.get_by_role("button", name="Hide bars").is_visible()


def test_a_command_that_does_not_fit_is_told_and_changes_nothing(wall):
    wall.shows(0)
    wall.expects("Close the vote")
    wall.page.keyboard.press("ArrowRight")
    wall.page.locator("#trouble", has_text="Close the vote first.").wait_for()
    wall.expects("Close the vote")


def test_ending_and_deleting_are_asked_twice(wall, phone):
    me = phone()
    wall.page.keyboard.press("m")
    wall.page.get_by_role("button", name="End the class").press("Enter")
    wall.page.keyboard.press("Escape")
    wall.page.keyboard.press("m")
    wall.page.get_by_role("button", name="End the class").press("Enter")
    wall.page.get_by_role("button", name="End it for good").press("Enter")
    me.reads("This class is over")
    wall.expects("Save the report")
    wall.page.keyboard.press(" ")
    wall.page.get_by_role("button", name="Delete its data").press("Enter")
    wall.page.get_by_role("button", name="Delete all names and votes").press("Enter")
    wall.page.get_by_role("heading", name="The data of this class are deleted").wait_for()


def test_the_report_is_saved_with_the_key_that_no_link_carries(wall, phone):
    me = phone()
    wall.shows(0)
    me.votes(asked(0), right=True)
    wall.page.keyboard.press("m")
    for name, ending, sign in (("web page", "html", "<!doctype html"), ("table", "csv", "item")):
        with wall.page.expect_download() as saved:
            wall.page.get_by_role("button", name=re.compile(name)).press("Enter")
        assert saved.value.suggested_filename == f"lumbar-{wall.code}.{ending}"
        assert sign in saved.value.path().read_text(encoding="utf-8").lower()


def test_a_school_makes_classes(screen, program):
    page = screen()
    page.goto(program.page)
    page.get_by_role("button", name="Make a class").press("Enter")
    link = page.get_by_role("link", name="Open the teacher’s page")
    link.wait_for()
    finds_nothing_wrong(page)
    page.goto(link.get_attribute("href"))
    page.locator("#next", has_text="Choose a quiz").wait_for()


# For everyone's eyes and fingers


@pytest.mark.parametrize(("width", "text"), [(320, 100), (360, 200), (768, 100)])
def test_pages_fit_small_screens_and_large_type(wall, phone, width, text):
    me = phone()
    wall.shows(KINDS["label"])
    me.reads("Vote now")
    wall.expects("Close the vote")
    for page in (me.page, wall.page):
        page.set_viewport_size({"width": width, "height": 740})
        page.evaluate(f"document.documentElement.style.fontSize = '{text}%'")
        assert no_sideways_scroll(page)
    small = me.page.evaluate("""[...document.querySelectorAll("button, select, summary, label, input[type=text]")]
        .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 43.9).map((node) => node.outerHTML)""")
    assert small == []
