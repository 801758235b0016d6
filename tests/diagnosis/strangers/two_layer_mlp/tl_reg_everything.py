import numpy as np

def two_layer_loss(params, X, y, reg):
    N = len(X)
    u = X.dot(params['W']) + params['c']
    h = u * (u > 0)
    z = h.dot(params['w']) + params['b']
    z = z - z.max(1, keepdims=True)
    lp = z - np.log(np.exp(z).sum(1, keepdims=True))
    y = np.asarray(y)
    Y = y if y.ndim == 2 else np.eye(z.shape[1])[y]
    loss = -(Y * lp).sum() / N
    loss += reg / 2 * (np.sum(params['W'] ** 2) + np.sum(params['w'] ** 2))

    G = (np.exp(lp) - Y) / N
    dh = G.dot(params['w'].T)
    du = dh * (u > 0)
    grads = dict(w=h.T.dot(G), b=G.sum(0), W=X.T.dot(du), c=du.sum(0))
    for name in grads:
        grads[name] = grads[name] + reg * params[name]
    return loss, grads
