"""What a class learned: `lumbar report`, from its votes or from a folder of progress files that pupils exported."""

from collections.abc import Collection, Iterable


def for_class(rows: Iterable[tuple], title: str, paced: Collection[str] = ()) -> tuple[str, str]:
    """The report on a class, as one HTML page and as CSV text, for the class server.

    `rows` are votes as `classroom.store.answers` gives them: (learner, item, item_version, quiz, response as JSON text,
    sure, score, at, round). `title` stands at the top, such as "Class 7K3FA"; it is escaped here. `paced` names the
    quizzes whose questions the teacher showed one by one: there the last vote of a round counts, elsewhere the first.
    No rows make a page that says so. Never raises for what the rows hold.

    The page carries its own style and policy, so it is a file to save and open, not a page to show inside another:
    answer with `Content-Disposition: attachment`, and let the teacher's page hand it on with `<a download>`. Its
    `<style>` would be refused under the server's own Content-Security-Policy. Send the CSV as UTF-8 with a BOM
    (`.encode("utf-8-sig")`), or a spreadsheet takes it for something else.
    """
    raise NotImplementedError
