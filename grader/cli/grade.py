"""`grader grade`: submissions in, reports and documents out."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import course, exits, output, pages
from grader.cli.exits import Stop
from grader.cli.options import Audience, Course, FailUnder, Format, Formats, Profile, Tasks
from grader.sandbox import shared

if TYPE_CHECKING:
    from grader.sandbox.confine import Isolation

EXAMPLES = """\b
Examples
  grader grade alice.zip -a two_layer_mlp
  grader grade --class submissions/ -a two_layer_mlp -o results/ --jobs 4
  grader grade alice/ -a two_layer_mlp --format json --audience student
"""


def grade(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="A submission, or with --class a folder of them.")
    ],
    assignment: Annotated[
        str, typer.Option("-a", "--assignment", metavar="NAME", help="A name, or a file with ASSIGNMENT.")
    ],
    class_: Annotated[bool, typer.Option("--class", help="Every child of PATH is one submission.")] = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="OUT", help="Write documents, pages and grades.csv here.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Show the first page of OUT in a browser.")] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help="How many submissions to grade at once.")] = None,
    seed: Annotated[str | None, typer.Option(help="Any text; the same seed asks the same questions again.")] = None,
    task: Tasks = None,
    profile: Profile = "auto",
    format_: Formats = Format.text,
    audience: Annotated[Audience, typer.Option(help="Who will read the result.")] = Audience.instructor,
    fail_under: FailUnder = None,
    allow_unconfined: Annotated[
        bool, typer.Option("--allow-unconfined", help="Run although this machine cannot confine student code.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show the checks that pass, too.")] = False,
    course_: Course = None,
) -> None:
    """Grade submissions: shapes, values, gradients and slopes, each with its points and one sentence."""
    shared.prestart()  # unless it is under way already
    asked = course.assignment(assignment, course_)
    only = course.chosen(task, [each.name for each in asked.tasks], f"assignment {asked.name!r}")
    year = course.profile(profile, asked)
    if class_ and out and out.resolve() in [path.resolve() for path in paths]:
        raise Stop(f"{out} is the class folder itself; choose another for the results, such as {out / 'results'}")
    if open_ and not out:
        raise Stop("--open shows a page that -o writes; give -o OUT, too")
    from grader.classroom import run
    from grader.classroom.store import Store, StoreError
    from grader.submissions import Unreadable

    try:
        store = Store(out, run.new_seed(seed)) if out else None
        chosen = store.seed if store else run.new_seed(seed) or run.draw_seed()
        found = run.find(paths, class_, out)
        if not found:
            where = ", ".join(str(path) for path in paths)
            raise Stop(f"{where} holds no submissions; expected a file or a folder for each student")
        draw, jobs = pages.drawing(asked, out), jobs or os.cpu_count() or 1

        def ahead() -> None:
            run.write_ahead(asked, found, chosen, only, year, jobs)
            output.warm_up(format_)
            pages.warm_up(draw)

        isolation = _measured(allow_unconfined, ahead)
        order = run.Order(asked, found, class_, chosen, audience.value, isolation, only, year)
        opening = partial(run.open_session, assignment, str(course_) if course_ else None, chosen, only, year)
        with output.progress(len(found), quiet=format_ is not Format.text) as tick:
            outcome = run.perform(order, opening, jobs, store, tick, draw)
    except (StoreError, Unreadable) as wrong:
        raise Stop(str(wrong)) from None
    output.show(outcome, class_, format_, verbose)
    if open_:
        pages.show(outcome)
    raise typer.Exit(output.exit_code(outcome, fail_under))


grade.__doc__ = f"{grade.__doc__}\n\n{EXAMPLES}"


def _measured(allowed: bool, meanwhile: Callable[[], None]) -> Isolation:
    """How well this machine confines student code; refuses to go on below level 2 unless that is allowed.

    To measure it is mostly to wait: what is done `meanwhile` costs no time.
    """
    from grader.sandbox import measuring

    result = measuring()
    meanwhile()
    measured = result()
    if measured.level < 2 and not allowed:
        raise Stop(f"{measured.claim} Give --allow-unconfined to grade all the same.", exits.OURS)
    return measured
