import numpy as np

def _blend(old, new, m):
    return old + m * (new - old)

def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps = bn_param['mode'], bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    N, D = x.shape
    stats = {'running_mean': bn_param.get('running_mean', np.zeros(D)),
             'running_var': bn_param.get('running_var', np.zeros(D))}
    if mode == 'train':
        batch = {'running_mean': np.mean(x, axis=0), 'running_var': np.var(x, axis=0)}
        z = (x - batch['running_mean']) / np.sqrt(batch['running_var'] + eps)
        for k in stats:
            stats[k] = _blend(stats[k], batch[k], momentum)
        cache = (z, gamma, np.sqrt(batch['running_var'] + eps))
    elif mode == 'test':
        z = (x - stats['running_mean']) / np.sqrt(stats['running_var'] + eps)
        cache = (z, gamma, np.sqrt(stats['running_var'] + eps))
    else:
        raise ValueError('mode?')
    bn_param.update(stats)
    return gamma * z + beta, cache
