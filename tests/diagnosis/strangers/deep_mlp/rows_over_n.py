import numpy as np

def f(sigma, Z):
    if sigma == "sigmoid":
        return 1.0 / (1.0 + np.exp(-Z))
    elif sigma == "tanh":
        return np.tanh(Z)
    elif sigma == "relu":
        return np.maximum(Z, 0)
    else:
        return Z

def df(sigma, Z):
    if sigma == "sigmoid":
        return f(sigma, Z) * (1 - f(sigma, Z))
    elif sigma == "tanh":
        return 1 - np.tanh(Z) ** 2
    elif sigma == "relu":
        return np.where(Z > 0, 1.0, 0.0)
    else:
        return np.ones_like(Z)

def backprop_batch_rows(W, b, X, T, sigma):
    L = len(W)
    H = {0: X}
    Z = {}
    for l in range(1, L + 1):
        Z[l] = H[l - 1] @ W[l - 1].T + b[l - 1].T
        H[l] = f(sigma, Z[l])
    batch = X.shape[0]
    D = (H[L] - T) / batch * df(sigma, Z[L])
    dW = [0] * L
    db = [0] * L
    for l in range(L, 0, -1):
        dW[l - 1] = D.T @ H[l - 1]
        db[l - 1] = D.sum(axis=0).reshape(-1, 1)
        if l > 1:
            D = (D @ W[l - 1]) * df(sigma, Z[l - 1])
    return dW, db
