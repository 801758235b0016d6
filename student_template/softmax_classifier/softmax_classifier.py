"""The softmax classifier as a whole: scores, summed cross-entropy, gradients of weights and biases."""

import numpy as np
from scores import bias_gradient, scores, weight_gradient
from softmax import cross_entropy, scores_gradient


def softmax_classifier_loss(W, b, X, y):
    """Compute the loss and its gradients: return (loss, dW, db).

    F = X W + b [AS-1],   P = softmax(F) [AS-2],   loss = Σ_i −log p_{i,y_i} [AS-3]

    dW = ∂loss/∂W and db = ∂loss/∂b. The path back crosses the scores [AS-4] [AS-12], then the weights
    [AS-5] [AS-6] [AS-7] [AS-8] and the biases [AS-9] [AS-10]; [AS-11] would carry it on below X.

    Note
        The loss is the SUM over the examples, where CS231n's assignment takes the mean. Nothing is divided by N.

    Shapes
        W     (D, K)
        b     (K,)
        X     (N, D)
        y     (N,)    integer labels, 0 to K − 1
        loss  ()
        dW    (D, K)
        db    (K,)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    ####################################################################################################
    # TODO: derive softmax_classifier_loss on paper, then write it here in place of the `raise`.       #
    # Equations graded here: AS-1, AS-2, AS-3, AS-4, AS-8, AS-10.                                      #
    ####################################################################################################
    raise NotImplementedError
