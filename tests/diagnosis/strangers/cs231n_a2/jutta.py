import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    x_pad = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    H2, W2 = 1 + (H + 2*p - HH)//s, 1 + (W + 2*p - WW)//s
    out = np.empty((N, F, H2, W2))
    for r in range(H2):
        for c in range(W2):
            patch = x_pad[:, :, r*s:r*s + HH, c*s:c*s + WW]
            out[:, :, r, c] = np.einsum('nchw,fchw->nf', patch, w) + b
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    s, p = conv_param['stride'], conv_param['pad']
    H, W = x.shape[2:]
    HH, WW = w.shape[2:]
    x_pad = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    dx_pad = np.zeros(x_pad.shape)
    dw = np.zeros(w.shape)
    for r in range(dout.shape[2]):
        for c in range(dout.shape[3]):
            g = dout[:, :, r, c]                       # (N, F)
            dw += np.einsum('nf,nchw->fchw', g, x_pad[:, :, r*s:r*s + HH, c*s:c*s + WW])
            dx_pad[:, :, r:r + HH, c:c + WW] += np.einsum('nf,fchw->nchw', g, w)
    dx = dx_pad[:, :, p:p + H, p:p + W]
    db = np.sum(dout, axis=(0, 2, 3))
    return dx, dw, db
