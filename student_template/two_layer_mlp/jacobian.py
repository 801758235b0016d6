"""The Jacobian of any vector function, measured."""

import numpy as np


def numerical_jacobian(f, x, h):
    """Measure the Jacobian of f at x by centred differences with step h.

    J_ij = ∂f_i/∂x_j for f: Rⁿ → Rᵐ   [MLP-14]

    Row i of J is the transposed gradient of the component f_i; column j is the partial derivative of all of f
    in x_j. A centred difference evaluates f half a stride ahead and half a stride behind: at a distance h on
    either side of x.

    Note
        The two indices run over different things, i over outputs and j over inputs.

    Shapes
        f  maps (n,) to (m,)
        x  (n,)
        h  ()
        J  (m, n)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah.
    """
    ####################################################################################################
    # TODO: derive numerical_jacobian on paper, then write it here in place of the `raise`.            #
    # Equations graded here: MLP-14.                                                                   #
    ####################################################################################################
    raise NotImplementedError
