"""`grader audit`: the assignment graded."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import course, exits, output
from grader.cli.exits import Stop
from grader.cli.options import Course, Tasks

if TYPE_CHECKING:
    from grader.audit import Findings, Order
    from grader.audit.run import Tick

EXAMPLES = """\b
Examples
  grader audit two_layer_mlp
  grader audit two_layer_mlp --task affine_backward --verbose
  grader audit --sample 40 --format json
"""


class Form(StrEnum):
    """How an audit is printed."""

    text = "text"
    json = "json"


def audit(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ASSIGNMENT]...", help="Names, or files with ASSIGNMENT; all by default."),
    ] = None,
    task: Tasks = None,
    sample: Annotated[
        int | None, typer.Option("--sample", metavar="N", min=1, help="Only so many mutants of each assignment.")
    ] = None,
    seed: Annotated[str, typer.Option(help="Any text: draws the inputs, and the sample.")] = "audit",
    jobs: Annotated[
        int | None, typer.Option(min=1, help="How many processes try mutants; one a core by default.")
    ] = None,
    fail_under: Annotated[
        float, typer.Option("--fail-under", metavar="P", min=0, max=100, help="Exit 1 under a kill rate of P percent.")
    ] = 100.0,
    format_: Annotated[Form, typer.Option("--format", help="How to print the result.")] = Form.text,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="What each check and each case caught.")] = False,
    course_: Course = None,
) -> None:
    """Grade the assignment itself: its reference earns everything, a stub nothing, and wrong gradients lose points."""
    from grader.audit import audit as audited
    from grader.audit.crew import CrewError

    found: list[Findings] = []
    try:
        for order in _orders(names, task, sample, seed, jobs or os.cpu_count() or 1, course_):
            found.append(audited(order, lambda total: _watch(total, format_)))
            if format_ is Form.text:
                _show(found[-1], verbose, spaced=len(found) > 1)
    except CrewError as failure:
        raise Stop(str(failure), exits.OURS) from None
    if format_ is Form.json:
        from grader.audit.document import document

        typer.echo(json.dumps(document(found), ensure_ascii=False, indent=2))
    raise typer.Exit(exits.GRADED if all(each.holds(fail_under) for each in found) else exits.BELOW)


audit.__doc__ = f"{audit.__doc__}\n\n{EXAMPLES}"


def _orders(
    names: Sequence[str] | None, task: list[str] | None, sample: int | None, seed: str, jobs: int, folder: Path | None
) -> list[Order]:
    """One order an assignment; with --task, for those that have one of the tasks."""
    from grader import course as courses
    from grader.audit import Order

    asked = names or courses.names(course.package(folder))
    orders = [
        Order(
            assignment=course.assignment(name, folder),
            name=name,
            course=str(folder.resolve()) if folder else None,
            root=None if courses.is_path(name) else _root(folder),
            sample=sample,
            seed=seed,
            jobs=jobs,
        )
        for name in asked
    ]
    return _with_tasks(orders, task)


def _root(folder: Path | None) -> Path:
    """The folder of the course, which holds the student's template, too."""
    return Path(next(iter(course.package(folder).__path__))).parent


def _with_tasks(orders: list[Order], task: list[str] | None) -> list[Order]:
    from msgspec.structs import replace

    known = [each.name for order in orders for each in order.assignment.tasks]
    chosen = course.chosen(task, known, "the audit" if len(orders) > 1 else f"assignment {orders[0].assignment.name!r}")
    if not chosen:
        return orders
    narrowed = [
        replace(order, only=tuple(each.name for each in order.assignment.tasks if each.name in chosen))
        for order in orders
    ]
    return [order for order in narrowed if order.only]


def _watch(total: int, format_: Form) -> AbstractContextManager[Tick]:
    return output.progress(total, quiet=format_ is not Form.text, verb="trying mutants")


def _show(found: Findings, verbose: bool, spaced: bool) -> None:
    from grader.audit import text
    from grader.report import terminal

    console = terminal.console()
    if spaced:
        console.print()
    text.show(console, found, verbose)
