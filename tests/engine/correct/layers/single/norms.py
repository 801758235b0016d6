import numpy as np

f32 = np.float32


def layernorm_forward(x, gamma, beta, ln_param):
    x, gamma, beta = x.astype(f32), gamma.astype(f32), beta.astype(f32)
    c = x - x.mean(axis=1, keepdims=True)
    s = np.sqrt((c * c).mean(axis=1, keepdims=True) + f32(ln_param.get("eps", 1e-5)))
    return gamma * (c / s) + beta, (c / s, s, gamma)


def layernorm_backward(dout, cache):
    xhat, s, gamma = cache
    dout = dout.astype(f32)
    g = dout * gamma
    dx = (g - g.mean(axis=1, keepdims=True) - xhat * (g * xhat).mean(axis=1, keepdims=True)) / s
    return dx, (dout * xhat).sum(axis=0), dout.sum(axis=0)


def batchnorm_forward(x, gamma, beta, bn_param):
    x, gamma, beta = x.astype(f32), gamma.astype(f32), beta.astype(f32)
    eps, m = f32(bn_param.get("eps", 1e-5)), f32(bn_param.get("momentum", 0.9))
    rm = np.asarray(bn_param.get("running_mean", np.zeros(x.shape[1])), dtype=f32)
    rv = np.asarray(bn_param.get("running_var", np.zeros(x.shape[1])), dtype=f32)
    if bn_param["mode"] == "test":
        bn_param["running_mean"], bn_param["running_var"] = rm, rv
        return gamma * ((x - rm) / np.sqrt(rv + eps)) + beta, None
    mu = x.mean(axis=0)
    c = x - mu
    var = (c * c).mean(axis=0)
    bn_param["running_mean"], bn_param["running_var"] = m * rm + (1 - m) * mu, m * rv + (1 - m) * var
    s = np.sqrt(var + eps)
    return gamma * (c / s) + beta, (c / s, s, gamma)


def batchnorm_backward(dout, cache):
    xhat, s, gamma = cache
    dout = dout.astype(f32)
    g = dout * gamma
    dx = (g - g.mean(axis=0) - xhat * (g * xhat).mean(axis=0)) / s
    return dx, (dout * xhat).sum(axis=0), dout.sum(axis=0)
