import numpy as np

AX = (0, 2, 3)

def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    C = x.shape[1]
    ch = lambda v: v.reshape(1, C, 1, 1)
    eps, m = bn_param.get('eps', 1e-5), bn_param.get('momentum', 0.9)
    rm = bn_param.get('running_mean', np.zeros(C))
    rv = bn_param.get('running_var', np.zeros(C))
    if bn_param['mode'] == 'train':
        mu, var = x.mean(AX), x.var(AX)
        rm, rv = m * rm + (1 - m) * mu, m * rv + (1 - m) * var
    elif bn_param['mode'] == 'test':
        mu, var = rm, rv
    else:
        raise ValueError(bn_param['mode'])
    bn_param['running_mean'] = rm
    bn_param['running_var'] = rv
    xh = (x - ch(mu)) / ch(np.sqrt(var + eps))
    return ch(gamma) * xh + ch(beta), (xh, gamma, np.sqrt(var + eps))

def spatial_batchnorm_backward(dout, cache):
    xh, gamma, sd = cache
    M = float(len(dout))
    C = gamma.shape[0]
    dbeta = np.einsum('nchw->c', dout)
    dgamma = np.einsum('nchw,nchw->c', dout, xh)
    inner = dout - (dbeta / M).reshape(1, C, 1, 1) - xh * (dgamma / M).reshape(1, C, 1, 1)
    dx = (gamma / sd).reshape(1, C, 1, 1) * inner
    return dx, dgamma, dbeta
