"""Layers, each forward and backward."""

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
    ####################################################################################################
    # TODO: derive affine_forward on paper, then write it here in place of the `raise`.                #
    # Equations graded here: CS:affine_forward.                                                        #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive affine_backward on paper, then write it here in place of the `raise`.               #
    # Equations graded here: CS:affine_backward.                                                       #
    ####################################################################################################
    raise NotImplementedError


def relu_forward(x):
    """Rectify every element: return (out, cache).

    out = max(0, x)   [MLP-2] [CS:relu_forward]

    cache holds whatever relu_backward needs.

    Shapes
        x    any
        out  like x

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah.
    """
    ####################################################################################################
    # TODO: derive relu_forward on paper, then write it here in place of the `raise`.                  #
    # Equations graded here: CS:relu_forward.                                                          #
    ####################################################################################################
    raise NotImplementedError


def relu_backward(dout, cache):
    """Return dx = ∂L/∂x, shaped like x, element by element.

    out = max(0, x), and dout = ∂L/∂out   [MLP-17] [MLP-18] [CS:relu_backward]

    Note
        max(0, x) has a kink at 0. By convention its derivative AT zero is 0.

    Shapes
        dout  like x
        dx    like x

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah.
    """
    ####################################################################################################
    # TODO: derive relu_backward on paper, then write it here in place of the `raise`.                 #
    # Equations graded here: CS:relu_backward.                                                         #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive batchnorm_forward on paper, then write it here in place of the `raise`.             #
    # Equations graded here: CS:batchnorm_forward.                                                     #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive batchnorm_backward on paper, then write it here in place of the `raise`.            #
    # Equations graded here: CS:batchnorm_backward.                                                    #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive batchnorm_backward_alt on paper, then write it here in place of the `raise`.        #
    # Equations graded here: CS:batchnorm_backward_alt.                                                #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive layernorm_forward on paper, then write it here in place of the `raise`.             #
    # Equations graded here: CS:layernorm_forward.                                                     #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive layernorm_backward on paper, then write it here in place of the `raise`.            #
    # Equations graded here: CS:layernorm_backward.                                                    #
    ####################################################################################################
    raise NotImplementedError


def dropout_forward(x, dropout_param):
    """Drop units at random and scale up what is kept: return (out, cache).

    In mode "train", out = x ∘ M with M = 1/p where r < p and 0 elsewhere; in mode "test", out = x
    [CS:dropout_forward]

    r is uniform on [0, 1), drawn for each entry as np.random.rand does; so p is the probability that a unit is KEPT,
    and the expectation of out is x. cache is (dropout_param, M), with None for M in mode "test".

    dropout_param holds "mode" and "p", and optionally "seed": equal seeds leave out the same units.

    Note
        Before 2018 the course called the probability of dropping p.

    Shapes
        x    any
        out  like x

    Raises
        ValueError  where the mode is neither "train" nor "test"

    Source: signature of CS231n's layers, p as of 2018; Srivastava and others, "Dropout", 2014.
    """
    ####################################################################################################
    # TODO: derive dropout_forward on paper, then write it here in place of the `raise`.               #
    # Equations graded here: CS:dropout_forward.                                                       #
    ####################################################################################################
    raise NotImplementedError


def dropout_backward(dout, cache):
    """Return dx = ∂L/∂x, shaped like x.

    out = x ∘ M, and dout = ∂L/∂out; in mode "test", out = x   [CS:dropout_backward]

    Shapes
        dout  like x
        dx    like x

    Source: signature of CS231n's layers, p as of 2018; Srivastava and others, "Dropout", 2014.
    """
    ####################################################################################################
    # TODO: derive dropout_backward on paper, then write it here in place of the `raise`.              #
    # Equations graded here: CS:dropout_backward.                                                      #
    ####################################################################################################
    raise NotImplementedError


def conv_forward_naive(x, w, b, conv_param):
    """Convolve every image with every filter: return (out, cache).

    out[n, f, i, j] = b_f + Σ_{c,u,v} w[f, c, u, v] · xpad[n, c, s i + u, s j + v]   [CS:conv_forward_naive]

    xpad is x with p rows and columns of zeros on every side; s = conv_param["stride"], p = conv_param["pad"].
    H' = 1 + ⌊(H + 2p − HH) / s⌋ and W' = 1 + ⌊(W + 2p − WW) / s⌋. cache is (x, w, b, conv_param), with x unpadded.

    Note
        As everywhere in the field, the filter is not flipped.

    Shapes
        x    (N, C, H, W)
        w    (F, C, HH, WW)
        b    (F,)
        out  (N, F, H', W')

    Source: signature of CS231n's layers.
    """
    ####################################################################################################
    # TODO: derive conv_forward_naive on paper, then write it here in place of the `raise`.            #
    # Equations graded here: CS:conv_forward_naive.                                                    #
    ####################################################################################################
    raise NotImplementedError


def conv_backward_naive(dout, cache):
    """Return (dx, dw, db) = (∂L/∂x, ∂L/∂w, ∂L/∂b), shaped like x, w, b.

    out[n, f, i, j] = b_f + Σ_{c,u,v} w[f, c, u, v] · xpad[n, c, s i + u, s j + v], and dout = ∂L/∂out
    [CS:conv_backward_naive]

    Note
        Windows overlap where the stride is below the filter's size: a pixel takes part in several outputs. The rim
        of zeros is no part of x.

    Shapes
        dout  (N, F, H', W')
        dx    (N, C, H, W)
        dw    (F, C, HH, WW)
        db    (F,)

    Source: signature of CS231n's layers.
    """
    ####################################################################################################
    # TODO: derive conv_backward_naive on paper, then write it here in place of the `raise`.           #
    # Equations graded here: CS:conv_backward_naive.                                                   #
    ####################################################################################################
    raise NotImplementedError


def max_pool_forward_naive(x, pool_param):
    """Pool every channel: return (out, cache).

    out[n, c, i, j] = max over u < pool_height, v < pool_width of x[n, c, s i + u, s j + v]
    [CS:max_pool_forward_naive]

    pool_param holds "pool_height", "pool_width" and "stride" s. H' = 1 + ⌊(H − pool_height) / s⌋, and W' likewise.
    cache is (x, pool_param).

    Shapes
        x    (N, C, H, W)
        out  (N, C, H', W')

    Source: signature of CS231n's layers.
    """
    ####################################################################################################
    # TODO: derive max_pool_forward_naive on paper, then write it here in place of the `raise`.        #
    # Equations graded here: CS:max_pool_forward_naive.                                                #
    ####################################################################################################
    raise NotImplementedError


def max_pool_backward_naive(dout, cache):
    """Return dx = ∂L/∂x, shaped like x.

    out[n, c, i, j] = max over u < pool_height, v < pool_width of x[n, c, s i + u, s j + v], and dout = ∂L/∂out
    [CS:max_pool_backward_naive]

    Note
        Where the stride is below the window, one pixel can be the largest of several windows. Of equal largest pixels
        the first, row by row, is taken.

    Shapes
        dout  (N, C, H', W')
        dx    (N, C, H, W)

    Source: signature of CS231n's layers.
    """
    ####################################################################################################
    # TODO: derive max_pool_backward_naive on paper, then write it here in place of the `raise`.       #
    # Equations graded here: CS:max_pool_backward_naive.                                               #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive spatial_batchnorm_forward on paper, then write it here in place of the `raise`.     #
    # Equations graded here: CS:spatial_batchnorm_forward.                                             #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive spatial_batchnorm_backward on paper, then write it here in place of the `raise`.    #
    # Equations graded here: CS:spatial_batchnorm_backward.                                            #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive spatial_groupnorm_forward on paper, then write it here in place of the `raise`.     #
    # Equations graded here: CS:spatial_groupnorm_forward.                                             #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive spatial_groupnorm_backward on paper, then write it here in place of the `raise`.    #
    # Equations graded here: CS:spatial_groupnorm_backward.                                            #
    ####################################################################################################
    raise NotImplementedError
