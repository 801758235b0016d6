import numpy as np

def _sig(z):
    return 0.5 * (1 + np.tanh(0.5 * z))

ACT = {
    'sigmoid': (_sig, lambda z: _sig(z) * (1 - _sig(z))),
    'tanh': (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    'relu': (lambda z: np.maximum(z, 0.0), lambda z: (z > 0) * 1.0),
    'identity': (lambda z: z * 1.0, lambda z: np.ones(z.shape)),
}

def gradient_by_index(W, zs, hs, dC, sigma):
    sp = ACT[sigma][1]
    WL, Wm = W[-1], W[-2]
    a, bb, c = (sp(z).ravel() for z in (zs[-1], zs[-2], zs[-3]))
    hp = hs[-4].ravel()
    g = np.zeros(W[-3].shape)
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            total = 0.0
            inner = 0.0
            for k in range(WL.shape[1]):
                for q in range(WL.shape[0]):
                    inner += dC[q, 0] * a[q] * WL[q, k]
                total += inner * bb[k] * Wm[k, i]
            g[i, j] = total * c[i] * hp[j]
    return g
