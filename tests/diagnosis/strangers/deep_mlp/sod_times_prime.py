import numpy as np

def softmax_output_delta(zL, y):
    z = zL - zL.max()
    p = np.exp(z) / np.exp(z).sum()
    t = np.zeros_like(p)
    t[y, 0] = 1
    # delta = nabla_C * sigma'(z), sigma' = p(1-p) for softmax
    return (p - t) * p * (1 - p)
