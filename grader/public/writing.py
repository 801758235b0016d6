"""From an assignment to `public.json`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import msgspec

from grader import model
from grader.checks import Numeric
from grader.model import Assignment, Check, decimal, exact
from grader.paper import PUBLIC_SEED, Posed
from grader.posing import write
from grader.public import document
from grader.public.document import SCHEMA, STORED, Claim, Document
from grader.public.layout import render
from grader.public.values import encode


def decides(task: model.Task, check: Check) -> bool:
    """Whether the public cases of a task put this check to a student's code."""
    asked = [case for case in task.cases if case.public and not case.timed and case.group == check.group]
    if isinstance(check, Numeric):
        asked = [case for case in asked if case.slope]
    return bool(asked) and isinstance(check, STORED)


def dump(assignment: Assignment) -> str:
    """Write the public part of an assignment: readable JSON, equal assignments to equal text.

    Raises `PublicError` for a case that JSON cannot hold.
    """
    named = {task.name: task for task in assignment.tasks}
    return render(
        msgspec.to_builtins(
            Document(
                schema=SCHEMA,
                assignment=assignment.name,
                title=assignment.title,
                points=decimal(exact(assignment.points)),
                equations=dict(assignment.equations),
                letters=dict(assignment.letters),
                hints=assignment.hints,
                tasks=[_task(task, named) for task in assignment.tasks],
            )
        )
    )


def _task(task: model.Task, forwards: Mapping[str, model.Task]) -> document.Task:
    paper = write(task, PUBLIC_SEED, public_only=True, forwards=forwards)
    claims = [
        Claim(check.statement(task.shapes), decimal(exact(points)), check)
        for check, points in task.checks.items()
        if decides(task, check)
    ]
    return document.Task(
        name=task.name,
        file=f"{task.module}.py",
        points=decimal(task.points),
        equations=task.equations,
        parameters=paper.parameters,
        returns=dict(paper.returns),
        several=paper.several,
        forward=paper.forward,
        forward_parameters=paper.forward_parameters,
        ahead_returns=paper.ahead_returns,
        slope=_slope(paper.slope),
        echo=paper.echo,
        checks=claims,
        hidden=[check.statement(task.shapes) for check in task.checks if not decides(task, check)],
        cases=[_case(case) for case in paper.cases if not case.timed],
        fills=paper.fills,
        cache_place=paper.cache_place,
        ways=[_way(task, each, forwards) for each in task.conventions],
    )


def _way(task: model.Task, convention: model.Convention, forwards: Mapping[str, model.Task]) -> document.Way:
    variant = task.variants[convention.name]
    written = None if variant is task else _task(variant, {**forwards, task.name: variant})
    return document.Way(convention.name, convention.says, convention.axis, written)


def _slope(slope: model.Slope | None) -> document.Slope | None:
    if slope is None:
        return None
    fields: dict[str, Any] = {field.name: getattr(slope, field.name) for field in dataclasses.fields(slope)}
    return document.Slope(**{**fields, "moves": dict(slope.moves), "beside": dict(slope.beside)})


def _case(case: Posed) -> document.Case:
    return document.Case(
        name=case.name,
        why=case.why,
        group=case.group,
        slope=case.slope,
        sizes={letter: list(size) if isinstance(size, tuple) else size for letter, size in case.sizes.items()},
        inputs={name: encode(value) for name, value in case.inputs.items()},
        expected={name: encode(value) for name, value in case.expected.items()},
        tolerance=dict(case.tolerance),
        ahead={name: encode(value) for name, value in case.ahead.items()},
        ahead_tolerance=dict(case.ahead_tolerance),
        returns=dict(case.returns),
    )
