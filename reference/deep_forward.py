"""The forward pass of a network with L layers, and its error."""

import numpy as np

from reference.activations import activation


def forward(W, b, h0, sigma):
    """Run one example, a column, through all L layers: return (zs, hs).

    z^l = W^l h^{l−1} + b^l,   h^l = σ(z^l),   l = 1, …, L   [DEEP-1]

    Python counts from 0: W[l−1] is W^l and zs[l−1] is z^l, but hs[l] is h^l, as hs[0] is the input h^0.

    Shapes
        W[l−1]   (n_l, n_{l−1})
        b[l−1]   (n_l, 1)
        h0       (n_0, 1)
        zs[l−1]  (n_l, 1)    L of them
        hs[l]    (n_l, 1)    L + 1 of them

    Raises
        ValueError  where sigma is none of "sigmoid", "tanh", "relu", "identity"

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    # BEGIN SOLUTION
    zs, hs = [], [h0.copy()]
    for W_l, b_l in zip(W, b, strict=True):
        zs.append(W_l @ hs[-1] + b_l)                       # (n_l, 1)
        hs.append(activation(sigma, zs[-1]))                # (n_l, 1)
    return zs, hs
    # END SOLUTION


def half_squared_error(h, t):
    """Compute half the squared distance to the target and its gradient: return (C, dC).

    C = ½ ‖h − t‖²; dC = ∂C/∂h is shaped like h   [DEEP-1]

    Shapes
        h   (n_L, 1)
        t   (n_L, 1)
        C   ()
        dC  (n_L, 1)

    Source: "Backpropagation Refresher", Jamie's Blog, which leaves the formula of its error open; any
    differentiable function of h^L would do.
    """
    # BEGIN SOLUTION
    # C = ½ Σ_k (h_k − t_k)², so ∂C/∂h_k = h_k − t_k: the ½ cancels the 2.
    residual = h - t                                        # (n_L, 1)
    return 0.5 * np.sum(residual * residual), residual
    # END SOLUTION
