import numpy as np

F = {
    'sigmoid': lambda z: 1 / (1 + np.exp(-np.clip(z, -500, 500))),
    'tanh': np.tanh,
    'relu': lambda z: np.where(z > 0, z, 0.0),
    'identity': lambda z: z,
}

def hidden_delta(W_next, D_next, z, sigma):
    back = np.dot(W_next.T, D_next)
    return np.multiply(back, F[sigma](z))
