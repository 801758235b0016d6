"""The command line: thin. It finds the course, calls the rooms, and turns what they say into text and exit codes.

Commands import what they need when they run, so that `grader --help` and `grader check` stay quick.
"""

from __future__ import annotations

import sys

_CONFINES = "grade"
"""The command that always needs the zygote: it gets ready while all else, this room too, is still being imported."""


def main() -> None:
    """Run the command line. Expected failures end in one line and their exit code, never in a traceback."""
    if sys.argv[1:2] == [_CONFINES] and "--help" not in sys.argv:
        from grader.sandbox import shared

        shared.prestart()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    from grader.cli.commands import app
    from grader.cli.exits import Stop

    try:
        app(prog_name="grader")
    except Stop as stop:
        print(f"grader: {stop}", file=sys.stderr)  # noqa: T201
        sys.exit(stop.code)
    except KeyboardInterrupt:
        print("grader: interrupted; what was graded is kept", file=sys.stderr)  # noqa: T201
        sys.exit(130)
