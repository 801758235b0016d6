import numpy as np


def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    scores -= scores.max(axis=1, keepdims=True)
    expo = np.exp(scores)
    # probabilities, no loop thanks to broadcasting
    Z = expo.sum(axis=0)
    probs = expo / Z
    loss = (np.log(Z) - scores)[range(N), y].mean() + reg * np.sum(W * W)

    probs[range(N), y] -= 1
    dW = X.T @ probs / N + 2 * reg * W
    return loss, dW
