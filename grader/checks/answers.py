"""Answers parsed once, before any mathematics: what stands at each expected place, or why nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from grader import trees
from grader.checks.at_once import at_once
from grader.model import CACHE, Verdict
from grader.paper import Paper, Posed
from grader.questions import Answer, Failed, Returned
from grader.trees import Leaf


class Found(msgspec.Struct, frozen=True, eq=False):
    """The answer to one case: a leaf for every expected place, or the trouble that kept the call from returning."""

    case: Posed
    leaves: Mapping[str, Leaf]
    trouble: Failed | None = None
    echoed: tuple[object, ...] | None = None
    paper: Paper | None = None
    right: bool = False
    """Every output is known to be finite, of its shape, and within tolerance; false says nothing."""

    def of(self, output: str) -> list[tuple[str, Leaf]]:
        """The leaves of one output, which may be a dict or a list; "config.m" is an entry of the output "config"."""
        return [(place, leaf) for place, leaf in self.leaves.items() if f"{place}.".startswith(f"{output}.")]


@lru_cache(maxsize=8)
def find(paper: Paper, group: str, answers: tuple[Answer, ...]) -> tuple[Found, ...]:
    """Parse the answers to every case of a group; the checks of a task, which follow one another, share the result."""
    return tuple(parse(paper, case, answers[place]) for case, place in paper.chosen(group))


def parse(paper: Paper, case: Posed, answer: Answer) -> Found:
    if isinstance(answer, Failed):
        return Found(case, {}, trouble=answer)
    if trees.only_none(answer.value, paper.keep):
        return Found(case, {}, trouble=_nothing(paper, case))
    right = at_once(paper, case, answer.value)
    leaves = right if right is not None else dict(_leaves(paper, case, answer))
    return Found(case, leaves, echoed=answer.args, right=right is not None, paper=paper)


def _nothing(paper: Paper, case: Posed) -> Failed:
    message = f"{paper.task} returns None; expected {wanted(paper, case)} (still the stub, or no `return`)"
    return Failed("absent", message, unasked=True)


def wanted(paper: Paper, case: Posed) -> str:
    """Name what a task returns: "F" or "(dx, dw, db)"."""
    returns = paper.returned(case)
    names = ", ".join(returns)
    return f"({names})" if len(returns) > 1 else names


def _leaves(paper: Paper, case: Posed, answer: Returned) -> list[tuple[str, Leaf]]:
    value, returns = answer.value, paper.returned(case)
    judged = [name for name in returns if name != CACHE]
    if len(returns) == 1:
        (name,) = judged
        return list(trees.read(name, value, case.expected[name]))
    if trees.length(value) != len(returns):
        trouble = f"is missing: {paper.task} returned {trees.describe(value)}; expected {wanted(paper, case)}"
        missing = Leaf(trouble=trouble)
        return [(place, missing) for name in judged for place, _ in trees.leaves(name, case.expected[name])]
    named = dict(zip(returns, value, strict=True))
    return [pair for name in judged for pair in trees.read(name, named[name], case.expected[name])]


def trouble(found: Found) -> Verdict:
    """The verdict on a call that did not return: its own status, in a sentence that says where.

    What a function says once it has seen a hidden input is never part of the sentence.
    """
    failed = found.trouble
    assert failed is not None
    if failed.unasked:
        return Verdict(failed.status, failed.message, failed.detail, public=True, needs_review=failed.needs_review)
    return Verdict(
        failed.status,
        _TROUBLES[failed.status].format(where=found.case.title),
        particulars="; ".join(part for part in (failed.message, failed.detail) if part),
        evidence={"case": found.case.name},
        public=found.case.public,
        needs_review=failed.needs_review,
    )


_TROUBLES = {
    "absent": "is still the stub: it gives nothing in {where}",
    "blocked": "could not be called in {where}",
    "error": "could not be asked in {where}, through no fault of the submission",
    "raised": "raises an exception in {where}",
    "timeout": "does not come to an end in {where}",
    "crashed": "ends the process in {where}",
    "memory": "needs more memory than it may have in {where}",
    "flood": "prints without end in {where}",
    "violation": "breaks the protocol in {where}",
}
