"""Does a function compute in single precision somewhere? Asked by moving its inputs, each by itself, by a little.

Float32 does not see a change of its input by 2⁻⁴⁴ of its size: along an input that was rounded the result stays as it
is to the last bit, although it follows changes by 2⁻¹⁴ and 2⁻¹¹ in proportion, which leaves no doubt that in float64
it would have moved. Whatever is wrong by a factor does move. A difference quotient may stay along some inputs: but
changes by 2⁻²⁸ and 2⁻³¹ it follows in proportion where its step is large, while float32 rests or jumps, and where its
step is small, its last digits, which are noise, jump under the least change of some other input.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from msgspec.structs import replace

from grader import trees
from grader.checks.answers import Found, parse
from grader.checks.compare import in_single_precision
from grader.model import CACHE
from grader.paper import Paper, Posed
from grader.questions import Answer, Call, Question

SHARES = UNSEEN, FINE, GRAINY, SEEN, PLAIN = 2.0**-44, 2.0**-31, 2.0**-28, 2.0**-14, 2.0**-11
"""Shares of an input by which it is moved; float32 resolves 2⁻²⁴."""

VISIBLE = 8
"""Units in the last place of a result by which the smallest change must be expected to move it."""

NOISE = 4
"""How many times what is expected of float64 its rounding errors may be."""

PLACES, DECIMAL_ULPS, BY_CHANCE = range(4, 13), 8, 1e-3


@cache
def moved_a_little(paper: Paper, case: Posed) -> Question:
    """The case as it is, and with each of its inputs moved by every share."""
    rng, calls = paper.rng(case.name, "precision"), _calls(paper, case, 0)
    for name in dict.fromkeys((*paper.forward_parameters, *paper.parameters)):
        if name == CACHE or not _real(case.inputs[name]):
            continue
        signs = int(rng.integers(2**32))
        for share in SHARES:
            moved = trees.each(case.inputs[name], _mover(share, signs))
            calls += _calls(paper, replace(case, inputs={**case.inputs, name: moved}), len(calls))
    return Question(tuple(calls))


def rounds(paper: Paper, output: str, case: Posed, answers: tuple[Answer, ...]) -> bool:
    """Whether there is an input whose smallest change an output does not see, and whose largest it does."""
    judged = [parse(paper, case, answer) for answer in answers[1 if paper.forward else 0 :: 2 if paper.forward else 1]]
    at_rest, *moved = (_vector(output, found) for found in judged)
    if at_rest is None or any(vector is not None and vector.size != at_rest.size for vector in moved):
        return False
    changes = [None if vector is None else vector - at_rest for vector in moved]
    along = [changes[start : start + len(SHARES)] for start in range(0, len(changes), len(SHARES))]
    known = [each for each in along if not any(change is None for change in each)]
    noise = NOISE * max(
        tolerance for place, tolerance in case.tolerance.items() if f"{place}.".startswith(f"{output}.")
    )
    return not any(_noisy(each, noise) for each in known) and any(_blind(at_rest, each) for each in known)


def _noisy(changes: list[Any], noise: float) -> bool:
    """Whether the least change of an input moves a result much more than in proportion, and than float64 rounds."""
    least, *_, seen, plain = (float(np.max(np.abs(change), initial=0.0)) for change in changes)
    return least > noise + NOISE * max(seen / SEEN, plain / PLAIN) * UNSEEN


def _blind(at_rest: Any, changes: list[Any]) -> bool:
    """Whether a result rests under a little change of an input, rests or jumps under more, and follows much more."""
    visible = np.abs(changes[-1]) * (UNSEEN / PLAIN) > VISIBLE * np.spacing(np.abs(at_rest))
    unseen, fine, grainy, seen, plain = (change / share for change, share in zip(changes, SHARES, strict=True))
    rests = not np.any(unseen) and bool(np.any(visible))
    return rests and _follows(seen, plain) and not (_follows(fine, plain) and _follows(grainy, plain))


def _follows(slope: Any, far: Any) -> bool:
    return bool(np.max(np.abs(slope - far), initial=0.0) <= np.max(np.abs(far), initial=0.0) / 2)


def decimal(array: Any) -> bool:
    """Whether all entries are rounded to so many places after the point, to the last digits of their sums."""
    room = DECIMAL_ULPS * np.spacing(np.abs(array))
    grids = [np.round(array, places) for places in PLACES if np.max(room, initial=0.0) * 10.0**places < BY_CHANCE]
    return any(bool(np.all(np.abs(array - grid) <= room)) and not in_single_precision(grid) for grid in grids)


def _vector(output: str, found: Found) -> Any:
    """All entries of an output; None where there are none."""
    arrays = [leaf.array for _, leaf in found.of(output)]
    if found.trouble or any(array is None for array in arrays):
        return None
    return np.concatenate([array.astype(float).ravel() for array in arrays])


def _calls(paper: Paper, case: Posed, place: int) -> list[Call]:
    return [*([paper.forward_call(case)] if paper.forward else []), paper.judged_call(case, place)]


def _mover(share: float, signs: int) -> Callable[[Any], Any]:
    """Move each entry up or down. A plain float stays one: among float32 arrays it counts for less than a float64."""

    def move(value: Any) -> Any:
        moved = value * (1 + share * np.random.default_rng(signs).choice([-1.0, 1.0], size=np.shape(value)))
        return moved if isinstance(value, np.ndarray | np.floating) else float(moved)

    return move


def _real(value: Any) -> bool:
    return any(isinstance(leaf, float) or np.asarray(leaf).dtype.kind == "f" for _, leaf in trees.leaves("", value))
