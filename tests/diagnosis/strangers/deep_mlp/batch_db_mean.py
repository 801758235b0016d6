import numpy as np

def act(s, z):
    return {'sigmoid': lambda: np.exp(-np.logaddexp(0, -z)), 'tanh': lambda: np.tanh(z),
            'relu': lambda: z * (z > 0), 'identity': lambda: z + 0.0}[s]()

def act_grad(s, z):
    if s == 'sigmoid': return act(s, z) * act(s, -z)
    if s == 'tanh': return 1.0 / np.cosh(z) ** 2
    if s == 'relu': return 1.0 * (z > 0)
    return np.ones(z.shape)

def backprop_batch(W, b, H0, T, sigma):
    Zs, Hs = [], [H0]
    for i in range(len(W)):
        Zs.append(W[i] @ Hs[i] + b[i])
        Hs.append(act(sigma, Zs[i]))
    dW, db = [], []
    dH = Hs[-1] - T
    for i in reversed(range(len(W))):
        dZ = dH * act_grad(sigma, Zs[i])
        dW.insert(0, dZ @ Hs[i].T)
        db.insert(0, np.mean(dZ, axis=1, keepdims=True))
        dH = W[i].T @ dZ
    return dW, db
