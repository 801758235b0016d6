"""`grader list` and `grader show`: what there is, what it is worth, and what is asked."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli import course
from grader.cli.exits import Stop
from grader.cli.options import Course


def list_(course_: Course = None) -> None:
    """List the assignments: their tasks and points."""
    from grader.report import rubric, terminal

    rubric.assignments(terminal.console(), course.every(course_))


def show(
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="A name, or a file with ASSIGNMENT.")],
    task: Annotated[str | None, typer.Argument(metavar="[TASK]", help="One of its tasks.")] = None,
    example: Annotated[bool, typer.Option("--example", help="The worked example, with the ladder of shapes.")] = False,
    course_: Course = None,
) -> None:
    """Show an assignment's tasks, or one task's checks, cases and tolerances; for example:

    grader show two_layer_mlp affine_backward --example
    """
    from grader.report import rubric, terminal

    asked = course.assignment(assignment, course_)
    if example and not task:
        raise Stop("--example needs a task; name one after the assignment")
    if not task:
        rubric.tasks(terminal.console(), asked)
        return
    (name,) = course.chosen([task], [each.name for each in asked.tasks], f"assignment {asked.name!r}")
    shown = rubric.example if example else rubric.task
    shown(terminal.console(), asked, asked.task(name))
