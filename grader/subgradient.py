"""At a kink: is this one of the derivatives that a function has there?

Where L(x) = Σ c·f(x) has a kink, an entry of its gradient may be any value between the slopes on the two sides of that
entry: 0 to the whole upstream gradient for each of the entries that share a maximum, but nothing beyond. With f convex
in x, as max, |x| and the hinge are, the slopes farthest to both sides are entries of gradients beside the kink,

    s_i(±) = (B(x ± ε e_i; c⁺) − B(x ∓ ε e_i; c⁻))_i,     c = c⁺ − c⁻,

with B the reference's gradient under an upstream gradient.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import numpy as np

from grader import trees
from grader.model import Slope

ASIDE = 2.0**-30
"""How far beside a kink the reference is asked, as a share of the largest entry: 10⁶ roundings."""

CLOSE = 1e-6
"""How near a subgradient counts as one, as a share of the largest entry: room for ε, and for single precision."""

Answering = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class Subdifferential(msgspec.Struct, frozen=True, eq=False):
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
    """Whether every entry of `target` lies between the slopes on its two sides; `farthest` finds them by direction."""
    ones = np.ones_like(target)
    known = np.array([farthest(ones), farthest(-ones)])
    room = CLOSE * max(float(np.max(np.abs(known), initial=0.0)), float(np.max(np.abs(target), initial=0.0)))
    apart = np.all(np.abs(known - target) > room, axis=0)
    return all(_between(farthest, target, int(place), room) for place in np.flatnonzero(apart))


def _between(farthest: Callable[[Any], Any], target: Any, place: int, room: float) -> bool:
    along = np.zeros_like(target)
    along[place] = 1.0
    low, high = farthest(-along)[place], farthest(along)[place]
    return bool(low - room <= target[place] <= high + room)
