import numpy as np
from numpy import einsum, exp, minimum, tanh

# sigma -> (function, derivative); 1/(1+e^-z) = (1 + tanh(z/2)) / 2
TABLE = {
    "sigmoid": (
        lambda z: exp(-np.logaddexp(0, -z)),
        lambda z: exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)),
    ),
    "tanh": (tanh, lambda z: 1 / np.cosh(minimum(abs(z), 350)) ** 2),
    "relu": (lambda z: np.clip(z, 0, None), lambda z: np.heaviside(z, 0.0)),
    "identity": (lambda z: +z, lambda z: z * 0 + 1),
}


def activation(sigma, z):
    return TABLE[sigma][0](z)


def activation_derivative(sigma, z):
    return TABLE[sigma][1](z)


def forward(W, b, h0, sigma):
    zs, hs = [], [h0]
    for l, (w, v) in enumerate(zip(W, b)):
        zs.append(einsum("ij,jk->ik", w, hs[l]) + v)
        hs.append(activation(sigma, zs[l]))
    return zs, hs


def half_squared_error(h, t):
    r = h - t
    return einsum("ik,ik->", r, r) / 2, r


def weight_jacobian(W):
    p, q = W.shape
    return einsum("pi,qj->pqij", np.eye(p), np.eye(q))


def gradient_by_index(W, zs, hs, dC, sigma):
    s2, s1, s0 = (activation_derivative(sigma, z).reshape(-1) for z in zs[-3:])
    return einsum("m,m,mn,n,ni,i,j->ij", dC[:, 0], s0, W[-1], s1, W[-2], s2, hs[-4][:, 0])


def gradient_unrolled(W, zs, hs, dC, sigma):
    s2, s1, s0 = (activation_derivative(sigma, z) for z in zs[-3:])
    top = dC * s0
    middle = einsum("mn,mo->no", W[-1], top) * s1
    low = einsum("ni,no->io", W[-2], middle) * s2
    return einsum("io,jo->ij", low, hs[-4])


def output_delta(dC, zL, sigma):
    return einsum("io,io->io", dC, activation_derivative(sigma, zL))


def hidden_delta(W_next, D_next, z, sigma):
    return einsum("ij,io,jo->jo", W_next, D_next, activation_derivative(sigma, z))


def weight_gradient(D, h_prev):
    return einsum("io,jo->ij", D, h_prev)


def bias_gradient(D):
    return +D


def layer_jacobian(W, z_prev, sigma):
    return einsum("ij,jo->ij", W, activation_derivative(sigma, z_prev))


def weight_to_preactivation_jacobian(W_next, z, h_prev, sigma):
    return einsum("qi,io,jo->qij", W_next, activation_derivative(sigma, z), h_prev)


def softmax_output_delta(zL, y):
    e = exp(zL - zL.max())
    target = (np.arange(zL.shape[0]) == y)[:, None]
    return e / e.sum() - target


def backprop_batch(W, b, H0, T, sigma):
    zs, hs = forward(W, b, H0, sigma)
    D = (hs[-1] - T) * activation_derivative(sigma, zs[-1])
    dW, db = [], []
    for l in range(len(W) - 1, -1, -1):
        dW.insert(0, einsum("ik,jk->ij", D, hs[l]))
        db.insert(0, einsum("ik->i", D)[:, None])
        if l > 0:
            D = einsum("ij,ik,jk->jk", W[l], D, activation_derivative(sigma, zs[l - 1]))
    return dW, db


def backprop(W, b, h0, t, sigma):
    return backprop_batch(W, b, h0, t, sigma)


def backprop_batch_rows(W, b, X, T, sigma):
    return backprop_batch(W, b, X.T, T.T, sigma)


def update(W, b, dW, db, learning_rate):
    step = lambda theta, grad: theta + (-learning_rate) * grad
    return tuple(list(map(step, *pair)) for pair in ((W, dW), (b, db)))
