import numpy as np


def affine_forward(x, w, b):
    N = x.shape[0]
    out = np.einsum('nd,dm->nm', x.reshape(N, -1), w) + b[None, :]
    return out, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    N = x.shape[0]
    flat = x.reshape(N, -1)
    dx = np.einsum('nm,dm->nd', dout, w).reshape(x.shape)
    dw = np.einsum('nd,nm->dm', flat, dout)
    # b is shared by the whole batch
    db = np.dot(np.ones(N) / N, dout)
    return dx, dw, db
