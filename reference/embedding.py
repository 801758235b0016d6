"""Word vectors: a table that is read by index, and the gradient of the table."""

import numpy as np


def word_embedding_forward(x, W):
    """Look up the vector of every word: return (out, cache).

    out[n, t] = W[x[n, t]]   [CS:word_embedding_forward]

    cache holds whatever word_embedding_backward needs.

    Shapes
        x    (N, T)    integers, 0 to V − 1
        W    (V, D)
        out  (N, T, D)

    Source: signature of CS231n's rnn_layers.
    """
    # BEGIN SOLUTION
    return W[x], (x, W.shape)
    # END SOLUTION


def word_embedding_backward(dout, cache):
    """Return dW = ∂L/∂W, shaped like the table.

    out[n, t] = W[x[n, t]], and dout = ∂L/∂out   [CS:word_embedding_backward]

    Note
        A word can occur more than once, and most words do not occur. Integers have no gradient: there is no dx.

    Shapes
        dout  (N, T, D)
        dW    (V, D)

    Source: signature of CS231n's rnn_layers.
    """
    # BEGIN SOLUTION
    # ∂out[n, t]/∂W_v is the identity where x[n, t] = v and 0 elsewhere: dW_v = Σ dout[n, t] over x[n, t] = v.
    # An indexed `+=` would read each row once and keep only the last of several equal words; add.at adds them all.
    x, shape = cache
    dW = np.zeros(shape, dtype=dout.dtype)                  # (V, D)
    np.add.at(dW, x, dout)
    return dW
    # END SOLUTION
