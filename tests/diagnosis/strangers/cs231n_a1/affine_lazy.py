import numpy as np

class _Store(dict):
    __getattr__ = dict.__getitem__

def affine_forward(x, w, b):
    flat = x.reshape(len(x), -1)
    return flat @ w + b, _Store(flat=flat, w=w, b=b, shape=x.shape)

def affine_backward(dout, cache):
    dx = (cache.w @ dout.T).T.reshape(cache.shape)
    dw = (dout.T @ cache.flat).T
    # b is broadcast over the batch so collapse that axis
    db = np.average(dout, axis=0)
    return dx, dw, db
