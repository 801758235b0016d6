"""At a kink: is this one of the derivatives that a function has there?

Where L(x) = Σ c·f(x) has a kink, every g of the subdifferential is right: any value between the slopes on the two
sides, any convex split among the entries that share a maximum, but no value that belongs to no slope. With f convex in
x, as max, |x| and the hinge are, the subdifferential's farthest point in a direction r is a gradient beside the kink,

    s(r) = B(x + ε r; c⁺) − B(x − ε r; c⁻),     c = c⁺ − c⁻,

with B the reference's gradient under an upstream gradient. From such points Wolfe's algorithm finds the point of the
subdifferential that is nearest to g (P. Wolfe, Mathematical Programming 11, 1976): g is right where it is that point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import trees
from grader.model import Slope

ASIDE = 2.0**-30
"""How far beside a kink the reference is asked, as a share of the largest entry: 10⁶ roundings."""

CLOSE = 1e-6
"""How near a subgradient counts as one, as a share of the largest entry: room for ε, and for single precision."""

ROUNDS = 500
EMPTY = 1e-12

Answering = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, eq=False)
class Subdifferential:
    """The gradients that a case allows. `answer` gives the reference's outputs where some inputs are given anew."""

    slope: Slope
    inputs: Mapping[str, Any]
    answer: Answering

    def __call__(self, output: str, got: Mapping[str, Any]) -> bool:
        """Whether an output, given by its arrays and their places, is the gradient along the input that it is of."""
        paths = [path for path, name in self.slope.moves.items() if name == output]
        arrays = [got[place] for place in sorted(got)]
        if len(paths) != 1 or any(array is None for array in arrays):
            return False
        flat = np.concatenate([np.ravel(array).astype(float) for array in arrays])
        usable = flat.size == self.size(paths[0]) and bool(np.all(np.isfinite(flat)))
        return usable and contains(lambda way: self.farthest(output, paths[0], way), flat)

    def size(self, path: str) -> int:
        """Count the entries of the input at `path`."""
        return sum(np.size(leaf) for _, leaf in trees.leaves("", trees.dig(self.inputs, path)))

    def farthest(self, output: str, path: str, way: Any) -> Any:
        """The gradient farthest in the direction `way`, a vector of all entries of the input at `path`."""
        weights = [name for _, name in self.slope.weighted if name]
        upward = {name: np.maximum(self.inputs[name], 0) for name in weights}
        found = self._beside(output, path, way, upward)
        if weights:
            downward = {name: np.minimum(self.inputs[name], 0) for name in weights}
            found = found + self._beside(output, path, -way, downward)
        return found

    def _beside(self, output: str, path: str, way: Any, weights: Mapping[str, Any]) -> Any:
        """The reference's gradient a little way off the kink, as a vector of all its entries by their places."""
        head = path.partition(".")[0]
        leaves, start, moved = sorted(trees.leaves(path, trees.dig(self.inputs, path)), key=_place), 0, self.inputs
        step = ASIDE / (float(np.max(np.abs(way), initial=0.0)) or 1.0)
        step *= max(1.0, *(float(np.max(np.abs(leaf), initial=0.0)) for _, leaf in leaves))
        for place, leaf in leaves:
            along = way[start : start + np.size(leaf)].reshape(np.shape(leaf))
            moved, start = trees.put(moved, place, leaf + step * along), start + np.size(leaf)
        outputs = self.answer({head: moved[head], **weights})
        found = sorted(trees.leaves("", trees.dig(outputs, output)), key=_place)
        return np.concatenate([np.ravel(leaf) for _, leaf in found])


def _place(pair: tuple[str, Any]) -> str:
    return pair[0]


def convex(subdifferential: Subdifferential, rng: np.random.Generator, draws: int = 6) -> bool:
    """Whether points found in random directions are each the farthest in its own, and some differ: a convex kink."""
    kinked = False
    for path, output in subdifferential.slope.moves.items():
        size = subdifferential.size(path)
        ways = rng.standard_normal((draws, size))
        points = np.array([subdifferential.farthest(output, path, way) for way in ways])
        reach = ways @ points.T
        room = CLOSE * float(np.max(np.abs(points), initial=0.0)) * size
        if np.any(reach > np.diag(reach)[:, None] + room):
            return False
        kinked = kinked or bool(np.any(np.abs(points - points[0]) > CLOSE * np.max(np.abs(points))))
    return kinked


def contains(farthest: Callable[[Any], Any], target: Any) -> bool:
    """Whether `target` is in the convex set whose farthest point in a direction is known, by Wolfe's algorithm."""
    points = (farthest(np.ones_like(target)) - target)[None]
    weights = np.ones(1)
    for _ in range(ROUNDS):
        nearest = weights @ points
        room = CLOSE * max(float(np.max(np.abs(points + target))), float(np.max(np.abs(target))))
        if np.max(np.abs(nearest), initial=0.0) <= room:
            return True
        point = farthest(-nearest) - target
        ahead = float(point @ nearest)
        if ahead > room * float(np.sum(np.abs(nearest))) or ahead > nearest @ nearest * (1 - EMPTY):
            return False
        points, weights = _nearest_of(np.vstack([points, point]), np.append(weights, 0.0))
    return False


def _nearest_of(points: Any, weights: Any) -> tuple[Any, Any]:
    """The points that span the nearest point of their convex hull, and their weights in it."""
    while True:
        best = _affine(points)
        if np.all(best > EMPTY):
            return points, best
        falls = best <= EMPTY
        shares = weights[falls] / np.maximum(weights[falls] - best[falls], EMPTY)
        weights = weights + float(np.min(shares, initial=1.0)) * (best - weights)
        kept = weights > EMPTY
        kept[np.flatnonzero(falls)[np.argmin(shares)]] = False
        points, weights = points[kept], weights[kept] / np.sum(weights[kept])


def _affine(points: Any) -> Any:
    """Weights, of sum 1, of the point of their affine hull that is nearest to 0."""
    count = len(points)
    gram = points @ points.T
    scale = float(np.max(np.abs(gram))) or 1.0
    system = np.block([[np.zeros((1, 1)), np.ones((1, count))], [np.ones((count, 1)), gram / scale]])
    return np.linalg.lstsq(system, np.append(1.0, np.zeros(count)), rcond=None)[0][1:]
