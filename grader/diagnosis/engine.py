"""From failing outputs to names: every look is taken, the most specific explanation wins, ties are said as such."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec.structs import replace

from grader.diagnosis import declared
from grader.diagnosis.attach import Found, attach
from grader.diagnosis.behaviour import roughness
from grader.diagnosis.blame import BLOCKED_BY
from grader.diagnosis.finding import Finding
from grader.diagnosis.general import general, told_by_size
from grader.diagnosis.seen import Output, Sight, look, witnesses
from grader.diagnosis.thinned import thinned
from grader.model import TELLING, Check, Row
from grader.paper import Paper
from grader.questions import Answer

NOTHING = Finding("", "", whole=False)


def diagnose(
    paper: Paper, checks: Mapping[Check, Fraction], rows: tuple[Row, ...], answers: tuple[Answer, ...]
) -> tuple[Row, ...]:
    """Name the mistakes behind the failing rows of a task, from answers that are at hand. Costs nothing if all pass."""
    if not any(row.verdict.status in TELLING and _open(row) for row in rows):
        return rows
    outputs = look(paper, checks, answers)
    found = explain(paper, outputs, witnesses(paper, answers))
    for check, row in zip(checks, rows, strict=True):
        if row.verdict.status == "fail" and (finding := thinned(paper, check, answers)):
            found[check.outputs()[0], check.group] = finding
    return attach(checks, rows, outputs, found)


def _open(row: Row) -> bool:
    """Whether nothing is known of why a row fails."""
    return row.verdict.diagnosis is None and BLOCKED_BY not in row.verdict.evidence


def explain(paper: Paper, outputs: list[Output], besides: list[Sight]) -> Found:
    """An explanation for each output that has one; `besides` are numbers that no check judges."""
    failing = [output for output in outputs if output.failing]
    found: Found = {}
    for output in outputs:
        _keep(found, output, roughness(paper, output))
    seen = [*besides, *(sight for output in outputs for sight in output.sights)]
    singles = declared.singles(paper, failing, seen)
    for output in failing:
        _keep(found, output, declared.best(paper, output, outputs, singles))
        _keep(found, output, general(paper, output))
    for output in failing:
        if found.get((output.name, output.group), NOTHING).strength < 2:
            _keep(found, output, declared.by_two(paper, output, outputs, singles, seen))
            _keep(found, output, filter(None, [told_by_size(output)]))
    return _agreed(found)


def _agreed(found: Found) -> Found:
    """Of several names for one output, say first the one that most outputs may have: one bug, one name."""
    votes = Counter(name for finding in found.values() for name in {finding.id, *finding.alternatives})
    return {key: _renamed(finding, votes) for key, finding in found.items()}


def _renamed(finding: Finding, votes: Counter[str]) -> Finding:
    first, *others = sorted((finding.id, *finding.alternatives), key=lambda name: -votes[name])
    return replace(finding, id=first, alternatives=tuple(others)) if finding.alternatives else finding


def _keep(found: Found, output: Output, findings: Iterable[Finding]) -> None:
    """Keep the strongest finding on an output; among equals the first, which is the more specific look."""
    key = output.name, output.group
    for finding in findings:
        if finding.strength > found.get(key, NOTHING).strength or key not in found:
            found[key] = finding
