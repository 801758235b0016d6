import numpy as np

def input_gradient(dF, W):
    N, K = dF.shape
    D = W.shape[0]
    Wt = W.reshape(K, D)       # (K, D) so that the inner dims agree
    out = np.empty((N, D))
    for n in range(N):
        out[n] = dF[n] @ Wt
    return out
