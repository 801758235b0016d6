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
    loss, grads = _data(params, X, y)
    for k, v in params.items():
        if k.isupper():                    # matrices only, no biases
            loss += 0.5 * reg * np.vdot(v, v)
            grads[k] = grads[k] + reg * v
    return float(loss), grads
