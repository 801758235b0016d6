"""Whole deep nets backwards: one example, a batch in columns, a batch in rows; and the update."""

import numpy as np

from assignments.mistakes.activations import slope
from assignments.mistakes.affine import reshaped, shuffled
from reference.activations import activation_derivative
from reference.deep_forward import forward


def backprop(slip, W, b, h0, t, sigma):
    """(dW, db) of one example."""
    return through(slip, W, b, h0, t, sigma)


def backprop_batch(slip, W, b, H0, T, sigma):
    """(dW, db) of a batch in columns."""
    return through(slip, W, b, H0, T, sigma)


def backprop_batch_rows(slip, W, b, X, T, sigma):
    """(dW, db) of a batch in rows."""
    dW, db = through(slip, W, b, X.T, T.T, sigma)
    if slip("column-row", "weight gradients have the shape of the row convention, H^{l−1}ᵀ dZ"):
        return [part.T for part in dW], db
    if slip("shape", "bias gradients are rows (1, n)"):
        return dW, [part.T for part in db]
    return dW, db


def through(slip, W, b, H0, T, sigma):
    """The recursion: the delta at the top, then layer by layer down."""
    zs, hs = forward(W, b, H0, sigma)
    N, L = H0.shape[1], len(W)
    D = top(slip, hs[-1], T, zs[-1], sigma)
    deltas = [D]
    for level in range(L - 1, 0, -1):
        deltas.insert(0, down(slip, W[level], deltas[0], zs, level, sigma))
    dW = [weights(slip, D, hs, zs, level) for level, D in enumerate(deltas)]
    db = [biases(slip, D, W, level) for level, D in enumerate(deltas)]
    if slip("", "both lists run from the last layer to the first"):
        return dW[::-1], db[::-1]
    if slip("extra-1/N", "every gradient is divided by N"):
        return [part / N for part in dW], [part / N for part in db]
    if slip("sign", "every gradient has the wrong sign"):
        return [-part for part in dW], [-part for part in db]
    if slip("scale", "every gradient is twice what it should be"):
        return [2 * part for part in dW], [2 * part for part in db]
    if slip("", "only the last layer has gradients"):
        return [part * (n == L - 1) for n, part in enumerate(dW)], [part * (n == L - 1) for n, part in enumerate(db)]
    return dW, db


def top(slip, h, T, z, sigma):
    """(h − t) ∘ σ'(z)."""
    r = slip.instead(
        lambda: h - T,
        ("sign", "the error is t − h", lambda: T - h),
        ("scale", "the error's gradient is 2 (h − t)", lambda: 2 * (h - T)),
        ("", "the error's gradient is h, without t", h.copy),
        ("extra-1/N or scale", "the error is averaged over the outputs", lambda: (h - T) / len(h)),
    )
    s = slope(slip.within("top layer"), sigma, z, r)
    return slip.instead(
        lambda: r * s,
        ("relu-mask-missing or none", "σ' is missing at the top: D^L = h − t, as for a softmax output", lambda: r),
        ("scale or none", "σ' is multiplied twice at the top", lambda: r * s * s),
    )


def down(slip, W, D, zs, level, sigma):
    """(Wᵀ D) ∘ σ'(z)."""
    z = slip.instead(
        lambda: zs[level - 1],
        ("wrong-operand", "σ' is taken at the layer above, where that fits", lambda: zs[level]),
        ("wrong-operand", "σ' is taken at the layer below, where that fits", lambda: zs[max(level - 2, 0)]),
        ("wrong-operand", "σ' is taken at the top layer throughout, where that fits", lambda: zs[-1]),
    )
    pulled = slip.instead(
        lambda: W.T @ D,
        ("column-row", "W lacks its transpose on the way down, where that fits", lambda: W @ D),
        (*shuffled("W"), lambda: reshaped(W) @ D),
        ("overwrite-for-accumulate", "the last unit above counts alone", lambda: W[-1:].T * D[-1:]),
        ("overwrite-for-accumulate or none", "the first unit above counts alone", lambda: W[:1].T * D[:1]),
    )
    s = slope(slip.within("hidden layers"), sigma, z, pulled)
    return slip.instead(
        lambda: pulled * s,
        ("relu-mask-missing or none", "σ' is missing in the hidden layers: D^l = Wᵀ D", lambda: pulled),
        (
            "hadamard-precedence",
            "σ' is multiplied before the product: Wᵀ (D ∘ σ')",
            lambda: W.T @ (D * s),
        ),
        (
            "",
            "σ' of the layer above is multiplied once more before the product",
            lambda: (W.T @ (D * activation_derivative(sigma, zs[level]))) * s,
        ),
    )


def weights(slip, D, hs, zs, level):
    """D hᵀ, summed over the batch."""
    h = slip.instead(
        lambda: hs[level],
        (
            "wrong-operand",
            "h of the layer itself stands for that of the one below",
            lambda: hs[level + 1],
        ),
        ("wrong-operand", "z stands for h", lambda: zs[level - 1] if level else hs[0]),
        ("wrong-operand", "z of the layer itself stands for h of the layer below, where it fits", lambda: zs[level]),
        ("wrong-operand", "the input stands for h in every layer, where it fits", lambda: hs[0]),
    )
    N = D.shape[1]
    return slip.instead(
        lambda: D @ h.T,
        ("transpose", "dW is h Dᵀ", lambda: h @ D.T),
        (*shuffled("h in dW"), lambda: D @ reshaped(h)),
        ("extra-1/N", "dW is divided by N", lambda: D @ h.T / N),
        ("overwrite-for-accumulate", "dW is that of the last example alone", lambda: D[:, -1:] @ h[:, -1:].T),
        ("overwrite-for-accumulate or none", "dW is that of the first example alone", lambda: D[:, :1] @ h[:, :1].T),
        ("overwrite-for-accumulate", "gradients are those of the last example alone", lambda: D[:, -1:] @ h[:, -1:].T),
        (
            "overwrite-for-accumulate or none",
            "gradients are those of the first example alone",
            lambda: D[:, :1] @ h[:, :1].T,
        ),
        ("", "sums over the examples are multiplied", lambda: np.outer(D.sum(axis=1), h.sum(axis=1))),
        ("", "h is ignored in dW", lambda: D @ np.ones_like(h).T),
    )


def biases(slip, D, W, level):
    """D, summed over the batch."""
    return slip.instead(
        lambda: D.sum(axis=1, keepdims=True),
        ("shape", "bias gradients are flat", lambda: D.sum(axis=1)),
        ("bias-not-summed", "db is not summed over the examples", D.copy),
        (
            "bias-not-summed or overwrite-for-accumulate",
            "db is that of the first example alone",
            lambda: D[:, :1].copy(),
        ),
        (
            "overwrite-for-accumulate or bias-not-summed",
            "db is that of the last example alone",
            lambda: D[:, -1:].copy(),
        ),
        ("overwrite-for-accumulate", "gradients are those of the last example alone", lambda: D[:, -1:].copy()),
        ("overwrite-for-accumulate or none", "gradients are those of the first example alone", lambda: D[:, :1].copy()),
        ("bias-mean", "db is the mean over the examples", lambda: D.mean(axis=1, keepdims=True)),
        ("bias-not-summed", "db is summed over the units, where that fits", lambda: across(D)),
        (
            "bias-not-summed or none",
            "every entry of db is the sum over everything",
            lambda: np.full((len(D), 1), D.sum()),
        ),
        ("bias-not-summed", "db is one number, the sum over everything", lambda: np.full((1, 1), D.sum())),
        ("", "db is 1 everywhere", lambda: np.ones((len(D), 1))),
    )


def across(D):
    """The sum over the other axis, which only a batch as large as the layer allows."""
    return D.sum(axis=0)[:, None] if D.shape[0] == D.shape[1] else D.sum(axis=1, keepdims=True)


def update(slip, W, b, dW, db, learning_rate):
    """θ − η dθ."""
    rate = slip.instead(
        lambda: learning_rate,
        ("sign or none", "the update goes up the gradient", lambda: -learning_rate),
        ("scale or none", "the learning rate is not applied", lambda: 1.0),
        ("scale or none", "a step of 0.01 whatever the learning rate is", lambda: 0.01),
        ("scale or none", "a step of 0.1 whatever the learning rate is", lambda: 0.1),
        ("", "the learning rate divides the gradient", lambda: 1 / learning_rate),
    )
    moved = [[A - rate * dA for A, dA in zip(*pair, strict=True)] for pair in ((W, dW), (b, db))]
    if slip("", "only the weights are moved"):
        return moved[0], b
    if slip("", "only the biases are moved"):
        return W, moved[1]
    if slip("", "the steps alone are returned"):
        return [-rate * dA for dA in dW], [-rate * dA for dA in db]
    return tuple(moved)
