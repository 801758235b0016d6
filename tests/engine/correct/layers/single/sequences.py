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
