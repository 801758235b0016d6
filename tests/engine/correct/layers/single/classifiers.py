import numpy as np

f32 = np.float32


def svm_loss(x, y):
    x = x.astype(f32)
    N = len(x)
    m = np.maximum(f32(0), x - x[np.arange(N), y][:, None] + f32(1))
    m[np.arange(N), y] = 0
    d = (m > 0).astype(f32)
    d[np.arange(N), y] = -d.sum(axis=1)
    return f32(m.sum() / f32(N)), d / f32(N)


def svm_loss_vectorized(W, X, y, reg):
    W, X, reg = W.astype(f32), X.astype(f32), f32(reg)
    S = X @ W
    loss, dS = svm_loss(S, y)
    return f32(loss + reg * np.sum(W * W)), X.T @ dS + f32(2) * reg * W


def softmax_loss_vectorized(W, X, y, reg):
    W, X, reg = W.astype(f32), X.astype(f32), f32(reg)
    S = X @ W
    S -= S.max(axis=1, keepdims=True)
    E = np.exp(S)
    Z = E.sum(axis=1, keepdims=True)
    P = E / Z
    P[np.arange(len(X)), y] -= 1
    loss = np.mean(np.log(Z[:, 0]) - S[np.arange(len(X)), y])
    return f32(loss + reg * np.sum(W * W)), X.T @ P / f32(len(X)) + f32(2) * reg * W


def softmax_loss(x, y):
    x = x.astype(f32)
    s = x - x.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    d = np.exp(log_p)
    d[np.arange(len(x)), y] -= 1
    return -np.mean(log_p[np.arange(len(x)), y]), d / f32(len(x))
