"""An audit as plain data, for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.audit.findings import Catch, Findings, Tally, Trial

SCHEMA = "grader.audit/1"


def document(found: Sequence[Findings]) -> dict[str, Any]:
    """Everything that the text shows, and the mutants by name."""
    return {"schema": SCHEMA, "assignments": [_assignment(each) for each in found]}


def _assignment(found: Findings) -> dict[str, Any]:
    return {
        "assignment": found.assignment,
        "faults": list(found.faults),
        "proven": list(found.proven),
        "notes": list(found.notes),
        "mutants": {"made": found.made, "tried": len(found.trials), **_tally(found.total)},
        "tasks": [{"task": task, **_tally(found.of(task))} for task in found.tasks],
        "checks": [_catch(catch, "check") for catch in found.caught_by_checks()],
        "cases": [_catch(catch, "case") for catch in found.caught_by_cases()],
        "silent_cases": [{"task": catch.task, "case": catch.name} for catch in found.silent()],
        **{fate: [_trial(trial) for trial in found.with_fate(fate)] for fate in ("survived", "equivalent", "warned")},
        "seconds": round(found.seconds, 1),
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {**tally.counts, "only_raise": tally.raised, "kill_rate_percent": round(tally.rate, 2)}


def _catch(catch: Catch, kind: str) -> dict[str, Any]:
    return {"task": catch.task, kind: catch.name, "caught": catch.caught, "caught_by_it_alone": catch.only}


def _trial(trial: Trial) -> dict[str, Any]:
    mutant = trial.mutant
    told = {"task": mutant.task, "rule": mutant.rule, "line": mutant.line, "why": trial.why, "diff": trial.diff}
    return {key: value for key, value in told.items() if value != ""}
