"""One mutant before the checks, and those that no check notices beside the reference."""

from __future__ import annotations

from functools import partial

from grader.audit.crew import Opening
from grader.audit.equivalence import difference
from grader.audit.findings import Trial
from grader.audit.mutants import Mutant, dependents
from grader.audit.verdicts import Functions, Jury, Seen, watching
from grader.checks import Seeded, Thinned, ThinnedAlike
from grader.model import Assignment, Task

PRECISION = "float32"
"""The one behaviour that shows in values: where a cast changes none, it is equivalent."""


class Court:
    """Tries mutants of one assignment, each by the checks of its own task and of the tasks that use its cache."""

    def __init__(self, assignment: Assignment, seed: bytes) -> None:
        self._assignment = assignment
        self._jury = Jury(assignment, seed)

    def try_(self, mutant: Mutant) -> Trial | None:
        """The fate that the checks decide; None where none of them notices anything."""
        warned = spared = ""
        for task in self._tasks(mutant):
            seen = self._jury.hear(task.name, self._functions(mutant))
            if seen.ours:
                return Trial(mutant, "error", why=seen.ours)
            if seen.lost:
                return _killed(mutant, task, seen)
            warned, spared = warned or seen.warned, spared or seen.spared
        if spared or (mutant.behaviour and warned):
            return Trial(mutant, "warned", why=spared or warned)
        if mutant.behaviour and mutant.rule != PRECISION:
            return Trial(mutant, "unjudged", why=mutant.says)
        return None

    def compare(self, mutant: Mutant) -> Trial:
        """The fate of what no check noticed: is it the reference in other words?"""
        for task in self._tasks(mutant):
            functions = self._functions(mutant)
            where = difference(task, functions, self._jury.reference, arguments=watching(task))
            if where and self._by_chance(task, functions):
                return Trial(
                    mutant, "unjudged", why="differs in nothing but what is drawn at random, and judged as such"
                )
            if where:
                return Trial(mutant, "survived", why=where)
        return Trial(mutant, "equivalent")

    def _by_chance(self, task: Task, functions: Functions) -> bool:
        """Whether all differences lie in cases that are judged by what chance allows, not by values."""
        drawn = frozenset(check.group for check in task.checks if isinstance(check, Thinned | ThinnedAlike | Seeded))
        watched = watching(task)
        return bool(drawn) and difference(task, functions, self._jury.reference, watched, without=drawn) is None

    def _tasks(self, mutant: Mutant) -> tuple[Task, ...]:
        own = self._assignment.task(mutant.task)
        return (own, *dependents(self._assignment, own))

    def _functions(self, mutant: Mutant) -> Functions:
        """The reference with the mutant in its place. None of the others calls it: its own checks kill it, or none."""
        own = mutant.build(self._assignment.task(mutant.task).reference)
        return {**self._jury.reference, mutant.task: own}


def _killed(mutant: Mutant, task: Task, seen: Seen) -> Trial:
    checks = tuple((task.name, name) for name in seen.lost)
    cases = tuple((task.name, name) for name in seen.cases)
    return Trial(mutant, "killed", checks, cases, seen.said, seen.raised)


def opening(name: str, course: str | None, seed: bytes) -> Opening:
    """How a process of its own opens the court; an assignment holds functions, and so travels by name."""
    return partial(_open, name, course, seed)


def _open(name: str, course: str | None, seed: bytes) -> Court:
    from pathlib import Path

    from grader import course as courses

    return Court(courses.assignment(name, Path(course) if course else None), seed)
