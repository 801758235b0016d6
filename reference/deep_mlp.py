"""Backpropagation through all L layers: one example, a batch in columns, a batch in rows; and the update."""

import numpy as np

from reference.activations import activation, activation_derivative
from reference.deep_deltas import bias_gradient, hidden_delta, output_delta, weight_gradient
from reference.deep_forward import forward, half_squared_error


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
    # BEGIN SOLUTION
    # D^L = ∇C ∘ σ'(z^L), then D^l = (W^{l+1}ᵀ D^{l+1}) ∘ σ'(z^l); ∂C/∂W^l = D^l h^{l−1}ᵀ and ∂C/∂b^l = D^l.
    zs, hs = forward(W, b, h0, sigma)                       # hs is one longer: hs[l] is h^l
    _, dC = half_squared_error(hs[-1], t)                   # (n_L, 1)
    deltas = [output_delta(dC, zs[-1], sigma)]
    for W_next, z in zip(W[:0:-1], zs[-2::-1], strict=True):      # layers L − 1 down to 1
        deltas.insert(0, hidden_delta(W_next, deltas[0], z, sigma))
    dW = [weight_gradient(D, h) for D, h in zip(deltas, hs[:-1], strict=True)]
    return dW, [bias_gradient(D) for D in deltas]
    # END SOLUTION


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
    # BEGIN SOLUTION
    # Column i of D is example i's delta. D Hᵀ = Σ_i d_i h_iᵀ adds up the examples by itself; the bias
    # gradient has to be told to, and keeps its axis: Σ_i d_i is a column.
    zs, hs = forward(W, b, H0, sigma)                       # b^l is added to every column
    deltas = [output_delta(hs[-1] - T, zs[-1], sigma)]      # (n_L, N)
    for W_next, z in zip(W[:0:-1], zs[-2::-1], strict=True):      # layers L − 1 down to 1
        deltas.insert(0, hidden_delta(W_next, deltas[0], z, sigma))      # (n_l, N)
    dW = [weight_gradient(D, H) for D, H in zip(deltas, hs[:-1], strict=True)]
    return dW, [np.sum(D, axis=1, keepdims=True) for D in deltas]
    # END SOLUTION


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
    # BEGIN SOLUTION
    # Transpose the column recursion: dZ^l = (dZ^{l+1} W^{l+1}) ∘ σ'(Z^l), no transpose left on W; and
    #     ∂C/∂W^l = Σ_i dz_iᵀ h_i = dZ^lᵀ H^{l−1},   ∂C/∂b^l = Σ_i dz_iᵀ, kept as a column.
    Zs, Hs = [], [X]
    for W_l, b_l in zip(W, b, strict=True):
        Zs.append(Hs[-1] @ W_l.T + b_l.T)                   # (N, n_l)
        Hs.append(activation(sigma, Zs[-1]))                # (N, n_l)
    dH = Hs[-1] - T                                         # (N, n_L)
    dW, db = [], []
    for W_l, Z, H_prev in zip(W[::-1], Zs[::-1], Hs[-2::-1], strict=True):
        dZ = dH * activation_derivative(sigma, Z)           # (N, n_l)
        dW.insert(0, dZ.T @ H_prev)                         # (n_l, n_{l−1})
        db.insert(0, np.sum(dZ, axis=0)[:, None])           # (n_l, 1)
        dH = dZ @ W_l                                       # (N, n_{l−1})
    return dW, db
    # END SOLUTION


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
    # BEGIN SOLUTION
    # The gradient points uphill, and the step goes the other way.
    stepped_W = [W_l - learning_rate * dW_l for W_l, dW_l in zip(W, dW, strict=True)]
    stepped_b = [b_l - learning_rate * db_l for b_l, db_l in zip(b, db, strict=True)]
    return stepped_W, stepped_b
    # END SOLUTION
