"""The report as CSV: a row for each question, with its figures as numbers."""

import csv
import io
from collections.abc import Iterator

from lumbar.progress import _cell
from lumbar.quiz.texts import plain
from lumbar.report import words
from lumbar.report.changes import lesson_of
from lumbar.report.findings import Report
from lumbar.report.questions import Change, Estimate, Part, Question

FIELDS = (
    "quiz", "place", "item", "item_version", "kind", "lesson", "claims", "question", "pupils", "right",
    "share", "share_low", "share_high", "mean_mark", "r", "r_low", "r_high",
    "sure", "sure_right", "unsure", "unsure_right", "sure_wrong",
    "talk_pupils", "talk_both_wrong", "talk_wrong_right", "talk_right_wrong", "talk_both_right",
    "talk_change", "talk_change_low", "talk_change_high", "look_again", "note",
)  # fmt: skip


def table(report: Report) -> str:
    """The report as CSV text, safe to open in a spreadsheet; what cannot be said is left empty."""
    out = io.StringIO()
    sheet = csv.DictWriter(out, FIELDS, restval="", lineterminator="\n")
    sheet.writeheader()
    for row in _rows(report):
        sheet.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue()


def _rows(report: Report) -> Iterator[dict]:
    for part in report.parts:
        for question in part.questions:
            yield _question(part, question)
    for aside in report.asides:
        quiz, item, version = aside.key
        note = "reads otherwise now" if aside.changed else "not in this course"
        names = {"quiz": quiz, "item": item, "item_version": version}
        yield names | {"pupils": aside.pupils, "right": aside.right, "note": note}


def _question(part: Part, question: Question) -> dict:
    item, known = question.item, question.sureness
    return {
        "quiz": part.quiz.name, "place": question.place, "item": item.id, "item_version": item.version,
        "kind": item.kind, "lesson": lesson_of(item, part.quiz.name), "claims": " ".join(item.claims),
        "question": plain(item.ask), "pupils": question.right.of, "right": question.right.count,
        **_figures("share", question.right.estimate),
        "mean_mark": round(question.mean, 4) if question.right.estimate else "", **_figures("r", question.fits),
        "sure": known.sure.of, "sure_right": known.sure.count, "unsure": known.unsure.of,
        "unsure_right": known.unsure.count, "sure_wrong": known.fooled,
        **(_talk(question.talk) if question.talk else {}), "look_again": plain(" ".join(words.reasons(question))),
    }  # fmt: skip


def _talk(change: Change) -> dict:
    (wrong, won), (lost, right) = change.table
    counts = {"both_wrong": wrong, "wrong_right": won, "right_wrong": lost, "both_right": right}
    named = {f"talk_{name}": number for name, number in counts.items()}
    return {"talk_pupils": change.pupils} | named | _figures("talk_change", change.difference)


def _figures(name: str, estimate: Estimate | None) -> dict:
    if estimate is None:
        return {}
    figures = {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
    return {name: round(float(figure), 4) for name, figure in figures.items()}
