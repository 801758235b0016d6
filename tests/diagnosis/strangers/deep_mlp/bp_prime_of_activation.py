import numpy as np

def activation(sigma, z):
    if sigma == 'sigmoid':
        return 0.5 * (1 + np.tanh(0.5 * z))
    if sigma == 'tanh':
        return np.tanh(z)
    if sigma == 'relu':
        return np.maximum(z, 0)
    return np.array(z, dtype=float)

def activation_derivative(sigma, z):
    if sigma == 'sigmoid':
        s = activation(sigma, z)
        return s * (1 - s)
    if sigma == 'tanh':
        return 1 - np.tanh(z) ** 2
    if sigma == 'relu':
        return (z > 0).astype(float)
    return np.ones_like(z, dtype=float)

def backprop(W, b, h0, t, sigma):
    activations = [h0]
    for w_, b_ in zip(W, b):
        activations.append(activation(sigma, w_ @ activations[-1] + b_))
    nabla_w = [None] * len(W)
    nabla_b = [None] * len(W)
    delta = (activations[-1] - t) * activation_derivative(sigma, activations[-1])
    nabla_w[-1] = delta @ activations[-2].T
    nabla_b[-1] = delta
    for l in range(2, len(W) + 1):
        delta = W[-l + 1].T @ delta * activation_derivative(sigma, activations[-l])
        nabla_w[-l] = delta @ activations[-l - 1].T
        nabla_b[-l] = delta
    return nabla_w, nabla_b
