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
    # BEGIN SOLUTION
    # L_i = log Σ_j e^{z_ij} − z_{i,y_i}, so ∂L_i/∂z_ik = p_ik − 1(y_i = k) (the sum over one-hot entries gives the
    # same, as they add up to 1). The mean weighs each example with 1/N, and its gradient must do so too:
    #     dz = (P − Y) / N.
    N, C = z.shape
    Y = (y[:, None] == np.arange(C) if y.ndim == 1 else y).astype(z.dtype)      # (N, C)
    shifted = z - np.max(z, axis=1, keepdims=True)          # (N, C), so that no exponential overflows
    E = np.exp(shifted)                                     # (N, C)
    total = np.sum(E, axis=1, keepdims=True)                # (N, 1), at least 1
    loss = -np.sum(Y * (shifted - np.log(total))) / N
    return loss, (E / total - Y) / N
    # END SOLUTION


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
    # BEGIN SOLUTION
    # ∂/∂W_dh of ½ λ Σ W² is λ W_dh: the ½ is there to cancel the 2. Likewise for w.
    penalty = 0.5 * reg * (np.sum(W * W) + np.sum(w * w))
    return penalty, reg * W, reg * w
    # END SOLUTION
