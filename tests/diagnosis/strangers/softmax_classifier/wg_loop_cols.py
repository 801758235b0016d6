import numpy as np

def weight_gradient_loop(X, dF):
    N, D = X.shape
    K = dF.shape[1]
    dW = np.zeros((D, K))
    for i in range(N):
        for k in range(K):
            dW[:, k] = X[i] * dF[i, k]
    return dW
