import numpy as np


class Normalise:
    """xhat along one axis, and back, node by node as on the graph of the well-known blog post."""

    def __init__(self, axis, eps):
        self.axis, self.eps = axis, eps

    def forward(self, x):
        ax = dict(axis=self.axis, keepdims=True)
        self.n = x.shape[self.axis]
        self.mu = np.mean(x, **ax)
        self.xmu = x - self.mu
        self.var = np.mean(self.xmu ** 2, **ax)
        self.std = np.sqrt(self.var + self.eps)
        self.xhat = self.xmu / self.std
        return self.xhat

    def backward(self, dxhat):
        ax = dict(axis=self.axis, keepdims=True)
        divar = np.sum(dxhat * self.xmu, **ax)
        dstd = divar * (-1.0 / self.std ** 2)
        dvar = dstd * 0.5 / self.std
        dsq = np.ones_like(dxhat) * dvar / self.n
        dxmu = dxhat / self.std + 2.0 * self.xmu * dsq
        dmu = -np.sum(dxmu, **ax)
        return dxmu + np.ones_like(dxhat) * dmu / self.n


class Affine:
    def __init__(self, gamma, beta):
        self.gamma, self.beta = gamma, beta

    def forward(self, xhat):
        self.xhat = xhat
        return self.gamma * xhat + self.beta

    def backward(self, dout):
        self.dgamma = np.sum(dout * self.xhat, axis=0)
        self.dbeta = np.sum(dout, axis=0)
        return dout * self.gamma


class Running:
    def __init__(self, param, D):
        self.param, self.keep = param, param.get("momentum", 0.9)
        for name in ("running_mean", "running_var"):
            param[name] = param.get(name, np.zeros(D))

    def move(self, **stats):
        for name, value in stats.items():
            self.param["running_" + name] = self.keep * self.param["running_" + name] + (1 - self.keep) * value


def batchnorm_forward(x, gamma, beta, bn_param):
    running, scale = Running(bn_param, x.shape[1]), Affine(gamma, beta)
    eps = bn_param.get("eps", 1e-5)
    if bn_param["mode"] == "test":
        return scale.forward((x - bn_param["running_mean"]) / np.sqrt(bn_param["running_var"] + eps)), None
    norm = Normalise(0, eps)
    out = scale.forward(norm.forward(x))
    running.move(mean=norm.mu[0], var=norm.var[0])
    return out, (norm, scale)


def batchnorm_backward(dout, cache):
    norm, scale = cache
    dx = norm.backward(scale.backward(dout))
    return dx, scale.dgamma, scale.dbeta


def batchnorm_backward_alt(dout, cache):
    norm, scale = cache
    g = scale.backward(dout)
    dx = (norm.n * g - g.sum(axis=0) - norm.xhat * np.sum(g * norm.xhat, axis=0)) / (norm.n * norm.std)
    return dx, scale.dgamma, scale.dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    norm, scale = Normalise(1, ln_param.get("eps", 1e-5)), Affine(gamma, beta)
    return scale.forward(norm.forward(x)), (norm, scale)


def layernorm_backward(dout, cache):
    norm, scale = cache
    return norm.backward(scale.backward(dout)), scale.dgamma, scale.dbeta
