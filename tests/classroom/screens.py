"""A class before its screens: the server as a program of its own, the wall, and phones; everyone at the keyboard."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
from test_quiz_page import Learner, axe, no_sideways_scroll

from lumbar.quiz import items
from lumbar.quiz.texts import plain

SOURCE = Path(__file__).parents[2] / "src"
PATIENCE = 30_000  # milliseconds: slow machines have time
QUIZ = "08-check"


class Program:
    """`lumbar class --school`, which can be killed and started again under the same address."""

    def __init__(self, folder: Path):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.folder, self.address = folder, f"http://127.0.0.1:{self.port}"
        self.starts()

    def starts(self) -> None:
        lumbar = [sys.executable, "-c", "import lumbar.cli; lumbar.cli.main()"]
        command = [*lumbar, "class", "--school", "--no-browser", "--port", str(self.port)]
        surroundings = {"LUMBAR_DATA": str(self.folder), "PYTHONPATH": str(SOURCE), "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(command, env=os.environ | surroundings, stdout=subprocess.PIPE, text=True)
        said = iter(self._process.stdout.readline, "")
        address = next(found[0] for line in said if (found := re.search(r"http://\S+#\S+", line)))
        assert address.startswith(self.address), "the port was taken"
        next(line for line in said if line.startswith("To stop"))
        self.page, self.key = address, address.partition("#")[2]

    def is_killed(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._process.stdout.close()

    def makes(self) -> tuple[str, str]:
        """A new class: its code and its teacher's key."""
        made = httpx.post(f"{self.address}/api/teach", headers={"Authorization": f"Bearer {self.key}"}, json={}).json()
        return made["code"], made["key"]


class Wall:
    """The teacher before the projector's page."""

    def __init__(self, page, program: Program):
        self.page, self.program = page, program
        self.code, self.key = program.makes()
        self.next = page.locator("#next")
        page.goto(f"{program.address}/teach/{self.code}#{self.key}")
        self.expects("Choose a quiz")

    def expects(self, step: str) -> None:
        """Wait until the big button offers this."""
        self.page.locator("#next", has_text=re.compile(f"^{step}$")).wait_for()

    def steps(self, *steps: str) -> None:
        """Press the space bar for each of these, as the button offers them."""
        for step in steps:
            self.expects(step)
            self.page.keyboard.press(" ")

    def does(self, do: str, **command) -> dict:
        """A command past the page, which hears of it as it would of one from another window."""
        path, headers = f"{self.program.address}/api/teach/{self.code}", {"Authorization": f"Bearer {self.key}"}
        answer = httpx.post(path, headers=headers, json={"do": do, **command})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def shows(self, at: int, quiz: str = QUIZ) -> None:
        """Show a question and open the vote."""
        self.does("choose", quiz=quiz, mode="pace")
        self.does("show", at=at)
        self.does("vote")

    def chooses(self, quiz: str, mode: str = "Together") -> None:
        self.picks(quiz, mode)
        self.page.get_by_role("button", name="Use this quiz").press("Enter")
        self.page.locator("#choose-panel").wait_for(state="hidden")

    def picks(self, quiz: str, mode: str) -> None:
        """Open the panel and fill it in."""
        self.page.keyboard.press("c")
        self.page.get_by_role("combobox", name="Lesson and quiz").select_option(quiz)
        self.page.get_by_role("radio", name=re.compile(mode)).check()

    def counts(self, votes: int, of: int) -> None:
        """Wait until so many votes are in."""
        self.page.locator("#votes", has_text=f"{votes} of {of} votes").wait_for()

    def sees(self, text: str) -> None:
        self.page.locator("#stage").get_by_text(text).first.wait_for()

    def stage(self) -> str:
        return self.page.locator("#stage").inner_text()


class Phone(Learner):
    """A pupil with a phone, here with a keyboard."""

    def __init__(self, page, wall: Wall, joins: bool = True):
        super().__init__(page)
        self.page, self.wall = page, wall
        page.goto(f"{wall.program.address}/{wall.code.lower()}")
        if joins:
            self.joins()

    def joins(self) -> None:
        self.page.get_by_role("button", name="Join").press("Enter")
        self.page.locator("#who", has_text=self.wall.code).wait_for()

    def reads(self, heading: str) -> None:
        self.page.get_by_role("heading", name=heading, exact=True).wait_for()

    def hears(self, sentence: str) -> None:
        self.page.get_by_role("status").filter(has_text=sentence).first.wait_for()

    def choose(self, role: str, name: str) -> None:
        """By its text; in a vote the wall's letter stands before it."""
        self.reach(self.quiz.get_by_role(role, name=re.compile(f"(^|\\s){re.escape(name)}$")))
        self.page.keyboard.press("Space")

    def says(self, sure: bool) -> None:
        self.choose("radio", "Sure" if sure else "Not sure")

    def votes(self, item, right: bool, sure: bool = True) -> None:
        self.page.get_by_role("heading", name=re.compile("^Vote (now|again)$")).wait_for()
        self.answers(item, right)
        self.says(sure)
        self.press("button", "Send my vote")
        self.hears("Your vote is in. You can change it until the vote closes.")

    def answers(self, item, right: bool) -> None:
        """Lay out an answer, rightly or as wrongly as can be."""
        LAID[item.kind](self, item, right)


def options(phone: Phone, item, right: bool) -> None:
    for option in [each for each in item.options if each.right == right][: 1 if item.kind == "one" else None]:
        phone.choose("radio" if item.kind == "one" else "checkbox", plain(option.text))


def sequence(phone: Phone, item, right: bool) -> None:
    texts = [plain(part.text) for part in item.parts]
    phone.arrange(*(texts if right else reversed(texts)))


def names(phone: Phone, item, right: bool) -> None:
    """Wrongly: each gets the name of the next."""
    if item.kind == "match":
        asked, wanted = zip(*((plain(pair.left), plain(pair.right)) for pair in item.pairs), strict=True)
    else:
        asked = [f"Part {i}: {plain(part.where)}" for i, part in enumerate(item.parts, 1)]
        wanted = [plain(part.text) for part in item.parts]
    for place, part in enumerate(asked):
        phone.select(part, wanted[place if right else (place + 1) % len(wanted)])


def number(phone: Phone, item, right: bool) -> None:
    far = item.min if item.answer - item.min > item.max - item.answer else item.max
    phone.type(f"{item.answer if right else far:g}".replace(".", ","))


LAID = {"one": options, "several": options, "order": sequence, "match": names, "label": names, "number": number}


def asked(at: int, quiz: str = QUIZ):
    """The question at that place of a quiz."""
    return items.load(quiz).items[at]


def finds_nothing_wrong(page) -> None:
    """For axe in light and dark, and with no need to scroll sideways."""
    found = axe(page)
    assert not found, found
    assert no_sideways_scroll(page), "it scrolls sideways"
    theme = page.evaluate("document.documentElement.dataset.jpThemeLight")
    page.evaluate(f"document.documentElement.dataset.jpThemeLight = '{'false' if theme == 'true' else 'true'}'")
    found = axe(page, None, ["color-contrast"])
    assert not found, found
    page.evaluate(f"document.documentElement.dataset.jpThemeLight = '{theme}'")
