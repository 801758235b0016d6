"""Derived, or differenced? No tolerance tells them apart for sure; the price does.

Differencing n inputs one by one takes at least n forward passes, whatever the step: real, complex or one. So a
backward pass is taken for differences where it costs more CPU than a fixed share of n calls of the submission's own
forward pass, and where that ratio grows in proportion to n between two sizes (least of three runs each). Measured: a
correct triple loop costs a third of that limit, differences 2 to 8 times it. Most cost so little that no forward pass
can be quick enough to make it much: theirs need not be measured.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from functools import cache
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from grader import trees
from grader.checks.answers import Found, parse, trouble
from grader.checks.value import WRONG, first_difference, judge_values
from grader.model import CACHE, Asking, Cost, Diagnosis, Verdict
from grader.paper import Paper, Posed
from grader.questions import Answer, Call, Failed, Question, Ref
from grader.trees import Leaf

RUNS = 3
SHARE = 10
"""A backward pass may cost n / 10 calls of the forward pass: some n / 4 forward passes, for at these sizes a call and
its answer cost more than the forward pass itself."""

GROWTH = 0.5
"""A ratio that grows by at least this share of the growth of n is in proportion to it."""

LEAST_S = 50e-6
"""No call of a worker costs less (seconds); a clock that says so is too coarse."""

NEARLY = 1e-3
"""Relative error up to which values count as those of differences."""


class Derived(msgspec.Struct, frozen=True, tag=True):
    """The gradients cost what a derivation costs, not what differences of the forward pass would."""

    group: str = ""
    proves: tuple[str, ...] = ()

    def statement(self, returns: Mapping[str, str]) -> str:
        return "derived, not differenced"

    def outputs(self) -> tuple[str, ...]:
        return ()

    def __call__(self, paper: Paper) -> Asking:
        cost, (small, large) = _declared(paper)
        (answer,) = (yield priced(paper))[-1:]
        found = parse(paper, large, answer)
        if found.trouble:
            return trouble(found)
        if (yield from _may_exceed(paper, answer, large)) and _nearly_right(paper, found):
            after = yield from _ratio(paper, large)
            before = (yield from _ratio(paper, small)) if _exceeds(after, cost, large) else None
            growth = inputs(cost, large) / inputs(cost, small)
            if after and before and after >= GROWTH * growth * before:
                return _differenced(cost, large, after)
        return _values(paper, found)


def priced(paper: Paper) -> Question:
    """The large call whose cost is looked at first; a bound on it will do."""
    _, (_, large) = _declared(paper)
    return _backward(paper, large)


def _may_exceed(paper: Paper, backward: Answer, case: Posed) -> Generator[Question, tuple[Answer, ...], bool]:
    """Whether a call costs too much, as far as one measurement tells.

    The forward pass is asked only where the call would cost too much if that were as quick as any.
    """
    cost, _ = _declared(paper)
    spent_s = None if isinstance(backward, Failed) else backward.cpu_s
    if spent_s is None or not _exceeds(spent_s / LEAST_S, cost, case):
        return False
    (ahead,) = yield _forward(paper, case)
    quick_s = None if isinstance(ahead, Failed) else ahead.cpu_s
    return quick_s is not None and _exceeds(spent_s / max(quick_s, LEAST_S), cost, case)


def _exceeds(ratio: float | None, cost: Cost, case: Posed) -> bool:
    return ratio is not None and ratio > inputs(cost, case) / SHARE


def _values(paper: Paper, found: Found) -> Verdict:
    """The values count at this size, too: quick rubbish is no derivation. `evidence` names the outputs that differ."""
    judged = {name: judge_values(name, (found,), "what is right") for name in paper.outputs}
    wrong = {name: verdict for name, verdict in judged.items() if not (verdict.earns or _rounded(found, name))}
    if not wrong:
        return Verdict("pass", "derived, not differenced", public=True)
    worst = next(iter(wrong.values()))
    return replace(worst, evidence={**worst.evidence, WRONG: list(wrong)})


def _rounded(found: Found, name: str) -> bool:
    """Whether an output is no further off than single precision is, which the cases of the battery judge."""
    return not found.trouble and first_difference(found, name).near


def _nearly_right(paper: Paper, found: Found) -> bool:
    """Whether every output is right to 3 digits, as differences are; what is plainly wrong has another name."""
    return all(_close(found, place, leaf) for name in paper.outputs for place, leaf in found.of(name))


def _close(found: Found, place: str, leaf: Leaf) -> bool:
    expected = found.case.arrays[place]
    if leaf.array is None or leaf.array.size != expected.size:
        return False
    error = np.abs(leaf.array.astype(float).reshape(expected.shape) - expected)
    return bool(np.all(error <= NEARLY * np.max(np.abs(expected), initial=0.0)))


def _declared(paper: Paper) -> tuple[Cost, tuple[Posed, Posed]]:
    if paper.cost is None or paper.costly is None:
        raise ValueError(f"task {paper.task!r} declares no cost to measure")
    return paper.cost, paper.costly()


def inputs(cost: Cost, case: Posed) -> int:
    """n: how many numbers there are to differentiate with respect to."""
    return sum(int(np.size(leaf)) for path in cost.moves for _, leaf in trees.leaves("", trees.dig(case.inputs, path)))


def _ratio(paper: Paper, case: Posed) -> Generator[Question, tuple[Answer, ...], float | None]:
    """CPU time of the backward pass over the forward's, the least of three runs each; None where either fails."""
    least = []
    for question in (_forward(paper, case), _backward(paper, case)):
        seconds = []
        for _ in range(RUNS):
            answer = (yield question)[-1]
            if isinstance(answer, Failed) or answer.cpu_s is None:
                return None
            seconds.append(answer.cpu_s)
        least.append(min(seconds))
    return least[1] / max(least[0], LEAST_S)


@cache
def _forward(paper: Paper, case: Posed) -> Question:
    cost, _ = _declared(paper)
    return Question((Call(cost.forward, tuple(trees.dig(case.inputs, path) for path in cost.args), timed=True),))


@cache
def _backward(paper: Paper, case: Posed) -> Question:
    args: tuple[Any, ...] = tuple(
        Ref(0, paper.cache_place) if name == CACHE else case.inputs[name] for name in paper.parameters
    )
    judged = Call(paper.task, args, keep=paper.keep, timed=True)
    if not paper.forward:
        return Question((judged,))
    ahead = Call(
        paper.forward, tuple(case.inputs[name] for name in paper.forward_parameters), keep=(paper.cache_place,)
    )
    return Question((ahead, judged))


def _differenced(cost: Cost, large: Posed, ratio: float) -> Verdict:
    n = inputs(cost, large)
    sentence = (
        f"numeric differentiation in place of a derivation: its CPU time is that of a call of your own {cost.forward} "
        f"for each of the {n:,} inputs, or near it"
    )
    evidence = {"inputs": n, "cpu_in_forward_calls": ratio}
    diagnosis = Diagnosis("numeric-differentiation", sentence)
    return Verdict("fail", sentence, evidence=evidence, public=True, needs_review=True, diagnosis=diagnosis)
