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
    # BEGIN SOLUTION
    if sigma == "sigmoid":
        # e^{min(z, 0)} / (1 + e^{−|z|}) is the same function on both sides of 0 with no positive exponent.
        return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))      # like z
    if sigma == "tanh":
        return np.tanh(z)                                   # like z
    if sigma == "relu":
        return np.maximum(z, 0)                             # like z
    if sigma == "identity":
        return z.copy()                                     # like z
    raise ValueError(f"sigma is {sigma!r}; expected 'sigmoid', 'tanh', 'relu' or 'identity'")
    # END SOLUTION


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
    # BEGIN SOLUTION
    # sigmoid: σ' = e^{−z} / (1 + e^{−z})² = σ(z) (1 − σ(z)), and 1 − σ(z) = σ(−z), which loses no digits.
    # tanh: (sinh / cosh)' = (cosh² − sinh²) / cosh² = 1 − tanh².
    if sigma == "sigmoid":
        return activation("sigmoid", z) * activation("sigmoid", -z)     # like z
    if sigma == "tanh":
        return 1 - np.tanh(z) ** 2                          # like z
    if sigma == "relu":
        return (z > 0).astype(z.dtype)                      # like z
    if sigma == "identity":
        return np.ones_like(z)                              # like z
    raise ValueError(f"sigma is {sigma!r}; expected 'sigmoid', 'tanh', 'relu' or 'identity'")
    # END SOLUTION
