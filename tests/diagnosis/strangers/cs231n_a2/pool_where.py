import numpy as np

def max_pool_forward_naive(x, pool_param):
    ph, pw, st = (pool_param[k] for k in ('pool_height', 'pool_width', 'stride'))
    N, C, H, W = x.shape
    Ho, Wo = (H - ph) // st + 1, (W - pw) // st + 1
    out = np.zeros((N, C, Ho, Wo))
    where = {}
    for n, c, i, j in np.ndindex(N, C, Ho, Wo):
        win = x[n, c, i * st:i * st + ph, j * st:j * st + pw]
        a, b = np.unravel_index(win.argmax(), win.shape)
        where[n, c, i, j] = (n, c, i * st + a, j * st + b)
        out[n, c, i, j] = win[a, b]
    return out, (where, x.shape)

def max_pool_backward_naive(dout, cache):
    where, shape = cache
    routed = {src: dout[dst] for dst, src in where.items()}
    dx = np.zeros(shape)
    for src, g in routed.items():
        dx[src] = g
    return dx
