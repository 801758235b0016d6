from builtins import range
import numpy as np
from random import shuffle
from past.builtins import xrange


def softmax_loss_naive(W, X, y, reg):
    # Initialize the loss and gradient to zero.
    loss = 0.0
    dW = np.zeros_like(W)
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    for xi, yi in zip(X, y):
        s = xi @ W
        s = s - s.max()
        total = np.exp(s).sum()
        loss += np.log(total) - s[yi]
        for j in range(W.shape[1]):
            dW[:, j] += (np.exp(s[j]) / total - (j == yi)) * xi
    loss = loss / len(X) + reg * np.sum(W ** 2)
    dW = dW / len(X) + 2 * reg * W
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
    # Initialize the loss and gradient to zero.
    loss = 0.0
    dW = np.zeros_like(W)
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    N = X.shape[0]
    scores = X @ W
    scores -= scores.max(axis=1)[:, np.newaxis]
    e = np.exp(scores)
    S = np.sum(e, axis=1)
    loss = np.mean(-scores[np.arange(N), y] + np.log(S)) + 0.5 * reg * np.sum(W * W)
    G = e / S[:, None]
    G[np.arange(N), y] -= 1
    dW = X.T.dot(G) / N + reg * W
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return loss, dW
