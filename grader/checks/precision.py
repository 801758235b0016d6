"""Right values with rounding errors of single precision: told from values that are wrong by as little.

Results that are float32 throughout are told by their digits (`compare`). Where float32 and float64 are mixed, a
float64 mask times float32 products, they are not, and an error of 1e-7 may as well be a wrong factor 1 + 1e-7. So the
function is asked (`rounding`). No error is forgiven that is more than the reference makes in single precision, some
times over, nor a rounding to decimals, which is no precision of any computer.
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from grader.checks.answers import Found
from grader.checks.compare import in_single_precision
from grader.checks.rounding import decimal, moved_a_little, rounds
from grader.checks.value import first_difference, judge_values, single_precision
from grader.model import Verdict
from grader.paper import Paper
from grader.questions import Answer, Question

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
    largest = max(
        (found.case for found, _ in wrong), key=lambda case: sum(array.size for array in case.arrays.values())
    )
    for case in dict.fromkeys((paper.ordinary[paper.watched], largest)):
        answers = yield moved_a_little(paper, case)
        if rounds(paper, output, case, answers):
            return single_precision(wrong[0][1].place)
    return verdict


def _as_exact(found: Found, output: str) -> bool:
    """Whether each array of an output errs by no more than right code does in single precision."""
    bounds = found.case.single() if found.case.single else {}
    for place, leaf in found.of(output):
        got = leaf.array.astype(float).ravel()
        error = float(np.max(np.abs(got - found.case.arrays[place].ravel()), initial=0.0))
        if not in_single_precision(leaf.array) and (decimal(got) or not error <= bounds.get(place, np.inf)):
            return False
    return True
