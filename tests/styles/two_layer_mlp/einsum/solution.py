import numpy as np


def flat(x):
    return np.reshape(x, (len(x), int(np.prod(x.shape[1:]))))


def affine_forward(x, w, b):
    return np.einsum("nd,dm->nm", flat(x), w) + b, {"x": x, "w": w}


def affine_backward(dout, cache):
    x, w = cache["x"], cache["w"]
    dx = np.einsum("nm,dm->nd", dout, w).reshape(x.shape)
    dw = np.einsum("nd,nm->dm", flat(x), dout)
    db = np.einsum("nm->m", dout)
    return dx, dw, db


def relu_forward(x):
    on = x > 0
    return x * on, on


def relu_backward(dout, cache):
    return np.where(cache, dout, 0.0)


def affine_input_jacobian(w):
    return np.einsum("jk->kj", w)


def relu_jacobian(u):
    return np.einsum("i,ij->ij", np.heaviside(u, 0.0), np.eye(u.size))


def relu_backward_jacobian(dh, u):
    return np.einsum("i,ij->j", dh, relu_jacobian(u))


def affine_bias_jacobian(H):
    return np.fromfunction(lambda i, j: i == j, (H, H)).astype(np.int8)


def numerical_jacobian(f, x, h):
    # all shifted copies at once: row j of `ahead` has coordinate j moved by h
    ahead = x[None, :] + h * np.eye(len(x))
    behind = x[None, :] - h * np.eye(len(x))
    diff = np.array([f(a) - f(b) for a, b in zip(ahead, behind)])
    return np.einsum("ji->ij", diff / (2 * h))


def softmax_loss(z, y):
    N, C = z.shape
    Y = y if y.ndim == 2 else np.equal.outer(y, np.arange(C))
    Y = Y * 1.0
    m = z.max(1, keepdims=True)
    log_p = z - m - np.log(np.exp(z - m).sum(1, keepdims=True))
    loss = -np.einsum("nc,nc->", Y, log_p) / N
    return loss, (np.exp(log_p) - Y) / N


def l2_penalty(W, w, reg):
    squares = np.einsum("dh,dh->", W, W) + np.einsum("hc,hc->", w, w)
    return reg * squares / 2, reg * W, reg * w


def two_layer_loss(params, X, y, reg):
    W, c, w, b = (params[k] for k in "Wcwb")
    u = np.einsum("nd,dh->nh", flat(X), W) + c
    on = u > 0
    h = u * on
    loss, dz = softmax_loss(np.einsum("nh,hk->nk", h, w) + b, y)
    penalty, dW_pen, dw_pen = l2_penalty(W, w, reg)
    du = np.einsum("nk,hk,nh->nh", dz, w, on)
    grads = dict(
        W=np.einsum("nd,nh->dh", flat(X), du) + dW_pen,
        c=np.einsum("nh->h", du),
        w=np.einsum("nh,nk->hk", h, dz) + dw_pen,
        b=np.einsum("nk->k", dz),
    )
    return loss + penalty, grads


def sgd_step(params, grads, learning_rate):
    return {name: np.subtract(params[name], np.multiply(learning_rate, grads[name])) for name in params}


def train(params, X, y, reg, learning_rate, steps):
    losses = np.zeros(steps)
    theta = {name: np.array(value) for name, value in params.items()}
    for t in range(steps):
        losses[t], grads = two_layer_loss(theta, X, y, reg)
        theta = sgd_step(theta, grads, learning_rate)
    return theta, losses
