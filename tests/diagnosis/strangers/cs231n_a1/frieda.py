import numpy as np


def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    N, D = X.shape
    C = W.shape[1]
    for i in range(N):
        f = [float(np.sum(X[i] * W[:, c])) for c in range(C)]
        top = max(f)
        e = [np.exp(v - top) for v in f]
        Z = sum(e)
        loss += np.log(Z) - (f[y[i]] - top)
        for c in range(C):
            p = e[c] / Z
            if c == y[i]:
                p -= 1
            for d in range(D):
                dW[d, c] += p * X[i, d]
    loss /= N
    dW /= N
    loss += 0.5 * reg * np.sum(np.square(W))
    dW += 2 * reg * W
    return loss, dW
