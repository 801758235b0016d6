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
    # BEGIN SOLUTION
    # Subtracting the same number from a whole row cancels in the fraction. With the row's maximum no exponent
    # is positive and the denominator is at least 1: nothing overflows and nothing is divided by zero.
    E = np.exp(F - np.max(F, axis=1, keepdims=True))        # (N, K)
    return E / np.sum(E, axis=1, keepdims=True)             # (N, K)
    # END SOLUTION


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
    # BEGIN SOLUTION
    # log p_ij = f_ij − log Σ_k e^{f_ik}, taken after the shift by the row's maximum. The logarithm of a
    # finished probability would be log 0 wherever that probability underflows.
    shifted = F - np.max(F, axis=1, keepdims=True)          # (N, K)
    log_P = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))      # (N, K)
    return -np.sum(log_P[np.arange(len(y)), y])
    # END SOLUTION


def scores_gradient(F, y):
    """Return dF = ∂L/∂F of the summed cross-entropy, shaped like F.

    p_ik = e^{f_ik} / Σ_j e^{f_ij},   L = Σ_i −log p_{i,y_i}; wanted is ∂L/∂f_ik = ∂L_i/∂f_ik   [AS-4]

    Shapes
        F   (N, K)
        y   (N,)    integer labels, 0 to K − 1
        dF  (N, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    # BEGIN SOLUTION
    # L_i = log Σ_k e^{f_ik} − f_{i,y_i}. The first term gives e^{f_ik} / Σ_j e^{f_ij} = p_ik, for EVERY k,
    # the second −1 at the true class:
    #     ∂L_i/∂f_ik = p_ik − 1(y_i = k).
    # Row i of P sums to 1 and holds one indicator, so each row of dF sums to 0. L is a sum: no 1/N.
    indicator = y[:, None] == np.arange(F.shape[1])         # (N, K)
    return softmax(F) - indicator                           # (N, K)
    # END SOLUTION


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
    # BEGIN SOLUTION
    # Quotient rule, with S = Σ_m e^{f_m}:
    #     ∂p_k/∂f_j = (1(k = j) e^{f_k} S − e^{f_k} e^{f_j}) / S² = p_k (1(k = j) − p_j).
    # With ∂L_i/∂p_{y_i} = −1/p_{y_i} the row k = y_i becomes p_j − 1(y_i = j), which is AS-4.
    p = softmax(f[None, :])[0]                              # (K,)
    return np.diag(p) - np.outer(p, p)                      # (K, K)
    # END SOLUTION
