import numpy as np


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get('eps', 1e-5)
    N, C, H, W = x.shape
    gamma = np.reshape(gamma, (1, C, 1, 1))
    beta = np.reshape(beta, (1, C, 1, 1))
    xg = x.reshape(N, G, C // G, H, W)
    mu = xg.mean(axis=(2, 3, 4), keepdims=True)
    var = xg.var(axis=(2, 3, 4), keepdims=True)
    istd = 1.0 / np.sqrt(var + eps)
    xhat = ((xg - mu) * istd).reshape(N, C, H, W)
    cache = dict(xhat=xhat, istd=istd, gamma=gamma, G=G)
    return gamma * xhat + beta, cache


def spatial_groupnorm_backward(dout, cache):
    xhat, istd, gamma, G = (cache[k] for k in ('xhat', 'istd', 'gamma', 'G'))
    N, C, H, W = dout.shape
    dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)
    dgamma = (dout * xhat).sum(axis=(0, 2, 3), keepdims=True)

    shp = (N, G, C // G, H, W)
    dxh = (dout * gamma).reshape(shp)
    xh = xhat.reshape(shp)
    ax = (3, 4)
    m1 = dxh.mean(axis=ax, keepdims=True)
    m2 = (dxh * xh).mean(axis=ax, keepdims=True)
    dx = istd * (dxh - m1 - xh * m2)
    return dx.reshape(N, C, H, W), dgamma, dbeta
