import numpy as np


def _softmax(z):
    z = z - np.max(z, axis=1)[:, None]
    log_sum = np.log(np.sum(np.exp(z), axis=1))[:, None]
    return z - log_sum, np.exp(z - log_sum)


def _dsoftmax(p):
    return p * (1 - p)


def softmax_loss_vectorized(W, X, y, reg):
    m = X.shape[0]
    logp, p = _softmax(X.dot(W))
    onehot = np.eye(W.shape[1])[y]
    loss = -np.sum(onehot * logp) / m + 0.5 * reg * np.sum(W * W)

    # backprop: output error, then through the softmax, then the weights
    err = p - onehot
    delta = err * _dsoftmax(p)
    grad = X.T.dot(delta) / m + reg * W
    return loss, grad
