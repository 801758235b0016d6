"""Affine scores and their gradients, one line of numpy each."""

import numpy as np


def scores(X, W, b):
    return X.dot(W) + b[np.newaxis, :]


def scores_weight_jacobian(x, K):
    J = np.zeros((K, x.size, K))
    k = np.arange(K)
    J[k, :, k] = x
    return J


def weight_gradient_one(x, df):
    return x[:, None] * df[None, :]


def weight_gradient_loop(X, dF):
    return sum(np.outer(x, df) for x, df in zip(X, dF))


def weight_gradient(X, dF):
    return np.dot(X.T, dF)


def scores_bias_jacobian(K):
    return np.identity(K)


def bias_gradient(dF):
    return dF.sum(axis=0)


def input_gradient(dF, W):
    return dF.dot(W.T)
