import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])

    mask = None
    out = None
    if mode == 'train':
        r = np.random.rand(*x.shape)
        mask = (r < p).astype(x.dtype)
        out = x * mask
    elif mode == 'test':
        # scale so that the expected activation is the same as in training
        out = p * x
    cache = (dropout_param, mask)
    return out.astype(x.dtype, copy=False), cache
