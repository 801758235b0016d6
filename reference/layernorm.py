"""Layer normalisation: every example over its own features."""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    """Normalise every example over its features, then scale and shift each feature: return (out, cache).

    out_id = γ_d x̂_id + β_d,   x̂_id = (x_id − μ_i) / √(σ²_i + ε)   [CS:layernorm_forward]

    μ_i = (1/D) Σ_d x_id and σ²_i = (1/D) Σ_d (x_id − μ_i)². Training and testing are the same, and nothing is kept.

    ln_param optionally holds "eps" ε (1e-5). cache holds whatever layernorm_backward needs.

    Shapes
        x      (N, D)
        gamma  (D,)
        beta   (D,)
        out    (N, D)

    Source: signature of CS231n's layers, as of 2018; Ba, Kiros and Hinton, "Layer Normalization", 2016.
    """
    # BEGIN SOLUTION
    centred = x - np.mean(x, axis=1, keepdims=True)         # (N, D)
    var = np.mean(centred * centred, axis=1, keepdims=True) # (N, 1)
    std = np.sqrt(var + ln_param.get("eps", 1e-5))          # (N, 1)
    xhat = centred / std                                    # (N, D)
    return gamma * xhat + beta, (xhat, std, gamma)
    # END SOLUTION


def layernorm_backward(dout, cache):
    """Return (dx, dgamma, dbeta) = (∂L/∂x, ∂L/∂γ, ∂L/∂β).

    out_id = γ_d x̂_id + β_d,   x̂_id = (x_id − μ_i) / √(σ²_i + ε), and dout = ∂L/∂out   [CS:layernorm_backward]

    Note
        Statistics belong to a row, γ and β to a column: the sums of this function run over different axes.

    Shapes
        dout    (N, D)
        dx      (N, D)
        dgamma  (D,)
        dbeta   (D,)

    Source: signature of CS231n's layers, as of 2018; Ba, Kiros and Hinton, "Layer Normalization", 2016.
    """
    # BEGIN SOLUTION
    # Within one row, with s = √(σ² + ε): ∂x̂_e/∂x_d = (1(d = e) − 1/D − x̂_d x̂_e / D) / s. Here γ differs from entry
    # to entry and stays inside the sums: with g_d = γ_d dout_d,
    #     dx_d = (g_d − (1/D) Σ_e g_e − x̂_d (1/D) Σ_e g_e x̂_e) / s.
    xhat, std, gamma = cache
    g = dout * gamma                                        # (N, D)
    along_ones = np.mean(g, axis=1, keepdims=True)          # (N, 1)
    along_xhat = np.mean(g * xhat, axis=1, keepdims=True)   # (N, 1)
    dx = (g - along_ones - xhat * along_xhat) / std         # (N, D)
    return dx, np.sum(dout * xhat, axis=0), np.sum(dout, axis=0)
    # END SOLUTION
