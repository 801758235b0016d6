import numpy as np


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    C = x.shape[1]
    rm = bn_param.get('running_mean', np.zeros(C, dtype=x.dtype))
    rv = bn_param.get('running_var', np.zeros(C, dtype=x.dtype))
    ch = lambda a: a.reshape(1, -1, 1, 1)
    cache = None
    if mode == 'train':
        mu = x.mean(axis=(0, 2, 3))
        var = x.var(axis=(0, 2, 3))
        xhat = (x - ch(mu)) / np.sqrt(ch(var) + eps)
        rm = momentum * rm + (1 - momentum) * mu
        rv = momentum * rv + (1 - momentum) * var
        cache = (xhat, gamma, np.sqrt(var + eps))
    elif mode == 'test':
        xhat = (x - ch(rm)) / np.sqrt(ch(rv) + eps)
    else:
        raise ValueError('bad mode ' + mode)
    bn_param['running_mean'], bn_param['running_var'] = rm, rv
    return ch(gamma) * xhat + ch(beta), cache


def spatial_batchnorm_backward(dout, cache):
    xhat, gamma, std = cache
    m = dout.shape[0]                  # size of the batch
    axes = (0, 2, 3)
    dgamma = np.sum(dout * xhat, axis=axes)
    dbeta = np.sum(dout, axis=axes)
    g = (gamma / std)[None, :, None, None]
    dx = g * (dout - (dbeta[None, :, None, None] + xhat * dgamma[None, :, None, None]) / m)
    return dx, dgamma, dbeta
