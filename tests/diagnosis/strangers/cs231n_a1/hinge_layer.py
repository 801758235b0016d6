import numpy as np

def svm_loss(x, y):
    """Multiclass hinge on the scores x (N, C)."""
    N, C = x.shape
    Y = np.eye(C)[y]
    correct = (x * Y).sum(1, keepdims=True)
    margins = np.clip(x - correct + 1.0, 0, None) * (1 - Y)
    loss = margins.sum(1).mean()
    on = np.sign(margins)
    dx = on - Y * on.sum(1, keepdims=True)
    return loss, dx
