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
    # BEGIN SOLUTION
    return X @ W + b                                        # (N, K)
    # END SOLUTION


def scores_weight_jacobian(x, K):
    """Return the Jacobian of one example's K scores in the whole weight matrix.

    f_k = w_kᵀ x + b_k; entry [k, d, j] of the result is ∂f_k/∂W_dj   [AS-5]

    Shapes
        x  (D,)
        K  ()
        J  (K, D, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    # BEGIN SOLUTION
    # f_k = Σ_d x_d W_dk + b_k reads column k of W alone, therefore
    #     ∂f_k/∂W_dj = x_d 1(j = k).
    # The vector is the example's own x (x_i in a batch): j counts classes and never picks an example.
    return np.eye(K, dtype=x.dtype)[:, None, :] * x[:, None]      # (K, D, K)
    # END SOLUTION


def weight_gradient_one(x, df):
    """Return dW = ∂L_i/∂W of a single example, shaped like W.

    L_i depends on W only through the scores f_k = w_kᵀ x + b_k, and df_k = ∂L_i/∂f_k   [AS-6]

    Shapes
        x   (D,)
        df  (K,)
        dW  (D, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    # BEGIN SOLUTION
    # Chain rule over all K scores, with the Jacobian of AS-5:
    #     ∂L_i/∂w_j = Σ_k df_k ∂f_k/∂w_j = Σ_k df_k x 1(j = k) = df_j x.
    # Column j is df_j times x: an outer product.
    return np.outer(x, df)                                  # (D, K)
    # END SOLUTION


def weight_gradient_loop(X, dF):
    """Return dW = ∂L/∂W of a batch, adding up the examples one at a time.

    L = Σ_i L_i, and example i reaches W through row i of F = X W + b alone   [AS-7]

    Shapes
        X   (N, D)
        dF  (N, K)
        dW  (D, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    # BEGIN SOLUTION
    # The derivative of a sum is the sum of the derivatives: ∂L/∂w_j = Σ_i dF_ij x_i.
    dW = np.zeros((X.shape[1], dF.shape[1]), dtype=np.result_type(X, dF))      # (D, K)
    for i in range(len(X)):
        dW += weight_gradient_one(X[i], dF[i])
    return dW
    # END SOLUTION


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
    # BEGIN SOLUTION
    # Entry (d, j) of AS-7 is Σ_i X_id dF_ij = Σ_i (Xᵀ)_di dF_ij, which is a matrix product over i.
    # Xᵀ is the transposed data and nothing else: blocks of products x_aᵀ x_b play no part here.
    return X.T @ dF                                         # (D, K)
    # END SOLUTION


def scores_bias_jacobian(K):
    """Return the Jacobian of one example's K scores in the biases.

    f_k = w_kᵀ x + b_k; entry [k, j] of the result is ∂f_k/∂b_j   [AS-9]

    Shapes
        K  ()
        J  (K, K)

    Source: "CS231n basic backpropagation derivation" (post of April 7, 2017).
    """
    # BEGIN SOLUTION
    # Score k contains b_k once and no other bias: ∂f_k/∂b_j = 1(j = k).
    return np.eye(K)                                        # (K, K)
    # END SOLUTION


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
    # BEGIN SOLUTION
    # One example gives ∂L_i/∂b_j = Σ_k dF_ik 1(j = k) = dF_ij (AS-9). Every example uses the same b_j,
    # a scalar, so the contributions add: ∂L/∂b_j = Σ_i dF_ij.
    return np.sum(dF, axis=0)                               # (K,)
    # END SOLUTION


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
    # BEGIN SOLUTION
    # f_ik = Σ_d X_id W_dk + b_k, so ∂L/∂X_id = Σ_k dF_ik W_dk = Σ_k dF_ik (Wᵀ)_kd.
    return dF @ W.T                                         # (N, D)
    # END SOLUTION
