import numpy as np

def scores_gradient(F, y):
    num_ex, num_cls = F.shape
    dF = np.zeros(F.shape)
    for ex in range(num_ex):
        f = F[ex] - F[ex].max()
        den = np.exp(f).sum()
        for cls in range(1, num_cls):
            dF[ex, cls] = np.exp(f[cls]) / den - (cls == y[ex])
    return dF
