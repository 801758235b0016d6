import numpy as np

from activations import activation


def forward(W, b, h0, sigma):
    zs, hs = [], [h0]
    for Wl, bl in zip(W, b):
        zs.append(Wl @ hs[-1] + bl)
        hs.append(activation(sigma, zs[-1]))
    return zs, hs


def half_squared_error(h, t):
    e = h - t
    return 0.5 * np.sum(e**2), e
