import numpy as np

def _s(sigma, z):
    if sigma == 'sigmoid': return 1 / (1 + np.exp(-z))
    if sigma == 'tanh': return np.tanh(z)
    if sigma == 'relu': return np.maximum(0, z)
    return z

def _ds(sigma, z):
    if sigma == 'sigmoid': return _s(sigma, z) * (1 - _s(sigma, z))
    if sigma == 'tanh': return 1 - np.tanh(z) ** 2
    if sigma == 'relu': return (z > 0) * 1.0
    return z * 0 + 1

def backprop_batch_rows(W, b, X, T, sigma):
    L = len(W)
    dW = [np.zeros_like(w) for w in W]
    db = [np.zeros_like(v) for v in b]
    for x, t in zip(X, T):
        hs = [x.reshape(-1, 1)]
        zs = []
        for l in range(L):
            zs.append(W[l] @ hs[l] + b[l])
            hs.append(_s(sigma, zs[l]))
        d = (hs[-1] - t.reshape(-1, 1)) * _ds(sigma, zs[-1])
        for l in reversed(range(L)):
            dW[l] = d @ hs[l].T
            db[l] = d
            if l > 0:
                d = (W[l].T @ d) * _ds(sigma, zs[l - 1])
    return dW, db
