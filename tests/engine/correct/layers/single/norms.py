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
