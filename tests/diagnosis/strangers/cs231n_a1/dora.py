import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    num_train = X.shape[0]
    rows = np.arange(num_train)

    scores = np.dot(X, W)
    correct = scores[rows, y].reshape(-1, 1)
    margins = np.maximum(0, scores - correct + 1)
    margins[rows, y] = 0
    loss = np.sum(margins) / num_train
    loss += 0.5 * reg * np.sum(W * W)

    # every positive margin pushes its own class down and
    # the right class up
    margins[rows, y] = -np.sum(margins, axis=1)
    dW = np.dot(X.T, margins) / num_train
    dW += reg * W
    return loss, dW
