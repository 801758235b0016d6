"""A task that is wrong only because another is wrong is `blocked`: one mistake is one failure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec.structs import replace

from grader import trees
from grader.checks import Gradient, Numeric, Shape, Value
from grader.conventions import Graded
from grader.diagnosis.rebuilt import Stuck, Substitutes, callees, rebuild, together
from grader.diagnosis.seen import Output, look
from grader.model import CACHE, Row, TaskReport
from grader.paper import Paper, Posed
from grader.posing import named_outputs, resolved
from grader.questions import Answerer, Failed
from grader.tolerance import named_leaves

BLOCKED_BY = "blocked_by"
"""The evidence that a row is blocked: the tasks that are to be put right first."""

LOST = ("fail", "raised")


def is_wrong(task: Graded) -> bool:
    """Whether a task lost points for what it answered."""
    return any(row.verdict.status in LOST for row in task.report.rows)


def settle(tasks: list[Graded], answerer: Answerer) -> list[Graded]:
    """Say of every composed task that fails whether only what it calls is wrong."""
    papers = {task.paper.task: task.paper for task in tasks}
    wrong = {task.paper.task for task in tasks if is_wrong(task)}
    broken = {task.paper.task for task in tasks if any(row.verdict.status == "raised" for row in task.report.rows)}
    return [replace(task, report=_settled(task, papers, wrong, broken, answerer)) for task in tasks]


def _settled(
    task: Graded, papers: Mapping[str, Paper], wrong: set[str], broken: set[str], answerer: Answerer
) -> TaskReport:
    reference = task.paper.reference
    if not is_wrong(task) or reference is None or task.paper.random or task.paper.fills:
        return task.report
    suspects = (callees(reference, papers) & wrong) - {task.paper.task}
    for names in _subsets(suspects):
        if _raises_by_itself(task, names & broken, answerer):
            continue
        if _explains(task, together(names, papers), papers, answerer):
            return replace(task.report, rows=_blocked(task, sorted(names)))
    return task.report


def _subsets(suspects: set[str]) -> list[set[str]]:
    """Each suspect by itself, then all of them."""
    alone = [{name} for name in sorted(suspects)]
    return alone if len(suspects) < 2 else [*alone, suspects]


def _explains(task: Graded, names: set[str], papers: Mapping[str, Paper], answerer: Answerer) -> bool:
    """Whether the reference with the submission's functions in place gives all that the submission answered."""
    outputs = look(task.paper, task.checks, answerer.ask(task.paper.question))
    if not any(output.failing for output in outputs) and not _silent(outputs):
        return False
    ask = Substitutes(papers, answerer)
    stand_ins = {name: ask.asking(name) for name in names - {task.paper.task}}
    cases = sorted(dict.fromkeys(s.case for o in outputs for s in o.sights), key=lambda case: not _fails(outputs, case))
    return all(_same(task.paper, outputs, case, _run(task.paper, case, stand_ins, papers)) for case in cases)


def _raises_by_itself(task: Graded, broken: set[str], answerer: Answerer) -> bool:
    """Whether what is said of an exception names no function that raises one, too: then these are two mistakes."""
    answers = answerer.ask(task.paper.question) if broken else ()
    traces = [answer.detail for answer in answers if isinstance(answer, Failed) and answer.status == "raised"]
    return any(trace and not any(re.search(rf"\b{name}\b", trace) for name in broken) for trace in traces)


def _silent(outputs: list[Output]) -> bool:
    return any(sight.kind == "nothing" for output in outputs for sight in output.sights)


def _fails(outputs: list[Output], case: Posed) -> bool:
    return any(sight.case is case for output in outputs for sight in output.failing)


def _run(
    paper: Paper, case: Posed, stand_ins: Mapping[str, Any], papers: Mapping[str, Paper]
) -> Mapping[str, Any] | None:
    """What comes out of one case; None where a function gives nothing, or numbers that do not fit."""
    assert paper.reference is not None
    values = trees.copied(resolved(case.inputs))
    try:
        with np.errstate(all="ignore"):
            ahead = papers[paper.forward].reference if paper.forward in papers else None
            if ahead is not None:
                left = rebuild(ahead, stand_ins)(*(values[name] for name in paper.forward_parameters))
                values[CACHE] = left[paper.cache_place]
            answer = rebuild(paper.reference, stand_ins)(*(values[name] for name in paper.parameters))
        return {place: np.asarray(v, float) for place, v in named_leaves(named_outputs(paper.returns, answer))}
    except (Stuck, KeyError, ValueError, TypeError, IndexError, ArithmeticError, AttributeError):
        return None


def _same(paper: Paper, outputs: list[Output], case: Posed, answers: Mapping[str, Any] | None) -> bool:
    """Whether every leaf of a case is what came, nothing for nothing."""
    sights = [sight for output in outputs for sight in output.sights if sight.case is case]
    if answers is None:
        return all(sight.kind == "nothing" for sight in sights)
    return all(sight.place in answers and sight.is_what(answers[sight.place]) for sight in sights)


def _blocked(task: Graded, names: list[str]) -> tuple[Row, ...]:
    """The failing rows, as blocked by what else is wrong."""
    which = " and ".join(names)
    said = f"{task.paper.task} is wrong only because {which} {'is' if len(names) == 1 else 'are'}"
    rows = []
    for check, row in zip(task.checks, task.report.rows, strict=True):
        held = isinstance(check, Value | Gradient | Numeric | Shape) and row.verdict.status in LOST
        if held:
            evidence = {BLOCKED_BY: names}
            verdict = replace(
                row.verdict,
                status="blocked",
                sentence=said,
                particulars="",
                evidence=evidence,
                diagnosis=None,
                plain=None,
                public=True,
            )
            row = replace(row, verdict=verdict)
        rows.append(row)
    return tuple(rows)
