"""One affine layer under softmax: the loss is a sum, and nothing is penalised."""

import numpy as np

from assignments.mistakes import affine, softmax

UNASKED = [
    (
        reg,
        f"there is a penalty that nobody asked for, ½ λ Σ W² with λ = {reg:g}",
        f"there is a penalty that nobody asked for, on W and on b, with λ = {reg:g}",
    )
    for reg in (1.0, 0.5, 0.1, 0.05, 0.01, 1e-3, 1e-4, 1e-5)
]


def softmax_classifier_loss(slip, W, b, X, y):
    """(loss, dW, db)."""
    F = affine.forward(slip, X, W, b)
    Y = softmax.labels(slip, F, y)
    loss = softmax.data_loss(slip, F, Y, mean=False)
    G = softmax.scores_gradient(slip, F, Y, y, mean=False)
    dW, db = affine.weights(slip, X, G), affine.biases(slip, G, affine.DIVIDED)
    for reg, on_weights, on_both in UNASKED:
        if slip("", on_weights):
            return loss + 0.5 * reg * np.sum(W * W), dW + reg * W, db
        if slip("reg-on-bias or none", on_both):
            return loss + 0.5 * reg * (np.sum(W * W) + np.sum(b * b)), dW + reg * W, db + reg * b
    if slip("shape or none", "dW and db are returned in the wrong order"):
        return loss, db, dW
    return loss, dW, db
