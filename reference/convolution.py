"""Convolution of images with filters, without a Python loop over images or places."""

import numpy as np


def _columns(x, w, conv_param):
    """Return every window of the padded x, laid out flat as a filter is: (N, C·HH·WW, H', W')."""
    # BEGIN SOLUTION
    (N, C, H, W), p, s = x.shape, conv_param["pad"], conv_param["stride"]
    padded = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    padded[:, :, p : p + H, p : p + W] = x
    windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape[2:], axis=(2, 3))[:, :, ::s, ::s]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, w[0].size, *windows.shape[2:4])
    # END SOLUTION


def conv_forward_naive(x, w, b, conv_param):
    """Convolve every image with every filter: return (out, cache).

    out[n, f, i, j] = b_f + Σ_{c,u,v} w[f, c, u, v] · xpad[n, c, s i + u, s j + v]   [CS:conv_forward_naive]

    xpad is x with p rows and columns of zeros on every side; s = conv_param["stride"], p = conv_param["pad"].
    H' = 1 + ⌊(H + 2p − HH) / s⌋ and W' = 1 + ⌊(W + 2p − WW) / s⌋. cache is (x, w, b, conv_param), with x unpadded.

    Note
        As everywhere in the field, the filter is not flipped.

    Shapes
        x    (N, C, H, W)
        w    (F, C, HH, WW)
        b    (F,)
        out  (N, F, H', W')

    Source: signature of CS231n's layers.
    """
    # BEGIN SOLUTION
    columns = _columns(x, w, conv_param)
    N, K, *places = columns.shape
    out = w.reshape(-1, K) @ columns.reshape(N, K, -1) + b[:, None]      # (N, F, H' W')
    return out.reshape(N, len(w), *places), (x, w, b, conv_param)
    # END SOLUTION


def conv_backward_naive(dout, cache):
    """Return (dx, dw, db) = (∂L/∂x, ∂L/∂w, ∂L/∂b), shaped like x, w, b.

    out[n, f, i, j] = b_f + Σ_{c,u,v} w[f, c, u, v] · xpad[n, c, s i + u, s j + v], and dout = ∂L/∂out
    [CS:conv_backward_naive]

    Note
        Windows overlap where the stride is below the filter's size: a pixel takes part in several outputs. The rim
        of zeros is no part of x.

    Shapes
        dout  (N, F, H', W')
        dx    (N, C, H, W)
        dw    (F, C, HH, WW)
        db    (F,)

    Source: signature of CS231n's layers.
    """
    # BEGIN SOLUTION
    # Sum over every output that the wanted variable enters:
    #     ∂L/∂b_f             = Σ_{n,i,j} dout[n, f, i, j]
    #     ∂L/∂w[f, c, u, v]   = Σ_{n,i,j} dout[n, f, i, j] xpad[n, c, s i + u, s j + v]
    #     ∂L/∂xpad[n, c, a, e] = Σ dout[n, f, i, j] w[f, c, u, v] over all f and all (i, u), (j, v)
    #                            with s i + u = a and s j + v = e.
    # For one (u, v), distinct (i, j) meet distinct pixels: a strided slice takes all of them at once.
    x, w, _, conv_param = cache
    (N, C, H, W), (_, F, H_out, W_out) = x.shape, dout.shape
    p, s = conv_param["pad"], conv_param["stride"]
    flat, columns = dout.reshape(N, F, -1), _columns(x, w, conv_param).reshape(N, w[0].size, -1)
    dw = np.sum(flat @ columns.swapaxes(1, 2), axis=0).reshape(w.shape)      # (F, C, HH, WW)
    parts = (w.reshape(F, -1).T @ flat).reshape(N, C, *w.shape[2:], H_out, W_out)
    dpadded = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=parts.dtype)
    for u, v in np.ndindex(w.shape[2:]):
        dpadded[:, :, u : u + s * H_out : s, v : v + s * W_out : s] += parts[:, :, u, v]
    return dpadded[:, :, p : p + H, p : p + W].copy(), dw, np.sum(dout, axis=(0, 2, 3))
    # END SOLUTION
