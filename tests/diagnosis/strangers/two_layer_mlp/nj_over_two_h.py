import numpy as np

def numerical_jacobian(f, x, h):
    cols = []
    for i in range(x.size):
        e = np.zeros(x.size)
        e[i] = h
        diff = np.asarray(f(x + e)) - np.asarray(f(x - e))
        cols.append(diff / 2 * h)
    return np.stack(cols, axis=1)
