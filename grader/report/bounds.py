"""Texts and evidence of any size and kind, as much of them as a result document takes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import msgspec
import numpy as np

from grader.model import decimal
from grader.report import safe

NAME = 200
"""Characters of a name."""

_DIGITS = (3, 6, 9, 12, 15, 17)
_EXACT = 2**53  # below it JSON's numbers are whole numbers to every reader


def cut(text: str, kept: int, newlines: bool = True) -> str:
    """Make a text safe and keep its first `kept` characters, with a note of how many are left out."""
    start = text[: 2 * kept + 2]  # twice: a line end may be of two characters
    start = (start.replace("\r\n", "\n") if newlines else start)[: kept + 1]
    shown = safe.plain(start, newlines)
    if len(shown) <= kept:
        return shown
    return f"{shown[:kept]} … ({max(len(text) - kept, 1)} more characters)"


def evidence(found: Mapping[str, Any], kept: int) -> dict[str, Any]:
    """Write evidence as JSON takes it; what is larger than 4 × `kept` bytes is left out with a note.

    Numbers have 3 significant digits, more where two of them would look alike.
    """
    if not found:
        return {}
    floats = set(_floats(found))
    digits = next((d for d in _DIGITS if len({f"{value:.{d}g}" for value in floats}) == len(floats)), _DIGITS[-1])
    made: dict[str, Any] = _plainly(found, digits, kept)
    size = len(msgspec.json.encode(made))
    return made if size <= 4 * kept or not made else {"cut": f"{size} bytes of evidence are left out"}


def _floats(value: Any) -> Iterator[float]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, list | tuple):
        for part in value:
            yield from _floats(part)
    elif isinstance(value, float) and math.isfinite(value):
        yield value


def _plainly(value: Any, digits: int, kept: int) -> Any:
    """Only what JSON holds: numpy's numbers as Python's, what is not finite as text, strange text made safe."""
    if isinstance(value, Mapping):
        return {cut(str(key), NAME, newlines=False): _plainly(part, digits, kept) for key, part in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return _plainly(value.tolist(), digits, kept)
    if isinstance(value, list | tuple):
        return [_plainly(part, digits, kept) for part in value]
    if isinstance(value, Fraction):
        return decimal(value)
    if isinstance(value, float):
        return _short(value, digits) if math.isfinite(value) else str(value)
    if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) < _EXACT):
        return value
    return cut(str(value), kept)


def _short(value: float, digits: int) -> float | int:
    rounded = float(f"{value:.{digits}g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < _EXACT else rounded
