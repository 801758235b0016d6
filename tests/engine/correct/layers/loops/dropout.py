import numpy as np
import random


def dropout_forward(x, dropout_param):
    p = dropout_param["p"]
    out = np.array(x, dtype=float)
    if dropout_param["mode"] == "test":
        return out, None
    rng = random.Random(dropout_param.get("seed"))
    kept = []
    flat = out.reshape(-1)
    for i in range(flat.size):
        keep = rng.random() < p
        kept.append(keep)
        flat[i] = flat[i] / p if keep else 0.0
    return out, (kept, p)


def dropout_backward(dout, cache):
    if cache is None:
        return dout.copy()
    kept, p = cache
    dx = np.zeros(dout.size)
    for i, d in enumerate(dout.flat):
        if kept[i]:
            dx[i] = d / p
    return dx.reshape(dout.shape)
