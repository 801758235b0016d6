import numpy as np


class SoftmaxClassifier:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, X, y):
        self.X, self.y = X, y
        F = X.dot(self.W) + self.b
        F = F - F.max(1)[:, None]
        self.logp = F - np.log(np.exp(F).sum(1))[:, None]
        return float(-self.logp[np.arange(len(y)), y].sum())

    def backward(self):
        m = self.X.shape[0]
        g = np.exp(self.logp)
        g[np.arange(m), self.y] -= 1
        g *= 1.0 / m
        return self.X.T.dot(g), g.sum(0)


def softmax_classifier_loss(W, b, X, y):
    net = SoftmaxClassifier(W, b)
    loss = net.forward(X, y)
    dW, db = net.backward()
    return loss, dW, db
