import numpy as np


def activation(sigma, z):
    if sigma == "sigmoid":
        return 1 / (1 + np.exp(-z))
    elif sigma == "tanh":
        return np.tanh(z)
    elif sigma == "relu":
        return np.maximum(z, 0)
    else:
        return z.copy()


def activation_derivative(sigma, z):
    h = activation(sigma, z)
    if sigma == "sigmoid":
        return h * (1 - h)
    elif sigma == "tanh":
        return 1 - h * h
    elif sigma == "relu":
        return np.where(z >= 0, 1.0, 0.0)
    else:
        return np.ones(z.shape)
