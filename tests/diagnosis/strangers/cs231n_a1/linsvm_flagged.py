import numpy as np


def svm_loss_naive(W, X, y, reg):
    """ loops everywhere, W is (D, C) """
    Wt = W.T                        # rows are classes, easier to think about
    grad = np.zeros(Wt.shape)
    n_train = len(X)
    total = 0.0
    for idx in range(n_train):
        xi, label = X[idx], y[idx]
        sc = [Wt[c].dot(xi) for c in range(len(Wt))]
        violated = False
        for c, s in enumerate(sc):
            if c == label:
                continue
            m = s - sc[label] + 1.0
            if m <= 0:
                continue
            violated = True
            total += m
            grad[c] += xi
        if violated:
            # push the right class up
            grad[label] -= xi
    total = total / n_train + reg * (W ** 2).sum()
    dW = grad.T / n_train + 2 * reg * W
    return float(total), dW
