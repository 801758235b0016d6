import math
import numpy as np


def _s(sigma, v):
    if sigma == "sigmoid":
        return 1 / (1 + math.exp(-v)) if v > 0 else math.exp(v) / (1 + math.exp(v))
    if sigma == "tanh":
        return math.tanh(v)
    if sigma == "relu":
        return v if v > 0 else 0.0
    return v


def _d(sigma, v):
    if sigma == "sigmoid":
        return _s(sigma, v) * _s(sigma, -v)
    if sigma == "tanh":
        return 1 - math.tanh(v) ** 2
    if sigma == "relu":
        return 1.0 if v > 0 else 0.0
    return 1.0


def activation(sigma, z):
    out = np.zeros(z.shape)
    for i in np.ndindex(*z.shape):
        out[i] = _s(sigma, float(z[i]))
    return out


def activation_derivative(sigma, z):
    out = np.zeros(z.shape)
    for i in np.ndindex(*z.shape):
        out[i] = _d(sigma, float(z[i]))
    return out


def forward(W, b, h0, sigma):
    zs, hs = [], [h0]
    for l in range(len(W)):
        z = np.zeros((W[l].shape[0], hs[l].shape[1]))
        for i in range(z.shape[0]):
            for n in range(z.shape[1]):
                z[i, n] = b[l][i, 0] + sum(W[l][i, j] * hs[l][j, n] for j in range(W[l].shape[1]))
        zs.append(z)
        hs.append(activation(sigma, z))
    return zs, hs


def half_squared_error(h, t):
    C = 0.0
    for a, b in zip(h.ravel(), t.ravel()):
        C += (a - b) ** 2 / 2
    return C, np.array([[a - b] for a, b in zip(h[:, 0], t[:, 0])])


def output_delta(dC, zL, sigma):
    D = np.zeros(zL.shape)
    for k in range(len(zL)):
        D[k, 0] = dC[k, 0] * _d(sigma, zL[k, 0])
    return D


def hidden_delta(W_next, D_next, z, sigma):
    D = np.zeros(z.shape)
    for j in range(z.shape[0]):
        for n in range(z.shape[1]):
            total = 0.0
            for i in range(W_next.shape[0]):
                total += W_next[i, j] * D_next[i, n]
            D[j, n] = total * _d(sigma, z[j, n])
    return D


def weight_gradient(D, h_prev):
    dW = np.zeros((D.shape[0], h_prev.shape[0]))
    for i in range(dW.shape[0]):
        for j in range(dW.shape[1]):
            for n in range(D.shape[1]):
                dW[i, j] += D[i, n] * h_prev[j, n]
    return dW


def bias_gradient(D):
    db = np.zeros((D.shape[0], 1))
    for i in range(len(D)):
        db[i, 0] = sum(D[i])
    return db


def layer_jacobian(W, z_prev, sigma):
    J = np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            J[i, j] = W[i, j] * _d(sigma, z_prev[j, 0])
    return J


def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    L = len(W)
    dW, db = [None] * L, [None] * L
    D = None
    for l in range(L - 1, -1, -1):
        D = output_delta(hs[L] - t, zs[l], sigma) if D is None else hidden_delta(W[l + 1], D, zs[l], sigma)
        dW[l], db[l] = weight_gradient(D, hs[l]), bias_gradient(D)
    return dW, db


def backprop_batch(W, b, H0, T, sigma):
    dW, db = [np.zeros(w.shape) for w in W], [np.zeros(v.shape) for v in b]
    for n in range(H0.shape[1]):
        gW, gb = backprop(W, b, H0[:, n:n + 1], T[:, n:n + 1], sigma)
        for l in range(len(W)):
            dW[l] += gW[l]
            db[l] += gb[l]
    return dW, db


def backprop_batch_rows(W, b, X, T, sigma):
    dW, db = [0.0 for _ in W], [0.0 for _ in b]
    for x, t in zip(X, T):
        gW, gb = backprop(W, b, x.reshape(-1, 1), t.reshape(-1, 1), sigma)
        dW = [a + g for a, g in zip(dW, gW)]
        db = [a + g for a, g in zip(db, gb)]
    return dW, db


def update(W, b, dW, db, learning_rate):
    new_W, new_b = [], []
    for l in range(len(W)):
        new_W.append(np.array([[W[l][i, j] - learning_rate * dW[l][i, j] for j in range(W[l].shape[1])]
                               for i in range(W[l].shape[0])]))
        new_b.append(np.array([[b[l][i, 0] - learning_rate * db[l][i, 0]] for i in range(len(b[l]))]))
    return new_W, new_b
