import numpy as np

f = np.float32


def affine_forward(x, w, b):
    x, w, b = x.astype(f), w.astype(f), b.astype(f)
    return x.reshape(len(x), -1) @ w + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    d = dout.astype(f)
    return (d @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ d, d.sum(axis=0)


def relu_forward(x):
    return np.maximum(x.astype(f), f(0)), x


def relu_backward(dout, cache):
    return dout.astype(f) * (cache > 0)


def l2_penalty(W, w, reg):
    W, w, reg = W.astype(f), w.astype(f), f(reg)
    return f(0.5) * reg * (np.sum(W * W) + np.sum(w * w)), reg * W, reg * w


def softmax_loss(z, y):
    z, y = z.astype(f), np.asarray(y)
    t = y.astype(f) if y.ndim == 2 else (y[:, None] == np.arange(z.shape[1])).astype(f)
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -np.sum(t * log_p) / f(len(z)), (np.exp(log_p) - t) / f(len(z))


def two_layer_loss(params, X, y, reg):
    p = {k: v.astype(f) for k, v in params.items()}
    X, reg = X.astype(f), f(reg)
    h = np.maximum(X @ p["W"] + p["c"], f(0))
    loss, dz = softmax_loss(h @ p["w"] + p["b"], y)
    du = (dz @ p["w"].T) * (h > 0)
    grads = dict(W=X.T @ du + reg * p["W"], c=du.sum(axis=0), w=h.T @ dz + reg * p["w"], b=dz.sum(axis=0))
    return loss + f(0.5) * reg * (np.sum(p["W"] ** 2) + np.sum(p["w"] ** 2)), grads
