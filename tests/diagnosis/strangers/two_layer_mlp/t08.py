import numpy as np

def numerical_jacobian(f, x, h):
    half = h / 2
    def col(j):
        e = np.zeros(x.shape[0])
        e[j] = half
        return (np.asarray(f(x + e)) - np.asarray(f(x - e))) / (2 * h)
    return np.stack([col(j) for j in range(x.shape[0])], axis=-1)
