import numpy as np

# The variance as mean of squares minus square of the mean, taken about the first row so that few digits cancel.


def moments(a, axis):
    first = np.take(a, [0], axis=axis)
    z = a - first
    m = z.mean(axis=axis, keepdims=True)
    v = (z * z).mean(axis=axis, keepdims=True) - m * m
    return m + first, np.maximum(v, 0)


def pull(g, xhat, inv_std, axis):
    """Project g off the two directions that normalising removes: ones, and xhat itself."""
    n = g.shape[axis]
    along_one = g.sum(axis=axis, keepdims=True) / n
    along_x = (g * xhat).sum(axis=axis, keepdims=True) / n
    return inv_std * (g - along_one - along_x * xhat)


def batchnorm_forward(x, gamma, beta, bn_param):
    D = x.shape[1]
    eps = bn_param["eps"] if "eps" in bn_param else 1e-5
    keep = bn_param["momentum"] if "momentum" in bn_param else 0.9
    bn_param.setdefault("running_mean", np.zeros(D))
    bn_param.setdefault("running_var", np.zeros(D))
    if bn_param["mode"] == "test":
        scale = gamma / np.sqrt(bn_param["running_var"] + eps)
        return x * scale + (beta - bn_param["running_mean"] * scale), None
    m, v = moments(x, 0)
    bn_param["running_mean"] = bn_param["running_mean"] + (1 - keep) * (m[0] - bn_param["running_mean"])
    bn_param["running_var"] = bn_param["running_var"] + (1 - keep) * (v[0] - bn_param["running_var"])
    inv = 1 / np.sqrt(v + eps)
    xhat = (x - m) * inv
    return xhat * gamma + beta, [xhat, inv, gamma]


def batchnorm_backward(dout, cache):
    xhat, inv, gamma = cache
    return pull(dout * gamma, xhat, inv, 0), (dout * xhat).sum(0), dout.sum(0)


def batchnorm_backward_alt(dout, cache):
    xhat, inv, gamma = cache
    N = dout.shape[0]
    dbeta, dgamma = np.ones(N) @ dout, np.diag(dout.T @ xhat)
    return (gamma * inv) * (dout - (dbeta + xhat * dgamma) / N), dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    m, v = moments(x, 1)
    inv = 1 / np.sqrt(v + ln_param.get("eps", 1e-5))
    xhat = (x - m) * inv
    return np.add(np.multiply(xhat, gamma), beta), dict(xhat=xhat, inv=inv, gamma=gamma)


def layernorm_backward(dout, cache):
    xhat = cache["xhat"]
    return pull(dout * cache["gamma"], xhat, cache["inv"], 1), (dout * xhat).sum(0), dout.sum(0)
