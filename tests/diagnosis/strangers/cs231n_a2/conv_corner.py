import numpy as np

def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, R, S = w.shape
    Ho, Wo = 1 + (H + 2 * p - R) // s, 1 + (W + 2 * p - S) // s
    xp = np.zeros((N, C, H + 2 * p, W + 2 * p))
    xp[:, :, p:p + H, p:p + W] = x
    out = np.empty((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = np.tensordot(xp[:, :, i*s:i*s+R, j*s:j*s+S], w, axes=((1, 2, 3), (1, 2, 3))) + b
    return out, (x, w, b, conv_param)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, R, S = w.shape
    xp = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    gxp, gw = np.zeros(xp.shape), np.zeros(w.shape)
    for i, j in np.ndindex(dout.shape[2:]):
        top, left = i * s, j * s
        d = dout[:, :, i, j]
        gw += np.einsum('nf,nchw->fchw', d, xp[:, :, top:top + R, left:left + S])
        gxp[:, :, top:top + R, left:left + S] += np.einsum('nf,fchw->nchw', d, w)
    gb = dout.sum(axis=(0, 2, 3))
    # throw the padding away again, dx must have the size of x
    gx = gxp[:, :, :H, :W]
    return gx, gw, gb
