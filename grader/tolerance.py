"""How far a right answer may be from the reference's, derived from the rounding of the task at hand.

For an output g of inputs x, with u = 2⁻⁵³ the unit roundoff of float64,

    tolerance(g) = max(A, E·max|x|)·u·max|g| + B·|g − g₈₀| + C·max_draws |g(x(1 + 2u·m)) − g(x)| / 5 + extra

    A = 100  another order of the same sums and products: n terms in any order differ by at most n·u·Σ|terms|
             (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §4.2), n ≤ 77 in the batteries
    E = 10   large inputs under an exponential: the absolute error u·max|x| of an argument is the relative error of its
             exponential, so e^{x − log Σ e^x}, right but not shifted first, errs by so much; it counts where |x| > 10
    B = 100  the reference's own rounding error, measured against extended precision (80 bits); left out where
             longdouble is float64 (macOS on ARM, Windows)
    C = 20   conditioning: what noise of m units in the last place of every input does to g, the larger of two draws.
             Another right formula is the exact answer for inputs this near (backward stability). m = ±1 … ±8, 5 in the
             mean square: with m = ±1 alone three scores are moved alike once in four draws, which no softmax sees

`tests/grader/test_tolerance.py` prints the measured worst case of right code in other styles as a fraction of the
tolerance. Differences below A·u·max|g| are never told apart, so factor errors above 1e-13 are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from grader import trees

UNIT_ROUNDOFF = 2.0**-53
REORDERING = 100
ARGUMENT = 10
EXTENDED_GAP = 100
CONDITIONING = 20
NOISE_DRAWS = 2
NOISE_ULPS, NOISE_SIZE = 8, 5

SINGLE = 2.0**29
"""Unit roundoff of float32 over that of float64."""

MIXED = 4
"""How many times the error of the reference in single precision another right way to compute there may make, where its
inputs carry noise of some 5 units in the last place: 20 × the error of one run without. Right code stays below 1."""

EXTENDED: bool = bool(np.finfo(np.longdouble).eps < np.finfo(np.float64).eps)
"""Whether this platform has more than float64; without it the second term is left out and the report says so."""

Run = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""A reference as a function from named inputs to named outputs."""


class Tolerances(Mapping[str, float]):
    """The tolerance of every leaf, derived when the first is asked for: that takes several runs of the reference.

    `least` is the first of its terms, which takes none. No tolerance is below it, so most right answers need no more.
    """

    def __init__(
        self, least: Mapping[str, float], derive: Callable[[Mapping[str, float]], Mapping[str, float]]
    ) -> None:
        self.least = least
        self._derive = derive

    @cached_property
    def _derived(self) -> Mapping[str, float]:
        return self._derive(self.least)

    def __getitem__(self, place: str) -> float:
        return self._derived[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self.least)

    def __len__(self) -> int:
        return len(self.least)


def least(bounds: Mapping[str, float]) -> Mapping[str, float]:
    """Bounds that none of these is below, without deriving them."""
    return bounds.least if isinstance(bounds, Tolerances) else bounds


def tolerances(
    run: Run,
    inputs: Mapping[str, Any],
    outputs: Mapping[str, Any],
    rng: np.random.Generator,
    extra: float = 0.0,
    kinked: bool = False,
) -> Tolerances:
    """Derive the tolerance of every leaf of `outputs` = run(inputs), when it is asked for.

    `rng` belongs to the result from then on. Where the inputs lie at a kink (`kinked`) the third term is left out:
    noise would throw them off it to any side, and what is one-sided there would be taken for rounding.
    """
    terms = max(REORDERING, ARGUMENT * largest(inputs)) * UNIT_ROUNDOFF
    ordered = {place: terms * _size(value) + extra for place, value in named_leaves(outputs)}
    return Tolerances(ordered, lambda found: _derived(run, inputs, outputs, rng, found, kinked))


def _derived(
    run: Run,
    inputs: Mapping[str, Any],
    outputs: Mapping[str, Any],
    rng: np.random.Generator,
    found: Mapping[str, float],
    kinked: bool,
) -> Mapping[str, float]:
    """Add the second and the third term to the first."""
    neighbours = [
        (CONDITIONING / NOISE_SIZE, run(trees.each(inputs, lambda x: _nudged(x, rng))))
        for _ in range(0 if kinked else NOISE_DRAWS)
    ]
    worst = dict.fromkeys(found, 0.0)
    for factor, other in neighbours:
        _raise_to(worst, factor, outputs, other)
    if EXTENDED:
        gap = dict.fromkeys(found, 0.0)
        _raise_to(gap, EXTENDED_GAP, outputs, run(trees.each(inputs, np.longdouble)))
        worst = {place: worst[place] + gap[place] for place in worst}
    return {place: float(found[place] + worst[place]) for place in found}


@np.errstate(all="ignore")
def single_errors(
    run: Run, inputs: Mapping[str, Any], outputs: Mapping[str, Any], rng: np.random.Generator
) -> dict[str, float]:
    """How far off every leaf may be that is computed in single precision, in whole or in part.

    `MIXED` times the error of the reference itself on inputs of float32, the largest of some that differ by as much
    noise as the tolerance supposes, or times one rounding of the largest entry. What overflows there has no bound.
    """
    unit = UNIT_ROUNDOFF * SINGLE
    near = [inputs, *(trees.each(inputs, lambda x: _nudged(x, rng, unit)) for _ in range(NOISE_DRAWS))]
    worst = {place: unit * _size(value) for place, value in named_leaves(outputs)}
    for each in near:
        theirs = dict(named_leaves(run(trees.each(each, np.float32))))
        for place, value in named_leaves(outputs):
            worst[place] = max(worst[place], float(_size(np.subtract(theirs[place], value, dtype=float))))
    return {place: MIXED * error if np.isfinite(error) else np.inf for place, error in worst.items()}


def named_leaves(outputs: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Take named outputs apart into (path, array) pairs."""
    return [pair for name, value in outputs.items() for pair in trees.leaves(name, value)]


def largest(inputs: Mapping[str, Any]) -> float:
    """max|x| over every finite real number among the inputs; labels, text and switches do not count."""
    sizes = [0.0]

    def measured(value: Any) -> Any:
        size = _size(value)
        if not np.isfinite(size):
            size = float(np.max(np.abs(value), initial=0.0, where=np.isfinite(value)))
        sizes.append(size)
        return value

    trees.each(inputs, measured)
    return max(sizes)


def _raise_to(worst: dict[str, float], factor: float, outputs: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    theirs = dict(named_leaves(other))
    for place, value in named_leaves(outputs):
        worst[place] = max(worst[place], factor * float(_size(np.subtract(theirs[place], value))))


def _size(value: Any) -> float:
    return float(np.abs(value).max(initial=0.0))


def _nudged(value: Any, rng: np.random.Generator, unit: float = UNIT_ROUNDOFF) -> Any:
    """Move every entry by some units in the last place, up or down; an exact zero stays (it may be a kink)."""
    sizes = rng.integers(-NOISE_ULPS, NOISE_ULPS, size=np.shape(value))
    return value * (1 + 2 * unit * (sizes + (sizes >= 0)))
