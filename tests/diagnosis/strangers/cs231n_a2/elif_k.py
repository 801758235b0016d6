import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)

    N, D = x.shape
    running_mean = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))

    def normalize(mean, var):
        std = np.sqrt(var)
        return (x - mean) / (std + eps)

    cache = None
    if mode == 'train':
        mean = x.mean(axis=0)
        var = ((x - mean) ** 2).mean(axis=0)
        x_norm = normalize(mean, var)
        cache = (x, x_norm, mean, var, gamma, eps)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    elif mode == 'test':
        x_norm = normalize(running_mean, running_var)
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
    out = gamma * x_norm + beta

    bn_param['running_mean'] = running_mean
    bn_param['running_var'] = running_var
    return out, cache
