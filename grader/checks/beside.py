"""The slope of a forward pass, taken beside the inputs where a kink spoils it there.

At a kink a right gradient may be any value between the slopes on its two sides, and a difference quotient measures
their mean: neither proves the other wrong. So all that moves is shifted a little (`SHIFT` of its size), the gradients
are asked once more at the new point, and compared with the slope there. What no shift settles stays unsettled.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import cache
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from grader import numerics, trees
from grader.checks.answers import parse
from grader.checks.claim import Claim, claim
from grader.checks.slope import declared, measure
from grader.paper import Paper, Posed
from grader.questions import Answer, Failed, Question
from grader.tolerance import UNIT_ROUNDOFF

SHIFT, SHIFTS = 1e-3, 3


class Settled(msgspec.Struct, frozen=True):
    """A claim and the slope that it is compared with, the forward calls made, and how often the inputs were shifted."""

    claim: Claim
    slope: numerics.Slope
    calls: int
    shifts: int = 0

    @property
    def agree(self) -> bool:
        return self.claim.agrees(self.slope)

    @property
    def open(self) -> bool:
        """Whether claim and slope neither agree nor contradict one another."""
        return not self.slope.converged or (self.slope.kink and not self.agree)


Settling = Generator[Question, tuple[Answer, ...], Settled | Failed]


def settle(paper: Paper, case: Posed, at_case: Claim, unit: float = UNIT_ROUNDOFF, known: bool = False) -> Settling:
    """Measure the slope at a case, and beside it as long as a kink, or noise, leaves the matter open.

    `known` says that the claim is right, as far as the reference knows.
    """
    slope, calls = yield from measure(paper, case, at_case.agrees, known=known)
    if isinstance(slope, Failed):
        return slope
    settled = Settled(at_case, slope, calls)
    for shift in range(1, SHIFTS + 1):
        if slope.flat or slope.single or not settled.open:
            break
        moved = yield from _beside(paper, case, shift, unit)
        if moved is None:
            break
        settled = replace(moved, calls=settled.calls + moved.calls)
    return settled


def _beside(
    paper: Paper, case: Posed, shift: int, unit: float
) -> Generator[Question, tuple[Answer, ...], Settled | None]:
    """Claim and slope at a point beside the case; None where the submission, or the paper, has no answer there."""
    near = nearby(paper, case, shift)
    if near is None:
        return None
    *_, answer = yield _gradients(paper, near)
    found = parse(paper, near, answer)
    there = None if found.trouble else claim(paper, near, found, unit)
    if there is None:
        return None
    slope, calls = yield from measure(paper, near, there.agrees)
    return None if isinstance(slope, Failed) else Settled(there, slope, calls, shift)


@cache
def nearby(paper: Paper, case: Posed, shift: int) -> Posed | None:
    """The case with all that moves shifted, and what was drawn from it drawn anew; None on a machine without draws."""
    if case.near is None:
        return None
    rng, inputs = paper.rng(case.name, f"shift {shift}"), case.inputs
    for path in declared(paper).moves:
        inputs = trees.put(inputs, path, trees.each(trees.dig(inputs, path), lambda x: _shifted(x, rng)))
    heads = {path.partition(".")[0] for path in declared(paper).moves}
    redrawn = case.near({head: inputs[head] for head in heads})
    return replace(case, name=f"{case.name}, shifted {shift}", inputs=redrawn, ahead={}, near=None)


def _shifted(value: Any, rng: np.random.Generator) -> Any:
    return value + SHIFT * numerics.direction(rng, value)


@cache
def _gradients(paper: Paper, case: Posed) -> Question:
    """The call that is judged, at one case, after its forward pass."""
    ahead = [paper.forward_call(case)] if paper.forward else []
    return Question((*ahead, paper.judged_call(case, 0)))
