import numpy as np

from layers import affine_backward, affine_forward, l2_penalty, relu_backward, relu_forward, softmax_loss


def two_layer_loss(params, X, y, reg):
    W, c, w, b = params["W"], params["c"], params["w"], params["b"]
    u, cache1 = affine_forward(X, W, c)
    h, cache2 = relu_forward(u)
    z, cache3 = affine_forward(h, w, b)
    data, dz = softmax_loss(z, y)
    penalty, dW_reg, dw_reg = l2_penalty(W, w, reg)

    dh, dw, db = affine_backward(dz, cache3)
    du = relu_backward(dh, cache2)
    dX, dW, dc = affine_backward(du, cache1)
    grads = {}
    grads["W"] = dW + dW_reg
    grads["c"] = dc
    grads["w"] = dw + dw_reg
    grads["b"] = db
    return data + penalty, grads


def sgd_step(params, grads, learning_rate):
    new = {}
    for key in params:
        theta = np.zeros(params[key].shape)
        for index in np.ndindex(*theta.shape):
            theta[index] = params[key][index] - learning_rate * grads[key][index]
        new[key] = theta
    return new


def train(params, X, y, reg, learning_rate, steps):
    losses = []
    current = {}
    for key in params:
        current[key] = params[key].copy()
    for t in range(steps):
        loss, grads = two_layer_loss(current, X, y, reg)
        losses.append(loss)
        current = sgd_step(current, grads, learning_rate)
    return current, losses
