import numpy as np


def svm_loss(x, y):
    """Multiclass hinge loss on scores x (N, C)."""
    N = x.shape[0]
    idx = np.arange(N)
    margins = np.maximum(0, x - x[idx, y, None] + 1.0)
    margins[idx, y] = 0
    loss = margins.sum() / N

    dx = np.where(margins >= 0, 1.0, 0.0)
    dx[idx, y] = 0
    dx[idx, y] -= dx.sum(axis=1)
    dx /= N
    return loss, dx
