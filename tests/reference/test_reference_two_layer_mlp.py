"""two_layer_mlp against autograd, which sees the forward alone, and against differences of the reference."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad, jacobian
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reference.affine import affine_backward, affine_bias_jacobian, affine_forward, affine_input_jacobian
from reference.jacobian import numerical_jacobian
from reference.losses import l2_penalty, softmax_loss
from reference.relu import relu_backward, relu_backward_jacobian, relu_forward, relu_jacobian
from reference.two_layer_mlp import sgd_step, train, two_layer_loss
from tests.reference.oracles import assert_agree, away_from_zero, difference_jacobian, labels

drawn = settings(max_examples=40, deadline=None, derandomize=True, database=None)
seeds = st.integers(0, 2**32 - 1)
PARAMETERS = ("W", "c", "w", "b")


def network(size, seed):
    """Draw a network whose hidden units all keep off the kink and whose four gradients are all nonzero."""
    N, D, H, C = size
    rng = np.random.default_rng(seed)
    for _ in range(200):
        X, y = rng.standard_normal((N, D)), labels(rng, N, C)
        params = {
            "W": rng.standard_normal((D, H)),
            "c": rng.standard_normal(H),
            "w": rng.standard_normal((H, C)),
            "b": rng.standard_normal(C),
        }
        u = X @ params["W"] + params["c"]
        alive = np.any(two_layer_loss(params, X, y, 0)[1]["c"])
        if alive and np.min(np.abs(u)) > 0.01:
            return params, X, y
    return None


def plain_loss(params, X, y, reg):
    h = anp.maximum(0, anp.dot(X, params["W"]) + params["c"])
    return plain_data_loss(anp.dot(h, params["w"]) + params["b"], y) + reg / 2 * (
        anp.sum(params["W"] ** 2) + anp.sum(params["w"] ** 2)
    )


def plain_data_loss(z, y):
    return anp.mean(anp.log(anp.sum(anp.exp(z), axis=1)) - z[np.arange(len(y)), y])


@drawn
@given(st.lists(st.integers(1, 3), min_size=2, max_size=4), st.integers(1, 5), seeds)
def test_affine_backward_agrees_with_both_oracles_whatever_the_inputs_axes(shape, M, seed):
    rng = np.random.default_rng(seed)
    args = [rng.standard_normal(shape), rng.standard_normal((int(np.prod(shape[1:])), M)), rng.standard_normal(M)]
    out, cache = affine_forward(*args)
    dout = rng.standard_normal(out.shape)
    gradients = affine_backward(dout, cache)

    def plain(x, w, b):
        return anp.sum(dout * (anp.dot(anp.reshape(x, (len(x), -1)), w) + b))

    assert_agree(np.sum(dout * out), plain(*args))
    for place, gradient in enumerate(gradients):

        def moved(value, place=place):
            return np.sum(dout * affine_forward(*args[:place], value, *args[place + 1 :])[0])

        assert_agree(gradient, grad(plain, place)(*args), difference_jacobian(moved, args[place]))


@drawn
@given(st.integers(1, 5), st.integers(1, 5), seeds)
def test_affine_jacobians_agree_with_both_oracles(H, C, seed):
    rng = np.random.default_rng(seed)
    h, w, b = rng.standard_normal(H), rng.standard_normal((H, C)), rng.standard_normal(C)
    by_difference = difference_jacobian(lambda h: affine_forward(h[None], w, b)[0][0], h)
    assert_agree(affine_input_jacobian(w), jacobian(lambda h: anp.dot(h, w) + b)(h), by_difference)
    by_difference = difference_jacobian(lambda b: affine_forward(h[None], w, b)[0][0], b)
    assert_agree(affine_bias_jacobian(C), jacobian(lambda b: anp.dot(h, w) + b)(b), by_difference)


@drawn
@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), seeds)
def test_relu_backward_agrees_with_both_oracles(shape, seed):
    rng = np.random.default_rng(seed)
    x = away_from_zero(rng, *shape)
    out, cache = relu_forward(x)
    dout = rng.standard_normal(shape)
    assert_agree(out, np.where(x > 0, x, 0))
    by_autograd = grad(lambda x: anp.sum(dout * anp.maximum(0, x)))(x)
    by_difference = difference_jacobian(lambda x: np.sum(dout * relu_forward(x)[0]), x)
    assert_agree(relu_backward(dout, cache), by_autograd, by_difference)


@drawn
@given(st.integers(1, 6), seeds)
def test_relu_jacobian_agrees_with_both_oracles_and_pulls_back_as_relu_backward_does(H, seed):
    rng = np.random.default_rng(seed)
    u, dh = away_from_zero(rng, H), rng.standard_normal(H)
    by_autograd = jacobian(lambda u: anp.maximum(0, u))(u)
    assert_agree(relu_jacobian(u), by_autograd, difference_jacobian(lambda u: relu_forward(u)[0], u))
    assert_agree(relu_backward_jacobian(dh, u), by_autograd.T @ dh, relu_backward(dh, relu_forward(u)[1]))


def test_the_derivative_of_relu_at_zero_is_zero():
    u, dh = np.array([-0.0, 0.0, 1.0, -1.0]), np.array([2.0, 3.0, 5.0, 7.0])
    expected = np.array([0.0, 0.0, 5.0, 0.0])
    assert_agree(relu_backward(dh, relu_forward(u)[1]), expected)
    assert_agree(relu_backward_jacobian(dh, u), expected)
    assert_agree(relu_jacobian(u), np.diag([0, 0, 1, 0]))


@pytest.mark.parametrize("h", [1e-1, 1e-3, 1e-6])
def test_numerical_jacobian_is_the_centred_difference_at_the_step_that_is_given(h):
    x = np.array([0.3, -1.2, 0.8])
    A = np.arange(6.0).reshape(2, 3)
    assert np.allclose(numerical_jacobian(lambda x: A @ x, x, h), A, rtol=0, atol=1e-14 / h)
    # (sin(x + h) − sin(x − h)) / (2h) = cos(x) sin(h) / h
    assert np.allclose(numerical_jacobian(np.sin, x, h), np.diag(np.cos(x)) * np.sin(h) / h, rtol=0, atol=1e-15 / h)


@drawn
@given(st.integers(1, 6), st.integers(1, 6), seeds)
def test_softmax_loss_agrees_with_both_oracles_in_both_label_forms(N, C, seed):
    rng = np.random.default_rng(seed)
    z, y = rng.standard_normal((N, C)), labels(rng, N, C)
    loss, dz = softmax_loss(z, y)
    assert_agree(loss, plain_data_loss(z, y))
    assert_agree(dz, grad(plain_data_loss)(z, y), difference_jacobian(lambda z: softmax_loss(z, y)[0], z))
    for kind in ("uint8", "int64", "float64", "bool"):
        onehot_loss, onehot_dz = softmax_loss(z, np.eye(C)[y].astype(kind))
        assert_agree(onehot_loss, loss)
        assert_agree(onehot_dz, dz)


@drawn
@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.sampled_from([0, 2, 0.3]), seeds)
def test_l2_penalty_agrees_with_both_oracles(D, H, C, reg, seed):
    rng = np.random.default_rng(seed)
    W, w = rng.standard_normal((D, H)), rng.standard_normal((H, C))
    penalty, dW, dw = l2_penalty(W, w, reg)
    by_autograd = grad(lambda W, w: reg / 2 * (anp.sum(W**2) + anp.sum(w**2)), (0, 1))(W, w)
    assert_agree(penalty, reg / 2 * (np.sum(W**2) + np.sum(w**2)))
    assert_agree(dW, by_autograd[0], difference_jacobian(lambda W: l2_penalty(W, w, reg)[0], W))
    assert_agree(dw, by_autograd[1], difference_jacobian(lambda w: l2_penalty(W, w, reg)[0], w))


@drawn
@given(st.tuples(*[st.integers(1, 4)] * 3, st.integers(2, 4)), st.sampled_from([0, 1, 0.3]), seeds)
def test_two_layer_loss_agrees_with_both_oracles(size, reg, seed):
    drawn_network = network(size, seed)
    assume(drawn_network is not None)
    params, X, y = drawn_network
    loss, grads = two_layer_loss(params, X, y, reg)
    assert_agree(loss, plain_loss(params, X, y, reg))
    by_autograd = grad(plain_loss)(params, X, y, reg)
    assert set(grads) == set(PARAMETERS)
    for name in PARAMETERS:

        def moved(value, name=name):
            return two_layer_loss(params | {name: value}, X, y, reg)[0]

        assert np.any(grads[name])
        assert_agree(grads[name], by_autograd[name], difference_jacobian(moved, params[name]))


def test_scores_of_ten_thousand_stay_finite_and_exact():
    z = np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4]])
    y = np.array([1, 0])
    with np.errstate(all="raise", under="ignore"):
        loss, dz = softmax_loss(z, y)
    assert_agree(loss, (2e4 + np.log(3)) / 2)
    assert_agree(dz, np.array([[1, -1, 0], [-2 / 3, 1 / 3, 1 / 3]]) / 2)


@pytest.mark.parametrize("kind", ["int8", "uint8", "int32", "uint64"])
def test_labels_of_any_width_count_the_same(kind):
    params, X, y = network((5, 3, 4, 3), 1)
    assert two_layer_loss(params, X, y.astype(kind), 0)[0] == two_layer_loss(params, X, y, 0)[0]


def test_training_descends_and_records_each_loss_before_its_step():
    params, X, y = network((6, 3, 5, 3), 3)
    trained, losses = train(params, X, y, 0.1, 0.1, 30)
    assert len(losses) == 30
    assert losses[0] == two_layer_loss(params, X, y, 0.1)[0]
    assert losses[1] == two_layer_loss(sgd_step(params, two_layer_loss(params, X, y, 0.1)[1], 0.1), X, y, 0.1)[0]
    assert two_layer_loss(trained, X, y, 0.1)[0] < losses[-1] < losses[0]


def test_no_steps_of_training_return_equal_parameters_in_new_arrays():
    params, X, y = network((3, 2, 4, 2), 4)
    trained, losses = train(params, X, y, 0.1, 0.1, 0)
    assert len(losses) == 0
    for name in PARAMETERS:
        assert np.array_equal(trained[name], params[name])
        assert not np.shares_memory(trained[name], params[name])
