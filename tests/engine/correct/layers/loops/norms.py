# batch norm and layer norm with for loops, feature by feature / row by row
import numpy as np
from math import sqrt


def batchnorm_forward(x, gamma, beta, bn_param):
    N, D = x.shape
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(D))
    running_var = bn_param.get("running_var", np.zeros(D))
    out = np.zeros((N, D))
    cache = []
    new_mean, new_var = np.zeros(D), np.zeros(D)
    for d in range(D):
        if bn_param["mode"] == "train":
            mu = sum(x[:, d]) / N
            var = sum((v - mu) ** 2 for v in x[:, d]) / N
            new_mean[d] = momentum * running_mean[d] + (1 - momentum) * mu
            new_var[d] = momentum * running_var[d] + (1 - momentum) * var
        else:
            mu, var = running_mean[d], running_var[d]
            new_mean[d], new_var[d] = mu, var
        s = sqrt(var + eps)
        for n in range(N):
            out[n, d] = gamma[d] * (x[n, d] - mu) / s + beta[d]
        cache.append((x[:, d] - mu, s, gamma[d]))
    bn_param["running_mean"], bn_param["running_var"] = new_mean, new_var
    return out, cache


def batchnorm_backward(dout, cache):
    N, D = dout.shape
    dx = np.zeros((N, D))
    dgamma, dbeta = np.zeros(D), np.zeros(D)
    for d in range(D):
        c, s, g = cache[d]
        dvar, dmu = 0.0, 0.0
        for n in range(N):
            dgamma[d] += dout[n, d] * c[n] / s
            dbeta[d] += dout[n, d]
            dvar += dout[n, d] * g * c[n] * -0.5 / s ** 3
            dmu -= dout[n, d] * g / s
        for n in range(N):
            dx[n, d] = dout[n, d] * g / s + dvar * 2 * c[n] / N + dmu / N
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    N, D = dout.shape
    columns, dgamma, dbeta = [], [], []
    for d, (c, s, g) in enumerate(cache):
        h = c / s
        a, b = dout[:, d].sum(), (dout[:, d] * h).sum()
        columns.append(g / s * (dout[:, d] - a / N - h * b / N))
        dgamma.append(b)
        dbeta.append(a)
    return np.stack(columns, axis=1), np.array(dgamma), np.array(dbeta)


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    out = np.zeros(x.shape)
    xhat = np.zeros(x.shape)
    stds = []
    for n in range(x.shape[0]):
        mu = sum(x[n]) / x.shape[1]
        s = sqrt(sum((v - mu) ** 2 for v in x[n]) / x.shape[1] + eps)
        for d in range(x.shape[1]):
            xhat[n, d] = (x[n, d] - mu) / s
            out[n, d] = xhat[n, d] * gamma[d] + beta[d]
        stds.append(s)
    return out, (xhat, stds, gamma)


def layernorm_backward(dout, cache):
    xhat, stds, gamma = cache
    N, D = dout.shape
    dx = np.zeros((N, D))
    for n in range(N):
        g = [dout[n, d] * gamma[d] for d in range(D)]
        m1 = sum(g) / D
        m2 = sum(g[d] * xhat[n, d] for d in range(D)) / D
        for d in range(D):
            dx[n, d] = (g[d] - m1 - xhat[n, d] * m2) / stds[n]
    dgamma = np.array([sum(dout[n, d] * xhat[n, d] for n in range(N)) for d in range(D)])
    dbeta = np.array([sum(dout[n, d] for n in range(N)) for d in range(D)])
    return dx, dgamma, dbeta
