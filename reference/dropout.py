"""Inverted dropout: units are left out while training, and nothing is done while testing."""

import numpy as np


def dropout_forward(x, dropout_param):
    """Drop units at random and scale up what is kept: return (out, cache).

    In mode "train", out = x ∘ M with M = 1/p where r < p and 0 elsewhere; in mode "test", out = x
    [CS:dropout_forward]

    r is uniform on [0, 1), drawn for each entry as np.random.rand does; so p is the probability that a unit is KEPT,
    and the expectation of out is x. cache is (dropout_param, M), with None for M in mode "test".

    dropout_param holds "mode" and "p", and optionally "seed": equal seeds leave out the same units.

    Note
        Before 2018 the course called the probability of dropping p.

    Shapes
        x    any
        out  like x

    Raises
        ValueError  where the mode is neither "train" nor "test"

    Source: signature of CS231n's layers, p as of 2018; Srivastava and others, "Dropout", 2014.
    """
    # BEGIN SOLUTION
    mode, p, seed = dropout_param["mode"], dropout_param["p"], dropout_param.get("seed")
    if mode not in ("train", "test"):
        raise ValueError(f"dropout_param['mode'] is {mode!r}; expected 'train' or 'test'")
    if mode == "test":
        return x.copy(), (dropout_param, None)
    # A generator of its own draws what np.random.seed and np.random.rand would, and leaves theirs where it was.
    source = np.random if seed is None else np.random.RandomState(seed)
    mask = np.asarray(source.random_sample(x.shape) < p).astype(x.dtype) / p      # like x
    return x * mask, (dropout_param, mask)
    # END SOLUTION


def dropout_backward(dout, cache):
    """Return dx = ∂L/∂x, shaped like x.

    out = x ∘ M, and dout = ∂L/∂out; in mode "test", out = x   [CS:dropout_backward]

    Shapes
        dout  like x
        dx    like x

    Source: signature of CS231n's layers, p as of 2018; Srivastava and others, "Dropout", 2014.
    """
    # BEGIN SOLUTION
    # M was drawn, but does not depend on x: out_i = M_i x_i has the slope M_i, scale included.
    _, mask = cache
    return dout.copy() if mask is None else dout * mask     # like x
    # END SOLUTION
