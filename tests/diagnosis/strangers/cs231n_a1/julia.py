import numpy as np


def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    # work with one example per column, as in the lecture
    xc = x.reshape(x.shape[0], -1).T      # (D, N)
    dc = dout.T                           # (M, N)
    dx = (w @ dc).T.reshape(x.shape)
    dw = dc @ xc.T
    db = dc.sum(axis=1)
    return dx, dw, db
