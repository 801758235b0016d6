import numpy as np


def word_embedding_forward(x, W):
    N, T = x.shape
    out = np.zeros((N, T, W.shape[1]))
    for n in range(N):
        for t in range(T):
            out[n, t] = W[x[n, t]]
    return out, (x, W)


def word_embedding_backward(dout, cache):
    x, W = cache
    N, T, D = dout.shape
    dW = np.zeros_like(W)
    for n in range(N):
        sentence = np.zeros_like(W)
        for t in range(T):
            sentence[x[n, t]] = dout[n, t]
        dW += sentence
    return dW
