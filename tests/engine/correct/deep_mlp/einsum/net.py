import numpy as np

es = np.einsum
TABLE = {
    "sigmoid": (lambda z: np.exp(-np.logaddexp(0, -z)), lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z))),
    "tanh": (np.tanh, lambda z: 4 / (np.exp(z) + np.exp(-z)) ** 2),
    "relu": (lambda z: np.where(z > 0, z, 0.0), lambda z: np.heaviside(z, 0.0)),
    "identity": (lambda z: +z, np.ones_like),
}


def activation(sigma, z):
    return TABLE[sigma][0](z)


def activation_derivative(sigma, z):
    return TABLE[sigma][1](z)


def forward(W, b, h0, sigma):
    zs, hs = [], [1.0 * h0]
    for w, v in zip(W, b):
        zs += [es("ij,jn->in", w, hs[-1]) + v]
        hs += [activation(sigma, zs[-1])]
    return zs, hs


def half_squared_error(h, t):
    r = h - t
    return es("in,in->", r, r) / 2, r


def output_delta(dC, zL, sigma):
    return es("in,in->in", dC, activation_derivative(sigma, zL))


def hidden_delta(W_next, D_next, z, sigma):
    return es("ij,in,jn->jn", W_next, D_next, activation_derivative(sigma, z))


def weight_gradient(D, h_prev):
    return es("in,jn->ij", D, h_prev)


def bias_gradient(D):
    return es("in->i", D)[:, None]


def layer_jacobian(W, z_prev, sigma):
    return es("ij,jn->ij", W, activation_derivative(sigma, z_prev))


def gradient_unrolled(W, zs, hs, dC, sigma):
    a, b, c = (activation_derivative(sigma, z)[:, 0] for z in zs[-3:])
    return es("i,ni,n,mn,m,m,j->ij", a, W[-2], b, W[-1], c, dC[:, 0], hs[-4][:, 0], optimize=True)


def softmax_output_delta(zL, y):
    p = np.exp(zL - np.logaddexp.reduce(zL, axis=0))
    p[y] -= 1
    return p


def backprop_batch(W, b, H0, T, sigma):
    zs, hs = forward(W, b, H0, sigma)
    D = es("in,in->in", hs[-1] - T, activation_derivative(sigma, zs[-1]))
    deltas = [D]
    for l in range(len(W) - 1, 0, -1):
        deltas.append(hidden_delta(W[l], deltas[-1], zs[l - 1], sigma))
    deltas.reverse()
    return [es("in,jn->ij", D, h) for D, h in zip(deltas, hs)], [es("in->i", D)[:, None] for D in deltas]


def backprop(W, b, h0, t, sigma):
    return backprop_batch(W, b, h0, t, sigma)


def backprop_batch_rows(W, b, X, T, sigma):
    zs, hs = forward(W, b, es("ni->in", X), sigma)
    dH = hs[-1] - es("ni->in", T)
    dW, db = [], []
    for w, z, h in zip(W[::-1], zs[::-1], hs[-2::-1]):
        dZ = dH * activation_derivative(sigma, z)
        dW, db = [es("in,jn->ij", dZ, h)] + dW, [dZ.sum(axis=1, keepdims=True)] + db
        dH = es("ij,in->jn", w, dZ)
    return dW, db


def update(W, b, dW, db, learning_rate):
    moved = [[p + es(",ij->ij", -learning_rate, g) for p, g in zip(ps, gs)] for ps, gs in ((W, dW), (b, db))]
    return tuple(moved)
