"""What an assignment asks, printed: the list of assignments, one rubric, one task, one worked example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader import tolerance, trees
from grader.model import Assignment, Task, decimal, exact
from grader.paper import PUBLIC_SEED, Paper, Posed
from grader.posing import write
from grader.questions import Named


def assignments(console: Console, found: Sequence[Assignment]) -> None:
    """One line an assignment."""
    table = Table(box=None, pad_edge=False)
    for heading in ("assignment", "tasks", "points", "title"):
        table.add_column(heading, justify="right" if heading in ("tasks", "points") else "left")
    for assignment in found:
        table.add_row(assignment.name, str(len(assignment.tasks)), str(assignment.points), assignment.title)
    console.print(table)


def tasks(console: Console, assignment: Assignment) -> None:
    """The rubric: every task with its signature, equations and points."""
    console.print(f"{assignment.title}: {assignment.points} points")
    table = Table(box=None, pad_edge=False)
    for heading in ("task", "equations", "points"):
        table.add_column(heading, justify="right" if heading == "points" else "left")
    for task in assignment.tasks:
        table.add_row(signature(task), ", ".join(task.equations), str(decimal(task.points)))
    console.print(table)
    console.print(Text(f"One of them in full: grader show {assignment.name} {assignment.tasks[0].name}"))


def signature(task: Task) -> str:
    """Write a task as it is called."""
    return f"{task.name}({', '.join(task.parameters)})"


def task(console: Console, assignment: Assignment, task: Task) -> None:
    """Everything that is checked of one task, with which inputs and how exactly."""
    paper = _paper(assignment, task)
    console.print(Text(f"{signature(task)} returns {', '.join(task.returns)}; {decimal(task.points)} points"))
    console.print(_checks(task))
    console.print(_cases(paper))
    if task.slope:
        moved = ", ".join(task.slope.moves)
        console.print(Text(f"The numeric check moves {moved} along a random direction and calls {task.slope.forward}."))
    console.print(Text(_tolerance_note()))


def _paper(assignment: Assignment, task: Task) -> Paper:
    return write(task, PUBLIC_SEED, forwards={each.name: each for each in assignment.tasks})


def _checks(task: Task) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("points", "check", "why it holds", "proves"):
        table.add_column(heading, justify="right" if heading == "points" else "left")
    for check, points in task.checks.items():
        reason = (type(check).__doc__ or "").strip().partition("\n")[0]
        table.add_row(str(decimal(exact(points))), check.statement(task.shapes), reason, ", ".join(check.proves))
    return table


def _cases(paper: Paper) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("case", "seen by", "sizes", "tolerance", "why"):
        table.add_column(heading)
    for case in paper.cases:
        sizes = " ".join(f"{letter}={size}" for letter, size in case.sizes.items())
        loosest = max(case.tolerance.values(), default=0.0)
        table.add_row(case.name, "everybody" if case.public else "the grader", sizes, f"{loosest:.1e}", case.why)
    return table


def _tolerance_note() -> str:
    gap = f" + {tolerance.EXTENDED_GAP} |g - g in extended precision|" if tolerance.EXTENDED else ""
    return (
        f"Tolerance of an output g of inputs x: max({tolerance.REORDERING}, {tolerance.ARGUMENT} max|x|) u max|g|{gap} "
        f"+ {tolerance.CONDITIONING} × the change of g under one-ulp noise in the inputs, u = 2^-53."
    )


def example(console: Console, assignment: Assignment, task: Task) -> None:
    """The worked example of a task: small whole numbers in, the right answer out, and the shape of each."""
    (case, *_) = _paper(assignment, task).cases
    console.print(Text(f"{signature(task)}, worked by hand"))
    named = [*((name, case.inputs[name]) for name in _given(task)), *case.expected.items()]
    console.print(_ladder(task, case, named))
    for name, value in named:
        console.print(Text(f"\n{name} ="))
        console.print(Text(_written(value)))


def _given(task: Task) -> list[str]:
    names = list(task.parameters)
    if task.forward:
        from grader.model import parameters

        names = [*parameters(task.forward), *names]
    return [name for name in names if name in task.draws]


def _ladder(task: Task, case: Posed, named: Sequence[tuple[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("", "name", "shape", "in letters"):
        table.add_column(heading)
    for name, value in named:
        role = "returned" if name in case.expected else "given"
        for place, part in trees.leaves(name, value):
            shape = "" if isinstance(part, str | Named) else str(np.shape(part))
            table.add_row(role, place, shape, task.returns.get(name, ""))
    return table


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_written(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(_written(part) for part in value)
    if isinstance(value, str | int | Named):
        return str(value)
    return np.array2string(np.asarray(value), precision=6, suppress_small=True)
