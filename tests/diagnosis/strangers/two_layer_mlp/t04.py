import numpy as np

def softmax_loss(z, y):
    y = np.asarray(y)
    N, C = z.shape
    Y = y if y.ndim == 2 else (np.arange(C)[None, :] == y[:, None])
    Y = Y.astype(float)
    s = z - z.max(1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(1, keepdims=True))
    return float(-(Y * logp).sum() / N), np.exp(logp) - Y / N
