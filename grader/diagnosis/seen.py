"""What was answered, laid out for looking: every leaf of an output in every case, beside what is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

import msgspec
import numpy as np

from grader import trees
from grader.checks import After, Gradient, Value
from grader.checks.answers import Found, parse
from grader.checks.compare import compare
from grader.model import Check
from grader.paper import Paper, Posed
from grader.questions import Answer
from grader.trees import Leaf

Kind = Literal["right", "single", "wrong", "misshapen", "nothing"]

LOOSE = 20
"""How many tolerances a student's number may be from that of a wrong formula which explains it."""

RELATIVE = 1e-9
SHARE = 0.01
"""What is left unexplained must be small beside the error itself."""


class Sight(msgspec.Struct, frozen=True, eq=False, dict=True):
    """One leaf of one output in one case: what came (its own shape), what is right, and how the two compare."""

    case: Posed
    place: str
    kind: Kind
    expected: Any
    got: Any = None

    @property
    def tolerance(self) -> float:
        return float(self.case.tolerance[self.place])

    @cached_property
    def error(self) -> Any:
        """What came minus what is right; only where the shapes agree."""
        with np.errstate(all="ignore"):
            return self.got - self.expected

    @cached_property
    def largest(self) -> float:
        """The largest error among finite numbers."""
        if self.got is None or self.got.shape != self.expected.shape:
            return float("inf")
        finite = np.isfinite(self.error)
        return float(np.max(np.abs(self.error), where=finite, initial=0.0))

    def is_what(self, formula: Any) -> bool:
        """Whether a formula gives what came, and that to much less than the error: numbers that are none alike."""
        if self.got is None or self.got.shape != np.shape(formula):
            return False
        theirs = np.asarray(formula, dtype=np.float64)
        finite = np.isfinite(self.got)
        if (finite != np.isfinite(theirs)).any():
            return False
        gap = float(np.max(np.abs(self.got - theirs), where=finite, initial=0.0))
        size = float(np.max(np.abs(theirs), where=finite, initial=0.0))
        close = gap <= max(LOOSE * self.tolerance, RELATIVE * size)
        if self.kind != "wrong" or not finite.all():
            return close
        return close and gap <= SHARE * self.largest


class Output(msgspec.Struct, frozen=True, eq=False, dict=True):
    """One output of a task in the cases of one group: what is asked at large scores is a claim of its own."""

    name: str
    sights: tuple[Sight, ...]
    group: str = ""

    @cached_property
    def failing(self) -> tuple[Sight, ...]:
        return tuple(sight for sight in self.sights if sight.kind in ("wrong", "misshapen"))

    @cached_property
    def wrong(self) -> tuple[Sight, ...]:
        """The failing sights whose arrays have the right shape."""
        return tuple(sight for sight in self.sights if sight.kind == "wrong")

    @cached_property
    def passing(self) -> tuple[Sight, ...]:
        return tuple(sight for sight in self.sights if sight.kind in ("right", "single"))


def look(paper: Paper, checks: Iterable[Check], answers: tuple[Answer, ...]) -> list[Output]:
    """Lay out every output whose numbers the checks of a task judge, in the cases in which they do."""
    judging = [check for check in checks if isinstance(check, Value | Gradient | After)]
    asked = {(name, check.group): isinstance(check, After) for check in judging for name in check.outputs()}
    before = len(paper.ordinary) if paper.forward else 0
    founds = [parse(paper, case, answers[before + place]) for place, case in enumerate(paper.ordinary)]
    return [
        Output(part, tuple(s for f in founds if f.case.group == group for s in _sights(paper, f, part, after)), group)
        for (name, group), after in asked.items()
        for part in _parts(paper, name)
    ]


def witnesses(paper: Paper, answers: tuple[Answer, ...]) -> list[Sight]:
    """All that came in the cases of special groups, judged there or not: it may rule out an explanation."""
    before = len(paper.ordinary) if paper.forward else 0
    cases = [(place, case) for place, case in enumerate(paper.ordinary) if case.group]
    founds = [parse(paper, case, answers[before + place]) for place, case in cases]
    return [sight for found in founds for name in paper.outputs for sight in _sights(paper, found, name, False)]


def _parts(paper: Paper, name: str) -> list[str]:
    """A dict of arrays is looked at entry by entry: two of them may be wrong for two reasons."""
    entries = paper.ordinary[0].expected.get(name)
    return [f"{name}.{key}" for key in entries] if isinstance(entries, Mapping) and entries else [name]


def _sights(paper: Paper, found: Found, output: str, after: bool) -> Iterator[Sight]:
    leaves = _left(paper, found, output) if after else found.leaves
    for place, expected in found.case.arrays.items():
        if not f"{place}.".startswith(f"{output}."):
            continue
        leaf = leaves.get(place)
        if leaf is None or leaf.array is None:
            yield Sight(found.case, place, "nothing", expected)
        else:
            got = leaf.array.astype(np.float64)
            yield Sight(found.case, place, _kind(place, leaf, found.case), expected, got)


def _left(paper: Paper, found: Found, place: str) -> Mapping[str, Leaf]:
    """What a call left in an argument that it fills."""
    head = place.partition(".")[0]
    if found.echoed is None or place not in found.case.arrays:
        return {}
    return dict(trees.read(head, found.echoed[paper.parameters.index(head)], found.case.expected[head]))


def _kind(place: str, leaf: Leaf, case: Posed) -> Kind:
    if leaf.misshapen:
        return "misshapen"
    kind = compare(place, leaf, case).kind
    return "right" if kind == "none" else "single" if kind == "single" else "wrong"
