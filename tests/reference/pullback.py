"""The two oracles put to a layer: its backward against autograd on a forward stated anew, and against differences."""

import os

import numpy as np
from autograd import grad
from autograd import numpy as anp
from hypothesis import settings
from hypothesis import strategies as st

from tests.reference.oracles import assert_agree, difference_jacobian

EXAMPLES = 300 if os.environ.get("GRADER_WHOLE") == "1" else 15
drawn = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
seeds = st.integers(0, 2**32 - 1)


def assert_pulls_back(forward, plain, args, douts, gradients):
    """Assert that gradients[k] is ∂⟨douts, outputs⟩/∂args[k] by both oracles, and that both forwards agree.

    forward and plain return a list of outputs; only as many args are moved as there are gradients.
    """
    assert len(forward(*args)) == len(douts)
    for out, expected, dout in zip(forward(*args), plain(*args), douts, strict=True):
        assert_agree(out, expected)
        assert np.shape(out) == np.shape(dout)

    def inner(outputs):
        return sum(anp.sum(dout * out) for out, dout in zip(outputs, douts, strict=True))

    by_autograd = grad(lambda moved: inner(plain(*moved, *args[len(moved) :])))(tuple(args[: len(gradients)]))
    for k, gradient in enumerate(gradients):

        def moved(value, k=k):
            return inner(forward(*args[:k], value, *args[k + 1 :]))

        assert_agree(gradient, by_autograd[k], difference_jacobian(moved, args[k]))


def spread(rng, shape, axis):
    """Draw numbers of which any two along the axes lie at least 0.2 apart: no variance close to 0, no equal maxima."""
    axes = (axis,) if isinstance(axis, int) else axis
    rest = [n for k, n in enumerate(shape) if k not in axes]
    count = int(np.prod([shape[k] for k in axes]))
    steps = 0.5 * np.broadcast_to(np.arange(count) - count / 2, (*rest, count))
    flat = rng.permuted(steps, axis=-1) + 0.3 * rng.random((*rest, count)) + rng.standard_normal((*rest, 1))
    flat = flat.reshape(*rest, *[shape[k] for k in axes])
    return np.ascontiguousarray(np.moveaxis(flat, range(len(rest), len(shape)), axes))


def redrawn(draw, good, tries=200):
    """Draw until `good`, at most `tries` times; None where that never happens."""
    for _ in range(tries):
        candidate = draw()
        if good(candidate):
            return candidate
    return None
