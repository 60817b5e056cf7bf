"""The report as one HTML file: no scripts, nothing fetched; every text from data is escaped or safe Markdown."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from lumbar import course
from lumbar.quiz.texts import html, inline, plain
from lumbar.report import words
from lumbar.report.changes import CEILING, ENOUGH, Comparison, Row
from lumbar.report.findings import Aside, Report
from lumbar.report.questions import MANY, SOME, WHOLE, Change, Estimate, Part, Question, Share
from lumbar.report.tallies import Line

STYLE = Path(__file__).with_name("report.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
LESSON = re.compile(r'<a href="[0-9]{2}-[a-z0-9-]+\.ipynb">(.*?)</a>', re.DOTALL)
SHORT = 90  # letters of a question in a heading or a list
ASIDES = 200  # rows of questions that are not counted
COMPARED = {
    "course": ("Before and after the course", "The first quiz and the last ask about the same things in other words."),
    "lesson": ("Before and after a lesson", "The same questions before and after, so some of the change is memory."),
    "talk": ("Before and after talking", "The first vote on a question and the vote after pupils talked it over."),
}
CHOSEN = {"one": "Chosen by", "several": "Chosen by", "number": "Given by"}


def page(report: Report) -> str:
    """The report as one HTML file that needs nothing else."""
    sections = [section for section in _sections(report) if section]
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(report.title)}: what was learned</title><style>{STYLE.read_text(encoding='utf-8')}</style>"
    )
    body = "\n".join([_header(report), _contents(report), *sections])
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body><main>\n{body}\n</main></body></html>\n'


def _sections(report: Report) -> Iterator[str]:
    yield _again(report)
    for comparison in report.comparisons:
        yield _comparison(comparison)
    for part in report.parts:
        yield _part(part)
    yield _asides(report.asides)
    yield _troubles(report)
    yield _method()


# --- The first page ---------------------------------------------------------------------------------------------------


def _header(report: Report) -> str:
    told = "".join(f"<p>{sentence}</p>" for sentence in _summary(report))
    caution = words.caution(report.pupils) if report.answers else ""
    mind = f'<p class="caution"><b>Mind:</b> {escape(caution)}</p>' if caution else ""
    return f"<header><h1>{escape(report.title)}</h1>{told}{mind}</header>"


def _summary(report: Report) -> Iterator[str]:
    """The report in a few plain sentences."""
    if not report.answers:
        yield "There are no answers yet."
        return
    asked = [(part, question) for part in report.parts for question in part.questions]
    size = ", ".join(map(words.count, (report.pupils, len(asked), report.answers), ("pupil", "question", "answer")))
    yield f"<b>{size}</b>, {words.days(report.since, report.until)}."
    yield from _extremes([entry for entry in asked if entry[1].right.estimate])
    for comparison in report.comparisons:
        yield f"<b>{COMPARED[comparison.name][0]}:</b> {_moved(comparison.all.change)}"
    again = sum(bool(words.reasons(question)) for _, question in asked)
    if again:
        yield f'<b>Worth another look:</b> <a href="#again">{words.count(again, "question")}</a>.'
    if report.troubles:
        yield f'<b>Mind the files:</b> <a href="#files">{words.count(len(report.troubles), "note")}</a>.'


def _extremes(known: list[tuple[Part, Question]]) -> Iterator[str]:
    """The easiest question, the hardest, and the one that fooled most."""
    if not known:
        return
    ranked = sorted(known, key=lambda entry: entry[1].right.estimate.value)
    for name, (part, question) in (("Easiest", ranked[-1]), ("Hardest", ranked[0])):
        share = words.percent(question.right.estimate.value)
        yield f"<b>{name}:</b> {_link(part, question)} ({share} right)."
    part, question = max(known, key=lambda entry: entry[1].sureness.fooled)
    if number := question.sureness.fooled:
        yield f"<b>Most often sure and wrong:</b> {_link(part, question)} ({number} of {question.right.of})."


def _link(part: Part, question: Question) -> str:
    return f'<a href="#{_id(part, question)}">{_short(question.item.ask)}</a>'


def _id(part: Part, question: Question) -> str:
    return f"{part.quiz.name}-{question.place}"


def _short(text: str) -> str:
    """The beginning of a question, cut between words."""
    told = plain(text)
    return escape(told if len(told) <= SHORT else f"{told[:SHORT].rsplit(' ', 1)[0]} …")


def _contents(report: Report) -> str:
    places = [("again", "Questions to look at again")] if _again(report) else []
    places += [(f"change-{entry.name}", COMPARED[entry.name][0]) for entry in report.comparisons]
    places += [(f"quiz-{part.quiz.name}", _title(part)) for part in report.parts]
    places += [("aside", "Not counted above")] if report.asides else []
    places += [("files", "Files")] if report.troubles else []
    places += [("method", METHOD)]
    links = "".join(f'<li><a href="#{place}">{escape(title)}</a></li>' for place, title in places)
    return f'<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>{links}</ol></nav>'


def _title(part: Part) -> str:
    """ "08 From tension to the joints: Check yourself"."""
    number = part.quiz.name[:2]
    lesson = next((entry.title for entry in course.LESSONS if entry.number == number), "")
    return f"{number} {lesson}: {plain(part.quiz.title)}"


def _again(report: Report) -> str:
    marked = [(part, question, words.reasons(question)) for part in report.parts for question in part.questions]
    entries = [
        f"<li>{_link(part, question)} <small>{escape(_title(part))}, question {question.place}</small>{_list(why)}</li>"
        for part, question, why in marked if why
    ]  # fmt: skip
    if not entries:
        return ""
    intro = "<p>A reason to look again is no proof of a fault. Often the class has shown what to talk about next.</p>"
    return _section("again", "Questions to look at again", f'{intro}<ul class="again">{"".join(entries)}</ul>')


def _list(sentences: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{inline(sentence)}</li>' for sentence in sentences)}</ul>"


# --- Before and after -------------------------------------------------------------------------------------------------


def _comparison(comparison: Comparison) -> str:
    title, intro = COMPARED[comparison.name]
    rows = [_change("All of them", comparison.all)] if len(comparison.lessons) > 1 else []
    rows += [_change(_lesson(row.name), row) for row in comparison.lessons]
    rows += [_change(_claim(row.name), row) for row in comparison.claims]
    body = (
        f"<p>{intro} Only pupils who answered both times count; an answer is right when it has the full mark. The gain "
        "says how much was won of what there was to win: 0 is nothing, 1 is all.</p>"
        f"{_table(title, ('', 'Before', 'After', 'Change in points', 'Gain'), rows, 'changes')}"
    )
    return _section(f"change-{comparison.name}", title, body)


def _lesson(number: str) -> str:
    return f"Lesson {number}: {escape(course.lesson(number).title)}"


def _claim(name: str) -> str:
    from lumbar.evidence.claims import claim_of

    return f"{name}: {inline(claim_of(name).says)}"


def _change(name: str, row: Row) -> str:
    change = row.change
    (wrong, won), (lost, right) = change.table
    size = f"{words.count(change.pupils, 'pupil')}, {words.count(row.questions, 'question')}"
    cells = f"Wrong twice {wrong}, wrong then right {won}, right then wrong {lost}, right twice {right}."
    shares = [_part_of(number, change) for number in (change.before, change.after)]
    gain = _figure(change.gain) if change.gain else f"<small>{words.no_gain(change)}</small>"
    moved = _figure(change.difference, words.points) if change.difference else "<small>too few pupils</small>"
    return _row(f"{name}<small>{size}. {cells}</small>", [*shares, moved, gain])


def _part_of(number: int, change: Change) -> str:
    if change.difference is None:
        return f"{number} of {change.pairs}"
    share = number / change.pairs
    return f"{words.percent(share)}{_bar(share)}"


def _moved(change: Change) -> str:
    return escape(words.moved(change))


def _figure(estimate: Estimate, form=words.decimal) -> str:
    return f"{form(estimate.value)}<small>{words.about(estimate, form)}</small>"


# --- A quiz and its questions -----------------------------------------------------------------------------------------


def _part(part: Part) -> str:
    how = (
        "Shown one by one: each pupil’s last vote of a round counts."
        if part.paced else f"At each pupil’s own speed: the {'last' if part.last else 'first'} answer to each question counts."
    )  # fmt: skip
    about = f"<p>{words.count(part.pupils, 'pupil')}. {how} {escape(words.reliable(part))}</p>"
    body = "\n".join(_question(part, question) for question in part.questions)
    return _section(f"quiz-{part.quiz.name}", _title(part), f"{about}\n{body}")


def _question(part: Part, question: Question) -> str:
    item = question.item
    tags = escape(", ".join([*item.claims, item.level]))
    told = [words.right(question.right), words.marks(question), words.fits(question)]
    told += [words.sureness(question.sureness), words.middle(question)]
    why = words.reasons(question)
    look = f'<div class="look"><h4>Look again</h4>{_list(why)}</div>' if why else ""
    return (
        f'<article id="{_id(part, question)}"><h3>Question {question.place} <small>{tags}</small></h3>'
        f'<div class="ask">{_text(item.ask)}</div>'
        f'{_range(question.right)}<ul class="told">{"".join(f"<li>{escape(line)}</li>" for line in told if line)}</ul>'
        f"{_lines(question)}{_talk(question)}{look}</article>"
    )


def _range(share: Share) -> str:
    """A bar to the share, with a line over its interval; the words beside it say the same."""
    return _bar(share.estimate.value, share.estimate) if share.estimate else ""


def _bar(share: float, estimate: Estimate | None = None) -> str:
    bars = [_strip("all", 0, 1), _strip("part", 0, share)]
    if estimate:
        bars.append(_strip("range", estimate.low, estimate.high, top=4, height=2))
    frame = '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    return f"{frame}{''.join(bars)}</svg>"


def _strip(name: str, low: float, high: float, top: int = 0, height: int = 10) -> str:
    place = f'x="{100 * low:.1f}" width="{100 * (high - low):.1f}" y="{top}" height="{height}"'
    return f'<rect class="{name}" {place}/>'


def _lines(question: Question) -> str:
    kind, n = question.item.kind, question.right.of
    if not n:
        return ""
    heads = ["Answer" if kind in CHOSEN else "Place or pair", CHOSEN.get(kind, "Missed by")]
    if question.thirds:
        names = ("Lower", "Middle", "Upper")
        heads += [f"{name} third ({size})" for name, size in zip(names, question.thirds, strict=True)]
    rows = [_line(line, n, question.thirds) for line in question.lines]
    caption = f"{heads[1]} how many of {n}" + (", in thirds by the rest of the quiz" if question.thirds else "")
    return _table(caption, heads, rows, "lines")


def _line(line: Line, n: int, thirds: tuple | None) -> str:
    sign = '<b class="right">✓ right</b> ' if line.right else ""
    put = f"<small>Most often instead: {inline(line.instead[0])} ({line.instead[1]}).</small>" if line.instead else ""
    share = line.count / n
    chosen = f"{line.count} ({words.percent(share)}){_bar(share)}" if n >= SOME else str(line.count)
    cells = [chosen, *(map(str, line.thirds) if thirds else ())]
    head = f"{sign}{inline(line.text)}{put}<small>{_text(line.tells)}</small>"
    return _row(head, cells)


def _talk(question: Question) -> str:
    if not question.talk:
        return ""
    (wrong, won), (lost, right) = question.talk.table
    rows = [_row("Wrong before", [str(wrong), str(won)]), _row("Right before", [str(lost), str(right)])]
    caption = f"Votes of the {words.count(question.talk.pupils, 'pupil')} who voted before and after talking"
    return f'{_table(caption, ("", "Wrong after", "Right after"), rows, "talk")}<p>{_moved(question.talk)}</p>'


# --- What is left -----------------------------------------------------------------------------------------------------


def _asides(asides: tuple[Aside, ...]) -> str:
    if not asides:
        return ""
    more = f"<p>And {words.count(len(asides) - ASIDES, 'more question')}.</p>" if len(asides) > ASIDES else ""
    intro = "<p>These answers are in no figure above: the course does not have these questions as they were asked.</p>"
    table = _table("First answers", ("Question", "Why", "Right"), list(map(_aside, asides[:ASIDES])), "aside")
    return _section("aside", "Not counted above", f"{intro}{table}{more}")


def _aside(aside: Aside) -> str:
    quiz, item, version = map(escape, aside.key)
    why = "changed since" if aside.changed else "not in this quiz of the course"
    return _row(f"{item}<small>{quiz}, version {version}</small>", [why, f"{aside.right} of {aside.pupils}"])


def _troubles(report: Report) -> str:
    entries = "".join(f"<li><b>{escape(entry.file)}</b>: {escape(entry.why)}</li>" for entry in report.troubles)
    intro = "<p>All other files were read whole.</p>"
    return _section("files", "Files", f'{intro}<ul class="files">{entries}</ul>') if entries else ""


METHOD = "How to read the figures"
HOW = (
    "<b>Right</b> means the full mark. “About” gives the range that fits with what was seen: of 100 such ranges, some "
    "95 hold the share that many classes like this one would have (Wilson 1927).",
    "<b>Thirds</b> sort pupils by their marks on the other questions of the quiz that most of the class answered. "
    "Equal marks stay together, so thirds may differ in size. Pupils who left out more than half are in none.",
    f"<b>r</b> compares each question with the rest of its quiz, from −1 to 1 (Henrysson 1963). It is given from "
    f"{MANY} pupils on. Its range, those of the gain and of alpha come from drawing the class anew a thousand times "
    "(Efron 1979); in small classes they are a little too narrow.",
    "<b>Change</b> compares the same pupils before and after. For one question its range is Newcombe’s for paired "
    "votes (1998, method 10); for several, it comes from drawing the class anew.",
    f"<b>Gain</b> is what was won of what there was to win (Hake 1998). It is given from {ENOUGH} pupils on and up to "
    f"{words.percent(CEILING)} right before; near the top it means nothing.",
    "<b>alpha</b> is Cronbach’s (1951); for right or wrong it is KR-20 (Kuder and Richardson 1937). It is given from "
    f"{MANY} pupils who answered all of at least {WHOLE} questions, and never for votes after talking.",
    "Pupils talk and sit together, so they are not drawn at random, and all these ranges are rougher than they look. "
    "No figure here is about one pupil, and none should be used to grade one.",
)


def _method() -> str:
    return _section("method", METHOD, "".join(f"<p>{line}</p>" for line in HOW))


# --- Pieces -----------------------------------------------------------------------------------------------------------


def _section(place: str, title: str, body: str) -> str:
    return f'<section aria-labelledby="{place}"><h2 id="{place}">{escape(title)}</h2>{body}</section>'


def _table(caption: str, heads: Iterable[str], rows: list[str], kind: str) -> str:
    names = "".join(f'<th scope="col">{escape(head)}</th>' if head else "<td></td>" for head in heads)
    head = f"<caption>{escape(caption)}</caption><thead><tr>{names}</tr></thead>"
    return f'<table class="{kind}">{head}<tbody>{"".join(rows)}</tbody></table>'


def _row(head: str, cells: Iterable[str]) -> str:
    return f'<tr><th scope="row">{head}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _text(markdown: str) -> str:
    """A text of the bank; links to lessons lead nowhere from here."""
    return LESSON.sub(r"\1", html(markdown))
