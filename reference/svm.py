"""The multiclass support vector machine: hinge loss of scores, and of a linear classifier with its penalty."""

import numpy as np


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
    # BEGIN SOLUTION
    # For j ≠ y_i the score x_ij stands in one margin, with +1: ∂L_i/∂x_ij = 1(margin_ij > 0). The true score
    # stands in all of them, with −1, so its slope is minus the number of margins that are broken.
    N, rows = len(x), np.arange(len(x))
    margins = np.maximum(x - x[rows, y][:, None] + 1, 0)    # (N, C)
    margins[rows, y] = 0                                    # the sum leaves the true class out
    dx = (margins > 0).astype(x.dtype)                      # (N, C)
    dx[rows, y] = -np.sum(dx, axis=1)
    return np.sum(margins) / N, dx / N
    # END SOLUTION


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
    # BEGIN SOLUTION
    # A broken margin s_ij − s_{i,y_i} + 1 > 0 holds X_i W_j once with + and X_i W_{y_i} once with −: it adds X_i to
    # column j of the gradient and takes X_i from column y_i. The penalty adds ∂(λ W²)/∂W = 2 λ W.
    loss, dW = 0, np.zeros_like(W)                          # (D, C)
    for i in range(len(X)):
        s = X[i] @ W                                        # (C,)
        for j in range(W.shape[1]):
            margin = s[j] - s[y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W
    # END SOLUTION


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
    # BEGIN SOLUTION
    # s_ij = Σ_d X_id W_dj, so ∂loss/∂W_dj = Σ_i X_id ∂loss/∂s_ij, a matrix product over the examples; the 1/N is in dS.
    data_loss, dS = svm_loss(X @ W, y)                      # (N, C)
    return data_loss + reg * np.sum(W * W), X.T @ dS + 2 * reg * W
    # END SOLUTION
