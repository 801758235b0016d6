import numpy as np


def scores(X, W, b):
    """Compute the class scores of a batch."""
    return X.dot(W) + b


def scores_weight_jacobian(x, K):
    # TODO: write the derivation into code
    raise NotImplementedError("scores_weight_jacobian")


def weight_gradient_one(x, df):
    raise NotImplementedError("weight_gradient_one")


def weight_gradient_loop(X, dF):
    raise NotImplementedError("weight_gradient_loop")


def weight_gradient(X, dF):
    raise NotImplementedError("weight_gradient")


def scores_bias_jacobian(K):
    raise NotImplementedError("scores_bias_jacobian")


def bias_gradient(dF):
    raise NotImplementedError("bias_gradient")


def input_gradient(dF, W):
    raise NotImplementedError("input_gradient")
