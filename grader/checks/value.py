"""An output compared with what is right, in every case: the verdict, and the words and numbers that explain it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from msgspec.structs import replace

from grader.checks import card
from grader.checks.answers import Found, trouble
from grader.checks.compare import Difference, compare, within
from grader.model import Verdict

WRONG = "wrong_outputs"
"""Where the evidence of a verdict that is about several outputs names those which differ."""


def merely_warned(verdict: Verdict) -> Verdict:
    """Take no points for what values or arguments are, only for a call that gives none."""
    return replace(verdict, status="warn") if verdict.status in ("fail", "blocked") else verdict


def judge_values(output: str, founds: tuple[Found, ...], standard: str) -> Verdict:
    """Compare one output in every case; the first case that fails is told, and which ones do not."""
    if not founds:
        return Verdict("error", f"no case asks for {output}", public=True, needs_review=True)
    if all(found.right for found in founds) and founds[0].of(output):
        return _equal(output, standard, len(founds))
    for found in founds:
        if found.trouble:
            return trouble(found)
    differences = [(found, first_difference(found, output)) for found in founds]
    for kind in ("wrong", "incomparable"):
        failing = [(found, difference) for found, difference in differences if difference.kind == kind]
        if failing:
            return _differs(output, standard, failing, len(founds))
    single = [difference.place for _, difference in differences if difference.kind == "single"]
    if single:
        return single_precision(single[0])
    return _equal(output, standard, len(founds))


def _equal(output: str, standard: str, cases: int) -> Verdict:
    sentence = f"{output} {_s('equal', output)} {standard} in {count(cases, 'case')}, within tolerance"
    return Verdict("pass", sentence, public=True)


def near(found: Found, output: str, share: float) -> bool:
    """Whether no entry of an output is above what is expected, or below it by more than this share of the largest."""
    return not found.trouble and all(
        leaf.array is not None and _just_below(leaf.array, found.case.arrays[place], share, found.case.tolerance[place])
        for place, leaf in found.of(output)
    )


def no_number(found: Found, output: str) -> bool:
    """Whether a call returned an output that differs from what is right, and holds what is no number: ∞ or NaN."""
    arrays = [leaf.array for _, leaf in found.of(output) if leaf.array is not None]
    wrong = not found.trouble and first_difference(found, output).kind == "wrong"
    return wrong and any(not np.all(np.isfinite(array)) for array in arrays)


def _just_below(got: Any, expected: Any, share: float, tolerance: float) -> bool:
    room = share * float(np.abs(expected).max(initial=0.0))
    return got.shape == expected.shape and within(got, expected, room) and bool(np.all(got <= expected + tolerance))


def single_precision(place: str) -> Verdict:
    """The verdict on right values with rounding errors of float32."""
    return Verdict(
        "warn", f"{place} has the right values in single precision (float32); compute in float64", public=True
    )


@lru_cache(maxsize=64)
def first_difference(found: Found, output: str) -> Difference:
    """Compare an output in one case; of several arrays the one that is furthest from right."""
    compared = [compare(place, leaf, found.case) for place, leaf in found.of(output)]
    order = {"wrong": 0, "incomparable": 1, "single": 2, "none": 3}
    worst = min(compared, key=lambda difference: (order[difference.kind], difference.near))
    return Difference("none", worst.place) if worst.kind == "wrong" and _at_kink(found, output) else worst


def _at_kink(found: Found, output: str) -> bool:
    """Whether the case is at a kink and the output one of the gradients that are right there."""
    allows = found.case.allows
    return allows is not None and allows(output, {place: leaf.array for place, leaf in found.of(output)})


def _differs(output: str, standard: str, failing: list[tuple[Found, Difference]], total: int) -> Verdict:
    found, worst = next((pair for pair in failing if pair[0].case.public), failing[0])
    public, where = found.case.public, _which(failing, total)
    if worst.kind == "incomparable":
        sentence = f"{output} cannot be compared in {where}: it has another shape, or is no numbers"
        return Verdict("blocked", sentence, worst.text, {"case": found.case.name}, public)
    text = worst.text if len(failing) == 1 else f"{found.case.title}: {worst.text}"
    return Verdict(
        "fail", f"{output} {_s('differ', output)} from {standard} in {where}", text, evidence(found, worst), public
    )


def _which(failing: list[tuple[Found, Difference]], total: int) -> str:
    """Say which cases fail: what separates them from the others is half the explanation."""
    if len(failing) == 1:
        return f"{failing[0][0].case.title}{' alone' if total > 1 else ''}"
    if len(failing) == total:
        return f"all {total} cases"
    return f"{len(failing)} of {total} cases: {', '.join(found.case.name for found, _ in failing)}"


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
        **({} if worst.array is None else {"card": card.of(found, worst)}),
    }


def be(name: str) -> str:
    """The verb that goes with a name: the grads are, the loss is."""
    return "are" if name.endswith("s") and not name.endswith("ss") else "is"


def _s(verb: str, name: str) -> str:
    """The verb as it goes with a name: the grads differ, the loss differs."""
    return verb if be(name) == "are" else f"{verb}s"


def count(number: int, noun: str) -> str:
    """Write "1 case", "3 cases"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
