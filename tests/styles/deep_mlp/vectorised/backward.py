import numpy as np

from activations import activation, activation_derivative
from forward import forward


def weight_jacobian(W):
    return np.eye(W.size).reshape(*W.shape, *W.shape)


def gradient_by_index(W, zs, hs, dC, sigma):
    return gradient_unrolled(W, zs, hs, dC, sigma)


def gradient_unrolled(W, zs, hs, dC, sigma):
    D = output_delta(dC, zs[-1], sigma)
    D = hidden_delta(W[-1], D, zs[-2], sigma)
    D = hidden_delta(W[-2], D, zs[-3], sigma)
    return D @ hs[-4].T


def output_delta(dC, zL, sigma):
    return dC * activation_derivative(sigma, zL)


def hidden_delta(W_next, D_next, z, sigma):
    return (W_next.T @ D_next) * activation_derivative(sigma, z)


def weight_gradient(D, h_prev):
    return D @ h_prev.T


def bias_gradient(D):
    return D


def layer_jacobian(W, z_prev, sigma):
    return W * activation_derivative(sigma, z_prev).ravel()


def weight_to_preactivation_jacobian(W_next, z, h_prev, sigma):
    return layer_jacobian(W_next, z, sigma)[:, :, None] * h_prev.reshape(1, 1, -1)


def softmax_output_delta(zL, y):
    p = np.exp(zL - zL.max())
    p /= p.sum()
    p[y] -= 1
    return p


def _gradients(W, zs, hs, T, sigma):
    D = output_delta(hs[-1] - T, zs[-1], sigma)
    dW, db = [], []
    for l in reversed(range(len(W))):
        dW.append(D @ hs[l].T)
        db.append(D.sum(axis=1, keepdims=True))
        if l:
            D = hidden_delta(W[l], D, zs[l - 1], sigma)
    return dW[::-1], db[::-1]


def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    return _gradients(W, zs, hs, t, sigma)


def backprop_batch(W, b, H0, T, sigma):
    zs, hs = forward(W, b, H0, sigma)
    return _gradients(W, zs, hs, T, sigma)


def backprop_batch_rows(W, b, X, T, sigma):
    Z, H = [], [X]
    for Wl, bl in zip(W, b):
        Z.append(H[-1] @ Wl.T + bl.T)
        H.append(activation(sigma, Z[-1]))
    dZ = (H[-1] - T) * activation_derivative(sigma, Z[-1])
    dW, db = [], []
    for l in reversed(range(len(W))):
        dW.append(dZ.T @ H[l])
        db.append(dZ.sum(axis=0).reshape(-1, 1))
        if l:
            dZ = (dZ @ W[l]) * activation_derivative(sigma, Z[l - 1])
    return dW[::-1], db[::-1]


def update(W, b, dW, db, learning_rate):
    return (
        [w - learning_rate * g for w, g in zip(W, dW)],
        [v - learning_rate * g for v, g in zip(b, db)],
    )
