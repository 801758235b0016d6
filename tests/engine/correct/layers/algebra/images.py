import numpy as np

# A convolution is one product with a big sparse matrix; its backward pass is the transpose of that matrix.


def taps(H, W, HH, WW, s, p):
    """For every window, the flat place of each of its pixels in the image; -1 on the rim."""
    Ho, Wo = (H + 2 * p - HH) // s + 1, (W + 2 * p - WW) // s + 1
    rows = s * np.arange(Ho)[:, None] + np.arange(HH) - p
    cols = s * np.arange(Wo)[:, None] + np.arange(WW) - p
    place = rows[:, None, :, None] * W + cols[None, :, None, :]
    inside = ((rows >= 0) & (rows < H))[:, None, :, None] & ((cols >= 0) & (cols < W))[None, :, None, :]
    return np.where(inside, place, -1).reshape(Ho * Wo, HH * WW), (Ho, Wo)


def gather(x, place):
    flat = x.reshape(*x.shape[:2], -1)
    flat = np.concatenate([flat, np.zeros((*x.shape[:2], 1))], axis=2)     # the last entry is the rim
    return flat[:, :, place]


def conv_forward_naive(x, w, b, conv_param):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    place, (Ho, Wo) = taps(H, W, HH, WW, conv_param["stride"], conv_param["pad"])
    cols = gather(x, place).transpose(0, 2, 1, 3).reshape(N * Ho * Wo, -1)
    out = cols @ w.reshape(F, -1).T + b
    return out.reshape(N, Ho, Wo, F).transpose(0, 3, 1, 2), (cols, w, place, x.shape)


def conv_backward_naive(dout, cache):
    cols, w, place, (N, C, H, W) = cache
    F = w.shape[0]
    d = dout.transpose(0, 2, 3, 1).reshape(-1, F)
    dw, db = (cols.T @ d).T.reshape(w.shape), d.T @ np.ones(len(d))
    dcols = (d @ w.reshape(F, -1)).reshape(N, len(place), C, -1).transpose(0, 2, 1, 3)
    # the 0/1 matrix from taps to pixels
    S = np.zeros((place.size, H * W))
    inside = place.ravel() >= 0
    S[np.flatnonzero(inside), place.ravel()[inside]] = 1
    dx = dcols.reshape(N * C, -1) @ S
    return dx.reshape(N, C, H, W), dw, db


def max_pool_forward_naive(x, pool_param):
    H, W = x.shape[2:]
    place, out = taps(H, W, pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"], 0)
    windows = gather(x, place)
    best = np.argsort(windows, axis=3)[..., -1]
    chosen = place[np.arange(len(place)), best]
    return np.sort(windows, axis=3)[..., -1].reshape(*x.shape[:2], *out), (chosen, x.shape)


def max_pool_backward_naive(dout, cache):
    chosen, shape = cache
    pixels = np.arange(shape[2] * shape[3])
    picked = chosen[..., None] == pixels                       # (N, C, windows, pixels)
    dx = np.matmul(dout.reshape(*dout.shape[:2], 1, -1), picked.astype(float))
    return dx.reshape(shape)


def _flat(x):
    return np.moveaxis(x, 1, 0).reshape(x.shape[1], -1)        # (C, N H W)


def _unflat(a, shape):
    N, C, H, W = shape
    return np.moveaxis(a.reshape(C, N, H, W), 0, 1)


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    a = _flat(x)
    eps, keep = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    old = [bn_param.get(k, np.zeros(len(a))) for k in ("running_mean", "running_var")]
    now = old if bn_param["mode"] == "test" else [np.average(a, axis=1), a.var(axis=1)]
    bn_param["running_mean"], bn_param["running_var"] = (
        o if o is n else o * keep + n * (1 - keep) for o, n in zip(old, now))
    root = np.sqrt(now[1] + eps)
    xhat = (a - now[0][:, None]) / root[:, None]
    return _unflat(gamma[:, None] * xhat + beta[:, None], x.shape), (xhat, root, gamma)


def spatial_batchnorm_backward(dout, cache):
    xhat, root, gamma = cache
    d = _flat(dout)
    dbeta = d.sum(axis=1)
    dgamma = (d * xhat).sum(axis=1)
    M = d.shape[1]
    dx = (M * d - dbeta[:, None] - xhat * dgamma[:, None]) * (gamma / (M * root))[:, None]
    return _unflat(dx, dout.shape), dgamma, dbeta


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    rows = x.reshape(x.shape[0] * G, -1)
    rows = rows - rows.mean(axis=1)[:, None]
    length = np.sqrt(np.sum(rows ** 2, axis=1) / rows.shape[1] + gn_param.get("eps", 1e-5))
    xhat = rows / length[:, None]
    return beta + gamma * xhat.reshape(x.shape), {"xhat": xhat, "length": length, "gamma": gamma}


def spatial_groupnorm_backward(dout, cache):
    xhat, gamma = cache["xhat"], cache["gamma"]
    d = np.multiply(dout, gamma).reshape(xhat.shape)
    Q = np.stack([np.ones_like(xhat), xhat], axis=1) / np.sqrt(xhat.shape[1])     # (rows, 2, m)
    dx = d - np.matmul(np.matmul(d[:, None, :], Q.transpose(0, 2, 1)), Q)[:, 0]
    dgamma = (dout * xhat.reshape(dout.shape)).sum((0, 2, 3), keepdims=True)
    return (dx / cache["length"][:, None]).reshape(dout.shape), dgamma, dout.sum((0, 2, 3), keepdims=True)
