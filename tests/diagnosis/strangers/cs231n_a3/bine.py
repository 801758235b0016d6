import numpy as np


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    a = np.einsum('nd,dh->nh', x, Wx) + np.einsum('nk,kh->nh', prev_h, Wh) + b
    h = np.tanh(a)
    return h, {'x': x, 'prev_h': prev_h, 'Wx': Wx, 'Wh': Wh, 'h': h}


def rnn_step_backward(dnext_h, cache):
    h = cache['h']
    da = dnext_h - dnext_h * h * h
    dx = np.einsum('nh,dh->nd', da, cache['Wx'])
    dprev_h = np.einsum('nh,kh->nk', da, cache['Wh'])
    dWx = np.einsum('nd,nh->dh', cache['x'], da)
    dWh = np.einsum('nk,nh->kh', h, da)
    db = da.sum(axis=0)
    return dx, dprev_h, dWx, dWh, db
