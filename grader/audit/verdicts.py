"""What the checks say of a mutant: which of them take points, and in which cases of the battery they see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec.structs import replace

from grader.answerers import InProcess
from grader.checks import After
from grader.drive import Once
from grader.grade import Exam, grade, prepare
from grader.model import Assignment, Check, Row, Task
from grader.paper import Paper
from grader.questions import Answer, Failed
from grader.sandbox.worker.named import NAMED

Functions = Mapping[str, Callable[..., Any]]


class Seen(msgspec.Struct, frozen=True):
    """`lost` names the checks that take points, `cases` where they do; `said` is the first sentence among them.

    `warned` is the first warning, `spared` the first of a check that by declaration does no more than warn.
    """

    lost: tuple[str, ...]
    cases: tuple[str, ...]
    said: str = ""
    warned: str = ""
    spared: str = ""
    raised: bool = False
    ours: str = ""


class Jury:
    """The real checks of one assignment, on one seed."""

    def __init__(self, assignment: Assignment, seed: bytes) -> None:
        self._assignment, self._seed = assignment, seed
        self.reference: Functions = {task.name: task.reference for task in assignment.tasks}
        self._exams: dict[str, Exam] = {}
        self._spoilt: dict[str, frozenset[str]] = {}

    def hear(self, task: str, functions: Functions) -> Seen:
        """Put every check of a task to these functions. What the reference loses, too, is no mutant's fault."""
        exam = self._exam(task)
        answers = Once(InProcess(functions, NAMED))
        ((paper, checks),) = exam.tasks
        (report,) = grade(exam, answers, explain=False).tasks
        rows = list(zip(checks, report.rows, strict=True))
        losing = [(check, row) for check, row in rows if self._counts(task, row)]
        return Seen(
            lost=tuple(row.name for _, row in losing),
            cases=_cases(paper, losing, answers),
            said=losing[0][1].verdict.sentence if losing else "",
            warned=next((row.verdict.sentence for _, row in rows if row.verdict.status == "warn"), ""),
            spared=next((row.verdict.sentence for check, row in rows if _merely_warns(check, row)), ""),
            raised=bool(losing) and all(row.verdict.status in ("raised", "blocked") for _, row in losing),
            ours=next((row.verdict.particulars for _, row in rows if row.verdict.status == "error"), ""),
        )

    def _exam(self, task: str) -> Exam:
        if task not in self._exams:
            # A mutant is a mistake in the task as it stands; what other years call right does not excuse it.
            self._exams[task] = replace(prepare(self._assignment, self._seed, (task,)), ways={})
            self._spoilt[task] = frozenset()
            self._spoilt[task] = frozenset(self.hear(task, self.reference).lost)
        return self._exams[task]

    def _counts(self, task: str, row: Row) -> bool:
        lost = not row.verdict.earns and row.verdict.status != "error"
        return lost and row.max_score > 0 and row.name not in self._spoilt[task]


def _merely_warns(check: Check, row: Row) -> bool:
    lenient = isinstance(check, After) or any(getattr(check, name, False) for name in ("warns", "nearly", "ones"))
    return row.verdict.status == "warn" and lenient


def _cases(paper: Paper, losing: list[tuple[Check, Row]], answers: Once) -> tuple[str, ...]:
    given = answers.ask(paper.question)
    found: dict[str, None] = {}
    for check, row in losing:
        alone = _by_case(paper, check, given)
        named = row.verdict.evidence.get("case")
        found |= dict.fromkeys(alone if alone is not None else [str(named)] if named else [])
    return tuple(found)


def _by_case(paper: Paper, check: Check, given: tuple[Answer, ...]) -> list[str] | None:
    """The cases that take the points by themselves; None for a check that asks more than its battery."""
    found = []
    chosen = paper.chosen(check.group)
    if not chosen:  # a timed case, which is no part of the battery's question
        return None
    for case, place in chosen:
        earns = _earns(check, _only(paper, case.name), given[place])
        if earns is None:
            return None
        if not earns:
            found.append(case.name)
    return found


def _earns(check: Check, paper: Paper, answer: Answer) -> bool | None:
    """Whether a check earns its points on a paper of one case, which was answered so."""
    ((_, place),) = paper.chosen(check.group)
    others = [Failed("blocked", "not asked") for _ in paper.question.calls]
    asking = check(paper)
    try:
        if next(asking) is not paper.question:
            return None
        asking.send((*others[:place], answer, *others[place + 1 :]))
    except StopIteration as done:
        return bool(done.value.earns)
    except (IndexError, ValueError):
        return None
    return None


@cache
def _only(paper: Paper, name: str) -> Paper:
    return replace(paper, cases=tuple(case for case in paper.cases if case.name == name))


def watching(task: Task) -> bool:
    """Whether a check of the task is sent its arguments back: does it see what is written into them?"""
    return any(getattr(check, "needs_echo", False) for check in task.checks)
