import numpy as np

def _sig(z):
    return 0.5 * (1 + np.tanh(0.5 * z))

ACT = {
    'sigmoid': (_sig, lambda z: _sig(z) * (1 - _sig(z))),
    'tanh': (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    'relu': (lambda z: np.maximum(z, 0.0), lambda z: (z > 0) * 1.0),
    'identity': (lambda z: z * 1.0, lambda z: np.ones(z.shape)),
}

def weight_to_preactivation_jacobian(W_next, z, h_prev, sigma):
    slope = ACT[sigma][1](z)[:, 0]
    return np.stack([np.outer(h_prev, row * slope) for row in W_next])
