import numpy as np

def two_layer_loss(params, X, y, reg):
    u = X @ params['W'] + params['c']
    h = np.maximum(u, 0)
    z = h @ params['w'] + params['b']
    N = z.shape[0]
    y = np.asarray(y)
    Y = np.eye(z.shape[1])[y] if y.ndim == 1 else y
    z = z - z.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -(Y * logp).sum() / N + 0.5 * reg * ((params['W'] ** 2).sum() + (params['w'] ** 2).sum())
    G = (np.exp(logp) - Y) / N
    du = (G @ params['w'].T) * (u > 0)
    return float(loss), {'W': X.T @ du + reg * params['W'], 'c': du.sum(0),
                         'w': h.T @ G + reg * params['w'], 'b': G.sum(0)}

def sgd_step(params, grads, learning_rate):
    return {k: params[k] - learning_rate * grads[k] for k in params}

def train(params, X, y, reg, learning_rate, steps):
    params = {k: np.array(v) for k, v in params.items()}
    losses = []
    for _ in range(steps):
        loss, grads = two_layer_loss(params, X, y, reg)
        params = sgd_step(params, grads, learning_rate)
        loss, _g = two_layer_loss(params, X, y, reg)
        losses.append(loss)
    return params, losses
