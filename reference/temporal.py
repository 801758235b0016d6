"""Layers that treat every step of a sequence alike: the affine layer, and a masked softmax loss."""

import numpy as np

from reference.affine import affine_backward, affine_forward


def temporal_affine_forward(x, w, b):
    """Map every step of every sequence through one affine layer: return (out, cache).

    out[n, t] = x[n, t] w + b   [CS:temporal_affine_forward]

    cache holds whatever temporal_affine_backward needs.

    Shapes
        x    (N, T, D)
        w    (D, M)
        b    (M,)
        out  (N, T, M)

    Source: signature of CS231n's rnn_layers, where the course gives it away.
    """
    # BEGIN SOLUTION
    N, T, D = x.shape
    out, cache = affine_forward(x.reshape(N * T, D), w, b)  # (N T, M)
    return out.reshape(N, T, -1), cache
    # END SOLUTION


def temporal_affine_backward(dout, cache):
    """Return (dx, dw, db) = (∂L/∂x, ∂L/∂w, ∂L/∂b), shaped like x, w, b.

    out[n, t] = x[n, t] w + b, and dout = ∂L/∂out   [CS:temporal_affine_backward]

    Note
        All N·T steps share one w and one b.

    Shapes
        dout  (N, T, M)
        dx    (N, T, D)
        dw    (D, M)
        db    (M,)

    Source: signature of CS231n's rnn_layers, where the course gives it away.
    """
    # BEGIN SOLUTION
    # The layer sees N T examples and does not know which of them follow each other.
    N, T, M = dout.shape
    dx, dw, db = affine_backward(dout.reshape(N * T, M), cache)
    return dx.reshape(N, T, -1), dw, db
    # END SOLUTION


def temporal_softmax_loss(x, y, mask, verbose=False):
    """Compute the cross-entropy of every step that counts, and dx = ∂loss/∂x: return (loss, dx).

    p[n, t] = softmax(x[n, t]),   loss = −(1/N) Σ_{n,t} mask[n, t] log p[n, t, y[n, t]]   [CS:temporal_softmax_loss]

    Finite for scores of ±1e4. verbose is there for the course's calls and changes nothing.

    Note
        Steps are summed and sequences averaged: the divisor is N, neither N·T nor the number of steps that count.

    Shapes
        x     (N, T, V)
        y     (N, T)    integer labels, 0 to V − 1
        mask  (N, T)    True where a step counts
        loss  ()
        dx    (N, T, V)

    Source: signature of CS231n's rnn_layers, where the course gives it away.
    """
    # BEGIN SOLUTION
    # Step by step as for one example, ∂(−log p_y)/∂x_k = p_k − 1(k = y), weighed with mask / N.
    weight = mask.astype(x.dtype)[..., None] / len(x)       # (N, T, 1)
    shifted = x - np.max(x, axis=2, keepdims=True)          # (N, T, V)
    E = np.exp(shifted)                                     # (N, T, V), no exponent above 0
    total = np.sum(E, axis=2, keepdims=True)                # (N, T, 1), at least 1
    Y = (y[..., None] == np.arange(x.shape[2])).astype(x.dtype)      # (N, T, V)
    return np.sum(weight * Y * (np.log(total) - shifted)), weight * (E / total - Y)
    # END SOLUTION
