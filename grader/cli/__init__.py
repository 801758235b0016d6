"""The command line: thin. It finds the course, calls the rooms, and turns what they say into text and exit codes.

Commands import what they need when they run, so that `grader --help` and `grader check` stay quick.
"""

from __future__ import annotations

import sys

import typer

from grader.cli import audit, check, doctor, explain, grade, hint, release, show
from grader.cli.exits import Stop

app = typer.Typer(
    name="grader",
    help="Grade hand-derived gradients, and say which equation went wrong.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("list")(show.list_)
app.command("show")(show.show)
app.command("grade")(grade.grade)
app.command("check")(check.check)
app.command("hint")(hint.hint)
app.command("release")(release.release)
app.command("audit")(audit.audit)
app.command("explain")(explain.explain)
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command line. Expected failures end in one line and their exit code, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="grader")
    except Stop as stop:
        print(f"grader: {stop}", file=sys.stderr)  # noqa: T201
        sys.exit(stop.code)
    except KeyboardInterrupt:
        print("grader: interrupted; what was graded is kept", file=sys.stderr)  # noqa: T201
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
