import numpy as np

def softmax_jacobian(f):
    e = np.exp(f - np.max(f))
    tot = e.sum()
    K = f.size
    J = np.zeros((K, K))
    # quotient rule: (e_k' * tot - e_k * tot') / tot^2
    for k in range(K):
        for j in range(K):
            top = e[k] if k == j else 0.0
            if top:
                J[k, j] = (top * tot - e[k] * e[j]) / tot ** 2
    return J
