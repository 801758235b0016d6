"""The rectifier: forward, backward element by element, and backward by its Jacobian."""

import numpy as np


def relu_forward(x):
    """Rectify every element: return (out, cache).

    out = max(0, x)   [MLP-2] [CS:relu_forward]

    cache holds whatever relu_backward needs.

    Shapes
        x    any
        out  like x

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah.
    """
    ####################################################################################################
    # TODO: derive relu_forward on paper, then write it here in place of the `raise`.                  #
    # Equations graded here: MLP-2.                                                                    #
    ####################################################################################################
    raise NotImplementedError


def relu_backward(dout, cache):
    """Return dx = ∂L/∂x, shaped like x, element by element.

    out = max(0, x), and dout = ∂L/∂out   [MLP-17] [MLP-18] [CS:relu_backward]

    Note
        max(0, x) has a kink at 0. By convention its derivative AT zero is 0.

    Shapes
        dout  like x
        dx    like x

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah.
    """
    ####################################################################################################
    # TODO: derive relu_backward on paper, then write it here in place of the `raise`.                 #
    # Equations graded here: MLP-18, MLP-17.                                                           #
    ####################################################################################################
    raise NotImplementedError


def relu_jacobian(u):
    """Return the Jacobian ∂h/∂u of h = max(0, u) for one example.

    Entry [i, j] of the result is ∂h_i/∂u_j   [MLP-15]

    Note
        The derivative of max(0, ·) at exactly 0 is taken as 0 [MLP-17].

    Shapes
        u  (H,)
        J  (H, H)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah (drawn there for H = 2).
    """
    ####################################################################################################
    # TODO: derive relu_jacobian on paper, then write it here in place of the `raise`.                 #
    # Equations graded here: MLP-15, MLP-17.                                                           #
    ####################################################################################################
    raise NotImplementedError


def relu_backward_jacobian(dh, u):
    """Return du = ∂L/∂u of one example, by way of the full Jacobian.

    h = max(0, u), J = ∂h/∂u, dh = ∂L/∂h; the answer agrees with relu_backward   [MLP-16]

    Shapes
        dh  (H,)
        u   (H,)
        du  (H,)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah (drawn there for H = 2).
    """
    ####################################################################################################
    # TODO: derive relu_backward_jacobian on paper, then write it here in place of the `raise`.        #
    # Equations graded here: MLP-16, MLP-17.                                                           #
    ####################################################################################################
    raise NotImplementedError
