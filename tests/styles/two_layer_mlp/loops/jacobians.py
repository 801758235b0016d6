import numpy as np


def affine_input_jacobian(w):
    H, C = w.shape
    J = np.zeros((C, H))
    for k in range(C):
        for j in range(H):
            J[k, j] = w[j, k]
    return J


def relu_jacobian(u):
    H = len(u)
    J = np.zeros((H, H))
    for i in range(H):
        for j in range(H):
            if i == j and u[i] > 0:
                J[i, j] = 1.0
    return J


def relu_backward_jacobian(dh, u):
    J = relu_jacobian(u)
    du = np.zeros(len(u))
    for j in range(len(u)):
        for i in range(len(dh)):
            du[j] += J[i, j] * dh[i]
    return du


def affine_bias_jacobian(H):
    J = np.zeros((H, H))
    for i in range(H):
        J[i, i] = 1.0
    return J


def numerical_jacobian(f, x, h):
    n = len(x)
    columns = []
    for j in range(n):
        plus = x.copy()
        minus = x.copy()
        plus[j] += h
        minus[j] -= h
        columns.append((np.array(f(plus)) - np.array(f(minus))) / (2 * h))
    m = len(columns[0])
    J = np.zeros((m, n))
    for j in range(n):
        for i in range(m):
            J[i, j] = columns[j][i]
    return J
