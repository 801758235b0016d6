import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    D = x.shape[1]
    rm = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
    rv = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))
    if mode == 'train':
        m, v = np.mean(x, 0), np.var(x, 0)
        xn = (x - m) / np.sqrt(v + eps)
        out = xn * gamma + beta
        cache = {'xn': xn, 'gamma': gamma, 'v': v, 'eps': eps}
        rm = momentum * rm + (1 - momentum) * m
        rv = momentum * rv + (1 - momentum) * v
    elif mode == 'test':
        out = (x - rm) / np.sqrt(rv + eps) * gamma + beta
        cache = None
    else:
        raise ValueError(mode)
    bn_param['running_mean'] = rm
    bn_param['running_var'] = rv
    return out, cache


def batchnorm_backward_alt(dout, cache):
    # simplified on paper: out = gamma * (x - m) / sqrt(v + eps) + beta,
    # so d out / d x = gamma / sqrt(v + eps)
    xn = cache['xn']
    scale = cache['gamma'] / np.sqrt(cache['v'] + cache['eps'])
    dbeta = np.einsum('nd->d', dout)
    dgamma = np.einsum('nd,nd->d', dout, xn)
    dx = np.einsum('nd,d->nd', dout, scale)
    return dx, dgamma, dbeta
