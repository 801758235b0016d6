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
