from builtins import range
import numpy as np
import matplotlib.pyplot as plt
import torch
from .my_utils import *
from . import my_utils as U

np.set_printoptions(precision=3)
print("layers loaded")


def affine_forward(x, w, b):
    out = None
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    out = flat(x) @ w + b[None, :]
    log("affine", x.shape)
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    dx = np.einsum("nm,dm->nd", dout, w).reshape(x.shape)
    dw = np.einsum("nd,nm->dm", flat(x), dout)
    db = np.einsum("nm->m", dout)
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return dx, dw, db


def relu_forward(x):
    return np.maximum(x, 0), x


relu_backward = lambda dout, cache: dout * (cache > 0)


def softmax_loss(x, y):
    # copied over from A1
    N = x.shape[0]
    x = x - np.amax(x, axis=1, keepdims=True)
    log_p = x - np.log(np.exp(x).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(N), y].sum() / N
    dx = np.exp(log_p)
    dx[np.arange(N), y] -= 1
    return loss, dx / N


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    N, D = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))
    out, cache = None, None
    if mode == "train":
        # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        mu = np.average(x, axis=0)
        xc = x - mu
        v = (xc ** 2).mean(0)
        inv = (v + eps) ** -0.5
        z = xc * inv
        out = gamma * z + beta
        running_mean = momentum * running_mean + (1 - momentum) * mu
        running_var = momentum * running_var + (1 - momentum) * v
        cache = Cache(x=x, mu=mu, z=z, inv=inv, gamma=gamma, beta=beta)
        # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    elif mode == "test":
        # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        out = (x - running_mean) / np.sqrt(running_var + eps) * gamma + beta
        # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
    bn_param["running_mean"] = running_mean
    bn_param["running_var"] = running_var
    return out, cache


def _norm_backward(g, z, inv, axis):
    """d/dx of (x - mean) * inv over an axis, both norms use it"""
    n = np.prod([z.shape[a] for a in np.atleast_1d(axis)])
    return inv / n * (n * g - g.sum(axis=axis, keepdims=True) - z * (g * z).sum(axis=axis, keepdims=True))


def batchnorm_backward(dout, cache):
    dgamma = np.sum(cache.z * dout, axis=0)
    dbeta = np.sum(dout, axis=0)
    dx = _norm_backward(dout * cache.gamma, cache.z, cache.inv, 0)
    return dx, dgamma, dbeta


batchnorm_backward_alt = batchnorm_backward


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    mu = x.mean(axis=1, keepdims=True)
    inv = 1 / np.sqrt(x.var(axis=1, keepdims=True) + eps)
    z = (x - mu) * inv
    return gamma * z + beta, Cache(z=z, inv=inv, gamma=gamma)


def layernorm_backward(dout, cache):
    return (
        _norm_backward(dout * cache.gamma, cache.z, cache.inv, 1),
        (cache.z * dout).sum(axis=0),
        dout.sum(axis=0),
    )


def dropout_forward(x, dropout_param):
    """ p: Dropout parameter. We keep each neuron output with probability p. """
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask = None
    out = None
    if mode == "train":
        # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        keep = np.random.rand(*x.shape) < p
        mask = keep / p
        out = x * mask
        # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    elif mode == "test":
        out = x
    cache = (dropout_param, mask)
    out = out.astype(x.dtype, copy=False)
    return out, cache


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    mode = dropout_param["mode"]
    dx = None
    if mode == "train":
        dx = dout * mask
    elif mode == "test":
        dx = dout
    return dx


def conv_forward_naive(x, w, b, conv_param):
    s, P = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    xp = np.pad(x, [(0, 0), (0, 0), (P, P), (P, P)])
    out = np.empty((N, F, 1 + (H + 2 * P - HH) // s, 1 + (W + 2 * P - WW) // s))
    for i, j, r, c in windows(H + 2 * P, W + 2 * P, HH, WW, s):
        out[:, :, i, j] = np.tensordot(xp[:, :, r, c], w, axes=([1, 2, 3], [1, 2, 3])) + b
    cache = (x, w, b, conv_param)
    return out, cache


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    s, P = conv_param["stride"], conv_param["pad"]
    _, _, H, W = x.shape
    xp = np.pad(x, [(0, 0), (0, 0), (P, P), (P, P)])
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for i, j, r, c in windows(H + 2 * P, W + 2 * P, w.shape[2], w.shape[3], s):
        d = dout[:, :, i, j]
        dw += np.einsum("nf,nchw->fchw", d, xp[:, :, r, c])
        dxp[:, :, r, c] += np.einsum("nf,fchw->nchw", d, w)
    return dxp[:, :, P:H + P, P:W + P], dw, dout.sum((0, 2, 3))


def max_pool_forward_naive(x, pool_param):
    hh, ww, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    N, C, H, W = x.shape
    out = np.empty((N, C, (H - hh) // s + 1, (W - ww) // s + 1))
    for i, j, r, c in windows(H, W, hh, ww, s):
        out[..., i, j] = np.amax(x[..., r, c], axis=(-1, -2))
    return out, (x, pool_param)


def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    hh, ww, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    N, C, H, W = x.shape
    dx = np.zeros_like(x)
    for i, j, r, c in windows(H, W, hh, ww, s):
        for n in range(N):
            for k in range(C):
                a, b = np.unravel_index(np.argmax(x[n, k, r, c]), (hh, ww))
                dx[n, k, r.start + a, c.start + b] += dout[n, k, i, j]
    return dx


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    out, cache = batchnorm_forward(x.transpose(0, 2, 3, 1).reshape(-1, C), gamma, beta, bn_param)
    return out.reshape(N, H, W, C).transpose(0, 3, 1, 2), cache


def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    dx, dgamma, dbeta = batchnorm_backward(dout.transpose(0, 2, 3, 1).reshape(-1, C), cache)
    return dx.reshape(N, H, W, C).transpose(0, 3, 1, 2), dgamma, dbeta


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get("eps", 1e-5)
    N, C, H, W = x.shape
    g = x.reshape(N * G, -1)
    inv = 1.0 / np.sqrt(g.var(1, keepdims=True) + eps)
    z = ((g - g.mean(1, keepdims=True)) * inv)
    cache = (z, inv, gamma, G)
    return gamma * z.reshape(x.shape) + beta, cache


def spatial_groupnorm_backward(dout, cache):
    z, inv, gamma, G = cache
    N, C, H, W = dout.shape
    dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)
    dgamma = (dout * z.reshape(dout.shape)).sum(axis=(0, 2, 3), keepdims=True)
    dx = _norm_backward((dout * gamma).reshape(N * G, -1), z, inv, 1)
    return dx.reshape(dout.shape), dgamma, dbeta
