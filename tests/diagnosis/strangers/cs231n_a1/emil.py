import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    n = len(y)
    S = X.dot(W)
    M = S - S[np.arange(n), y][:, np.newaxis] + 1.
    M[np.arange(n), y] = 0.
    M[M < 0] = 0.
    loss = M.sum() / n
    loss += reg * (W * W).sum()

    B = (M > 0).astype(float)
    B[np.arange(n), y] = -B.sum(1)
    dW = X.T.dot(B) / n
    # d(W^2)/dW
    dW += 2 * reg * np.sign(W)
    return loss, dW
