"""Gradients: what backward returns is the derivative, on every case."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from grader.checks.answers import find
from grader.checks.linear import not_linear
from grader.checks.precision import judge
from grader.checks.value import be, merely_warned, no_number
from grader.model import Asking, Verdict
from grader.paper import Paper


class Gradient(msgspec.Struct, frozen=True, tag=True):
    """The output equals the true gradient (or Jacobian) on every case of the group, within the derived tolerance.

    Where the function is given an upstream gradient, it is also linear in it. With `warns` a gradient that is right in
    the ordinary cases, and in this group no number, as where an exponential overflows, is only warned of.
    """

    output: str
    group: str = ""
    proves: tuple[str, ...] = ()
    claim: str = ""
    warns: bool = False

    def statement(self, returns: Mapping[str, str]) -> str:
        return self.claim or f"{self.output} {be(self.output)} the true derivative" + (
            f" ({self.group})" if self.group else ""
        )

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        verdict = yield from judge(paper, self.output, find(paper, self.group, answers), "the true derivative")
        whole = verdict.earns and self.group == paper.ordinary[paper.watched].group
        verdict = (not_linear(paper, self.output, answers) if whole else None) or verdict
        return (yield from self._excused(paper, verdict)) if self.warns else verdict

    def _excused(self, paper: Paper, verdict: Verdict) -> Asking:
        if verdict.earns:
            return verdict
        answers = yield paper.question
        overflows = all(no_number(found, self.output) for found in find(paper, self.group, answers))
        ordinary = yield from judge(paper, self.output, find(paper, "", answers), "the true derivative")
        return merely_warned(verdict) if overflows and ordinary.earns else verdict
