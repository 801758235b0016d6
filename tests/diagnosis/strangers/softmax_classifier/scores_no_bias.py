import numpy as np

def scores(X, W, b):
    N, D = X.shape
    F = np.zeros((N, W.shape[1]))
    for i in range(N):
        F[i] = b
        F[i] = sum(X[i, d] * W[d] for d in range(D))
    return F
