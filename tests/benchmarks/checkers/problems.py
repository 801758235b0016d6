"""A problem as every gradient checker sees it: arrays in, a forward pass, a backward pass, and a count of calls."""

import copy
import time
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from grader import trees
from grader.model import CACHE


@dataclass(eq=False)
class Problem:
    """One case of one task in the hands of one submission.

    `xs` are the differentiated arrays, n numbers in all. The outputs are those that the slope weighs; where the
    gradient of a fixed weighted sum is claimed, that sum is the one output.
    """

    task: object
    ahead: object
    case: object
    functions: dict
    calls: Counter = field(default_factory=Counter)
    forward_s: float = 0.0

    def __post_init__(self):
        moved = self.task.slope.moves
        inputs = self.case.inputs
        self.places = [
            (place, f"{output}{place.removeprefix(path)}")
            for path, output in moved.items()
            for place, _ in trees.leaves(path, trees.dig(inputs, path))
        ]
        self.xs = [np.array(trees.dig(inputs, place), dtype=float) for place, _ in self.places]

    @property
    def n(self):
        return sum(x.size for x in self.xs)

    @property
    def together(self):
        return self.ahead is self.task

    @property
    def pulls(self):
        """Whether the backward pass takes an upstream gradient, of every output, that a checker may choose."""
        return bool(self.task.forward)

    def given(self, xs):
        inputs = dict(self.case.inputs)
        for (place, _), x in zip(self.places, xs, strict=True):
            inputs = trees.put(inputs, place, x)
        return copy.deepcopy(inputs)

    def outputs(self, xs):
        """The outputs at xs, float64 arrays."""
        begun = time.perf_counter()
        values = self._ahead(self.given(xs))
        self.calls["forward"] += 1
        self.forward_s += time.perf_counter() - begun
        found = [np.asarray(trees.dig(values, out), dtype=float) for out, _ in self.task.slope.weighted]
        if self.pulls or self.together:
            return found
        return [np.asarray(sum(np.sum(c * out) for c, out in zip(self.weights(), found, strict=True)))]

    def _ahead(self, inputs):
        args = [trees.dig(inputs, path) for path in self.task.slope.args]
        value = self.functions[self.ahead.name](*args)
        several = len(self.ahead.returns) > 1
        return dict(zip(self.ahead.returns, value if several else (value,), strict=True))

    def weights(self):
        """The case's own upstream gradients, of every output."""
        named = [against for _, against in self.task.slope.weighted]
        return [np.asarray(self.case.inputs[name], dtype=float) if name else np.asarray(1.0) for name in named]

    def cotangents(self, draw):
        """Upstream gradients of what `outputs` gives, by a draw of a shape."""
        shapes = [c.shape for c in self.weights()] if self.pulls else [()]
        return [np.asarray(draw(shape)) for shape in shapes]

    def gradients(self, xs, cs):
        """What the submission claims for ∂Σ⟨c, outputs⟩/∂xs; a forward pass first where its cache is needed."""
        inputs = self.given(xs)
        if self.pulls:
            for (_, against), c in zip(self.task.slope.weighted, cs, strict=True):
                inputs[against] = np.array(c)
            inputs[CACHE] = self._ahead(inputs)[CACHE]
            self.calls["forward"] += 1
        self.calls["backward"] += 1
        value = self.functions[self.task.name](*(inputs[name] for name in self.task.parameters))
        returns = self.task.returns
        named = dict(zip(returns, value if len(returns) > 1 else (value,), strict=True))
        found = [np.asarray(trees.dig(named, place)) for _, place in self.places]
        return found if self.pulls else [float(np.asarray(cs[0])) * grad for grad in found]
