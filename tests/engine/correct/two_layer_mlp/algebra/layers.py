import numpy as np


def affine_forward(x, w, b):
    A = np.column_stack([x.reshape(len(x), -1), np.ones(len(x))])
    M = np.vstack([w, b])
    return A @ M, (A, M, x.shape)


def affine_backward(dout, cache):
    A, M, shape = cache
    dA, dM = dout @ M.T, A.T @ dout
    return dA[:, :-1].reshape(shape), dM[:-1], dM[-1]


def relu_forward(x):
    return 0.5 * (x + abs(x)), np.sign(x)


def relu_backward(dout, cache):
    return np.where(cache > 0, dout, 0.0)


def relu_jacobian(u):
    return np.diag(np.maximum(np.sign(u), 0))


def relu_backward_jacobian(dh, u):
    return relu_jacobian(u).T @ dh


def softmax_loss(z, y):
    y = np.asarray(y)
    labels = np.argmax(y, axis=1) if y.ndim > 1 else y
    N = len(z)
    gap = z - np.take_along_axis(z, labels.astype(int)[:, None], axis=1)       # against the true score
    top = np.maximum(gap.max(axis=1), 0)
    E = np.exp(gap - top[:, None])
    S = E.sum(axis=1)
    dz = E / S[:, None]
    dz[np.arange(N), labels] = -(S - E[np.arange(N), labels]) / S              # minus the others' share
    return np.mean(top + np.log(S)), dz / N


def l2_penalty(W, w, reg):
    v = np.concatenate([W.ravel(), w.ravel()])
    g = reg * v
    return 0.5 * v @ g, g[: W.size].reshape(W.shape), g[W.size:].reshape(w.shape)


def two_layer_loss(params, X, y, reg):
    out, back = X, []
    for weight, bias, last in ((params["W"], params["c"], False), (params["w"], params["b"], True)):
        out, cache = affine_forward(out, weight, bias)
        mask = None
        if not last:
            out, mask = relu_forward(out)
        back.append((cache, mask))
    loss, d = softmax_loss(out, y)
    grads = []
    for cache, mask in reversed(back):
        d = d if mask is None else relu_backward(d, mask)
        d, dw, db = affine_backward(d, cache)
        grads += [db, dw]
    penalty, rW, rw = l2_penalty(params["W"], params["w"], reg)
    return loss + penalty, dict(b=grads[0], w=grads[1] + rw, c=grads[2], W=grads[3] + rW)


def sgd_step(params, grads, learning_rate):
    return {name: np.add(value, np.multiply(-learning_rate, grads[name])) for name, value in params.items()}
