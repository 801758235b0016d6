"""At ties and at margins of exactly 0 the layers take any right convention, and no other answer."""

import numpy as np
import pytest

from grader.answerers import InProcess
from grader.grade import grade, prepare
from tests.engine.layers import ASSIGNMENT

REFERENCE = {task.name: task.reference for task in ASSIGNMENT.tasks}
SEEDS = [b"kinks %d" % seed for seed in range(3)]


def pool_with(share):
    """A backward pass of max pooling that gives each of the largest its share of what comes in."""

    def backward(dout, cache):
        x, param = cache
        high, wide, step = param["pool_height"], param["pool_width"], param["stride"]
        dx = np.zeros_like(x)
        for (n, c, i, j), upstream in np.ndenumerate(dout):
            place = np.s_[n, c, i * step : i * step + high, j * step : j * step + wide]
            dx[place] += upstream * share(x[place] == x[place].max())
        return dx

    return backward


def first(tied):
    return np.arange(tied.size).reshape(tied.shape) == np.argmax(tied)


def last(tied):
    return first(tied[::-1, ::-1])[::-1, ::-1]


def all_of_it(tied):
    return 1 * tied


def random_shares(tied):
    shares = np.random.default_rng(tied.size).uniform(0.01, 1, size=tied.shape) * tied
    return shares / shares.sum()


def slopes_with(at_margin, scores, y):
    rows = np.arange(len(y))
    margins = scores - scores[rows, y][:, None] + 1
    slopes = (margins > 0) + at_margin * (margins == 0)
    slopes[rows, y] = margins[rows, y] = 0
    slopes[rows, y] = -slopes.sum(axis=1)
    return np.maximum(margins, 0).sum() / len(y), slopes / len(y)


def svm_with(at_margin):
    return lambda x, y: slopes_with(at_margin, x, y)


def linear_svm_with(at_margin):
    def loss(W, X, y, reg):
        data, dS = slopes_with(at_margin, X @ W, y)
        return data + reg * np.sum(W * W), X.T @ dS + 2 * reg * W

    return loss


POOL, SVM, LINEAR = "max_pool_backward_naive", "svm_loss", "svm_loss_vectorized"


@pytest.mark.parametrize("seed", SEEDS, ids=str)
@pytest.mark.parametrize(
    ("task", "right"),
    [
        *(
            (POOL, pool_with(share))
            for share in (first, last, all_of_it, lambda tied: tied / tied.sum(), random_shares)
        ),
        *((SVM, svm_with(part)) for part in (0, 0.5, 1)),
        *((LINEAR, linear_svm_with(part)) for part in (0, 0.3, 1)),
        ("svm_loss_naive", linear_svm_with(1)),
    ],
)
def test_every_right_convention_has_full_marks(task, right, seed):
    report = grade(prepare(ASSIGNMENT, seed, [task]), InProcess({**REFERENCE, task: right}, {}))
    assert {row.verdict.status for row in report.tasks[0].rows} == {"pass"}


@pytest.mark.parametrize("seed", SEEDS, ids=str)
@pytest.mark.parametrize(
    ("task", "output", "wrong", "cases"),
    [
        (POOL, "dx", pool_with(lambda tied: (1.01 if tied.sum() > 1 else 1) * tied), ["ties", "ties that overlap"]),
        (POOL, "dx", pool_with(lambda tied: 2 * first(tied) - last(tied)), ["ties", "ties that overlap"]),
        (SVM, "dx", svm_with(1.01), ["margins of 0"]),
        (SVM, "dx", svm_with(-0.01), ["margins of 0"]),
        (LINEAR, "dW", linear_svm_with(2), ["margins of 0"]),
    ],
)
def test_every_wrong_convention_fails_at_the_kink_and_there_alone(task, output, wrong, cases, seed):
    report = grade(prepare(ASSIGNMENT, seed, [task]), InProcess({**REFERENCE, task: wrong}, {}))
    (row,) = [
        row
        for row in report.tasks[0].rows
        if row.name.startswith(f"{output} is the true derivative") and row.max_score == 1
    ]
    assert row.verdict.status == "fail"
    assert all(case in row.verdict.sentence for case in cases)
