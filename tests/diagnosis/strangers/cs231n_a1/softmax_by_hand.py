import numpy as np
from math import exp, log

def _probs(f):
    top = max(f)
    e = [exp(v - top) for v in f]
    Z = sum(e)
    return [v / Z for v in e], [v - top - log(Z) for v in f]

def softmax_loss_naive(W, X, y, reg):
    D, C = W.shape
    N = X.shape[0]
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(N):
        f = [float(np.dot(X[i], W[:, c])) for c in range(C)]
        p, logp = _probs(f)
        loss += -logp[y[i]]
        for c in range(C):
            for d in range(D):
                dW[d, c] += X[i, d] * (p[c] - (1 if c == y[i] else 0))
    loss /= N
    loss += reg * np.sum(W * W)
    # gradient of the regulariser, then average
    for d in range(D):
        for c in range(C):
            dW[d, c] = (dW[d, c] + 2 * reg * W[d, c]) / N
    return loss, dW
