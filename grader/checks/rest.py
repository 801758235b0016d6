"""Is the submission's own forward pass right at the very inputs beside which its slope is measured?"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.compare import COARSEST, in_single_precision
from grader.checks.slope import declared, pick
from grader.paper import Paper, Posed
from grader.questions import FAILED_HOW, Answer, Failed, Returned
from grader.tolerance import SINGLE, least


def forward_fault(paper: Paper, case: Posed, example: int, at_rest: Answer) -> str:
    """Why the forward pass is not right at the inputs themselves, or those of one example; "" where it is."""
    if isinstance(at_rest, Failed):
        return f"it {FAILED_HOW[at_rest.status]}"
    faults = (_output_fault(case, example, out, pick(paper, at_rest, out)) for out, _ in declared(paper).weighted)
    return next(filter(None, faults), "")


def coarse(paper: Paper, case: Posed, at_rest: tuple[Answer, ...]) -> bool:
    """Whether what is right at the inputs is so with rounding errors of single precision: no slope is exact then."""
    pairs = [
        (pick(paper, answer, out), case.ahead[out][n], f"{out}.{n}")
        for n, answer in enumerate(at_rest)
        for out, _ in declared(paper).weighted
        if case.ahead and isinstance(answer, Returned)
    ]
    return any(not _within(case, place, np.abs(output - np.asarray(right))) for output, right, place in pairs)


def _within(case: Posed, place: str, error: Any) -> bool:
    bounds = case.ahead_tolerance
    return bool(np.all(error <= least(bounds)[place]) or np.all(error <= bounds[place]))


def _output_fault(case: Posed, example: int, out: str, output: Any) -> str:
    if output is None:
        return "it does not return what it should"
    if not case.ahead:
        return ""
    expected = np.asarray(case.ahead[out][example], dtype=float)
    if output.shape != expected.shape:
        return f"it has shape {output.shape}; expected {expected.shape}"
    error, place = np.abs(output - expected), f"{out}.{example}"
    if _within(case, place, error):
        return ""
    wide = min(SINGLE * case.ahead_tolerance[place], COARSEST * float(np.abs(expected).max(initial=0.0)))
    if np.all(error <= wide) and in_single_precision(output):
        return ""
    return "its value is right to a few digits alone" if np.all(error <= wide) else "its value is not right"
