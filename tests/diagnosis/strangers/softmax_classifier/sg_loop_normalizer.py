import numpy as np

def scores_gradient(F, y):
    N = F.shape[0]
    K = F.shape[1]
    F = F - np.max(F, axis=0)
    E = np.exp(F)
    tot = sum(E)          # sums for the denominators
    dF = np.zeros((N, K))
    for i in range(N):
        for k in range(K):
            dF[i][k] = E[i][k] / tot[k]
            if y[i] == k:
                dF[i][k] -= 1
    return dF
