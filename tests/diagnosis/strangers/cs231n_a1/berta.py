import numpy as np

def svm_loss_naive(W, X, y, reg):
    N = X.shape[0]
    C = W.shape[1]
    loss = 0.0
    dWT = np.zeros((C, W.shape[0]))     # easier to index by row, transposed at the end
    for i in range(N):
        s = X[i] @ W
        violated = False
        for j in range(C):
            if j == y[i]: continue
            m = s[j] - s[y[i]] + 1.0
            if m > 0:
                violated = True
                loss += m
                dWT[j] += X[i]
        # pull the correct class up if something went over the margin
        if violated:
            dWT[y[i]] += -X[i]
    loss = loss / N + 0.5 * reg * np.sum(W ** 2)
    return loss, dWT.T / N + reg * W
