"""Linear SVM and softmax classifier, by loops and by matrices, against both oracles."""

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reference.linear_softmax import softmax_loss_naive, softmax_loss_vectorized
from reference.svm import svm_loss, svm_loss_naive, svm_loss_vectorized
from tests.reference.oracles import assert_agree, labels
from tests.reference.pullback import assert_pulls_back, drawn, redrawn, seeds

SVM, SOFTMAX = (svm_loss_naive, svm_loss_vectorized), (softmax_loss_naive, softmax_loss_vectorized)
sizes = st.tuples(st.integers(1, 5), st.integers(1, 4), st.integers(1, 5))
regs = st.sampled_from([0, 0.7, 2])


def hinge(s, y):
    rows = np.arange(len(y))
    others = np.arange(s.shape[1]) != y[:, None]
    return anp.sum(others * anp.maximum(0, s - s[rows, y][:, None] + 1)) / len(y)


def cross_entropy(s, y):
    return anp.mean(anp.log(anp.sum(anp.exp(s), axis=1)) - s[np.arange(len(y)), y])


def off_the_kinks(s, y):
    margins = s - s[np.arange(len(y)), y][:, None] + 1
    return np.min(np.abs(margins)) > 0.01


def problem(size, seed):
    """Draw a linear problem; a class is absent where there are enough of them."""
    (N, D, C), rng = size, np.random.default_rng(seed)

    def draw():
        return rng.standard_normal((D, C)), rng.standard_normal((N, D)), labels(rng, N, C)

    return redrawn(draw, lambda drawn: off_the_kinks(drawn[1] @ drawn[0], drawn[2]))


@drawn
@given(st.integers(1, 5), st.integers(1, 6), seeds)
def test_svm_loss_agrees_with_both_oracles(N, C, seed):
    rng = np.random.default_rng(seed)
    case = redrawn(lambda: (rng.standard_normal((N, C)), labels(rng, N, C)), lambda drawn: off_the_kinks(*drawn))
    assume(case is not None)
    x, y = case
    _, dx = svm_loss(x, y)
    assert_pulls_back(lambda x: [svm_loss(x, y)[0]], lambda x: [hinge(x, y)], [x], [1.0], [dx])


@pytest.mark.parametrize("function", [*SVM, *SOFTMAX])
@drawn
@given(size=sizes, reg=regs, seed=seeds)
def test_a_linear_classifiers_loss_agrees_with_both_oracles(function, size, reg, seed):
    case = problem(size, seed)
    assume(case is not None)
    W, X, y = case
    data = hinge if function in SVM else cross_entropy
    assert_pulls_back(
        lambda W: [function(W, X, y, reg)[0]],
        lambda W: [data(anp.dot(X, W), y) + reg * anp.sum(W * W)],
        [W],
        [1.0],
        [function(W, X, y, reg)[1]],
    )


@pytest.mark.parametrize("function", [*SVM, *SOFTMAX])
def test_the_penalty_is_lambda_times_the_sum_of_squares_without_a_half(function):
    W, X, y = problem((5, 3, 4), 3)
    (plain, dplain), (full, dfull) = function(W, X, y, 0), function(W, X, y, 0.7)
    assert_agree(full - plain, 0.7 * np.sum(W**2))
    assert_agree(dfull - dplain, 1.4 * W)


def test_a_margin_of_exactly_zero_counts_as_kept():
    x, y = np.array([[1.0, 2.0, 0.0]]), np.array([1])
    loss, dx = svm_loss(x, y)
    assert loss == 0
    assert_agree(dx, np.zeros((1, 3)))
    for function in SVM:
        assert_agree(function(x, np.ones((1, 1)), y, 0)[1], np.zeros((1, 3)))


def test_chance_is_the_number_of_other_classes_and_the_logarithm_of_all():
    W, X, y = np.zeros((3, 10)), np.ones((4, 3)), np.arange(4)
    for function in SVM:
        assert function(W, X, y, 1)[0] == 9
    for function in SOFTMAX:
        assert_agree(function(W, X, y, 1)[0], np.log(10))


def test_scores_of_ten_thousand_stay_finite_and_exact():
    W, X, y = np.array([[1e4, -1e4, 0.0]]), np.array([[1.0], [-1.0]]), np.array([1, 1])
    with np.errstate(all="raise", under="ignore"):
        results = [function(W, X, y, 0) for function in SOFTMAX]
    for loss, dW in results:
        assert_agree(loss, 1e4)
        assert_agree(dW, [[0.5, -0.5, 0]])


@pytest.mark.parametrize("kind", ["int8", "uint8", "int32", "uint32", "int64", "uint64"])
@pytest.mark.parametrize("function", [*SVM, *SOFTMAX])
def test_labels_of_any_width_count_the_same(function, kind):
    W, X, y = problem((5, 3, 4), 1)
    loss, dW = function(W, X, y.astype(kind), 0.5)
    assert loss == function(W, X, y, 0.5)[0]
    assert np.array_equal(dW, function(W, X, y, 0.5)[1])
    assert svm_loss(X @ W, y.astype(kind))[0] == svm_loss(X @ W, y)[0]
