import numpy as np

def rnn_step_forward(x, prev_h, Wx, Wh, b):
    joint = np.hstack([x, prev_h])
    next_h = np.tanh(joint @ np.vstack([Wx, Wh]) + b)
    return next_h, {'x': x, 'hp': prev_h, 'Wx': Wx, 'Wh': Wh, 'h': next_h}

def rnn_step_backward(dnext_h, cache):
    h = cache['h']
    dz = (1.0 - h * h) * dnext_h
    dx = np.einsum('nh,dh->nd', dz, cache['Wx'])
    dprev_h = np.einsum('nh,hk->nk', dz, cache['Wh'])
    dWx = np.einsum('nd,nh->dh', cache['x'], dz)
    dWh = np.einsum('nk,nh->kh', cache['hp'], dz)
    db = np.einsum('nh->h', dz)
    return dx, dprev_h, dWx, dWh, db
