import numpy as np

class Net:
    def __init__(self, W, b, sigma):
        self.W, self.b, self.sigma = W, b, sigma

    def s(self, z):
        if self.sigma == 'sigmoid':
            return 1 / (1 + np.exp(-z))
        if self.sigma == 'tanh':
            return np.tanh(z)
        if self.sigma == 'relu':
            return np.maximum(z, 0)
        return z

    def sp(self, z):
        a = self.s(z)
        if self.sigma == 'sigmoid':
            return a * (1 - a)
        if self.sigma == 'tanh':
            return 1 - a * a
        if self.sigma == 'relu':
            return (z > 0) + 0.0
        return np.ones_like(z)

    def run(self, x):
        self.a, self.z = [x], []
        for w, c in zip(self.W, self.b):
            self.z.append(w.dot(self.a[-1]) + c)
            self.a.append(self.s(self.z[-1]))

    def back(self, target):
        err = target - self.a[-1]
        deltas = [err * self.sp(self.z[-1])]
        for i in range(len(self.W) - 1, 0, -1):
            deltas.append(self.W[i].T.dot(deltas[-1]) * self.sp(self.z[i - 1]))
        deltas.reverse()
        return [d.dot(a.T) for d, a in zip(deltas, self.a)], deltas

def backprop(W, b, h0, t, sigma):
    net = Net(W, b, sigma)
    net.run(h0)
    return net.back(t)
