import numpy as np

F32 = np.float32


def scores(X, W, b):
    return X.astype(F32) @ W.astype(F32) + b.astype(F32)


def softmax(F):
    F = F.astype(F32)
    E = np.exp(F - F.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def weight_gradient(X, dF):
    return np.matmul(X.astype(F32).T, dF.astype(F32))


def bias_gradient(dF):
    return dF.astype(F32).sum(axis=0)


def input_gradient(dF, W):
    return np.matmul(dF.astype(F32), W.astype(F32).T)


def cross_entropy(F, y):
    F = F.astype(F32)
    s = F - F.max(axis=1, keepdims=True)
    return np.sum(np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(F)), y])


def scores_gradient(F, y):
    dF = softmax(F)
    dF[np.arange(len(F)), y] -= 1
    return dF


def softmax_jacobian(f):
    p = softmax(f[None])[0]
    return np.diag(p) - np.outer(p, p)


def softmax_classifier_loss(W, b, X, y):
    F = scores(X, W, b)
    dF = scores_gradient(F, y)
    return cross_entropy(F, y), X.astype(F32).T @ dF, dF.sum(axis=0)
