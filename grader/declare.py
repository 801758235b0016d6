"""What a declaration must hold to be built. Each fault is one line: what is wrong, and where.

Raises `DeclarationError`, so that a wrong assignment cannot even be imported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.model import Assignment, Task


class DeclarationError(ValueError):
    """A wrong assignment; the message is one line for the instructor."""


def task(task: Task) -> None:
    """Refuse a task that could not be asked or judged."""
    where = f"task {task.name or task.reference!r}"
    if not callable(task.reference):
        raise DeclarationError(f"{where} has no reference function; give the function itself")
    _check_conventions(task, where)
    _check_inputs(task, where)
    _check_checks(task, where)
    _check_cases(task, where)


def _check_conventions(task: Task, where: str) -> None:
    _refuse_doubles([each.name for each in task.conventions], f"{where} has two conventions named")
    if task.conventions and task.conventions[0].changes:
        raise DeclarationError(f"{where} changes itself in its first convention; the first is the task as it stands")
    if len(task.conventions) == 1:
        raise DeclarationError(f"{where} has one convention; give two or more, or none")
    for each in task.conventions[1:]:
        if not each.changes:
            raise DeclarationError(f"{where}, convention {each.name!r} changes nothing; leave it out")


def _check_inputs(task: Task, where: str) -> None:
    known = {*task.draws, "cache"} if task.forward else {*task.draws}
    needed = [*task.parameters, *(task.slope.args if task.slope else ())]
    needed += [weight for _, weight in task.slope.weighted if weight] if task.slope else []
    needed += task.fills
    for name in needed:
        if name not in known:
            raise DeclarationError(f"{where} has no draw for {name!r}; its draws are {', '.join(task.draws)}")
    for path, output in task.slope.moves.items() if task.slope else ():
        if path.partition(".")[0] not in task.draws or output.partition(".")[0] not in task.returns:
            raise DeclarationError(
                f"{where} takes the slope of {output!r} along {path!r}; it has no such output or input"
            )
    for case in task.cases:
        for name in case.draws:
            if name not in task.draws:
                raise DeclarationError(f"{where}, case {case.name!r} draws {name!r}, which is no input of the task")


def _check_checks(task: Task, where: str) -> None:
    if not task.checks:
        raise DeclarationError(f"{where} has no checks; a task must be judged by something")
    for check, points in task.checks.items():
        if points < 0:
            raise DeclarationError(f"{where}, {check!r} is worth {points}; points must not be negative")
        for output in check.outputs():
            if output.partition(".")[0] not in (*task.shapes, *task.fills):
                raise DeclarationError(f"{where}, {check!r} judges {output!r}; it returns {', '.join(task.shapes)}")
        if not any(case.group == check.group for case in task.cases):
            raise DeclarationError(f"{where}, {check!r} has no case in group {check.group!r}; it would measure nothing")
    _refuse_doubles([check.statement(task.shapes) for check in task.checks], f"{where} has two checks named")


def _check_cases(task: Task, where: str) -> None:
    _refuse_doubles([case.name for case in task.cases], f"{where} has two cases named")
    if not task.cases or not task.cases[0].public:
        raise DeclarationError(f"{where} has no public first case; the first case is the worked example")
    _check_between(task, where)
    generic = [case for case in task.cases if case.name == "generic"]
    if not generic:
        raise DeclarationError(f"{where} has no case 'generic'; its sizes tell dimensions apart")
    _refuse_coinciding(generic[0].sizes, f"{where}, case 'generic'")


def _check_between(task: Task, where: str) -> None:
    for case in task.cases:
        if not case.between:
            continue
        if case.public:
            raise DeclarationError(f"{where}, case {case.name!r} is public and between slopes; it must be hidden")
        if task.slope is None or task.slope.claim != "gradient":
            raise DeclarationError(f"{where}, case {case.name!r} is between slopes; the task claims no gradient")


def _refuse_coinciding(sizes: object, where: str) -> None:
    lengths: dict[int, str] = {}
    for name, size in dict(sizes).items():  # type: ignore[call-overload]
        widths = size if isinstance(size, tuple) else (size,)
        for index, width in enumerate(widths):
            label = f"{name}[{index}]" if isinstance(size, tuple) else name
            if width in lengths:
                raise DeclarationError(f"{where} has {lengths[width]} = {label} = {width}; sizes must differ")
            lengths[width] = label


def assignment(assignment: Assignment) -> None:
    """Refuse an assignment whose points, equations or functions do not fit together."""
    where = f"assignment {assignment.name!r}"
    if not assignment.name.isidentifier():
        raise DeclarationError(f"{where} is no identifier; use letters, digits and _")
    names = [task.name for task in assignment.tasks]
    _refuse_doubles(names, f"{where} has two tasks named")
    _check_points(assignment, where)
    _check_equations(assignment, where)
    _check_pages(assignment, where)
    for task in assignment.tasks:
        _check_points_of_variants(task, f"{where}, task {task.name!r}")
        for called in [task.slope.forward] if task.slope else []:
            if called not in names:
                raise DeclarationError(f"{where}, task {task.name!r} takes the slope of unknown function {called!r}")
        if task.forward and task.forward.__name__ not in names:
            raise DeclarationError(f"{where}, task {task.name!r} needs unknown function {task.forward.__name__!r}")


def _check_points(assignment: Assignment, where: str) -> None:
    from grader.model import decimal, exact

    total = sum((task.points for task in assignment.tasks), exact(0))
    if total != exact(assignment.points):
        raise DeclarationError(f"{where} states {assignment.points} points; its tasks add up to {decimal(total)}")
    if not total:
        raise DeclarationError(f"{where} is worth nothing; give its checks points")


def _check_points_of_variants(task: Task, where: str) -> None:
    for name, variant in task.variants.items():
        if variant.points != task.points:
            raise DeclarationError(
                f"{where}, convention {name!r} is worth other points than the task; give it the same"
            )


def _check_equations(assignment: Assignment, where: str) -> None:
    graded = {identifier for task in assignment.tasks for identifier in task.equations}
    for identifier in sorted(graded - set(assignment.equations)):
        raise DeclarationError(f"{where} grades equation {identifier!r}, which does not exist")
    for identifier in sorted(set(assignment.equations) - graded):
        raise DeclarationError(f"{where} grades equation {identifier!r} by no check")


def _check_pages(assignment: Assignment, where: str) -> None:
    """What reports and hints are told of the assignment."""
    for identifier in sorted(set(assignment.latex) - set(assignment.equations)):
        raise DeclarationError(f"{where} writes equation {identifier!r} in LaTeX, which does not exist")
    hints = assignment.hints
    if isinstance(hints, bool) or not (hints in ("free", "off") or (isinstance(hints, int | float) and hints > 0)):
        raise DeclarationError(f"{where} has hints = {hints!r}; expected 'free', 'off' or what a hint costs in points")


def _refuse_doubles(names: Iterable[str], what: str) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise DeclarationError(f"{what} {name!r}; names must differ")
