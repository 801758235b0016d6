import numpy as np

def bias_gradient(dF):
    # every example has the same b so average their gradients
    ones = np.ones(dF.shape[0]) / dF.shape[0]
    return np.einsum('n,nk->k', ones, dF)
