import numpy as np
from math import exp, log


def scores(X, W, b):
    F = np.zeros((len(X), len(b)))
    for i, x in enumerate(X):
        for k in range(len(b)):
            F[i][k] = b[k]
            for d, value in enumerate(x):
                F[i][k] += value * W[d][k]
    return F


def softmax(F):
    P = np.zeros_like(F)
    for i in range(len(F)):
        # p_k = 1 / (sum of e^(f_j - f_k)); stop at what would overflow
        for k in range(F.shape[1]):
            gaps = [F[i, j] - F[i, k] for j in range(F.shape[1])]
            P[i, k] = 0.0 if max(gaps) > 700 else 1.0 / sum(exp(g) for g in gaps)
    return P


def cross_entropy(F, y):
    total = 0.0
    for f, label in zip(F, y):
        top = max(f)
        total += top - f[label] + log(sum(exp(v - top) for v in f))
    return total


def scores_gradient(F, y):
    P = softmax(F)
    dF = np.zeros(P.shape)
    for i in range(P.shape[0]):
        for k in range(P.shape[1]):
            dF[i, k] = P[i, k]
        dF[i, y[i]] = dF[i, y[i]] - 1.0
    return dF


def weight_gradient_one(x, df):
    rows = []
    for value in x:
        rows.append([value * d for d in df])
    return np.array(rows)


def weight_gradient_loop(X, dF):
    N, D = X.shape
    dW = np.zeros((D, dF.shape[1]))
    for d in range(D):
        for k in range(dF.shape[1]):
            for i in range(N):
                dW[d, k] = dW[d, k] + X[i, d] * dF[i, k]
    return dW


def weight_gradient(X, dF):
    # loops over features and classes are allowed, over examples not
    dW = np.zeros((X.shape[1], dF.shape[1]))
    for d in range(X.shape[1]):
        for k in range(dF.shape[1]):
            dW[d, k] = np.dot(X[:, d], dF[:, k])
    return dW


def bias_gradient(dF):
    db = np.zeros(dF.shape[1])
    for k in range(dF.shape[1]):
        for i in range(dF.shape[0]):
            db[k] += dF[i, k]
    return db


def input_gradient(dF, W):
    dX = np.zeros((len(dF), len(W)))
    for i in range(len(dF)):
        for k in range(dF.shape[1]):
            for d in range(len(W)):
                dX[i, d] += W[d, k] * dF[i, k]
    return dX


def softmax_jacobian(f):
    p = softmax(np.array([f]))[0]
    J = np.zeros((len(f), len(f)))
    for k in range(len(f)):
        for j in range(len(f)):
            J[k, j] = p[k] * ((1.0 if k == j else 0.0) - p[j])
    return J


def softmax_classifier_loss(W, b, X, y):
    loss, dW, db = 0.0, np.zeros_like(W), np.zeros_like(b)
    for i in range(len(X)):
        f = scores(X[i:i + 1], W, b)
        loss += cross_entropy(f, y[i:i + 1])
        df = scores_gradient(f, y[i:i + 1])[0]
        dW += weight_gradient_one(X[i], df)
        db += df
    return loss, dW, db
