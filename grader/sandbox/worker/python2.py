"""What Python 2 meant by things that Python 3 computes otherwise."""

from __future__ import annotations

from typing import Any

import numpy as np


def divided(a: Any, b: Any) -> Any:
    """Return a / b of Python 2: the floor for whole numbers and for arrays of them, the quotient otherwise."""
    return a // b if _is_whole(a) and _is_whole(b) else a / b


def divided_in_place(a: Any, b: Any) -> Any:
    """Make a /= b of Python 2 and return a: an array is changed where it stands."""
    if _is_whole(a) and _is_whole(b):
        a //= b
    else:
        a /= b
    return a


def divided_size(a: Any, b: Any) -> Any:
    """Return a / b of two sizes: rounded down where they are whole; arrays, which are no sizes, divide truly."""
    return a // b if _is_whole(a) and _is_whole(b) and not (np.ndim(a) or np.ndim(b)) else a / b


def divided_exactly(a: Any, b: Any) -> Any:
    """Return a / b, as a whole number where two whole numbers leave no remainder."""
    quotient = a / b
    return divided_size(a, b) if isinstance(quotient, float) and quotient.is_integer() else quotient


def _is_whole(value: Any) -> bool:
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind in "iub"
    return isinstance(value, int)
