import numpy as np


class Activation:
    name = None

    def __call__(self, z):
        raise NotImplementedError("subclass this")

    def slope(self, z):
        raise NotImplementedError("subclass this")


class Sigmoid(Activation):
    name = "sigmoid"

    def __call__(self, z):
        return 0.5 * (1.0 + np.tanh(0.5 * z))

    def slope(self, z):
        s = self(z)
        return s * (1.0 - s)


class Tanh(Activation):
    name = "tanh"

    def __call__(self, z):
        return np.tanh(z)

    def slope(self, z):
        h = self(z)
        return (1 - h) * (1 + h)


class ReLU(Activation):
    name = "relu"

    def __call__(self, z):
        return z * (z > 0)

    def slope(self, z):
        return 1.0 * (z > 0)


class Identity(Activation):
    name = "identity"

    def __call__(self, z):
        return z

    def slope(self, z):
        return np.ones_like(z)


ACTIVATIONS = {kind.name: kind() for kind in (Sigmoid, Tanh, ReLU, Identity)}


class Layer:
    """One layer of a network that works on columns, one example a column."""

    def __init__(self, W, b, sigma):
        self.W, self.b, self.sigma = W, b, ACTIVATIONS[sigma]

    def forward(self, h):
        self.h_prev = h
        self.z = self.W @ h + self.b
        self.h = self.sigma(self.z)
        return self.h

    def backward(self, dh):
        """dh is dC/dh of this layer; leaves dW, db and returns dC/dh of the layer below."""
        delta = dh * self.sigma.slope(self.z)
        self.dW = delta @ self.h_prev.T
        self.db = delta.sum(axis=1)[:, np.newaxis]
        return self.W.T @ delta


class Network:
    def __init__(self, W, b, sigma):
        self.layers = [Layer(w, v, sigma) for w, v in zip(W, b)]

    def forward(self, h):
        for layer in self.layers:
            h = layer.forward(h)
        return h

    def backward(self, dh):
        for layer in reversed(self.layers):
            dh = layer.backward(dh)
        return [layer.dW for layer in self.layers], [layer.db for layer in self.layers]
