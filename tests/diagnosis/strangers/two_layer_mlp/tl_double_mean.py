import numpy as np

def softmax_part(z, y):
    N = z.shape[0]
    z = z - z.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    loss = 0.
    dz = np.zeros_like(z)
    for i in range(N):
        loss += -np.log(p[i, y[i]]) / N
        dz[i] = p[i]
        dz[i, y[i]] -= 1
        dz[i] /= N
    return loss, dz

def two_layer_loss(params, X, y, reg):
    W, c, w, b = (params[k] for k in ('W', 'c', 'w', 'b'))
    y = np.asarray(y)
    if y.ndim == 2:
        y = y.argmax(axis=1)
    N = X.shape[0]
    u = X @ W + c
    h = np.maximum(u, 0)
    data_loss, dz = softmax_part(h @ w + b, y)
    loss = data_loss + 0.5 * reg * ((W ** 2).sum() + (w ** 2).sum())
    du = dz @ w.T * (u > 0)
    grads = {}
    grads['w'] = h.T @ dz / N + reg * w
    grads['b'] = dz.sum(0) / N
    grads['W'] = X.T @ du / N + reg * W
    grads['c'] = du.sum(0) / N
    return loss, grads
