from deep_forward import forward, half_squared_error
from deep_deltas import output_delta, hidden_delta, weight_gradient, bias_gradient


def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    _, dC = half_squared_error(hs[-1], t)
    L = len(W)
    D = [None] * L
    D[L - 1] = output_delta(dC, zs[L - 1], sigma)
    for l in range(L - 2, -1, -1):
        D[l] = hidden_delta(W[l + 1], D[l + 1], zs[l], sigma)
    dW = [weight_gradient(D[l], hs[l]) for l in range(L)]
    db = [bias_gradient(D[l]) for l in range(L)]
    return dW, db


def backprop_batch(W, b, H0, T, sigma):
    raise NotImplementedError("backprop_batch")


def backprop_batch_rows(W, b, X, T, sigma):
    raise NotImplementedError("backprop_batch_rows")


def update(W, b, dW, db, learning_rate):
    new_W = [w + learning_rate * g for w, g in zip(W, dW)]
    new_b = [v + learning_rate * g for v, g in zip(b, db)]
    return new_W, new_b
