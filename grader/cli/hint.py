"""`grader hint`: one more rung of the ladder each time it is asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import course, exits, taken
from grader.cli.exits import Stop

if TYPE_CHECKING:
    from grader.student import Step


def hint(
    task: Annotated[str, typer.Argument(metavar="TASK", help="The function to be helped with.")],
    path: Annotated[Path, typer.Argument(metavar="[PATH]", help="A template folder, or a folder of them.")] = Path("."),
    assignment: Annotated[str | None, typer.Option("-a", "--assignment", metavar="NAME", help="Only this one.")] = None,
    level: Annotated[
        int | None,
        typer.Option("--level", min=1, max=3, help="This rung, not the next: 1 nudge, 2 question, 3 equation."),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take a hint that costs points without being asked.")
    ] = False,
) -> None:
    """Give a hint for what fails first in TASK: a nudge, then a question, then the equation; for example:

    grader hint affine_backward two_layer_mlp
    """
    from grader.sandbox import SandboxError
    from grader.student import StudentError
    from grader.submissions import Unreadable

    try:
        folder = _folder(path, assignment, task)
        _hint(folder, task, level, yes)
    except StudentError as wrong:
        raise Stop(str(wrong)) from None
    except Unreadable as wrong:
        raise Stop(str(wrong), exits.UNREADABLE) from None
    except SandboxError as failure:
        raise Stop(str(failure), exits.OURS) from None


def _folder(path: Path, assignment: str | None, task: str) -> Path:
    """The one template folder that asks for the task."""
    from grader import student

    folders = student.find_assignments(path, assignment)
    known = {folder: list(student.read(folder)[0].homes) for folder in folders}
    found = [folder for folder in folders if task in known[folder]]
    if not found:
        course.chosen([task], [name for names in known.values() for name in names], str(path))
    if len(found) > 1:
        names = ", ".join(folder.name for folder in found)
        raise Stop(f"{task} is asked in {len(found)} assignments ({names}); name one with -a")
    return found[0]


def _hint(folder: Path, task: str, level: int | None, yes: bool) -> None:
    from grader import student
    from grader.diagnosis.ladder import ladder, subject

    with student.attempt(folder) as attempt:
        price = attempt.meta.hints
        if price == "off":
            raise Stop(f"{attempt.meta.name} gives no hints; `grader check` says what fails, and handout.md derives it")
        step = student.first_step_of(attempt, task)
    if step is None:
        _say(f"every public check of {task} passes; there is nothing to hint at")
        return
    record = taken.read(folder)
    about = subject(step.claim, step.verdict)
    reached = record.level(task, about)
    rung = level or min(reached + 1, taken.RUNGS)
    if rung > reached:
        _agree(record.agreed(price, rung, reached), task, rung, yes)
        record.take(task, about, rung, price, reached)
        taken.write(folder, record)
    _say(f"hint {rung} of {taken.RUNGS} for {task}, {step.claim}:")
    _say("  " + ladder(step.claim, step.verdict, step.remedy, step.equations, attempt.meta.equations)[rung - 1])
    _offer(step, rung)


def _agree(cost: float, task: str, rung: int, yes: bool) -> None:
    """Say what a hint costs before it is shown; without a yes it is not."""
    if not cost:
        return
    said = f"hint {rung} of {taken.RUNGS} for {task} costs {cost:g} points"
    if yes:
        _say(said)
    elif not sys.stdin.isatty():
        raise Stop(f"{said}; say --yes to take it")
    elif not typer.confirm(f"{said}. Take it?"):
        raise Stop("no hint was taken")


def _offer(step: Step, rung: int) -> None:
    if rung < taken.RUNGS:
        _say(f"Ask again for the next one: grader hint {step.task}")


def _say(text: str) -> None:
    from grader.report import terminal

    terminal.say(terminal.console(), text)
