"""How a function behaves towards its caller, apart from the values that it returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from grader import trees
from grader.checks.answers import find, trouble
from grader.checks.value import count
from grader.model import Asking, Verdict
from grader.paper import Paper
from grader.questions import Named


class Unchanged(msgspec.Struct, frozen=True, tag=True):
    """Every argument is after the call what it was before, the arrays inside lists and dicts included.

    With `ulps` an argument may have been moved and put back: its numbers may differ in so many units in the last place.
    """

    group: str = ""
    proves: tuple[str, ...] = ()
    ulps: int = 0
    needs_echo: bool = True

    def statement(self, returns: Mapping[str, str]) -> str:
        return "the arguments are unchanged" + (f", to {self.ulps} units in the last place" if self.ulps else "")

    def outputs(self) -> tuple[str, ...]:
        return ()

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        founds = find(paper, self.group, answers)
        for found in founds:
            if found.trouble:
                return trouble(found)
            if found.echoed is None:
                return Verdict("error", "the arguments were not sent back", public=True, needs_review=True)
            for name, after in zip(paper.parameters, found.echoed, strict=True):
                before = found.case.inputs[name]
                if not isinstance(before, Named) and not same(before, after, self.ulps):
                    sentence = f"{name} is changed by the call; expected new containers and new arrays"
                    return Verdict("fail", sentence, evidence={"case": found.case.name}, public=True)
        return Verdict("pass", f"the arguments are unchanged in {count(len(founds), 'case')}", public=True)


def same(before: Any, after: Any, ulps: int = 0) -> bool:
    """Whether two values are equal in structure, shape and numbers, to so many units in the last place."""
    left, right = list(trees.leaves("", before)), list(trees.leaves("", after))
    if [place for place, _ in left] != [place for place, _ in right]:
        return False
    return all(_equal(a, b, ulps) for (_, a), (_, b) in zip(left, right, strict=True))


def _equal(before: Any, after: Any, ulps: int) -> bool:
    if isinstance(before, str) or before is None or isinstance(after, str) or after is None:
        return bool(type(before) is type(after) and before == after)
    a, b = np.asarray(before), np.asarray(after)
    if ulps and a.shape == b.shape and a.dtype.kind == b.dtype.kind == "f":
        return bool(np.all(np.abs(a - b) <= ulps * np.spacing(np.abs(a))))
    return a.shape == b.shape and bool(np.array_equal(a, b, equal_nan=a.dtype.kind == "f" and b.dtype.kind == "f"))
