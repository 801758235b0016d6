import numpy as np


def softmax_loss(z, y):
    N = len(z)
    if np.ndim(y) == 2:
        y = np.argmax(y, axis=1)
    z = z - np.max(z, axis=1, keepdims=True)
    log_p = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
    rows = np.arange(N)
    loss = -np.mean(log_p[rows, y])
    dz = np.exp(log_p)
    dz[rows, y] -= 1
    dz /= N
    return loss, dz


def l2_penalty(W, w, reg):
    return 0.5 * reg * (np.sum(W**2) + np.sum(w**2)), reg * W, reg * w
