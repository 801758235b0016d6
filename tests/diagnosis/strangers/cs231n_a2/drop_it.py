import numpy as np

def dropout_forward(x, dropout_param):
    """p is the probability of KEEPING a neuron (inverted dropout)."""
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    mask = None
    out = x
    if mode == 'train':
        mask = np.random.rand(*x.shape) < p
        out = np.where(mask, x / p, 0.0)
    return out.astype(x.dtype, copy=False), (dropout_param, mask)

def dropout_backward(dout, cache):
    param, mask = cache
    if param['mode'] == 'test':
        return dout
    dx = np.zeros_like(dout)
    dx[mask] = dout[mask]        # the gradient flows where the neuron lived
    return dx
