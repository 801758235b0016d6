"""An ε inside the logarithm costs no points; what is as near, but above the loss, or no logarithm, does."""

import numpy as np
import pytest

from assignments.cs231n_a1 import ASSIGNMENT
from grader.answerers import InProcess
from grader.grade import grade, prepare
from reference.linear_softmax import softmax_loss_vectorized
from reference.svm import svm_loss_vectorized

TASK = "softmax_loss_vectorized"


def softened(epsilon):
    def loss(W, X, y, reg):
        right, dW = softmax_loss_vectorized(W, X, y, reg)
        scores = X @ W
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = (p / p.sum(axis=1, keepdims=True))[np.arange(len(y)), y]
        return right + np.mean(np.log(p) - np.log(p + epsilon)) if np.all(p > 0) else right, dW

    return loss


def times(factor):
    return lambda *args: (softmax_loss_vectorized(*args)[0] * factor, softmax_loss_vectorized(*args)[1])


def loss_row(function, task=TASK):
    report = grade(prepare(ASSIGNMENT, b"softened", [task]), InProcess({task: function}, {}))
    return next(row for row in report.tasks[0].rows if row.name == "loss is right")


@pytest.mark.parametrize("epsilon", [1e-8, 1e-10, 1e-12])
def test_an_epsilon_in_the_logarithm_is_warned_of(epsilon):
    assert loss_row(softened(epsilon)).verdict.status == "warn"


@pytest.mark.parametrize("wrong", [times(1 + 1e-5), times(1 + 1e-9), times(1 - 1e-3), softened(1e-2), softened(-1e-10)])
def test_what_is_further_off_fails(wrong):
    assert loss_row(wrong).verdict.status == "fail"


def test_a_loss_without_a_logarithm_has_no_such_excuse():
    def nearly(W, X, y, reg):
        loss, dW = svm_loss_vectorized(W, X, y, reg)
        return loss * (1 - 1e-8), dW

    assert loss_row(nearly, "svm_loss_vectorized").verdict.status == "fail"


def at_large_scores(change):
    """The status of dW at scores × 1000 where something is wrong with it."""

    def changed(W, X, y, reg):
        loss, dW = softmax_loss_vectorized(W, X, y, reg)
        return loss, change(dW, np.abs(X).max() > 100)

    report = grade(prepare(ASSIGNMENT, b"softened", [TASK]), InProcess({TASK: changed}, {}))
    return next(
        row.verdict.status for row in report.tasks[0].rows if row.name.startswith("dW is the true derivative (")
    )


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda dW, large: dW, "pass"),
        (lambda dW, large: np.where(large, np.nan, dW), "warn"),
        (lambda dW, large: np.where(large, np.inf, dW), "warn"),
        (lambda dW, large: np.where(large, 1.5, 1) * dW, "fail"),
        (lambda dW, large: np.where(large, np.nan, 2 * dW), "fail"),
        (lambda dW, large: 2 * dW, "fail"),
    ],
)
def test_only_what_overflows_is_excused_at_large_scores(change, status):
    assert at_large_scores(change) == status
