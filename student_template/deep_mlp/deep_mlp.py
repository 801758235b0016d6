"""Backpropagation through all L layers: one example, a batch in columns, a batch in rows; and the update."""

import numpy as np
from activations import activation, activation_derivative
from deep_deltas import bias_gradient, hidden_delta, output_delta, weight_gradient
from deep_forward import forward, half_squared_error


def backprop(W, b, h0, t, sigma):
    """Return (dW, db) = the gradients of C in every W^l and b^l, two lists of length L.

    z^l = W^l h^{l−1} + b^l,   h^l = σ(z^l),   C = ½ ‖h^L − t‖²

    The recursion starts at the output [DEEP-8], descends layer by layer [DEEP-9], and leaves a gradient at each
    [DEEP-10] [DEEP-11].

    Note
        C is a scalar, so its derivative by any tensor has the shape of that tensor [DEEP-14]. That holds for
        scalars alone: an m-vector differentiated by an n-vector is (m, n).

    Shapes
        W[l−1]   (n_l, n_{l−1})
        b[l−1]   (n_l, 1)
        h0       (n_0, 1)
        t        (n_L, 1)
        dW[l−1]  (n_l, n_{l−1})
        db[l−1]  (n_l, 1)

    Raises
        ValueError  where sigma is none of "sigmoid", "tanh", "relu", "identity"

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    ####################################################################################################
    # TODO: derive backprop on paper, then write it here in place of the `raise`.                      #
    # Equations graded here: DEEP-14, DEEP-8, DEEP-9, DEEP-10, DEEP-11.                                #
    ####################################################################################################
    raise NotImplementedError


def backprop_batch(W, b, H0, T, sigma):
    """Return (dW, db) for a batch whose examples are COLUMNS; C is summed over the examples.

    Z^l = W^l H^{l−1} + b^l,   H^l = σ(Z^l),   C = ½ Σ (H^L − T)²

    The gradients of single examples [DEEP-10] [DEEP-11], summed over the batch.

    Shapes
        W[l−1]   (n_l, n_{l−1})
        b[l−1]   (n_l, 1)
        H0       (n_0, N)
        T        (n_L, N)
        dW[l−1]  (n_l, n_{l−1})
        db[l−1]  (n_l, 1)

    Raises
        ValueError  where sigma is none of "sigmoid", "tanh", "relu", "identity"

    Source: "Backpropagation Refresher", Jamie's Blog, one example there; the sum over a batch is added.
    """
    ####################################################################################################
    # TODO: derive backprop_batch on paper, then write it here in place of the `raise`.                #
    # Equations graded here: DEEP-10, DEEP-11.                                                         #
    ####################################################################################################
    raise NotImplementedError


def backprop_batch_rows(W, b, X, T, sigma):
    """Return (dW, db) for a batch whose examples are ROWS; C is summed over the examples.

    Z^l = H^{l−1} W^lᵀ + b^lᵀ,   H^l = σ(Z^l),   H^0 = X,   C = ½ Σ (H^L − T)²   [DEEP-15]

    W and b are stored as before, W^l (n_l, n_{l−1}) and b^l a column; dW and db are shaped like them. The result is
    that of backprop_batch on the transposed batch.

    Note
        (A B)ᵀ = Bᵀ Aᵀ: between columns and rows the order of a product turns round.

    Shapes
        W[l−1]   (n_l, n_{l−1})
        b[l−1]   (n_l, 1)
        X        (N, n_0)
        T        (N, n_L)
        dW[l−1]  (n_l, n_{l−1})
        db[l−1]  (n_l, 1)

    Raises
        ValueError  where sigma is none of "sigmoid", "tanh", "relu", "identity"

    Source: the rows of CS231n's layers, with the recursion of "Backpropagation Refresher", Jamie's Blog.
    """
    ####################################################################################################
    # TODO: derive backprop_batch_rows on paper, then write it here in place of the `raise`.           #
    # Equations graded here: DEEP-15.                                                                  #
    ####################################################################################################
    raise NotImplementedError


def update(W, b, dW, db, learning_rate):
    """Move every weight and bias one step against its gradient: return (W, b), new lists of new arrays.

    ΔW^l_ij ∝ −∂C/∂W^l_ij, and likewise b^l; the factor is learning_rate   [DEEP-2]

    No argument is changed, nor any array in it.

    Shapes
        W[l−1]         (n_l, n_{l−1})
        b[l−1]         (n_l, 1)
        dW[l−1]        (n_l, n_{l−1})
        db[l−1]        (n_l, 1)
        learning_rate  ()

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    ####################################################################################################
    # TODO: derive update on paper, then write it here in place of the `raise`.                        #
    # Equations graded here: DEEP-2.                                                                   #
    ####################################################################################################
    raise NotImplementedError
