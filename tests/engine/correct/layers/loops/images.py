# six and seven nested loops; slow, but I can see every index
import numpy as np


def pad(x, p):
    N, C, H, W = x.shape
    big = np.zeros((N, C, H + 2 * p, W + 2 * p))
    for i in range(H):
        for j in range(W):
            big[:, :, i + p, j + p] = x[:, :, i, j]
    return big


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = pad(x, p)
    Ho = (H + 2 * p - HH) // s + 1
    Wo = (W + 2 * p - WW) // s + 1
    out = np.zeros((N, F, Ho, Wo))
    for n in range(N):
        for f in range(F):
            for i in range(Ho):
                for j in range(Wo):
                    total = b[f]
                    for c in range(C):
                        for u in range(HH):
                            for v in range(WW):
                                total += xp[n, c, s * i + u, s * j + v] * w[f, c, u, v]
                    out[n, f, i, j] = total
    return out, (xp, w, x.shape, s, p)


def conv_backward_naive(dout, cache):
    xp, w, shape, s, p = cache
    N, C, H, W = shape
    F, _, HH, WW = w.shape
    dxp, dw, db = np.zeros(xp.shape), np.zeros(w.shape), np.zeros(F)
    for n in range(N):
        for f in range(F):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    d = dout[n, f, i, j]
                    db[f] += d
                    for c in range(C):
                        for u in range(HH):
                            for v in range(WW):
                                dw[f, c, u, v] += d * xp[n, c, s * i + u, s * j + v]
                                dxp[n, c, s * i + u, s * j + v] += d * w[f, c, u, v]
    return dxp[:, :, p:p + H, p:p + W], dw, db


def max_pool_forward_naive(x, pool_param):
    ph, pw, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    N, C, H, W = x.shape
    out = np.zeros((N, C, 1 + (H - ph) // s, 1 + (W - pw) // s))
    where = {}
    for n in range(N):
        for c in range(C):
            for i in range(out.shape[2]):
                for j in range(out.shape[3]):
                    best = None
                    for u in range(ph):
                        for v in range(pw):
                            value = x[n, c, s * i + u, s * j + v]
                            if best is None or value > best:
                                best = value
                                where[n, c, i, j] = (s * i + u, s * j + v)
                    out[n, c, i, j] = best
    return out, (where, x.shape)


def max_pool_backward_naive(dout, cache):
    where, shape = cache
    dx = np.zeros(shape)
    for (n, c, i, j), (a, b) in where.items():
        dx[n, c, a, b] += dout[n, c, i, j]
    return dx


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    eps, keep = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    rm = np.array(bn_param.get("running_mean", np.zeros(C)))
    rv = np.array(bn_param.get("running_var", np.zeros(C)))
    out, cache = np.zeros(x.shape), []
    for c in range(C):
        if bn_param["mode"] == "train":
            mu, var = np.mean(x[:, c]), np.var(x[:, c])
            rm[c] = keep * rm[c] + (1 - keep) * mu
            rv[c] = keep * rv[c] + (1 - keep) * var
        else:
            mu, var = rm[c], rv[c]
        xhat = (x[:, c] - mu) / np.sqrt(var + eps)
        out[:, c] = gamma[c] * xhat + beta[c]
        cache.append((xhat, np.sqrt(var + eps), gamma[c]))
    bn_param["running_mean"], bn_param["running_var"] = rm, rv
    return out, cache


def spatial_batchnorm_backward(dout, cache):
    dx, dgamma, dbeta = np.zeros(dout.shape), [], []
    for c, (xhat, s, g) in enumerate(cache):
        d = dout[:, c]
        dgamma.append(np.sum(d * xhat))
        dbeta.append(np.sum(d))
        dx[:, c] = g / s * (d - np.mean(d) - xhat * np.mean(d * xhat))
    return dx, np.array(dgamma), np.array(dbeta)


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    N, C, H, W = x.shape
    size = C // G
    out, xhat, stds = np.zeros(x.shape), np.zeros(x.shape), {}
    for n in range(N):
        for g in range(G):
            part = x[n, g * size:(g + 1) * size]
            stds[n, g] = np.sqrt(part.var() + gn_param.get("eps", 1e-5))
            xhat[n, g * size:(g + 1) * size] = (part - part.mean()) / stds[n, g]
        for c in range(C):
            out[n, c] = gamma[0, c, 0, 0] * xhat[n, c] + beta[0, c, 0, 0]
    return out, (xhat, stds, gamma, size)


def spatial_groupnorm_backward(dout, cache):
    xhat, stds, gamma, size = cache
    dx, dgamma, dbeta = np.zeros(dout.shape), np.zeros(gamma.shape), np.zeros(gamma.shape)
    for c in range(dout.shape[1]):
        dgamma[0, c, 0, 0] = (dout[:, c] * xhat[:, c]).sum()
        dbeta[0, c, 0, 0] = dout[:, c].sum()
    for (n, g), s in stds.items():
        block = slice(g * size, (g + 1) * size)
        d = dout[n, block] * gamma[0, block]
        h = xhat[n, block]
        dx[n, block] = (d - d.mean() - h * (d * h).mean()) / s
    return dx, dgamma, dbeta
