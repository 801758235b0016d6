import numpy as np

def softmax_classifier_loss(W, b, X, y):
    N = len(y)
    F = np.matmul(X, W) + b
    F = F - F.max(axis=1, keepdims=True)
    P = np.exp(F)
    Z = P.sum(axis=1, keepdims=True)
    P /= Z
    # log p = f - log Z
    loss = (F[range(N), y] - np.log(Z[:, 0])).sum()
    P[range(N), y] -= 1
    return float(loss), X.T @ P, P.sum(axis=0)
