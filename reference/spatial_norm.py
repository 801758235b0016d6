"""Normalisation of images: over batch and places for each channel, or over groups of channels for each image."""

import numpy as np

from reference.batchnorm import batchnorm_backward_alt, batchnorm_forward
from reference.layernorm import layernorm_backward, layernorm_forward


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    """Normalise every channel over the batch and all places: return (out, cache).

    out = γ_c x̂ + β_c,   x̂ = (x − μ_c) / √(σ²_c + ε)   [CS:spatial_batchnorm_forward]

    μ_c and σ²_c are mean and (biased) variance of the N·H·W values of channel c; bn_param, its running statistics and
    its modes are those of batchnorm_forward.

    Shapes
        x      (N, C, H, W)
        gamma  (C,)
        beta   (C,)
        out    (N, C, H, W)

    Raises
        ValueError  where the mode is neither "train" nor "test"

    Source: signature of CS231n's layers; Ioffe and Szegedy, "Batch Normalization", 2015.
    """
    # BEGIN SOLUTION
    # A channel is a feature and every pixel of every image an example of it: batch normalisation of (N H W, C).
    N, C, H, W = x.shape
    pixels = x.transpose(0, 2, 3, 1).reshape(-1, C)         # (N H W, C)
    out, cache = batchnorm_forward(pixels, gamma, beta, bn_param)
    return np.ascontiguousarray(out.reshape(N, H, W, C).transpose(0, 3, 1, 2)), cache
    # END SOLUTION


def spatial_batchnorm_backward(dout, cache):
    """Return (dx, dgamma, dbeta) = (∂L/∂x, ∂L/∂γ, ∂L/∂β).

    out = γ_c x̂ + β_c,   x̂ = (x − μ_c) / √(σ²_c + ε), and dout = ∂L/∂out   [CS:spatial_batchnorm_backward]

    Note
        The mean of a channel is taken over N·H·W values, not over N.

    Shapes
        dout    (N, C, H, W)
        dx      (N, C, H, W)
        dgamma  (C,)
        dbeta   (C,)

    Source: signature of CS231n's layers; Ioffe and Szegedy, "Batch Normalization", 2015.
    """
    # BEGIN SOLUTION
    # The rearrangement only renames entries; its gradient is the same renaming, on the way in and back.
    N, C, H, W = dout.shape
    dpixels, dgamma, dbeta = batchnorm_backward_alt(dout.transpose(0, 2, 3, 1).reshape(-1, C), cache)
    return np.ascontiguousarray(dpixels.reshape(N, H, W, C).transpose(0, 3, 1, 2)), dgamma, dbeta
    # END SOLUTION


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    """Normalise every group of channels of every image by itself: return (out, cache).

    out = γ_c x̂ + β_c,   x̂ = (x − μ_ng) / √(σ²_ng + ε)   [CS:spatial_groupnorm_forward]

    Group g holds the C/G neighbouring channels from g·C/G on; μ_ng and σ²_ng are mean and (biased) variance of its
    (C/G)·H·W values in image n. gn_param optionally holds "eps" ε (1e-5).

    Note
        γ and β belong to channels, the statistics to groups.

    Shapes
        x      (N, C, H, W)
        gamma  (1, C, 1, 1), or (C,)
        beta   (1, C, 1, 1), or (C,)
        G      ()    a divisor of C
        out    (N, C, H, W)

    Source: signature of CS231n's layers, as of 2018; Wu and He, "Group Normalization", 2018.
    """
    # BEGIN SOLUTION
    # A group laid out flat is normalised as layer normalisation does a row, with scale 1 and shift 0.
    groups, row_cache = layernorm_forward(x.reshape(len(x) * G, -1), 1, 0, gn_param)      # (N G, C/G H W)
    xhat = groups.reshape(x.shape)                          # (N, C, H, W)
    return gamma.reshape(-1, 1, 1) * xhat + beta.reshape(-1, 1, 1), (xhat, row_cache, gamma)
    # END SOLUTION


def spatial_groupnorm_backward(dout, cache):
    """Return (dx, dgamma, dbeta) = (∂L/∂x, ∂L/∂γ, ∂L/∂β); the last two are shaped like γ.

    out = γ_c x̂ + β_c,   x̂ = (x − μ_ng) / √(σ²_ng + ε), and dout = ∂L/∂out   [CS:spatial_groupnorm_backward]

    Shapes
        dout    (N, C, H, W)
        dx      (N, C, H, W)
        dgamma  (1, C, 1, 1), or (C,)
        dbeta   (1, C, 1, 1), or (C,)

    Source: signature of CS231n's layers, as of 2018; Wu and He, "Group Normalization", 2018.
    """
    # BEGIN SOLUTION
    # Scale and shift act on channels: their sums run over images and places. γ varies inside a group, so it is
    # multiplied into dout before the rows of the groups are pulled back.
    xhat, row_cache, gamma = cache
    dxhat = dout * gamma.reshape(-1, 1, 1)                  # (N, C, H, W)
    dgroups, _, _ = layernorm_backward(dxhat.reshape(row_cache[0].shape), row_cache)      # (N G, C/G H W)
    dgamma = np.sum(dout * xhat, axis=(0, 2, 3)).reshape(gamma.shape)
    return dgroups.reshape(dout.shape), dgamma, np.sum(dout, axis=(0, 2, 3)).reshape(gamma.shape)
    # END SOLUTION
