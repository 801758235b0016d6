"""An added term: S = E + b·A, with A an input shaped like the output. With λ in b it is a penalty."""

from __future__ import annotations

from grader.checks.compare import number
from grader.diagnosis.factors import shown
from grader.diagnosis.finding import Finding
from grader.diagnosis.operands import added
from grader.diagnosis.seen import Output
from grader.diagnosis.symbols import Formula, name_for


def penalised(output: Output, batch: str) -> Finding | None:
    """Fit S = E + b·A, and name b."""
    for name, known in added(output):
        formula = name_for(known)
        if formula is None:
            continue
        case, b = shown(known)
        value = f", {number(b)} × in case {case.name!r}" if formula.symbols else ""
        said = f"{output.name} is off by {formula.text} × {name}{value}"
        identifier, others = _id(formula, output, batch)
        evidence = {"added": f"{formula.text} × {name}", "fitted": b, "case": case.name}
        if identifier:
            return Finding(identifier, said, whole=not others, alternatives=others, evidence=evidence, doubtful=True)
        return Finding("", said, whole=False, evidence=evidence)
    return None


def _id(formula: Formula, output: Output, batch: str) -> tuple[str, tuple[str, ...]]:
    """Name an added term by its coefficient: how often λ it is, and whether the batch size divides it."""
    if not formula.symbols or "1 − " in formula.text:
        return "", ()  # a number, or what is left of one: no penalty has such a strength
    if output.wrong[0].expected.ndim == 1:
        return "reg-on-bias", ()
    if batch in formula.symbols:
        return "reg-over-N", ()
    if len(formula.symbols) > 1 or formula.symbols[0] in output.wrong[0].case.sizes:
        return "", ()
    if formula.value < 0 and not formula.text.startswith("−½"):
        return "reg-gradient-missing", ("reg-factor-2",)
    return "reg-factor-2", ()
