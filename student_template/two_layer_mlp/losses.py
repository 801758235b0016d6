"""The two terms of the network's loss: mean softmax cross-entropy and the L2 penalty."""

import numpy as np


def softmax_loss(z, y):
    """Compute the mean cross-entropy of a batch of scores and dz = ∂loss/∂z: return (loss, dz).

    p_k = e^{z_k} / Σ_j e^{z_j} [MLP-6],   L_i = −log p_{y_i} [MLP-4],   loss = (1/N) Σ_i L_i

    y holds integer labels, or one-hot rows for which L_i = −Σ_j y_ij log p_ij is the same number [MLP-7].
    dz is shaped like z [MLP-8]. Finite for scores of ±1e4.

    Note
        dz is the gradient of the loss that is returned, not of one example's L_i.

    Shapes
        z     (N, C)
        y     (N,)    integer labels 0 to C − 1, or (N, C) one-hot
        loss  ()
        dz    (N, C)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah.
    """
    ####################################################################################################
    # TODO: derive softmax_loss on paper, then write it here in place of the `raise`.                  #
    # Equations graded here: MLP-4, MLP-6, MLP-8, MLP-7.                                               #
    ####################################################################################################
    raise NotImplementedError


def l2_penalty(W, w, reg):
    """Compute the L2 penalty and its gradients: return (penalty, dW, dw).

    penalty = ½ λ (Σ W² + Σ w²), with λ = reg   [MLP-5]

    dW and dw are the derivatives of the penalty alone.

    Note
        Both weight matrices are penalised, each square summed over all entries; the biases never are.

    Shapes
        W        (D, H)
        w        (H, C)
        reg      ()
        penalty  ()
        dW       (D, H)
        dw       (H, C)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah.
    """
    ####################################################################################################
    # TODO: derive l2_penalty on paper, then write it here in place of the `raise`.                    #
    # Equations graded here: MLP-5, MLP-12, MLP-10.                                                    #
    ####################################################################################################
    raise NotImplementedError
