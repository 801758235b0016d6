# Part 1: everything about F = XW + b, written with for-loops so I can see each index
import numpy as np


def scores(X, W, b):
    N = X.shape[0]
    D = X.shape[1]
    K = W.shape[1]
    F = np.zeros((N, K))
    for i in range(N):
        for j in range(K):
            total = 0.0
            for d in range(D):
                total += X[i, d] * W[d, j]
            F[i, j] = total + b[j]
    return F


def scores_weight_jacobian(x, K):
    D = len(x)
    jac = np.zeros((K, D, K))
    for k in range(K):
        for d in range(D):
            for j in range(K):
                # score k only ever looks at its own column of W
                if j == k:
                    jac[k, d, j] = x[d]
    return jac


def weight_gradient_one(x, df):
    grad = np.zeros((len(x), len(df)))
    for d in range(len(x)):
        for j in range(len(df)):
            grad[d, j] = df[j] * x[d]
    return grad


def weight_gradient_loop(X, dF):
    dW = np.zeros((X.shape[1], dF.shape[1]))
    for i in range(X.shape[0]):
        dW += weight_gradient_one(X[i], dF[i])
    return dW


def weight_gradient(X, dF):
    # no loop allowed here: sum over the examples n
    return np.einsum("nd,nk->dk", X, dF)


def scores_bias_jacobian(K):
    jac = np.zeros((K, K))
    for k in range(K):
        jac[k, k] = 1
    return jac


def bias_gradient(dF):
    db = np.zeros(dF.shape[1])
    for row in dF:
        for j in range(len(row)):
            db[j] += row[j]
    return db


def input_gradient(dF, W):
    N, K = dF.shape
    D = W.shape[0]
    dX = np.zeros((N, D))
    for i in range(N):
        for d in range(D):
            for k in range(K):
                dX[i, d] += dF[i, k] * W[d, k]
    return dX
