"""Assignment × answerer → Report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from grader.drive import Once, run
from grader.model import Assignment, Check, Report, Row, Task, TaskReport, Verdict, exact
from grader.paper import Paper, write
from grader.questions import Answerer


@dataclass(frozen=True, eq=False)
class Exam:
    """The papers of an assignment, with the checks to run on each and what they are worth."""

    tasks: tuple[tuple[Paper, Mapping[Check, Fraction]], ...]
    equations: Mapping[str, tuple[str, ...]]


def prepare(assignment: Assignment, seed: bytes, only: Iterable[str] = (), run_seed: bytes = b"") -> Exam:
    """Draw an assignment's papers. `only` names the tasks to set; none means all."""
    named = {task.name: task for task in assignment.tasks}
    chosen = [named[name] for name in only] or list(assignment.tasks)
    return Exam(
        tuple((write(task, seed, forwards=named, run_seed=run_seed), _points(task)) for task in chosen),
        {task.name: task.equations for task in chosen},
    )


def _points(task: Task) -> dict[Check, Fraction]:
    return {check: exact(points) for check, points in task.checks.items()}


def grade(exam: Exam, answerer: Answerer) -> Report:
    """Put every check of an exam to an answerer. What goes wrong in our own code is `error`, never the student's."""
    once = Once(answerer)
    return Report(
        tuple(
            TaskReport(paper.task, exam.equations[paper.task], _rows(paper, checks, once))
            for paper, checks in exam.tasks
        )
    )


def _rows(paper: Paper, checks: Mapping[Check, Fraction], answerer: Answerer) -> tuple[Row, ...]:
    rows = []
    for check, points in checks.items():
        verdict = _verdict(check, paper, answerer)
        rows.append(Row(check.statement(paper.returns), verdict, points, _visibility(check, paper)))
    return tuple(rows)


def _visibility(check: Check, paper: Paper) -> Literal["public", "hidden"]:
    """Public is what a student can run: a check all of whose cases are public."""
    hidden = [case for case in paper.cases if case.group == check.group and not case.public]
    return "hidden" if hidden else "public"


def _verdict(check: Check, paper: Paper, answerer: Answerer) -> Verdict:
    try:
        return run(check, paper, answerer)
    except Exception as ours:
        sentence = f"the grader failed ({type(ours).__name__}); this check needs an instructor"
        return Verdict("error", sentence, particulars=str(ours), needs_review=True)


def with_messages(report: Report, messages: Iterable[str]) -> Report:
    """Add notes about the submission as a whole."""
    return replace(report, messages=(*report.messages, *messages))
