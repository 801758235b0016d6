"""Ours, through the product's real checks: the exam that a submission would be put, cut down to some of its cases."""

from collections import Counter

from msgspec.structs import replace

from grader.answerers import InProcess
from grader.checks import Numeric
from grader.grade import Exam, grade
from grader.model import exact
from grader.posing import write
from tests.named import NAMED


def paper_of(assignment, task, seed, cases=()):
    """The paper of a task with these cases alone, or with all that it declares; a price is not measured here."""
    named = {each.name: each for each in assignment.tasks}
    paper = replace(write(task, seed, forwards=named), cost=None, costly=None)
    return replace(paper, cases=tuple(cases)) if cases else paper


def exam_of(assignment, task, paper, numeric=True):
    """Every check of the task that has cases on this paper."""
    groups = {case.group for case in paper.ordinary}
    sloped = any(case.slope for case in paper.cases)
    checks = {
        check: exact(points)
        for check, points in task.checks.items()
        if check.group in groups
        and not any(case.timed for case in paper.cases if case.group == check.group)
        and (not isinstance(check, Numeric) or (numeric and sloped))
    }
    return Exam(((paper, checks),), {task.name: ()}, exact(assignment.follow_through), False)


def counted(functions, calls, task, ahead):
    """The functions of a submission, with the calls of its forward and backward pass counted."""

    def counting(name, function):
        kind = "backward" if name == task.name else "forward"

        def called(*args):
            calls[kind] += 1
            return function(*args)

        return called

    return {n: counting(n, f) if n in (task.name, ahead.name) else f for n, f in functions.items()}


def report(exam, functions):
    """The report of the one task of an exam."""
    return grade(exam, InProcess(functions, NAMED)).tasks[0]


def accepts(exam, functions):
    """Whether nothing is said against a submission: bad manners and single precision are said and cost nothing."""
    return all(row.verdict.status == "pass" for row in report(exam, functions).rows)


def calls_of(exam, functions, task, ahead):
    calls = Counter()
    report(exam, counted(functions, calls, task, ahead))
    return calls
