import numpy as np

sig = lambda z: 1 / (1 + np.exp(-np.clip(z, -500, 500)))

def _cell(x, h, c, Wx, Wh, b):
    H = h.shape[1]
    A = x.dot(Wx) + h.dot(Wh) + b
    i, f, o, g = sig(A[:, :H]), sig(A[:, H:2*H]), sig(A[:, 2*H:3*H]), np.tanh(A[:, 3*H:])
    c2 = f * c + i * g
    return o * np.tanh(c2), c2, (x, h, c, i, f, o, g, np.tanh(c2))

def lstm_forward(x, h0, Wx, Wh, b):
    N, T, D = x.shape
    h, c, tape = h0, np.zeros_like(h0), []
    H = np.zeros((N, T, h0.shape[1]))
    for t in range(T):
        h, c, rec = _cell(x[:, t], h, c, Wx, Wh, b)
        H[:, t] = h
        tape.append(rec)
    return H, (tape, Wx, Wh)

def lstm_backward(dh, cache):
    tape, Wx, Wh = cache
    N, T, H = dh.shape
    dx = np.zeros((N, T, Wx.shape[0]))
    dWx, dWh = np.zeros_like(Wx), np.zeros_like(Wh)
    dh_c, dc = np.zeros((N, H)), np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        xt, hp, cp, i, f, o, g, tc = tape[t]
        d = dh[:, t] + dh_c
        dc = dc + d * o * (1 - tc * tc)
        dA = np.zeros((N, 4 * H))
        dA[:, :H] = dc * g * i * (1 - i)
        dA[:, H:2*H] = dc * cp * f * (1 - f)
        dA[:, 2*H:3*H] = d * tc * o * (1 - o)
        dA[:, 3*H:] = dc * i * (1 - g * g)
        dx[:, t] = dA.dot(Wx.T)
        dh_c = dA.dot(Wh.T)
        dc = dc * f
        dWx += xt.T.dot(dA)
        dWh += hp.T.dot(dA)
        db = dA.sum(axis=0)
    return dx, dh_c, dWx, dWh, db
