import numpy as np


def word_embedding_forward(x, W):
    out = W[x, :]
    cache = (x, W.shape)
    return out, cache


def word_embedding_backward(dout, cache):
    x, (V, D) = cache
    dW = np.zeros((V, D))
    # flatten N and T, then add every vector to the row of its word
    dW[x.reshape(-1)] += dout.reshape(-1, D)
    return dW
