"""The one-page plan: what it asks, and what each part is for."""


def headings() -> list[dict[str, str]]:
    """The parts of the plan: `key` (permanent, what is written hangs on it), `ask`, and a `hint` to begin with."""
    return [
        {"key": key, "ask": ask, "hint": hint}
        for key, ask, hint in (
            ("matters", "What I want to be able to do", "Something small that matters to you: the stairs, the bus, the dog."),
            ("moving", "How I keep moving, and how often", "What you like enough to do next month, too."),
            ("bad-day", "On a bad day I will", "How long to rest, what to keep up, and the first small step back."),
            ("resting", "How I lie or sit when it hurts", "Whatever eases it. No one way has been shown to be best."),
            ("ask", "What I want to ask at my next visit", "What happens if we wait? How many of 100 does it help, and harm?"),
            ("words", "What I tell myself when I worry", "One sentence from this course that you want to keep."),
        )
    ]
