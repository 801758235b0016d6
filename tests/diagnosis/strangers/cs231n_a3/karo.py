import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))


def lstm_forward(x, h0, Wx, Wh, b):
    N, T, D = x.shape
    H = h0.shape[1]
    # index 0 is the initial state, index t + 1 the one after step t
    hs = np.zeros((T + 1, N, H)); hs[0] = h0
    cs = np.zeros((T + 1, N, H))
    gates = []
    for t in range(T):
        a = x[:, t] @ Wx + hs[t] @ Wh + b
        i, f, o = sigmoid(a[:, :H]), sigmoid(a[:, H:2 * H]), sigmoid(a[:, 2 * H:3 * H])
        g = np.tanh(a[:, 3 * H:])
        cs[t + 1] = f * cs[t] + i * g
        hs[t + 1] = o * np.tanh(cs[t + 1])
        gates.append((i, f, o, g))
    return hs[1:].transpose(1, 0, 2).copy(), (x, Wx, Wh, hs, cs, gates)


def lstm_backward(dh, cache):
    x, Wx, Wh, hs, cs, gates = cache
    N, T, H = dh.shape
    dx = np.zeros_like(x)
    dWx = np.zeros_like(Wx)
    dWh = np.zeros_like(Wh)
    dh_next = np.zeros((N, H))
    dc_next = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        i, f, o, g = gates[t]
        tc = np.tanh(cs[t + 1])
        dht = dh[:, t] + dh_next
        dct = dc_next + dht * o * (1 - tc ** 2)
        da = np.zeros((N, 4 * H))
        da[:, :H] = dct * g * i * (1 - i)
        da[:, H:2 * H] = dct * cs[t] * f * (1 - f)
        da[:, 2 * H:3 * H] = dht * tc * o * (1 - o)
        da[:, 3 * H:] = dct * i * (1 - g ** 2)
        dx[:, t] = da @ Wx.T
        dWx += x[:, t].T @ da
        dWh += hs[t].T @ da
        dh_next = da @ Wh.T
        dc_next = dct * f
    db = np.sum(da, axis=0)
    return dx, dh_next, dWx, dWh, db
