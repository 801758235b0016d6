"""The audit of one assignment, from its reference to its last mutant."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import msgspec

from grader.audit.crew import LIMIT_S, Crew, Ended
from grader.audit.findings import Findings, Trial
from grader.audit.mutants import Mutant, mutants, sampled
from grader.audit.soundness import soundness
from grader.audit.source import source_of
from grader.audit.trial import PRECISION, opening
from grader.model import Assignment, Task

COMPARING_S = 90.0
"""Seconds for a thousand comparisons with the reference; the slowest task of the course takes 10 s."""

Tick = Callable[[str], None]
Watch = Callable[[int], AbstractContextManager[Tick]]
"""Is told how many mutants there are, and gives what is to be called with the task of each whose fate is known."""


class Order(msgspec.Struct, frozen=True):
    """What to audit: an assignment, by the name that it was asked for, and in which course.

    `root` is the folder that holds the student's template, None for an assignment declared outside a course.
    """

    assignment: Assignment
    name: str
    course: str | None = None
    root: Path | None = None
    only: tuple[str, ...] = ()
    sample: int | None = None
    seed: str = "audit"
    jobs: int = 1
    limit_s: float = LIMIT_S

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(task for task in self.assignment.tasks if not self.only or task.name in self.only)


def _unwatched(total: int) -> AbstractContextManager[Tick]:
    return nullcontext(lambda name: None)


def audit(order: Order, watch: Watch = _unwatched) -> Findings:
    """Audit an assignment. Raises `CrewError` where the processes that try mutants cannot start."""
    started = time.monotonic()
    sound = soundness(order.assignment, order.tasks, order.seed, order.root)
    made, without = mutants(order.tasks)
    chosen = sampled(made, order.sample, order.seed)
    with watch(len(chosen)) as tick:
        trials = _tried(order, chosen, tick)
    return Findings(
        assignment=order.assignment.name,
        faults=(*sound.faults, *_our_failures(trials)),
        proven=sound.proven,
        notes=(*sound.notes, *without, *_overjudged(trials)),
        tasks=tuple(task.name for task in order.tasks),
        checks=tuple((task.name, check.statement(task.shapes)) for task in order.tasks for check in task.checks),
        cases=tuple((task.name, case.name) for task in order.tasks for case in task.cases),
        trials=tuple(_with_diff(order.assignment, trial) for trial in trials),
        made=len(made),
        seconds=time.monotonic() - started,
    )


def _tried(order: Order, chosen: Sequence[Mutant], tick: Tick) -> list[Trial]:
    """Try each by the checks, and compare with the reference what none of them notices."""
    if not chosen:
        return []
    fates: dict[int, Trial] = {}
    doubtful: list[int] = []
    with Crew(opening(order.name, order.course, order.seed.encode()), min(order.jobs, len(chosen))) as crew:
        for place, result in crew.work("try_", chosen, order.limit_s):
            trial = _ended(chosen[place], result) if isinstance(result, Ended) else result
            if trial is None:
                doubtful.append(place)
            else:
                fates[place] = trial
                tick(chosen[place].task)
        for place, result in crew.work("compare", [chosen[place] for place in doubtful], COMPARING_S):
            mutant = chosen[doubtful[place]]
            fates[doubtful[place]] = _undecided(mutant, result) if isinstance(result, Ended) else result
            tick(mutant.task)
    return [fates[place] for place in sorted(fates)]


def _ended(mutant: Mutant, ended: Ended) -> Trial:
    if ended.how == "raised":
        return Trial(mutant, "error", why=ended.text)
    why = "does not come to an end" if ended.how == "timeout" else "ends its process"
    return Trial(mutant, "killed", why=why, raised=True)


def _undecided(mutant: Mutant, ended: Ended) -> Trial:
    how = {"timeout": f"not done in {COMPARING_S:g} s", "crashed": "its process ended", "raised": ended.text}[ended.how]
    return Trial(mutant, "survived", why=f"no check notices it, and it could not be compared ({how})")


def _with_diff(assignment: Assignment, trial: Trial) -> Trial:
    if trial.fate not in ("survived", "error"):
        return trial
    source = source_of(assignment.task(trial.mutant.task).reference)
    return replace(trial, diff=source.diff(trial.mutant.text))


def _our_failures(trials: Sequence[Trial]) -> list[str]:
    """One line a message: what breaks the grader on one mutant mostly breaks it on many."""
    found: dict[str, list[Mutant]] = {}
    for trial in trials:
        if trial.fate == "error":
            found.setdefault(trial.why, []).append(trial.mutant)
    return [
        f"the grader fails on {len(several)} mutants, the first in {several[0].task} ({several[0].rule}): {why}"
        for why, several in found.items()
    ]


def _overjudged(trials: Sequence[Trial]) -> list[str]:
    """Single precision is to be warned of; a check that takes points for it would take them from right code."""
    found = dict.fromkeys(
        f"{trial.checks[0][0]} loses points where {trial.mutant.task} is right in single precision: {trial.why}"
        for trial in trials
        if trial.mutant.rule == PRECISION and trial.fate == "killed"
    )
    return list(found)
