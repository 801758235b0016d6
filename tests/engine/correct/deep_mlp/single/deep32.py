import numpy as np

f = np.float32


def half_squared_error(h, t):
    r = h.astype(f) - t.astype(f)
    return f(0.5) * np.sum(r * r), r


def weight_gradient(D, h_prev):
    return D.astype(f) @ h_prev.astype(f).T


def bias_gradient(D):
    return D.astype(f)


def update(W, b, dW, db, learning_rate):
    eta = f(learning_rate)
    return ([w.astype(f) - eta * g.astype(f) for w, g in zip(W, dW)],
            [v.astype(f) - eta * g.astype(f) for v, g in zip(b, db)])


def activation(sigma, z):
    z = z.astype(f)
    if sigma == "sigmoid":
        return f(0.5) * (f(1) + np.tanh(f(0.5) * z))
    return {"tanh": np.tanh, "relu": lambda v: np.maximum(v, f(0)), "identity": np.copy}[sigma](z)


def activation_derivative(sigma, z):
    z = z.astype(f)
    if sigma == "sigmoid":
        e = np.exp(-np.abs(z))
        return e / (f(1) + e) ** 2
    if sigma == "tanh":
        return f(1) - np.tanh(z) ** 2
    return (z > 0).astype(f) if sigma == "relu" else np.ones_like(z)


def forward(W, b, h0, sigma):
    zs, hs = [], [h0.astype(f)]
    for w, v in zip(W, b):
        zs.append(w.astype(f) @ hs[-1] + v.astype(f))
        hs.append(activation(sigma, zs[-1]))
    return zs, hs


def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    D = (hs[-1] - t.astype(f)) * activation_derivative(sigma, zs[-1])
    dW, db = [D @ hs[-2].T], [D]
    for l in range(len(W) - 1, 0, -1):
        D = (W[l].astype(f).T @ D) * activation_derivative(sigma, zs[l - 1])
        dW, db = [D @ hs[l - 1].T, *dW], [D, *db]
    return dW, db
