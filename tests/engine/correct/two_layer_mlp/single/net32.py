import numpy as np

f = np.float32


def affine_forward(x, w, b):
    x, w, b = x.astype(f), w.astype(f), b.astype(f)
    return x.reshape(len(x), -1) @ w + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    d = dout.astype(f)
    return (d @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ d, d.sum(axis=0)


def relu_forward(x):
    return np.maximum(x.astype(f), f(0)), x


def relu_backward(dout, cache):
    return dout.astype(f) * (cache > 0)


def l2_penalty(W, w, reg):
    W, w, reg = W.astype(f), w.astype(f), f(reg)
    return f(0.5) * reg * (np.sum(W * W) + np.sum(w * w)), reg * W, reg * w
