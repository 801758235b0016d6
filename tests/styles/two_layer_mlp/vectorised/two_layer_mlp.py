from affine import affine_backward, affine_forward
from losses import l2_penalty, softmax_loss
from relu import relu_backward, relu_forward


def two_layer_loss(params, X, y, reg):
    u, first = affine_forward(X, params["W"], params["c"])
    h, mask = relu_forward(u)
    z, second = affine_forward(h, params["w"], params["b"])
    loss, dz = softmax_loss(z, y)
    grads = {}
    dh, grads["w"], grads["b"] = affine_backward(dz, second)
    _, grads["W"], grads["c"] = affine_backward(relu_backward(dh, mask), first)
    penalty, dW, dw = l2_penalty(params["W"], params["w"], reg)
    grads["W"] += dW
    grads["w"] += dw
    return loss + penalty, grads


def sgd_step(params, grads, learning_rate):
    return {k: v - learning_rate * grads[k] for k, v in params.items()}


def train(params, X, y, reg, learning_rate, steps):
    losses = []
    params = dict(params)
    for _ in range(steps):
        loss, grads = two_layer_loss(params, X, y, reg)
        losses.append(loss)
        params = sgd_step(params, grads, learning_rate)
    return params, losses
