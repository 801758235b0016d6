"""The numeric gradient check: backward against finite differences of the submission's own forward pass.

The measured slope of L along a random direction v must be Σ⟨gradient, v⟩. The reference plays no part in the slope,
only in saying whether forward and backward pass are right. A forward pass that does not move measures nothing, so
nothing passes there. Nor does anything where the slope cannot be measured well (kinks that no shift of the inputs
leaves behind, single precision, noise): there the comparison with the reference decides alone, so that a forward pass
made to look like that wins nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping

import msgspec

from grader import numerics
from grader.checks.answers import Found, find, trouble
from grader.checks.beside import Settled, settle
from grader.checks.claim import claim
from grader.checks.compare import number
from grader.checks.precision import judge
from grader.checks.rest import coarse, forward_fault
from grader.checks.slope import centre, declared, measure, slope_case
from grader.model import Asking, Verdict
from grader.paper import Paper, Posed
from grader.questions import FAILED_HOW, Answer, Failed, Question
from grader.tolerance import SINGLE, UNIT_ROUNDOFF


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
        judged = set[str]()
        for name in gradients(paper):
            judged.add((yield from judge(paper, name, founds, "")).status)
        right, single = judged <= {"pass", "warn"}, "warn" in judged
        return (yield from self._measure(paper, case, found, right, single))

    def _measure(self, paper: Paper, case: Posed, found: Found, right: bool, single: bool) -> Asking:
        forward = declared(paper).forward
        at_rest = yield centre(paper, case)
        faults = (forward_fault(paper, case, n, answer) for n, answer in enumerate(at_rest))
        fault = next(filter(None, faults), "")
        if fault and (right or any(isinstance(answer, Failed) for answer in at_rest)):
            return _without_forward(forward, fault, right)
        unit = UNIT_ROUNDOFF * (SINGLE if single else 1)
        claimed = claim(paper, case, found, unit)
        if claimed is None:
            return Verdict("blocked", "the gradients have no comparable shape, so no slope was compared", public=True)
        settled = yield from settle(paper, case, claimed, unit, right and not (single or fault))
        if isinstance(settled, Failed):
            return _without_forward(forward, f"it {FAILED_HOW[settled.status]} near the inputs", right)
        if fault:
            moving = yield from _moves_with_every_input(paper, case)
            return _follow(forward, fault, moving and _follows(settled))
        return _judge(forward, settled, right, case, coarse(paper, case, at_rest) or settled.slope.single)


def gradients(paper: Paper) -> tuple[str, ...]:
    """The outputs whose gradients the slope is compared with."""
    return tuple(dict.fromkeys(name.partition(".")[0] for name in declared(paper).moves.values()))


def _without_forward(forward: str, fault: str, right: bool) -> Verdict:
    if right:
        sentence = f"{forward} could not be used ({fault}); the gradients equal the true ones, so nothing is lost"
        return Verdict("warn", sentence, public=True)
    return Verdict("blocked", f"needs a right {forward} ({fault})", public=True)


def _moves_with_every_input(paper: Paper, case: Posed) -> Generator[Question, tuple[Answer, ...], bool]:
    """Whether the submission's own forward pass has a slope along each input by itself."""
    for path in declared(paper).moves:
        measured, _ = yield from measure(paper, case, lambda slope: True, alone=path)
        if isinstance(measured, Failed) or measured.flat or not measured.converged:
            return False
        if not abs(measured.value) > numerics.CLAIM_FACTOR * measured.error:
            return False
    return True


def _follows(settled: Settled) -> bool:
    """Whether the gradients are the slope, in digits enough to say so."""
    return settled.agree and settled.slope.converged and not settled.slope.flat and not settled.slope.single


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


def _judge(forward: str, settled: Settled, right: bool, case: Posed, single: bool) -> Verdict:
    measured = settled.slope
    if measured.flat:
        return Verdict("fail", f"{forward} does not move with its inputs, so nothing was measured", public=True)
    if settled.open or (single and (right or settled.agree)):
        return _inconclusive(forward, right, single)
    if not abs(measured.value) > settled.claim.allowed(measured):
        return Verdict("fail", f"{forward} does not move with its inputs, so nothing was measured", public=True)
    if not settled.agree:
        return _disagrees(forward, settled, case)
    if settled.shifts and not right:
        return _inconclusive(forward, right, single)
    beside = f", beside a kink, {settled.shifts} × shifted" if settled.shifts else ""
    sentence = f"agrees with the slope of your {forward} within tolerance ({settled.calls} forward calls{beside})"
    return Verdict("pass", sentence, public=True)


def _inconclusive(forward: str, right: bool, single: bool) -> Verdict:
    """Neither right nor wrong by this measurement: points only where the reference comparison proves the gradients."""
    why = "single precision" if single else "a kink, or noise"
    sentence = f"inconclusive: the slope of {forward} cannot be measured well enough ({why})"
    proven = "; the gradients equal the true ones, so nothing is lost"
    return Verdict("warn" if right else "blocked", sentence + (proven if right else ""), public=True)


def _disagrees(forward: str, settled: Settled, case: Posed) -> Verdict:
    claimed, measured = settled.claim.value, settled.slope
    slope, ours = number(measured.value, beside=claimed), number(claimed, beside=measured.value)
    ratio = number(claimed / measured.value, beside=1)
    return Verdict(
        "fail",
        f"disagrees with the slope of your {forward}: the gradients claim {ratio} × the measured slope",
        particulars=f"{case.title}: slope {slope}, claimed {ours}",
        evidence={"case": case.name, "slope": measured.value, "claimed": claimed, "error_estimate": measured.error},
        public=case.public,
    )
