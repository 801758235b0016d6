import numpy as np

# Homogeneous coordinates: [W b] [h; 1]. Derivatives as diagonal matrices.


def activation(sigma, z):
    if sigma == "sigmoid":
        return 0.5 + 0.5 * np.tanh(0.5 * z)
    if sigma == "tanh":
        return np.sign(z) * -np.expm1(-2 * abs(z)) / (1 + np.exp(-2 * abs(z)))
    if sigma == "relu":
        return (z + np.abs(z)) / 2
    return np.positive(z)


def activation_derivative(sigma, z):
    if sigma == "sigmoid":
        e = np.exp(-np.abs(z))
        return e / (1 + e) ** 2                 # even in z
    if sigma == "tanh":
        return 1 / np.cosh(z) ** 2
    if sigma == "relu":
        return (1 + np.sign(z)) // 2 * 1.0      # 1//2 at 0 is 0
    return z * 0 + 1


def slope(sigma, z):
    return np.diag(activation_derivative(sigma, z).ravel())


def forward(W, b, h0, sigma):
    hs, zs = [h0], []
    for w, v in zip(W, b):
        h1 = np.vstack([hs[-1], np.ones((1, hs[-1].shape[1]))])
        zs.append(np.hstack([w, v]) @ h1)
        hs.append(activation(sigma, zs[-1]))
    return zs, hs


def half_squared_error(h, t):
    return (h - t).T.dot(h - t).item() / 2, np.negative(t - h)


def output_delta(dC, zL, sigma):
    return slope(sigma, zL) @ dC


def layer_jacobian(W, z_prev, sigma):
    return W @ slope(sigma, z_prev)


def hidden_delta(W_next, D_next, z, sigma):
    return layer_jacobian(W_next, z, sigma).T @ D_next


def weight_gradient(D, h_prev):
    return np.kron(D, h_prev.T)


def bias_gradient(D):
    return np.eye(len(D)) @ D


def softmax_output_delta(zL, y):
    # by the full Jacobian of softmax, with the -1/p_y of the loss cancelled: column y of (p 1' - I)
    z = zL - zL.max()
    p = np.exp(z) / np.exp(z).sum()
    return (p @ np.ones((1, len(p))) - np.eye(len(p)))[:, [y]]


def gradient_unrolled(W, zs, hs, dC, sigma):
    J = layer_jacobian(W[-1], zs[-2], sigma) @ layer_jacobian(W[-2], zs[-3], sigma)
    return (dC.T @ slope(sigma, zs[-1]) @ J).T @ hs[-4].T


def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    row = (hs[-1] - t).T @ slope(sigma, zs[-1])          # dC/dz^L as a row, multiplied from the right
    dW, db = [], []
    for l in reversed(range(len(W))):
        dW.insert(0, (hs[l] @ row).T)
        db.insert(0, row.T)
        if l:
            row = row @ W[l] @ slope(sigma, zs[l - 1])
    return dW, db


def backprop_batch(W, b, H0, T, sigma):
    total = None
    for h, t in zip(H0.T, T.T):
        grads = backprop(W, b, h[:, None], t[:, None], sigma)
        total = grads if total is None else tuple([x + y for x, y in zip(p, q)] for p, q in zip(total, grads))
    return total


def backprop_batch_rows(W, b, X, T, sigma):
    A = [np.hstack([X, np.ones((len(X), 1))])]
    Z = []
    for w, v in zip(W, b):
        Z.append(A[-1] @ np.hstack([w, v]).T)
        A.append(np.hstack([activation(sigma, Z[-1]), np.ones((len(X), 1))]))
    d = (A[-1][:, :-1] - T) * activation_derivative(sigma, Z[-1])
    dW, db = [None] * len(W), [None] * len(W)
    for l in range(len(W) - 1, -1, -1):
        both = d.T @ A[l]
        dW[l], db[l] = both[:, :-1], both[:, -1:]
        if l > 0:
            d = (d @ W[l]) * activation_derivative(sigma, Z[l - 1])
    return dW, db


def update(W, b, dW, db, learning_rate):
    joined = [np.hstack([w, v]) - learning_rate * np.hstack([gw, gv]) for w, v, gw, gv in zip(W, b, dW, db)]
    return [m[:, :-1] for m in joined], [m[:, -1:] for m in joined]
