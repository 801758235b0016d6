import numpy as np

def rnn_forward(x, h0, Wx, Wh, b):
    xs = np.swapaxes(x, 0, 1)
    hs = [h0]
    for xt in xs:
        hs.append(np.tanh(xt @ Wx + hs[-1] @ Wh + b))
    return np.stack(hs[1:], axis=1), (xs, hs, Wx, Wh)

def rnn_backward(dh, cache):
    xs, hs, Wx, Wh = cache
    T = len(xs)
    up = np.swapaxes(dh, 0, 1)
    dxs = np.zeros(xs.shape)
    dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(Wh.shape[1])
    for t in reversed(range(T)):
        back = np.zeros_like(hs[0])
        da = (up[t] + back) * (1 - hs[t + 1] ** 2)
        dxs[t] = da @ Wx.T
        back += da @ Wh.T
        dWx += xs[t].T @ da
        dWh += hs[t].T @ da
        db += da.sum(axis=0)
    return np.swapaxes(dxs, 0, 1), back, dWx, dWh, db
