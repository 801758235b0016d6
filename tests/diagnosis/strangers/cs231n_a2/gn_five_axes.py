import numpy as np

def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get('eps', 1e-5)
    N, C, H, W = x.shape
    g = x.reshape(N, G, C // G, H, W)
    mu = g.mean(axis=(2, 3, 4), keepdims=True)
    sd = np.sqrt(g.var(axis=(2, 3, 4), keepdims=True) + eps)
    xhat = (g - mu) / sd
    out = xhat.reshape(x.shape) * gamma.reshape(1, C, 1, 1) + beta.reshape(1, C, 1, 1)
    return out, {'xhat': xhat, 'sd': sd, 'gamma': gamma.reshape(1, C, 1, 1)}

def spatial_groupnorm_backward(dout, cache):
    xhat, sd = cache['xhat'], cache['sd']
    dbeta = dout.sum((0, 2, 3), keepdims=True)
    dgamma = (dout * xhat.reshape(dout.shape)).sum((0, 2, 3), keepdims=True)
    d = (dout * cache['gamma']).reshape(xhat.shape)
    avg = lambda t: t.mean(axis=(3, 4), keepdims=True)
    dg = (d - avg(d) - xhat * avg(d * xhat)) / sd
    return dg.reshape(dout.shape), dgamma, dbeta
