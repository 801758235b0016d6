# every sum written out, the way the lecture notes do it
import math
import numpy as np


def svm_loss(x, y):
    N, C = x.shape
    loss = 0.0
    dx = np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            if j == y[i]:
                continue
            margin = x[i, j] - x[i, y[i]] + 1.0
            if margin > 0:
                loss += margin / N
                dx[i, j] += 1.0 / N
                dx[i, y[i]] -= 1.0 / N
    return loss, dx


def svm_loss_naive(W, X, y, reg):
    D, C = W.shape
    N = X.shape[0]
    loss = 0.0
    dW = np.zeros((D, C))
    for i in range(N):
        s = [sum(X[i, d] * W[d, c] for d in range(D)) for c in range(C)]
        for j in range(C):
            if j != y[i]:
                m = s[j] - s[y[i]] + 1
                if m > 0:
                    loss = loss + m
                    for d in range(D):
                        dW[d, j] += X[i, d]
                        dW[d, y[i]] -= X[i, d]
    for d in range(D):
        for c in range(C):
            dW[d, c] = dW[d, c] / N + 2 * reg * W[d, c]
    penalty = 0.0
    for w in W.flatten():
        penalty += w * w
    return loss / N + reg * penalty, dW


def svm_loss_vectorized(W, X, y, reg):
    # honest attempt at vectorizing: one loop left, over the classes
    N, C = X.shape[0], W.shape[1]
    S = X.dot(W)
    right = np.array([S[i, y[i]] for i in range(N)])
    loss = 0
    dW = np.zeros_like(W)
    for c in range(C):
        m = S[:, c] - right + 1
        broken = (m > 0) & (np.asarray(y) != c)
        loss += m[broken].sum()
        dW[:, c] += X[broken].sum(axis=0)
        for k in range(C):
            dW[:, k] -= X[broken & (np.asarray(y) == k)].sum(axis=0)
    return loss / N + reg * (W * W).sum(), dW / N + 2 * reg * W


def softmax_loss_naive(W, X, y, reg):
    N, D = X.shape
    C = W.shape[1]
    loss = 0.0
    dW = np.zeros((D, C))
    for i in range(N):
        f = []
        for c in range(C):
            f.append(sum(X[i, d] * W[d, c] for d in range(D)))
        top = max(f)
        e = [math.exp(v - top) for v in f]
        Z = sum(e)
        loss += math.log(Z) - (f[y[i]] - top)
        for c in range(C):
            p = e[c] / Z
            for d in range(D):
                dW[d, c] += X[i, d] * (p - (1 if c == y[i] else 0))
    for d in range(D):
        for c in range(C):
            dW[d, c] = dW[d, c] / N + 2 * reg * W[d, c]
    return loss / N + reg * sum(w ** 2 for w in W.flat), dW


def softmax_loss_vectorized(W, X, y, reg):
    N = len(X)
    S = np.matmul(X, W)
    loss = 0.0
    G = np.empty(S.shape)
    for i, row in enumerate(S):
        row = row - max(row)
        G[i] = np.exp(row) / np.exp(row).sum()
        loss += np.log(np.exp(row).sum()) - row[y[i]]
        G[i][y[i]] -= 1
    return loss / N + reg * np.sum(W * W), np.matmul(X.T, G) / N + 2 * reg * W


def softmax_loss(x, y):
    N, C = x.shape
    loss, dx = 0.0, np.zeros((N, C))
    for i in range(N):
        top = max(x[i])
        powers = [math.exp(v - top) for v in x[i]]
        for c in range(C):
            dx[i, c] = (powers[c] / sum(powers) - (1.0 if c == y[i] else 0.0)) / N
        loss += (math.log(sum(powers)) + top - x[i, y[i]]) / N
    return loss, dx
