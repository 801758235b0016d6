import numpy as np
from dataclasses import dataclass


@dataclass
class Batch:
    scores: np.ndarray
    labels: np.ndarray

    @property
    def n(self):
        return self.scores.shape[0]

    def at_label(self):
        return self.scores[range(self.n), self.labels][:, np.newaxis]


class Hinge:
    delta = 1.0

    def __init__(self, scores, labels):
        self.b = Batch(scores, labels)
        self.margins = np.maximum(0.0, scores - self.b.at_label() + self.delta)
        self.margins[range(self.b.n), labels] = 0.0

    def value(self):
        return np.mean(np.sum(self.margins, axis=1))

    def gradient(self):
        g = np.zeros(self.margins.shape)
        g[self.margins > 0.0] = 1.0
        g[range(self.b.n), self.b.labels] = -np.sum(g, axis=1)
        return g / self.b.n


class CrossEntropy(Hinge):
    def __init__(self, scores, labels):
        self.b = Batch(scores - np.amax(scores, axis=1, keepdims=True), labels)
        self.log_p = self.b.scores - np.log(np.sum(np.exp(self.b.scores), axis=1, keepdims=True))

    def value(self):
        return -np.mean(self.log_p[range(self.b.n), self.b.labels])

    def gradient(self):
        p = np.exp(self.log_p)
        p[range(self.b.n), self.b.labels] -= 1
        return np.divide(p, self.b.n)


class Linear:
    def __init__(self, W, reg):
        self.W, self.reg = W, reg

    def run(self, kind, X, y):
        loss = kind(X.dot(self.W), y)
        total = loss.value() + self.reg * np.sum(self.W ** 2)
        return total, X.T.dot(loss.gradient()) + 2 * self.reg * self.W

    def one_by_one(self, kind, X, y):
        total, dW = 0.0, np.zeros_like(self.W)
        for i in range(len(X)):
            value, grad = Linear(self.W, 0).run(kind, X[i:i + 1], y[i:i + 1])
            total += value
            dW += grad
        return total / len(X) + self.reg * np.sum(self.W ** 2), dW / len(X) + 2 * self.reg * self.W


def svm_loss(x, y):
    layer = Hinge(x, y)
    return layer.value(), layer.gradient()


def svm_loss_naive(W, X, y, reg):
    return Linear(W, reg).one_by_one(Hinge, X, y)


def svm_loss_vectorized(W, X, y, reg):
    return Linear(W, reg).run(Hinge, X, y)


def softmax_loss_naive(W, X, y, reg):
    return Linear(W, reg).one_by_one(CrossEntropy, X, y)


def softmax_loss_vectorized(W, X, y, reg):
    return Linear(W, reg).run(CrossEntropy, X, y)


def softmax_loss(x, y):
    layer = CrossEntropy(x, y)
    return layer.value(), layer.gradient()
