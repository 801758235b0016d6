"""A constant multiple of the truth: S = a·E in every failing case, and what number a is."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from grader.checks.compare import number
from grader.diagnosis.finding import Finding
from grader.diagnosis.seen import Output, Sight
from grader.diagnosis.symbols import CONSTANTS, Formula, formulas, name_for, same
from grader.paper import Posed

NEAR = 1e-2
"""A factor this near 1 is an inexact constant rather than a missing one."""


def scaled(output: Output, batch: str) -> Finding | None:
    """Fit S = a·E where every failing array has its right shape."""
    if not output.failing or len(output.wrong) != len(output.failing):
        return None
    fitted = [(sight, _fit(sight)) for sight in output.wrong]
    known = [(sight.case, a) for sight, a in fitted if a is not None]
    if len(known) != len(fitted):
        return None
    formula = name_for(known)
    if formula is None:
        return _unexplained(output, known)
    if formula.text == "1":
        return None  # so near to 1 that its digits cannot tell it: no multiple, but something small added
    if formula.text not in CONSTANTS and not formula.symbols and sum(s.expected.size for s in output.wrong) < 2:
        return None  # one number is a multiple of any other
    return replace(_say(output, known, formula, batch), whole=all(_spares(sight, formula) for sight in output.passing))


def _fit(sight: Sight) -> float | None:
    """The a of S = a·E by least squares, where nothing is left over; None where it is no such multiple."""
    square = float(np.sum(sight.expected**2))
    if not square or not np.isfinite(sight.got).all():
        return None
    a = float(np.sum(sight.got * sight.expected)) / square
    return a if sight.is_what(a * sight.expected) else None


def _spares(sight: Sight, formula: Formula) -> bool:
    """Whether the factor leaves a right array as it is: there it is 1, or the array is 0."""
    here = formulas(sight.case).get(formula.text)
    value = here.value if here else 0.0 if formula.symbols else formula.value
    return not sight.expected.any() or same(value, 1.0)


def _say(output: Output, known: list[tuple[Posed, float]], formula: Formula, batch: str) -> Finding:
    case, a = shown(known)
    evidence = {"factor": formula.text, "fitted": a, "case": case.name}
    if abs(a) < 1e-12:
        return Finding("scale", f"{output.name} is 0 throughout", evidence=evidence)
    if formula.symbols:
        value = f", and {formula.text} = {number(formulas(case)[formula.text].value)} in case {case.name!r}"
        said = f"{output.name} is {number(a)} × what it should be{value}"
    else:
        said = f"{output.name} is {formula.text} × what it should be in {_cases(len({case for case, _ in known}))}"
    return Finding(_id(formula, known, a, batch), said, evidence=evidence)


def shown(known: list[tuple[Posed, float]]) -> tuple[Posed, float]:
    """The case to tell: a public one, which a student can run; N = 7 says more than N = 2, and that more than N = 1."""
    return max(known, key=lambda pair: (pair[0].public and abs(pair[1]) != 1, abs(np.log(abs(pair[1]) or 1.0))))


def _id(formula: Formula, known: list[tuple[Posed, float]], a: float, batch: str) -> str:
    """Of one factor, 1.5, that it is ½ N where N = 3 is no sign of N: N itself is, and what follows N is."""
    if formula.text == "−1":
        return "sign"
    follows = formula.text.lstrip("−") in (batch, f"1/{batch}") or len({factor for _, factor in known}) > 1
    if formula.symbols == (batch,) and abs(a) != 1 and follows:
        return "missing-1/N" if abs(a) > 1 else "extra-1/N"
    return "scale"


def _cases(count: int) -> str:
    return "the one failing case" if count == 1 else f"all {count} failing cases"


def _unexplained(output: Output, known: list[tuple[Posed, float]]) -> Finding | None:
    """A multiple in every case, but by another number in each: that is said, as likely."""
    if any(sight.expected.size < 2 for sight in output.wrong):
        return None  # any number is a multiple of any other
    low, high = min(a for _, a in known), max(a for _, a in known)
    said = f"{output.name} is a multiple of what it should be, by {number(low)} to {number(high)} from case to case"
    return Finding("scale", said, whole=False, evidence={"fitted": [low, high]})
