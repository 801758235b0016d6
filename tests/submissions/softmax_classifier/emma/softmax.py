import numpy as np


def softmax(F):
    F = F - F.max(axis=1).reshape(-1, 1)
    e = np.exp(F)
    return e / e.sum(axis=1).reshape(-1, 1)


def cross_entropy(F, y):
    F = F - F.max(axis=1).reshape(-1, 1)
    correct = F[np.arange(F.shape[0]), y]
    return np.sum(np.log(np.exp(F).sum(axis=1))) - correct.sum()


def scores_gradient(F, y):
    target = np.zeros_like(F)
    target[np.arange(F.shape[0]), y] = 1
    error = target - softmax(F)
    return error


def softmax_jacobian(f):
    # TODO ask in the exercise class why there are two cases
    p = None
    return p
