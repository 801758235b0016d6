import numpy as np

def svm_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    rows = np.arange(N)
    S = X @ W
    H = np.maximum(S - S[rows, y].reshape(-1, 1) + 1, 0)
    H[rows, y] = 0
    loss = H.sum() / N + reg * np.sum(np.square(W))

    # 1 for everybody who contributes, minus their number for the correct one
    ind = (H >= 0).astype(float)
    ind[rows, y] = 0
    ind[rows, y] = -ind.sum(axis=1)
    dW = X.T @ ind
    dW /= N
    dW += 2 * reg * W
    return loss, dW
