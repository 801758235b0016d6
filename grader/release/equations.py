"""`assignments/README.md`: which function is asked for each equation, and which check grades it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.model import Assignment

HEADER = """# Equations, functions, checks

Made by `make release` from the declarations; do not edit. An equation is graded by every check in its row.
"""


def table(assignments: Sequence[Assignment]) -> str:
    """Write the table of every equation id, in the order of the declarations."""
    parts = [HEADER]
    for assignment in assignments:
        parts.append(f"\n## {assignment.name}: {assignment.title}\n")
        parts.append("\n| equation | what it says | function | check |\n|---|---|---|---|\n")
        parts.extend(_rows(assignment))
    return "".join(parts)


def _rows(assignment: Assignment) -> Iterator[str]:
    for identifier, text in assignment.equations.items():
        for name, statement in graded_by(assignment, identifier):
            yield f"| {identifier} | {_cell(text)} | `{name}` | {_cell(statement)} |\n"


def graded_by(assignment: Assignment, identifier: str) -> list[tuple[str, str]]:
    """Name the (function, check) pairs that grade an equation."""
    return [
        (task.name, check.statement(task.shapes))
        for task in assignment.tasks
        for check in task.checks
        if identifier in check.proves
    ]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
