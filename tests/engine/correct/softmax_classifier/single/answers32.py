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
