"""Is there a loop over the examples? CPU time on a tall, thin input tells."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from grader.checks.answers import Found, parse, trouble
from grader.checks.value import first_difference, judge_values
from grader.model import Asking, Verdict
from grader.paper import Paper, Posed
from grader.questions import Call, Question, Returned

RUNS = 3
REFERENCE_RUNS = 7
LEAST_S = 20e-6
"""A reference quicker than this is counted as this quick (seconds): below it the clock itself is measured."""


class Speed(msgspec.Struct, frozen=True, tag=True):
    """The CPU time stays below `times` the reference's on a tall, thin input, in the least of three runs.

    Measured at N = 50,000: matmul, einsum and broadcasting take at most 40 × the reference, the quickest loop over
    examples 500 × and ordinary ones 1,400 ×, so that 200 lies far from both. The values are checked, too.
    """

    output: str
    group: str = "tall"
    times: int = 200
    proves: tuple[str, ...] = ()

    def statement(self, returns: Mapping[str, str]) -> str:
        return "fast on a tall, thin input: no Python loop over the examples"

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def __call__(self, paper: Paper) -> Asking:
        (case,) = [case for case in paper.cases if case.timed]
        budget = self.times * reference_seconds(paper, case)
        question, least = timed_question(paper), float("inf")
        for _ in range(RUNS):
            (answer,) = yield question
            found = parse(paper, case, answer)
            if found.trouble:
                return trouble(found)
            assert isinstance(answer, Returned)
            if answer.cpu_s is None:
                return Verdict("error", "the call was not timed", public=True, needs_review=True)
            least = min(least, answer.cpu_s)
            if least <= budget:
                break
        return self._judge(found, least, budget)

    def _judge(self, found: Found, least: float, budget: float) -> Verdict:
        values = judge_values(self.output, (found,), "the true derivative")
        if not (values.earns or first_difference(found, self.output).near):
            return values
        measured = {"cpu_s": least, "budget_cpu_s": budget}
        rows = next(iter(found.case.sizes.values()))
        if least <= budget:
            return Verdict(
                "pass", f"stays within {self.times} × the reference's CPU time", evidence=measured, public=True
            )
        sentence = (
            f"takes more than {self.times} × the reference's CPU time on {rows:,} examples; "
            "expected one product of whole matrices instead of a Python loop over the examples"
        )
        return Verdict("fail", sentence, evidence=measured, public=True)


@cache
def timed_question(paper: Paper) -> Question:
    """One timed call on the tall input; the same object each time, so that it is encoded once."""
    (case,) = [case for case in paper.cases if case.timed]
    return Question((Call(paper.task, tuple(case.inputs[name] for name in paper.parameters), timed=True),))


@cache
def reference_seconds(paper: Paper, case: Posed) -> float:
    """Measure the reference on the same input: CPU seconds, the least of several runs."""
    assert paper.reference is not None
    args = [case.inputs[name] for name in paper.parameters]
    return max(LEAST_S, min(_cpu_seconds(paper.reference, args) for _ in range(REFERENCE_RUNS)))


def _cpu_seconds(function: Any, args: list[Any]) -> float:
    started = time.process_time()
    function(*args)
    return time.process_time() - started
