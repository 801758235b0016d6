import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if dropout_param.get("seed") is not None:
        np.random.seed(dropout_param["seed"])
    # in test mode everything survives and the scale is 1: one formula for both
    q = p if mode == "train" else 1.0
    survives = np.floor(np.random.random_sample(x.shape) + q)
    return x * survives / q, (survives, q)


def dropout_backward(dout, cache):
    survives, q = cache
    return dout * survives / q
