"""What an audit found, and the sums over it: values, no state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from grader.audit.mutants import Mutant

Fate = Literal["killed", "survived", "equivalent", "warned", "unjudged", "error"]
FATES: Mapping[Fate, str] = {
    "killed": "lost points",
    "survived": "lost none, although its results differ",
    "equivalent": "proven on 1,000 inputs to change nothing",
    "warned": "noticed by a warning alone, which costs no points by contract",
    "unjudged": "behaviour to which the assignment gives no points",
    "error": "made the grader itself fail",
}


@dataclass(frozen=True)
class Trial:
    """One mutant and its fate; `why` is the first sentence that a check said, or where it differs though none did."""

    mutant: Mutant
    fate: Fate
    checks: tuple[tuple[str, str], ...] = ()
    cases: tuple[tuple[str, str], ...] = ()
    why: str = ""
    raised: bool = False
    diff: str = ""


@dataclass(frozen=True)
class Tally:
    """How mutants fared. The rate leaves out those that are equivalent and those that lose no points by contract."""

    counts: Mapping[str, int]
    raised: int = 0

    @property
    def made(self) -> int:
        return sum(self.counts.values())

    @property
    def rate(self) -> float:
        """Percent of the mutants that should lose points; 100 where there are none."""
        killed, missed = self.counts.get("killed", 0), self.counts.get("survived", 0)
        return 100 * killed / (killed + missed) if killed + missed else 100.0


@dataclass(frozen=True)
class Catch:
    """What one check or one case of a task caught: how many mutants, and how many that no other one did."""

    task: str
    name: str
    caught: int
    only: int


@dataclass(frozen=True)
class Findings:
    """The audit of one assignment. `faults` are sentences about reference, stubs, template and the grader itself."""

    assignment: str
    faults: tuple[str, ...]
    proven: tuple[str, ...]
    notes: tuple[str, ...]
    tasks: tuple[str, ...]
    checks: tuple[tuple[str, str], ...]
    cases: tuple[tuple[str, str], ...]
    trials: tuple[Trial, ...]
    made: int
    seconds: float

    @property
    def sampled(self) -> bool:
        return len(self.trials) < self.made

    @cached_property
    def total(self) -> Tally:
        return _tally(self.trials)

    def of(self, task: str) -> Tally:
        return _tally(trial for trial in self.trials if trial.mutant.task == task)

    def with_fate(self, fate: Fate) -> list[Trial]:
        return [trial for trial in self.trials if trial.fate == fate]

    def caught_by_checks(self) -> list[Catch]:
        return _catches(self.checks, [trial.checks for trial in self.trials])

    def caught_by_cases(self) -> list[Catch]:
        return _catches(self.cases, [trial.cases for trial in self.trials])

    def silent(self) -> list[Catch]:
        """Cases that catch nothing; of a sample nothing can be said."""
        return [] if self.sampled else [catch for catch in self.caught_by_cases() if not catch.caught]

    def holds(self, least: float) -> bool:
        """Whether the assignment is in order, and at least so many percent of its mutants lose points."""
        return not self.faults and self.total.rate >= least


def _tally(trials: Iterable[Trial]) -> Tally:
    chosen = list(trials)
    counts = Counter[str](trial.fate for trial in chosen)
    return Tally({fate: counts[fate] for fate in FATES}, sum(trial.raised for trial in chosen))


def _catches(known: Iterable[tuple[str, str]], caught: Iterable[tuple[tuple[str, str], ...]]) -> list[Catch]:
    every, only = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for names in caught:
        every.update(names)
        only.update(names if len(names) == 1 else ())
    return [Catch(*name, every[name], only[name]) for name in known]
