import math

import numpy as np


def sig(v):
    # avoid e^(big number)
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    e = math.exp(v)
    return e / (1.0 + e)


def activation(sigma, z):
    out = np.zeros(z.shape)
    for i in np.ndindex(*z.shape):
        v = z[i]
        if sigma == "sigmoid":
            out[i] = sig(v)
        elif sigma == "tanh":
            out[i] = math.tanh(v)
        elif sigma == "relu":
            out[i] = v if v > 0 else 0.0
        else:
            out[i] = v
    return out


def activation_derivative(sigma, z):
    out = np.zeros(z.shape)
    for i in np.ndindex(*z.shape):
        v = z[i]
        if sigma == "sigmoid":
            out[i] = sig(v) * (1 - sig(v))
        elif sigma == "tanh":
            out[i] = 1 - math.tanh(v) ** 2
        elif sigma == "relu":
            out[i] = 1.0 if v > 0 else 0.0
        else:
            out[i] = 1.0
    return out
