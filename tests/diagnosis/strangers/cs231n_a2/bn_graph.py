import numpy as np

def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    mom = bn_param.get('momentum', 0.9)
    D = x.shape[1]
    rm = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
    rv = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))
    cache = None
    if mode == 'train':
        mu = x.mean(0)
        xc = x - mu
        sq = xc ** 2
        v = sq.mean(0)
        root = np.sqrt(v + eps)
        inv = 1.0 / root
        xn = xc * inv
        out = xn * gamma + beta
        rm = mom * rm + (1 - mom) * mu
        rv = mom * rv + (1 - mom) * v
        cache = dict(xc=xc, root=root, inv=inv, xn=xn, gamma=gamma)
    elif mode == 'test':
        out = (x - rm) / np.sqrt(rv + eps) * gamma + beta
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
    bn_param['running_mean'], bn_param['running_var'] = rm, rv
    return out, cache

def batchnorm_backward(dout, cache):
    N, D = dout.shape
    xc, root, inv = cache['xc'], cache['root'], cache['inv']
    dbeta = dout.sum(0)                         # node 9
    dgamma = (dout * cache['xn']).sum(0)        # node 8
    dxn = dout * cache['gamma']
    dinv = (dxn * xc).sum(0)                    # node 7
    dxc = dxn * inv
    droot = -dinv * inv                         # node 6: 1/t
    dv = 0.5 * droot / root                     # node 5: sqrt
    dsq = np.ones((N, D)) / N * dv              # node 4
    dxc = dxc + 2 * xc * dsq                    # node 3
    dmu = -dxc.sum(0)                           # node 1
    dx = dxc + np.ones((N, D)) / N * dmu
    return dx, dgamma, dbeta
