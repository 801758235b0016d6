import numpy as np

def softmax_row(f):
    f = f - f.max()
    return np.exp(f) / np.exp(f).sum()

def scores_gradient(F, y):
    dF = np.zeros(F.shape)
    n = 1
    while n < F.shape[0]:
        dF[n] = softmax_row(F[n])
        dF[n, y[n]] -= 1
        n += 1
    return dF
