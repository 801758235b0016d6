import numpy as np

def affine_forward(x, w, b):
    flat = np.reshape(x, (len(x), w.shape[0]))
    return flat @ w + b, {'flat': flat, 'w': w, 'shape': x.shape}

def affine_backward(dout, cache):
    flat, w = cache['flat'], cache['w']
    n = dout.shape[0]
    dw = np.zeros(w.shape)
    db = np.zeros(w.shape[1])
    dflat = np.zeros(flat.shape)
    for i in range(n):
        dw += np.outer(flat[i], dout[i])
        db += dout[i] / n
        dflat[i] = w @ dout[i]
    return dflat.reshape(cache['shape']), dw, db
