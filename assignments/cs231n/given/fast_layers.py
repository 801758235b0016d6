"""The compiled layers of the course, which are not there: the submission's own loops stand in for them."""

from . import layers


def conv_forward_fast(x, w, b, conv_param):
    return layers.conv_forward_naive(x, w, b, conv_param)


def conv_backward_fast(dout, cache):
    return layers.conv_backward_naive(dout, cache)


def max_pool_forward_fast(x, pool_param):
    return layers.max_pool_forward_naive(x, pool_param)


def max_pool_backward_fast(dout, cache):
    return layers.max_pool_backward_naive(dout, cache)


conv_forward_im2col = conv_forward_strides = conv_forward_fast
conv_backward_im2col = conv_backward_strides = conv_backward_fast
max_pool_forward_im2col = max_pool_forward_reshape = max_pool_forward_fast
max_pool_backward_im2col = max_pool_backward_reshape = max_pool_backward_fast
