import numpy as np

from activations import activation_derivative


def output_delta(dC, zL, sigma):
    return dC * activation_derivative(sigma, zL)


def hidden_delta(W_next, D_next, z, sigma):
    back = W_next.T.dot(D_next)
    return back * activation_derivative(sigma, z)


def weight_gradient(D, h_prev):
    return np.outer(D, h_prev)


def bias_gradient(D):
    return D.copy()


def layer_jacobian(W, z_prev, sigma):
    return W.dot(np.diag(activation_derivative(sigma, z_prev).ravel()))


def weight_to_preactivation_jacobian(W_next, z, h_prev, sigma):
    slope = activation_derivative(sigma, z)
    J = np.zeros((W_next.shape[0], W_next.shape[1], h_prev.shape[0]))
    for q in range(J.shape[0]):
        for i in range(J.shape[1]):
            J[q, i] = W_next[q, i] * slope[i, 0] * h_prev[:, 0]
    return J


def softmax_output_delta(zL, y):
    e = np.exp(zL - np.max(zL))
    D = e / np.sum(e)
    D[y] = D[y] - 1
    return D
