"""`grader release`: write the student's template, or say what is stale."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli import course, exits
from grader.cli.exits import Stop
from grader.cli.options import Course


def release(
    names: Annotated[list[str] | None, typer.Argument(metavar="[ASSIGNMENT]...", help="All by default.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 and say what is stale.")] = False,
    course_: Course = None,
) -> None:
    """Write student_template/ from the reference and the declarations; for example:

    grader release --check
    """
    from grader.release import ReleaseError, equations, stale, template, write

    package = course.package(course_)
    root = Path(next(iter(package.__path__))).parent
    asked = [course.assignment(name, course_) for name in names] if names else course.every(course_)
    try:
        files = template(asked)
    except ReleaseError as wrong:
        raise Stop(str(wrong)) from None
    if not names:
        files[f"{package.__name__}/README.md"] = equations.table(asked)
    faults = stale(root, files, whole=not names)
    if check:
        for fault in faults:
            typer.echo(fault, err=True)
        raise typer.Exit(exits.BELOW if faults else exits.GRADED)
    written = write(root, files)
    typer.echo(f"{len(written)} of {len(files)} files were stale and are written anew")
