"""The `lumbar` command: open the course, build it, look into it, and see to one's own answers."""

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from lumbar import course
from lumbar.errors import FaultyFile, UnknownName

FIRST_LESSON = "00-start-here.ipynb"
FIRST_PAGE = f"/lab/tree/{FIRST_LESSON}"


class Stop(Exception):
    """The command cannot go on; the message is a sentence for the person at the keyboard."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `lumbar` with these arguments; the exit code: 0, or 1 after a fault, told in sentences."""
    from lumbar.portable import NotTaken
    from lumbar.progress import NotKept

    options = _options(list(sys.argv[1:] if arguments is None else arguments))
    try:
        return options.run(options) or 0
    except (FaultyFile, UnknownName, NotTaken, Stop) as error:
        message = str(error)
    except NotKept as error:
        message = f"{error}."
    except BrokenPipeError:
        sys.stdout = None  # the reader, such as `head`, has had enough
        return 0
    except OSError as error:
        message = f"{error.filename or 'A file'}: {error.strerror or error}."
    except KeyboardInterrupt:
        message = "Stopped."
    print(message, file=sys.stderr)
    return 1


def _options(given: list[str]) -> argparse.Namespace:
    """The options, with "open" for no command; what JupyterLab is to get is in `rest`."""
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help")):
        given = ["open", *given]
    parser = _parser()
    options, options.rest = parser.parse_known_args(given)
    if options.rest and options.run is not _open:
        parser.error(f"unrecognized arguments: {' '.join(options.rest)}")
    return options


Command = Callable[[str, Callable | None, str], argparse.ArgumentParser]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lumbar", description="A course on low back pain, in JupyterLab.")
    commands = parser.add_subparsers(title="commands", metavar="command", required=True)

    def command(name: str, run: Callable | None, help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(run=run)
        return added

    for add in (_add_learning, _add_teaching, _add_writing):
        add(command)
    return parser


def _add_learning(command: Command) -> None:
    opened = command("open", _open, "open the course in JupyterLab (the default); further options go to JupyterLab")
    opened.add_argument("--port", type=int, default=8888, help="the port to try first (8888)")
    opened.add_argument("--no-browser", action="store_true", help="print the address, open nothing")

    data = command("data", None, "see, export, import or delete the answers kept on this machine")
    actions = data.add_subparsers(title="what to do", metavar="command", required=True)
    actions.add_parser("show", help="what is kept, and where").set_defaults(run=_show)
    export = actions.add_parser("export", help="all answers as JSON or CSV")
    export.add_argument("file", nargs="?", type=Path, help="a file that ends in .json or .csv; else JSON is printed")
    export.set_defaults(run=_export)
    taken = actions.add_parser("import", help="take in answers that were exported here or from the web pages")
    taken.add_argument("file", type=Path, help="a file that ends in .json")
    taken.set_defaults(run=_import)
    delete = actions.add_parser("delete", help="delete all answers for good")
    delete.add_argument("--yes", action="store_true", help="do not ask")
    delete.set_defaults(run=_delete)


def _add_teaching(command: Command) -> None:
    klass = command("class", _class, "open a class: pupils vote on their phones, and you see what they learn")
    klass.add_argument("--lan", action="store_true", help="let phones in the same network join; else nobody else")
    klass.add_argument("--port", type=int, default=8765, help="the port to try first (8765)")
    klass.add_argument("--quiz", metavar="NAME", help="begin with this quiz, such as 08-check")
    mode = klass.add_mutually_exclusive_group()
    mode.add_argument("--open", dest="mode", action="store_const", const="open", help="everyone at their own speed")
    mode.add_argument("--exam", dest="mode", action="store_const", const="exam", help="a test: one attempt each")
    klass.add_argument("--minutes", type=float, help="the time for the test, from when it opens")
    klass.add_argument("--at", metavar="TIME", help="when the test opens by itself, such as 10:15; else when you open it")
    klass.add_argument("--new", action="store_true", help="a new class, even if one has not ended")
    klass.add_argument("--keep", type=float, default=30, metavar="DAYS",
                       help="delete older classes (30); 0: this one at the end")
    klass.add_argument("--database", metavar="URL", help="a file, or postgresql://…; else a file in the data folder")
    klass.add_argument("--no-browser", action="store_true", help="print the addresses, open nothing")
    klass.add_argument("--school", action="store_true", help="one server for many classes: teachers make their own")
    klass.add_argument("--host", metavar="NAME", help="the name under which a proxy serves this by https")
    klass.add_argument("--list", action="store_true", help="list the classes that are kept")
    klass.add_argument("--delete", metavar="CODE", help="delete a class and all its answers")

    report = command("report", _report, "write what a class learned as a page and a table, from its votes or progress files")
    report.add_argument("source", nargs="?", help="a class's code, or a folder of progress files; else the newest class")
    report.add_argument("--into", type=Path, help="the page to write (report.html)")
    report.add_argument("--csv", type=Path, help="a table to write as well, a row for each question")
    report.add_argument("--database", help="where the classes are kept: a file, or postgresql://…")

    deck = command("slides", _slides, "write a lesson as slides for the projector: one HTML file that needs no network")
    deck.add_argument("lesson", nargs="?", help="a number, such as 08; without one, the lessons are listed")
    deck.add_argument("--into", type=Path, help="the file or folder to write to; the current folder when not given")

    platforms = command("export", _export_bank, "write the questions for a learning platform, or as a test on paper")
    platforms.add_argument("platform", choices=["moodle", "canvas", "brightspace", "blackboard", "paper"])
    platforms.add_argument("quiz", nargs="*", help="quizzes, such as 08-check; all when none is given")
    platforms.add_argument("--into", type=Path, metavar="FOLDER", help="where to; lumbar-<platform>/ when not given")
    platforms.add_argument(
        "--since", metavar="VERSION", help="only what is new or changed since: a version, or a former manifest.json"
    )
    platforms.add_argument("--exam", action="store_true", help="no feedback, hints or reasons; keys only to mark with")


def _add_writing(command: Command) -> None:
    build = command("build", _build, "build notebooks from the lessons")
    build.add_argument("lesson", nargs="*", help="numbers, such as 08; all when none is given")

    figures = command("figures", _figures, "write every picture as SVG, with a gallery page")
    figures.add_argument("folder", nargs="?", type=Path, help="where to; the course's own figures/ when not given")

    web = command("web", _web, "build the web edition, a static site")
    web.add_argument("folder", nargs="?", type=Path, help="where to; site/ when not given")

    command("items", _items, "print the question bank as JSON, one item a line")
    command("trace", _trace, "follow each claim from the document to its verdict and sources")
    command("check", _check, "list every fault in lessons, claims, references, tables and questions")


# Open


def _open(options: argparse.Namespace) -> None:
    from lumbar import workspace

    changes = workspace.sync()
    _tell(changes)
    home = workspace.home()
    if not (home / FIRST_LESSON).exists():
        raise Stop("This copy of the course has no built lessons. Build them with: lumbar build")

    from jupyterlab.labapp import LabApp

    token = secrets.token_hex(24)
    server = LabApp.initialize_server([*_settings(home, token, options), *options.rest])
    server.web_app.settings["page_config_hook"] = _without_announcements
    address = f"{server.connection_url.rstrip('/')}{FIRST_PAGE}?token={token}"
    server.io_loop.add_callback(_greet, address, home)  # runs once the server listens
    server.start()


def _greet(address: str, home: Path) -> None:
    print(f"The course is open at\n\n    {address}\n\nYour copy of the lessons is in {home}.")
    print("To stop, press Ctrl-C here.", flush=True)


def _tell(changes: list) -> None:
    updated = [change.file.stem for change in changes if change.what == "updated"]
    if updated:
        print(f"Brought up to date: {', '.join(updated)}.")
    for change in changes:
        if change.what == "beside":
            print(
                f"There is a new version of a lesson that you have edited. Yours stays; the new one is {change.file}."
            )


def _settings(home: Path, token: str, options: argparse.Namespace) -> list[str]:
    """Arguments rather than a configuration, since these win over whatever a user's own files say."""
    import zmq

    return [
        f"--ServerApp.root_dir={home}",
        f"--ServerApp.port={options.port}",
        f"--ServerApp.open_browser={not options.no_browser and _has_screen()}",
        "--ServerApp.allow_root=True",
        "--ServerApp.answer_yes=True",  # to Ctrl-C
        "--ServerApp.log_level=ERROR",
        "--LabApp.log_level=ERROR",
        f"--IdentityProvider.token={token}",
        f"--LabApp.default_url={FIRST_PAGE}",
        # Another root has other files: tabs of a user's other work would come up as missing.
        f"--LabApp.workspaces_dir={home / '.workspaces'}",
        # Nothing leaves the machine: no news, no look for updates, no list of extensions.
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        *(["--KernelManager.transport_encryption=auto"] if zmq.has("curve") else []),  # or the kernel warns of the lack
    ]


def _without_announcements(handler, page: dict) -> dict:
    """JupyterLab asks whether it may fetch news even where it is told not to, so its part that asks is left out."""
    page["disabledExtensions"] = [*page.get("disabledExtensions", []), "@jupyterlab/apputils-extension:announcements"]
    return page


def _has_screen() -> bool:
    if sys.platform in ("darwin", "win32"):
        return "SSH_CONNECTION" not in os.environ
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# One's own answers


def _show(options: argparse.Namespace) -> None:
    from lumbar import progress

    attempts = progress.history()
    items = {attempt["item"] for attempt in attempts}
    print(f"{progress.path()}\n{len(attempts)} answers to {len(items)} questions.")
    for attempt in attempts:
        changed = "  (question changed since)" if attempt["changed"] else ""
        sure = "sure" if attempt["sure"] else "unsure"
        print(f"{attempt['at'][:16].replace('T', ' ')}  {attempt['score']:4.0%}  {sure:6}  {attempt['item']}{changed}")
    for old in progress.set_aside():
        print(f"Set aside because it was damaged: {old}")


def _export(options: argparse.Namespace) -> None:
    from lumbar import progress

    if options.file is None:
        print(progress.export("json"), end="")
        return
    form = options.file.suffix.removeprefix(".").lower()
    if form not in ("json", "csv"):
        raise Stop(f"{options.file} should end in .json or .csv.")
    # A spreadsheet takes UTF-8 for what it is only with a mark in front.
    options.file.write_text(progress.export(form), encoding="utf-8-sig" if form == "csv" else "utf-8", newline="")
    print(f"Wrote {options.file}.")


def _import(options: argparse.Namespace) -> None:
    from lumbar import progress

    new, known, plan = progress.take_in(options.file)
    print(f"New answers: {new}. Here already: {known}.")
    if plan:
        print("The plan in this file is kept for your next export; only the web pages show it.")


def _delete(options: argparse.Namespace) -> None:
    from lumbar import progress

    if not options.yes and _ask("Delete all your answers on this machine for good? (yes/no) ") != "yes":
        raise Stop("Nothing was deleted.")
    print(f"Deleted {progress.delete()} answers. A page of the course that is open may still hold answers of its own;")
    print("clear this site's data in the browser to delete those too.")


def _ask(question: str) -> str:
    try:
        return input(question).strip().lower()
    except EOFError:
        return ""


# Teach


def _class(options: argparse.Namespace) -> None:
    from lumbar.classroom import serve, start

    try:
        if options.list:
            print("\n".join(serve.listed(options.database)) or "No class is kept.")
        elif options.delete:
            print(f"Deleted the class and its {serve.deleted(options.delete, options.database)} answers.")
        else:
            start(**_class_options(options))
    except serve.NotOpened as trouble:
        raise Stop(str(trouble))


def _class_options(options: argparse.Namespace) -> dict:
    same = ("lan", "port", "quiz", "minutes", "database", "new", "keep", "school", "host")
    if (options.minutes or options.at) and options.mode != "exam":
        raise Stop("--minutes and --at are for a test: add --exam")
    if options.mode and not options.quiz:
        raise Stop("Say which quiz, such as: --quiz 08-check")
    own = {"mode": options.mode or "pace", "browser": not options.no_browser and _has_screen()}
    return own | {"at": options.at and _moment(options.at)} | {name: getattr(options, name) for name in same}


def _moment(text: str) -> datetime:
    """A time of today, or of a date that stands before it, on this machine's clock; it must be still to come."""
    now = datetime.now().astimezone()
    try:
        time = datetime.fromisoformat(text if "-" in text else f"{now.date()}T{text.zfill(5)}").astimezone()
    except ValueError:
        raise Stop(f"{text!r} is no time. Write it like 10:15, or with a date, like {now.date()}T10:15") from None
    if time <= now:
        raise Stop(f"{text} is over. Give a time to come; for another day with its date, like {now.date() + timedelta(1)}T10:15")
    return time


def _report(options: argparse.Namespace) -> None:
    from lumbar import report
    from lumbar.classroom.store import NotKept
    from lumbar.report.words import count

    try:
        made = report.report(_source(options), options.database)
    except NotKept as trouble:
        raise Stop(str(trouble))
    into = options.into or Path("report.html")
    into.write_text(report.page(made), encoding="utf-8")
    if options.csv:
        # A spreadsheet takes UTF-8 for what it is only with a mark in front.
        options.csv.write_text(report.table(made), encoding="utf-8-sig", newline="")
    for trouble in made.troubles:
        print(f"{trouble.file}: {trouble.why}", file=sys.stderr)
    print(f"{made.title}: {count(made.pupils, 'pupil')}, {count(made.answers, 'answer')}.")
    print(f"Wrote {' and '.join(str(file) for file in (into, options.csv) if file)}.")


def _source(options: argparse.Namespace) -> str | Path:
    """The folder that was named, else the code of a class."""
    from lumbar import report

    given = options.source or report.newest(options.database)
    if given is None:
        raise Stop("There is no class yet. Start one with: lumbar class. Or name a folder of progress files.")
    if Path(given).is_dir():
        return Path(given)
    if Path(given).exists() or os.sep in given:
        raise Stop(f"{given} is no folder. Put the pupils' progress files into one, and name that.")
    return given.upper()


def _slides(options: argparse.Namespace) -> None:
    if not options.lesson:
        print("\n".join(f"{lesson.number}  {lesson.title}" for lesson in course.LESSONS))
        print("\nFor the slides of one of them, name its number: lumbar slides 08")
        return
    from lumbar.slides import NotMade, slides

    try:
        written = slides(options.lesson, options.into)
    except NotMade as trouble:
        raise Stop(str(trouble))
    print(f"The slides are in {written}. Open the file in a browser; its first slide names the keys.")


def _export_bank(options: argparse.Namespace) -> None:
    from lumbar.export import NotKnown, NotWritten, export

    try:
        print(export(options.platform, options.quiz, options.into, options.since, options.exam))
    except (NotKnown, NotWritten) as trouble:
        raise Stop(str(trouble))


# Build and look into


def _build(options: argparse.Namespace) -> None:
    from lumbar.build import build

    changed = build(options.lesson)
    print("\n".join(f"Built {path.name}" for path in changed) or "Every notebook is what its lesson builds.")


def _figures(options: argparse.Namespace) -> None:
    from lumbar.figures import export

    folder = options.folder or course.folder("figures")
    print(f"Wrote {len(export(folder))} files to {folder}.")


def _web(options: argparse.Namespace) -> None:
    try:
        from lumbar import web
    except ModuleNotFoundError as error:
        raise Stop(f"The web edition is built with {error.name}, which is not here. In a checkout of the course: make web")
    into = (options.folder or course.folder("site")).absolute()
    try:
        web.build(into, course.folder("build") / "npm")
    except web.NotBuilt as trouble:
        raise Stop(str(trouble))
    print(f"The site is in {into}. Open {into / 'index.html'}, or put the folder on any web host.")


def _items(options: argparse.Namespace) -> None:
    import json

    from lumbar.quiz.items import bank

    for item in bank().values():
        fields = item.model_dump(exclude_defaults=True)
        print(json.dumps({"id": item.id, "version": item.version, "kind": item.kind} | fields, ensure_ascii=False))


def _trace(options: argparse.Namespace) -> int:
    from lumbar.trace import trace

    chains = trace()
    for chain in chains:
        print(chain)
    gaps = [f"{chain.claim.id} lacks its {gap}" for chain in chains for gap in chain.gaps]
    for gap in gaps:
        print(gap, file=sys.stderr)
    return 1 if gaps else 0


def _check(options: argparse.Namespace) -> int:
    faults = sorted({*_evidence_faults(), *_bank_faults(), *_lesson_faults()})
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} fault{'s' if len(faults) != 1 else ''} found." if faults else "No fault found.")
    return 1 if faults else 0


def _evidence_faults() -> list:
    from lumbar.evidence import check

    return check()


def _bank_faults() -> list:
    from lumbar.quiz.items import faults

    return faults()


def _lesson_faults() -> list:
    from lumbar import lesson

    faults = []
    for path in lesson.paths():
        try:
            lesson.compose(path)
        except FaultyFile as error:
            faults += error.faults
    return faults
