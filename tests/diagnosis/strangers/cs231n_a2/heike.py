import numpy as np


def dropout_forward(x, dropout_param):
    p = dropout_param['p']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    keep = None
    if dropout_param['mode'] == 'train':
        keep = np.random.rand(*x.shape) < p
        out = np.where(keep, x / p, 0.0)
    else:
        out = x.copy()
    return out, (dropout_param, keep)


def dropout_backward(dout, cache):
    dropout_param, keep = cache
    if dropout_param['mode'] == 'test':
        return dout
    dx = np.zeros_like(dout)
    dx[keep] = dout[keep]
    return dx
