import numpy as np

f32 = np.float32


def conv_forward_naive(x, w, b, conv_param):
    x, w, b = x.astype(f32), w.astype(f32), b.astype(f32)
    s, p = conv_param["stride"], conv_param["pad"]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    HH, WW = w.shape[2:]
    Ho, Wo = (xp.shape[2] - HH) // s + 1, (xp.shape[3] - WW) // s + 1
    out = np.zeros((len(x), len(w), Ho, Wo), dtype=f32)
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = np.einsum("nchw,fchw->nf", xp[:, :, i * s:i * s + HH, j * s:j * s + WW], w) + b
    return out, (xp, w, s, p)


def conv_backward_naive(dout, cache):
    xp, w, s, p = cache
    dout = dout.astype(f32)
    HH, WW = w.shape[2:]
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            here = np.s_[:, :, i * s:i * s + HH, j * s:j * s + WW]
            dxp[here] += np.einsum("nf,fchw->nchw", dout[:, :, i, j], w)
            dw += np.einsum("nf,nchw->fchw", dout[:, :, i, j], xp[here])
    return dxp[:, :, p:xp.shape[2] - p, p:xp.shape[3] - p], dw, dout.sum(axis=(0, 2, 3))


def max_pool_forward_naive(x, pool_param):
    x = x.astype(f32)
    h, w, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    Ho, Wo = (x.shape[2] - h) // s + 1, (x.shape[3] - w) // s + 1
    out = np.zeros((*x.shape[:2], Ho, Wo), dtype=f32)
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = x[:, :, i * s:i * s + h, j * s:j * s + w].max(axis=(2, 3))
    return out, (x, out, (h, w, s))


def max_pool_backward_naive(dout, cache):
    x, out, (h, w, s) = cache
    dout, dx = dout.astype(f32), np.zeros_like(x)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            here = np.s_[:, :, i * s:i * s + h, j * s:j * s + w]
            won = (x[here] == out[:, :, i, j][..., None, None]).astype(f32)
            won /= won.sum(axis=(2, 3), keepdims=True)
            dx[here] += won * dout[:, :, i, j][..., None, None]
    return dx
