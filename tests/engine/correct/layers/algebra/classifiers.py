import numpy as np


def _hinge(S, y):
    """Sum of margins, and each score's count, from sorted comparisons instead of a max."""
    rows = np.arange(S.shape[0])
    gap = S - S[rows, y].reshape(-1, 1) + 1
    mask = gap > 0
    mask[rows, y] = False
    counts = mask.astype(int)
    counts[rows, y] = -mask.sum(axis=1)
    return np.where(mask, gap, 0.0).sum(), counts


def svm_loss(x, y):
    total, counts = _hinge(x, y)
    return total / x.shape[0], counts / x.shape[0]


def svm_loss_naive(W, X, y, reg):
    # the loss is linear in the active set: sum of gaps = <W, dW_data> + number active
    N = len(y)
    G = np.zeros(W.shape)
    active = 0
    for xi, yi in zip(X, y):
        s = xi @ W
        for j in np.flatnonzero(s - s[yi] + 1 > 0):
            if j == yi:
                continue
            G[:, j] += xi
            G[:, yi] -= xi
            active += 1
    return (np.vdot(W, G) + active) / N + reg * np.vdot(W, W), G / N + 2 * reg * W


def svm_loss_vectorized(W, X, y, reg):
    total, counts = _hinge(X @ W, y)
    inv = 1.0 / X.shape[0]
    return inv * total + reg * np.linalg.norm(W) ** 2, inv * (counts.T @ X).T + 2 * reg * W


def softmax_loss_naive(W, X, y, reg):
    # p_k = 1 / sum_j exp(f_j - f_k): no shift needed, inf in the denominator is a fine 0
    N = X.shape[0]
    loss, dW = 0.0, 0.0
    with np.errstate(over="ignore"):
        for n in range(N):
            f = W.T @ X[n]
            p = 1 / np.exp(f[None, :] - f[:, None]).sum(axis=1)
            top = f.max()
            loss -= f[y[n]] - top - np.log(np.sum(np.exp(f - top)))
            p[y[n]] -= 1
            dW = dW + X[n][:, None] * p
    return loss / N + reg * (W ** 2).sum(), dW / N + 2 * reg * W


def softmax_loss_vectorized(W, X, y, reg):
    N, C = len(X), W.shape[1]
    S = X @ W
    S = S - S.max(1)[:, None]
    E = np.exp(S)
    Z = E.sum(1)
    # the positive part and the negative part of the gradient, apart
    pulled = np.zeros((C, X.shape[1]))
    np.add.at(pulled, np.asarray(y, dtype=np.intp), X)
    dW = X.T @ (E / Z[:, None]) - pulled.T
    loss = np.log(Z).sum() - S[np.arange(N), y].sum()
    return loss / N + reg * np.square(W).sum(), dW / N + 2 * reg * W


def softmax_loss(x, y):
    rows = np.arange(len(x))
    gap = x - x[rows, y][:, None]                  # against the true score: its own entry is 0
    top = gap.max(axis=1, keepdims=True)
    E = np.exp(gap - top)
    Z = E.sum(axis=1, keepdims=True)
    dx = E / Z
    dx[rows, y] = 0
    dx[rows, y] = -dx.sum(axis=1)                  # every row adds up to 0
    return np.mean(top + np.log(Z)), dx / len(x)
