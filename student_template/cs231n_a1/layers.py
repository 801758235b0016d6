"""Layers, each forward and backward, and two losses of scores."""

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
    # Equations graded here: CS:affine_forward.                                                        #
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
    # Equations graded here: CS:affine_backward.                                                       #
    ####################################################################################################
    raise NotImplementedError


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
    # Equations graded here: CS:relu_forward.                                                          #
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
    # Equations graded here: CS:relu_backward.                                                         #
    ####################################################################################################
    raise NotImplementedError


def svm_loss(x, y):
    """Compute the mean hinge loss of a batch of scores and dx = ∂loss/∂x: return (loss, dx).

    L_i = Σ_{j ≠ y_i} max(0, x_ij − x_{i,y_i} + 1),   loss = (1/N) Σ_i L_i   [CS:svm_loss]

    dx is shaped like x. There is no penalty here.

    Note
        The true class takes part in every margin of its example. A margin of exactly 0 counts as kept.

    Shapes
        x     (N, C)
        y     (N,)    integer labels, 0 to C − 1
        loss  ()
        dx    (N, C)

    Source: signature of CS231n's layers; the loss is that of Weston and Watkins, 1999.
    """
    ####################################################################################################
    # TODO: derive svm_loss on paper, then write it here in place of the `raise`.                      #
    # Equations graded here: CS:svm_loss.                                                              #
    ####################################################################################################
    raise NotImplementedError


def softmax_loss(x, y):
    """Compute the mean cross-entropy of a batch of scores and dx = ∂loss/∂x: return (loss, dx).

    p_ij = e^{x_ij} / Σ_k e^{x_ik},   loss = −(1/N) Σ_i log p_{i,y_i}   [CS:softmax_loss]

    dx is shaped like x. There is no penalty here. Finite for scores of ±1e4.

    Shapes
        x     (N, C)
        y     (N,)    integer labels, 0 to C − 1
        loss  ()
        dx    (N, C)

    Source: signature of CS231n's layers.
    """
    ####################################################################################################
    # TODO: derive softmax_loss on paper, then write it here in place of the `raise`.                  #
    # Equations graded here: CS:softmax_loss.                                                          #
    ####################################################################################################
    raise NotImplementedError
