import numpy as np

def activation(sigma, z):
    z = np.asarray(z, dtype=float)
    if sigma == 'sigmoid':
        return 0.5 + 0.5 * np.tanh(z / 2)
    if sigma == 'tanh':
        return np.tanh(z)
    return np.maximum(z, 0) if sigma == 'relu' else z.copy()

def activation_derivative(sigma, z):
    a = activation(sigma, z)
    if sigma == 'sigmoid':
        return a * (1 - a)
    if sigma == 'tanh':
        return 1 - a
    if sigma == 'relu':
        return np.where(a > 0, 1.0, 0.0)
    return np.ones_like(a)
