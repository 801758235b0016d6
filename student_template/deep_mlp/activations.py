"""Element-wise activations by name, and their derivatives."""

import numpy as np


def activation(sigma, z):
    """Apply the activation named sigma to every element.

    h = σ(z)   [DEEP-1]

    "sigmoid" is 1 / (1 + e^{−z}), finite at ±1e3; "tanh" is the hyperbolic tangent; "relu" is max(0, z);
    "identity" is z.

    Shapes
        z  any
        h  like z

    Raises
        ValueError  where sigma is none of the four names

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    ####################################################################################################
    # TODO: derive activation on paper, then write it here in place of the `raise`.                    #
    # Equations graded here: DEEP-1.                                                                   #
    ####################################################################################################
    raise NotImplementedError


def activation_derivative(sigma, z):
    """Return the derivative of the activation named sigma at every element of z.

    h = σ(z) [DEEP-1]; wanted is σ'(z), evaluated at the pre-activation z, not at h

    Note
        max(0, z) has a kink at 0. By convention its derivative AT zero is 0 [MLP-17].

    Shapes
        z   any
        dh  like z    σ'(z)

    Raises
        ValueError  where sigma is none of "sigmoid", "tanh", "relu", "identity"

    Source: "Backpropagation Refresher", Jamie's Blog; the convention from "Backpropagation Guide", COMS 4732
    Computer Vision 2, Jaidev Shah.
    """
    ####################################################################################################
    # TODO: derive activation_derivative on paper, then write it here in place of the `raise`.         #
    # Equations graded here: DEEP-1, MLP-17.                                                           #
    ####################################################################################################
    raise NotImplementedError
