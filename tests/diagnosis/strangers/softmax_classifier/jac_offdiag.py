import numpy as np

def softmax_jacobian(f):
    z = np.exp(f - max(f))
    p = z / z.sum()
    K = p.shape[0]
    J = np.empty((K, K))
    for k in range(K):
        for j in range(K):
            if k == j:
                J[k, j] = p[k] * (1 - p[j])
            else:
                J[k, j] = p[k] * p[j]
    return J
