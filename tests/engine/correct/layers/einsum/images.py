import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

es = np.einsum


def view(x, h, w, s):
    return sliding_window_view(x, (h, w), axis=(2, 3))[:, :, ::s, ::s]


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = es("ncijuv,fcuv->nfij", view(xp, w.shape[2], w.shape[3], s), w)
    return out + b[:, None, None], (xp, w, s, p)


def conv_backward_naive(dout, cache):
    xp, w, s, p = cache
    HH, WW = w.shape[2:]
    dw = es("ncijuv,nfij->fcuv", view(xp, HH, WW, s), dout)
    dxp = np.zeros_like(xp)
    writable = sliding_window_view(dxp, (HH, WW), axis=(2, 3), writeable=True)[:, :, ::s, ::s]
    back = es("nfij,fcuv->ncijuv", dout, w)
    for u in range(HH):
        for v in range(WW):
            writable[..., u, v] += back[..., u, v]
    return dxp[:, :, p:xp.shape[2] - p, p:xp.shape[3] - p], dw, es("nfij->f", dout)


def max_pool_forward_naive(x, pool_param):
    v = view(x, pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"])
    return v.max(axis=(4, 5)), (x, v, pool_param)


def max_pool_backward_naive(dout, cache):
    x, v, param = cache
    hot = (v == v.max(axis=(4, 5), keepdims=True)).astype(float)
    hot /= hot.sum(axis=(4, 5), keepdims=True)      # ties share
    back = es("ncij,ncijuv->ncijuv", dout, hot)
    dx, s = np.zeros_like(x), param["stride"]
    Ho, Wo = dout.shape[2:]
    for u in range(param["pool_height"]):
        for w in range(param["pool_width"]):
            dx[:, :, u:u + s * Ho:s, w:w + s * Wo:s][:, :, :Ho, :Wo] += back[..., u, w]
    return dx


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    C, n = x.shape[1], x[:, 0].size
    eps, k = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    rm, rv = bn_param.get("running_mean", np.zeros(C)), bn_param.get("running_var", np.zeros(C))
    test = bn_param["mode"] == "test"
    mu = rm if test else es("nchw->c", x) / n
    xc = es("nchw->chwn", x) - mu[:, None, None, None]
    var = rv if test else es("chwn,chwn->c", xc, xc) / n
    if not test:
        rm, rv = k * rm + (1 - k) * mu, k * rv + (1 - k) * var
    bn_param["running_mean"], bn_param["running_var"] = rm, rv
    xh = es("chwn,c->nchw", xc, 1 / np.sqrt(var + eps))
    return es("nchw,c->nchw", xh, gamma) + beta[:, None, None], (xh, gamma / np.sqrt(var + eps), n)


def spatial_batchnorm_backward(dout, cache):
    xh, scale, n = cache
    dgamma, dbeta = es("nchw,nchw->c", dout, xh), es("nchw->c", dout)
    inner = dout - (dbeta / n)[:, None, None] - es("nchw,c->nchw", xh, dgamma / n)
    return es("nchw,c->nchw", inner, scale), dgamma, dbeta


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    N, C, H, W = x.shape
    m = C // G * H * W
    xg = x.reshape(N, G, m)
    xc = xg - es("ngm->ng", xg)[..., None] / m
    r = 1 / np.sqrt(es("ngm,ngm->ng", xc, xc) / m + gn_param.get("eps", 1e-5))
    xh = es("ngm,ng->ngm", xc, r)
    return xh.reshape(x.shape) * gamma + beta, (xh, r, gamma)


def spatial_groupnorm_backward(dout, cache):
    xh, r, gamma = cache
    m = xh.shape[2]
    full = xh.reshape(dout.shape)
    g = (dout * gamma).reshape(xh.shape)
    dx = g - es("ngm->ng", g)[..., None] / m - xh * es("ngm,ngm->ng", g, xh)[..., None] / m
    dgamma = es("nchw,nchw->c", dout, full).reshape(gamma.shape)
    return es("ngm,ng->ngm", dx, r).reshape(dout.shape), dgamma, es("nchw->c", dout).reshape(gamma.shape)
