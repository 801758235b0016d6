import numpy as np

from activations import activation


def forward(W, b, h0, sigma):
    zs = []
    hs = [h0]
    for Wl, bl in zip(W, b):
        z = Wl.dot(hs[-1]) + bl
        zs.append(z)
        hs.append(activation(sigma, z))
    return zs, hs


def half_squared_error(h, t):
    diff = h - t
    return 0.5 * np.sum(diff * diff), diff
