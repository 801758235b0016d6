"""What a call leaves behind in an argument that it fills by design."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from grader import trees
from grader.checks.answers import Found, find, trouble
from grader.checks.compare import Difference, compare
from grader.checks.value import count, evidence
from grader.model import Asking, Verdict
from grader.paper import Paper
from grader.trees import Leaf


class After(msgspec.Struct, frozen=True, tag=True):
    """The entry `place` of an argument, such as "settings.mean", has the reference's value after the call.

    The argument is one that the task fills. A case in which the reference leaves no such entry is not asked.
    """

    place: str
    group: str = ""
    proves: tuple[str, ...] = ()
    needs_echo: bool = True

    def statement(self, returns: Mapping[str, str]) -> str:
        return f"{self.place} is right after the call" + (f" ({self.group})" if self.group else "")

    def outputs(self) -> tuple[str, ...]:
        return (self.place,)

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        founds = [found for found in find(paper, self.group, answers) if self.place in found.case.arrays]
        misshapen = False
        for found in founds:
            if found.trouble:
                return trouble(found)
            if found.echoed is None:
                return Verdict("error", "the arguments were not sent back", public=True, needs_review=True)
            left = self._left(paper, found, found.echoed)
            difference = compare(self.place, left, found.case)
            if difference.kind not in ("none", "single"):
                return self._differs(found, difference)
            misshapen = misshapen or left.misshapen
        if misshapen:
            return Verdict("warn", f"{self.place} has the right values after the call, in another shape", public=True)
        return Verdict("pass", f"{self.statement(paper.shapes)} in {count(len(founds), 'case')}", public=True)

    def _left(self, paper: Paper, found: Found, echoed: tuple[object, ...]) -> Leaf:
        head, _, _ = self.place.partition(".")
        left: Any = echoed[paper.parameters.index(head)]
        return dict(trees.read(head, left, found.case.expected[head]))[self.place]

    def _differs(self, found: Found, difference: Difference) -> Verdict:
        sentence = f"{self.place} is not right after the call in {found.case.title}"
        return Verdict("fail", sentence, difference.text, evidence(found, difference), found.case.public)
