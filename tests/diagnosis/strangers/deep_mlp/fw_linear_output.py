import numpy as np

def forward(W, b, h0, sigma):
    g = {'sigmoid': lambda z: 1 / (1 + np.exp(-z)), 'tanh': np.tanh,
         'relu': lambda z: np.maximum(z, 0), 'identity': lambda z: z}[sigma]
    zs = []
    hs = [h0]
    h = h0
    for l in range(len(W) - 1):
        z = W[l] @ h + b[l]
        h = g(z)
        zs.append(z)
        hs.append(h)
    # output layer
    z = W[-1] @ h + b[-1]
    zs.append(z)
    hs.append(z)
    return zs, hs
