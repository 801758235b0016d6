"""Forward values: the output is the reference's, on every case."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from grader.checks.answers import find
from grader.checks.precision import judge
from grader.checks.value import be, merely_warned, near
from grader.model import Asking, Verdict
from grader.paper import Paper


class Value(msgspec.Struct, frozen=True, tag=True):
    """The output equals the reference's on every case of the group, within the derived tolerance.

    `claim` is the sentence to show instead of the general one, for a group that stands for something. With `warns` a
    difference is only warned of: good to have, and not asked; with `nearly` one that in every case stays below what is
    expected, by no more than this share of it: −log(p + ε) for −log p.
    """

    output: str
    group: str = ""
    proves: tuple[str, ...] = ()
    claim: str = ""
    warns: bool = False
    nearly: float = 0.0

    def statement(self, returns: Mapping[str, str]) -> str:
        return self.claim or f"{self.output} {be(self.output)} right" + (f" ({self.group})" if self.group else "")

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        founds = find(paper, self.group, answers)
        verdict = yield from judge(paper, self.output, founds, "what is expected")
        if verdict.status == "fail" and self.nearly and all(near(found, self.output, self.nearly) for found in founds):
            return Verdict(
                "warn", f"{self.output} is right to {self.nearly:.0e} of its size, and no further", public=True
            )
        return merely_warned(verdict) if self.warns else verdict
