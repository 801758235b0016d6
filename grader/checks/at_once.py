"""The short way for what is right: all outputs of a case compared in one operation.

Whatever it does not find to be right, in whatever way, takes the long way, which says what is the matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np

from grader import trees
from grader.paper import Paper, Posed
from grader.tolerance import least
from grader.trees import Leaf


class Layout(NamedTuple):
    """The judged numbers of a case, one after another: where each leaf belongs, what is right, and how far off.

    No bound is nearer than `least`, and most right answers are not even that far off.
    """

    places: tuple[str, ...]
    expected: Any
    least: Any
    bounds: Callable[[], Any]


def at_once(paper: Paper, case: Posed, value: Any) -> Mapping[str, Leaf] | None:
    """The leaves of an answer all of whose outputs are right, as float64 and in their shapes; None for any other."""
    layout = None if case.returns else _layout(case, paper.outputs)  # names of its own take the long way
    arrays: list[Any] = []
    if layout is None or not _gather(paper, case, value, arrays):
        return None
    got = np.concatenate([array.ravel() for array in arrays])
    error = np.abs(got - layout.expected)
    if not ((error <= layout.least).all() or (error <= layout.bounds()).all()):
        return None
    return dict(zip(layout.places, map(Leaf, arrays), strict=True))


@lru_cache(maxsize=4096)
def _layout(case: Posed, outputs: tuple[str, ...]) -> Layout | None:
    """None where what is expected is not finite; where a bound is not, it would let through what is not either."""
    places = tuple(place for name in outputs for place, _ in trees.leaves(name, case.expected[name]))
    if not places:
        return None
    expected = np.concatenate([case.arrays[place].ravel() for place in places])

    def spread(bounds: Mapping[str, float]) -> Any:
        each = np.concatenate([np.full(case.arrays[place].size, bounds[place]) for place in places])
        return each if np.isfinite(each).all() else np.full(each.size, np.nan)

    known = spread(least(case.tolerance))
    return (
        Layout(places, expected, known, cache(lambda: spread(case.tolerance))) if np.isfinite(expected).all() else None
    )


def _gather(paper: Paper, case: Posed, value: Any, arrays: list[Any]) -> bool:
    """Collect the arrays of all outputs, in order; false where anything is not exactly what is expected."""
    if not paper.several:
        return _collect(value, case.expected[paper.outputs[0]], arrays)
    if type(value) is not tuple or len(value) != len(paper.returns):
        return False
    named = zip(paper.returns, value, strict=True)
    return all(_collect(part, case.expected[name], arrays) for name, part in named if name in case.expected)


def _collect(value: Any, expected: Any, arrays: list[Any]) -> bool:
    if isinstance(expected, dict):
        matching = type(value) is dict and value.keys() >= expected.keys()
        return matching and all(_collect(value[key], part, arrays) for key, part in expected.items())
    if isinstance(expected, list | tuple):
        matching = type(value) in (list, tuple) and len(value) == len(expected)
        return matching and all(_collect(part, like, arrays) for part, like in zip(value, expected, strict=True))
    if type(value) is float:
        value = np.asarray(value)
    if type(value) is not np.ndarray or value.dtype != np.float64 or value.shape != np.shape(expected):
        return False
    arrays.append(value)
    return True
