import numpy as np

def _sig(z):
    return 0.5 * (1 + np.tanh(0.5 * z))

ACT = {
    'sigmoid': (_sig, lambda z: _sig(z) * (1 - _sig(z))),
    'tanh': (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    'relu': (lambda z: np.maximum(z, 0.0), lambda z: (z > 0) * 1.0),
    'identity': (lambda z: z * 1.0, lambda z: np.ones(z.shape)),
}

def backprop_batch(W, b, H0, T, sigma):
    f, df = ACT[sigma]
    L, N = len(W), H0.shape[1]
    H, Z = {0: H0}, {}
    for l in range(1, L + 1):
        Z[l] = W[l-1] @ H[l-1] + b[l-1]
        H[l] = f(Z[l])
    avg = np.ones((N, 1)) / N
    dW, db = [None] * L, [None] * L
    D = (H[L] - T) * df(Z[L])
    for l in range(L, 0, -1):
        dW[l-1] = np.inner(D, H[l-1])
        db[l-1] = D @ avg
        if l > 1:
            D = (W[l-1].T @ D) * df(Z[l-1])
    return dW, db
