"""Texts as cells of a table that a teacher may open in a spreadsheet before a platform takes it in."""

import re

# A spreadsheet takes a cell for a formula by its first sign. Which sign parts cells depends on its language, so a text
# is guarded after each that may. OWASP, "CSV Injection", names the signs; full-width ones count where Chinese is typed.
STARTS = re.compile("(^|[,;|])([\\s\"'\u200b]*)(?=[=+\\-@＝＋－＠])")
GUARD = "\u200b"  # a space without width: seen by no reader, and no cell that begins with it is a formula


def cell(text: str) -> str:
    """The text on one line, so that no part of it is a formula, however a spreadsheet cuts the line into cells."""
    # No white space is left but spaces, and no control sign: any may end a cell, or be dropped from its start.
    words = " ".join(re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]", " ", text).split())
    return STARTS.sub(rf"\1\2{GUARD}", words)
