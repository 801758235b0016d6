import numpy as np

def two_layer_loss(params, X, y, reg):
    W, c = params['W'], params['c']
    w, b = params['w'], params['b']
    N = X.shape[0]
    h = np.maximum(0, X.dot(W) + c)
    z = h.dot(w) + b
    y = np.asarray(y)
    if y.ndim == 2: y = y.argmax(1)
    z = z - np.max(z, axis=1)[:, np.newaxis]
    p = np.exp(z) / np.sum(np.exp(z), axis=1)[:, np.newaxis]
    loss = np.sum(-np.log(p[range(N), y])) / N
    loss += 0.5 * reg * (np.sum(W * W) + np.sum(w * w))
    dz = p.copy()
    dz[range(N), y] -= 1
    dz /= N
    dw = h.T.dot(dz) + reg * w
    db = np.sum(dz, axis=0)
    dh = dz.dot(w.T)
    dh[h < 0] = 0     # relu
    dW = X.T.dot(dh) + reg * W
    dc = np.sum(dh, axis=0)
    return loss, {'W': dW, 'c': dc, 'w': dw, 'b': db}
