import numpy as np

def fwd(params, X):
    a1 = X @ params['W'] + params['c']
    out = np.maximum(a1, 0) @ params['w'] + params['b']
    return out, {'x': X, 'a1': a1}

def two_layer_loss(params, X, y, reg):
    z, cache = fwd(params, X)
    n = z.shape[0]
    y = np.asarray(y)
    onehot = np.eye(z.shape[1])[y] if y.ndim == 1 else y
    z = z - z.max(1, keepdims=True)
    ls = z - np.log(np.exp(z).sum(1, keepdims=True))
    loss = -(onehot * ls).sum() / n + .5 * reg * sum((params[k] ** 2).sum() for k in 'Ww')
    dz = (np.exp(ls) - onehot) / n
    g = {}
    g['w'] = cache['a1'].T @ dz + reg * params['w']
    g['b'] = dz.sum(0)
    da = dz @ params['w'].T
    da[cache['a1'] <= 0] = 0
    g['W'] = cache['x'].T @ da + reg * params['W']
    g['c'] = da.sum(0)
    return loss, g
