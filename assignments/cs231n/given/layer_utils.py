"""Layers that often come one after another, put together from the submission's own."""

from .fast_layers import *
from .layers import *


def affine_relu_forward(x, w, b):
    score, affine_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(score)
    return out, (affine_cache, relu_cache)


def affine_relu_backward(dout, cache):
    affine_cache, relu_cache = cache
    return affine_backward(relu_backward(dout, relu_cache), affine_cache)


def affine_bn_relu_forward(x, w, b, gamma, beta, bn_param):
    score, affine_cache = affine_forward(x, w, b)
    normed, norm_cache = batchnorm_forward(score, gamma, beta, bn_param)
    out, relu_cache = relu_forward(normed)
    return out, (affine_cache, norm_cache, relu_cache)


def affine_bn_relu_backward(dout, cache):
    affine_cache, norm_cache, relu_cache = cache
    dscore, dgamma, dbeta = batchnorm_backward(relu_backward(dout, relu_cache), norm_cache)
    return (*affine_backward(dscore, affine_cache), dgamma, dbeta)


def affine_ln_relu_forward(x, w, b, gamma, beta, ln_param):
    score, affine_cache = affine_forward(x, w, b)
    normed, norm_cache = layernorm_forward(score, gamma, beta, ln_param)
    out, relu_cache = relu_forward(normed)
    return out, (affine_cache, norm_cache, relu_cache)


def affine_ln_relu_backward(dout, cache):
    affine_cache, norm_cache, relu_cache = cache
    dscore, dgamma, dbeta = layernorm_backward(relu_backward(dout, relu_cache), norm_cache)
    return (*affine_backward(dscore, affine_cache), dgamma, dbeta)


def conv_relu_forward(x, w, b, conv_param):
    maps, conv_cache = conv_forward_fast(x, w, b, conv_param)
    out, relu_cache = relu_forward(maps)
    return out, (conv_cache, relu_cache)


def conv_relu_backward(dout, cache):
    conv_cache, relu_cache = cache
    return conv_backward_fast(relu_backward(dout, relu_cache), conv_cache)


def conv_bn_relu_forward(x, w, b, gamma, beta, conv_param, bn_param):
    maps, conv_cache = conv_forward_fast(x, w, b, conv_param)
    normed, norm_cache = spatial_batchnorm_forward(maps, gamma, beta, bn_param)
    out, relu_cache = relu_forward(normed)
    return out, (conv_cache, norm_cache, relu_cache)


def conv_bn_relu_backward(dout, cache):
    conv_cache, norm_cache, relu_cache = cache
    dmaps, dgamma, dbeta = spatial_batchnorm_backward(relu_backward(dout, relu_cache), norm_cache)
    return (*conv_backward_fast(dmaps, conv_cache), dgamma, dbeta)


def conv_relu_pool_forward(x, w, b, conv_param, pool_param):
    maps, conv_cache = conv_forward_fast(x, w, b, conv_param)
    active, relu_cache = relu_forward(maps)
    out, pool_cache = max_pool_forward_fast(active, pool_param)
    return out, (conv_cache, relu_cache, pool_cache)


def conv_relu_pool_backward(dout, cache):
    conv_cache, relu_cache, pool_cache = cache
    return conv_backward_fast(relu_backward(max_pool_backward_fast(dout, pool_cache), relu_cache), conv_cache)
