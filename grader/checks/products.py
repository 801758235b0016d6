"""Which product of two inputs an array is: how a wrong shape is told, as in "that is dFᵀ X"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations
from typing import Any

import numpy as np

CLOSE = 1e-9
"""Relative to the largest entry: a product is recognised, not judged."""


def product(seen: Iterable[tuple[Any, Any, Mapping[str, Any]]]) -> str:
    """Name what arrays are made of: an input, a sum or product of inputs, the expected one turned; "" for none.

    `seen` holds each case's array, what is expected there, and the inputs. What is named is so in all of them: where
    N = 1 a row that is not summed is the sum, too.
    """
    cases = list(seen)
    named = dict.fromkeys(_names(*cases[0])) if cases else {}
    for case in cases[1:]:
        if named:
            here = set(_names(*case))
            named = {name: None for name in named if name in here}
    return next(iter(named), "")


def _names(array: Any, expected: Any, inputs: Mapping[str, Any]) -> Iterator[str]:
    """Every name that fits in one case, the plainest first."""
    if not np.all(np.isfinite(array)) or not np.any(array):
        return
    wanted = np.asarray(expected, dtype=np.float64)
    yield from (name for name, made in _candidates(inputs) if _equal(array, made))
    if array.size == wanted.size and array.ndim == 2 and _equal(array, wanted.T):
        yield "the transpose of what is expected"
    if array.size == wanted.size and _equal(array.reshape(wanted.shape), wanted):
        yield "the right numbers in another shape"


def _candidates(inputs: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Inputs, their sums over an axis and their products, made one at a time. A vector counts as a column."""
    real = {name: value for name, value in inputs.items() if isinstance(value, np.ndarray) and value.dtype.kind == "f"}
    columns = {name: value.reshape(len(value), -1) for name, value in real.items() if value.ndim in (1, 2)}
    sides = [*columns.items(), *((f"{name}ᵀ", value.T) for name, value in columns.items())]
    yield from [*real.items(), *sides]
    for name, value in real.items():
        if value.ndim == 2:
            for axis, which in enumerate(("rows", "columns")):
                yield f"the sum of the {which} of {name}", value.sum(axis=axis)
                yield f"the sum of the {which} of {name}, kept as a matrix", value.sum(axis=axis, keepdims=True)
    # Gradients are products with one factor turned: where several fit, those are meant.
    for (a, left), (b, right) in sorted(permutations(sides, 2), key=lambda pair: _turned(pair) != 1):
        if left.shape[1] == right.shape[0]:
            yield f"{a} {b}", left @ right


def _turned(pair: tuple[tuple[str, Any], tuple[str, Any]]) -> int:
    return sum(name.endswith("ᵀ") for name, _ in pair)


def _equal(array: Any, made: Any) -> bool:
    if made.shape != array.shape:
        return False
    return bool(np.abs(array - made).max(initial=0.0) <= CLOSE * np.abs(made).max(initial=0.0))
