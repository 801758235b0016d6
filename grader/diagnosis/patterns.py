"""Errors in some places only: one entry, one row, one column, the entries of the true class."""

from __future__ import annotations

from typing import Any

import numpy as np
from msgspec.structs import replace

from grader.diagnosis.finding import Finding
from grader.diagnosis.seen import Output, Sight


def placed(output: Output) -> Finding | None:
    """The errors of every failing case lie at the same place: counted from the start, or from the end."""
    sights = [sight for sight in output.wrong if sight.expected.size > 1]
    if not sights or len(output.wrong) != len(output.failing):
        return None
    found = _one_entry(output, sights)
    for axis in range(max(sight.expected.ndim for sight in sights)):
        found = found or _line(output, sights, axis)
    spared = any(sight.expected.size > 2 for sight in output.passing)
    return replace(found, whole=False) if found and spared else found


def _bad(sight: Sight) -> Any:
    return ~(np.abs(sight.error) <= sight.tolerance)


def _one_entry(output: Output, sights: list[Sight]) -> Finding | None:
    if any(_bad(sight).sum() != 1 for sight in sights) or max(sight.expected.size for sight in sights) < 3:
        return None
    index = tuple(int(i) for i in np.argwhere(_bad(sights[0]))[0])
    where = f"{output.name}[{', '.join(map(str, index))}]"
    said = f"{output.name} is wrong in one entry only, {where} in case {sights[0].case.name!r}"
    lines = ("rows", "columns") if all(_thin(sight) for sight in sights) else ()
    evidence = {"case": sights[0].case.name, "index": list(index)}
    return Finding("one-element", said, alternatives=lines, evidence=evidence)


def _thin(sight: Sight) -> bool:
    """Whether one entry is a whole row, or a whole column."""
    return bool(sight.expected.ndim > 1 and max(sight.expected.shape) == sight.expected.size)


def _line(output: Output, sights: list[Sight], axis: int) -> Finding | None:
    """One row or column (of images: place or channel), the same in every case that has several."""
    telling = [sight for sight in sights if sight.expected.ndim > axis and sight.expected.shape[axis] > 1]
    if not any(sight.expected.ndim > 1 for sight in telling) or len(telling) < len(sights) / 2:
        return None
    for place in (0, -1):
        if all(_only(sight, axis, place) for sight in telling):
            rows = axis == 0 or axis == telling[0].expected.ndim - 2 > 1
            what, which = "row" if rows else "column", "first" if place == 0 else "last"
            said = f"{output.name} is wrong in its {which} {what} only{f' (axis {axis})' if axis > 1 else ''}"
            return Finding(f"{what}s", said, evidence={"case": telling[0].case.name, what: place})
    return None


def _only(sight: Sight, axis: int, place: int) -> bool:
    """Whether every error lies in one line across an axis, counted from the start or from the end."""
    lines = np.unique(np.nonzero(_bad(sight))[axis])
    return bool(lines.tolist() == [place % sight.expected.shape[axis]])


def at_labels(output: Output) -> bool:
    """Whether every error lies at an entry of the true class, with labels found among the inputs."""
    sights = [sight for sight in output.wrong if sight.expected.ndim == 2]
    return bool(sights) and all(_at_labels(sight) for sight in sights)


def _at_labels(sight: Sight) -> bool:
    count, classes = sight.expected.shape
    for value in sight.case.inputs.values():
        if isinstance(value, np.ndarray) and value.dtype.kind in "iu" and value.shape == (count,) and classes > 1:
            off = _bad(sight).copy()
            off[np.arange(count), value.astype(int) % classes] = False
            return not off.any()
    return False
