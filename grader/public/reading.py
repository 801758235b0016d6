"""From `public.json` to an exam that runs, on a machine without the course."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace

from grader import model
from grader.conventions import Way
from grader.grade import Exam
from grader.model import Check, exact
from grader.paper import Paper, Posed
from grader.public import document
from grader.public.document import SCHEMA, Document
from grader.public.values import PublicError, decode

AGAIN = "fetch the template's public.json again"


class Meta(msgspec.Struct, frozen=True):
    """What a `public.json` says about the assignment as a whole.

    `points` is what the whole assignment is worth, hidden claims included; `homes` maps each function to its stub
    file without ending; `hidden` maps tasks to the claims that only the instructor's run decides; `hints` are "free",
    "off" or what each one costs.
    """

    name: str
    title: str
    points: Fraction
    equations: Mapping[str, str]
    homes: Mapping[str, str]
    hidden: Mapping[str, tuple[str, ...]]
    hints: str | int | float = "free"


def schema_of(text: str | bytes) -> str:
    """The schema that a JSON text claims to have, "" for none."""
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return str(found.get("schema", "")) if isinstance(found, dict) else ""


def load(text: str | bytes) -> tuple[Meta, Exam]:
    """Read the public part of an assignment: what is said about it, and the exam with every check that can be put.

    Raises `PublicError`, in one line, for anything but an undamaged document of this schema.
    """
    found = _document(text)
    tasks = tuple((replace(_paper(task), letters=found.letters), _checks(task)) for task in found.tasks)
    meta = Meta(
        name=found.assignment,
        title=found.title,
        points=exact(found.points),
        equations=found.equations,
        homes={task.name: task.file.removesuffix(".py") for task in found.tasks},
        hidden={task.name: tuple(task.hidden) for task in found.tasks if task.hidden},
        hints=found.hints,
    )
    ways = {task.name: _ways(task, paper) for task, (paper, _) in zip(found.tasks, tasks, strict=True) if task.ways}
    return meta, Exam(tasks, {task.name: task.equations for task in found.tasks}, ways=ways)


def _ways(task: document.Task, paper: Paper) -> tuple[Way, ...]:
    """A task under every convention, as `public.json` tells them."""
    return tuple(
        Way(
            each.name,
            each.says,
            each.axis,
            _checks(each.task or task),
            partial(_paper, each.task) if each.task else (lambda: paper),
        )
        for each in task.ways
    )


def _document(text: str | bytes) -> Document:
    schema = schema_of(text)
    if schema != SCHEMA:
        is_what = f"has schema {schema[:60]!r}" if schema else "is no data of the grader"
        raise PublicError(f"public.json {is_what}; expected {SCHEMA!r}, {AGAIN}")
    try:
        return msgspec.json.decode(text, type=Document)
    except msgspec.DecodeError as error:
        raise PublicError(f"public.json is damaged ({' '.join(str(error).split())}); {AGAIN}") from None


def _checks(task: document.Task) -> dict[Check, Fraction]:
    return {claim.check: exact(claim.points) for claim in task.checks}


def _paper(task: document.Task) -> Paper:
    return Paper(
        task=task.name,
        parameters=task.parameters,
        returns=task.returns,
        several=task.several,
        cases=tuple(_posed(task.name, case) for case in task.cases),
        forward=task.forward,
        forward_parameters=task.forward_parameters,
        ahead_returns=task.ahead_returns,
        slope=_slope(task.slope),
        echo=task.echo,
        fills=task.fills,
        cache_place=task.cache_place,
    )


def _slope(slope: document.Slope | None) -> model.Slope | None:
    if slope is None:
        return None
    fields: dict[str, Any] = {name: getattr(slope, name) for name in slope.__struct_fields__}
    return model.Slope(**fields)


def _posed(task: str, case: document.Case) -> Posed:
    try:
        return Posed(
            name=case.name,
            group=case.group,
            public=True,
            slope=case.slope,
            sizes={letter: tuple(size) if isinstance(size, list) else size for letter, size in case.sizes.items()},
            inputs=decode(case.inputs),
            expected=decode(case.expected),
            tolerance=case.tolerance,
            ahead=decode(case.ahead),
            ahead_tolerance=case.ahead_tolerance,
            why=case.why,
            returns=case.returns,
        )
    except PublicError as error:
        raise PublicError(f"public.json is damaged ({task}, case {case.name!r}: {error}); {AGAIN}") from None
