import numpy as np

def scores_weight_jacobian(x, K):
    D = x.shape[0]
    # df/dvec(W): block diagonal with copies of x
    J = np.kron(np.eye(K), x.reshape(1, D))
    return J.reshape(K, D, K)
