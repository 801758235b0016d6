import numpy as np

def relu_forward(x):
    out = x.copy()
    out[out < 0] = 0
    cache = {'passed': out, 'shape': x.shape}
    return out.copy(), cache

def relu_backward(dout, cache):
    # whatever was cut has zero here and blocks the gradient
    gate = cache['passed'].ravel()
    return np.array([g * d for g, d in zip(gate, dout.ravel())]).reshape(cache['shape'])
