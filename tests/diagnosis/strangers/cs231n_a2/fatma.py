import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get('eps', 1e-5)
    mu = np.mean(x, axis=1, keepdims=True)
    var = np.var(x, axis=1, keepdims=True)
    inv_std = 1 / np.sqrt(var + eps)
    x_hat = (x - mu) * inv_std
    out = gamma * x_hat + beta
    return out, (x_hat, gamma, inv_std)


def layernorm_backward(dout, cache):
    x_hat, gamma, inv_std = cache
    N, D = dout.shape
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)

    # same as batchnorm_backward_alt
    dx_hat = dout * gamma
    s1 = dx_hat.sum(axis=0)
    s2 = (dx_hat * x_hat).sum(axis=0)
    dx = inv_std / N * (N * dx_hat - s1 - x_hat * s2)
    return dx, dgamma, dbeta
