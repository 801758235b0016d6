import numpy as np


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    # stack [h, x] so that it is one product
    hx = np.hstack([prev_h, x])
    Wstack = np.vstack([Wh, Wx])
    next_h = np.tanh(hx @ Wstack + b)
    return next_h, (x, prev_h, Wx, Wh, b, next_h)


def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, b, next_h = cache
    dtanh = (1 - np.square(next_h)) * dnext_h
    db = dtanh.sum(axis=0)
    dWh = prev_h.T @ dtanh
    dWx = x.T @ dtanh
    dprev_h = dtanh @ Wh
    dx = dtanh @ Wx.T
    return dx, dprev_h, dWx, dWh, db
