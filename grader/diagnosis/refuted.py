"""What other numbers rule out: a mistake that breaks what came out finite was not made.

Numbers that are none say little: a bare exponential and the logarithm of 0 both give them. The other outputs of the
same cases tell more, though they may be wrong for a reason of their own.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from grader.diagnosis.closed import Bench, Fit, Made
from grader.diagnosis.seen import Output, Sight


def possible(tried: Bench, output: Output, witnesses: Iterable[Sight], found: list[Fit]) -> list[Fit]:
    """Those of some mistakes that keep finite what is finite in the cases in which an output holds no numbers."""
    cases = {sight.case for sight in output.failing if not _finite(sight)}
    finite = [sight for sight in witnesses if sight.case in cases and _finite(sight)]
    return [fit for fit in found if not any(_breaks(tried, fit.made, sight) for sight in finite)]


def numberless(output: Output) -> bool:
    """Whether nothing that fails is a number: what explains that has told very little."""
    return bool(output.failing) and not any(np.isfinite(sight.got).any() for sight in output.failing)


def _finite(sight: Sight) -> bool:
    return sight.got is not None and bool(np.isfinite(sight.got).all())


def _breaks(tried: Bench, made: Made, sight: Sight) -> bool:
    value = tried.answer(made, sight.case).get(sight.place)
    return value is not None and not bool(np.isfinite(value).all())
