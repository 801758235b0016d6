"""`grader check`: the student's side, from the data in the template folder alone."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import course, exits
from grader.cli.exits import Stop
from grader.cli.options import FailUnder, Format, Formats, Tasks

if TYPE_CHECKING:
    from grader.document import Document
    from grader.student import Step

POLL_S = 0.5
ADVICE = "This is advice: hidden cases are decided by the instructor's run."


def check(
    path: Annotated[Path, typer.Argument(metavar="[PATH]", help="A template folder, or a folder of them.")] = Path("."),
    assignment: Annotated[str | None, typer.Option("-a", "--assignment", metavar="NAME", help="Only this one.")] = None,
    task: Tasks = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file changes.")] = False,
    format_: Formats = Format.text,
    fail_under: FailUnder = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show the checks that pass, too.")] = False,
) -> None:
    """Check your own work against the public cases; for example:

    grader check two_layer_mlp --task affine_backward
    """
    code = _check_once(path, assignment, task, format_, fail_under, verbose)
    while watch:
        _wait_for_change(path)
        code = _check_once(path, assignment, task, format_, fail_under, verbose)
    raise typer.Exit(code)


def _check_once(
    path: Path,
    assignment: str | None,
    task: list[str] | None,
    format_: Format,
    fail_under: float | None,
    verbose: bool,
) -> int:
    from grader import student
    from grader.sandbox import SandboxError
    from grader.submissions import Unreadable

    codes = []
    try:
        for folder in student.find_assignments(path, assignment):
            document, step, hidden = _graded(folder, task)
            _print(document, step, hidden, format_, verbose)
            codes.append(_code(document, fail_under))
    except student.StudentError as wrong:
        raise Stop(str(wrong)) from None
    except Unreadable as wrong:
        raise Stop(str(wrong), exits.UNREADABLE) from None
    except SandboxError as failure:
        raise Stop(str(failure), exits.OURS) from None
    return max(codes)


def _graded(folder: Path, task: list[str] | None) -> tuple[Document, Step | None, Mapping[str, tuple[str, ...]]]:
    from grader import document, student
    from grader.grade import Exam, grade, with_messages
    from grader.paper import PUBLIC_SEED
    from grader.sandbox import isolation

    with student.attempt(folder) as attempt:
        names = [paper.task for paper, _ in attempt.exam.tasks]
        only = course.chosen(task, names, f"assignment {attempt.meta.name!r}") or names
        asked = [pair for pair in attempt.exam.tasks if pair[0].task in only]
        exam = Exam(tuple(asked), attempt.exam.equations)
        report = with_messages(grade(exam, attempt.answerer), attempt.notes)
        made = document.document(
            report,
            assignment=attempt.meta.name,
            submission=folder.resolve().name,
            sha256="",
            seed=PUBLIC_SEED,
            audience="student",
            environment=document.environment(),
            isolation=isolation(),
            hints=attempt.meta.hints,
        )
        hidden = {name: checks for name, checks in attempt.meta.hidden.items() if name in only and checks}
        return made, student.first_step(attempt.meta, exam, report), hidden


def _print(
    document: Document, step: Step | None, hidden: Mapping[str, tuple[str, ...]], format_: Format, verbose: bool
) -> None:
    if format_ is Format.json:
        from grader.document import encode

        sys.stdout.buffer.write(encode(document))
    elif format_ is Format.markdown:
        from grader.report import markdown

        sys.stdout.buffer.write(f"{markdown.submission(document)}\n{ADVICE}\n".encode())
    else:
        _print_text(document, step, hidden, verbose)
    sys.stdout.flush()


def _print_text(document: Document, step: Step | None, hidden: Mapping[str, tuple[str, ...]], verbose: bool) -> None:
    from grader.report import terminal

    console = terminal.console()
    terminal.show(console, document, verbose)
    if step and step.remedy:
        terminal.say(console, f"What to do first, in {step.task}: {step.remedy}.")
    if step and step.hints != "off" and step.verdict.status == "fail":
        price = "" if step.hints == "free" else f", for {step.hints} points"
        terminal.say(console, f"A hint{price}: grader hint {step.task}")
    elif not step:
        terminal.say(console, "All public checks pass.")
    for name, checks in hidden.items():
        terminal.say(console, f"Only the instructor's run decides, for {name}: {'; '.join(checks)}.")
    terminal.say(console, ADVICE)


def _code(document: Document, fail_under: float | None) -> int:
    from grader.report.summary import share

    if fail_under is not None:
        return exits.BELOW if 100 * share(document) < fail_under else exits.GRADED
    earned = all(check.status in ("pass", "warn") for task in document.tasks for check in task.checks)
    return exits.GRADED if earned else exits.BELOW


def _wait_for_change(path: Path) -> None:
    before = _state(path)
    while _state(path) == before:
        time.sleep(POLL_S)


def _state(path: Path) -> list[tuple[str, int]]:
    files = [file for ending in ("*.py", "*.ipynb") for file in path.rglob(ending)]
    return sorted((str(file), file.stat().st_mtime_ns) for file in files if file.is_file())
