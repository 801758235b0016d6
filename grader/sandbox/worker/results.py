"""From whatever a student's function returns to the plain values that the wire carries.

All of this runs in the child, and may run the student's code (`__array__`, `keys`, `__float__`): what it raises is
the student's, and a loop in it ends at the deadline of the call.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .values import DTYPES, INT_MAX, KEY_MAX, TEXT_MAX, Mark
from .wire import Oversize

_NUMBERS = (int, float, np.number, np.bool_)


class SameList(list[Any]):
    """A list that is to arrive as one, whatever is in it."""


def plain(value: Any) -> Any:
    """Take one step from a foreign object to a plain value: a subclass becomes its base, a mapping a dict.

    What is no number, array or container of them becomes a mark that names its type.
    """
    if isinstance(value, np.ndarray | np.generic | complex):
        return _array(np.array(value, order="C", subok=False))
    if type(value) is SameList:
        return list(value)
    if isinstance(value, list):
        return _list(value)
    if isinstance(value, tuple):
        return tuple(value)
    if isinstance(value, range):
        return np.arange(value.start, value.stop, value.step)
    if isinstance(value, int | float | str):
        return _scalar(value)
    if isinstance(value, Mapping):
        return _mapping(value)
    if hasattr(type(value), "__array__"):
        return _array(np.array(value.__array__(), order="C", subok=False))
    return unsupported(type(value).__name__)


def unsupported(kind: str) -> Mark:
    """Stand in for an object that cannot cross."""
    return Mark("unsupported", (str(kind)[:80],))


def _array(array: Any) -> Any:
    if array.dtype.str in DTYPES:
        return array
    little = array.dtype.newbyteorder("<")
    if little.str in DTYPES:
        return array.astype(little)
    if array.dtype.kind in "fc":  # long double: wider than the wire, and than what is judged
        return array.astype("<f8" if array.dtype.kind == "f" else "<c16")
    return unsupported(f"ndarray of dtype {array.dtype.name or array.dtype.kind}")


def _list(value: list[Any]) -> Any:
    """A nested list of numbers alone goes as an array: 10,000 losses are no 10,000 parts."""
    if not value or not _numbers_alone(value, 0):
        return list(value)
    try:
        array = np.array(value)
    except (ValueError, OverflowError):  # rows of different lengths
        return list(value)
    return array if array.dtype.str in DTYPES else list(value)


def _numbers_alone(value: Any, depth: int) -> bool:
    if isinstance(value, list | tuple):
        return depth < 8 and bool(value) and all(_numbers_alone(part, depth + 1) for part in value)
    return isinstance(value, _NUMBERS)


def _scalar(value: Any) -> Any:
    if isinstance(value, float):
        return float(value)
    if isinstance(value, str):
        if len(value) > TEXT_MAX:
            raise Oversize(f"the value is a text of {len(value)} characters")
        return str(value)
    whole = int(value)
    return whole if -INT_MAX < whole < INT_MAX else unsupported("int of more than 40 digits")


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    """Keep the named keys. A key that is no text stays visible under a name of its own, with no value."""
    result: dict[str, Any] = {}
    for index, key in enumerate(value.keys()):
        if isinstance(key, str) and len(key) <= KEY_MAX:
            result[str(key)] = value[key]
        else:
            result[f"<key {index}>"] = unsupported(f"key of type {type(key).__name__}")
    return result
