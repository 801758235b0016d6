"""Slopes of a function that can only be called: central differences, extrapolated, with an estimate of their error.

Along a direction v, φ(h) = L(x + h v), the central difference is D(h) = (φ(h) − φ(−h)) / 2h = φ′(0) + c₁h² + c₂h⁴ + …
Halving h and eliminating the leading term (Richardson) gives the tableau

    T[j][0] = D(h_j),     T[j][k] = (4ᵏ T[j][k−1] − T[j−1][k−1]) / (4ᵏ − 1),     h_j = h_0 / 2ʲ

whose entries err by no more than they differ from their neighbours in row and column, as long as φ is smooth
(Ridders, 1982; Press et al., Numerical Recipes, 3rd ed., §5.7). Rounding adds u·Σ|c·f| / h.

At a kink φ has two slopes, and the tableau converges all the same: to their mean. The jump from one to the other,

    J(h) = (φ(h) − φ(0)) / h − (φ(0) − φ(−h)) / h = jump + φ″(0) h + φ⁗(0) h³ / 12 + …,     A_j = 2 J(h_j) − J(h_{j−1})

tells it: the term in h cancels in A, so that A falls as h³ where φ is smooth and stays where it is not.
"""

from __future__ import annotations

import msgspec
import numpy as np

from grader.tolerance import UNIT_ROUNDOFF

LADDERS = (5, 10, 15)
"""First exponents of the step ladders that are tried in turn: h = 2⁻⁵ … 2⁻⁹, and smaller where a kink is near."""

RUNGS, UPPER = 5, 3
"""The upper rungs of a ladder, three, are enough for what is known to be right from elsewhere."""

COLUMNS = 4
CLAIM_FACTOR = 10
"""How far beyond its claim an error may lie. In some 10,000 slopes one claim is too small by more than this, by
coincidence of the tableau's entries: so nothing is called wrong that a second ladder does not confirm."""

CONVERGED = 1e-6
"""A claimed error above this share of the slope's scale says that the ladder did not converge: a kink, or noise."""

SINGLE_FIRST, SINGLE_UNIT, SINGLE_CONVERGED = 3, 2.0**-23, 1e-2
"""The same for a function that computes in float32: one ladder, h = 2⁻³ … 2⁻⁷. Its unit is twice the roundoff, since
the inputs are rounded, too; an error below 1 % is the best that can be asked of it."""

STAYS, JUMP_FLOOR = 0.5, 40
"""A jump counts where it keeps half its size on the next rung (1/8 is left of a smooth one), and 40 roundings."""


class Slope(msgspec.Struct, frozen=True):
    """A measured slope and its claimed error.

    `converged` says whether the ladder did; `flat`, that nothing moved at any step; `kink`, that the slopes on the two
    sides differ; `single`, that the function computes in single precision.
    """

    value: float
    error: float
    converged: bool
    flat: bool = False
    kink: bool = False
    single: bool = False


def steps(first: int) -> tuple[float, ...]:
    """The steps of one ladder, largest first."""
    return tuple(2.0 ** -(first + rung) for rung in range(RUNGS))


class Ladder(msgspec.Struct, frozen=True):
    """φ(h) and φ(−h) at the steps `hs`, φ(0) at `rest`, and Σ|c·f| at each step: how large rounding errors are."""

    hs: tuple[float, ...]
    ahead: list[float]
    behind: list[float]
    rest: float
    sizes: list[float]


def extrapolate(ladder: Ladder, single: bool = False) -> Slope:
    """Extrapolate φ′(0), with rounding errors of float64 or, where the function is `single`, of float32."""
    hs, unit = ladder.hs, SINGLE_UNIT if single else UNIT_ROUNDOFF
    central = [(a - b) / (2 * h) for a, b, h in zip(ladder.ahead, ladder.behind, hs, strict=True)]
    noise = [4 * unit * size / h for size, h in zip(ladder.sizes, hs, strict=True)]
    best, least = _tableau(central, noise)
    scale = max(abs(best), max(ladder.sizes) * unit)
    enough = (SINGLE_CONVERGED if single else CONVERGED) * scale
    flat = all(abs(difference) <= rounding for difference, rounding in zip(central, noise, strict=True))
    return Slope(best, least, bool(np.isfinite(best) and least <= enough), flat, _jumps(ladder, unit), single)


def _tableau(central: list[float], noise: list[float]) -> tuple[float, float]:
    """The entry of Romberg's tableau that differs least from its neighbours, and by how much."""
    tableau = [central[:1]]
    best, least = central[0], float("inf")
    for j in range(1, len(central)):
        row = [central[j]]
        for k in range(1, min(j, COLUMNS - 1) + 1):
            row.append((4**k * row[k - 1] - tableau[j - 1][k - 1]) / (4**k - 1))
            error = max(abs(row[k] - row[k - 1]), abs(row[k] - tableau[j - 1][k - 1])) + noise[j]
            if error < least:
                best, least = row[k], error
        tableau.append(row)
    return best, least


def _jumps(ladder: Ladder, unit: float) -> bool:
    """Whether the slope jumps from one side to the other: what is extrapolated of J neither falls nor is rounding."""
    rungs = zip(ladder.hs, ladder.ahead, ladder.behind, strict=True)
    jumps = [((a - ladder.rest) - (ladder.rest - b)) / h for h, a, b in rungs]
    before, last = (2 * jumps[j] - jumps[j - 1] for j in (-2, -1))
    floor = JUMP_FLOOR * unit * ladder.sizes[-1] / ladder.hs[-1]
    return abs(last) > STAYS * abs(before) and abs(last) > floor


def direction(rng: np.random.Generator, value: np.ndarray) -> np.ndarray:
    """Draw a Gaussian direction as large as the array that it moves (root mean square; 1 where that is 0)."""
    size = float(np.sqrt(np.mean(np.square(value)))) if np.size(value) else 0.0
    return np.asarray(rng.standard_normal(np.shape(value)) * (size or 1.0))
