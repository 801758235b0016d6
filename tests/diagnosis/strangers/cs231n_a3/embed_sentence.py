import numpy as np

def word_embedding_forward(x, W):
    out = np.stack([W[sentence] for sentence in x])
    return out, (x, W.shape)

def word_embedding_backward(dout, cache):
    x, shape = cache
    dW = np.zeros(shape)
    for sentence, grad in zip(x, dout):
        # one row per word of this sentence, sentences add up
        dW[sentence] += grad
    return dW
