"""The affine (fully connected) layer: forward, backward, and its two Jacobians."""

import numpy as np


def affine_forward(x, w, b):
    """Map a batch through an affine layer: return (out, cache).

    out = X w + b, where row i of X is example i of x laid out flat, D = d1·…·dk numbers

    In the two-layer network this is u = x W + c [MLP-1], and again z = h w + b [MLP-3]; in CS231n a layer of its own
    [CS:affine_forward]. cache holds whatever affine_backward needs.

    Shapes
        x    (N, d1, …, dk)
        w    (D, M)
        b    (M,)
        out  (N, M)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah; signature of CS231n's layers.
    """
    ####################################################################################################
    # TODO: derive affine_forward on paper, then write it here in place of the `raise`.                #
    # Equations graded here: MLP-1, MLP-3.                                                             #
    ####################################################################################################
    raise NotImplementedError


def affine_backward(dout, cache):
    """Return (dx, dw, db) = (∂L/∂x, ∂L/∂w, ∂L/∂b), shaped like x, w, b.

    out = X w + b, and dout = ∂L/∂out; no penalty takes part here

    As the layer z = h w + b it answers for h, w and b [MLP-9] [MLP-10] [MLP-11], as the layer u = x W + c for
    W and c [MLP-12] [MLP-13], as CS231n's layer for all three [CS:affine_backward].

    Note
        The batch shares one w and one b. Formulas written for a single example have no index over examples.

    Shapes
        dout  (N, M)
        dx    (N, d1, …, dk)
        dw    (D, M)
        db    (M,)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah; signature of CS231n's layers.
    """
    ####################################################################################################
    # TODO: derive affine_backward on paper, then write it here in place of the `raise`.               #
    # Equations graded here: MLP-9, MLP-10, MLP-12, MLP-11, MLP-13.                                    #
    ####################################################################################################
    raise NotImplementedError


def affine_input_jacobian(w):
    """Return the Jacobian ∂z/∂h of z = h w + b for one example.

    z_k = Σ_j h_j w_jk + b_k; entry [k, j] of the result is ∂z_k/∂h_j   [MLP-9]

    Shapes
        w  (H, C)
        J  (C, H)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah.
    """
    ####################################################################################################
    # TODO: derive affine_input_jacobian on paper, then write it here in place of the `raise`.         #
    # Equations graded here: MLP-9.                                                                    #
    ####################################################################################################
    raise NotImplementedError


def affine_bias_jacobian(H):
    """Return the Jacobian ∂u/∂c of u = x W + c for one example.

    u_i = Σ_d x_d W_di + c_i; entry [i, j] of the result is ∂u_i/∂c_j   [MLP-19]

    Note
        This matrix is the Jacobian of u. The gradient of the loss in c is a vector, shaped like c.

    Shapes
        H  ()
        J  (H, H)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah (drawn there for H = 2).
    """
    ####################################################################################################
    # TODO: derive affine_bias_jacobian on paper, then write it here in place of the `raise`.          #
    # Equations graded here: MLP-19.                                                                   #
    ####################################################################################################
    raise NotImplementedError
