"""Forward values: the output is the reference's, on every case."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from grader.checks.answers import find
from grader.checks.precision import judge
from grader.checks.value import be, merely_warned
from grader.model import Asking
from grader.paper import Paper


class Value(msgspec.Struct, frozen=True, tag=True):
    """The output equals the reference's on every case of the group, within the derived tolerance.

    `claim` is the sentence to show instead of the general one, for a group that stands for something. With `warns` a
    difference is only warned of: good to have, and not asked.
    """

    output: str
    group: str = ""
    proves: tuple[str, ...] = ()
    claim: str = ""
    warns: bool = False

    def statement(self, returns: Mapping[str, str]) -> str:
        return self.claim or f"{self.output} {be(self.output)} right" + (f" ({self.group})" if self.group else "")

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        verdict = yield from judge(paper, self.output, find(paper, self.group, answers), "what is expected")
        return merely_warned(verdict) if self.warns else verdict
