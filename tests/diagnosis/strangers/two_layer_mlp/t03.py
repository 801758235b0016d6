import numpy as np

def relu_backward_jacobian(dh, u):
    H = u.shape[0]
    J = np.zeros((H, H))
    for i in range(H):
        J[i, i] = max(0.0, u[i])
    return np.einsum('ij,i->j', J, dh)
