"""deep_mlp against autograd, which sees the forward alone, and against differences of the reference."""

from itertools import pairwise

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad, grad, jacobian
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reference.activations import activation, activation_derivative
from reference.deep_deltas import (
    bias_gradient,
    hidden_delta,
    layer_jacobian,
    output_delta,
    softmax_output_delta,
    weight_gradient,
    weight_to_preactivation_jacobian,
)
from reference.deep_forward import forward, half_squared_error
from reference.deep_indices import gradient_by_index, gradient_unrolled, weight_jacobian
from reference.deep_mlp import backprop, backprop_batch, backprop_batch_rows, update
from tests.reference.oracles import assert_agree, difference_jacobian

drawn = settings(max_examples=40, deadline=None, derandomize=True, database=None)
seeds = st.integers(0, 2**32 - 1)
PLAIN = {
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
    "relu": lambda z: anp.maximum(0, z),
    "identity": lambda z: 1.0 * z,
}
sigmas = st.sampled_from(sorted(PLAIN))


def widths(L_min):
    """Draw n_0, …, n_L with L from L_min to 6."""
    return st.integers(L_min, 6).flatmap(lambda L: st.lists(st.integers(1, 4), min_size=L + 1, max_size=L + 1))


def network(ns, N, sigma, seed):
    """Draw a network; with relu, until nothing is near the kink and each example moves every layer's weights."""
    rng = np.random.default_rng(seed)
    for _ in range(400):
        # Weights of norm about 1 keep every layer's signal alive, and a difference's step far from the kinks.
        W = [rng.standard_normal((n, m)) * np.sqrt(2 / m) for m, n in pairwise(ns)]
        b = [rng.standard_normal((n, 1)) + 0.2 for n in ns[1:]]
        X, T = rng.standard_normal((ns[0], N)), rng.standard_normal((ns[-1], N))
        if sigma != "relu":
            return W, b, X, T
        gap = min(np.min(np.abs(z)) for z in forward(W, b, X, sigma)[0])
        each = [backprop(W, b, X[:, [i]], T[:, [i]], sigma)[0] for i in range(N)]
        if gap > 0.01 and all(np.any(dW_l) for dW in each for dW_l in dW):
            return W, b, X, T
    return None


def plain_forward(W, b, h, sigma):
    for W_l, b_l in zip(W, b, strict=True):
        h = PLAIN[sigma](anp.dot(W_l, h) + b_l)
    return h


def plain_error(W, b, H, T, sigma):
    return anp.sum((plain_forward(W, b, H, sigma) - T) ** 2) / 2


def replaced(items, place, value):
    return [*items[:place], value, *items[place + 1 :]]


@drawn
@given(sigmas, st.lists(st.integers(1, 4), max_size=3), seeds)
def test_activations_and_their_derivatives_agree_with_both_oracles(sigma, shape, seed):
    rng = np.random.default_rng(seed)
    z = np.asarray(rng.standard_normal(shape))
    z = 2 * z + np.copysign(0.1, z)
    assert_agree(activation(sigma, z), PLAIN[sigma](z))
    by_difference = difference_jacobian(lambda z: np.sum(activation(sigma, z)), z)
    assert_agree(activation_derivative(sigma, z), elementwise_grad(PLAIN[sigma])(z), by_difference)


@pytest.mark.parametrize("sigma", PLAIN)
@drawn
@given(ns=widths(1), seed=seeds)
def test_backprop_agrees_with_both_oracles_at_every_layer(sigma, ns, seed):
    net = network(ns, 1, sigma, seed)
    assume(net is not None)
    W, b, h0, t = net
    dW, db = backprop(W, b, h0, t, sigma)
    by_autograd = grad(plain_error, (0, 1))(W, b, h0, t, sigma)
    assert len(dW) == len(db) == len(W)

    def error(W, b):
        return half_squared_error(forward(W, b, h0, sigma)[1][-1], t)[0]

    assert_agree(error(W, b), plain_error(W, b, h0, t, sigma))
    for k in range(len(W)):
        by_difference = difference_jacobian(lambda W_l, k=k: error(replaced(W, k, W_l), b), W[k])
        assert_agree(dW[k], by_autograd[0][k], by_difference)
        by_difference = difference_jacobian(lambda b_l, k=k: error(W, replaced(b, k, b_l)), b[k])
        assert_agree(db[k], by_autograd[1][k], by_difference)


@pytest.mark.parametrize("sigma", PLAIN)
@drawn
@given(ns=widths(1), N=st.integers(1, 4), seed=seeds)
def test_batches_in_columns_and_in_rows_agree_with_autograd_and_with_the_sum_over_examples(sigma, ns, N, seed):
    net = network(ns, N, sigma, seed)
    assume(net is not None)
    W, b, H0, T = net
    by_autograd = grad(plain_error, (0, 1))(W, b, H0, T, sigma)
    singles = [backprop(W, b, H0[:, [i]], T[:, [i]], sigma) for i in range(N)]
    for dW, db in (backprop_batch(W, b, H0, T, sigma), backprop_batch_rows(W, b, H0.T, T.T, sigma)):
        for k in range(len(W)):
            assert_agree(dW[k], by_autograd[0][k], sum(single[0][k] for single in singles))
            assert_agree(db[k], by_autograd[1][k], sum(single[1][k] for single in singles))


@pytest.mark.parametrize("sigma", PLAIN)
@drawn
@given(ns=widths(3), seed=seeds)
def test_nested_sums_and_unrolled_product_are_the_gradient_three_layers_down(sigma, ns, seed):
    net = network(ns, 1, sigma, seed)
    assume(net is not None)
    W, b, h0, t = net
    zs, hs = forward(W, b, h0, sigma)
    dC = half_squared_error(hs[-1], t)[1]
    k = len(W) - 3
    by_autograd = grad(lambda W_l: plain_error(replaced(W, k, W_l), b, h0, t, sigma))(W[k])

    def error(W_l):
        return half_squared_error(forward(replaced(W, k, W_l), b, h0, sigma)[1][-1], t)[0]

    by_difference = difference_jacobian(error, W[k])
    assert_agree(gradient_by_index(W, zs, hs, dC, sigma), by_autograd, by_difference)
    assert_agree(gradient_unrolled(W, zs, hs, dC, sigma), by_autograd, by_difference)


@drawn
@given(sigmas, st.tuples(*[st.integers(1, 4)] * 3), seeds)
def test_one_layers_deltas_and_jacobians_agree_with_both_oracles(sigma, size, seed):
    net = network(size, 1, sigma, seed)
    assume(net is not None)
    (W, W_next), (b, b_next), h, t = net
    z = W @ h + b
    dC = half_squared_error(h, np.zeros_like(h))[1]
    assert_agree(dC, grad(lambda h: anp.sum(h**2) / 2)(h))

    D_next = np.random.default_rng(seed).standard_normal(t.shape)
    s = PLAIN[sigma]
    by_autograd = grad(lambda z: anp.sum(D_next * (anp.dot(W_next, s(z)) + b_next)))(z)
    by_difference = difference_jacobian(lambda z: np.sum(D_next * (W_next @ activation(sigma, z) + b_next)), z)
    D = hidden_delta(W_next, D_next, z, sigma)
    assert_agree(D, by_autograd, by_difference, layer_jacobian(W_next, z, sigma).T @ D_next)
    assert_agree(output_delta(h, W.T @ z, sigma), grad(lambda z: anp.sum(h * s(z)))(W.T @ z))

    by_autograd = jacobian(lambda z: (anp.dot(W_next, s(z)) + b_next)[:, 0])(z)[:, :, 0]
    by_difference = difference_jacobian(lambda z: (W_next @ activation(sigma, z) + b_next)[:, 0], z)[:, :, 0]
    assert_agree(layer_jacobian(W_next, z, sigma), by_autograd, by_difference)

    by_autograd = jacobian(lambda W: (anp.dot(W_next, s(anp.dot(W, h) + b)) + b_next)[:, 0])(W)
    by_difference = difference_jacobian(lambda W: (W_next @ activation(sigma, W @ h + b) + b_next)[:, 0], W)
    assert_agree(weight_to_preactivation_jacobian(W_next, z, h, sigma), by_autograd, by_difference)

    assert_agree(weight_gradient(D, h), grad(lambda W: anp.sum(D * (anp.dot(W, h) + b)))(W))
    assert_agree(bias_gradient(D), grad(lambda b: anp.sum(D * (anp.dot(W, h) + b)))(b))
    assert_agree(weight_jacobian(W), jacobian(lambda W: 1.0 * W)(W), difference_jacobian(lambda W: W, W))


@drawn
@given(st.integers(1, 6), st.integers(0, 5), seeds)
def test_softmax_output_delta_agrees_with_both_oracles(n, y, seed):
    zL, y = np.random.default_rng(seed).standard_normal((n, 1)), y % n
    by_autograd = grad(lambda z: anp.log(anp.sum(anp.exp(z))) - z[y, 0])(zL)
    by_difference = difference_jacobian(lambda z: np.log(np.sum(np.exp(z))) - z[y, 0], zL)
    assert_agree(softmax_output_delta(zL, y), by_autograd, by_difference)
    assert_agree(softmax_output_delta(zL, np.uint8(y)), by_autograd)


def test_large_pre_activations_stay_finite_and_exact():
    z = np.array([[-1e4], [-1e3], [1e3], [1e4]])
    with np.errstate(all="raise", under="ignore"):
        assert_agree(activation("sigmoid", z), [[0], [0], [1], [1]])
        assert_agree(activation("tanh", z), [[-1], [-1], [1], [1]])
        for sigma in ("sigmoid", "tanh"):
            assert_agree(activation_derivative(sigma, z), np.zeros((4, 1)))
        assert_agree(softmax_output_delta(z, 0), [[-1], [0], [0], [1]])


def test_the_derivative_of_relu_at_zero_is_zero():
    assert_agree(activation_derivative("relu", np.array([[-1.0], [-0.0], [0.0], [1.0]])), [[0], [0], [0], [1]])


@pytest.mark.parametrize("function", [activation, activation_derivative])
def test_an_unknown_activation_is_refused_in_one_line(function):
    with pytest.raises(ValueError, match=r"^sigma is 'gelu'; expected 'sigmoid', 'tanh', 'relu' or 'identity'$"):
        function("gelu", np.zeros(2))


def test_update_steps_against_the_gradient():
    W, b, h0, t = network((3, 4, 2), 1, "tanh", 5)
    dW, db = backprop(W, b, h0, t, "tanh")
    stepped = update(W, b, dW, db, 0.01)
    assert_agree(stepped[0][1], W[1] - 0.01 * dW[1])
    assert plain_error(*stepped, h0, t, "tanh") < plain_error(W, b, h0, t, "tanh")
