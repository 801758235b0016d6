"""Right operation, wrong operand: sums over the wrong axis, multiples of an input that are added.

The right formula is found first, among sums of one input; then the student's among its variants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from grader import trees
from grader.diagnosis.finding import Finding
from grader.diagnosis.seen import Output, Sight
from grader.diagnosis.shapes import sums
from grader.paper import Posed


def arrays(case: Posed) -> Mapping[str, Any]:
    """The arrays of real numbers among the inputs of a case."""
    return {
        place: leaf
        for name, value in case.inputs.items()
        for place, leaf in trees.leaves(name, value)
        if isinstance(leaf, np.ndarray) and leaf.dtype.kind == "f"
    }


def summed(output: Output) -> Finding | None:
    """The right answer is an input summed over its first axis; the student's is another sum of it."""
    for name, array in _matrices(output).items():
        if not _gives(output.sights, name, lambda a: a.sum(axis=0)):
            continue
        for place, (identifier, how, _) in enumerate(sums(output.failing[0], array)):
            if _explains(output, name, place):
                evidence = {"input": name, "case": output.failing[0].case.name}
                said, spared = f"{output.name} {how} (of {name})", _spares(output, name, place)
                return Finding(identifier, said, whole=spared, evidence=evidence, note=how)
    return None


def _matrices(output: Output) -> Mapping[str, Any]:
    return {name: a for name, a in arrays(output.failing[0].case).items() if a.ndim == 2} if output.failing else {}


def _gives(sights: tuple[Sight, ...], name: str, formula: Callable[[Any], Any]) -> bool:
    named = [(sight, arrays(sight.case).get(name)) for sight in sights]
    return all(array is not None and array.ndim and equals_truth(sight, formula(array)) for sight, array in named)


def equals_truth(sight: Sight, value: Any) -> bool:
    close = np.shape(value) == sight.expected.shape
    return close and bool((np.abs(value - sight.expected) <= 20 * sight.tolerance).all())


def _explains(output: Output, name: str, place: int) -> bool:
    def variant(sight: Sight) -> Any:
        return [value for _, _, value in sums(sight, arrays(sight.case)[name])][place]

    found = [(sight, variant(sight)) for sight in output.failing]
    return all(sight.is_what(value) or sight.is_what(np.atleast_1d(value)) for sight, value in found)


def _spares(output: Output, name: str, place: int) -> bool:
    """Whether a sum would leave what is right as it is; one of another shape could not be made there."""
    for sight in output.passing:
        value = [value for _, _, value in sums(sight, arrays(sight.case)[name])][place]
        if np.shape(value) == sight.expected.shape and not equals_truth(sight, value):
            return False
    return True


def added(output: Output) -> Iterator[tuple[str, list[tuple[Posed, float]]]]:
    """Inputs A with S = E + b·A in every failing case, and b in each."""
    if not output.wrong or len(output.wrong) != len(output.failing):
        return
    for name in _beside(output.wrong[0]):
        fitted = [(sight.case, _times(sight, name)) for sight in output.wrong]
        known = [(case, b) for case, b in fitted if b is not None]
        if len(known) == len(fitted):
            yield name, known


def _beside(sight: Sight) -> list[str]:
    """The inputs shaped like an output, of more than one entry; in a structure, those that end in the same key."""
    key = sight.place.rpartition(".")[2] if "." in sight.place else ""
    return [
        name
        for name, a in arrays(sight.case).items()
        if a.shape == sight.expected.shape and a.size > 1 and (not key or name.rpartition(".")[2] == key)
    ]


def _times(sight: Sight, name: str) -> float | None:
    place = name
    key = sight.place.rpartition(".")[2] if "." in sight.place else ""
    if key:
        place = f"{name.rpartition('.')[0]}.{key}"
    array = arrays(sight.case).get(place)
    if array is None or array.shape != sight.expected.shape or not np.isfinite(sight.error).all():
        return None
    square = float(np.sum(array**2))
    b = float(np.sum(sight.error * array)) / square if square else 0.0
    return b if b and sight.is_what(sight.expected + b * array) else None
