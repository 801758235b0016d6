"""Layers that come one after another so often that they have a name: forward in order, backward in reverse."""

from reference.affine import affine_backward, affine_forward
from reference.batchnorm import batchnorm_backward, batchnorm_forward
from reference.convolution import conv_backward_naive, conv_forward_naive
from reference.layernorm import layernorm_backward, layernorm_forward
from reference.pooling import max_pool_backward_naive, max_pool_forward_naive
from reference.relu import relu_backward, relu_forward
from reference.spatial_norm import spatial_batchnorm_backward, spatial_batchnorm_forward


def affine_relu_forward(x, w, b):
    """Run affine, then ReLU: return (out, cache).

    out = max(0, X w + b)   [CS:affine_relu_forward]

    Shapes
        x    (N, d1, …, dk)
        w    (D, M)
        b    (M,)
        out  (N, M)

    Source: signature of CS231n's layer_utils, where the course gives it away.
    """
    # BEGIN SOLUTION
    a, fc_cache = affine_forward(x, w, b)                   # (N, M)
    out, relu_cache = relu_forward(a)                       # (N, M)
    return out, (fc_cache, relu_cache)
    # END SOLUTION


def affine_relu_backward(dout, cache):
    """Return (dx, dw, db), shaped like x, w, b.

    out = max(0, X w + b), and dout = ∂L/∂out   [CS:affine_relu_backward]

    Shapes
        dout  (N, M)
        dx    (N, d1, …, dk)
        dw    (D, M)
        db    (M,)

    Source: signature of CS231n's layer_utils, where the course gives it away.
    """
    # BEGIN SOLUTION
    fc_cache, relu_cache = cache
    return affine_backward(relu_backward(dout, relu_cache), fc_cache)
    # END SOLUTION


def affine_bn_relu_forward(x, w, b, gamma, beta, bn_param):
    """Run affine, then batch normalisation, then ReLU: return (out, cache).

    out = max(0, bn(X w + b)), with bn as in batchnorm_forward   [CS:affine_bn_relu_forward]

    Shapes
        x      (N, d1, …, dk)
        w      (D, M)
        b      (M,)
        gamma  (M,)
        beta   (M,)
        out    (N, M)

    Raises
        ValueError  where the mode is neither "train" nor "test"

    Source: signature of CS231n's layer_utils, where the course gives it away.
    """
    # BEGIN SOLUTION
    a, fc_cache = affine_forward(x, w, b)                   # (N, M)
    normal, bn_cache = batchnorm_forward(a, gamma, beta, bn_param)
    out, relu_cache = relu_forward(normal)                  # (N, M)
    return out, (fc_cache, bn_cache, relu_cache)
    # END SOLUTION


def affine_bn_relu_backward(dout, cache):
    """Return (dx, dw, db, dgamma, dbeta).

    out = max(0, bn(X w + b)), and dout = ∂L/∂out   [CS:affine_bn_relu_backward]

    Note
        The mean takes b away again, so db is 0 but for rounding.

    Shapes
        dout    (N, M)
        dx      (N, d1, …, dk)
        dw      (D, M)
        db      (M,)
        dgamma  (M,)
        dbeta   (M,)

    Source: signature of CS231n's layer_utils, where the course gives it away.
    """
    # BEGIN SOLUTION
    fc_cache, bn_cache, relu_cache = cache
    da, dgamma, dbeta = batchnorm_backward(relu_backward(dout, relu_cache), bn_cache)
    return *affine_backward(da, fc_cache), dgamma, dbeta
    # END SOLUTION


def affine_ln_relu_forward(x, w, b, gamma, beta, ln_param):
    """Run affine, then layer normalisation, then ReLU: return (out, cache).

    out = max(0, ln(X w + b)), with ln as in layernorm_forward   [CS:affine_ln_relu_forward]

    Shapes
        x      (N, d1, …, dk)
        w      (D, M)
        b      (M,)
        gamma  (M,)
        beta   (M,)
        out    (N, M)

    Source: signature of CS231n's layer_utils, where the course gives it away.
    """
    # BEGIN SOLUTION
    a, fc_cache = affine_forward(x, w, b)                   # (N, M)
    normal, ln_cache = layernorm_forward(a, gamma, beta, ln_param)
    out, relu_cache = relu_forward(normal)                  # (N, M)
    return out, (fc_cache, ln_cache, relu_cache)
    # END SOLUTION


def affine_ln_relu_backward(dout, cache):
    """Return (dx, dw, db, dgamma, dbeta).

    out = max(0, ln(X w + b)), and dout = ∂L/∂out   [CS:affine_ln_relu_backward]

    Shapes
        dout    (N, M)
        dx      (N, d1, …, dk)
        dw      (D, M)
        db      (M,)
        dgamma  (M,)
        dbeta   (M,)

    Source: signature of CS231n's layer_utils, where the course gives it away.
    """
    # BEGIN SOLUTION
    fc_cache, ln_cache, relu_cache = cache
    da, dgamma, dbeta = layernorm_backward(relu_backward(dout, relu_cache), ln_cache)
    return *affine_backward(da, fc_cache), dgamma, dbeta
    # END SOLUTION


def conv_relu_forward(x, w, b, conv_param):
    """Run a convolution, then ReLU: return (out, cache).

    out = max(0, conv(x, w) + b)   [CS:conv_relu_forward]

    Shapes
        x    (N, C, H, W)
        w    (F, C, HH, WW)
        b    (F,)
        out  (N, F, H', W')

    Source: signature of CS231n's layer_utils, where the course gives it away.
    """
    # BEGIN SOLUTION
    a, conv_cache = conv_forward_naive(x, w, b, conv_param) # (N, F, H', W')
    out, relu_cache = relu_forward(a)                       # (N, F, H', W')
    return out, (conv_cache, relu_cache)
    # END SOLUTION


def conv_relu_backward(dout, cache):
    """Return (dx, dw, db), shaped like x, w, b.

    out = max(0, conv(x, w) + b), and dout = ∂L/∂out   [CS:conv_relu_backward]

    Shapes
        dout  (N, F, H', W')
        dx    (N, C, H, W)
        dw    (F, C, HH, WW)
        db    (F,)

    Source: signature of CS231n's layer_utils, where the course gives it away.
    """
    # BEGIN SOLUTION
    conv_cache, relu_cache = cache
    return conv_backward_naive(relu_backward(dout, relu_cache), conv_cache)
    # END SOLUTION


def conv_bn_relu_forward(x, w, b, gamma, beta, conv_param, bn_param):
    """Run a convolution, then spatial batch normalisation, then ReLU: return (out, cache).

    out = max(0, bn(conv(x, w) + b)), with bn as in spatial_batchnorm_forward   [CS:conv_bn_relu_forward]

    Shapes
        x      (N, C, H, W)
        w      (F, C, HH, WW)
        b      (F,)
        gamma  (F,)
        beta   (F,)
        out    (N, F, H', W')

    Raises
        ValueError  where the mode is neither "train" nor "test"

    Source: signature of CS231n's layer_utils, where the course gives it away.
    """
    # BEGIN SOLUTION
    a, conv_cache = conv_forward_naive(x, w, b, conv_param) # (N, F, H', W')
    normal, bn_cache = spatial_batchnorm_forward(a, gamma, beta, bn_param)
    out, relu_cache = relu_forward(normal)                  # (N, F, H', W')
    return out, (conv_cache, bn_cache, relu_cache)
    # END SOLUTION


def conv_bn_relu_backward(dout, cache):
    """Return (dx, dw, db, dgamma, dbeta).

    out = max(0, bn(conv(x, w) + b)), and dout = ∂L/∂out   [CS:conv_bn_relu_backward]

    Note
        The mean takes b away again, so db is 0 but for rounding.

    Shapes
        dout    (N, F, H', W')
        dx      (N, C, H, W)
        dw      (F, C, HH, WW)
        db      (F,)
        dgamma  (F,)
        dbeta   (F,)

    Source: signature of CS231n's layer_utils, where the course gives it away.
    """
    # BEGIN SOLUTION
    conv_cache, bn_cache, relu_cache = cache
    da, dgamma, dbeta = spatial_batchnorm_backward(relu_backward(dout, relu_cache), bn_cache)
    return *conv_backward_naive(da, conv_cache), dgamma, dbeta
    # END SOLUTION


def conv_relu_pool_forward(x, w, b, conv_param, pool_param):
    """Run a convolution, then ReLU, then max pooling: return (out, cache).

    out = pool(max(0, conv(x, w) + b))   [CS:conv_relu_pool_forward]

    Shapes
        x    (N, C, H, W)
        w    (F, C, HH, WW)
        b    (F,)
        out  (N, F, H″, W″)    what pooling makes of (H', W')

    Source: signature of CS231n's layer_utils, where the course gives it away.
    """
    # BEGIN SOLUTION
    a, conv_cache = conv_forward_naive(x, w, b, conv_param) # (N, F, H', W')
    s, relu_cache = relu_forward(a)                         # (N, F, H', W')
    out, pool_cache = max_pool_forward_naive(s, pool_param) # (N, F, H″, W″)
    return out, (conv_cache, relu_cache, pool_cache)
    # END SOLUTION


def conv_relu_pool_backward(dout, cache):
    """Return (dx, dw, db), shaped like x, w, b.

    out = pool(max(0, conv(x, w) + b)), and dout = ∂L/∂out   [CS:conv_relu_pool_backward]

    Shapes
        dout  (N, F, H″, W″)
        dx    (N, C, H, W)
        dw    (F, C, HH, WW)
        db    (F,)

    Source: signature of CS231n's layer_utils, where the course gives it away.
    """
    # BEGIN SOLUTION
    conv_cache, relu_cache, pool_cache = cache
    da = relu_backward(max_pool_backward_naive(dout, pool_cache), relu_cache)      # (N, F, H', W')
    return conv_backward_naive(da, conv_cache)
    # END SOLUTION
