import numpy as np


class Activation:
    @staticmethod
    def named(name):
        return {"sigmoid": Sigmoid, "tanh": Tanh, "relu": Rectifier, "identity": Activation}[name]()

    def f(self, z):
        return np.array(z)

    def df(self, z):
        return np.ones(z.shape)


class Sigmoid(Activation):
    def f(self, z):
        out = np.empty(z.shape)
        pos = z >= 0
        out[pos] = 1 / (1 + np.exp(-z[pos]))
        out[~pos] = np.exp(z[~pos]) / (1 + np.exp(z[~pos]))
        return out

    def df(self, z):
        return self.f(z) * self.f(-z)


class Tanh(Activation):
    def f(self, z):
        return np.tanh(z)

    def df(self, z):
        t = self.f(z)
        return (1 - t) * (1 + t)


class Rectifier(Activation):
    def f(self, z):
        return np.maximum(z, np.zeros_like(z))

    def df(self, z):
        return np.greater(z, 0).astype(np.float64)


class Layer:
    def __init__(self, W, b, act):
        self.W, self.b, self.act = W, b, act

    def forward(self, h):
        self.h = h
        self.z = np.matmul(self.W, h) + self.b
        return self.act.f(self.z)

    def backward(self, dh):
        D = dh * self.act.df(self.z)
        self.dW = np.matmul(D, np.swapaxes(self.h, 0, 1))
        self.db = np.sum(D, axis=1, keepdims=True)
        return np.matmul(np.swapaxes(self.W, 0, 1), D)


class Net:
    def __init__(self, W, b, sigma):
        act = Activation.named(sigma)
        self.layers = [Layer(w, v, act) for w, v in zip(W, b)]

    def forward(self, h):
        states = [h]
        for layer in self.layers:
            states.append(layer.forward(states[-1]))
        return [layer.z for layer in self.layers], states

    def gradients(self, h, t):
        d = self.forward(h)[1][-1] - t
        for layer in self.layers[::-1]:
            d = layer.backward(d)
        return [layer.dW for layer in self.layers], [layer.db for layer in self.layers]


def activation(sigma, z):
    return Activation.named(sigma).f(z)


def activation_derivative(sigma, z):
    return Activation.named(sigma).df(z)


def forward(W, b, h0, sigma):
    return Net(W, b, sigma).forward(h0)


def half_squared_error(h, t):
    return 0.5 * np.linalg.norm(h - t) ** 2, np.subtract(h, t)


def output_delta(dC, zL, sigma):
    return Activation.named(sigma).df(zL) * dC


def hidden_delta(W_next, D_next, z, sigma):
    return Activation.named(sigma).df(z) * np.matmul(np.transpose(W_next), D_next)


def backprop(W, b, h0, t, sigma):
    return Net(W, b, sigma).gradients(h0, t)


def backprop_batch(W, b, H0, T, sigma):
    net = Net(W, b, sigma)
    return net.gradients(H0, T)


def backprop_batch_rows(W, b, X, T, sigma):
    dW, db = Net(W, b, sigma).gradients(X.transpose(), T.transpose())
    return tuple(dW), tuple(db)


class SGD:
    def __init__(self, rate):
        self.rate = rate

    def moved(self, values, grads):
        return list(map(lambda pair: pair[0] - self.rate * pair[1], zip(values, grads)))


def update(W, b, dW, db, learning_rate):
    rule = SGD(learning_rate)
    return rule.moved(W, dW), rule.moved(b, db)
