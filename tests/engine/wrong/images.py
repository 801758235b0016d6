"""Wrong convolutions, poolings and normalisations of images."""

from tests.engine.wrong.record import DB, DBETA, DGAMMA, DX, NUMERIC, OUT, Dw, Wrong

DX_SHAPE, DB_SHAPE = "dx has shape (N, C, H, W)", "db has shape (F,)"
MEAN, VAR = "bn_param.running_mean is right after the call", "bn_param.running_var is right after the call"

RIGHT = """
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    Ho, Wo = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
    out = np.zeros((N, F, Ho, Wo))
    for n in range(N):
        for f in range(F):
            for i in range(Ho):
                for j in range(Wo):
                    window = xp[n, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
                    out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return out, (x, w, b, conv_param)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    s, p = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    dxp, dw, db = np.zeros_like(xp), np.zeros_like(w), dout.sum(axis=(0, 2, 3))
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = xp[:, :, i * s : i * s + HH, j * s : j * s + WW]
            dw += np.einsum("nf,nchw->fchw", dout[:, :, i, j], window)
            dxp[:, :, i * s : i * s + HH, j * s : j * s + WW] += np.einsum("nf,fchw->nchw", dout[:, :, i, j], w)
    return dxp[:, :, p : p + H, p : p + W], dw, db

def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    ph, pw, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    Ho, Wo = (H - ph) // s + 1, (W - pw) // s + 1
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = x[:, :, i * s : i * s + ph, j * s : j * s + pw].max(axis=(2, 3))
    return out, (x, pool_param)

def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    ph, pw, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    dx = np.zeros_like(x)
    N, C, Ho, Wo = dout.shape
    for n in range(N):
        for c in range(C):
            for i in range(Ho):
                for j in range(Wo):
                    window = x[n, c, i * s : i * s + ph, j * s : j * s + pw]
                    a, b = np.unravel_index(np.argmax(window), window.shape)
                    dx[n, c, i * s + a, j * s + b] += dout[n, c, i, j]
    return dx

def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    eps, m = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    C = x.shape[1]
    rm, rv = bn_param.get("running_mean", np.zeros(C)), bn_param.get("running_var", np.zeros(C))
    c = lambda v: v.reshape(1, C, 1, 1)
    if bn_param["mode"] == "test":
        return c(gamma) * (x - c(rm)) / np.sqrt(c(rv) + eps) + c(beta), None
    mu, var = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))
    s = np.sqrt(c(var) + eps)
    xhat = (x - c(mu)) / s
    bn_param["running_mean"], bn_param["running_var"] = m * rm + (1 - m) * mu, m * rv + (1 - m) * var
    return c(gamma) * xhat + c(beta), (x, xhat, s, c(gamma))

def spatial_batchnorm_backward(dout, cache):
    x, xhat, s, g = cache
    dgamma, dbeta = np.sum(dout * xhat, axis=(0, 2, 3)), np.sum(dout, axis=(0, 2, 3))
    d = dout * g
    dx = (d - d.mean(axis=(0, 2, 3), keepdims=True) - xhat * (d * xhat).mean(axis=(0, 2, 3), keepdims=True)) / s
    return dx, dgamma, dbeta

def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    N, C, H, W = x.shape
    eps = gn_param.get("eps", 1e-5)
    xg = x.reshape(N, G, C // G, H, W)
    mu = xg.mean(axis=(2, 3, 4), keepdims=True)
    s = np.sqrt(xg.var(axis=(2, 3, 4), keepdims=True) + eps)
    xhat = (xg - mu) / s
    return gamma * xhat.reshape(x.shape) + beta, (x, xhat, s, gamma, G)

def spatial_groupnorm_backward(dout, cache):
    x, xhat, s, gamma, G = cache
    N, C, H, W = x.shape
    xh = xhat.reshape(x.shape)
    dgamma = (dout * xh).sum(axis=(0, 2, 3), keepdims=True)
    dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)
    d = (dout * gamma).reshape(N, G, C // G, H, W)
    m = (C // G) * H * W
    dx = (m * d - d.sum(axis=(2, 3, 4), keepdims=True) - xhat * (d * xhat).sum(axis=(2, 3, 4), keepdims=True)) / (m * s)
    return dx.reshape(x.shape), dgamma, dbeta
"""


def indented(body):
    return "".join(f"    {line}\n" for line in body.strip().splitlines())


def entry(function, opening, said):
    def made(name, category, mistake, body, caught_by, warns=False):
        return Wrong(f"{said}: {name}", category, mistake, function, indented_after(opening, body), caught_by, warns)

    return made


def indented_after(opening, body):
    return opening.strip() + "\n" + indented(body)


convolving = entry(
    "conv_forward_naive",
    """
def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
""",
    "convolution",
)
convolved = entry(
    "conv_backward_naive",
    """
def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, Ho, Wo = dout.shape
""",
    "convolution backward",
)

CONVOLUTIONS = (
    convolving(
        "the filter is flipped",
        "value",
        "other",
        """
out, cache = conv_plain(x, w[:, :, ::-1, ::-1], b, conv_param)
return out, (x, w, b, conv_param)
""",
        (OUT,),
    ),
    convolving(
        "no bias",
        "value",
        "other",
        """
out, cache = conv_plain(x, w, 0 * b, conv_param)
return out, (x, w, b, conv_param)
""",
        (OUT,),
    ),
    convolving(
        "the stride is not used",
        "conditional",
        "other",
        """
xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
out = np.zeros((N, F, 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride))
for i in range(out.shape[2]):
    for j in range(out.shape[3]):
        out[:, :, i, j] = np.tensordot(xp[:, :, i:i + HH, j:j + WW], w, ([1, 2, 3], [1, 2, 3])) + b
return out, (x, w, b, conv_param)
""",
        (OUT,),
    ),
    convolving(
        "always a rim of 1",
        "conditional",
        "other",
        """
xp = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
out = np.zeros((N, F, 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride))
for i in range(out.shape[2]):
    for j in range(out.shape[3]):
        r, c = i * stride, j * stride
        out[:, :, i, j] = np.tensordot(xp[:, :, r:r + HH, c:c + WW], w, ([1, 2, 3], [1, 2, 3])) + b
return out, (x, w, b, conv_param)
""",
        (OUT,),
    ),
    convolving(
        "the rim repeats the edge",
        "value",
        "other",
        """
xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='edge')
out, _ = conv_plain(xp, w, b, {'stride': stride, 'pad': 0})
return out, (x, w, b, conv_param)
""",
        (OUT,),
    ),
    convolving(
        "only the first channel",
        "value",
        "other",
        """
out, _ = conv_plain(x[:, :1], w[:, :1], b, conv_param)
return out, (x, w, b, conv_param)
""",
        (OUT,),
    ),
    convolving(
        "width from the height of the filter where the image is square",
        "square",
        "other",
        """
out, _ = conv_plain(x, w.swapaxes(2, 3) if H == W else w, b, conv_param)
return out, (x, w, b, conv_param)
""",
        (OUT,),
    ),
    convolved(
        "dx is not cropped",
        "value",
        "conv-crop",
        """
dx, dw, db = conv_back(dout, cache, crop=False)
return dx, dw, db
""",
        (DX_SHAPE,),
    ),
    convolved(
        "an empty slice without a rim",
        "conditional",
        "conv-crop",
        """
dxp, dw, db = conv_back(dout, cache, crop=False)
return dxp[:, :, p:-p, p:-p], dw, db
""",
        (DX_SHAPE,),
    ),
    convolved(
        "crops one pixel whatever the rim",
        "conditional",
        "conv-crop",
        """
dxp, dw, db = conv_back(dout, cache, crop=False)
return dxp[:, :, 1:1 + H, 1:1 + W] if p else dxp, dw, db
""",
        (DX,),
    ),
    convolved(
        "windows overwrite one another in dx",
        "value",
        "overwrite-for-accumulate",
        """
xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
dxp, dw = np.zeros_like(xp), np.zeros_like(w)
for i in range(Ho):
    for j in range(Wo):
        sl = np.s_[:, :, i * s:i * s + HH, j * s:j * s + WW]
        dw += np.tensordot(dout[:, :, i, j], xp[sl], ([0], [0]))
        dxp[sl] = np.tensordot(dout[:, :, i, j], w, ([1], [0]))
return dxp[:, :, p:p + H, p:p + W], dw, dout.sum((0, 2, 3))
""",
        (DX, NUMERIC),
    ),
    convolved(
        "the last window's dw",
        "value",
        "overwrite-for-accumulate",
        """
xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
dx, _, db = conv_back(dout, cache)
for i in range(Ho):
    for j in range(Wo):
        dw = np.tensordot(dout[:, :, i, j], xp[:, :, i * s:i * s + HH, j * s:j * s + WW], ([0], [0]))
return dx, dw, db
""",
        (Dw, NUMERIC),
    ),
    convolved(
        "dw of the last example",
        "value",
        "overwrite-for-accumulate",
        """
dx, _, db = conv_back(dout, cache)
for n in range(N):
    _, dw, _ = conv_back(dout[n:n + 1], (x[n:n + 1], w, b, conv_param))
return dx, dw, db
""",
        (Dw, NUMERIC),
    ),
    convolved(
        "dw from the image without its rim",
        "value",
        "wrong-operand",
        """
dx, _, db = conv_back(dout, cache)
dw = np.zeros_like(w)
xp = np.pad(x, ((0, 0), (0, 0), (0, 2 * p), (0, 2 * p)))
for i in range(Ho):
    for j in range(Wo):
        dw += np.tensordot(dout[:, :, i, j], xp[:, :, i * s:i * s + HH, j * s:j * s + WW], ([0], [0]))
return dx, dw, db
""",
        (Dw, NUMERIC),
    ),
    convolved(
        "dx with the filter flipped",
        "value",
        "other",
        """
dx, _, _ = conv_back(dout, (x, np.flip(w, (2, 3)), b, conv_param))
_, dw, db = conv_back(dout, cache)
return dx, dw, db
""",
        (DX, NUMERIC),
    ),
    convolved(
        "db is summed over images alone",
        "value",
        "bias-not-summed",
        """
dx, dw, _ = conv_back(dout, cache)
return dx, dw, dout.sum(axis=0)
""",
        (DB_SHAPE,),
    ),
    convolved(
        "db is a mean over the batch",
        "value",
        "bias-mean",
        """
dx, dw, db = conv_back(dout, cache)
return dx, dw, db / N
""",
        (DB, NUMERIC),
    ),
    convolved(
        "db forgets the rows",
        "value",
        "bias-not-summed",
        """
dx, dw, db = conv_back(dout, cache)
return dx, dw, dout[:, :, 0, :].sum(axis=(0, 2))
""",
        (DB, NUMERIC),
    ),
    convolved(
        "db sums filters for images where sizes are equal",
        "square",
        "transpose",
        """
dx, dw, db = conv_back(dout, cache)
return dx, dw, dout.sum(axis=(1, 2, 3)) if N == F and N > 1 else db
""",
        (DB,),
    ),
    convolved(
        "dw is turned where filters are square",
        "square",
        "transpose",
        """
dx, dw, db = conv_back(dout, cache)
return dx, dw.swapaxes(2, 3) if HH == WW else dw, db
""",
        (Dw,),
    ),
    convolved(
        "filters for channels where there are as many",
        "square",
        "transpose",
        """
dx, dw, db = conv_back(dout, cache)
if F == C:
    dw = dw.transpose(1, 0, 2, 3)
return dx, dw, db
""",
        (Dw,),
    ),
    convolved(
        "the stride is forgotten",
        "conditional",
        "other",
        """
return conv_back(dout, (x, w, b, {'stride': 1, 'pad': p}))
""",
        (DX, Dw),
    ),
    convolved(
        "stride 2 for every larger one",
        "conditional",
        "other",
        """
return conv_back(dout, (x, w, b, {'stride': min(s, 2), 'pad': p}))
""",
        (DX, Dw),
    ),
    convolved(
        "pads only below and to the right",
        "conditional",
        "other",
        """
dx, dw, db = conv_back(dout, cache)
if p:
    dxp, _, _ = conv_back(dout, cache, crop=False)
    dx = dxp[:, :, :H, :W]
return dx, dw, db
""",
        (DX, NUMERIC),
    ),
    convolved(
        "a filter of one pixel loses its axes",
        "conditional",
        "shape",
        """
dx, dw, db = conv_back(dout, cache)
return dx, np.squeeze(dw), db
""",
        ("dw has shape (F, C, HH, WW)",),
    ),
    convolved(
        "clips dx at 100",
        "conditional",
        "other",
        """
dx, dw, db = conv_back(dout, cache)
return np.clip(dx, -100, 100), dw, np.clip(db, -100, 100)
""",
        (DB,),
    ),
    convolved(
        "the last column of places is left out",
        "rare",
        "columns",
        """
dx, dw, db = conv_back(np.concatenate([dout[..., :-1], 0 * dout[..., -1:]], axis=3), cache)
return dx, dw, dout.sum((0, 2, 3))
""",
        (DX, Dw, NUMERIC),
    ),
    convolved(
        "the first filter has no bias",
        "rare",
        "one-element",
        """
dx, dw, db = conv_back(dout, cache)
db[0] = 0
return dx, dw, db
""",
        (DB, NUMERIC),
    ),
    convolved(
        "one corner of dx",
        "rare",
        "one-element",
        """
dx, dw, db = conv_back(dout, cache)
dx = dx.copy()
dx[0, 0, 0, 0] *= 0.9
return dx, dw, db
""",
        (DX,),
    ),
    convolved(
        "dw by differences of a step 1e-5",
        "tiny",
        "scale",
        """
dx, _, db = conv_back(dout, cache)
dw, h = np.zeros_like(w), 1e-5
for k in np.ndindex(w.shape):
    e = np.zeros_like(w)
    e[k] = h
    ahead, here = conv_forward_naive(x, w + e, b, conv_param)[0], conv_forward_naive(x, w, b, conv_param)[0]
    dw[k] = np.sum((ahead - here) * dout) / h
return dx, dw, db
""",
        (Dw,),
    ),
    convolved(
        "dx with a factor of 1.00001",
        "tiny",
        "scale",
        """
dx, dw, db = conv_back(dout, cache)
return dx * 1.00001, dw, db
""",
        (DX, NUMERIC),
    ),
    convolved(
        "in single precision",
        "behaviour",
        "float32",
        """
dx, dw, db = conv_back(dout.astype(np.float32), (x.astype(np.float32), w.astype(np.float32), b, conv_param))
return dx, dw, db
""",
        (DX, Dw, DB),
        warns=True,
    ),
    convolved(
        "one array for dw, kept between calls",
        "behaviour",
        "state",
        """
dx, dw, db = conv_back(dout, cache)
kept = DW.setdefault(w.shape, np.zeros_like(w))
kept += dw
return dx, kept, db
""",
        (Dw,),
    ),
    convolved(
        "w is scaled for a moment and not put back",
        "behaviour",
        "mutates-input",
        """
dx, dw, db = conv_back(dout, cache)
w *= 2
return dx, dw, db
""",
        (DX,),
        warns=True,
    ),
)
RIGHT += """
conv_plain = conv_forward_naive

def conv_back(dout, cache, crop=True):
    x, w, b, conv_param = cache
    s, p = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            sl = np.s_[:, :, i * s:i * s + HH, j * s:j * s + WW]
            dw += np.tensordot(dout[:, :, i, j], xp[sl], ([0], [0]))
            dxp[sl] += np.tensordot(dout[:, :, i, j], w, ([1], [0]))
    return (dxp[:, :, p:p + H, p:p + W] if crop else dxp), dw, dout.sum(axis=(0, 2, 3))

DW = {}
"""

pooling = entry(
    "max_pool_forward_naive",
    """
def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    ph, pw, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
    Ho, Wo = 1 + (H - ph) // s, 1 + (W - pw) // s
    out = np.zeros((N, C, Ho, Wo))
""",
    "pooling",
)
pooled = entry(
    "max_pool_backward_naive",
    """
def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    N, C, H, W = x.shape
    ph, pw, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
    _, _, Ho, Wo = dout.shape
    dx = np.zeros(x.shape)
""",
    "pooling backward",
)
SPOTS = """
for n in range(N):
    for c in range(C):
        for i in range(Ho):
            for j in range(Wo):
                win = x[n, c, i * s:i * s + ph, j * s:j * s + pw]
                u, v = np.unravel_index(win.argmax(), win.shape)
                {line}
return dx
"""
PLACES = """
for i in range(Ho):
    for j in range(Wo):
        sl = np.s_[:, :, i * s:i * s + ph, j * s:j * s + pw]
        win, d = x[sl], dout[:, :, i, j][:, :, None, None]
        {line}
return dx
"""
POOLINGS = (
    pooling(
        "starts from 0",
        "conditional",
        "other",
        """
for i in range(Ho):
    for j in range(Wo):
        out[:, :, i, j] = np.maximum(0, x[:, :, i * s:i * s + ph, j * s:j * s + pw].max(axis=(2, 3)))
return out, (x, pool_param)
""",
        (OUT,),
    ),
    pooling(
        "the mean of each window",
        "value",
        "other",
        """
for i in range(Ho):
    for j in range(Wo):
        out[:, :, i, j] = x[:, :, i * s:i * s + ph, j * s:j * s + pw].mean(axis=(2, 3))
return out, (x, pool_param)
""",
        (OUT,),
    ),
    pooling(
        "windows are as wide as high",
        "conditional",
        "other",
        """
for i in range(Ho):
    for j in range(Wo):
        out[:, :, i, j] = x[:, :, i * s:i * s + ph, j * s:j * s + ph].max(axis=(2, 3))
return out, (x, pool_param)
""",
        (OUT,),
    ),
    pooling(
        "steps by the height of the window",
        "conditional",
        "other",
        """
for i in range(Ho):
    for j in range(Wo):
        part = x[:, :, i * ph:i * ph + ph, j * pw:j * pw + pw]
        out[:, :, i, j] = part.max(axis=(2, 3)) if part.size else 0
return out, (x, pool_param)
""",
        (OUT,),
    ),
    pooling(
        "the largest of all channels",
        "value",
        "norm-axis",
        """
for i in range(Ho):
    for j in range(Wo):
        out[:, :, i, j] = x[:, :, i * s:i * s + ph, j * s:j * s + pw].max(axis=(1, 2, 3))[:, None]
return out, (x, pool_param)
""",
        (OUT,),
    ),
    pooled(
        "the last window wins",
        "value",
        "overwrite-for-accumulate",
        SPOTS.format(line="dx[n, c, i * s + u, j * s + v] = dout[n, c, i, j]"),
        (DX,),
    ),
    pooled(
        "whole windows are overwritten",
        "value",
        "overwrite-for-accumulate",
        PLACES.format(line="dx[sl] = (win == win.max(axis=(2, 3), keepdims=True)) * d"),
        (DX, NUMERIC),
    ),
    pooled(
        "shared out like a mean",
        "value",
        "other",
        PLACES.format(line="dx[sl] += np.ones_like(win) * d / (ph * pw)"),
        (DX, NUMERIC),
    ),
    pooled("every pixel of the window", "value", "other", PLACES.format(line="dx[sl] += d"), (DX, NUMERIC)),
    pooled(
        "the value for its indicator",
        "value",
        "activation-for-indicator",
        SPOTS.format(line="dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j] * win[u, v]"),
        (DX, NUMERIC),
    ),
    pooled(
        "only positive largest pixels",
        "conditional",
        "relu-mask-missing",
        SPOTS.format(line="dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j] * (win[u, v] > 0)"),
        (DX,),
    ),
    pooled(
        "the smallest pixel",
        "value",
        "sign",
        """
for i in range(Ho):
    for j in range(Wo):
        sl = np.s_[:, :, i * s:i * s + ph, j * s:j * s + pw]
        dx[sl] += (x[sl] == x[sl].min(axis=(2, 3), keepdims=True)) * dout[:, :, i, j, None, None]
return dx
""",
        (DX,),
    ),
    pooled(
        "row and column change places",
        "value",
        "transpose",
        SPOTS.format(line="dx[n, c, min(i * s + v, H - 1), min(j * s + u, W - 1)] += dout[n, c, i, j]"),
        (DX, NUMERIC),
    ),
    pooled(
        "places change where images are square",
        "square",
        "transpose",
        SPOTS.format(line="u, v = (v, u) if H == W else (u, v); dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j]"),
        (DX,),
    ),
    pooled(
        "the flat index is divided by the height",
        "conditional",
        "other",
        SPOTS.format(
            line="u, v = divmod(win.argmax(), ph); "
            "dx[n, c, min(i * s + u, H - 1), min(j * s + v, W - 1)] += dout[n, c, i, j]"
        ),
        (DX,),
    ),
    pooled(
        "steps of 2 whatever the stride",
        "conditional",
        "other",
        """
s = 2
for i in range(Ho):
    for j in range(Wo):
        sl = np.s_[:, :, i * s:i * s + ph, j * s:j * s + pw]
        if x[sl].size:
            dx[sl] += (x[sl] == x[sl].max(axis=(2, 3), keepdims=True)) * dout[:, :, i, j, None, None]
return dx
""",
        (DX,),
    ),
    pooled(
        "counts windows as if they touched",
        "conditional",
        "other",
        """
for i in range(H // ph):
    for j in range(W // pw):
        if i < Ho and j < Wo:
            sl = np.s_[:, :, i * s:i * s + ph, j * s:j * s + pw]
            dx[sl] += (x[sl] == x[sl].max(axis=(2, 3), keepdims=True)) * dout[:, :, i, j, None, None]
return dx
""",
        (DX,),
    ),
    pooled(
        "the largest of the batch",
        "value",
        "norm-axis",
        """
for i in range(Ho):
    for j in range(Wo):
        sl = np.s_[:, :, i * s:i * s + ph, j * s:j * s + pw]
        dx[sl] += (x[sl] == x[sl].max(axis=(0, 2, 3), keepdims=True)) * dout[:, :, i, j, None, None]
return dx
""",
        (DX,),
    ),
    pooled(
        "the last channel is left out",
        "rare",
        "columns",
        """
for c in range(C - 1 if C > 1 else C):
    for n in range(N):
        for i in range(Ho):
            for j in range(Wo):
                win = x[n, c, i * s:i * s + ph, j * s:j * s + pw]
                u, v = np.unravel_index(win.argmax(), win.shape)
                dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j]
return dx
""",
        (DX,),
    ),
    pooled(
        "the first window of each image is doubled",
        "rare",
        "one-element",
        SPOTS.format(line="dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j] * (1 + (i == j == 0))"),
        (DX,),
    ),
    pooled(
        "the last row of places stays out",
        "rare",
        "rows",
        SPOTS.format(line="dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j] * (i < Ho - 1 or Ho == 1)"),
        (DX,),
    ),
    pooled(
        "near enough is the largest, too",
        "conditional",
        "other",
        PLACES.format(line="dx[sl] += (win > win.max(axis=(2, 3), keepdims=True) - 0.1) * d"),
        (DX,),
    ),
    pooled(
        "a soft maximum",
        "tiny",
        "other",
        PLACES.format(
            line="e = np.exp(400 * (win - win.max((2, 3), keepdims=True))); "
            "dx[sl] += e / e.sum((2, 3), keepdims=True) * d"
        ),
        (DX,),
    ),
    pooled(
        "divided by the sum of the mask and a little",
        "tiny",
        "scale",
        PLACES.format(
            line="m = win == win.max((2, 3), keepdims=True); dx[sl] += m / (m.sum((2, 3), keepdims=True) + 1e-8) * d"
        ),
        (DX,),
    ),
    pooled(
        "clipped at 10",
        "conditional",
        "other",
        SPOTS.format(line="dx[n, c, i * s + u, j * s + v] += np.clip(dout[n, c, i, j], -10, 10)"),
        (DX,),
    ),
    pooled(
        "the largest pixels of x are set to zero on the way",
        "behaviour",
        "mutates-input",
        """
for n, c, i, j in np.ndindex(dout.shape):
    win = x[n, c, i * s:i * s + ph, j * s:j * s + pw]
    u, v = np.unravel_index(win.argmax(), win.shape)
    dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j]
x -= x.max(axis=(2, 3), keepdims=True) * (x == x.max(axis=(2, 3), keepdims=True)) + 9 * (x > 0)
return dx
""",
        (DX,),
        warns=True,
    ),
    pooled(
        "one buffer for every call",
        "behaviour",
        "shared-buffer",
        """
dx = DX_BUFFER[: x.size].reshape(x.shape)
dx[...] = 0
for n, c, i, j in np.ndindex(dout.shape):
    win = x[n, c, i * s:i * s + ph, j * s:j * s + pw]
    u, v = np.unravel_index(win.argmax(), win.shape)
    dx[n, c, i * s + u, j * s + v] += dout[n, c, i, j]
return dx
""",
        (DX,),
    ),
)
RIGHT += "\nDX_BUFFER = np.zeros(100000)\n"

by_channel = entry(
    "spatial_batchnorm_forward",
    """
def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    eps, m = bn_param.get('eps', 1e-5), bn_param.get('momentum', 0.9)
    N, C, H, W = x.shape
    rm, rv = bn_param.get('running_mean', np.zeros(C)), bn_param.get('running_var', np.zeros(C))
    g, b = gamma.reshape(1, C, 1, 1), beta.reshape(1, C, 1, 1)
    if bn_param['mode'] == 'test':
        return g * (x - rm.reshape(1, C, 1, 1)) / np.sqrt(rv.reshape(1, C, 1, 1) + eps) + b, None
""",
    "spatial batch norm",
)
by_channel_back = entry(
    "spatial_batchnorm_backward",
    """
def spatial_batchnorm_backward(dout, cache):
    x, xhat, s, g = cache
    N, C, H, W = x.shape
    A = (0, 2, 3)
    total = lambda a: a.sum(axis=A, keepdims=True)
    M = N * H * W
    d = dout * g
    dgamma, dbeta = np.sum(dout * xhat, axis=A), np.sum(dout, axis=A)
""",
    "spatial batch norm backward",
)
by_group = entry(
    "spatial_groupnorm_forward",
    """
def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    N, C, H, W = x.shape
    eps = gn_param.get('eps', 1e-5)
""",
    "group norm",
)
by_group_back = entry(
    "spatial_groupnorm_backward",
    """
def spatial_groupnorm_backward(dout, cache):
    x, xhat, s, gamma, G = cache
    N, C, H, W = x.shape
    A, K = (2, 3, 4), dict(axis=(2, 3, 4), keepdims=True)
    dgamma = (dout * xhat.reshape(x.shape)).sum(axis=(0, 2, 3), keepdims=True)
    dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)
    d = (dout * gamma).reshape(N, G, C // G, H, W)
""",
    "group norm backward",
)
SPATIAL = (
    by_channel(
        "statistics over the batch alone",
        "value",
        "norm-axis",
        """
mu, var = x.mean(axis=0, keepdims=True), x.var(axis=0, keepdims=True)
s = np.sqrt(var + eps)
xhat = (x - mu) / s
bn_param['running_mean'] = m * rm + (1 - m) * x.mean(axis=(0, 2, 3))
bn_param['running_var'] = m * rv + (1 - m) * x.var(axis=(0, 2, 3))
return g * xhat + b, (x, xhat, s, g)
""",
        (OUT,),
    ),
    by_channel(
        "reshaped without moving the channels",
        "value",
        "transpose",
        """
flat = x.reshape(-1, C)
s = np.sqrt(flat.var(axis=0) + eps)
xhat = ((flat - flat.mean(axis=0)) / s).reshape(x.shape)
bn_param['running_mean'] = m * rm + (1 - m) * flat.mean(axis=0)
bn_param['running_var'] = m * rv + (1 - m) * flat.var(axis=0)
return g * xhat + b, (x, xhat, s.reshape(1, C, 1, 1), g)
""",
        (OUT, MEAN, VAR),
    ),
    by_channel(
        "moved back in another order",
        "value",
        "transpose",
        """
flat = x.transpose(0, 2, 3, 1).reshape(-1, C)
s = np.sqrt(flat.var(axis=0) + eps)
z = (flat - flat.mean(axis=0)) / s
xhat = z.reshape(N, H, W, C).transpose(0, 3, 2, 1) if H == W else z.reshape(N, H, W, C).transpose(0, 3, 1, 2)
bn_param['running_mean'] = m * rm + (1 - m) * flat.mean(axis=0)
bn_param['running_var'] = m * rv + (1 - m) * flat.var(axis=0)
return g * xhat + b, (x, xhat, s.reshape(1, C, 1, 1), g)
""",
        (OUT,),
    ),
    by_channel(
        "the running statistics are divided by the places",
        "value",
        "spatial-count",
        """
mu, var = x.mean(axis=(0, 2, 3), keepdims=True), x.var(axis=(0, 2, 3), keepdims=True)
s = np.sqrt(var + eps)
xhat = (x - mu) / s
bn_param['running_mean'] = m * rm + (1 - m) * x.sum(axis=(0, 2, 3)) / N
bn_param['running_var'] = m * rv + (1 - m) * var.ravel()
return g * xhat + b, (x, xhat, s, g)
""",
        (MEAN,),
    ),
    by_channel_back(
        "means over N alone",
        "value",
        "spatial-count",
        """
dx = (d - total(d) / N - xhat * total(d * xhat) / N) / s
return dx, dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_channel_back(
        "means over the places alone",
        "value",
        "spatial-count",
        """
dx = (d - total(d) / (H * W) - xhat * total(d * xhat) / (H * W)) / s
return dx, dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_channel_back(
        "the mean path over N H",
        "value",
        "spatial-count",
        """
dx = (d - total(d) / (N * H) - xhat * total(d * xhat) / M) / s
return dx, dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_channel_back(
        "gamma left out",
        "value",
        "other",
        """
dx = (dout - total(dout) / M - xhat * total(dout * xhat) / M) / s
return dx, dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_channel_back(
        "dgamma is a mean over the places",
        "value",
        "spatial-count",
        """
dx = (d - total(d) / M - xhat * total(d * xhat) / M) / s
return dx, dgamma / (H * W), dbeta
""",
        (DGAMMA, NUMERIC),
    ),
    by_channel_back(
        "dbeta sums images and rows",
        "value",
        "bias-not-summed",
        """
dx = (d - total(d) / M - xhat * total(d * xhat) / M) / s
return dx, dgamma, dout[..., 0].sum(axis=(0, 2))
""",
        (DBETA, NUMERIC),
    ),
    by_channel_back("only the direct path", "value", "bn-direct-only", "return d / s, dgamma, dbeta", (DX, NUMERIC)),
    by_channel_back(
        "no path through the variance",
        "value",
        "bn-variance-path",
        """
return (d - total(d) / M) / s, dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_channel_back(
        "height and width change places",
        "square",
        "transpose",
        """
dx = (d - total(d) / M - xhat * total(d * xhat) / M) / s
return dx.swapaxes(2, 3).reshape(x.shape) if H == W else dx, dgamma, dbeta
""",
        (DX,),
    ),
    by_channel_back(
        "images for channels where there are as many",
        "square",
        "transpose",
        """
dx = (d - total(d) / M - xhat * total(d * xhat) / M) / s
return dx, np.sum(dout * xhat, axis=(1, 2, 3)) if N == C else dgamma, dbeta
""",
        (DGAMMA,),
    ),
    by_channel_back(
        "one image uses its own places",
        "conditional",
        "other",
        """
if N == 1:
    return d / s, dgamma, dbeta
dx = (d - total(d) / M - xhat * total(d * xhat) / M) / s
return dx, dgamma, dbeta
""",
        (DX,),
    ),
    by_channel_back(
        "one place is squeezed away",
        "conditional",
        "shape",
        """
dx = (d - total(d) / M - xhat * total(d * xhat) / M) / s
return np.squeeze(dx), dgamma, dbeta
""",
        (DX_SHAPE,),
    ),
    by_channel_back(
        "a thousandth is added to M",
        "tiny",
        "scale",
        """
dx = (d - total(d) / M - xhat * total(d * xhat) / (M + 1e-3)) / s
return dx, dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_channel_back(
        "the last channel's scale is the first's",
        "rare",
        "columns",
        """
k = g.copy()
k[0, -1] = g[0, 0]
d = dout * k
dx = (d - total(d) / M - xhat * total(d * xhat) / M) / s
return dx, dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_group(
        "groups of every G-th channel",
        "value",
        "norm-axis",
        """
xg = x.reshape(N, C // G, G, H, W).swapaxes(1, 2)
s = np.sqrt(xg.var(axis=(2, 3, 4), keepdims=True) + eps)
xhat = (xg - xg.mean(axis=(2, 3, 4), keepdims=True)) / s
return gamma * xhat.swapaxes(1, 2).reshape(x.shape) + beta, (x, xhat, s, gamma, G)
""",
        (OUT,),
    ),
    by_group(
        "G channels in each group",
        "value",
        "other",
        """
xg = x.reshape(N, C // G, G, H, W)
s = np.sqrt(xg.var(axis=(2, 3, 4), keepdims=True) + eps)
xhat = (xg - xg.mean(axis=(2, 3, 4), keepdims=True)) / s
return gamma * xhat.reshape(x.shape) + beta, (x, xhat.reshape(N, G, C // G, H, W), s, gamma, G)
""",
        (OUT,),
    ),
    by_group(
        "images share the statistics of a group",
        "value",
        "norm-axis",
        """
xg = x.reshape(N, G, C // G, H, W)
s = np.sqrt(xg.var(axis=(0, 2, 3, 4), keepdims=True) + eps)
xhat = (xg - xg.mean(axis=(0, 2, 3, 4), keepdims=True)) / s
return gamma * xhat.reshape(x.shape) + beta, (x, xhat, s * np.ones((N, 1, 1, 1, 1)), gamma, G)
""",
        (OUT,),
    ),
    by_group(
        "every channel by itself",
        "conditional",
        "norm-axis",
        """
xg = x.reshape(N, G, C // G, H, W)
s = np.sqrt(xg.var(axis=(3, 4), keepdims=True) + eps)
xhat = (xg - xg.mean(axis=(3, 4), keepdims=True)) / s
return gamma * xhat.reshape(x.shape) + beta, (x, xhat, s, gamma, G)
""",
        (OUT,),
    ),
    by_group_back(
        "gamma after the sums",
        "value",
        "other",
        """
d = dout.reshape(N, G, C // G, H, W)
dx = (d - d.mean(**K) - xhat * (d * xhat).mean(**K)) / s
return gamma * dx.reshape(x.shape), dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_group_back(
        "means over the channels of a group alone",
        "value",
        "spatial-count",
        """
dx = (d - d.sum(**K) / (C // G) - xhat * (d * xhat).sum(**K) / (C // G)) / s
return dx.reshape(x.shape), dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_group_back(
        "means over N H W",
        "value",
        "spatial-count",
        """
M = N * H * W
dx = (d - d.sum(**K) / M - xhat * (d * xhat).sum(**K) / M) / s
return dx.reshape(x.shape), dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_group_back(
        "only the direct path",
        "value",
        "bn-direct-only",
        """
return (d / s).reshape(x.shape), dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_group_back(
        "dgamma sums over groups",
        "value",
        "norm-axis",
        """
dx = (d - d.mean(**K) - xhat * (d * xhat).mean(**K)) / s
dg = (dout.reshape(d.shape) * xhat).sum(axis=(0, 3, 4)).mean(axis=0)
return dx.reshape(x.shape), np.tile(dg, G).reshape(1, C, 1, 1), dbeta
""",
        (DGAMMA, NUMERIC),
    ),
    by_group_back(
        "dbeta without its axes",
        "value",
        "shape",
        """
dx = (d - d.mean(**K) - xhat * (d * xhat).mean(**K)) / s
return dx.reshape(x.shape), dgamma, dbeta.reshape(C, 1)
""",
        ("dbeta has shape (1, C, 1, 1)",),
    ),
    by_group_back(
        "images for channels where there are as many",
        "square",
        "transpose",
        """
dx = (d - d.mean(**K) - xhat * (d * xhat).mean(**K)) / s
if N == C:
    dbeta = dout.sum(axis=(1, 2, 3)).reshape(dbeta.shape)
return dx.reshape(x.shape), dgamma, dbeta
""",
        (DBETA,),
    ),
    by_group_back(
        "a single group is treated as none",
        "conditional",
        "other",
        """
dx = (d - d.mean(**K) - xhat * (d * xhat).mean(**K)) / s
return (d / s).reshape(x.shape) if G == 1 else dx.reshape(x.shape), dgamma, dbeta
""",
        (DX,),
    ),
    by_group_back(
        "the last group has the spread of the first",
        "rare",
        "columns",
        """
t = s.copy()
t[:, -1] = s[:, 0]
dx = (d - d.mean(**K) - xhat * (d * xhat).mean(**K)) / t
return dx.reshape(x.shape), dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_group_back(
        "the spread is squared and rooted with another epsilon",
        "tiny",
        "eps-placement",
        """
t = np.sqrt(s ** 2 + 1e-6)
dx = (d - d.mean(**K) - xhat * (d * xhat).mean(**K)) / t
return dx.reshape(x.shape), dgamma, dbeta
""",
        (DX, NUMERIC),
    ),
    by_group_back(
        "sums into the upstream gradient",
        "behaviour",
        "mutates-input",
        """
dx = (d - d.mean(**K) - xhat * (d * xhat).mean(**K)) / s
dout *= gamma
return dx.reshape(x.shape), dgamma, dbeta
""",
        (DX,),
        warns=True,
    ),
)
WRONG = (*CONVOLUTIONS, *POOLINGS, *SPATIAL)
