"""Mistakes under the convention that a submission was judged by, and none under another."""

import pytest

from grader.diagnosis.symbols import symbols
from grader.posing import write
from tests.cs231n.judging import declared, judged, written
from tests.diagnosis.students import certain, diagnoses


def rows(name, source, task, profile="auto"):
    report = judged(name, written(source), [task], profile)
    return report.tasks[0].rows


SOFTMAX = """
def softmax_loss_vectorized(W, X, y, reg):
    N = len(X)
    S = X @ W
    S = S - S.max(axis=1, keepdims=True)
    P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
    loss = -np.log(P[np.arange(N), y]).mean() + {penalty} * reg * np.sum(W * W)
    P[np.arange(N), y] -= 1
    return loss, X.T @ P / N + {gradient} * reg * W
"""
PENALTIES = [(1.0, 0.0, "reg-gradient-missing"), (0.5, 0.0, "reg-gradient-missing"), (0.5, 2.0, "reg-factor-2")]


@pytest.mark.parametrize(("penalty", "gradient", "name"), PENALTIES)
def test_the_slip_has_the_penalty_of_the_loss_that_was_written(penalty, gradient, name):
    source = SOFTMAX.format(penalty=penalty, gradient=gradient)
    assert certain(rows("cs231n_a1", source, "softmax_loss_vectorized")) == {name}


@pytest.mark.parametrize(("penalty", "gradient"), [(1.0, 2.0), (0.5, 1.0)])
def test_either_penalty_that_its_gradient_goes_with_has_no_name(penalty, gradient):
    source = SOFTMAX.format(penalty=penalty, gradient=gradient)
    assert diagnoses(rows("cs231n_a1", source, "softmax_loss_vectorized")) == []


DROPOUT = """
def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if mode == "test":
        return x, (mode, None)
    rng = np.random.RandomState(dropout_param.get("seed"))
    mask = (rng.rand(*x.shape) {kept}) / {scale}
    return x * mask, (mode, mask)
"""
SCALES = [
    ("2016", ">= p", "p", "expected 1/(1 − p)"),
    ("2016", "< p", "p", "taken for the probability of keeping"),
    ("2019", "< p", "1.0", "expected 1/p"),
    ("2019", ">= p", "(1 - p)", "taken for the probability of dropping"),
]


@pytest.mark.parametrize(("profile", "kept", "scale", "said"), SCALES)
def test_dropout_is_told_what_its_year_expects(profile, kept, scale, said):
    found = rows("cs231n_a2", DROPOUT.format(kept=kept, scale=scale), "dropout_forward", profile)
    told = [each for each in diagnoses(found) if each.id == "dropout-scale"]
    assert told
    assert said in told[0].message


def test_an_entry_of_a_list_is_called_by_the_list():
    """What separates cases by a width of a net says which: "where 1 > 1" says nothing."""
    task = declared("cs231n_a2").task("FullyConnectedNet.loss")
    case = next(case for case in write(task, b"names").ordinary if case.name == "generic")
    assert symbols(case)["hidden_dims.1"] == 3
    assert not any(name.isdigit() for name in symbols(case))
