"""Softmax, its loss and derivatives."""

import numpy as np


def _log_softmax(F):
    # log p = f - max - log sum exp(f - max): nothing overflows, no log of zero
    Z = F - F.max(axis=1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


def softmax(F):
    return np.exp(_log_softmax(F))


def cross_entropy(F, y):
    return float(-_log_softmax(F)[np.arange(F.shape[0]), y].sum())


def scores_gradient(F, y):
    dF = softmax(F)
    dF[np.arange(F.shape[0]), y] -= 1.0
    return dF


def softmax_jacobian(f):
    p = softmax(f.reshape(1, -1)).ravel()
    return np.diag(p) - p[:, None] @ p[None, :]
