"""Findings on outputs become diagnoses on rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from msgspec.structs import replace

from grader.checks import Numeric, Shape, Unchanged
from grader.diagnosis.blame import BLOCKED_BY
from grader.diagnosis.finding import Finding
from grader.diagnosis.seen import Output
from grader.model import TELLING, Check, Diagnosis, Row

Found = dict[tuple[str, str], Finding]
"""The finding on each output, by its name and the group of its cases."""


def attach(
    checks: Mapping[Check, Fraction], rows: tuple[Row, ...], outputs: list[Output], found: Found
) -> tuple[Row, ...]:
    """Give each failing row the finding on the output that it judges."""
    wrong = {output.name for output in outputs if output.failing}
    right = list(dict.fromkeys(o.name for o in outputs if o.name not in wrong and o.passing))
    return tuple(
        _with(row, finding, right) if (finding := _concerning(check, row, found)) else row
        for check, row in zip(checks, rows, strict=True)
    )


def _concerning(check: Check, row: Row, found: Found) -> Finding | None:
    if row.verdict.status not in TELLING or row.verdict.diagnosis is not None or BLOCKED_BY in row.verdict.evidence:
        return None
    if isinstance(check, Unchanged):
        return Finding("mutates-input", row.verdict.sentence) if row.verdict.status == "fail" else None
    if isinstance(check, Numeric):
        named = [finding for finding in found.values() if finding.id and finding.id != "float32"]
        return named[0] if named and row.verdict.status == "fail" else None
    for output in check.outputs():
        finding = _together([f for f in _of(found, output, check.group) if _fits(row, f)])
        if finding:
            return finding
    return _malformed(row) if isinstance(check, Shape) else None


def _of(found: Found, output: str, group: str) -> list[Finding]:
    """The findings on an output and its entries; in a special group without a name those of the ordinary cases."""
    parts = [(name, where) for name, where in found if f"{name}.".startswith(f"{output}.")]
    here, plain = ([found[name, where] for name, where in parts if where == asked] for asked in (group, ""))
    return here if any(finding.id for finding in here) or not any(finding.id for finding in plain) else plain


def _together(findings: list[Finding]) -> Finding | None:
    """The finding on a dict: what most of its entries show, with what else the others do."""
    if len(findings) < 2:
        return findings[0] if findings else None
    shown = Counter(finding.id for finding in findings)
    best = max(findings, key=lambda finding: (finding.strength, shown[finding.id]))
    others = dict.fromkeys(f.said for f in findings if f.id and f.id != best.id and f.id not in best.alternatives)
    return replace(best, said="; besides, ".join([best.said, *list(others)[:2]]))


def _fits(row: Row, finding: Finding) -> bool:
    """Single precision explains a warning and nothing else."""
    return (finding.id == "float32") == (row.verdict.status == "warn")


def _malformed(row: Row) -> Finding | None:
    """What is no array of the right kind and shape, and nothing more can be said."""
    if row.verdict.status != "fail" or "finite" in row.verdict.sentence + row.verdict.particulars:
        return None
    return Finding("shape", row.verdict.sentence, whole=False)


def _with(row: Row, finding: Finding, right: list[str]) -> Row:
    verdict = row.verdict
    if not finding.id:
        sentence = f"{verdict.sentence}; {finding.said}{_besides(right)}"
        return replace(row, verdict=replace(verdict, sentence=sentence, plain=verdict))
    message = finding.said + (f" (or {', '.join(finding.alternatives)})" if finding.alternatives else "")
    confidence: Literal["certain", "likely"] = "certain" if finding.sure else "likely"
    diagnosis = Diagnosis(finding.id, message, confidence, finding.alternatives, told=bool(finding.note))
    evidence = {**verdict.evidence, **finding.evidence}
    return replace(row, verdict=replace(verdict, diagnosis=diagnosis, evidence=evidence, plain=verdict))


def _besides(right: list[str]) -> str:
    return f"; {', '.join(right)} {'is' if len(right) == 1 else 'are'} right" if right else ""
