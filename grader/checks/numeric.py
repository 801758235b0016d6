"""The numeric gradient check: backward against finite differences of the submission's own forward pass.

The measured slope of L along a random direction v must be Σ⟨gradient, v⟩. The reference plays no part in the slope,
only in saying whether the forward pass is right. A forward pass that does not move measures nothing, so nothing
passes there.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from typing import Any

import msgspec
import numpy as np

from grader import numerics, trees
from grader.checks.answers import Found, find, trouble
from grader.checks.compare import COARSEST, SINGLE, in_single_precision
from grader.checks.slope import centre, declared, directions, measure, pick, slope_case
from grader.checks.value import judge_values
from grader.model import Asking, Verdict
from grader.paper import Paper, Posed
from grader.questions import FAILED_HOW, Answer, Failed, Question, Returned
from grader.tolerance import UNIT_ROUNDOFF


class Numeric(msgspec.Struct, frozen=True, tag=True):
    """The returned gradients agree with the measured slope of the submission's own forward pass, to its error."""

    proves: tuple[str, ...] = ()
    group: str = ""

    def statement(self, returns: Mapping[str, str]) -> str:
        return "numeric check: agrees with the slope of your own forward pass"

    def outputs(self) -> tuple[str, ...]:
        return ()

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        founds = find(paper, "", answers)
        case = slope_case(paper)
        (found,) = [found for found in founds if found.case is case]
        if found.trouble:
            return trouble(found)
        judged = [judge_values(name, founds, "").status for name in gradients(paper)]
        right, single = {"pass", "warn"}.issuperset(judged), "warn" in judged
        return (yield from self._measure(paper, case, found, right, single))

    def _measure(self, paper: Paper, case: Posed, found: Found, right: bool, single: bool) -> Asking:
        forward = declared(paper).forward
        at_rest = yield centre(paper, case)
        faults = (_forward_fault(paper, case, n, answer) for n, answer in enumerate(at_rest))
        fault = next(filter(None, faults), "")
        if fault and (right or any(isinstance(answer, Failed) for answer in at_rest)):
            return _without_forward(forward, fault, right)
        claimed, size = claim(paper, case, found)
        if claimed is None:
            return Verdict("blocked", "the gradients have no comparable shape, so no slope was compared", public=True)
        rounding = 64 * UNIT_ROUNDOFF * size * (SINGLE if single else 1)
        measured, calls = yield from measure(paper, case, lambda slope: slope_agrees(claimed, slope, rounding))
        if isinstance(measured, Failed):
            return _without_forward(forward, f"it {FAILED_HOW[measured.status]} near the inputs", right)
        if fault:
            moving = yield from _moves_with_every_input(paper, case)
            return _follow(forward, fault, moving and _follows(claimed, measured, rounding))
        if not measured.flat and not slope_agrees(claimed, measured, rounding) and _coarse(paper, at_rest):
            return _inconclusive(forward, right)
        return _judge(forward, claimed, rounding, measured, calls, right, case)


def _moves_with_every_input(paper: Paper, case: Posed) -> Generator[Question, tuple[Answer, ...], bool]:
    """Whether the submission's own forward pass has a slope along each input by itself."""
    for path in declared(paper).moves:
        measured, _ = yield from measure(paper, case, lambda slope: True, alone=path)
        if isinstance(measured, Failed) or measured.flat or not measured.converged:
            return False
        if not abs(measured.value) > numerics.CLAIM_FACTOR * measured.error:
            return False
    return True


def _follows(claimed: float, measured: numerics.Slope, rounding: float) -> bool:
    return measured.converged and not measured.flat and slope_agrees(claimed, measured, rounding)


def _follow(forward: str, fault: str, follows: bool) -> Verdict:
    """The verdict where forward and backward both differ from what is right.

    A backward pass that is the true derivative of a forward pass that is wrong, but moves with every input, may earn
    a share of its points: it is proposed, for a human to decide.
    """
    if not follows:
        return Verdict("blocked", f"needs a right {forward} ({fault})", public=True)
    sentence = (
        f"the gradients are the slope of your own {forward}, which is not right itself ({fault}); "
        "follow-through credit is proposed"
    )
    return Verdict("fail", sentence, evidence={"follows_through": True}, public=True, needs_review=True)


def gradients(paper: Paper) -> tuple[str, ...]:
    """The outputs whose gradients the slope is compared with."""
    return tuple(dict.fromkeys(name.partition(".")[0] for name in declared(paper).moves.values()))


def _forward_fault(paper: Paper, case: Posed, example: int, at_rest: Answer) -> str:
    """Why the forward pass is not right at the inputs themselves, or those of one example; "" where it is."""
    if isinstance(at_rest, Failed):
        return f"it {FAILED_HOW[at_rest.status]}"
    faults = (_output_fault(case, example, out, pick(paper, at_rest, out)) for out, _ in declared(paper).weighted)
    return next(filter(None, faults), "")


def _output_fault(case: Posed, example: int, out: str, output: Any) -> str:
    if output is None:
        return "it does not return what it should"
    if not case.ahead:
        return ""
    expected = np.asarray(case.ahead[out][example], dtype=float)
    if output.shape != expected.shape:
        return f"it has shape {output.shape}; expected {expected.shape}"
    error, tolerance = np.abs(output - expected), case.ahead_tolerance[f"{out}.{example}"]
    wide = min(SINGLE * tolerance, COARSEST * float(np.abs(expected).max(initial=0.0)))
    right = np.all(error <= tolerance) or (np.all(error <= wide) and in_single_precision(output))
    return "" if right else "its value is not right"


def _coarse(paper: Paper, at_rest: Iterable[Answer]) -> bool:
    """Whether the forward pass computes in single precision, in which no slope can be measured well."""
    returned = [answer for answer in at_rest if isinstance(answer, Returned)]
    outputs = [pick(paper, answer, out) for answer in returned for out, _ in declared(paper).weighted]
    return all(output is not None and in_single_precision(output) for output in outputs)


def _without_forward(forward: str, fault: str, right: bool) -> Verdict:
    if right:
        sentence = f"{forward} could not be used ({fault}); the gradients equal the true ones, so nothing is lost"
        return Verdict("warn", sentence, public=True)
    return Verdict("blocked", f"needs a right {forward} ({fault})", public=True)


def claim(paper: Paper, case: Posed, found: Found) -> tuple[float | None, float]:
    """Σ⟨gradient, v⟩ and Σ|gradient·v| over all inputs that were moved."""
    slope = declared(paper)
    total, size = 0.0, 0.0
    for path, name in slope.moves.items():
        along = dict(trees.leaves("", directions(paper, case)[path]))
        for place, way in along.items():
            leaf = found.leaves.get(f"{name}{place}")
            gradient = None if leaf is None or leaf.array is None else _as_gradient(paper, case, leaf.array, way)
            if gradient is None:
                return None, 0.0
            total += float(np.sum(gradient * way))
            size += float(np.sum(np.abs(gradient * way)))
    return total, size


def _as_gradient(paper: Paper, case: Posed, claimed: Any, way: Any) -> Any:
    """Turn a claimed Jacobian or element-wise derivative into the gradient of L, shaped like what is moved."""
    slope = declared(paper)
    array = claimed.astype(float)
    if slope.claim == "gradient":
        return array.reshape(np.shape(way)) if array.size == np.size(way) else None
    weights = np.asarray(case.inputs[slope.against], dtype=float)
    if slope.claim == "elementwise":
        return weights * array.reshape(weights.shape) if array.size == weights.size else None
    if array.size != weights.size * np.size(way):
        return None
    return (weights.ravel() @ array.reshape(weights.size, -1)).reshape(np.shape(way))


def _allowed(measured: numerics.Slope, rounding: float) -> float:
    return numerics.CLAIM_FACTOR * measured.error + rounding


def slope_agrees(claimed: float, measured: numerics.Slope, rounding: float) -> bool:
    return abs(claimed - measured.value) <= _allowed(measured, rounding)


def _inconclusive(forward: str, right: bool) -> Verdict:
    sentence = f"inconclusive: the slope of {forward} could not be measured (a kink, or single precision)"
    return Verdict("warn" if right else "blocked", sentence, public=True)


def _judge(
    forward: str, claimed: float, rounding: float, measured: numerics.Slope, calls: int, right: bool, case: Posed
) -> Verdict:
    if measured.flat:
        return Verdict("fail", f"{forward} does not move with its inputs, so nothing was measured", public=True)
    if not measured.converged:
        return _inconclusive(forward, right)
    if not abs(measured.value) > _allowed(measured, rounding):
        return Verdict("fail", f"{forward} does not move with its inputs, so nothing was measured", public=True)
    if slope_agrees(claimed, measured, rounding):
        sentence = f"agrees with the slope of your {forward} within tolerance ({calls} forward calls)"
        return Verdict("pass", sentence, public=True)
    ratio = claimed / measured.value
    return Verdict(
        "fail",
        f"disagrees with the slope of your {forward}: the gradients claim {ratio:.3g} × the measured slope",
        particulars=f"{case.title}: slope {measured.value:.3g}, claimed {claimed:.3g}",
        evidence={"case": case.name, "slope": measured.value, "claimed": claimed, "error_estimate": measured.error},
        public=case.public,
    )
