import numpy as np

def _sig(z):
    return 0.5 * (1 + np.tanh(0.5 * z))

ACT = {
    'sigmoid': (_sig, lambda z: _sig(z) * (1 - _sig(z))),
    'tanh': (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    'relu': (lambda z: np.maximum(z, 0.0), lambda z: (z > 0) * 1.0),
    'identity': (lambda z: z * 1.0, lambda z: np.ones(z.shape)),
}

def backprop(W, b, h0, t, sigma):
    s, ds = ACT[sigma]
    layers = [h0]
    for Wl, bl in zip(W, b):
        layers.append(s(Wl @ layers[-1] + bl))
    dW, db = [], []
    back = layers.pop() 
    err, out = back - t, back
    for Wl in reversed(W):
        D = err * ds(out)
        out = layers.pop()
        dW.insert(0, D * out.T)
        db.insert(0, D)
        err = Wl.T @ D
    return dW, db
