"""What a mutant may do to a result: the functions that its text calls, made anew for every mutant.

Each takes what is returned and, as `at`, which part of it ("1", "1.W", "-1"); without it every array is damaged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Change = Callable[[Any], Any]

MORE = 1 + 1e-5
LIMIT = 3.0


def changed(value: Any, change: Change, at: str = "") -> Any:
    """Copy a value with `change` applied to the arrays and numbers of one part, or of all of it."""
    head, _, rest = at.partition(".")
    if isinstance(value, Mapping):
        return {key: changed(part, change, rest) if head in ("", key) else part for key, part in value.items()}
    if isinstance(value, list | tuple):
        chosen = range(len(value)) if head == "" else [int(head) % len(value)]
        parts = [changed(part, change, rest) if place in chosen else part for place, part in enumerate(value)]
        return type(value)(parts)
    return value if value is None or isinstance(value, str) else change(np.asarray(value))


def then_change(result: Any, argument: Any) -> Any:
    """Hand over the result, after every array of an argument has been written into."""
    parts = argument.values() if isinstance(argument, Mapping) else argument
    if isinstance(argument, np.ndarray):
        argument += np.ones_like(argument)
    elif isinstance(argument, list | tuple | Mapping):
        for part in parts:
            then_change(None, part)
    return result


def damages() -> dict[str, Callable[..., Any]]:
    """The functions by name. Those that keep something keep it for one mutant."""
    changes = CHANGES | {"remembering": _remembering(), "reusing": _reusing()}
    return {name: _at(change) for name, change in changes.items()} | {"then_change": then_change}


def _at(change: Change) -> Callable[..., Any]:
    return lambda value, at="": changed(value, change, at)


def _remembering() -> Change:
    calls = 0

    def change(x: Any) -> Any:
        nonlocal calls
        calls += 1
        return x * (1 + 1e-3 * (calls - 1))

    return change


def _reusing() -> Change:
    buffers: dict[Any, Any] = {}

    def change(x: Any) -> Any:
        buffer = buffers.setdefault((x.shape, x.dtype.str), np.empty_like(x))
        buffer[...] = x
        return buffer

    return change


def _noisy(x: Any) -> Any:
    return x * (1 + 1e-3 * np.random.standard_normal(x.shape))


def _entry(place: int) -> Change:
    def change(x: Any) -> Any:
        flat = x.astype(float).ravel()
        if flat.size:
            flat[place] = flat[place] * 1.5 + 0.5
        return flat.reshape(x.shape)

    return change


def _rows(x: Any) -> Any:
    copy = x.copy()
    if x.ndim:
        copy[-1:] = 0
    return copy


def _columns(x: Any) -> Any:
    copy = x.copy()
    if x.ndim > 1:
        copy[:, 0] *= 2
    return copy


def _where_square(x: Any) -> Any:
    return x.T if x.ndim == 2 and x.shape[0] == x.shape[1] else x


CHANGES: dict[str, Change] = {
    "zeroed": lambda x: 0 * x,
    "doubled": lambda x: 2 * x,
    "negated": lambda x: 0 - x,
    "divided_by_length": lambda x: x / len(x) if x.ndim else x,
    "times_1_00001": lambda x: x * MORE,
    "transposed": lambda x: x.T,
    "transposed_where_square": _where_square,
    "last_entry_wrong": _entry(-1),
    "first_entry_wrong": _entry(0),
    "last_row_zero": _rows,
    "first_column_doubled": _columns,
    "absolute": np.abs,
    "clipped": lambda x: np.clip(x, -LIMIT, LIMIT),
    "rounded": lambda x: np.round(x, 6),
    "zero_where_single": lambda x: 0 * x if x.ndim and len(x) == 1 else x,
    "squeezed": np.squeeze,
    "with_an_axis_more": lambda x: x[None],
    "in_integers": lambda x: x.astype(np.int64),
    "in_single_precision": lambda x: x.astype(np.float32),
    "noisy": _noisy,
}
