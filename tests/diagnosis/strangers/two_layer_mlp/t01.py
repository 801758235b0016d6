import numpy as np

def affine_forward(x, w, b):
    flat = x.reshape(len(x), -1)
    return flat @ w + b, {'x': x, 'w': w, 'b': b}

def affine_backward(dout, cache):
    x, w = cache['x'], cache['w']
    gT = dout.T                                  # (M, N)
    dw = (gT @ x.reshape(x.shape[0], -1)).T
    dx = (w @ gT).T.reshape(x.shape)
    db = gT.sum(axis=0)
    return dx, dw, db
