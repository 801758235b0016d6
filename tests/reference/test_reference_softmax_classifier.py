"""softmax_classifier against autograd, which sees the forward alone, and against differences of the reference."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad, jacobian
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.scores import (
    bias_gradient,
    input_gradient,
    scores,
    scores_bias_jacobian,
    scores_weight_jacobian,
    weight_gradient,
    weight_gradient_loop,
    weight_gradient_one,
)
from reference.softmax import cross_entropy, scores_gradient, softmax, softmax_jacobian
from reference.softmax_classifier import softmax_classifier_loss
from tests.reference.oracles import assert_agree, difference_jacobian, labels

drawn = settings(max_examples=40, deadline=None, derandomize=True, database=None)
sizes = st.tuples(st.integers(1, 6), st.integers(1, 5), st.integers(1, 6))  # N, D, K
seeds = st.integers(0, 2**32 - 1)


def case(size, seed):
    N, D, K = size
    rng = np.random.default_rng(seed)
    X, W, b = rng.standard_normal((N, D)), rng.standard_normal((D, K)), rng.standard_normal(K)
    return X, W, b, labels(rng, N, K), rng.standard_normal((N, K))


def plain_loss(F, y):
    return anp.sum(anp.log(anp.sum(anp.exp(F), axis=1)) - F[np.arange(len(y)), y])


@drawn
@given(sizes, seeds)
def test_scores_and_their_gradients_are_those_of_both_oracles(size, seed):
    X, W, b, _, dF = case(size, seed)

    def along(F):
        return anp.sum(dF * F)

    for gradient, place in ((input_gradient(dF, W), 0), (weight_gradient(X, dF), 1), (bias_gradient(dF), 2)):
        args = [X, W, b]

        def moved(value, place=place, args=args):
            return along(scores(*args[:place], value, *args[place + 1 :]))

        by_autograd = grad(lambda X, W, b: along(anp.dot(X, W) + b), place)(X, W, b)
        assert_agree(gradient, by_autograd, difference_jacobian(moved, args[place]))
    assert_agree(weight_gradient_loop(X, dF), weight_gradient(X, dF))
    assert_agree(scores(X, W, b), [[W[:, j] @ x + b[j] for j in range(size[2])] for x in X])


@drawn
@given(sizes, seeds)
def test_jacobians_of_one_example_are_those_of_both_oracles(size, seed):
    X, W, b, _, dF = case(size, seed)
    x, df, K = X[0], dF[0], size[2]
    by_W = jacobian(lambda W: anp.dot(x, W) + b)(W)
    assert_agree(scores_weight_jacobian(x, K), by_W, difference_jacobian(lambda W: scores(x[None], W, b)[0], W))
    assert_agree(weight_gradient_one(x, df), np.einsum("k,kdj->dj", df, by_W))
    by_b = jacobian(lambda b: anp.dot(x, W) + b)(b)
    assert_agree(scores_bias_jacobian(K), by_b, difference_jacobian(lambda b: scores(x[None], W, b)[0], b))


@drawn
@given(sizes, seeds)
def test_softmax_its_jacobian_and_the_scores_gradient_are_those_of_both_oracles(size, seed):
    *_, y, F = case(size, seed)
    assert_agree(np.sum(softmax(F), axis=1), np.ones(len(F)))
    assert_agree(softmax(F), np.exp(F) / np.exp(F).sum(axis=1)[:, None])
    assert_agree(cross_entropy(F, y), plain_loss(F, y))
    by_autograd = jacobian(lambda f: anp.exp(f) / anp.sum(anp.exp(f)))(F[0])
    assert_agree(softmax_jacobian(F[0]), by_autograd, difference_jacobian(lambda f: softmax(f[None])[0], F[0]))
    by_difference = difference_jacobian(lambda F: cross_entropy(F, y), F)
    assert_agree(scores_gradient(F, y), grad(plain_loss)(F, y), by_difference)


@drawn
@given(sizes, seeds)
def test_the_whole_loss_has_the_gradients_of_both_oracles(size, seed):
    X, W, b, y, _ = case(size, seed)
    loss, dW, db = softmax_classifier_loss(W, b, X, y)
    assert_agree(loss, plain_loss(X @ W + b, y))
    by_autograd = grad(lambda W, b: plain_loss(anp.dot(X, W) + b, y), (0, 1))(W, b)
    assert_agree(dW, by_autograd[0], difference_jacobian(lambda W: softmax_classifier_loss(W, b, X, y)[0], W))
    assert_agree(db, by_autograd[1], difference_jacobian(lambda b: softmax_classifier_loss(W, b, X, y)[0], b))


def test_scores_of_ten_thousand_stay_finite_and_exact():
    F = np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [0.0, 1e4, 1e4]])
    y = np.array([1, 0, 2])
    with np.errstate(all="raise", under="ignore"):
        P, loss, dF = softmax(F), cross_entropy(F, y), scores_gradient(F, y)
        J = softmax_jacobian(F[0])
    assert_agree(P, [[1, 0, 0], [1 / 3, 1 / 3, 1 / 3], [0, 0.5, 0.5]])
    assert_agree(loss, 2e4 + np.log(3) + np.log(2))
    assert_agree(dF, [[1, -1, 0], [-2 / 3, 1 / 3, 1 / 3], [0, 0.5, -0.5]])
    assert_agree(J, np.zeros((3, 3)))


@pytest.mark.parametrize("kind", ["int8", "uint8", "int32", "uint32", "int64", "uint64"])
def test_labels_of_any_width_count_the_same(kind):
    *_, y, F = case((5, 3, 4), 1)
    assert cross_entropy(F, y.astype(kind)) == cross_entropy(F, y)
    assert np.array_equal(scores_gradient(F, y.astype(kind)), scores_gradient(F, y))


def test_the_loss_is_never_negative_and_doubles_with_the_batch():
    X, W, b, y, _ = case((5, 3, 4), 2)
    loss, dW, _ = softmax_classifier_loss(W, b, X, y)
    twice, dW_twice, _ = softmax_classifier_loss(W, b, np.vstack([X, X]), np.hstack([y, y]))
    assert loss > 0
    assert_agree(twice, 2 * loss)
    assert_agree(dW_twice, 2 * dW)
