"""Softmax probabilities, their Jacobian, and the summed cross-entropy loss."""

import numpy as np


def softmax(F):
    """Turn every row of scores into probabilities.

    p_ij = e^{f_ij} / Σ_k e^{f_ik}   [AS-2]

    The rows of P sum to 1, and are finite for scores of ±1e4.

    Shapes
        F  (N, K)
        P  (N, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    ####################################################################################################
    # TODO: derive softmax on paper, then write it here in place of the `raise`.                       #
    # Equations graded here: AS-2.                                                                     #
    ####################################################################################################
    raise NotImplementedError


def cross_entropy(F, y):
    """Compute the cross-entropy loss of a batch of scores: the SUM over examples, one float.

    L_i = −log p_{i,y_i},   L = Σ_i L_i   [AS-3]

    Finite for scores of ±1e4.

    Note
        p_{i,y_i} is one number, the probability of example i's true class. It is at most 1, so no L_i is negative:
        a loss below zero has lost its minus sign.

    Shapes
        F  (N, K)
        y  (N,)    integer labels, 0 to K − 1
        L  ()

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017). CS231n's own softmax loss is the mean.
    """
    ####################################################################################################
    # TODO: derive cross_entropy on paper, then write it here in place of the `raise`.                 #
    # Equations graded here: AS-3.                                                                     #
    ####################################################################################################
    raise NotImplementedError


def scores_gradient(F, y):
    """Return dF = ∂L/∂F of the summed cross-entropy, shaped like F.

    p_ik = e^{f_ik} / Σ_j e^{f_ij},   L = Σ_i −log p_{i,y_i}; wanted is ∂L/∂f_ik = ∂L_i/∂f_ik   [AS-4]

    Shapes
        F   (N, K)
        y   (N,)    integer labels, 0 to K − 1
        dF  (N, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    ####################################################################################################
    # TODO: derive scores_gradient on paper, then write it here in place of the `raise`.               #
    # Equations graded here: AS-4.                                                                     #
    ####################################################################################################
    raise NotImplementedError


def softmax_jacobian(f):
    """Return the Jacobian of one example's probabilities in its scores.

    p_k = e^{f_k} / Σ_m e^{f_m}; entry [k, j] of the result is ∂p_k/∂f_j   [AS-12]

    Note
        Every score sits in the denominator of every probability.

    Shapes
        f  (K,)
        J  (K, K)

    Source: the step between [AS-3] and [AS-4] that "CS231n basic backpropagation derivation" (post of
    April 7, 2017) skips.
    """
    ####################################################################################################
    # TODO: derive softmax_jacobian on paper, then write it here in place of the `raise`.              #
    # Equations graded here: AS-12.                                                                    #
    ####################################################################################################
    raise NotImplementedError
