import numpy as np

f32 = np.float32


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    x, prev_h, Wx, Wh, b = (a.astype(f32) for a in (x, prev_h, Wx, Wh, b))
    h = np.tanh(x @ Wx + prev_h @ Wh + b)
    return h, (x, prev_h, Wx, Wh, h)


def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, h = cache
    da = dnext_h.astype(f32) * (f32(1) - h * h)
    return da @ Wx.T, da @ Wh.T, x.T @ da, prev_h.T @ da, da.sum(axis=0)


def word_embedding_forward(x, W):
    return W.astype(f32)[x], (x, W.shape)


def word_embedding_backward(dout, cache):
    x, shape = cache
    dW = np.zeros(shape, dtype=f32)
    np.add.at(dW, x, dout.astype(f32))
    return dW


def temporal_affine_forward(x, w, b):
    x, w, b = x.astype(f32), w.astype(f32), b.astype(f32)
    return x @ w + b, (x, w)


def temporal_affine_backward(dout, cache):
    x, w = cache
    d = dout.astype(f32)
    return d @ w.T, np.einsum("ntd,ntm->dm", x, d), d.sum(axis=(0, 1))


def sigmoid(a):
    return f32(0.5) * (f32(1) + np.tanh(f32(0.5) * a))


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    x, prev_h, prev_c, Wx, Wh, b = (a.astype(f32) for a in (x, prev_h, prev_c, Wx, Wh, b))
    i, f, o, g = np.split(x @ Wx + prev_h @ Wh + b, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    c = f * prev_c + i * g
    return o * np.tanh(c), c, (x, prev_h, prev_c, Wx, Wh, i, f, o, g, np.tanh(c))


def lstm_step_backward(dnext_h, dnext_c, cache):
    x, prev_h, prev_c, Wx, Wh, i, f, o, g, t = cache
    dh, dc = dnext_h.astype(f32), dnext_c.astype(f32)
    dc = dc + dh * o * (f32(1) - t * t)
    da = np.hstack([dc * g * i * (1 - i), dc * prev_c * f * (1 - f), dh * t * o * (1 - o), dc * i * (1 - g * g)])
    return da @ Wx.T, da @ Wh.T, dc * f, x.T @ da, prev_h.T @ da, da.sum(axis=0)
