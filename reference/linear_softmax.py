"""Softmax cross-entropy of scores, and of a linear classifier with its penalty, by loops and by matrices."""

import numpy as np


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
    # BEGIN SOLUTION
    # −log p_{i,y_i} = log Σ_k e^{x_ik} − x_{i,y_i}: its slope in x_ij is p_ij − 1(j = y_i), and the mean divides by N.
    # Taking the largest score off a row changes no p, and no exponential overflows.
    N, rows = len(x), np.arange(len(x))
    logits = x - np.max(x, axis=1, keepdims=True)           # (N, C)
    logp = logits - np.log(np.sum(np.exp(logits), axis=1, keepdims=True))      # (N, C)
    dx = np.exp(logp)                                       # (N, C)
    dx[rows, y] -= 1
    return -np.sum(logp[rows, y]) / N, dx / N
    # END SOLUTION


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
    # BEGIN SOLUTION
    # L_i = log Σ_k e^{s_ik} − s_{i,y_i}, so ∂L_i/∂s_ij = p_ij − 1(j = y_i). Score j reads column j of W alone, with
    # ∂s_ij/∂W_j = X_i. The penalty adds ∂(λ W²)/∂W = 2 λ W.
    loss, dW = 0, np.zeros_like(W)                          # (D, C)
    for i in range(len(X)):
        s = X[i] @ W                                        # (C,)
        s = s - np.max(s)                                   # the same p, and no exponential overflows
        e = np.exp(s)                                       # (C,)
        loss += np.log(np.sum(e)) - s[y[i]]
        for j in range(W.shape[1]):
            dW[:, j] += (e[j] / np.sum(e) - (j == y[i])) * X[i]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W
    # END SOLUTION


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
    # BEGIN SOLUTION
    # ∂loss/∂W_dj = Σ_i X_id ∂loss/∂s_ij: the transposed data times the gradient of the scores, which holds the 1/N.
    data_loss, dS = softmax_loss(X @ W, y)                  # (N, C)
    return data_loss + reg * np.sum(W * W), X.T @ dS + 2 * reg * W
    # END SOLUTION
