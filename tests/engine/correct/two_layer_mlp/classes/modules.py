import numpy as np
from functools import reduce


class Affine:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.x = x
        return np.reshape(x, (x.shape[0], -1)) @ self.w + self.b

    def backward(self, dout):
        flat = np.reshape(self.x, (self.x.shape[0], -1))
        self.grads = flat.T @ dout, dout.sum(axis=0)
        return np.reshape(dout @ self.w.T, self.x.shape)


class ReLU:
    def forward(self, x):
        self.out = np.clip(x, 0, np.inf)
        return self.out

    def backward(self, dout):
        return dout * (self.out != 0)


class SoftmaxLoss:
    def __init__(self, y):
        self.y = np.asarray(y)

    def forward(self, z):
        shifted = z - z.max(axis=1, keepdims=True)
        self.log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.t = self.y if self.y.ndim == 2 else (np.arange(z.shape[1]) == self.y.reshape(-1, 1))
        return -(self.log_p * self.t).sum() / z.shape[0]

    def backward(self):
        return (np.exp(self.log_p) - self.t) / len(self.log_p)


def affine_forward(x, w, b):
    layer = Affine(w, b)
    return layer.forward(x), layer


def affine_backward(dout, cache):
    dx = cache.backward(dout)
    return (dx, *cache.grads)


def relu_forward(x):
    layer = ReLU()
    return layer.forward(x), layer


def relu_backward(dout, cache):
    return cache.backward(dout)


def softmax_loss(z, y):
    layer = SoftmaxLoss(y)
    return layer.forward(z), layer.backward()


def l2_penalty(W, w, reg):
    norms = [np.linalg.norm(a, "fro") for a in (W, w)]
    return 0.5 * reg * sum(n * n for n in norms), reg * W, reg * w


def two_layer_loss(params, X, y, reg):
    first, second = Affine(params["W"], params["c"]), Affine(params["w"], params["b"])
    net = [first, ReLU(), second]
    top = SoftmaxLoss(y)
    loss = top.forward(reduce(lambda value, layer: layer.forward(value), net, X))
    reduce(lambda d, layer: layer.backward(d), net[::-1], top.backward())
    penalty, dW, dw = l2_penalty(first.w, second.w, reg)
    return loss + penalty, {"W": first.grads[0] + dW, "c": first.grads[1], "w": second.grads[0] + dw,
                            "b": second.grads[1]}


class SGD:
    def __init__(self, rate):
        self.rate = rate

    def __call__(self, params, grads):
        return type(params)((k, params[k] - self.rate * grads[k]) for k in params)


def sgd_step(params, grads, learning_rate):
    return SGD(learning_rate)(params, grads)
