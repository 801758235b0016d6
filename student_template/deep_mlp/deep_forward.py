"""The forward pass of a network with L layers, and its error."""

import numpy as np
from activations import activation


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
    ####################################################################################################
    # TODO: derive forward on paper, then write it here in place of the `raise`.                       #
    # Equations graded here: DEEP-1.                                                                   #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive half_squared_error on paper, then write it here in place of the `raise`.            #
    # Equations graded here: DEEP-1.                                                                   #
    ####################################################################################################
    raise NotImplementedError
