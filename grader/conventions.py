"""Which of the right ways to do a task a submission follows, where its course leaves the choice open.

Every task is judged under one convention in all its cases, its loss and its gradients together, and tasks that share an
axis are judged under the same one. A year may fix the choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property

import msgspec

from grader.checks import Value
from grader.model import Check, Convention, Task, TaskReport, exact
from grader.paper import Paper
from grader.profiles import AUTO


class Graded(msgspec.Struct, frozen=True, eq=False):
    """A task with its checks and what came of them."""

    paper: Paper
    checks: Mapping[Check, Fraction]
    report: TaskReport


Judge = Callable[[Paper, Mapping[Check, Fraction]], Graded]


class Way(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A task under one convention: `write` draws its paper when it is first needed."""

    name: str
    says: str
    axis: str
    checks: Mapping[Check, Fraction]
    write: Callable[[], Paper]

    @cached_property
    def paper(self) -> Paper:
        return self.write()


def open_to(task: Task, profile: str) -> tuple[Convention, ...]:
    """The conventions of a task that a profile leaves open, the task's own order kept."""
    named = tuple(each for each in task.conventions if profile in each.years)
    return named or task.conventions


def asked_in(tasks: Iterable[Task], profile: str) -> list[Task]:
    """The tasks that a profile asks for; all of them under "auto"."""
    return [task for task in tasks if profile == AUTO or not task.years or profile in task.years]


def points(task: Task) -> dict[Check, Fraction]:
    """What each check of a task is worth."""
    return {check: exact(worth) for check, worth in task.checks.items()}


def follow(
    ways: Mapping[str, tuple[Way, ...]], graded: Mapping[str, Graded], judge: Judge
) -> tuple[dict[str, Graded], tuple[str, ...]]:
    """Judge every task under the convention that its group follows best: (tasks, what to say about it).

    `graded` hold the verdicts under the first of each task's `ways`. Nothing is put again where these are full marks.
    Tasks that are not among them help to find out which convention is followed, and get no verdict.
    Where nothing is right there is nothing to say: no convention was followed.
    """
    settled = dict(graded)
    followed: dict[str, list[str]] = {}
    for group in _groups(ways):
        name, chosen = _best(group, ways, graded, judge)
        settled |= {task: found for task, found in chosen.items() if task in graded}
        for task in (task for task in group if task in graded and chosen[task].report.score > 0):
            for way in (way for way in ways[task] if way.name == name):
                followed.setdefault(way.says, []).append(task)
    return settled, tuple(f"{', '.join(tasks)}: judged with {says}" for says, tasks in followed.items())


def _groups(ways: Mapping[str, tuple[Way, ...]]) -> list[list[str]]:
    """Tasks by the axis that they share; a task without one stands alone."""
    grouped: dict[str, list[str]] = {}
    for task, several in ways.items():
        grouped.setdefault(several[0].axis or f" {task}", []).append(task)
    return list(grouped.values())


def _best(
    group: list[str], ways: Mapping[str, tuple[Way, ...]], graded: Mapping[str, Graded], judge: Judge
) -> tuple[str, dict[str, Graded]]:
    names = dict.fromkeys(way.name for task in group for way in ways[task])
    first = next(iter(names))
    best = first, {task: graded[task] for task in group if task in graded}
    if _is_full(best[1]):
        return best
    graded = {**{task: judge(ways[task][0].paper, ways[task][0].checks) for task in group}, **graded}
    highest = _rank(graded[task] for task in group)
    for name in (name for name in names if name != first):
        if _is_full(best[1]):
            break
        tried = {task: _under(ways[task], name, graded[task], judge) for task in group}
        rank = _rank(tried.values())
        if rank > highest:
            best, highest = (name, tried), rank
    return best


def _under(ways: tuple[Way, ...], name: str, graded: Graded, judge: Judge) -> Graded:
    """The task under the convention of this name, or as it stands where it has none of it."""
    found = next((way for way in ways[1:] if way.name == name), None)
    return judge(found.paper, found.checks) if found else graded


def _is_full(graded: Mapping[str, Graded]) -> bool:
    return all(task.report.score == task.report.max_score for task in graded.values())


def _rank(graded: Iterable[Graded]) -> tuple[Fraction, Fraction, int]:
    """Right values first: a loss says which way is followed, and its gradients must go with it.

    Then points; of equal points the way in which more calls return at all.
    """
    pairs = [pair for task in graded for pair in zip(task.checks, task.report.rows, strict=True)]
    values = sum((row.score for check, row in pairs if isinstance(check, Value)), Fraction(0))
    returned = sum(row.verdict.status in ("pass", "warn", "fail") for _, row in pairs)
    return values, sum((row.score for _, row in pairs), Fraction(0)), returned
