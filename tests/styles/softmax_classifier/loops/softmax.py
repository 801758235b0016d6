import math

import numpy as np


def softmax_row(f):
    biggest = max(f)
    powers = []
    for value in f:
        powers.append(math.exp(value - biggest))
    total = sum(powers)
    return [power / total for power in powers]


def softmax(F):
    P = np.zeros(F.shape)
    for i in range(F.shape[0]):
        P[i] = softmax_row(F[i])
    return P


def cross_entropy(F, y):
    loss = 0.0
    for i in range(len(y)):
        biggest = max(F[i])
        total = 0.0
        for value in F[i]:
            total += math.exp(value - biggest)
        # -log(e^(f_y - m) / total)
        loss += math.log(total) - (F[i, y[i]] - biggest)
    return loss


def scores_gradient(F, y):
    dF = np.zeros(F.shape)
    for i in range(F.shape[0]):
        p = softmax_row(F[i])
        for k in range(F.shape[1]):
            if k == y[i]:
                dF[i, k] = p[k] - 1
            else:
                dF[i, k] = p[k]
    return dF


def softmax_jacobian(f):
    p = softmax_row(f)
    K = len(p)
    J = np.zeros((K, K))
    for k in range(K):
        for j in range(K):
            if k == j:
                J[k, j] = p[k] * (1 - p[k])
            else:
                J[k, j] = -p[k] * p[j]
    return J
