"""A linear classifier under softmax cross-entropy, by loops and by matrices."""

import numpy as np


def softmax_loss_naive(W, X, y, reg):
    """Compute loss and gradient of a linear softmax classifier with loops: return (loss, dW).

    s_ij = Σ_d X_id W_dj,   p_ij = e^{s_ij} / Σ_k e^{s_ik},   L_i = −log p_{i,y_i}

    loss = (1/N) Σ_i L_i + λ Σ W², with λ = reg; dW = ∂loss/∂W is shaped like W   [CS:softmax_loss_naive]

    Finite for scores of ±1e4.

    Note
        The penalty is λ Σ W² and has no ½. There is no bias: a column of ones in X takes its place.

    Shapes
        W     (D, C)
        X     (N, D)
        y     (N,)    integer labels, 0 to C − 1
        reg   ()
        loss  ()
        dW    (D, C)

    Source: signature of CS231n's softmax, as of 2016; before 2025 the course leaves the penalty's factor open.
    """
    ####################################################################################################
    # TODO: derive softmax_loss_naive on paper, then write it here in place of the `raise`.            #
    # Equations graded here: CS:softmax_loss_naive.                                                    #
    ####################################################################################################
    raise NotImplementedError


def softmax_loss_vectorized(W, X, y, reg):
    """Compute loss and gradient of a linear softmax classifier without a Python loop: return (loss, dW).

    S = X W,   p_ij = e^{s_ij} / Σ_k e^{s_ik},   loss = −(1/N) Σ_i log p_{i,y_i} + λ Σ W², with λ = reg

    dW = ∂loss/∂W is shaped like W; the answer agrees with softmax_loss_naive   [CS:softmax_loss_vectorized]

    Finite for scores of ±1e4.

    Note
        The penalty is λ Σ W² and has no ½.

    Shapes
        W     (D, C)
        X     (N, D)
        y     (N,)    integer labels, 0 to C − 1
        reg   ()
        loss  ()
        dW    (D, C)

    Source: signature of CS231n's softmax, as of 2016; before 2025 the course leaves the penalty's factor open.
    """
    ####################################################################################################
    # TODO: derive softmax_loss_vectorized on paper, then write it here in place of the `raise`.       #
    # Equations graded here: CS:softmax_loss_vectorized.                                               #
    ####################################################################################################
    raise NotImplementedError
