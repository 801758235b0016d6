"""What separates the cases that fail from those that pass: "only where N = 1" is half of an explanation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np

from grader import trees
from grader.diagnosis.seen import Output
from grader.diagnosis.symbols import symbols
from grader.paper import Posed


def separates(output: Output) -> str:
    """Say in a clause which cases fail, "" where all do or nothing tells them apart."""
    return min(_alone(output), key=len, default="")


def equal_sizes(output: Output) -> str:
    """The same, where the cases that fail have nothing of their own but lengths that are equal; else ""."""
    facts = _alone(output)
    return min(facts, key=len, default="") if all(_equality(output, fact) for fact in facts) else ""


def _equality(output: Output, fact: str) -> bool:
    sizes = output.failing[0].case.sizes
    return any(fact == f"where {a} = {b}" for a, b in combinations(sizes, 2))


def _alone(output: Output) -> list[str]:
    """What may be said of every case that fails and of none that passes."""
    failing = {sight.case for sight in output.sights if sight.kind not in ("right", "single")}
    passing = {sight.case for sight in output.passing} - failing
    if not passing or not failing:
        return []
    told = [dict.fromkeys(_facts(case)) for case in failing]
    common = [fact for fact in told[0] if all(fact in facts for facts in told)]
    others = [set(_facts(case)) for case in passing]
    return [fact for fact in common if not any(fact in facts for facts in others)]


def _facts(case: Posed) -> Iterator[str]:
    """Everything that may be said of a case, as a clause."""
    if case.group:
        yield f"in the cases of {case.group}"
    named = symbols(case)
    sizes = [letter for letter in case.sizes if letter in named]
    for name, value in named.items():
        if name in sizes:
            yield f"where {name} = 1" if value == 1 else f"where {name} > 1"
        else:
            yield f"where {name} = 0" if value == 0 else f"where {name} is not 0"
            yield f"where {name} > 1" if value > 1 else f"where {name} ≤ 1"
    for a, b in combinations(sizes, 2):
        yield f"where {a} {_sign(named[a], named[b])} {b}"
    yield from _kinds(case)


def _sign(x: float, y: float) -> str:
    return "=" if x == y else "<" if x < y else ">"


def _kinds(case: Posed) -> Iterator[str]:
    """The words among the inputs, and the kinds of the arrays."""
    for name, value in case.inputs.items():
        for place, leaf in trees.leaves(name, value):
            if isinstance(leaf, str):
                yield f"where {place} is {leaf!r}"
            elif isinstance(leaf, np.ndarray):
                yield from _of_array(place, leaf)


def _of_array(place: str, array: Any) -> Iterator[str]:
    if array.dtype.kind == "u":
        yield f"where {place} has an unsigned type"
    if array.ndim:
        yield f"where {place} has {array.ndim} {'axis' if array.ndim == 1 else 'axes'}"
    if array.dtype.kind == "f" and array.size:
        most = float(np.max(np.abs(array)))
        yield f"where entries of {place} are {'beyond' if most > 100 else 'within'} ±100"
        yield f"where entries of {place} are {'beyond' if most > 20 else 'within'} ±20"
        yield f"where {'some' if (array == 0).any() else 'no'} entry of {place} is 0"
    if array.dtype.kind in "iu" and array.ndim == 1 and array.size:
        repeated = len(set(array.tolist())) < array.size
        yield f"where {'a label' if repeated else 'no label'} of {place} is repeated"
        absent = len(set(array.tolist())) <= int(array.max())
        yield f"where {'a label' if absent else 'no label'} below the largest of {place} is absent"
