"""The affine scores of a linear classifier, and what an upstream gradient on them says about X, W and b."""

import numpy as np


def scores(X, W, b):
    """Compute the class scores of a batch.

    f_ij = w_jᵀ x_i + b_j, in matrix form F = X W + b   [AS-1]

    Examples are the rows of X; w_j is column j of W.

    Shapes
        X  (N, D)
        W  (D, K)
        b  (K,)
        F  (N, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    ####################################################################################################
    # TODO: derive scores on paper, then write it here in place of the `raise`.                        #
    # Equations graded here: AS-1.                                                                     #
    ####################################################################################################
    raise NotImplementedError


def scores_weight_jacobian(x, K):
    """Return the Jacobian of one example's K scores in the whole weight matrix.

    f_k = w_kᵀ x + b_k; entry [k, d, j] of the result is ∂f_k/∂W_dj   [AS-5]

    Shapes
        x  (D,)
        K  ()
        J  (K, D, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    ####################################################################################################
    # TODO: derive scores_weight_jacobian on paper, then write it here in place of the `raise`.        #
    # Equations graded here: AS-5.                                                                     #
    ####################################################################################################
    raise NotImplementedError


def weight_gradient_one(x, df):
    """Return dW = ∂L_i/∂W of a single example, shaped like W.

    L_i depends on W only through the scores f_k = w_kᵀ x + b_k, and df_k = ∂L_i/∂f_k   [AS-6]

    Shapes
        x   (D,)
        df  (K,)
        dW  (D, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    ####################################################################################################
    # TODO: derive weight_gradient_one on paper, then write it here in place of the `raise`.           #
    # Equations graded here: AS-6.                                                                     #
    ####################################################################################################
    raise NotImplementedError


def weight_gradient_loop(X, dF):
    """Return dW = ∂L/∂W of a batch, adding up the examples one at a time.

    L = Σ_i L_i, and example i reaches W through row i of F = X W + b alone   [AS-7]

    Shapes
        X   (N, D)
        dF  (N, K)
        dW  (D, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    ####################################################################################################
    # TODO: derive weight_gradient_loop on paper, then write it here in place of the `raise`.          #
    # Equations graded here: AS-7.                                                                     #
    ####################################################################################################
    raise NotImplementedError


def weight_gradient(X, dF):
    """Return dW = ∂L/∂W of a batch, shaped like W, without a Python loop over the examples.

    F = X W + b, and dF = ∂L/∂F   [AS-8]

    The time on a tall, thin X is graded; any vectorised product is fast enough.

    Shapes
        X   (N, D)
        dF  (N, K)
        dW  (D, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    ####################################################################################################
    # TODO: derive weight_gradient on paper, then write it here in place of the `raise`.               #
    # Equations graded here: AS-8.                                                                     #
    ####################################################################################################
    raise NotImplementedError


def scores_bias_jacobian(K):
    """Return the Jacobian of one example's K scores in the biases.

    f_k = w_kᵀ x + b_k; entry [k, j] of the result is ∂f_k/∂b_j   [AS-9]

    Shapes
        K  ()
        J  (K, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    ####################################################################################################
    # TODO: derive scores_bias_jacobian on paper, then write it here in place of the `raise`.          #
    # Equations graded here: AS-9.                                                                     #
    ####################################################################################################
    raise NotImplementedError


def bias_gradient(dF):
    """Return db = ∂L/∂b of a batch, shaped like b.

    F = X W + b: the same b is added to every row   [AS-10]

    Note
        b has one axis, and so has its gradient: a column (K, 1) would broadcast against F in another direction.

    Shapes
        dF  (N, K)
        db  (K,)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    ####################################################################################################
    # TODO: derive bias_gradient on paper, then write it here in place of the `raise`.                 #
    # Equations graded here: AS-10.                                                                    #
    ####################################################################################################
    raise NotImplementedError


def input_gradient(dF, W):
    """Return dX = ∂L/∂X, shaped like X.

    F = X W + b, and dF = ∂L/∂F   [AS-11]

    Shapes
        dF  (N, K)
        W   (D, K)
        dX  (N, D)

    Source: the step that "CS231n basic backpropagation derivation" (post of April 7, 2017) leaves out; a layer
    below needs it.
    """
    ####################################################################################################
    # TODO: derive input_gradient on paper, then write it here in place of the `raise`.                #
    # Equations graded here: AS-11.                                                                    #
    ####################################################################################################
    raise NotImplementedError
