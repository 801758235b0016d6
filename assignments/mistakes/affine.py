"""An affine layer in rows: forwards, and the three gradients."""

import numpy as np

DIVIDED = "bias-mean or extra-1/N"


def forward(slip, X, W, b):
    """F = X W + b."""
    F = product(slip, X, W)
    return slip.instead(
        lambda: F + b,
        ("", "the bias is not added", lambda: F),
        ("", "the mean of the biases is added to every entry", lambda: F + b.mean()),
        ("bias-not-summed or none", "the sum of the biases is added to every entry", lambda: F + b.sum()),
        ("sign or none", "the bias is subtracted", lambda: F - b),
        ("scale or none", "the bias is added twice", lambda: F + 2 * b),
        (
            "bias-not-summed or none",
            "the biases are added along the other axis, where that fits",
            lambda: F + b[:, None],
        ),
        ("", "the bias is added to the inputs, before the product", lambda: (X + b) @ W),
        ("", "the bias is multiplied, not added", lambda: F * b),
    )


def product(slip, X, W):
    """X W."""
    return slip.instead(
        lambda: X @ W,
        ("transpose", "W stands for Wᵀ or the reverse, where both fit", lambda: X @ W.T),
        ("transpose", "X stands for Xᵀ or the reverse, where both fit", lambda: X.T @ W),
        ("transpose", "the factors are exchanged, where that fits", lambda: W @ X),
    )


def shuffled(what):
    """The name of a reshape for a transpose, and what was done in words."""
    return "transpose or column-row", f"{what} is reshaped, not transposed, which shuffles its entries"


def reshaped(A):
    """The numbers of A in their order, in the shape of its transpose."""
    return A.reshape(A.shape[::-1])


def layer(slip, x, w, b):
    """The layer's forward pass for inputs of any number of axes."""
    if slip("", "examples are laid flat in Fortran order"):
        return forward(slip, x.reshape(len(x), -1, order="F"), w, b)
    return forward(slip, x.reshape(len(x), -1), w, b)


def weights(slip, X, G):
    """dW = Xᵀ G, summed over the examples."""
    N = len(X)
    return slip.instead(
        lambda: X.T @ G,
        ("transpose", "dW is Gᵀ X", lambda: G.T @ X),
        ("transpose", "X lacks its transpose, where X G fits", lambda: X @ G),
        (*shuffled("X in dW"), lambda: reshaped(X) @ G),
        ("overwrite-for-accumulate", "dW is that of the last example alone", lambda: np.outer(X[-1], G[-1])),
        ("overwrite-for-accumulate or none", "dW is that of the first example alone", lambda: np.outer(X[0], G[0])),
        ("", "the first example is left out of dW", lambda: X[1:].T @ G[1:]),
        ("", "the last example is left out of dW", lambda: X[:-1].T @ G[:-1]),
        ("extra-1/N", "dW is divided by N once more", lambda: X.T @ G / N),
        (
            "extra-1/N",
            "the sum so far is divided by N after each example",
            lambda: sum(np.outer(x, g) / N ** (N - i) for i, (x, g) in enumerate(zip(X, G, strict=True))),
        ),
        ("missing-1/N", "dW is multiplied by N", lambda: X.T @ G * N),
        ("", "the upstream gradient is ignored in dW", lambda: X.T @ np.ones_like(G)),
        ("", "the inputs are ignored in dW", lambda: np.ones_like(X).T @ G),
        (
            "missing-indicator or none",
            "every column of dW gets the whole upstream gradient",
            lambda: X.T @ G.sum(axis=1, keepdims=True) * np.ones(G.shape[1]),
        ),
        (
            "",
            "sums over the examples are multiplied, not the examples' own products summed",
            lambda: np.outer(X.sum(axis=0), G.sum(axis=0)),
        ),
        ("", "dW holds sizes without signs", lambda: np.abs(X).T @ np.abs(G)),
    )


def biases(slip, G, averaged="bias-mean"):
    """db: the sum over the examples; where the loss is a sum, too, a mean has a second name."""
    N, K = G.shape
    return slip.instead(
        lambda: G.sum(axis=0),
        (averaged, "db is the mean over the examples, not the sum", lambda: G.mean(axis=0)),
        ("bias-not-summed", "db is summed over the other axis", lambda: G.sum(axis=1)),
        ("bias-not-summed", "db is not summed", lambda: G.copy()),
        (
            "bias-not-summed or column-row",
            "db is summed over the other axis, where that fits",
            lambda: G.sum(axis=int(N == K)),
        ),
        ("bias-not-summed or overwrite-for-accumulate", "db is that of the first example alone", lambda: G[0].copy()),
        ("overwrite-for-accumulate or bias-not-summed", "db is that of the last example alone", lambda: G[-1].copy()),
        ("bias-not-summed", "db keeps an axis of length 1", lambda: G.sum(axis=0, keepdims=True)),
        ("bias-not-summed", "db is one number, the sum over everything", lambda: G.sum()),
        ("bias-not-summed or none", "every entry of db is the sum over everything", lambda: np.full(K, G.sum())),
        ("", "the first example is left out of db", lambda: G[1:].sum(axis=0)),
        ("", "the last example is left out of db", lambda: G[:-1].sum(axis=0)),
        ("", "the upstream gradient is ignored in db: it counts examples", lambda: np.full(K, float(N))),
        ("", "the upstream gradient is ignored in db: it is 1", lambda: np.ones(K)),
        ("bias-mean or none", "db is the mean over the classes", lambda: G.sum(axis=0) / K),
    )


def inputs(slip, G, W):
    """dX = G Wᵀ."""
    return slip.instead(
        lambda: G @ W.T,
        ("column-row", "W lacks its transpose in dX, where G W fits", lambda: G @ W),
        ("column-row", "dX is W Gᵀ, one example a column", lambda: W @ G.T),
        (*shuffled("W in dX"), lambda: G @ reshaped(W)),
        ("column-row", "dX is Wᵀ G, where that fits", lambda: W.T @ G),
        (
            "overwrite-for-accumulate",
            "dX holds the last output's share alone, not the sum over all",
            lambda: np.outer(G[:, -1], W[:, -1]),
        ),
        (
            "overwrite-for-accumulate or none",
            "dX holds the first output's share alone, not the sum over all",
            lambda: np.outer(G[:, 0], W[:, 0]),
        ),
        ("extra-1/N", "dX is divided by N", lambda: G @ W.T / len(G)),
        ("", "the upstream gradient is ignored in dX", lambda: np.ones_like(G) @ W.T),
        ("", "the weights are ignored in dX", lambda: G @ np.ones_like(W).T),
        ("", "dX is averaged over the outputs", lambda: G @ W.T / W.shape[1]),
        ("", "the first output is left out of dX", lambda: G[:, 1:] @ W[:, 1:].T),
        ("", "the last output is left out of dX", lambda: G[:, :-1] @ W[:, :-1].T),
    )


def backward(slip, x, w, dout):
    """All three gradients of a layer whose inputs have any number of axes."""
    X = x.reshape(len(x), -1)
    dx = inputs(slip, dout, w)
    if not slip("shape", "dx is left flat") and dx.size == x.size and dx.shape == X.shape:
        dx = dx.reshape(x.shape)
    dw, db = weights(slip, X, dout), biases(slip, dout)
    return slip.instead(
        lambda: (dx, dw, db),
        ("shape or none", "dw and db are returned in the wrong order", lambda: (dx, db, dw)),
        ("shape or none", "dx and dw are returned in the wrong order", lambda: (dw, dx, db)),
    )


# ---- the Jacobians of one example ----


def weight_jacobian(slip, x, K):
    """∂f_k/∂W_dj = x_d 1(j = k)."""
    eye = np.eye(K)
    return slip.instead(
        lambda: eye[:, None, :] * x[None, :, None],
        (
            "missing-indicator or none",
            "the indicator 1(j = k) is missing: every score depends on every column",
            lambda: x[None, :, None] * np.ones((K, 1, K)),
        ),
        (
            "",
            "the inputs are missing: the indicator alone",
            lambda: eye[:, None, :] * np.ones((1, len(x), 1)),
        ),
        ("transpose", "the axes are in the order D, K, K", lambda: x[:, None, None] * eye),
        ("transpose", "the axes are in the order K, K, D", lambda: eye[:, :, None] * x),
        (
            "wrong-operand or none",
            "x carries the index of the class: x_j, not x_d",
            lambda: eye[:, None, :] * x[:K] * np.ones((1, len(x), 1)),
        ),
        ("shape", "the columns of the classes are summed", lambda: np.tile(x, (K, 1))),
    )


def weights_of_one(slip, x, df):
    """The outer product x dfᵀ."""
    if slip("missing-indicator or none", "every column gets the sum of df"):
        return np.outer(x, np.full(len(df), df.sum()))
    if slip("shape", "it is the inner product, where that fits") and len(x) == len(df):
        return x @ df
    if slip("", "the element-wise product stands for the outer one, where that fits") and len(x) == len(df):
        return x * df
    return weights(slip, x[None, :], df[None, :])


def bias_jacobian(slip, K):
    """The identity."""
    return slip.instead(
        lambda: np.zeros((K, K)) if slip("scale or none", "every entry is 0") else np.eye(K),
        ("missing-indicator or none", "every entry is 1: the indicator is missing", lambda: np.ones((K, K))),
        ("shape", "it is the diagonal alone", lambda: np.ones(K)),
        ("", "the ones stand on the other diagonal", lambda: np.eye(K)[::-1]),
        ("sign", "it is minus the identity", lambda: -np.eye(K)),
    )


def input_jacobian(slip, w):
    """wᵀ."""
    return slip.instead(
        lambda: w.T.copy(),
        ("transpose", "it is w, not wᵀ", lambda: w.copy()),
        ("", "it is w wᵀ or its like, where that fits", lambda: w @ w.T),
    )
