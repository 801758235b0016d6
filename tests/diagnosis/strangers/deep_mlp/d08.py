import numpy as np

def softmax_output_delta(zL, y):
    e = np.exp(zL - zL.max())
    p = e / e.sum()
    target = np.zeros_like(p)
    target[y] = 1
    sp = p - p * p                 # sigma'(z) from the output
    return (p - target) * sp
