"""Forward values: the output is the reference's, on every case."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from grader.checks.answers import Found, find, trouble
from grader.checks.compare import Difference, compare
from grader.model import Asking, Verdict
from grader.paper import Paper


class Value(msgspec.Struct, frozen=True, tag=True):
    """The output equals the reference's on every case of the group, within the derived tolerance.

    `claim` is the sentence to show instead of the general one, for a group that stands for something.
    """

    output: str
    group: str = ""
    proves: tuple[str, ...] = ()
    claim: str = ""

    def statement(self, returns: Mapping[str, str]) -> str:
        return self.claim or f"{self.output} is right" + (f" ({self.group})" if self.group else "")

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        return judge_values(self.output, find(paper, self.group, answers), "what is expected")


def judge_values(output: str, founds: tuple[Found, ...], standard: str) -> Verdict:
    """Compare one output in every case; the first case that fails is told, and which ones do not."""
    if not founds:
        return Verdict("error", f"no case asks for {output}", public=True, needs_review=True)
    for found in founds:
        if found.trouble:
            return trouble(found)
    differences = [(found, first_difference(found, output)) for found in founds]
    for kind in ("wrong", "incomparable"):
        failing = [(found, difference) for found, difference in differences if difference.kind == kind]
        if failing:
            return _differs(output, standard, failing, len(founds))
    single = [difference.text for _, difference in differences if difference.kind == "single"]
    if single:
        return Verdict("warn", f"{single[0]}; compute in float64", public=True)
    return Verdict("pass", f"{output} equals {standard} in {count(len(founds), 'case')}, within tolerance", public=True)


@lru_cache(maxsize=64)
def first_difference(found: Found, output: str) -> Difference:
    """Compare an output in one case; of several arrays the one that is furthest from right."""
    compared = [compare(place, leaf, found.case) for place, leaf in found.of(output)]
    order = {"wrong": 0, "incomparable": 1, "single": 2, "none": 3}
    return min(compared, key=lambda difference: order[difference.kind])


def _differs(output: str, standard: str, failing: list[tuple[Found, Difference]], total: int) -> Verdict:
    found, worst = next((pair for pair in failing if pair[0].case.public), failing[0])
    if worst.kind == "incomparable":
        sentence = f"{output} cannot be compared in {_which(failing, total)}: it has another shape, or is no numbers"
        return Verdict("blocked", sentence, worst.text, {"case": found.case.name}, found.case.public)
    sentence = f"{output} differs from {standard} in {_which(failing, total)}"
    return Verdict("fail", sentence, f"{found.case.title}: {worst.text}", evidence(found, worst), found.case.public)


def _which(failing: list[tuple[Found, Difference]], total: int) -> str:
    names = [found.case.name for found, _ in failing]
    if len(names) == total:
        return f"all {count(total, 'case')}" if total > 1 else f"case {names[0]!r}"
    return f"{len(names)} of {count(total, 'case')}: {', '.join(names)}"


def evidence(found: Found, worst: Difference) -> dict[str, object]:
    """The numbers behind a failure, for the result document."""
    return {
        "case": found.case.name,
        "sizes": dict(found.case.sizes),
        "output": worst.place,
        "index": list(worst.index),
        "got": worst.got,
        "expected": worst.expected,
        "wrong_entries": worst.wrong,
        "entries": worst.total,
    }


def count(number: int, noun: str) -> str:
    """Write "1 case", "3 cases"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
