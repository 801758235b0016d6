"""The array card: what a wrong array looks like, small enough for a result document.

A card holds no array but its map: one character an entry, "." for right, 1 to 9 for the relative error in tenths
(rounded up; 9 is all above 0.8), "x" for what is no number. Axes beyond the second are laid out as rows, and a large
array is divided into blocks, each shown by its worst entry.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.checks.answers import Found
from grader.checks.compare import Difference
from grader.checks.letters import letters

ROWS, COLUMNS = 24, 32
"""The largest map."""


def card(place: str, array: Any, expected: Any, tolerance: float, **context: Any) -> dict[str, Any]:
    """Describe `array` beside the expected one: shapes, dtype, axes and, where both can be compared, the map.

    `context` is what `axes` takes.
    """
    shape, wanted = tuple(array.shape), tuple(np.shape(expected))
    made: dict[str, Any] = {
        "output": place,
        "dtype": str(array.dtype)[:20],
        "shape": list(shape),
        "expected_shape": list(wanted),
        "axes": axes(wanted, **context),
    }
    if shape == wanted and array.size > 1:
        made |= _map(array.astype(np.float64).reshape(wanted), np.asarray(expected, dtype=np.float64), tolerance)
    return made


def of(found: Found, worst: Difference) -> dict[str, Any]:
    """The card of an array that was compared."""
    paper = found.paper
    return card(
        worst.place,
        worst.array,
        worst.wanted,
        worst.tolerance,
        sizes=found.case.sizes,
        declared=paper.returns.get(worst.place, "") if paper else "",
        meanings=paper.letters if paper else {},
    )


def axes(
    shape: tuple[int, ...], sizes: Mapping[str, Any], declared: str = "", meanings: Mapping[str, str] | None = None
) -> list[list[Any]]:
    """Say of each axis its letter, what that counts, and its length; "" for what is not known."""
    named = letters(shape, sizes, declared)
    return [[letter, (meanings or {}).get(letter, ""), n] for letter, n in zip(named, shape, strict=True)]


def _map(got: Any, expected: Any, tolerance: float) -> dict[str, Any]:
    levels = _levels(got, expected, tolerance)
    table = levels.reshape(-1, levels.shape[-1])
    blocks = [math.ceil(length / most) for length, most in zip(table.shape, (ROWS, COLUMNS), strict=True)]
    shown = _worst_of(table, blocks[0], blocks[1])
    return {"map": ["".join(_SIGNS[level] for level in row) for row in shown], "block": blocks}


_SIGNS = ".123456789x"


def _levels(got: Any, expected: Any, tolerance: float) -> Any:
    """0 for right, 1 to 9 for tenths of the relative error |got − expected| / max(|got|, |expected|), 10 for none."""
    error = np.abs(got - expected)
    scale = np.maximum(np.abs(got), np.abs(expected))
    with np.errstate(all="ignore"):
        tenths = np.clip(np.ceil(10 * error / scale), 1, 9)
    wrong = ~(error <= tolerance)
    return np.where(~np.isfinite(got), 10, np.where(wrong, tenths, 0)).astype(int)


def _worst_of(table: Any, rows: int, columns: int) -> Any:
    """The largest level of each block."""
    by_rows = np.maximum.reduceat(table, np.arange(0, table.shape[0], rows), axis=0)
    return np.maximum.reduceat(by_rows, np.arange(0, table.shape[1], columns), axis=1)
