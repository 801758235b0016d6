"""Is this array the expected one? Written so that NaN is never right: `error <= tolerance`, not its opposite."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import numpy as np
from msgspec.structs import replace

from grader.paper import Posed
from grader.tolerance import SINGLE, least
from grader.trees import Leaf

BLOCK = 1 << 14
"""Numbers that are compared at once: two blocks and their difference fit into a core's nearest cache but one."""

COARSEST = 0.25
"""No result is right in any precision that errs by this share of the largest entry: zeros are representable, too."""


class Difference(msgspec.Struct, frozen=True, eq=False):
    """How a leaf compares with what is expected. `kind` is "single" for the right values in float32 precision.

    `near` says of wrong values that no more is wrong with them than rounding in single precision could explain. Of what
    is wrong it keeps the array as it came and the one that was wanted, for the array card.
    """

    kind: Literal["none", "single", "wrong", "incomparable"]
    place: str
    text: str = ""
    index: tuple[int, ...] = ()
    got: float = 0.0
    expected: float = 0.0
    error: float = 0.0
    wrong: int = 0
    total: int = 0
    array: Any = None
    wanted: Any = None
    tolerance: float = 0.0
    near: bool = False


def compare(place: str, leaf: Leaf, case: Posed) -> Difference:
    """Compare the leaf at `place` with the expected array, after reshaping where only the shape is wrong."""
    if leaf.array is None:
        return Difference("incomparable", place, f"{place} {leaf.trouble}")
    expected = case.arrays[place]
    if leaf.array.size != expected.size:
        return Difference("incomparable", place, f"{place} {leaf.trouble}; its values cannot be compared")
    got = leaf.array.astype(np.float64, copy=False).reshape(expected.shape)
    if within(got, expected, least(case.tolerance)[place]):
        return Difference("none", place)
    return against(place, leaf.array, got, expected, case.tolerance[place])


def against(place: str, array: Any, got: Any, expected: Any, tolerance: float) -> Difference:
    """Compare numbers `got`, which came as `array`, with expected ones of the same shape."""
    if within(got, expected, tolerance):
        return Difference("none", place)
    error = np.abs(got - expected)
    wide = min(SINGLE * tolerance, COARSEST * float(np.abs(expected).max(initial=0.0)))
    near = bool((error <= wide).all())
    if near and in_single_precision(array):
        return Difference("single", place, f"{place} has the right values in single precision (float32)")
    return replace(_worst(place, got, expected, error, tolerance), array=array, near=near)


def within(got: Any, expected: Any, tolerance: float) -> bool:
    """Whether |got − expected| ≤ tolerance everywhere, NaN being nowhere; large arrays are read block by block.

    A difference of a whole gradient is an array of its own, and making one costs as much as the comparison.
    """
    if got.size <= BLOCK:
        return bool((np.abs(got - expected) <= tolerance).all())
    left, right = got.reshape(-1), expected.reshape(-1)
    starts = range(0, left.size, BLOCK)
    return all(
        bool((np.abs(left[start : start + BLOCK] - right[start : start + BLOCK]) <= tolerance).all())
        for start in starts
    )


def in_single_precision(array: Any) -> bool:
    """Whether every entry is exactly representable in float32: what float32 code gives, whatever it is stored in."""
    if array.dtype.kind != "f":
        return False
    return bool((array.astype(np.float32).astype(np.float64) == array).all())


def _worst(place: str, got: Any, expected: Any, error: Any, tolerance: float) -> Difference:
    bad = ~(error <= tolerance)
    ranked = np.where(np.isfinite(error), error, np.inf)
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(np.where(bad, ranked, -1.0))), error.shape))
    return Difference(
        "wrong",
        place,
        index=index,
        got=float(got[index]),
        expected=float(expected[index]),
        error=float(error[index]),
        wrong=int(bad.sum()),
        total=int(bad.size),
        wanted=expected,
        tolerance=tolerance,
        text=_sentence(place, index, float(got[index]), float(expected[index]), int(bad.sum()), int(bad.size)),
    )


def _sentence(place: str, index: tuple[int, ...], got: float, expected: float, wrong: int, total: int) -> str:
    where = f"{place}[{', '.join(map(str, index))}]" if index else place
    entry = f"{where} is {number(got, beside=expected)}; expected {number(expected, beside=got)}"
    return f"{entry} ({wrong} of {total} entries differ)" if total > 1 else entry


def number(value: float, beside: float | None = None) -> str:
    """Write a number to 3 significant digits; more where it would look equal to the one `beside` it."""
    for digits in (3, 6, 9, 12, 15, 17):
        text = f"{value:.{digits}g}"
        if beside is None or not np.isfinite(beside) or value == beside or text != f"{beside:.{digits}g}":
            return text
    return text
