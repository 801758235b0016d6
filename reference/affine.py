"""The affine (fully connected) layer: forward, backward, and its two Jacobians."""

import numpy as np


def affine_forward(x, w, b):
    """Map a batch through an affine layer: return (out, cache).

    out = X w + b, where row i of X is example i of x laid out flat, D = d1·…·dk numbers

    In the two-layer network this is u = x W + c [MLP-1], and again z = h w + b [MLP-3]; in CS231n a layer of its own
    [CS:affine_forward]. cache holds whatever affine_backward needs.

    Shapes
        x    (N, d1, …, dk)
        w    (D, M)
        b    (M,)
        out  (N, M)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah; signature of CS231n's layers.
    """
    # BEGIN SOLUTION
    X = x.reshape(len(x), len(w))                           # (N, D)
    return X @ w + b, (x, w)
    # END SOLUTION


def affine_backward(dout, cache):
    """Return (dx, dw, db) = (∂L/∂x, ∂L/∂w, ∂L/∂b), shaped like x, w, b.

    out = X w + b, and dout = ∂L/∂out; no penalty takes part here

    As the layer z = h w + b it answers for h, w and b [MLP-9] [MLP-10] [MLP-11], as the layer u = x W + c for
    W and c [MLP-12] [MLP-13], as CS231n's layer for all three [CS:affine_backward].

    Note
        The batch shares one w and one b. Formulas written for a single example have no index over examples.

    Shapes
        dout  (N, M)
        dx    (N, d1, …, dk)
        dw    (D, M)
        db    (M,)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah; signature of CS231n's layers.
    """
    # BEGIN SOLUTION
    # out_im = Σ_d X_id w_dm + b_m. Sum over every entry of out that the wanted variable reaches:
    #     ∂L/∂X_id = Σ_m dout_im w_dm,   ∂L/∂w_dm = Σ_i X_id dout_im,   ∂L/∂b_m = Σ_i dout_im.
    # Rows of dout multiply the Jacobian wᵀ from the left, dout · J. (Jᵀ d belongs to columns.)
    x, w = cache
    X = x.reshape(len(x), len(w))                           # (N, D)
    dx = (dout @ w.T).reshape(x.shape)                      # (N, d1, …, dk)
    dw = X.T @ dout                                         # (D, M)
    db = np.sum(dout, axis=0)                               # (M,): one example's db is its row; a batch adds the rows
    return dx, dw, db
    # END SOLUTION


def affine_input_jacobian(w):
    """Return the Jacobian ∂z/∂h of z = h w + b for one example.

    z_k = Σ_j h_j w_jk + b_k; entry [k, j] of the result is ∂z_k/∂h_j   [MLP-9]

    Shapes
        w  (H, C)
        J  (C, H)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah.
    """
    # BEGIN SOLUTION
    # ∂z_k/∂h_j = w_jk: outputs count the rows of a Jacobian, and the columns of w. So J = wᵀ, and for a
    # row dz the pull-back is dz · J = dz wᵀ. (Jᵀ dz would pair w with the wrong side of a row.)
    return w.T.copy()                                       # (C, H)
    # END SOLUTION


def affine_bias_jacobian(H):
    """Return the Jacobian ∂u/∂c of u = x W + c for one example.

    u_i = Σ_d x_d W_di + c_i; entry [i, j] of the result is ∂u_i/∂c_j   [MLP-19]

    Note
        This matrix is the Jacobian of u. The gradient of the loss in c is a vector, shaped like c.

    Shapes
        H  ()
        J  (H, H)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah (drawn there for H = 2).
    """
    # BEGIN SOLUTION
    # c_j enters u_j once, with factor 1, and no other component: J = I. One example's dc is Iᵀ du = du;
    # a batch sums these over its examples (MLP-13).
    return np.eye(H)                                        # (H, H)
    # END SOLUTION
