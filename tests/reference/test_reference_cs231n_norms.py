"""Batch, layer, spatial batch and group normalisation, and dropout, against both oracles."""

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.batchnorm import batchnorm_backward, batchnorm_backward_alt, batchnorm_forward
from reference.dropout import dropout_backward, dropout_forward
from reference.layernorm import layernorm_backward, layernorm_forward
from reference.spatial_norm import (
    spatial_batchnorm_backward,
    spatial_batchnorm_forward,
    spatial_groupnorm_backward,
    spatial_groupnorm_forward,
)
from tests.reference.oracles import assert_agree, difference_jacobian
from tests.reference.pullback import assert_pulls_back, drawn, seeds, spread

EPS = st.sampled_from([1e-5, 1e-2, 0.5])
small, pairs = st.integers(1, 4), st.tuples(st.integers(1, 6), st.integers(1, 5))
images = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))
BACKWARDS = [batchnorm_backward, batchnorm_backward_alt]


def normalised(x, axis, eps):
    mean = anp.mean(x, axis=axis, keepdims=True)
    return (x - mean) / anp.sqrt(anp.mean((x - mean) ** 2, axis=axis, keepdims=True) + eps)


def case(shape, axis, channels, seed):
    """Draw x, gamma, beta and an upstream gradient."""
    rng = np.random.default_rng(seed)
    gamma, beta = rng.standard_normal(channels), rng.standard_normal(channels)
    return [spread(rng, shape, axis), gamma, beta], rng.standard_normal(shape)


@pytest.mark.parametrize("backward", BACKWARDS)
@drawn
@given(shape=pairs, eps=EPS, seed=seeds)
def test_both_batch_norm_backwards_agree_with_both_oracles_from_one_cache(backward, shape, eps, seed):
    args, dout = case(shape, 0, shape[1], seed)

    def forward(*args):
        return [batchnorm_forward(*args, {"mode": "train", "eps": eps})[0]]

    def plain(x, gamma, beta):
        return [gamma * normalised(x, 0, eps) + beta]

    _, cache = batchnorm_forward(*args, {"mode": "train", "eps": eps})
    assert_pulls_back(forward, plain, args, [dout], backward(dout, cache))


@drawn
@given(shape=pairs, eps=EPS, seed=seeds)
def test_layer_norm_agrees_with_both_oracles(shape, eps, seed):
    args, dout = case(shape, 1, shape[1], seed)
    _, cache = layernorm_forward(*args, {"eps": eps})
    assert_pulls_back(
        lambda *args: [layernorm_forward(*args, {"eps": eps})[0]],
        lambda x, gamma, beta: [gamma * normalised(x, 1, eps) + beta],
        args,
        [dout],
        layernorm_backward(dout, cache),
    )


@drawn
@given(shape=images, eps=EPS, seed=seeds)
def test_spatial_batch_norm_agrees_with_both_oracles(shape, eps, seed):
    args, dout = case(shape, (0, 2, 3), shape[1], seed)

    def forward(*args):
        return [spatial_batchnorm_forward(*args, {"mode": "train", "eps": eps})[0]]

    def plain(x, gamma, beta):
        return [anp.reshape(gamma, (-1, 1, 1)) * normalised(x, (0, 2, 3), eps) + anp.reshape(beta, (-1, 1, 1))]

    _, cache = spatial_batchnorm_forward(*args, {"mode": "train", "eps": eps})
    assert_pulls_back(forward, plain, args, [dout], spatial_batchnorm_backward(dout, cache))


@pytest.mark.parametrize("flat", [False, True])
@drawn
@given(shape=images, per_group=st.integers(1, 2), eps=EPS, seed=seeds)
def test_group_norm_agrees_with_both_oracles_in_both_shapes_of_gamma(flat, shape, per_group, eps, seed):
    N, G, H, W = shape
    shape = (N, G * per_group, H, W)
    args, dout = case(shape, (1, 2, 3), shape[1] if flat else (1, shape[1], 1, 1), seed)

    def plain(x, gamma, beta):
        xhat = anp.reshape(normalised(anp.reshape(x, (N, G, -1)), 2, eps), shape)
        return [anp.reshape(gamma, (1, -1, 1, 1)) * xhat + anp.reshape(beta, (1, -1, 1, 1))]

    _, cache = spatial_groupnorm_forward(*args, G, {"eps": eps})
    assert_pulls_back(
        lambda *args: [spatial_groupnorm_forward(*args, G, {"eps": eps})[0]],
        plain,
        args,
        [dout],
        spatial_groupnorm_backward(dout, cache),
    )


@pytest.mark.parametrize("kind", ["float32", "float64", "longdouble"])
def test_running_statistics_move_in_training_and_are_used_in_testing(kind):
    (x, gamma, beta), _ = case((5, 3), 0, 3, 1)
    x, gamma, beta = x.astype(kind), gamma.astype(kind), beta.astype(kind)
    bn_param = {"mode": "train", "momentum": 0.75}
    mean, var = np.mean(x, axis=0), np.var(x, axis=0)
    batchnorm_forward(x, gamma, beta, bn_param)
    first = bn_param["running_mean"]
    batchnorm_forward(x, gamma, beta, bn_param)
    tolerance = 8 * float(np.finfo(kind).eps)
    assert np.allclose(first, 0.25 * mean, rtol=tolerance, atol=tolerance)
    assert np.allclose(bn_param["running_mean"], 0.4375 * mean, rtol=tolerance, atol=tolerance)
    assert np.allclose(bn_param["running_var"], 0.4375 * var, rtol=tolerance, atol=tolerance)
    assert bn_param["running_mean"].dtype == bn_param["running_var"].dtype == kind

    before = bn_param | {"mode": "test"}
    bn_param["mode"] = "test"
    out, cache = batchnorm_forward(x, gamma, beta, bn_param)
    expected = gamma * (x - bn_param["running_mean"]) / np.sqrt(bn_param["running_var"] + 1e-5) + beta
    assert np.allclose(out, expected, rtol=10 * tolerance, atol=10 * tolerance)
    assert out.dtype == kind
    assert cache is None
    assert bn_param.keys() == before.keys()
    assert all(bn_param[name] is before[name] for name in ("running_mean", "running_var"))


def test_spatial_batch_norm_keeps_its_statistics_by_channel():
    (x, gamma, beta), _ = case((2, 3, 4, 5), (0, 2, 3), 3, 1)
    bn_param = {"mode": "train"}
    spatial_batchnorm_forward(x, gamma, beta, bn_param)
    assert_agree(bn_param["running_mean"], 0.1 * np.mean(x, axis=(0, 2, 3)))
    assert_agree(bn_param["running_var"], 0.1 * np.var(x, axis=(0, 2, 3)))
    out, _ = spatial_batchnorm_forward(x, gamma, beta, bn_param | {"mode": "test"})
    wide = [value.reshape(-1, 1, 1) for value in (bn_param["running_mean"], bn_param["running_var"], gamma, beta)]
    assert_agree(out, wide[2] * (x - wide[0]) / np.sqrt(wide[1] + 1e-5) + wide[3])


def test_a_batch_far_from_zero_keeps_its_digits():
    (x, gamma, beta), dout = case((5, 3), 0, 3, 1)
    far = np.round(x * 1024) / 1024
    near, cache = batchnorm_forward(far, gamma, beta, {"mode": "train"})
    moved, moved_cache = batchnorm_forward(far + 2.0**20, gamma, beta, {"mode": "train"})
    assert np.allclose(moved, near, rtol=1e-8, atol=1e-8)
    assert np.allclose(batchnorm_backward(dout, moved_cache)[0], batchnorm_backward(dout, cache)[0], atol=1e-8)


@pytest.mark.parametrize("forward", [batchnorm_forward, spatial_batchnorm_forward])
def test_an_unknown_mode_of_batch_norm_is_refused_in_one_line_and_leaves_no_trace(forward):
    x = np.ones((2, 3) if forward is batchnorm_forward else (2, 3, 1, 1))
    bn_param = {"mode": "eval"}
    with pytest.raises(ValueError, match=r"^bn_param\['mode'\] is 'eval'; expected 'train' or 'test'$"):
        forward(x, np.ones(3), np.ones(3), bn_param)
    assert bn_param == {"mode": "eval"}


@drawn
@given(st.lists(small, min_size=1, max_size=4), st.sampled_from([0.3, 0.7, 1]), seeds)
def test_dropout_agrees_with_both_oracles_at_the_units_that_a_seed_keeps(shape, p, seed):
    rng = np.random.default_rng(seed)
    x, dout = rng.standard_normal(shape), rng.standard_normal(shape)
    param = {"mode": "train", "p": p, "seed": seed}
    np.random.seed(seed)
    kept = np.random.rand(*shape) < p
    assert_pulls_back(
        lambda x: [dropout_forward(x, param)[0]],
        lambda x: [x * kept / p],
        [x],
        [dout],
        [dropout_backward(dout, dropout_forward(x, param)[1])],
    )
    assert param == {"mode": "train", "p": p, "seed": seed}


@pytest.mark.parametrize("p", [0.3, 0.7])
def test_dropout_keeps_with_probability_p_and_leaves_the_mean_where_it_was(p):
    out, (_, mask) = dropout_forward(np.ones((300, 300)), {"mode": "train", "p": p, "seed": 1})
    assert abs(np.mean(mask != 0) - p) < 0.01
    assert abs(np.mean(out) - 1) < 0.02


def test_dropout_without_a_seed_follows_the_global_generator_and_with_one_leaves_it_alone():
    x, param = np.ones((4, 5)), {"mode": "train", "p": 0.5}
    np.random.seed(3)
    first, second = dropout_forward(x, param)[0], dropout_forward(x, param)[0]
    np.random.seed(3)
    assert np.array_equal(dropout_forward(x, param)[0], first)
    dropout_forward(x, param | {"seed": 8})
    assert np.array_equal(dropout_forward(x, param)[0], second)
    assert not np.array_equal(first, second)


def test_dropout_does_nothing_in_testing_and_refuses_other_modes():
    x, dout = np.arange(6.0).reshape(2, 3), np.ones((2, 3))
    out, cache = dropout_forward(x, {"mode": "test", "p": 0.3})
    assert np.array_equal(out, x)
    assert np.array_equal(dropout_backward(dout, cache), dout)
    assert cache[1] is None
    by_difference = difference_jacobian(lambda x: np.sum(dout * dropout_forward(x, {"mode": "test", "p": 0.3})[0]), x)
    assert_agree(dropout_backward(dout, cache), by_difference)
    with pytest.raises(ValueError, match=r"^dropout_param\['mode'\] is None; expected 'train' or 'test'$"):
        dropout_forward(x, {"mode": None, "p": 0.3})
