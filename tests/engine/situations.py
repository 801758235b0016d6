"""Submissions in four situations, made of any reference that has a forward pass and a gradient.

A forward pass becomes wrong by a smooth function of its output,

    φ(o) = 1.1 o + 0.05 sin o,    φ′(o) = 1.1 + 0.05 cos o   (φ(0) = 0: what is dropped stays dropped)

and by the chain rule ∂⟨c, φ(o)⟩/∂x is what the right backward pass gives for c ∘ φ′(o). Where a gradient is asked by
itself, of a function that never sees the output, φ(o) = 1.3 o, and the gradient is 1.3 times the right one.
"""

import copy
from dataclasses import dataclass

import numpy as np

from grader import trees
from grader.model import CACHE

SCALE, LARGER = 1.3, 1.1


def bent(o):
    return 1.1 * np.asarray(o) + 0.05 * np.sin(o)


def slope_of_bent(o):
    return 1.1 + 0.05 * np.cos(o)


@dataclass(frozen=True)
class Pair:
    """A task that claims a gradient, and the task of the forward pass that it is the gradient of."""

    assignment: str
    backward: object
    ahead: object

    @property
    def name(self):
        return f"{self.assignment}/{self.backward.name}"

    @property
    def kind(self):
        if self.backward.forward:
            return "cached"
        return "together" if self.ahead is self.backward else "apart"

    def functions(self, wrong_forward, backward):
        """The two functions of a submission; `backward` is "right", "wrong" or "consistent" with a wrong forward."""
        return MAKERS[self.kind](self, wrong_forward, backward)


def pairs(assignment):
    named = {task.name: task for task in assignment.tasks}
    return [
        Pair(assignment.name, task, named[task.slope.forward])
        for task in assignment.tasks
        if task.slope and task.slope.forward in named
    ]


def larger(values, names):
    """Every returned gradient times 1.1; `values` is what a function returned, `names` what it returns."""
    several = len(names) > 1
    parts = values if several else (values,)
    changed = tuple(_times(LARGER, part) for part in parts)
    return changed if several else changed[0]


def _times(factor, value):
    return trees.each(value, lambda x: factor * x)


def cached(pair, wrong_forward, backward):
    """A forward pass that leaves a cache: the student's holds the right output, too, for the chain rule."""
    task, ahead, slope = pair.backward, pair.ahead, pair.backward.slope
    names = list(ahead.returns)
    out, kept = names.index(slope.out), names.index(CACHE)

    def forward(*args):
        values = list(ahead.reference(*args))
        values[kept] = values[kept], values[out]
        if wrong_forward:
            values[out] = bent(values[out])
        return tuple(values)

    def pulled(*args):
        given = dict(zip(task.parameters, args, strict=True))
        given[CACHE], output = given[CACHE]
        if backward == "consistent":
            given[slope.against] = given[slope.against] * slope_of_bent(output)
        values = task.reference(*given.values())
        return larger(values, task.returns) if backward == "wrong" else values

    return {ahead.name: forward, task.name: pulled}


def together(pair, wrong_forward, backward):
    """A loss and its gradients out of one function."""
    task, slope = pair.backward, pair.backward.slope
    names = list(task.returns)
    out = names.index(slope.out)

    def both(*args):
        values = list(task.reference(*args))
        loss, grads = values[out], [value for n, value in enumerate(values) if n != out]
        factor = {"right": 1.0, "wrong": LARGER, "consistent": slope_of_bent(loss)}[backward]
        grads = [_times(factor, grad) for grad in grads]
        grads.insert(out, bent(loss) if wrong_forward else loss)
        return tuple(grads)

    return {task.name: both}


def apart(pair, wrong_forward, backward):
    """A gradient by itself: the forward pass is another function, whose output it may never see."""
    task, ahead = pair.backward, pair.ahead
    factor = {"right": 1.0, "wrong": LARGER, "consistent": SCALE}[backward]

    def forward(*args):
        value = copy.deepcopy(ahead.reference(*args))
        if not wrong_forward:
            return value
        several = len(ahead.returns) > 1
        named = dict(zip(ahead.returns, value if several else (value,), strict=True))
        for out, _ in task.slope.weighted:
            named = scaled(named, out)
        return tuple(named.values()) if several else next(iter(named.values()))

    def gradient(*args):
        return _times(factor, task.reference(*args))

    return {ahead.name: forward, task.name: gradient}


def scaled(named, out):
    """What a forward pass returned, with one output scaled; a net of one layer has no second one."""
    try:
        return trees.put(named, out, SCALE * trees.dig(named, out))
    except IndexError:
        return named


MAKERS = {"cached": cached, "together": together, "apart": apart}
