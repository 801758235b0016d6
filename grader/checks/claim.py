"""What the returned gradients claim the slope of L to be, along the direction v of the measurement: Σ⟨gradient, v⟩."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from grader import numerics, trees
from grader.checks.answers import Found
from grader.checks.slope import declared, directions
from grader.paper import Paper, Posed
from grader.tolerance import UNIT_ROUNDOFF

ROUNDINGS = 64
"""Units of roundoff of Σ|gradient·v| by which the claim itself may err."""


class Claim(msgspec.Struct, frozen=True):
    """A claimed slope, and how far rounding may have moved it."""

    value: float
    rounding: float

    def allowed(self, measured: numerics.Slope) -> float:
        """How far apart a right claim and this measured slope may be."""
        return numerics.CLAIM_FACTOR * measured.error + self.rounding

    def agrees(self, measured: numerics.Slope) -> bool:
        """Whether claim and measurement agree; never where either is NaN."""
        return abs(self.value - measured.value) <= self.allowed(measured)


def claim(paper: Paper, case: Posed, found: Found, unit: float = UNIT_ROUNDOFF) -> Claim | None:
    """Sum what the gradients say over all inputs that are moved; None where they have no comparable shape."""
    total, size = 0.0, 0.0
    for path, name in declared(paper).moves.items():
        for place, way in trees.leaves("", directions(paper, case)[path]):
            leaf = found.leaves.get(f"{name}{place}")
            gradient = None if leaf is None or leaf.array is None else _as_gradient(paper, case, leaf.array, way)
            if gradient is None:
                return None
            total += float(np.sum(gradient * way))
            size += float(np.sum(np.abs(gradient * way)))
    return Claim(total, ROUNDINGS * unit * size)


def _as_gradient(paper: Paper, case: Posed, claimed: Any, way: Any) -> Any:
    """Turn a claimed Jacobian or element-wise derivative into the gradient of L, shaped like what is moved."""
    slope = declared(paper)
    array = claimed.astype(float)
    if slope.claim == "gradient":
        return array.reshape(np.shape(way)) if array.size == np.size(way) else None
    weights = np.asarray(case.inputs[slope.against], dtype=float)
    if slope.claim == "elementwise":
        return weights * array.reshape(weights.shape) if array.size == weights.size else None
    if array.size != weights.size * np.size(way):
        return None
    return (weights.ravel() @ array.reshape(weights.size, -1)).reshape(np.shape(way))
