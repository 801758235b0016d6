import numpy as np


def _masked(scores, mask):
    return scores if mask is None else np.where(mask, scores, -np.inf)


def scaled_dot_product_attention_forward(Q, K, V, mask=None):
    E = Q.shape[-1]
    s = _masked(Q @ np.swapaxes(K, -1, -2) / np.sqrt(E), mask)
    s = s - s.max(axis=-1, keepdims=True)
    A = np.exp(s)
    A = A / A.sum(axis=-1, keepdims=True)
    return A @ V, (Q, K, V, A)


def scaled_dot_product_attention_backward(dout, cache):
    Q, K, V, A = cache
    dV = np.swapaxes(A, -1, -2) @ dout
    dA = dout @ np.swapaxes(V, -1, -2)
    # softmax, row by row
    dS = A * (dA - np.sum(dA * A, axis=-1, keepdims=True))
    dQ = dS @ K
    dK = np.swapaxes(dS, -1, -2) @ Q
    return dQ, dK, dV
