"""All commands, by their names."""

from __future__ import annotations

import typer

from grader.cli import audit, check, doctor, explain, grade, hint, release, show

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
app.command("release")(release.release)
app.command("audit")(audit.audit)
app.command("hint")(hint.hint)
app.command("explain")(explain.explain)
app.command("doctor")(doctor.doctor)
