import numpy as np

def weight_gradient_loop(X, dF):
    n, d_in = X.shape
    grads = np.zeros((dF.shape[1], d_in))
    for xi, gi in zip(X, dF):
        for k, g in enumerate(gi):
            grads[k] = g * xi
    return grads.T
