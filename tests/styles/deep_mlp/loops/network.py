import math

import numpy as np

from activations import activation, activation_derivative


def matvec(A, v):
    out = np.zeros((A.shape[0], 1))
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            out[i, 0] += A[i, j] * v[j, 0]
    return out


def forward(W, b, h0, sigma):
    zs = []
    hs = [h0]
    for l in range(len(W)):
        z = matvec(W[l], hs[l])
        for i in range(len(z)):
            z[i, 0] += b[l][i, 0]
        zs.append(z)
        hs.append(activation(sigma, z))
    return zs, hs


def half_squared_error(h, t):
    C = 0.0
    dC = np.zeros(h.shape)
    for m in range(h.shape[0]):
        C += (h[m, 0] - t[m, 0]) ** 2 / 2
        dC[m, 0] = h[m, 0] - t[m, 0]
    return C, dC


def weight_jacobian(W):
    P, Q = W.shape
    J = np.zeros((P, Q, P, Q))
    for p in range(P):
        for q in range(Q):
            J[p, q, p, q] = 1.0
    return J


def gradient_by_index(W, zs, hs, dC, sigma):
    L = len(W)
    sL = activation_derivative(sigma, zs[L - 1])
    sL1 = activation_derivative(sigma, zs[L - 2])
    sL2 = activation_derivative(sigma, zs[L - 3])
    I, J = W[L - 3].shape
    grad = np.zeros((I, J))
    for i in range(I):
        for j in range(J):
            total = 0.0
            for m in range(len(sL)):
                inner = 0.0
                for n in range(len(sL1)):
                    inner += W[L - 1][m, n] * sL1[n, 0] * W[L - 2][n, i] * sL2[i, 0] * hs[L - 3][j, 0]
                total += dC[m, 0] * sL[m, 0] * inner
            grad[i, j] = total
    return grad


def gradient_unrolled(W, zs, hs, dC, sigma):
    L = len(W)
    delta = dC * activation_derivative(sigma, zs[L - 1])
    delta = matvec(W[L - 1].T, delta) * activation_derivative(sigma, zs[L - 2])
    delta = matvec(W[L - 2].T, delta) * activation_derivative(sigma, zs[L - 3])
    return weight_gradient(delta, hs[L - 3])


def output_delta(dC, zL, sigma):
    s = activation_derivative(sigma, zL)
    D = np.zeros(zL.shape)
    for m in range(len(zL)):
        D[m, 0] = dC[m, 0] * s[m, 0]
    return D


def hidden_delta(W_next, D_next, z, sigma):
    s = activation_derivative(sigma, z)
    D = np.zeros(z.shape)
    for j in range(len(z)):
        for i in range(len(D_next)):
            D[j, 0] += W_next[i, j] * D_next[i, 0]
        D[j, 0] *= s[j, 0]
    return D


def weight_gradient(D, h_prev):
    dW = np.zeros((len(D), len(h_prev)))
    for i in range(len(D)):
        for j in range(len(h_prev)):
            dW[i, j] = D[i, 0] * h_prev[j, 0]
    return dW


def bias_gradient(D):
    db = np.zeros(D.shape)
    for i in range(len(D)):
        db[i, 0] = D[i, 0]
    return db


def layer_jacobian(W, z_prev, sigma):
    s = activation_derivative(sigma, z_prev)
    J = np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            J[i, j] = W[i, j] * s[j, 0]
    return J


def weight_to_preactivation_jacobian(W_next, z, h_prev, sigma):
    s = activation_derivative(sigma, z)
    p, n = W_next.shape
    m = len(h_prev)
    J = np.zeros((p, n, m))
    for q in range(p):
        for i in range(n):
            for j in range(m):
                J[q, i, j] = W_next[q, i] * s[i, 0] * h_prev[j, 0]
    return J


def backprop(W, b, h0, t, sigma):
    L = len(W)
    zs, hs = forward(W, b, h0, sigma)
    C, dC = half_squared_error(hs[L], t)
    dW = [None] * L
    db = [None] * L
    D = output_delta(dC, zs[L - 1], sigma)
    for l in range(L - 1, -1, -1):
        if l < L - 1:
            D = hidden_delta(W[l + 1], D, zs[l], sigma)
        dW[l] = weight_gradient(D, hs[l])
        db[l] = bias_gradient(D)
    return dW, db


def softmax_output_delta(zL, y):
    biggest = max(zL[:, 0])
    e = [math.exp(v - biggest) for v in zL[:, 0]]
    D = np.zeros(zL.shape)
    for k in range(len(e)):
        D[k, 0] = e[k] / sum(e)
        if k == y:
            D[k, 0] -= 1
    return D


def backprop_batch(W, b, H0, T, sigma):
    # one example after the other, gradients added up
    dW = [np.zeros(w.shape) for w in W]
    db = [np.zeros(v.shape) for v in b]
    for i in range(H0.shape[1]):
        gW, gb = backprop(W, b, H0[:, i:i + 1], T[:, i:i + 1], sigma)
        for l in range(len(W)):
            dW[l] += gW[l]
            db[l] += gb[l]
    return dW, db


def backprop_batch_rows(W, b, X, T, sigma):
    dW = [np.zeros(w.shape) for w in W]
    db = [np.zeros(v.shape) for v in b]
    for x, t in zip(X, T):
        gW, gb = backprop(W, b, x.reshape(-1, 1), t.reshape(-1, 1), sigma)
        for l in range(len(W)):
            dW[l] += gW[l]
            db[l] += gb[l]
    return dW, db


def update(W, b, dW, db, learning_rate):
    newW = []
    newb = []
    for l in range(len(W)):
        newW.append(W[l] - learning_rate * dW[l])
        newb.append(b[l] - learning_rate * db[l])
    return newW, newb
