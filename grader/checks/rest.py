"""Is the submission's own forward pass right at the very inputs beside which its slope is measured?"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.compare import COARSEST, SINGLE, in_single_precision
from grader.checks.slope import declared, pick
from grader.paper import Paper, Posed
from grader.questions import FAILED_HOW, Answer, Failed


def forward_fault(paper: Paper, case: Posed, example: int, at_rest: Answer) -> str:
    """Why the forward pass is not right at the inputs themselves, or those of one example; "" where it is."""
    if isinstance(at_rest, Failed):
        return f"it {FAILED_HOW[at_rest.status]}"
    faults = (_output_fault(case, example, out, pick(paper, at_rest, out)) for out, _ in declared(paper).weighted)
    return next(filter(None, faults), "")


def _output_fault(case: Posed, example: int, out: str, output: Any) -> str:
    if output is None:
        return "it does not return what it should"
    if not case.ahead:
        return ""
    expected = np.asarray(case.ahead[out][example], dtype=float)
    if output.shape != expected.shape:
        return f"it has shape {output.shape}; expected {expected.shape}"
    error, tolerance = np.abs(output - expected), case.ahead_tolerance[f"{out}.{example}"]
    wide = min(SINGLE * tolerance, COARSEST * float(np.abs(expected).max(initial=0.0)))
    right = np.all(error <= tolerance) or (np.all(error <= wide) and in_single_precision(output))
    return "" if right else "its value is not right"
