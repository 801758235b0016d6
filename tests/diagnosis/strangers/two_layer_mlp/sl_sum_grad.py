import numpy as np

def softmax_loss(z, y):
    y = np.asarray(y)
    N, C = z.shape
    Y = np.eye(C)[y] if y.ndim == 1 else y
    shifted = z - z.max(axis=1, keepdims=True)
    logp = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.mean(np.sum(Y * logp, axis=1))
    dz = np.exp(logp) - Y
    return float(loss), dz
