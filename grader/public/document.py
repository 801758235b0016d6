"""What `public.json` holds: one assignment as far as a student may see it."""

from __future__ import annotations

from typing import Any, Union

import msgspec

from grader import checks

SCHEMA = "grader.public/1"

STORED: tuple[type, ...] = tuple(getattr(checks, name) for name in checks.__all__)
"""The checks that can be stored: frozen values, told apart by the tag `type`."""

AnyCheck: Any = Union[STORED]  # noqa: UP007 - made from a list


class Claim(msgspec.Struct, frozen=True):
    """A check, what it is worth, and the line that everybody reads."""

    claim: str
    points: int | float
    check: AnyCheck


class Case(msgspec.Struct, frozen=True, omit_defaults=True):
    """A public case: inputs, what is right, how far off a right answer may be; `ahead` is the slope's forward pass."""

    name: str
    why: str
    group: str
    slope: bool
    sizes: dict[str, int | list[int]]
    inputs: dict[str, Any]
    expected: dict[str, Any]
    tolerance: dict[str, float]
    ahead: dict[str, Any]
    ahead_tolerance: dict[str, float]
    returns: dict[str, str] = {}


class Slope(msgspec.Struct, frozen=True, omit_defaults=True):
    """`grader.model.Slope`, field by field."""

    forward: str
    args: tuple[str, ...]
    out: str
    moves: dict[str, str]
    against: str
    claim: str
    examples: tuple[str, ...]
    beside: dict[str, str] = {}


class Task(msgspec.Struct, frozen=True, omit_defaults=True):
    """One function. `hidden` names the claims that no public case decides."""

    name: str
    file: str
    points: int | float
    equations: tuple[str, ...]
    parameters: tuple[str, ...]
    returns: dict[str, str]
    several: bool
    forward: str
    forward_parameters: tuple[str, ...]
    ahead_returns: tuple[str, ...]
    slope: Slope | None
    echo: bool
    checks: list[Claim]
    hidden: list[str]
    cases: list[Case]
    fills: tuple[str, ...] = ()
    cache_place: int = 1
    ways: list[Way] = []


class Way(msgspec.Struct, frozen=True):
    """A task under one of the conventions that it may follow; the first is the task as it stands."""

    name: str
    says: str
    axis: str
    task: Task | None


class Document(msgspec.Struct, frozen=True):
    """The file."""

    schema: str
    assignment: str
    title: str
    points: int | float
    equations: dict[str, str]
    tasks: list[Task]
    letters: dict[str, str] = {}
    hints: str | int | float = "free"
