from builtins import range
import numpy as np
from random import shuffle
from past.builtins import xrange


def svm_loss_naive(W, X, y, reg):
    dW = np.zeros(W.shape)  # initialize the gradient as zero

    num_classes = W.shape[1]
    num_train = X.shape[0]
    loss = 0.0
    for i in range(num_train):
        scores = X[i].dot(W)
        correct_class_score = scores[y[i]]
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = scores[j] - correct_class_score + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss /= num_train
    loss += reg * np.sum(W * W)
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    dW /= num_train
    dW += 2 * reg * W
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return loss, dW


def svm_loss_vectorized(W, X, y, reg):
    loss = 0.0
    dW = np.zeros(W.shape)
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    rows = np.arange(X.shape[0])
    scores = X @ W
    margins = np.maximum(scores - scores[rows, y, None] + 1, 0)
    margins[rows, y] = 0
    loss = margins.sum(axis=1).mean() + reg * np.sum(W * W)
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    coeff = np.where(margins > 0, 1.0, 0.0)
    coeff[rows, y] -= np.count_nonzero(margins, axis=1)
    dW = X.T @ coeff / X.shape[0] + 2 * reg * W
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return loss, dW
