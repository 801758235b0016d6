import numpy as np

from layers import *


def softmax_loss(z, y):
    N, C = z.shape
    Y = y.astype(float) if y.ndim == 2 else np.eye(C)[y]
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
    loss = -np.sum(Y * log_p) / N
    return loss, (np.exp(log_p) - Y) / N


def l2_penalty(W, w, reg):
    penalty = reg / 2 * (np.sum(W ** 2) + np.sum(w ** 2))
    return penalty, reg * W, reg * w


def two_layer_loss(params, X, y, reg):
    u, cache_u = affine_forward(X, params["W"], params["c"])
    h, cache_h = relu_forward(u)
    z, cache_z = affine_forward(h, params["w"], params["b"])
    data_loss, dz = softmax_loss(z, y)
    loss = data_loss + l2_penalty(params["W"], params["w"], reg)[0]

    grads = {}
    dh, grads["w"], grads["b"] = affine_backward(dz, cache_z)
    _, grads["W"], grads["c"] = affine_backward(relu_backward(dh, cache_h), cache_u)
    # regularization for every parameter
    for key in params:
        grads[key] += reg * params[key]
    return loss, grads


def sgd_step(params, grads, learning_rate):
    new = {}
    for key, value in params.items():
        new[key] = value - learning_rate * grads[key]
    return new


def train(params, X, y, reg, learning_rate, steps):
    losses = []
    now = dict(params)
    for step in range(steps):
        loss, grads = two_layer_loss(now, X, y, reg)
        losses.append(loss)
        now = sgd_step(now, grads, learning_rate)
    return now, losses
