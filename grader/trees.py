"""Values with structure: tuples, lists and dicts of arrays, and the named arrays at their ends.

An output such as `grads` = {"W": …, "b": …} has the leaves "grads.W" and "grads.b"; a list `dW` has "dW.0", "dW.1".
`leaves` takes a value apart when it is known to be right; `read` does so with an answer that may be anything, and
says of each expected leaf what is there instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

REAL_KINDS = "biuf"
"""numpy's letters for bool, signed, unsigned and real: the kinds of numbers that may stand in an answer."""


class Leaf(msgspec.Struct, frozen=True, eq=False):
    """What stands at an expected place: an array, or the reason why there is none.

    `misshapen` says that an array has another shape than expected. `trouble` is a sentence without the name.
    """

    array: Any = None
    trouble: str = ""
    misshapen: bool = False


class Unsupported(msgspec.Struct, frozen=True):
    """A returned object that is no number, array or container of them; `kind` is its type's name (hostile text)."""

    kind: str


def leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Take a trusted value apart into (place, array or number) pairs."""
    if isinstance(value, np.ndarray | float):
        yield name, value
    elif isinstance(value, dict | Mapping):
        for key, part in value.items():
            yield from leaves(f"{name}.{key}", part)
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from leaves(f"{name}.{index}", part)
    else:
        yield name, value


def read(name: str, value: Any, expected: Any) -> Iterator[tuple[str, Leaf]]:
    """Find in `value` every leaf of `expected`."""
    if isinstance(expected, Mapping):
        yield from _read_mapping(name, value, expected)
    elif isinstance(expected, list | tuple):
        yield from _read_sequence(name, value, expected)
    else:
        yield name, _read_array(value, expected)


def _read_mapping(name: str, value: Any, expected: Mapping[str, Any]) -> Iterator[tuple[str, Leaf]]:
    for key, part in expected.items():
        if not isinstance(value, Mapping):
            yield from _missing(f"{name}.{key}", part, f"{name} is {describe(value)}; expected a dict")
        elif key not in value:
            yield from _missing(f"{name}.{key}", part, f"{name} has no key {key!r}")
        else:
            yield from read(f"{name}.{key}", value[key], part)


def _read_sequence(name: str, value: Any, expected: Sequence[Any]) -> Iterator[tuple[str, Leaf]]:
    count = length(value)
    wanted = f"expected a list of {len(expected)}"
    for index, part in enumerate(expected):
        if count is None:
            yield from _missing(f"{name}.{index}", part, f"{name} is {describe(value)}; {wanted}")
        elif count != len(expected):
            yield from _missing(f"{name}.{index}", part, f"{name} has {count} entries; {wanted}")
        else:
            yield from read(f"{name}.{index}", value[index], part)


def length(value: Any) -> int | None:
    """Count the entries of something that can stand for a tuple or list, else None."""
    if isinstance(value, list | tuple):
        return len(value)
    if isinstance(value, np.ndarray) and value.ndim:
        return int(value.shape[0])
    return None


def _missing(name: str, expected: Any, trouble: str) -> Iterator[tuple[str, Leaf]]:
    for place, _ in leaves(name, expected):
        yield place, Leaf(trouble=trouble)


def _read_array(value: Any, expected: Any) -> Leaf:
    if value is None or isinstance(value, str | Mapping | Unsupported):
        return Leaf(trouble=f"is {describe(value)}; expected {_wanted(expected)}")
    try:
        array = np.asarray(value)
    except ValueError:
        return Leaf(trouble=f"is a ragged list; expected {_wanted(expected)}")
    if array.dtype.kind not in REAL_KINDS:
        kind = "complex numbers" if array.dtype.kind == "c" else "objects that are no numbers"
        return Leaf(trouble=f"holds {kind}; expected real numbers")
    shape = np.shape(expected)
    wrong = array.shape != shape
    trouble = f"has shape {array.shape}; expected {shape}" if wrong else ""
    return Leaf(array=array, trouble=trouble, misshapen=wrong)


def _wanted(expected: Any) -> str:
    shape = np.shape(expected)
    return f"an array of shape {shape}" if shape else "a number"


def describe(value: Any) -> str:
    """Say in a few words what a returned value is."""
    if value is None:
        return "None"
    if isinstance(value, Unsupported):
        return f"an object of type {value.kind}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, Mapping):
        return f"a dict with keys {', '.join(map(repr, list(value)[:6]))}" if value else "an empty dict"
    return f"a {type(value).__name__}"


def each(value: Any, change: Callable[[Any], Any]) -> Any:
    """Copy a value with `change` applied to every real array and float in it; ints, labels and text stay."""
    if isinstance(value, float) or (isinstance(value, np.ndarray | np.floating) and value.dtype.kind == "f"):
        return change(value)
    if isinstance(value, dict | Mapping):  # the first is the quick way to know the second
        return {key: each(part, change) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)([each(part, change) for part in value])
    return value


def copied(value: Any) -> Any:
    """Copy the containers and arrays of a value; what cannot be filled or changed is shared."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict | Mapping):
        return {key: copied(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)([copied(part) for part in value])
    return value


def only_none(value: Any, keep: Sequence[int] = ()) -> bool:
    """Whether nothing was returned: None, or None in every place that does not stay with the answerer."""
    if isinstance(value, list | tuple):
        places = [part for index, part in enumerate(value) if index not in keep]
        return bool(places) and all(part is None for part in places)
    return value is None


def dig(value: Any, path: str) -> Any:
    """Follow a path such as "W.0", "hs.-1" or "params.c" into a value (or a dict of values)."""
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, list | tuple | np.ndarray) else value[step]
    return value


def put(value: Any, path: str, new: Any) -> Any:
    """Copy a value with the part at `path` replaced."""
    head, _, rest = path.partition(".")
    if isinstance(value, list | tuple):
        parts = list(value)
        parts[int(head)] = put(parts[int(head)], rest, new) if rest else new
        return type(value)(parts)
    return {**value, head: put(value[head], rest, new) if rest else new}
