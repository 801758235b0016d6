import numpy as np

def sprime(sigma, x):
    if sigma == 'sigmoid':
        s = 1 / (1 + np.exp(-x))
        return s * (1 - s)
    if sigma == 'tanh':
        return 1 - np.tanh(x) ** 2
    if sigma == 'relu':
        return 1.0 if x > 0 else 0.0
    return 1.0

def gradient_by_index(W, zs, hs, dC, sigma):
    L = len(W)
    WL, WM = W[L - 1], W[L - 2]
    zL, zM, zK = zs[L - 1], zs[L - 2], zs[L - 3]
    hp = hs[L - 3]
    G = np.zeros(W[L - 3].shape)
    for i in range(G.shape[0]):
        for j in range(G.shape[1]):
            total = 0.0
            for p in range(WL.shape[0]):
                inner = 0.0
                for q in range(WL.shape[1]):
                    inner = WL[p, q] * sprime(sigma, zM[q, 0]) * WM[q, i]
                total += dC[p, 0] * sprime(sigma, zL[p, 0]) * inner
            G[i, j] = total * sprime(sigma, zK[i, 0]) * hp[j, 0]
    return G
