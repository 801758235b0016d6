"""The deltas D^l = ∂C/∂z^l of a deep network, and the gradients and Jacobians that they carry."""

import numpy as np

from reference.activations import activation_derivative


def output_delta(dC, zL, sigma):
    """Return D^L = ∂C/∂z^L, shaped like z^L.

    h^L = σ(z^L) element by element, and dC = ∂C/∂h^L   [DEEP-8]

    Note
        This is for an activation that acts on each element alone. A softmax output mixes its elements: see
        softmax_output_delta.

    Shapes
        dC  (n_L, 1)
        zL  (n_L, 1)
        D   (n_L, 1)

    Raises
        ValueError  where sigma is none of "sigmoid", "tanh", "relu", "identity"

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    # BEGIN SOLUTION
    # h_k depends on z_k alone, so the chain rule has one term: ∂C/∂z_k = dC_k σ'(z_k).
    return dC * activation_derivative(sigma, zL)            # (n_L, 1)
    # END SOLUTION


def hidden_delta(W_next, D_next, z, sigma):
    """Return D^l = ∂C/∂z^l from the delta of the layer above, shaped like z^l.

    z^{l+1} = W^{l+1} σ(z^l) + b^{l+1}, and D^{l+1} = ∂C/∂z^{l+1}   [DEEP-9]

    It is also what the Jacobian ∂z^{l+1}/∂z^l gives when it pulls D^{l+1} back   [DEEP-13]

    Note
        In Python `@` and `*` bind equally and from the left: bracket what belongs together.

    Shapes
        W_next  (n_{l+1}, n_l)
        D_next  (n_{l+1}, 1)
        z       (n_l, 1)
        D       (n_l, 1)

    Raises
        ValueError  where sigma is none of "sigmoid", "tanh", "relu", "identity"

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    # BEGIN SOLUTION
    # Unit j reaches C through every unit i above it:
    #     D^l_j = Σ_i D^{l+1}_i ∂z^{l+1}_i/∂z^l_j = Σ_i D^{l+1}_i W^{l+1}_ij σ'(z^l_j).
    # The sum runs over the FIRST index of W, hence the transpose; σ'(z^l_j) is outside the sum.
    return (W_next.T @ D_next) * activation_derivative(sigma, z)      # (n_l, 1)
    # END SOLUTION


def weight_gradient(D, h_prev):
    """Return ∂C/∂W^l, shaped like W^l.

    z^l = W^l h^{l−1} + b^l, and D^l = ∂C/∂z^l   [DEEP-10]

    Shapes
        D       (n_l, 1)
        h_prev  (n_{l−1}, 1)
        dW      (n_l, n_{l−1})

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    # BEGIN SOLUTION
    # W_ij is in z_i only, times h_j: ∂C/∂W_ij = D_i h_j. A column times a row.
    return D @ h_prev.T                                     # (n_l, n_{l−1})
    # END SOLUTION


def bias_gradient(D):
    """Return ∂C/∂b^l, shaped like b^l.

    z^l = W^l h^{l−1} + b^l, and D^l = ∂C/∂z^l   [DEEP-11]

    Shapes
        D   (n_l, 1)
        db  (n_l, 1)

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    # BEGIN SOLUTION
    # ∂z_i/∂b_j = 1(i = j), so nothing changes on the way: db = D.
    return D.copy()                                         # (n_l, 1)
    # END SOLUTION


def layer_jacobian(W, z_prev, sigma):
    """Return the Jacobian ∂z^l/∂z^{l−1} of one layer.

    z^l = W^l σ(z^{l−1}) + b^l; entry [i, j] of the result is ∂z^l_i/∂z^{l−1}_j   [DEEP-12]

    Note
        A vector differentiated by a vector: rows for outputs, columns for inputs, unlike the gradient of a scalar.

    Shapes
        W       (n_l, n_{l−1})
        z_prev  (n_{l−1}, 1)
        J       (n_l, n_{l−1})

    Raises
        ValueError  where sigma is none of "sigmoid", "tanh", "relu", "identity"

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    # BEGIN SOLUTION
    # z^l_i = Σ_j W_ij σ(z^{l−1}_j) + b_i, hence J_ij = W_ij σ'(z^{l−1}_j): column j is scaled, so σ' lies as a row.
    return W * activation_derivative(sigma, z_prev).T       # (n_l, n_{l−1})
    # END SOLUTION


def weight_to_preactivation_jacobian(W_next, z, h_prev, sigma):
    """Return the Jacobian of the pre-activation one layer up in this layer's weights.

    z^l = W^l h^{l−1} + b^l,   z^{l+1} = W^{l+1} σ(z^l) + b^{l+1}

    Entry [q, i, j] of the result is ∂z^{l+1}_q/∂W^l_ij   [DEEP-16]

    Shapes
        W_next  (p, n)
        z       (n, 1)
        h_prev  (m, 1)
        J       (p, n, m)

    Raises
        ValueError  where sigma is none of "sigmoid", "tanh", "relu", "identity"

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    # BEGIN SOLUTION
    # W^l_ij moves z^l_i alone, by h^{l−1}_j; that moves σ(z^l_i) by σ'(z^l_i), and z^{l+1}_q by W^{l+1}_qi:
    #     ∂z^{l+1}_q/∂W^l_ij = W^{l+1}_qi σ'(z^l_i) h^{l−1}_j.
    J_z = layer_jacobian(W_next, z, sigma)                  # (p, n)
    return J_z[:, :, None] * h_prev[:, 0]                   # (p, n, m)
    # END SOLUTION


def softmax_output_delta(zL, y):
    """Return D^L = ∂C/∂z^L for a softmax output under cross-entropy, shaped like z^L.

    h^L = p with p_k = e^{z_k} / Σ_j e^{z_j},   C = −log p_y

    This is where the rule for element-wise activations ends [DEEP-8]: every p_k depends on every z_j.

    Shapes
        zL  (n_L, 1)
        y   ()    the true class, an integer from 0
        D   (n_L, 1)

    Source: beyond "Backpropagation Refresher", Jamie's Blog, which states no limit; the gradient is that of [AS-4].
    """
    # BEGIN SOLUTION
    # D^L = Jᵀ ∇C with J = diag(p) − p pᵀ in place of a diagonal of σ'. ∇C is −1/p_y at y and 0 elsewhere:
    #     D_j = −(1/p_y) p_y (1(j = y) − p_j) = p_j − 1(j = y).
    e = np.exp(zL - np.max(zL))                             # (n_L, 1), shifted against overflow
    return e / np.sum(e) - (np.arange(len(zL))[:, None] == y)      # (n_L, 1)
    # END SOLUTION
