"""Right numbers in a wrong place: transposed, in another shape, not summed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from grader.diagnosis.finding import Finding
from grader.diagnosis.seen import Output, Sight


def turned(output: Output) -> Finding | None:
    """Failing arrays are the right ones with their axes in another order: all of them, or else some."""
    turning = [sight for sight in output.failing if _turns(sight)]
    if not any(min(sight.expected.shape) > 1 for sight in turning):
        return None  # of a vector nothing but the shape is wrong
    sight = _shown(turning)
    said = f"{output.name} is transposed: {_shapes(sight)}, and its numbers are right with the axes exchanged"
    return Finding("transpose", said, whole=len(turning) == len(output.failing), evidence={"case": sight.case.name})


def _turns(sight: Sight, again: bool = False) -> bool:
    right = sight.expected
    if sight.got is None or sight.got.ndim != right.ndim or not 2 <= right.ndim <= 4:
        return False
    orders = [order for order in permutations(range(right.ndim)) if order != tuple(range(right.ndim))]
    turned = (np.transpose(right, order) for order in orders)
    return any(sight.is_what(array.reshape(right.shape) if again else array) for array in turned)


def shuffled(output: Output) -> Finding | None:
    """Every failing array holds the right numbers, read along its axes in another order."""
    if len(output.wrong) != len(output.failing) or not all(_turns(sight, again=True) for sight in output.wrong):
        return None
    if not any(min(sight.expected.shape) > 1 for sight in output.wrong):
        return None
    said = f"{output.name} has the right numbers, shuffled by a reshape where axes are to be exchanged"
    evidence = {"case": _shown(output.wrong).case.name}
    return Finding("transpose", said, alternatives=("column-row",), evidence=evidence)


def reshaped(output: Output) -> Finding | None:
    """Every failing array holds the right numbers in the right order, in another shape."""
    if not output.failing or any(sight.kind != "misshapen" for sight in output.failing):
        return None
    if not all(_same_numbers(sight) for sight in output.failing):
        return None
    sight = _shown(output.failing)
    said = f"{output.name} has the right numbers in a wrong shape: {_shapes(sight)}"
    return Finding("shape", said, evidence={"case": sight.case.name})


def _same_numbers(sight: Sight) -> bool:
    if sight.got is None or sight.got.size != sight.expected.size:
        return False
    return bool((np.abs(sight.got.reshape(sight.expected.shape) - sight.expected) <= sight.tolerance).all())


def unsummed(output: Output) -> Finding | None:
    """Every failing array becomes the right one when one of its axes is summed: a bias, or something else."""
    failing = [sight for sight in output.failing if sight.kind == "misshapen"]
    if not failing or not all(_sums_to(sight) for sight in failing):
        return None
    sight = _shown(failing)
    said = f"{output.name} is not summed: {_shapes(sight)}; the sum over one axis is right"
    if all(_same_numbers(sight) for sight in failing):
        return None  # an axis of length 1 too many: its sum tells nothing
    return Finding("bias-not-summed", said, evidence={"case": sight.case.name}, doubtful=True)


def _sums_to(sight: Sight) -> bool:
    got, right = sight.got, sight.expected
    if got is None or got.ndim < right.ndim:
        return False
    sums = [got.sum(axis=axis, keepdims=keep) for axis in range(got.ndim) for keep in (False, True)]
    return any(s.shape == right.shape and bool((np.abs(s - right) <= 20 * sight.tolerance).all()) for s in sums)


def exchanged(output: Output, others: Mapping[str, Any]) -> Finding | None:
    """Every failing array is what another output should be."""
    for other in others:
        if other != output.name and all(_is_other(sight, output.name, other) for sight in output.failing):
            said = f"{output.name} holds what {other} should be: are the two returned in the right order?"
            alike = "wrong-operand" if output.wrong else "shape"
            return Finding(alike, said, evidence={"case": output.failing[0].case.name}, doubtful=True)
    return None


def _is_other(sight: Sight, name: str, other: str) -> bool:
    place = other + sight.place.removeprefix(name)
    return place in sight.case.arrays and sight.is_what(sight.case.arrays[place])


def misshapen(output: Output) -> Finding | None:
    """A wrong shape that nothing above explains: that is said, in numbers."""
    failing = [sight for sight in output.failing if sight.kind == "misshapen"]
    if not failing:
        return None
    sight = _shown(failing)
    said = f"{output.name} has a wrong shape: {_shapes(sight)}"
    return Finding("shape", said, whole=False, evidence={"case": sight.case.name})


def _shown(sights: Sequence[Sight]) -> Sight:
    """The case to tell: a public one, which a student can run, of different sizes."""
    return max(sights, key=lambda sight: (sight.case.public, _told_apart(sight), sight.expected.size))


def _told_apart(sight: Sight) -> float:
    """The share of the sizes of a case that no other size equals."""
    sizes = [size for size in sight.case.sizes.values() if isinstance(size, int)]
    return sum(sizes.count(size) == 1 for size in sizes) / max(len(sizes), 1)


def _shapes(sight: Sight) -> str:
    """Say both shapes in letters and numbers; of a hidden case only what was expected."""
    wanted = _written(sight, sight.expected.shape)
    if not sight.case.public:
        return f"expected {wanted} in case {sight.case.name!r}"
    return f"{sight.place} is {_written(sight, np.shape(sight.got))}; expected {wanted}"


def _written(sight: Sight, shape: tuple[int, ...]) -> str:
    """A shape in the letters of the case where each length has one: (K, D) = (3, 7)."""
    sizes = sight.case.sizes
    letters = [[letter for letter, size in sizes.items() if size == length] for length in shape]
    if not shape or any(len(found) != 1 and length != 1 for found, length in zip(letters, shape, strict=True)):
        return str(shape)
    text = ", ".join(found[0] if len(found) == 1 else "1" for found in letters)
    return f"({text}{',' if len(shape) == 1 else ''}) = {shape}"


def sums(sight: Sight, array: Any) -> Iterator[tuple[str, str, Any]]:
    """Ways of not summing a matrix over its first axis: id, what was done, and what comes of it."""
    yield "bias-not-summed", "is summed over the other axis", array.sum(axis=1)
    yield "bias-not-summed", "is not summed at all", array
    yield "bias-not-summed", "is that of the first example alone", array[0]
    yield "overwrite-for-accumulate", "is that of the last example alone", array[-1]
    yield "bias-mean", "is a mean over the examples instead of a sum", array.mean(axis=0)
    yield "bias-not-summed", "is one number, the sum over everything", array.sum()
