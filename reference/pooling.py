"""Max pooling of images, without a Python loop."""

import numpy as np


def _windows(x, pool_param):
    """Return every pooling window, laid out flat: (N, C, H', W', pool_height · pool_width)."""
    # BEGIN SOLUTION
    size, s = (pool_param["pool_height"], pool_param["pool_width"]), pool_param["stride"]
    windows = np.lib.stride_tricks.sliding_window_view(x, size, axis=(2, 3))[:, :, ::s, ::s]
    return windows.reshape(*windows.shape[:4], -1)
    # END SOLUTION


def max_pool_forward_naive(x, pool_param):
    """Pool every channel: return (out, cache).

    out[n, c, i, j] = max over u < pool_height, v < pool_width of x[n, c, s i + u, s j + v]
    [CS:max_pool_forward_naive]

    pool_param holds "pool_height", "pool_width" and "stride" s. H' = 1 + ⌊(H − pool_height) / s⌋, and W' likewise.
    cache is (x, pool_param).

    Shapes
        x    (N, C, H, W)
        out  (N, C, H', W')

    Source: signature of CS231n's layers.
    """
    # BEGIN SOLUTION
    return np.max(_windows(x, pool_param), axis=4), (x, pool_param)
    # END SOLUTION


def max_pool_backward_naive(dout, cache):
    """Return dx = ∂L/∂x, shaped like x.

    out[n, c, i, j] = max over u < pool_height, v < pool_width of x[n, c, s i + u, s j + v], and dout = ∂L/∂out
    [CS:max_pool_backward_naive]

    Note
        Where the stride is below the window, one pixel can be the largest of several windows. Of equal largest pixels
        the first, row by row, is taken.

    Shapes
        dout  (N, C, H', W')
        dx    (N, C, H, W)

    Source: signature of CS231n's layers.
    """
    # BEGIN SOLUTION
    # Only a window's largest pixel moves its output, with slope 1, so it gets the whole upstream gradient, and a pixel
    # that wins k windows gets k of them: add, do not assign.
    x, pool_param = cache
    s = pool_param["stride"]
    n, c, i, j = np.indices(dout.shape, sparse=True)
    winner = np.argmax(_windows(x, pool_param), axis=4)     # (N, C, H', W'), counted within the window
    u, v = np.divmod(winner, pool_param["pool_width"])      # (N, C, H', W')
    dx = np.zeros(x.shape, dtype=dout.dtype)                # (N, C, H, W)
    np.add.at(dx, (n, c, s * i + u, s * j + v), dout)
    return dx
    # END SOLUTION
