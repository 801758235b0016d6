import numpy as np


def softmax(z, axis):
    z = z - np.max(z, axis=axis, keepdims=True)
    ez = np.exp(z)
    return ez / np.sum(ez, axis=-2, keepdims=True)


def scaled_dot_product_attention_forward(Q, K, V, mask=None):
    d = Q.shape[-1]
    align = np.matmul(Q, np.moveaxis(K, -1, -2)) / np.sqrt(d)
    if mask is not None:
        align = np.where(mask, align, -np.inf)
    Y = softmax(align, axis=-1)
    out = np.matmul(Y, V)
    return out, (Q, K, V, Y)
