import numpy as np


def weight_jacobian(W):
    """Return the Jacobian of a matrix in itself."""
    pass


def gradient_by_index(W, zs, hs, dC, sigma):
    """Return the gradient, entry by entry, as nested sums over units."""
    dW = None
    # TODO: four nested loops?
    return dW


def gradient_unrolled(W, zs, hs, dC, sigma):
    raise NotImplementedError("gradient_unrolled")
