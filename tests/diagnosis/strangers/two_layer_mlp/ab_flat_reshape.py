import numpy as np

def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + b
    return out, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    N, D = x.shape[0], w.shape[0]
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(D, N).dot(dout)
    db = dout.sum(axis=0)
    return dx, dw, db
