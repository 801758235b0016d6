import numpy as np

es = np.einsum


def batchnorm_forward(x, gamma, beta, bn_param):
    N, D = x.shape
    eps, mom = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    rm, rv = bn_param.get("running_mean", np.zeros(D)), bn_param.get("running_var", np.zeros(D))
    if bn_param["mode"] == "test":
        bn_param.update(running_mean=rm, running_var=rv)
        return es("nd,d,d->nd", x - rm, gamma, (rv + eps) ** -0.5) + beta, None
    mu = es("nd->d", x) / N
    xc = x - mu
    var = es("nd,nd->d", xc, xc) / N
    r = (var + eps) ** -0.5
    bn_param.update(running_mean=mom * rm + (1 - mom) * mu, running_var=mom * rv + (1 - mom) * var)
    return es("nd,d,d->nd", xc, r, gamma) + beta, {"xc": xc, "r": r, "gamma": gamma}


def batchnorm_backward(dout, cache):
    xc, r, gamma = cache["xc"], cache["r"], cache["gamma"]
    N = dout.shape[0]
    dgamma, dbeta = es("nd,nd,d->d", dout, xc, r), es("nd->d", dout)
    g = es("nd,d->nd", dout, gamma)
    # the centering matrix, applied after the variance path
    gc = es("nd,d->nd", g, r) - es("nd,d,d->nd", xc, r ** 3, es("nd,nd->d", g, xc) / N)
    C = np.eye(N) - np.ones((N, N)) / N
    return es("nm,md->nd", C, gc), dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    xc, r, gamma = cache["xc"], cache["r"], cache["gamma"]
    N = len(dout)
    # the whole Jacobian of every column: J[n, m, d]
    xh = xc * r
    J = (np.eye(N)[:, :, None] - 1 / N - es("nd,md->nmd", xh, xh) / N) * r
    return es("nmd,nd,d->md", J, dout, gamma), es("nd,nd->d", dout, xh), es("nd->d", dout)


def layernorm_forward(x, gamma, beta, ln_param):
    D = x.shape[1]
    xc = x - es("nd->n", x)[:, None] / D
    r = (es("nd,nd->n", xc, xc) / D + ln_param.get("eps", 1e-5)) ** -0.5
    return es("nd,n,d->nd", xc, r, gamma) + beta, (xc, r, gamma)


def layernorm_backward(dout, cache):
    xc, r, gamma = cache
    D = xc.shape[1]
    xh = es("nd,n->nd", xc, r)
    g = es("nd,d->nd", dout, gamma)
    J = es("n,nde->nde", r, np.eye(D)[None] - 1 / D - es("nd,ne->nde", xh, xh) / D)
    return es("nde,ne->nd", J, g), es("nd,nd->d", dout, xh), es("nd->d", dout)
