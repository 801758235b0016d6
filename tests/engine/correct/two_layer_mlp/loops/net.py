import math
import numpy as np


def affine_forward(x, w, b):
    N = x.shape[0]
    rows = [list(x[n].flatten()) for n in range(N)]
    out = np.zeros((N, w.shape[1]))
    for n in range(N):
        for m in range(w.shape[1]):
            acc = 0.0
            for d in range(w.shape[0]):
                acc += rows[n][d] * w[d, m]
            out[n, m] = acc + b[m]
    return out, (rows, w, x.shape)


def affine_backward(dout, cache):
    rows, w, shape = cache
    dx, dw, db = np.zeros((len(rows), len(w))), np.zeros(w.shape), np.zeros(w.shape[1])
    for n in range(len(rows)):
        for m in range(w.shape[1]):
            db[m] += dout[n, m]
        for d in range(len(w)):
            for m in range(w.shape[1]):
                dx[n, d] += dout[n, m] * w[d, m]
                dw[d, m] += dout[n, m] * rows[n][d]
    return dx.reshape(shape), dw, db


def relu_forward(x):
    out = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        out[i] = x[i] if x[i] > 0 else 0
    return out, x


def relu_backward(dout, cache):
    dx = np.zeros(cache.shape)
    for i in np.ndindex(*cache.shape):
        if cache[i] > 0:
            dx[i] = dout[i]
    return dx


def softmax_loss(z, y):
    y = np.array(y)
    labels = [int(row.argmax()) for row in y] if y.ndim == 2 else [int(v) for v in y]
    N, C = z.shape
    loss, dz = 0.0, np.zeros((N, C))
    for n in range(N):
        top = max(z[n])
        weights = [math.exp(v - top) for v in z[n]]
        total = math.fsum(weights)
        loss += (math.log(total) + top - z[n, labels[n]]) / N
        for c in range(C):
            dz[n, c] = (weights[c] / total - (c == labels[n])) / N
    return loss, dz


def l2_penalty(W, w, reg):
    total = 0.0
    for matrix in (W, w):
        for value in matrix.ravel():
            total += 0.5 * reg * value * value
    return total, np.array([[reg * v for v in row] for row in W]), np.array([[reg * v for v in row] for row in w])


def two_layer_loss(params, X, y, reg):
    u, first = affine_forward(X, params["W"], params["c"])
    h, mask = relu_forward(u)
    z, second = affine_forward(h, params["w"], params["b"])
    data, dz = softmax_loss(z, y)
    penalty, dW, dw = l2_penalty(params["W"], params["w"], reg)
    dh, dw_data, db = affine_backward(dz, second)
    _, dW_data, dc = affine_backward(relu_backward(dh, mask), first)
    return data + penalty, {"W": dW + dW_data, "c": dc, "w": dw + dw_data, "b": db}


def sgd_step(params, grads, learning_rate):
    stepped = {}
    for name in params:
        stepped[name] = np.array(params[name], dtype=float)
        for i in np.ndindex(*stepped[name].shape):
            stepped[name][i] -= learning_rate * grads[name][i]
    return stepped
