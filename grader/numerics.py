"""Slopes of a function that can only be called: central differences, extrapolated, with an estimate of their error.

Along a direction v, φ(h) = L(x + h v), the central difference is D(h) = (φ(h) − φ(−h)) / 2h = φ′(0) + c₁h² + c₂h⁴ + …
Halving h and eliminating the leading term (Richardson) gives the tableau

    T[j][0] = D(h_j),     T[j][k] = (4ᵏ T[j][k−1] − T[j−1][k−1]) / (4ᵏ − 1),     h_j = h_0 / 2ʲ

whose entries err by no more than they differ from their neighbours in row and column, as long as φ is smooth
(Ridders, 1982; Press et al., Numerical Recipes, 3rd ed., §5.7). Rounding adds u·Σ|c·f| / h.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader.tolerance import UNIT_ROUNDOFF

LADDERS = (5, 10, 15)
"""First exponents of the step ladders that are tried in turn: h = 2⁻⁵ … 2⁻⁹, and smaller where a kink is near."""

RUNGS = 5
COLUMNS = 4
CLAIM_FACTOR = 10
"""How far beyond its claim an error may lie. In some 10,000 slopes one claim is too small by more than this, by
coincidence of the tableau's entries: so nothing is called wrong that a second ladder does not confirm."""

CONVERGED = 1e-6
"""A claimed error above this share of the slope's scale says that the ladder did not converge: a kink, or noise."""


@dataclass(frozen=True)
class Slope:
    """A measured slope, its claimed error, whether the ladder converged, and whether nothing moved at any step."""

    value: float
    error: float
    converged: bool
    flat: bool = False


def steps(first: int) -> tuple[float, ...]:
    """The steps of one ladder, largest first."""
    return tuple(2.0 ** -(first + rung) for rung in range(RUNGS))


def extrapolate(ahead: list[float], behind: list[float], sizes: list[float], hs: tuple[float, ...]) -> Slope:
    """Extrapolate φ′(0) from φ(h) and φ(−h) on a ladder of steps.

    `sizes` are Σ|c·f| at each step, which say how large the rounding error of φ is.
    """
    central = [(a - b) / (2 * h) for a, b, h in zip(ahead, behind, hs, strict=True)]
    noise = [4 * UNIT_ROUNDOFF * size / h for size, h in zip(sizes, hs, strict=True)]
    tableau = [central[:1]]
    best, least = central[0], float("inf")
    for j in range(1, len(hs)):
        row = [central[j]]
        for k in range(1, min(j, COLUMNS - 1) + 1):
            row.append((4**k * row[k - 1] - tableau[j - 1][k - 1]) / (4**k - 1))
            error = max(abs(row[k] - row[k - 1]), abs(row[k] - tableau[j - 1][k - 1])) + noise[j]
            if error < least:
                best, least = row[k], error
        tableau.append(row)
    scale = max(abs(best), max(sizes) * UNIT_ROUNDOFF)
    flat = all(abs(difference) <= rounding for difference, rounding in zip(central, noise, strict=True))
    return Slope(best, least, bool(np.isfinite(best) and least <= CONVERGED * scale), flat)


def direction(rng: np.random.Generator, value: np.ndarray) -> np.ndarray:
    """Draw a Gaussian direction as large as the array that it moves (root mean square; 1 where that is 0)."""
    size = float(np.sqrt(np.mean(np.square(value)))) if np.size(value) else 0.0
    return np.asarray(rng.standard_normal(np.shape(value)) * (size or 1.0))
