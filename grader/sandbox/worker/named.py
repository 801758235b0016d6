"""The functions R^n → R^m that a check may name: no callable crosses the process border.

Each takes x (n,) and returns a new array (m,); x is not changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Function = Callable[[Any], Any]


def sin(x: Any) -> Any:
    """Return sin(x_i) in every place; the Jacobian is diag(cos x)."""
    return np.sin(x)


def square(x: Any) -> Any:
    """Return x_i² in every place; the Jacobian is diag(2x)."""
    return np.asarray(x) ** 2


def affine(x: Any) -> Any:
    """Return A x + b, of one place more than x: A and b are `affine_map(n)`, and A is the Jacobian."""
    A, b = affine_map(len(x))
    return A @ x + b


def affine_map(n: int) -> tuple[Any, Any]:
    """Return A (n+1, n) and b (n+1,): small integers, such that no two rows and no two columns of A are equal.

    A_ij = ((3i + 5j + ij) mod 7) − 3 + 8 [i = j] and b_i = i − 1.
    """
    i, j = np.ogrid[: n + 1, :n]
    A = (3 * i + 5 * j + i * j) % 7 - 3.0 + 8.0 * (i == j)  # (n+1, n)
    return A, np.arange(n + 1) - 1.0


def softmax(x: Any) -> Any:
    """Return p = exp(x) / Σ exp(x), shifted by max x; the Jacobian is diag(p) − p pᵀ."""
    e = np.exp(x - np.max(x))
    return e / e.sum()


NAMED: dict[str, Function] = {"sin": sin, "square": square, "affine": affine, "softmax": softmax}
