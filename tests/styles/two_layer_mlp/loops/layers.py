import math

import numpy as np


def affine_forward(x, w, b):
    N = x.shape[0]
    flat = x.reshape(N, -1)
    D, M = w.shape
    out = np.zeros((N, M))
    for n in range(N):
        for m in range(M):
            s = b[m]
            for d in range(D):
                s = s + flat[n, d] * w[d, m]
            out[n, m] = s
    return out, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    N = x.shape[0]
    flat = x.reshape(N, -1)
    D, M = w.shape
    dflat = np.zeros((N, D))
    dw = np.zeros((D, M))
    db = np.zeros(M)
    for n in range(N):
        for m in range(M):
            g = dout[n, m]
            db[m] += g
            for d in range(D):
                dflat[n, d] += g * w[d, m]
                dw[d, m] += g * flat[n, d]
    return dflat.reshape(x.shape), dw, db


def relu_forward(x):
    out = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        if x[index] > 0:
            out[index] = x[index]
    return out, x


def relu_backward(dout, cache):
    x = cache
    dx = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        if x[index] > 0:
            dx[index] = dout[index]
    return dx


def softmax_loss(z, y):
    N, C = z.shape
    loss = 0.0
    dz = np.zeros((N, C))
    for i in range(N):
        # which class is the right one? two ways of saying it
        if y.ndim == 2:
            label = int(np.argmax(y[i]))
        else:
            label = int(y[i])
        top = max(z[i])
        e = [math.exp(v - top) for v in z[i]]
        total = sum(e)
        loss += -(z[i, label] - top) + math.log(total)
        for k in range(C):
            dz[i, k] = e[k] / total
        dz[i, label] -= 1
    return loss / N, dz / N


def l2_penalty(W, w, reg):
    penalty = 0.0
    dW = np.zeros(W.shape)
    dw = np.zeros(w.shape)
    for d in range(W.shape[0]):
        for h in range(W.shape[1]):
            penalty += 0.5 * reg * W[d, h] ** 2
            dW[d, h] = reg * W[d, h]
    for h in range(w.shape[0]):
        for k in range(w.shape[1]):
            penalty += 0.5 * reg * w[h, k] ** 2
            dw[h, k] = reg * w[h, k]
    return penalty, dW, dw
