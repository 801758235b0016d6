"""Convolution, max pooling and the layers that run one after another, against both oracles."""

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reference import layer_sandwiches as named
from reference.affine import affine_forward
from reference.batchnorm import batchnorm_forward
from reference.convolution import conv_backward_naive, conv_forward_naive
from reference.layernorm import layernorm_forward
from reference.pooling import max_pool_backward_naive, max_pool_forward_naive
from reference.spatial_norm import spatial_batchnorm_forward
from tests.reference.oracles import assert_agree
from tests.reference.pullback import assert_pulls_back, drawn, redrawn, seeds, spread

batches, channels = st.integers(1, 2), st.integers(1, 2)
windows = st.tuples(st.integers(1, 3), st.integers(1, 3))
rims = st.tuples(st.integers(0, 2), st.integers(0, 2))
strides, pads = st.integers(1, 4), st.integers(0, 2)


def plain_conv(x, w, b, conv_param):
    p, s, (F, _, HH, WW) = conv_param["pad"], conv_param["stride"], w.shape
    x = anp.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="constant")
    rows, columns = range(0, x.shape[2] - HH + 1, s), range(0, x.shape[3] - WW + 1, s)
    patches = [[anp.reshape(x[:, :, i : i + HH, j : j + WW], (len(x), -1)) for j in columns] for i in rows]
    outs = [[anp.dot(patch, anp.reshape(w, (F, -1)).T) + b for patch in row] for row in patches]
    return anp.transpose(anp.array(outs), (2, 3, 0, 1))


def plain_pool(x, pool_param):
    hh, ww, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    rows, columns = range(0, x.shape[2] - hh + 1, s), range(0, x.shape[3] - ww + 1, s)
    outs = [[anp.max(x[:, :, i : i + hh, j : j + ww], axis=(2, 3)) for j in columns] for i in rows]
    return anp.transpose(anp.array(outs), (2, 3, 0, 1))


def plain_normal(x, gamma, beta, axis):
    centred = x - anp.mean(x, axis=axis, keepdims=True)
    return gamma * centred / anp.sqrt(anp.mean(centred**2, axis=axis, keepdims=True) + 1e-5) + beta


def image_case(rng, N, C, F, window, rim):
    """Draw x, w, b: the image exceeds the window by a rim of its own in each direction."""
    (HH, WW), (above, beside) = window, rim
    x = rng.standard_normal((N, C, HH + above, WW + beside))
    return [x, rng.standard_normal((F, C, HH, WW)), rng.standard_normal(F)]


@drawn
@given(batches, channels, channels, windows, rims, strides, pads, seeds)
def test_convolution_agrees_with_both_oracles(N, C, F, window, rim, stride, pad, seed):
    rng, conv_param = np.random.default_rng(seed), {"stride": stride, "pad": pad}
    args = image_case(rng, N, C, F, window, rim)
    out, cache = conv_forward_naive(*args, conv_param)
    dout = rng.standard_normal(out.shape)
    assert cache[0] is args[0]
    assert cache[3] is conv_param
    assert_pulls_back(
        lambda *args: [conv_forward_naive(*args, conv_param)[0]],
        lambda *args: [plain_conv(*args, conv_param)],
        args,
        [dout],
        conv_backward_naive(dout, cache),
    )


@drawn
@given(batches, channels, windows, rims, strides, seeds)
def test_max_pooling_agrees_with_both_oracles(N, C, window, rim, stride, seed):
    rng = np.random.default_rng(seed)
    pool_param = {"pool_height": window[0], "pool_width": window[1], "stride": stride}
    x = spread(rng, (N, C, window[0] + rim[0], window[1] + rim[1]), (2, 3))
    out, cache = max_pool_forward_naive(x, pool_param)
    dout = rng.standard_normal(out.shape)
    assert_pulls_back(
        lambda x: [max_pool_forward_naive(x, pool_param)[0]],
        lambda x: [plain_pool(x, pool_param)],
        [x],
        [dout],
        [max_pool_backward_naive(dout, cache)],
    )


def test_of_equal_largest_pixels_the_first_has_the_gradient_and_overlapping_windows_add():
    x, pool_param = np.zeros((1, 1, 2, 3)), {"pool_height": 2, "pool_width": 2, "stride": 1}
    dout = np.array([[[[2.0, 3.0]]]])
    first = max_pool_backward_naive(dout, max_pool_forward_naive(x, pool_param)[1])
    assert_agree(first, [[[[2, 3, 0], [0, 0, 0]]]])
    x[0, 0, 1, 1] = 1
    both = max_pool_backward_naive(dout, max_pool_forward_naive(x, pool_param)[1])
    assert_agree(both, [[[[0, 0, 0], [0, 5, 0]]]])


def test_negative_pixels_are_pooled_as_they_are():
    x = -np.arange(1.0, 5.0).reshape(1, 1, 2, 2)
    assert max_pool_forward_naive(x, {"pool_height": 2, "pool_width": 2, "stride": 2})[0] == -1


def without_kinks(pre):
    return np.min(np.abs(pre)) > 0.01


def affine_case(rng, N, D, M):
    return [rng.standard_normal((N, D, 2)), rng.standard_normal((2 * D, M)), rng.standard_normal(M)]


@drawn
@given(st.integers(1, 4), st.integers(1, 3), st.integers(1, 4), seeds)
def test_affine_relu_agrees_with_both_oracles(N, D, M, seed):
    rng = np.random.default_rng(seed)
    args = redrawn(lambda: affine_case(rng, N, D, M), lambda args: without_kinks(affine_forward(*args)[0]))
    assume(args is not None)
    out, cache = named.affine_relu_forward(*args)
    dout = rng.standard_normal(out.shape)
    assert_pulls_back(
        lambda *args: [named.affine_relu_forward(*args)[0]],
        lambda x, w, b: [anp.maximum(0, anp.dot(anp.reshape(x, (len(x), -1)), w) + b)],
        args,
        [dout],
        named.affine_relu_backward(dout, cache),
    )


NORMS = {
    0: (named.affine_bn_relu_forward, named.affine_bn_relu_backward, batchnorm_forward, {"mode": "train"}),
    1: (named.affine_ln_relu_forward, named.affine_ln_relu_backward, layernorm_forward, {}),
}


@pytest.mark.parametrize("axis", NORMS)
@drawn
@given(N=st.integers(1, 4), D=st.integers(1, 3), M=st.integers(1, 4), seed=seeds)
def test_affine_norm_relu_agrees_with_both_oracles(axis, N, D, M, seed):
    forward, backward, norm, param = NORMS[axis]
    rng = np.random.default_rng(seed)

    def good(args):
        a, _ = affine_forward(*args[:3])
        return np.min(np.std(a, axis=axis)) > 0.3 and without_kinks(norm(a, *args[3:], dict(param))[0])

    args = redrawn(lambda: [*affine_case(rng, N, D, M), rng.standard_normal(M), rng.standard_normal(M)], good)
    assume(args is not None)
    out, cache = forward(*args, dict(param))
    dout = rng.standard_normal(out.shape)

    def plain(x, w, b, gamma, beta):
        return [anp.maximum(0, plain_normal(anp.dot(anp.reshape(x, (len(x), -1)), w) + b, gamma, beta, axis))]

    assert_pulls_back(lambda *args: [forward(*args, dict(param))[0]], plain, args, [dout], backward(dout, cache))


@drawn
@given(batches, channels, channels, windows, rims, strides, pads, seeds)
def test_conv_relu_agrees_with_both_oracles(N, C, F, window, rim, stride, pad, seed):
    rng, conv_param = np.random.default_rng(seed), {"stride": stride, "pad": pad}

    def good(args):
        return without_kinks(conv_forward_naive(*args, conv_param)[0])

    args = redrawn(lambda: image_case(rng, N, C, F, window, rim), good)
    assume(args is not None)
    out, cache = named.conv_relu_forward(*args, conv_param)
    dout = rng.standard_normal(out.shape)
    assert_pulls_back(
        lambda *args: [named.conv_relu_forward(*args, conv_param)[0]],
        lambda *args: [anp.maximum(0, plain_conv(*args, conv_param))],
        args,
        [dout],
        named.conv_relu_backward(dout, cache),
    )


@drawn
@given(batches, channels, channels, windows, rims, st.integers(1, 2), st.integers(0, 1), seeds)
def test_conv_bn_relu_agrees_with_both_oracles(N, C, F, window, rim, stride, pad, seed):
    rng, conv_param = np.random.default_rng(seed), {"stride": stride, "pad": pad}

    def good(args):
        a, _ = conv_forward_naive(*args[:3], conv_param)
        normal, _ = spatial_batchnorm_forward(a, *args[3:], {"mode": "train"})
        return np.min(np.std(a, axis=(0, 2, 3))) > 0.3 and without_kinks(normal)

    def draw():
        return [*image_case(rng, N, C, F, window, rim), rng.standard_normal(F), rng.standard_normal(F)]

    args = redrawn(draw, good)
    assume(args is not None)
    out, cache = named.conv_bn_relu_forward(*args, conv_param, {"mode": "train"})
    dout = rng.standard_normal(out.shape)

    def plain(x, w, b, gamma, beta):
        gamma, beta = anp.reshape(gamma, (-1, 1, 1)), anp.reshape(beta, (-1, 1, 1))
        return [anp.maximum(0, plain_normal(plain_conv(x, w, b, conv_param), gamma, beta, (0, 2, 3)))]

    assert_pulls_back(
        lambda *args: [named.conv_bn_relu_forward(*args, conv_param, {"mode": "train"})[0]],
        plain,
        args,
        [dout],
        named.conv_bn_relu_backward(dout, cache),
    )


@drawn
@given(batches, channels, channels, windows, st.integers(1, 2), st.integers(0, 1), windows, strides, seeds)
def test_conv_relu_pool_agrees_with_both_oracles(N, C, F, window, stride, pad, pool, pool_stride, seed):
    rng, conv_param = np.random.default_rng(seed), {"stride": stride, "pad": pad}
    pool_param = {"pool_height": pool[0], "pool_width": pool[1], "stride": pool_stride}
    rim = (pool[0] * stride, pool[1] * stride)  # more places than a pooling window needs

    def good(args):
        a, _ = conv_forward_naive(*args, conv_param)
        rectified = np.maximum(a, 0).reshape(N, F, -1)
        gaps = np.diff(np.sort(rectified, axis=-1), axis=-1)
        return np.min(np.abs(a)) > 0.003 and np.all((gaps == 0) | (gaps > 0.003))

    args = redrawn(lambda: image_case(rng, N, C, F, window, rim), good)
    assume(args is not None)
    out, cache = named.conv_relu_pool_forward(*args, conv_param, pool_param)
    dout = rng.standard_normal(out.shape)
    assert_pulls_back(
        lambda *args: [named.conv_relu_pool_forward(*args, conv_param, pool_param)[0]],
        lambda *args: [plain_pool(anp.maximum(0, plain_conv(*args, conv_param)), pool_param)],
        args,
        [dout],
        named.conv_relu_pool_backward(dout, cache),
    )
