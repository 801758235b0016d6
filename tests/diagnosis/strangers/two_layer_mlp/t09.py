import numpy as np

def _data(p, X, y):
    n = X.shape[0]
    u = X @ p['W'] + p['c']
    h = np.maximum(u, 0)
    z = h @ p['w'] + p['b']
    z = z - z.max(axis=1, keepdims=True)
    Y = np.asarray(y)
    if Y.ndim == 1:
        Y = np.eye(z.shape[1])[Y]
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    G = (np.exp(logp) - Y) / n
    du = (G @ p['w'].T) * (u > 0)
    return -(Y * logp).sum() / n, dict(W=X.T @ du, c=du.sum(0), w=h.T @ G, b=G.sum(0))

def two_layer_loss(params, X, y, reg):
    L, g = _data(params, X, y)
    L = L + reg / 2 * sum((params[k] ** 2).sum() for k in 'Ww')
    g.update({k: g[k] + reg * params[k] for k in 'Ww'})
    return float(L), g

def train(params, X, y, reg, learning_rate, steps):
    hist = []
    theta = {k: np.array(v, dtype=float) for k, v in params.items()}
    _, g = two_layer_loss(theta, X, y, reg)
    while len(hist) < steps:
        theta = {k: theta[k] - learning_rate * g[k] for k in theta}
        L, g = two_layer_loss(theta, X, y, reg)
        hist.append(L)
    return theta, hist
