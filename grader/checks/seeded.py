"""Chance that a seed fixes: the gradients of a loss that is drawn at random, but equally in equal calls.

Two right implementations draw differently, so no value and no reference says what is right. What each drew stays the
same while its seed does, and the slope of that very function can be measured. Where it cannot, nothing is proven: no
point is earned, and a human has to look.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from functools import cache

import msgspec

from grader.checks.answers import Found, find, trouble
from grader.checks.beside import settle
from grader.checks.claim import claim
from grader.checks.protocol import same
from grader.checks.slope import declared
from grader.checks.value import count
from grader.model import Asking, Verdict
from grader.paper import Paper, Posed
from grader.questions import Answer, Failed, Question


@cache
def twice(paper: Paper, case: Posed) -> Question:
    """The same call two times in a row."""
    return Question((paper.judged_call(case, 0), paper.judged_call(case, 0)))


def _unmeasured(forward: str, found: Found, first: Answer, second: Answer) -> Verdict:
    """Chance, or a kink? Equal calls tell."""
    if isinstance(first, Failed) or isinstance(second, Failed) or not same(first.value, second.value):
        sentence = f"equal calls of {forward} with a seed give different results"
        return Verdict("fail", sentence, evidence={"case": found.case.name}, public=True)
    sentence = f"inconclusive: the slope of {forward} could not be measured (a kink), and nothing else proves it right"
    return Verdict("blocked", sentence, public=True, needs_review=True)


class Seeded(msgspec.Struct, frozen=True, tag=True):
    """With a seed, the gradients are the slope of the submission's own loss, in which something is drawn at random.

    `out` is the loss, and `plain` names the input that holds what it would be if nothing were drawn: a loss equal to it
    in every case has left the drawing out.
    """

    out: str
    plain: str
    group: str
    proves: tuple[str, ...] = ()

    def statement(self, returns: Mapping[str, str]) -> str:
        return f"with {self.group} and a seed, the gradients are the slope of your own {self.out}"

    def outputs(self) -> tuple[str, ...]:
        return (self.out,)

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        founds = find(paper, self.group, answers)
        for found in founds:
            if found.trouble:
                return trouble(found)
        if all(self._is_plain(found) for found in founds):
            sentence = f"{self.out} is what it would be without {self.group}"
            return Verdict("fail", sentence, evidence={"case": founds[0].case.name}, public=True)
        for found in founds:
            verdict = yield from self._measured(paper, found)
            if verdict:
                return verdict
        return Verdict("pass", f"{self.statement(paper.shapes)}, in {count(len(founds), 'case')}", public=True)

    def _is_plain(self, found: Found) -> bool:
        ((_, leaf),) = found.of(self.out)
        plain = float(found.case.inputs[self.plain])
        return leaf.array is not None and leaf.array.size == 1 and abs(float(leaf.array.item()) - plain) <= 1e-9 * plain

    def _measured(self, paper: Paper, found: Found) -> Generator[Question, tuple[Answer, ...], Verdict | None]:
        claimed = claim(paper, found.case, found)
        if claimed is None:
            return Verdict("blocked", "the gradients have no comparable shape, so no slope was compared", public=True)
        settled = yield from settle(paper, found.case, claimed)
        forward = declared(paper).forward
        if isinstance(settled, Failed):
            return Verdict("blocked", f"{forward} could not be called near the inputs", public=True)
        if settled.slope.flat:
            return Verdict("fail", f"{forward} does not move with its inputs, so nothing was measured", public=True)
        if settled.open:
            first, second = yield twice(paper, found.case)
            return _unmeasured(forward, found, first, second)
        if settled.agree:
            return None
        claim_value, measured = settled.claim.value, settled.slope
        return Verdict(
            "fail",
            f"the gradients are not the slope of your own {forward} under one seed",
            f"{found.case.title}: slope {measured.value:.3g}, claimed {claim_value:.3g}",
            evidence={"case": found.case.name, "slope": measured.value, "claimed": claim_value},
            public=found.case.public,
        )
