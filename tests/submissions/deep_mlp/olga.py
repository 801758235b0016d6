# Olga - deep networks
import numpy as np


def sig(z):
    a = np.exp(-abs(z))
    return np.where(z >= 0, 1 / (1 + a), a / (1 + a))


def activation(sigma, z):
    if sigma == "sigmoid":
        return sig(z)
    if sigma == "tanh":
        return np.tanh(z)
    if sigma == "relu":
        return np.where(z > 0, z, 0)
    return z


def activation_derivative(sigma, z):
    if sigma == "sigmoid":
        return sig(z) * sig(-z)
    if sigma == "tanh":
        return 1 - np.tanh(z) ** 2
    if sigma == "relu":
        return np.where(z > 0, 1.0, 0.0)
    return np.ones_like(z)


def forward(W, b, h0, sigma):
    zs, hs = [], [h0]
    for l in range(len(W)):
        zs.append(W[l] @ hs[l] + b[l])
        hs.append(activation(sigma, zs[l]))
    return zs, hs


def half_squared_error(h, t):
    return float(np.sum((h - t) ** 2) / 2), h - t


def weight_jacobian(W):
    p, q = W.shape
    J = np.zeros((p, q, p, q))
    for i in range(p):
        for j in range(q):
            J[i, j, i, j] = 1
    return J


def gradient_by_index(W, zs, hs, dC, sigma):
    s1 = activation_derivative(sigma, zs[-1])
    s2 = activation_derivative(sigma, zs[-2])
    s3 = activation_derivative(sigma, zs[-3])
    dW = np.zeros(W[-3].shape)
    for i in range(dW.shape[0]):
        for j in range(dW.shape[1]):
            for m in range(len(s1)):
                for n in range(len(s2)):
                    dW[i, j] += (
                        dC[m, 0] * s1[m, 0] * W[-1][m, n] * s2[n, 0] * W[-2][n, i] * s3[i, 0] * hs[-4][j, 0]
                    )
    return dW


def gradient_unrolled(W, zs, hs, dC, sigma):
    s1 = activation_derivative(sigma, zs[-1])
    s2 = activation_derivative(sigma, zs[-2])
    s3 = activation_derivative(sigma, zs[-3])
    # typed as on the page
    return W[-2].T @ (W[-1].T @ (dC * s1)) * s2 * s3 @ hs[-4].T


def output_delta(dC, zL, sigma):
    return dC * activation_derivative(sigma, zL)


def hidden_delta(W_next, D_next, z, sigma):
    return (W_next.T @ D_next) * activation_derivative(sigma, z)


def weight_gradient(D, h_prev):
    return D @ h_prev.T


def bias_gradient(D):
    return D


def layer_jacobian(W, z_prev, sigma):
    return W * activation_derivative(sigma, z_prev).T


def weight_to_preactivation_jacobian(W_next, z, h_prev, sigma):
    J = layer_jacobian(W_next, z, sigma)
    return J[:, :, None] * h_prev.T[None, :, :]


def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    D = output_delta(hs[-1] - t, zs[-1], sigma)
    dW, db = [], []
    for l in range(len(W) - 1, -1, -1):
        dW = [weight_gradient(D, hs[l])] + dW
        db = [bias_gradient(D)] + db
        if l > 0:
            D = hidden_delta(W[l], D, zs[l - 1], sigma)
    return dW, db


def softmax_output_delta(zL, y):
    p = np.exp(zL - zL.max())
    p = p / p.sum()
    p[y, 0] -= 1
    return p


def backprop_batch(W, b, H0, T, sigma):
    # works for batches as it is: the columns are the examples
    return backprop(W, b, H0, T, sigma)


def backprop_batch_rows(W, b, X, T, sigma):
    dW = [np.zeros(w.shape) for w in W]
    db = [np.zeros(v.shape) for v in b]
    for n in range(X.shape[0]):
        gW, gb = backprop(W, b, X[n][:, None], T[n][:, None], sigma)
        dW = [a + g for a, g in zip(dW, gW)]
        db = [a + g for a, g in zip(db, gb)]
    return dW, db


def update(W, b, dW, db, learning_rate):
    return [w - learning_rate * g for w, g in zip(W, dW)], [v - learning_rate * g for v, g in zip(b, db)]
