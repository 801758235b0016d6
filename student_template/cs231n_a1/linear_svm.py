"""A linear classifier under the hinge loss, by loops and by matrices."""

import numpy as np


def svm_loss_naive(W, X, y, reg):
    """Compute loss and gradient of a linear SVM, one example and one class at a time: return (loss, dW).

    s_ij = Σ_d X_id W_dj,   L_i = Σ_{j ≠ y_i} max(0, s_ij − s_{i,y_i} + 1)

    loss = (1/N) Σ_i L_i + λ Σ W², with λ = reg; dW = ∂loss/∂W is shaped like W   [CS:svm_loss_naive]

    Note
        The penalty is λ Σ W² and has no ½. There is no bias: a column of ones in X takes its place.

    Shapes
        W     (D, C)
        X     (N, D)
        y     (N,)    integer labels, 0 to C − 1
        reg   ()
        loss  ()
        dW    (D, C)

    Source: signature of CS231n's linear_svm, as of 2016.
    """
    ####################################################################################################
    # TODO: derive svm_loss_naive on paper, then write it here in place of the `raise`.                #
    # Equations graded here: CS:svm_loss_naive.                                                        #
    ####################################################################################################
    raise NotImplementedError


def svm_loss_vectorized(W, X, y, reg):
    """Compute loss and gradient of a linear SVM without a Python loop: return (loss, dW).

    S = X W,   loss = (1/N) Σ_i Σ_{j ≠ y_i} max(0, s_ij − s_{i,y_i} + 1) + λ Σ W², with λ = reg

    dW = ∂loss/∂W is shaped like W; the answer agrees with svm_loss_naive   [CS:svm_loss_vectorized]

    Note
        The penalty is λ Σ W² and has no ½.

    Shapes
        W     (D, C)
        X     (N, D)
        y     (N,)    integer labels, 0 to C − 1
        reg   ()
        loss  ()
        dW    (D, C)

    Source: signature of CS231n's linear_svm, as of 2016.
    """
    ####################################################################################################
    # TODO: derive svm_loss_vectorized on paper, then write it here in place of the `raise`.           #
    # Equations graded here: CS:svm_loss_vectorized.                                                   #
    ####################################################################################################
    raise NotImplementedError
