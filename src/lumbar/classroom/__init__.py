"""The classroom: a class that votes by phone, on the teacher's own machine."""


def start(**options) -> None:
    """What `lumbar class` runs, until it is stopped; `serve.Options` lists the options."""
    from lumbar.classroom.serve import Options, run

    run(Options(**options))
