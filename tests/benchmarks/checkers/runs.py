"""Every checker against every mutant on the same cases."""

import statistics
import time
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from tests.benchmarks.checkers import ours, rules
from tests.benchmarks.checkers.corpus import written
from tests.benchmarks.checkers.problems import Problem
from tests.engine.wrong.kinds import CATEGORIES

__all__ = ["CATEGORIES", "battery", "compare", "small"]

SEED = b"benchmark"
PATIENCE_S = 0.3
"""A checker that moves every coordinate skips a case at which its forward passes alone take longer."""


@dataclass
class Line:
    """What became of one checker; calls and time are those of one task's cases together, for right code."""

    name: str
    killed: Counter = field(default_factory=Counter)
    asked: Counter = field(default_factory=Counter)
    alarms: int = 0
    cases: int = 0
    calls: Counter = field(default_factory=Counter)
    seconds: list = field(default_factory=list)

    @property
    def forwards(self):
        return self.calls["forward"] / max(len(self.seconds), 1)

    @property
    def backwards(self):
        return self.calls["backward"] / max(len(self.seconds), 1)

    @property
    def ms(self):
        return 1e3 * statistics.median(self.seconds) if self.seconds else 0.0


def small(asked):
    """One case with N = 4, D = 5, C = 3."""
    return (asked.small(SEED),)


def battery(asked):
    """All that the task declares, but for the cases that are put for their size alone."""
    return ours.paper_of(asked.assignment, asked.task, SEED).ordinary


def compare(asked, checkers, cases):
    """A line for each checker, and one for ours."""
    lines = [Line(checker.name) for checker in checkers]
    mine = Line("ours")
    with np.errstate(all="ignore"):
        for each in asked:
            posed = cases(each)
            for checker, line in zip(checkers, lines, strict=True):
                _library(each, checker, _comparable(posed), line)
            _product(each, posed, mine)
    return [*lines, mine]


def _comparable(posed):
    """Cases at which a slope exists and the forward pass repeats itself: no ties or kinks, no draw without a seed."""
    kinked = ("at zero", "ties")
    return [
        case
        for case in posed
        if case.group not in kinked and not getattr(case, "between", None) and case.name != "without a seed"
    ]


def _library(each, checker, posed, line):
    """Ask one checker about every mutant at the cases that right code passes."""
    usable, calls = [], Counter()
    begun = time.perf_counter()
    for case in posed:
        problem = Problem(each.task, each.ahead, case, each.right)
        if checker.slow and _too_slow(problem):
            continue
        line.cases += 1
        measured = rules.every_coordinate(problem) if isinstance(checker, rules.CS231nFull) else None
        passed = _accepted(checker, problem, measured)
        line.alarms += not passed
        calls += problem.calls
        if passed:
            usable.append((case, measured))
    if not calls:
        return
    line.seconds.append(time.perf_counter() - begun)
    line.calls += calls
    for _, category, source, module in each.mutants:
        functions = written(module, each.assignment, source)
        line.asked[category] += 1
        line.killed[category] += not all(
            _accepted(checker, Problem(each.task, each.ahead, case, functions), _kept(each, measured))
            for case, measured in usable
        )


def _kept(each, measured):
    """The differences of the right forward pass serve every mutant of its backward pass, whose forward is the same."""
    return measured if each.task is not each.ahead else None


def _accepted(checker, problem, measured):
    try:
        return checker(problem) if measured is None else checker(problem, measured)
    except Exception:  # whatever a mutant raises, in its own code or in the library's
        return False


def _too_slow(problem):
    problem.outputs(problem.xs)
    problem.forward_s = 0.0
    problem.outputs(problem.xs)
    seconds = 2 * problem.n * problem.forward_s
    problem.calls.clear()
    return seconds > PATIENCE_S


def _product(each, posed, line):
    """Ours: one exam of these cases."""
    paper = ours.paper_of(each.assignment, each.task, SEED, posed)
    exam = ours.exam_of(each.assignment, each.task, paper)
    line.cases += len(posed)
    line.alarms += not ours.accepts(exam, each.right)  # counted once a task
    begun = time.perf_counter()
    ours.report(exam, each.right)
    line.seconds.append(time.perf_counter() - begun)
    line.calls += ours.calls_of(exam, each.right, each.task, each.ahead)
    for _, category, source, module in each.mutants:
        line.asked[category] += 1
        line.killed[category] += not ours.accepts(exam, written(module, each.assignment, source))
