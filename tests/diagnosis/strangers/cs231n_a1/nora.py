import numpy as np


def softmax_loss(x, y):
    N, C = x.shape
    shifted = x - np.max(x, axis=1, keepdims=True)
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    loss = -np.sum(log_probs[np.arange(N), y]) / N

    dx = np.exp(log_probs)
    dx[:, y] -= 1
    dx /= N
    return loss, dx
