"""Batch normalisation: forward with its running statistics, backward by stages and in one formula."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    """Normalise every feature over the batch, then scale and shift it: return (out, cache).

    out = γ x̂ + β,   x̂ = (x − μ) / √(σ² + ε)   [CS:batchnorm_forward]

    In mode "train", μ_d = (1/N) Σ_i x_id and σ²_d = (1/N) Σ_i (x_id − μ_d)², and the running statistics move:
    running ← m · running + (1 − m) · (that of the batch), written into bn_param. In mode "test", μ and σ² are the
    running statistics, and nothing moves. cache serves both backward functions; in mode "test" it is None.

    bn_param holds "mode", and optionally "eps" (1e-5), "momentum" m (0.9), "running_mean" and "running_var" (zeros).

    Note
        σ² is divided by N, not by N − 1, and ε stands inside the root.

    Shapes
        x             (N, D)
        gamma         (D,)
        beta          (D,)
        running_mean  (D,)
        running_var   (D,)
        out           (N, D)

    Raises
        ValueError  where the mode is neither "train" nor "test"

    Source: signature of CS231n's layers; Ioffe and Szegedy, "Batch Normalization", 2015.
    """
    # BEGIN SOLUTION
    mode, eps, m = bn_param["mode"], bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if mode not in ("train", "test"):
        raise ValueError(f"bn_param['mode'] is {mode!r}; expected 'train' or 'test'")
    running_mean = bn_param.setdefault("running_mean", np.zeros(x.shape[1], dtype=x.dtype))      # (D,)
    running_var = bn_param.setdefault("running_var", np.zeros(x.shape[1], dtype=x.dtype))        # (D,)
    if mode == "test":
        return gamma * ((x - running_mean) / np.sqrt(running_var + eps)) + beta, None
    mean = np.mean(x, axis=0)                               # (D,)
    centred = x - mean                                      # (N, D)
    var = np.mean(centred**2, axis=0)                       # (D,): of the centred values, so that no digits cancel
    bn_param["running_mean"] = m * running_mean + (1 - m) * mean      # new arrays: an earlier one may be in use
    bn_param["running_var"] = m * running_var + (1 - m) * var
    std = np.sqrt(var + eps)                                # (D,)
    return gamma * (centred / std) + beta, (centred, std, gamma)
    # END SOLUTION


def batchnorm_backward(dout, cache):
    """Return (dx, dgamma, dbeta) = (∂L/∂x, ∂L/∂γ, ∂L/∂β), stage by stage back through the graph.

    out = γ x̂ + β,   x̂ = (x − μ) / √(σ² + ε), with μ and σ² of the batch; dout = ∂L/∂out   [CS:batchnorm_backward]

    Note
        x reaches the loss on three paths: by itself, through the mean, and through the variance.

    Shapes
        dout    (N, D)
        dx      (N, D)
        dgamma  (D,)
        dbeta   (D,)

    Source: signature of CS231n's layers; Ioffe and Szegedy, "Batch Normalization", 2015.
    """
    # BEGIN SOLUTION
    # γ_d and β_d serve every example: sum over i. With s = √(σ² + ε) and g = ∂L/∂x̂ = γ dout, in each column:
    #     ∂L/∂σ² = Σ_i g_i (x_i − μ) · (−½) s⁻³
    #     ∂L/∂μ  = −Σ_i g_i / s                (σ² holds μ too, but ∂σ²/∂μ = −(2/N) Σ_i (x_i − μ) = 0)
    #     ∂L/∂x_i = g_i / s + ∂L/∂σ² · (2/N)(x_i − μ) + ∂L/∂μ · (1/N).
    centred, std, gamma = cache
    N = len(dout)
    dgamma = np.sum(dout * (centred / std), axis=0)         # (D,)
    dbeta = np.sum(dout, axis=0)                            # (D,)
    dxhat = dout * gamma                                    # (N, D)
    dvar = -0.5 * np.sum(dxhat * centred, axis=0) / std**3  # (D,)
    dmean = -np.sum(dxhat, axis=0) / std                    # (D,)
    dx = dxhat / std + dvar * 2 * centred / N + dmean / N   # (N, D)
    return dx, dgamma, dbeta
    # END SOLUTION


def batchnorm_backward_alt(dout, cache):
    """Return (dx, dgamma, dbeta) = (∂L/∂x, ∂L/∂γ, ∂L/∂β) by one formula, from the same cache.

    out = γ x̂ + β,   x̂ = (x − μ) / √(σ² + ε), with μ and σ² of the batch; the answer agrees with batchnorm_backward
    [CS:batchnorm_backward_alt]

    Shapes
        dout    (N, D)
        dx      (N, D)
        dgamma  (D,)
        dbeta   (D,)

    Source: signature of CS231n's layers; Ioffe and Szegedy, "Batch Normalization", 2015.
    """
    # BEGIN SOLUTION
    # In one column, with s = √(σ² + ε): ∂μ/∂x_i = 1/N and ∂s/∂x_i = (x_i − μ) / (N s) = x̂_i / N, hence
    #     ∂x̂_j/∂x_i = (1(i = j) − 1/N − x̂_i x̂_j / N) / s.
    # Multiply by γ dout_j and sum over j. What dγ and dβ hold are just the two sums that appear:
    #     dx_i = γ / (N s) · (N dout_i − Σ_j dout_j − x̂_i Σ_j dout_j x̂_j).
    centred, std, gamma = cache
    xhat, N = centred / std, len(dout)                      # (N, D)
    dgamma, dbeta = np.sum(dout * xhat, axis=0), np.sum(dout, axis=0)      # (D,)
    return gamma / (N * std) * (N * dout - dbeta - xhat * dgamma), dgamma, dbeta
    # END SOLUTION
