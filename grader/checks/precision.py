"""Right values with rounding errors of single precision: told from values that are wrong by as little.

Results that are float32 throughout are told by their digits (`compare`). Where float32 and float64 are mixed, a
float64 mask times float32 products, they are not, and an error of 1e-7 may as well be a wrong factor 1 + 1e-7. What
tells them apart is that float32 does not see a change of its input by 2⁻⁴⁴ of its size: along an input that was
rounded, the result stays as it is to the last bit, although it follows changes by 2⁻¹⁴ and 2⁻¹¹ in proportion, which
leaves no doubt that in float64 it would have moved. Whatever float64 computes, a wrong factor or a difference quotient,
does move. And no more is forgiven than the reference errs in single precision, some times over, and no rounding to
decimals: that is no precision of any computer.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from grader import trees
from grader.checks.answers import Found, parse
from grader.checks.compare import in_single_precision
from grader.checks.value import first_difference, judge_values, single_precision
from grader.model import CACHE, Verdict
from grader.paper import Paper, Posed
from grader.questions import Answer, Call, Question

SHARES = UNSEEN, SEEN, PLAIN = 2.0**-44, 2.0**-14, 2.0**-11
"""Shares of an input by which it is moved: below what float32 resolves (2⁻²⁴), above it, and far above."""

VISIBLE = 8
"""Units in the last place of a result by which the smallest change must be expected to move it."""

PLACES, DECIMAL_ULPS, BY_CHANCE = range(4, 10), 8, 1e-3

Judging = Generator[Question, tuple[Answer, ...], Verdict]


def judge(paper: Paper, output: str, founds: tuple[Found, ...], standard: str) -> Judging:
    """Compare one output in every case, as `judge_values` does; where little is wrong, ask whether it is rounding."""
    verdict = judge_values(output, founds, standard)
    if verdict.status != "fail":
        return verdict
    differences = [(found, first_difference(found, output)) for found in founds]
    wrong = [(found, difference) for found, difference in differences if difference.kind not in ("none", "single")]
    if not all(difference.near and _as_exact(found, output) for found, difference in wrong):
        return verdict
    for case in dict.fromkeys((paper.ordinary[paper.watched], max(wrong, key=lambda pair: _entries(pair[0]))[0].case)):
        answers = yield _moved_a_little(paper, case)
        if _unseen(paper, output, case, answers):
            return single_precision(wrong[0][1].place)
    return verdict


def _as_exact(found: Found, output: str) -> bool:
    """Whether each array of an output errs by no more than right code does in single precision."""
    bounds = found.case.single() if found.case.single else {}
    return all(
        float(np.max(np.abs(leaf.array.astype(float).ravel() - found.case.arrays[place].ravel()), initial=0.0))
        <= bounds.get(place, np.inf)
        for place, leaf in found.of(output)
        if not in_single_precision(leaf.array)
    ) and not any(_decimal(leaf.array.astype(float)) for _, leaf in found.of(output))


def _decimal(array: Any) -> bool:
    """Whether all entries are rounded to so many places after the point, to the last digits of their sums."""
    room = DECIMAL_ULPS * np.spacing(np.abs(array))
    grids = [np.round(array, places) for places in PLACES if np.max(room, initial=0.0) * 10.0**places < BY_CHANCE]
    return any(bool(np.all(np.abs(array - grid) <= room)) and not in_single_precision(grid) for grid in grids)


def _entries(found: Found) -> int:
    """How many numbers are expected: small cases have results that hardly move with some of their inputs."""
    return sum(array.size for array in found.case.arrays.values())


def _unseen(paper: Paper, output: str, case: Posed, answers: tuple[Answer, ...]) -> bool:
    """Whether there is an input whose small changes the output does not see, and whose larger ones it does."""
    judged = [parse(paper, case, answer) for answer in answers[1 if paper.forward else 0 :: 2 if paper.forward else 1]]
    at_rest, *moved = (_vector(output, found) for found in judged)
    if at_rest is None:
        return False
    return any(_blind(at_rest, *three) for three in zip(moved[::3], moved[1::3], moved[2::3], strict=True))


def _blind(at_rest: Any, little: Any, more: Any, most: Any) -> bool:
    """Whether a result stays as it is under a little change of an input, and follows larger ones in proportion."""
    if any(moved is None or moved.size != at_rest.size for moved in (little, more, most)):
        return False
    if little.tobytes() != at_rest.tobytes():
        return False
    far, near = most - at_rest, (more - at_rest) * (PLAIN / SEEN)
    expected = np.abs(far) * (UNSEEN / PLAIN)
    follows = np.max(np.abs(far - near), initial=0.0) <= np.max(np.abs(far), initial=0.0) / 2
    return bool(follows and np.any(expected > VISIBLE * np.spacing(np.abs(at_rest))))


def _vector(output: str, found: Found) -> Any:
    """All entries of an output; None where there are none."""
    arrays = [leaf.array for _, leaf in found.of(output)]
    if found.trouble or any(array is None for array in arrays):
        return None
    return np.concatenate([array.astype(float).ravel() for array in arrays])


@cache
def _moved_a_little(paper: Paper, case: Posed) -> Question:
    """The case as it is, and with each input moved by itself, by what single precision does not see, and does."""
    rng, calls = paper.rng(case.name, "precision"), _calls(paper, case, 0)
    for name in dict.fromkeys((*paper.forward_parameters, *paper.parameters)):
        if name == CACHE or not _real(case.inputs[name]):
            continue
        signs = int(rng.integers(2**32))
        for share in SHARES:
            moved = trees.each(case.inputs[name], _mover(share, signs))
            calls += _calls(paper, replace(case, inputs={**case.inputs, name: moved}), len(calls))
    return Question(tuple(calls))


def _calls(paper: Paper, case: Posed, place: int) -> list[Call]:
    return [*([paper.forward_call(case)] if paper.forward else []), paper.judged_call(case, place)]


def _mover(share: float, signs: int) -> Any:
    return lambda x: x * (1 + share * np.random.default_rng(signs).choice([-1.0, 1.0], size=np.shape(x)))


def _real(value: Any) -> bool:
    return any(isinstance(leaf, float) or np.asarray(leaf).dtype.kind == "f" for _, leaf in trees.leaves("", value))
