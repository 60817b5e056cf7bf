"""The figures in plain words: one short sentence each, and the reasons to look at a question again."""

from collections.abc import Iterator

from lumbar.quiz.items import Item
from lumbar.quiz.texts import plain
from lumbar.report.changes import CEILING, ENOUGH
from lumbar.report.questions import MANY, SOME, WHOLE, Change, Estimate, Part, Question, Share, Sureness

# Where a question is worth another look. These are rules of thumb to draw the eye, no tests.
EASY, HARD = 0.95, 0.25
FLAT = 0.1  # a correlation with the rest that is next to none
CLEAR = 0.3
FOOLED = 0.25  # share of the class that was sure and wrong
DRAWN = 0.1  # by how much more of the upper than of the lower third chose a wrong answer
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def count(number: int, thing: str) -> str:
    """ "1 pupil", "28 pupils"."""
    return f"{number:,} {thing}{'s' if number != 1 else ''}"


def percent(share: float) -> str:
    """ "61 %", with a space that does not break."""
    return f"{100 * share:.0f}\u00a0%"


def decimal(value: float) -> str:
    """ "0.31" and "−0.31"."""
    return f"{value:.2f}".replace("-", "−").replace("−0.00", "0.00")


def about(estimate: Estimate, form=decimal) -> str:
    """The interval: "about 0.08 to 0.42"."""
    return f"about {form(estimate.low)} to {form(estimate.high)}"


def points(share: float) -> str:
    """A difference of shares: "+32", "−5"."""
    return f"{100 * share:+.0f}".replace("-", "−").replace("+0", "0").replace("−0", "0")


def days(since: str, until: str) -> str:
    """ "on 3 March 2026", "from 3 March 2026 to 9 May 2026"."""
    first, last = _day(since), _day(until)
    return f"on {first}" if first == last else f"from {first} to {last}"


def _day(at: str) -> str:
    year, month, day = at[:10].split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def right(share: Share) -> str:
    """How many were right, and how sure we can be of the share."""
    told = f"{share.count} of {share.of} right"
    if share.estimate is None:
        return f"{told}."
    return f"{told}: {percent(share.estimate.value)}, {about(share.estimate, percent)}."


def marks(question: Question) -> str:
    """The mean mark, where parts of a mark make it another figure than the share that was right."""
    if question.right.estimate is None or abs(question.mean - question.right.estimate.value) < 0.005:
        return ""
    return f"With parts of a mark: {percent(question.mean)} of the marks on average."


def fits(question: Question) -> str:
    """How a question goes with the rest of its quiz; "" where it cannot be said."""
    if question.fits is None:
        return ""
    r = question.fits
    figure = f"r = {decimal(r.value)}, {about(r)}"
    if r.value < -FLAT:
        return f"Who did well on the rest did worse here ({figure})."
    if r.value < FLAT:
        return f"Right or wrong here says next to nothing about the rest ({figure})."
    return f"Who did well on the rest did {'clearly' if r.value >= CLEAR else 'a little'} better here ({figure})."


def sureness(known: Sureness) -> str:
    """How far pupils knew what they knew."""
    sides = ((known.sure, "sure"), (known.unsure, "not sure"))
    given = [(share, side) for share, side in sides if share.of]
    told = [f"Of {share.of} who were {side}, {_were(share.count)} right{_range(share)}." for share, side in given]
    return " ".join([*told, f"{_were(known.fooled)} sure and wrong."])


def _were(number: int) -> str:
    return f"{number} was" if number == 1 else f"{number} were"


def _range(share: Share) -> str:
    return f" ({percent(share.estimate.value)}, {about(share.estimate, percent)})" if share.estimate else ""


def middle(question: Question) -> str:
    """Where the middle half of the numbers lay; "" where none were given or there were too few."""
    if not question.quartiles:
        return ""
    low, half, high = question.quartiles
    unit = plain(question.item.unit)
    if low == high:
        return f"Half of the numbers given, or more, were {half:g} {unit}."
    return f"Half of the numbers given were from {low:g} to {high:g} {unit}, with {half:g} in the middle."


def moved(change: Change) -> str:
    """From before to after, in counts and, where there are enough, in points of a hundred."""
    told = f"{change.before:,} of {change.pairs:,} right before, {change.after:,} after"
    if change.difference is None:
        return f"{told}."
    return f"{told}: {points(change.difference.value)} points, {about(change.difference, points)}."


def no_gain(change: Change) -> str:
    """Why there is no gain: one short reason."""
    if change.pupils < ENOUGH:
        return f"under {ENOUGH} pupils"
    if change.after == change.pairs:
        return "all were right after"
    return "little was left to gain" if change.before > CEILING * change.pairs else "cannot be said"


def reliable(part: Part) -> str:
    """How far the total of a quiz tells pupils apart, or why that is not said."""
    if part.paced:
        return "Asked one by one with the class: votes like these are no test, so no reliability is given."
    if part.alpha is None:
        have = f"{count(part.complete, 'pupil')} answered all of {count(part.asked, 'question')}"
        return f"Reliability is given from {MANY} pupils who answered all and {WHOLE} questions on; here {have}."
    alpha = part.alpha
    strength = "little" if alpha.value < 0.5 else "something" if alpha.value < 0.8 else "much"
    return (
        f"The total tells {strength} about how pupils differ (alpha = {decimal(alpha.value)}, {about(alpha)}, from "
        f"{part.complete} pupils who answered all {part.asked}). The questions ask about different things, so do not "
        "expect it to be high."
    )


def caution(pupils: int) -> str:
    """What a class of this size cannot tell; "" where it is large enough."""
    if pupils < SOME:
        return f"With under {SOME} pupils there are only counts here: shares would be chance."
    if pupils < MANY:
        return (
            f"With {pupils} pupils the shares are rough: look at their ranges. How a question goes with the rest of "
            f"its quiz, and how reliable a quiz is, cannot be said under {MANY}."
        )
    return ""


def reasons(question: Question) -> list[str]:
    """Why to look at a question again, most pressing first."""
    return list(_reasons(question))


def _reasons(question: Question) -> Iterator[str]:
    share = question.right.estimate
    if share is None:
        return
    if question.fits and question.fits.value < -FLAT:
        yield "Who did well on the rest did worse here. Is the question clear, and is its key right?"
    yield from _drawn(question)
    if question.sureness.fooled >= FOOLED * question.right.of:
        yield f"{question.sureness.fooled} of {question.right.of} were sure and wrong: an idea that sits deep."
    if share.value <= HARD:
        yield "Very hard: few were right. Was it taught, and is the question clear?"
    if share.value >= EASY:
        yield "Very easy: nearly all were right. It tells you little."
    elif question.fits and abs(question.fits.value) < FLAT:
        yield "Right or wrong here says next to nothing about the rest."
    yield from _unused(question)


def _drawn(question: Question) -> Iterator[str]:
    """Wrong answers that draw those who do well."""
    low, _, high = question.thirds or (0, 0, 0)
    if question.right.of < MANY or not low or not high or not _has_options(question.item):
        return
    for line in question.lines:
        more = line.thirds[2] / high - line.thirds[0] / low
        if not line.right and line.thirds[2] >= 3 and more >= DRAWN:
            yield f"{_quoted(line.text)} is wrong, yet more of the upper third chose it than of the lower."


def _unused(question: Question) -> Iterator[str]:
    if question.right.of >= MANY and _has_options(question.item):
        for line in question.lines:
            if not line.right and not line.count:
                yield f"Nobody chose {_quoted(line.text)}."


def _quoted(text: str) -> str:
    return text if text.startswith("“") and text.endswith("”") else f"“{text}”"


def _has_options(item: Item) -> bool:
    return item.kind in ("one", "several")
