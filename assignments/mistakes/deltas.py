"""Single layers of a deep net, one example a column: deltas, gradients, Jacobians."""

import numpy as np

from assignments.mistakes.activations import slope
from assignments.mistakes.affine import reshaped, shuffled
from reference.activations import activation, activation_derivative


def half_squared_error(slip, h, t):
    """(C, dC)."""
    r, n = h - t, len(h)
    if slip("extra-1/N or scale", "C and dC are means over the outputs"):
        return 0.5 * np.mean(r * r), r / n
    C = slip.instead(
        lambda: 0.5 * np.sum(r * r),
        ("scale", "C lacks its ½", lambda: np.sum(r * r)),
        ("extra-1/N or scale", "C is a mean over the outputs", lambda: 0.5 * np.mean(r * r)),
        ("extra-1/N or scale", "C is a mean over the outputs, without ½", lambda: np.mean(r * r)),
        ("", "C lacks its square: ½ Σ |h − t|", lambda: 0.5 * np.sum(np.abs(r))),
        ("", "C is a norm, the square root of what it should be", lambda: np.sqrt(np.sum(r * r))),
        ("", "C is ½ (Σ (h − t))²: the square is taken after the sum", lambda: 0.5 * np.sum(r) ** 2),
    )
    dC = slip.instead(
        lambda: r,
        ("sign", "dC is t − h", lambda: -r),
        ("scale", "dC is 2 (h − t): the ½ of C is not cancelled", lambda: 2 * r),
        ("extra-1/N or scale", "dC is divided by the number of outputs", lambda: r / n),
        ("", "dC is h alone", h.copy),
        ("", "dC is the squared difference", lambda: r * r),
    )
    return C, dC


def weight_jacobian(slip, W):
    """∂W_pq/∂W_ij."""
    p, q = W.shape
    eye = np.eye(p * q).reshape(p, q, p, q)
    return slip.instead(
        lambda: eye,
        ("missing-indicator or none", "every entry is 1: the indicator is missing", lambda: np.ones((p, q, p, q))),
        (
            "missing-indicator or none",
            "rows alone are told apart: 1(p = i)",
            lambda: np.eye(p)[:, None, :, None] * np.ones((1, q, 1, q)),
        ),
        (
            "missing-indicator or none",
            "columns alone are told apart: 1(q = j)",
            lambda: np.eye(q)[None, :, None, :] * np.ones((p, 1, p, 1)),
        ),
        ("transpose or none", "the indices are paired crosswise: p with j, q with i", lambda: np.swapaxes(eye, 2, 3)),
        ("transpose", "pairs of axes stand in another order", lambda: np.einsum("pi,qj->piqj", np.eye(p), np.eye(q))),
        ("shape", "it is the identity of W laid flat", lambda: np.eye(p * q)),
        ("shape", "it has the shape of W", lambda: np.ones((p, q))),
    )


def delta(slip, dC, zL, sigma):
    """∇C ∘ σ'(z^L)."""
    s = slope(slip, sigma, zL, dC)
    return slip.instead(
        lambda: dC * s,
        ("", "∇C is ignored: σ' alone", lambda: s),
        ("shape", "an outer product stands for the element-wise one", lambda: dC @ s.T),
        ("shape", "an inner product stands for the element-wise one", lambda: dC.T @ s),
        ("", "∇C and σ' are added", lambda: dC + s),
    )


def output_delta(slip, dC, zL, sigma):
    """The task's order of arguments."""
    return delta(slip, dC, zL, sigma)


def hidden_delta(slip, W_next, D_next, z, sigma):
    """(Wᵀ D) ∘ σ'(z)."""
    W, D = W_next, D_next
    pulled = slip.instead(
        lambda: W.T @ D,
        ("column-row", "W lacks its transpose, where W D fits", lambda: W @ D),
        (*shuffled("W"), lambda: reshaped(W) @ D),
        ("overwrite-for-accumulate", "the last unit above counts alone", lambda: W[-1:].T * D[-1]),
        ("overwrite-for-accumulate or none", "the first unit above counts alone", lambda: W[:1].T * D[0]),
        ("", "the delta above is ignored", lambda: W.T @ np.ones_like(D)),
        ("", "the weights are ignored", lambda: np.full((W.shape[1], D.shape[1]), D.sum())),
        ("", "the product is divided by the number of units above", lambda: W.T @ D / len(W)),
    )
    s = slope(slip, sigma, z, pulled)
    return slip.instead(
        lambda: pulled * s,
        (
            "hadamard-precedence",
            "σ' is multiplied before the product: Wᵀ (D ∘ σ')",
            lambda: W.T @ (D * s),
        ),
        ("hadamard-precedence or column-row", "σ' is multiplied on before the product, W D ∘ σ'", lambda: W @ (D * s)),
        ("", "the product and σ' are added", lambda: pulled + s),
        ("shape", "an outer product stands for the element-wise one", lambda: pulled @ s.T),
    )


def weight_gradient(slip, D, h_prev):
    """D hᵀ."""
    return slip.instead(
        lambda: D @ h_prev.T,
        ("transpose", "it is h Dᵀ", lambda: h_prev @ D.T),
        ("column-row or none", "it is Dᵀ h, one number, where that fits", lambda: D.T @ h_prev),
        ("", "h is ignored", lambda: D @ np.ones_like(h_prev).T),
        ("", "D is ignored", lambda: np.ones_like(D) @ h_prev.T),
        ("", "the element-wise product stands for the outer one, where that fits", lambda: D * h_prev),
        ("", "a sum stands for the product: D + hᵀ", lambda: D + h_prev.T),
        ("columns", "the last column is missing", lambda: D @ np.where(last(h_prev), 0, h_prev).T),
        ("columns", "the first column is missing", lambda: D @ np.where(last(h_prev)[::-1], 0, h_prev).T),
    )


def last(column):
    """Where the last entry of a column is."""
    return np.arange(len(column))[:, None] == len(column) - 1


def bias_gradient(slip, D):
    """D itself."""
    return slip.instead(
        D.copy,
        ("bias-not-summed or none", "it is summed over the units", lambda: np.full_like(D, D.sum())),
        ("bias-not-summed or none", "it is one number, the sum over the units", lambda: D.sum(axis=0, keepdims=True)),
        ("bias-mean or none", "it is the mean over the units", lambda: np.full_like(D, D.mean())),
        ("shape", "it is flat", lambda: D[:, 0]),
        ("sign", "it is −D", lambda: -D),
        ("", "it is 1 everywhere", lambda: np.ones_like(D)),
    )


def layer_jacobian(slip, W, z_prev, sigma):
    """W diag(σ'(z))."""
    s = slope(slip, sigma, z_prev, z_prev)
    return slip.instead(
        lambda: W * s.T,
        ("column-row", "it is diag(σ') W: rows are scaled, not columns, where that fits", lambda: W * s),
        ("hadamard-precedence", "it is diag(σ') W: rows are scaled, not columns, where that fits", lambda: W * s),
        ("transpose", "it is the transpose", lambda: (W * s.T).T),
        ("", "it is σ' alone, without W", lambda: np.ones_like(W) * s.T),
        ("shape", "W is multiplied with σ': a column", lambda: W @ s),
    )


def weight_to_preactivation_jacobian(slip, W_next, z, h_prev, sigma):
    """W_next_qi σ'(z_i) h_prev_j."""
    s, h = slope(slip, sigma, z, z)[:, 0], h_prev[:, 0]
    J = W_next[:, :, None] * s[None, :, None] * h
    return slip.instead(
        lambda: J,
        ("", "h of the layer below is missing", lambda: W_next[:, :, None] * s[None, :, None] * np.ones_like(h)),
        ("", "the weights above are missing", lambda: np.ones_like(W_next)[:, :, None] * s[None, :, None] * h),
        ("transpose", "its last two axes are exchanged", lambda: np.swapaxes(J, 1, 2)),
        ("transpose", "its first two axes are exchanged", lambda: np.swapaxes(J, 0, 1)),
        ("shape", "it is summed over the units above", lambda: J.sum(axis=0)),
        (
            "wrong-operand or column-row",
            "σ' scales the units above, where that fits",
            lambda: (W_next * s[:, None])[:, :, None] * h,
        ),
    )


# ---- three layers down ----


def unrolled(slip, W, zs, hs, dC, sigma):
    """((W^{L−1}ᵀ((W^Lᵀ(∇C∘σ'(z^L)))∘σ'(z^{L−1})))∘σ'(z^{L−2})) h^{L−3}ᵀ."""
    top, middle, below = -1, -2, -3
    if slip("", "layers are counted from the bottom: right for L = 3 alone"):
        top, middle, below = 2, 1, 0
    a = delta(slip.within("top"), dC, zs[top], sigma)
    b = hidden_delta(slip.within("middle"), W[top], a, zs[middle], sigma)
    if slip("hadamard-precedence", "σ' of the top stands outside the product with W^Lᵀ"):
        s = activation_derivative(sigma, zs[top])
        b = (W[top].T @ dC) * s * activation_derivative(sigma, zs[middle])
    if slip("hadamard-precedence", "σ' of the middle is multiplied after the product with W^{L−1}ᵀ"):
        s = activation_derivative(sigma, zs[middle]) * activation_derivative(sigma, zs[below])
        return ((W[middle].T @ (W[top].T @ a)) * s) @ hs[below - 1].T
    if slip("", "the sums over the units are taken apart, as if W depended on one of them"):
        b = W[top].sum(axis=0)[:, None] * a.sum() * activation_derivative(sigma, zs[middle])
    c = hidden_delta(slip.within("below"), W[middle], b, zs[below], sigma)
    h = slip.instead(
        lambda: hs[below - 1 if below < 0 else below],
        (
            "wrong-operand",
            "h is taken one layer too high",
            lambda: hs[below if below < 0 else below + 1],
        ),
        ("wrong-operand", "h is taken two layers too high, where that fits", lambda: hs[middle]),
        ("wrong-operand", "the input h⁰ stands for h^{L−3}", lambda: hs[0]),
        ("wrong-operand", "z stands for h, where that fits", lambda: zs[below - 1]),
    )
    return weight_gradient(slip, c, h)


def forward(slip, W, b, h0, sigma):
    """(zs, hs)."""
    zs, hs = [], [h0.copy()]
    for level, (W_l, b_l) in enumerate(zip(W, b, strict=True), 1):
        z = slip.instead(
            lambda W_l=W_l, b_l=b_l: W_l @ hs[-1] + b_l,
            ("", "biases are left out", lambda W_l=W_l: W_l @ hs[-1]),
            ("sign or none", "biases are subtracted", lambda W_l=W_l, b_l=b_l: W_l @ hs[-1] - b_l),
            ("transpose", "W lacks or has a transpose, where that fits", lambda W_l=W_l, b_l=b_l: W_l.T @ hs[-1] + b_l),
        )
        zs.append(z)
        flat = level == len(W) and slip("", "the last layer stays linear")
        flat = flat or (level == 1 and slip("", "the first layer stays linear"))
        flat = flat or slip("", "no activation is applied")
        hs.append(z.copy() if flat else activation(sigma, z))
    return zs, hs
